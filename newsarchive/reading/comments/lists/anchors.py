"""The marks of comments in a page, found in one pass: short lines with a time, elements that are named like a comment."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from itertools import islice

from newsarchive.reading.comments.lists import times
from newsarchive.reading.comments.lists.pieces import mark
from newsarchive.reading.comments.lists.words import names_comment
from newsarchive.reading.comments.section import headlines
from newsarchive.reading.document import Element

_ITEM_ID = re.compile(
    r"(?:(?:c[ao]mment|cmt|msg|message|post|kommentar|coment|reply|beitrag|forum)[a-z]*[\W_]?|(?:^|[\W_])c)\d{2,}$",
    re.IGNORECASE,
)
_LONGEST_ID = 100
INLINE = frozenset(
    ("a", "abbr", "b", "big", "br", "cite", "em", "font", "hr", "i", "img", "input",
     "label", "mark", "small", "span", "strike", "strong", "sub", "sup", "svg", "time", "tt", "u")
)  # fmt: skip
_SILENT = frozenset(("script", "style", "noscript", "template", "textarea", "select", "option", "svg", "title"))
_LONGEST_LINE = 110  # characters; a longer line is no mere name and time
_LONGEST_INDENTED = 4 * _LONGEST_LINE
_SIGN = 4  # characters that may part a date from its clock
_HEADLINES = 2  # how many `h1` may be the page's own
_ITEMS = 3  # headlines in elements of one kind, from which these are a list's items
_COMPARED = 20
_DEEP = 9  # levels above an answer's time to the comments around it


@dataclass(slots=True)
class Anchors:
    """The homes of times and the elements named as comments, by kind and in page order; the fields to write in; the elements
    that hold the page's headline, which no comment does."""

    times: dict[str, list[Element]] = field(default_factory=lambda: defaultdict(list))
    named: dict[str, list[Element]] = field(default_factory=lambda: defaultdict(list))
    fields: list[Element] = field(default_factory=list)
    page: frozenset[Element] = frozenset()


def anchors(tree: Element) -> Anchors:
    """The page's anchors."""
    found = Anchors(page=_page(tree))
    lines: dict[Element, Element] = {}
    told: dict[str, bool] = {}
    alike: dict[str, list[Element]] = defaultdict(list)
    for element in tree.iter():
        tail, text = element.tail, element.text
        if tail and not tail.isspace() and _is_time(tail):
            _mark_line(found, element, lines, alike)
        if not isinstance(element.tag, str) or element.tag in _SILENT:
            found.fields += [element] if element.tag == "textarea" else []
            continue
        if (text and not text.isspace() and _is_time(text)) or element.tag == "time":
            _append(found.times[_kind(element)], element)
            _append(alike[mark(element)], element)
        if (name := element.get("class")) is not None:
            if name not in told:
                told[name] = names_comment(name)
            if told[name]:
                found.named[mark(element)].append(element)
        if (name := element.get("id")) and numbers_item(name):
            found.named[f"#{mark(element)}"].append(element)
    _unite(found, alike)
    return found


def _unite(found: Anchors, alike: dict[str, list[Element]]) -> None:
    """Adds the homes of times that have one name, where all that they stand in speaks of comments: an answer may be made in
    another way than a comment. What there is as often as the others is a part of each, and no comment of its own."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for kind in found.times:
        kinds[kind.rpartition("/")[2]].append(kind)
    for name, those in kinds.items():
        sizes = {len(found.times[kind]) for kind in those}
        if len(sizes) > 1 and (all(map(names_comment, those)) or _are_alike(name, those)):
            found.times[f"*/{name}"] = alike[name]
        elif len(sizes) > 1 and (nested := _nested([found.times[kind] for kind in those])):
            found.times[f"*/{name}"] = [home for home in alike[name] if home in nested]


def _nested(kinds: Sequence[list[Element]]) -> set[Element]:
    """The homes of times of one kind, and those of others that all stand in what holds one of these: answers in comments."""
    for outer in kinds:
        holders = {home.getparent() for home in outer}
        inner = [homes for homes in kinds if homes is not outer and all(_stands_in(home, holders) for home in homes)]
        if inner:
            return {home for homes in (outer, *inner) for home in homes}
    return set()


def _stands_in(home: Element, holders: Container[Element | None]) -> bool:
    above = islice(home.iterancestors(), 1, _DEEP)
    return any(one in holders for one in above)


def _are_alike(name: str, kinds: Sequence[str]) -> bool:
    """Whether these homes of times have a class, and stand in elements of one tag, of which some have a class more: `dl` with
    answers that are `dl.thread`."""
    around = [kind.rpartition("/")[0] for kind in kinds]
    return "." in name and len({one.partition(".")[0] for one in around}) == 1 and not all("." in one for one in around)


def numbers_item(name: str) -> bool:
    """Whether an id numbers one comment: `comment-4711`, `msg_12345`, `c99812`."""
    return name[-1:].isdigit() and len(name) <= _LONGEST_ID and _ITEM_ID.search(name) is not None


def _page(tree: Element) -> frozenset[Element]:
    first = list(islice(headlines(tree), _COMPARED))
    usual = Counter(map(_kind, first))
    headings = [one for one in first if usual[_kind(one)] < _ITEMS][:_HEADLINES]
    return frozenset(above for one in headings for above in (one, *one.iterancestors())).union(tree.iter("body", "main"))


def _is_time(text: str) -> bool:
    """Whether a line holds the words of a time, however far it is indented."""
    if len(text) >= _LONGEST_LINE and (len(text) > _LONGEST_INDENTED or len(text := text.strip()) >= _LONGEST_LINE):
        return False
    return times.may_hold(text) and times.span(text.strip()) is not None


def _kind(element: Element) -> str:
    parent = element.getparent()
    return f"{mark(parent) if parent is not None else ''}/{mark(element)}"


def _mark_line(found: Anchors, before: Element, lines: dict[Element, Element], alike: dict[str, list[Element]]) -> None:
    """A time behind an element, in its parent. Where a parent has several such `lines`, what stands before each marks it."""
    home = before.getparent()
    if home is None or home.tag in _SILENT:
        return
    kind = _kind(home)
    _append(found.times[kind], home)
    _append(alike[mark(home)], home)
    if home in lines:
        several = found.times[f"{kind}~"]
        several += [before] if several and several[-1] is lines[home] else [lines[home], before]
    lines[home] = before


def _append(homes: list[Element], home: Element) -> None:
    """Date and clock side by side are one anchor."""
    before = homes[-1] if homes else None
    if before is not None and before is home.getprevious() and home.tag in INLINE:
        parted = len((before.tail or "").strip()) >= _SIGN
    else:
        parted = before is not home
    if parted:
        homes.append(home)

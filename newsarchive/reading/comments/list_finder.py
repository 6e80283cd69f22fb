"""Find the lists in a page whose items may be comments: elements of one kind that each hold one time, or are named comments.

One pass over the page marks its anchors: short lines with a time, and elements named like a comment. From every kind of
anchor the way goes up, and the widest kind of element that holds one anchor each is the item of a list: a reply that hangs
in the comment it answers has an item of its own.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice, pairwise
from typing import TypeAlias

from newsarchive.reading.comments import list_times
from newsarchive.reading.comments.list_pieces import mark
from newsarchive.reading.comments.list_words import names_comment
from newsarchive.reading.document import Element

Kind: TypeAlias = tuple[
    str, str
]  # a tag, and what its elements share: a class, an id without its number, or how far above an anchor they are

_CLIMB = 14  # how many levels above an anchor its item may begin
_LONG = 110  # characters; a longer line is no mere time or name
_COVERED = 0.9  # how many of the most anchors that any kind of item holds
_SILENT = frozenset(["script", "style", "noscript", "template", "textarea", "select", "option", "svg", "title"])
_NUMBER = re.compile(r"\d+.*")
ITEM_ID = re.compile(
    r"(?:^|[\W_])(?:\w*(?:c[ao]mment|cmt|msg|message|post|kommentar|coment|reply|beitrag|forum)[a-z]*[\W_]?|c)\d{2,}$",
    re.IGNORECASE,
)
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "big",
        "br",
        "cite",
        "em",
        "font",
        "i",
        "img",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "label",
        "mark",
        "hr",
        "input",
        "svg",
    ]
)
_NEAR = 4  # how far above two lists of one kind their common roof may be
_MOST_LISTS = 6
_SIGN = 4  # characters that may part a date from its clock
_MOST_KINDS = 12


@dataclass(frozen=True, slots=True)
class Found:
    """Rows that may be comments, in page order, each one element or siblings; `root` is the element that holds them all.

    A page may show one kind of rows in several lists, the best comments and all of them: `starts` are the rows with which a
    list begins.
    """

    root: Element
    rows: tuple[tuple[Element, ...], ...]
    starts: tuple[int, ...] = (0,)


@dataclass(slots=True)
class Anchors:
    """What the one pass over a page found: the homes of times and the elements named as comments, by kind; fields to write in;
    the elements that are the page itself."""

    times: dict[str, list[Element]]
    named: dict[str, list[Element]]
    forms: list[Element]
    page: frozenset[Element]


def anchors(tree: Element) -> Anchors:
    """The page's anchors, in page order."""
    times: dict[str, list[Element]] = defaultdict(list)
    named: dict[str, list[Element]] = defaultdict(list)
    forms: list[Element] = []
    lines: dict[Element, Element] = {}
    told: dict[str, bool] = {}
    for element in tree.iter():
        tag, tail = element.tag, element.tail
        if (
            tail
            and len(tail) < _LONG
            and _is_time(tail)
            and (home := element.getparent()) is not None
            and home.tag not in _SILENT
        ):
            _append(times[_kind(home)], home)
            if (before := lines.get(home)) is not None:  # one element holds several lines with a time
                times[f"{_kind(home)}~"] += [element] if before in times[f"{_kind(home)}~"] else [before, element]
            lines[home] = element
        if not isinstance(tag, str) or tag in _SILENT:
            if tag == "textarea":
                forms.append(element)
            continue
        text = element.text
        if (text and len(text) < _LONG and _is_time(text)) or tag == "time":
            _append(times[_kind(element)], element)
        if (name := element.get("class")) is not None:
            if (known := told.get(name)) is None:
                known = told[name] = names_comment(name)
            if known:
                named[mark(element)].append(element)
        if (name := element.get("id")) is not None and ITEM_ID.search(name):
            named[f"#{mark(element)}"].append(element)
    return Anchors(times, named, forms, page_elements(tree))


def _append(homes: list[Element], home: Element) -> None:
    """Date and clock side by side are one anchor."""
    before = homes[-1] if homes else None
    if before is not None and before is home.getprevious() and home.tag in _INLINE:
        parted = len((before.tail or "").strip()) >= _SIGN
    else:
        parted = before is not home
    if parted:
        homes.append(home)


def page_elements(tree: Element) -> frozenset[Element]:
    """The elements that hold the page's headline: no comment holds it."""
    outer = {above for heading in islice(tree.iter("h1"), 2) for above in (heading, *heading.iterancestors())}
    return frozenset(outer.union(tree.iter("body", "main")))


def _is_time(text: str) -> bool:
    return not text.isspace() and list_times.span(text.strip()) is not None


def _kind(element: Element) -> str:
    parent = element.getparent()
    return f"{mark(parent) if parent is not None else ''}/{mark(element)}"


def lists(kinds: dict[str, list[Element]], page: frozenset[Element]) -> Iterator[Found]:
    """The lists that these kinds of anchors mark, the longest first."""
    seen: set[Element] = set()
    for homes in sorted(kinds.values(), key=len, reverse=True)[:_MOST_KINDS]:
        for one in _lists(homes, page):
            first = one.rows[0][0]
            if first not in seen and any(_has_words(row[0]) for row in one.rows):
                seen.add(first)
                yield one


def _lists(homes: Sequence[Element], page: frozenset[Element]) -> Iterator[Found]:
    """The lists whose items hold one anchor of these each."""
    if len(homes) == 1:
        if (alone := _alone(homes[0], page)) is not None and (parent := alone.getparent()) is not None:
            yield Found(parent, ((alone,),))
        return
    kind = _item_kind(homes, page)
    if kind is None:
        return
    items = list(dict.fromkeys(item for home in homes if (item := _nearest(home, kind)) is not None))
    for found in _joined([(parent, _completed(parent, rows, kind)) for parent, rows in _grouped(items)], page):
        if found.rows[0][0].tag not in _INLINE:
            yield found
        elif wider := spread(found):
            yield wider


def _joined(groups: Sequence[tuple[Element, list[Element]]], page: frozenset[Element]) -> Iterator[Found]:
    """Each group as a list; groups in parents of one name, under one roof that is not the page, are one."""
    named: dict[str, list[tuple[Element, list[Element]]]] = defaultdict(list)
    for parent, rows in groups:
        named[mark(parent)].append((parent, rows))
    for name, alike in named.items():
        roof = _roof([parent for parent, _ in alike], page) if 1 < len(alike) < _MOST_LISTS and "." in name else None
        for together in [alike] if roof is not None else [[one] for one in alike]:
            starts = accumulate((len(rows) for _, rows in together[:-1]), initial=0)
            rows = tuple((row,) for _, rows in together for row in rows)
            yield Found(together[0][0] if roof is None else roof, rows, tuple(starts))


def _roof(parents: Sequence[Element], page: frozenset[Element]) -> Element | None:
    """The smallest element that holds all of these; None if it holds the page's headline too, or is far above."""
    for above in islice(parents[0].iterancestors(), _NEAR):
        if above in page:
            return None
        if all(above in islice(other.iterancestors(), _NEAR) for other in parents[1:]):
            return above
    return None


def _alone(home: Element, page: frozenset[Element]) -> Element | None:
    """The item that a lone anchor marks: the smallest element around it with a text in a block of its own."""
    if home.tag not in _INLINE and _blocks(home, None):
        return home
    below = home
    for above in islice(home.iterancestors(), _CLIMB):
        if above in page:
            return None
        if _blocks(above, below):
            return above
        below = above
    return None


def _blocks(element: Element, below: Element | None) -> bool:
    """Whether words stand in an element beside its child `below`, in a block or as a line of their own."""
    others = (one for one in islice(element, 40) if one is not below and isinstance(one.tag, str) and one.tag not in _INLINE)
    return any(_has_words(one) for one in others) or any(len((one.tail or "").strip()) > _LONG for one in islice(element, 40))


def _has_words(element: Element) -> bool:
    return any(text.strip() for text in islice(element.itertext(), 40))


def spread(found: Found) -> Found | None:
    """The rows of a list whose items are only a part of them: each with the siblings up to where the next row begins.

    What comes as often as the items, and first, begins the rows: of `dt dd dd dt dd dd` it is `dt`.
    """
    parent = found.rows[0][0].getparent()
    if parent is None or len(found.rows) < 2 or any(row[0].getparent() is not parent for row in found.rows):
        return None
    children = [one for one in parent if isinstance(one.tag, str)]
    marks = [mark(one) for one in children]
    usual = Counter(marks)
    known = {row[0] for row in found.rows}
    items = [at for at, one in enumerate(children) if one in known]
    start = next((name for name in marks[: items[0] + 1] if usual[name] == len(found.rows)), None)
    begins = items if start is None else [at for at, name in enumerate(marks) if name == start]
    if begins[-1] - begins[0] == len(begins) - 1:
        return None
    steps = sorted(end - begin for begin, end in pairwise(begins))
    ends = [*begins[1:], min(len(children), begins[-1] + steps[len(steps) // 2])]
    return Found(parent, tuple(tuple(children[begin:end]) for begin, end in zip(begins, ends, strict=True)))


def kinds(element: Element, level: int) -> Iterator[Kind]:
    """The kinds of an element so many levels above its anchor: its tag with each of its classes, its id, or that level."""
    tag = str(element.tag)
    for name in (element.get("class") or "").split()[:6]:
        yield tag, name
    if name := element.get("id"):
        yield tag, f"#{_NUMBER.sub('', name)}"
    yield tag, f"^{level}"


def _item_kind(homes: Sequence[Element], page: frozenset[Element]) -> Kind | None:
    """The widest kind of element around these anchors of which each holds but one."""
    cover: Counter[Kind] = Counter()
    height: Counter[Kind] = Counter()
    held: dict[Kind, set[Element]] = defaultdict(set)
    for home in homes:
        met: set[Kind] = set()
        for level, above in enumerate(_upwards(home)):
            if above in page:
                break
            for kind in kinds(above, level):
                if kind not in met:
                    met.add(kind)
                    cover[kind] += 1
                    height[kind] += level
                    held[kind].add(above)
    alone = [kind for kind in cover if len(held[kind]) >= _COVERED * cover[kind]]
    if not alone:
        return None
    most = max(cover[kind] for kind in alone)
    wide = [kind for kind in alone if cover[kind] >= _COVERED * most]
    wide.sort(key=lambda kind: (height[kind] / cover[kind], kind[1][0] != "^", cover[kind]), reverse=True)
    return next((kind for kind in wide if _is_apart(homes, kind)), None)


def _is_apart(homes: Sequence[Element], kind: Kind) -> bool:
    """Whether the nearest item around each anchor is its own: so many levels up, a reply's may be that of what it answers."""
    if kind[1][0] != "^":
        return True
    own = {home: _nearest(home, kind) for home in homes}
    items = set(own.values())
    return all(next((above for above in _upwards(home) if above in items), None) is item for home, item in own.items())


def _upwards(element: Element) -> Iterator[Element]:
    yield element
    yield from islice(element.iterancestors(), _CLIMB)


def _nearest(home: Element, kind: Kind) -> Element | None:
    """The item of this kind around an anchor."""
    tag, name = kind
    if name[0] == "^":
        above = next(islice(_upwards(home), int(name[1:]), None), None)
        return above if above is not None and above.tag == tag else None
    return next((above for above in _upwards(home) if _is_kind(above, kind)), None)


def _is_kind(element: Element, kind: Kind) -> bool:
    tag, name = kind
    if element.tag != tag:
        return False
    if name[0] == "#":
        return _NUMBER.sub("", element.get("id") or "") == name[1:]
    return name in (element.get("class") or "").split()


def _grouped(items: Sequence[Element]) -> Iterator[tuple[Element, list[Element]]]:
    """The items by the outermost parent that holds them: replies stand in the list that holds what they answer."""
    parents = {item: item.getparent() for item in items}
    holders = set(parents.values())
    outer: dict[Element, Element] = {}
    groups: dict[Element, list[Element]] = defaultdict(list)
    for item in items:
        parent = parents[item]
        if parent not in outer:
            above = [one for one in islice(parent.iterancestors(), 60) if one in holders]
            outer[parent] = outer.get(above[0], above[-1]) if above else parent
        groups[outer[parent]].append(item)
    yield from groups.items()


def _completed(root: Element, items: list[Element], kind: Kind) -> list[Element]:
    """The items, and what is of their kind and stands beside one of them, in page order."""
    if kind[1][0] == "^":
        return items
    known, parents = set(items), {item.getparent() for item in items}
    return [one for one in root.iter(kind[0]) if one in known or (_is_kind(one, kind) and one.getparent() in parents)]

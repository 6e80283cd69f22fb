"""The rows of a list: what belongs to one item, where it begins and ends, and which lists are parts of one."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice, pairwise

from newsarchive.reading.comments.lists import times
from newsarchive.reading.comments.lists.anchors import INLINE
from newsarchive.reading.comments.lists.pieces import mark
from newsarchive.reading.comments.lists.words import CONTROL
from newsarchive.reading.document import Element

_CLIMB = 14  # how many levels above an anchor its item may begin
_LOOKED_AT = 40  # children, or texts, of an element
_LINE = 110  # characters; a longer line is a text of its own
_NEAR = 4  # how far above two lists of one kind their common roof may be
_MOST_LISTS = 6
_WRAPPERS = 3  # elements around each row that may hold nothing else
PARTS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "hr", "form"))  # what stands before and behind a list
_NAME = re.compile(r"[.#]")


@dataclass(frozen=True, slots=True)
class Found:
    """Rows that may be comments, in page order, each one element or siblings; `root` is the element that holds them all.

    A page may show one kind of rows in several lists, the best comments and all of them: `starts` are the rows with which a
    list begins.
    """

    root: Element
    rows: tuple[tuple[Element, ...], ...]
    starts: tuple[int, ...] = (0,)


def wrapped(root: Element, rows: Sequence[tuple[Element, ...]]) -> list[tuple[Element, ...]]:
    """The rows, or what holds each of them and nothing else: the wrapper may have the id and the level of its comment."""
    outer = list(rows)
    for _ in range(_WRAPPERS):
        above = [row[0].getparent() if len(row) == 1 else None for row in outer]
        if not all(one is not None and one is not root and _holds_one(one) for one in above):
            break
        outer = [(one,) for one in above if one is not None]
    return outer


def _holds_one(element: Element) -> bool:
    return len(element) == 1 and not ((element.text or "").strip() or (element[0].tail or "").strip())


def joined(groups: Sequence[tuple[Element, list[Element]]], page: frozenset[Element]) -> Iterator[Found]:
    """Each group as a list; groups of items, or in parents, of one name are one, if one roof holds them that is not the page."""
    named: dict[str, list[tuple[Element, list[Element]]]] = defaultdict(list)
    for parent, rows in groups:
        own = mark(rows[0])
        named[own if "." in own else mark(parent)].append((parent, rows))
    for name, alike in named.items():
        roof = _roof([parent for parent, _ in alike], page) if 1 < len(alike) < _MOST_LISTS and "." in name else None
        for together in [alike] if roof is not None else [[one] for one in alike]:
            starts = accumulate((len(rows) for _, rows in together[:-1]), initial=0)
            items = tuple((row,) for _, rows in together for row in rows)
            yield Found(together[0][0] if roof is None else roof, items, tuple(starts))


def _roof(parents: Sequence[Element], page: frozenset[Element]) -> Element | None:
    """The smallest element that holds all of these; None if it holds the page's headline too, or is far above."""
    for above in islice(parents[0].iterancestors(), _NEAR):
        if above in page:
            return None
        if all(above in islice(other.iterancestors(), _NEAR) for other in parents[1:]):
            return above
    return None


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
    items = [at for at, one in enumerate(children) if one in known or _is_term(one, children[at + 1 : at + 2], known)]
    begins = _begins(marks, items)
    if begins[-1] - begins[0] == len(begins) - 1:
        return None
    last = _end(marks, begins)
    if usual.keys() == set(marks[begins[0] :]) and set(marks[begins[-1] :]) <= set(marks[begins[0] : begins[-1]]):
        last = len(children)  # nothing but rows stands in their parent
    ends = [*begins[1:], min(len(children), last)]
    return Found(parent, tuple(tuple(children[begin:end]) for begin, end in zip(begins, ends, strict=True)))


def _is_term(element: Element, behind: Sequence[Element], known: Container[Element]) -> bool:
    """Whether an element is a term with its description behind it, as the items are: the host's own may be of another class."""
    if element.tag != "dt" or [one.tag for one in behind] != ["dd"]:
        return False
    return any(one in known for one in islice(element.itersiblings("dt", preceding=True), _NEAR))


def _end(marks: Sequence[str], begins: Sequence[int]) -> int:
    """Where the last row ends: with what all others end with and have but once, else after as many elements as is usual."""
    ends = {marks[after - 1] for after in begins[1:]}
    name = ends.pop()
    if not ends and all(marks[begin:after].count(name) == 1 for begin, after in pairwise(begins)) and name in marks[begins[-1] :]:
        return marks.index(name, begins[-1]) + 1
    steps = sorted(after - begin for begin, after in pairwise(begins))
    return begins[-1] + steps[len(steps) // 2]


def _begins(marks: Sequence[str], items: Sequence[int]) -> Sequence[int]:
    """Where the rows begin: with what comes once for each item, before it; behind rules that part them; else with the items."""
    usual = Counter(marks)
    for name in dict.fromkeys(marks[: items[0]]):
        if usual[name] == len(items):
            begins = [at for at, other in enumerate(marks) if other == name]
            if all(begin <= item < end for begin, item, end in zip(begins, items, [*begins[1:], len(marks)], strict=True)):
                return begins
    rules = [at for at, name in enumerate(marks) if name == "hr"]
    if abs(len(rules) - len(items)) > 1:
        lead = _lead(marks, items)
        return [item - lead for item in items] if lead else _beneath(marks, items)
    begins = [rules[place - 1] + 1 if (place := bisect_left(rules, item)) else item for item in items]
    before = items[1] - begins[1]
    begins[0] = max(begins[0] - before, 0) if begins[0] == items[0] else begins[0]
    return begins if begins == sorted(set(begins)) else items


def _lead(marks: Sequence[str], items: Sequence[int]) -> int:
    """How far before its item each row begins, where rows are of one length and the last ends with their parent."""
    steps = {after - before for before, after in pairwise(items)}
    lead = max(steps) - (len(marks) - items[-1])
    alike = lead > 0 and marks[max(0, items[0] - lead) : items[0]] == marks[items[1] - lead : items[1]]
    return lead if len(steps) == 1 and items[0] >= lead and alike else 0


def _beneath(marks: Sequence[str], items: Sequence[int]) -> Sequence[int]:
    """The rows of items that stand beneath what they tell of, where nothing follows the last: each begins behind the item
    before it, the first behind a headline or a rule, or as far before its item as is usual."""
    tags = [_NAME.split(name)[0] for name in marks]
    follows = tags[items[-1] + 1 : items[-1] + 2]
    if items[0] == 0 or tags[items[0] - 1] in PARTS or not PARTS.issuperset(follows):
        return items
    steps = sorted(after - before for before, after in pairwise(items))
    first = max(items[0] + 1 - steps[len(steps) // 2], 0)
    first = max((at + 1 for at in range(items[0]) if tags[at] in PARTS), default=first)
    return [first, *(item + 1 for item in items[:-1])]


def alone(home: Element, page: frozenset[Element]) -> Iterator[Element]:
    """The items that a lone anchor may mark: the elements around it with a text in a block of its own, the smallest first."""
    if home.tag not in INLINE and _blocks(home, None):
        yield home
    below = home
    for above in islice(home.iterancestors(), _CLIMB):
        if above in page:
            return
        if _blocks(above, below) or (above.tag == "li" and _goes_on(above, below)):
            yield above
        below = above


def _goes_on(item: Element, below: Element) -> bool:
    """Whether words stand in an item behind its child `below`."""
    behind = (one for one in (below, *islice(below.itersiblings(), _LOOKED_AT)))
    return any((one.tail or "").strip() or (one is not below and isinstance(one.tag, str) and has_words(one)) for one in behind)


def _blocks(element: Element, below: Element | None) -> bool:
    """Whether words stand in an element beside its child `below`, in a block or as a line of their own."""
    others = (one for one in islice(element, _LOOKED_AT) if one is not below and isinstance(one.tag, str) and _is_block(one))
    return any(has_words(one) and not _is_control(one) for one in others) or any(map(_ends_line, islice(element, _LOOKED_AT)))


def _is_block(element: Element) -> bool:
    """Whether an element is a block, or holds one: old pages put paragraphs into `font`."""
    return element.tag not in INLINE or any(isinstance(one.tag, str) and one.tag not in INLINE for one in element)


def _ends_line(element: Element) -> bool:
    """Whether words that are no time stand behind an element in a line of their own, or so many that they are a text."""
    words = (element.tail or "").strip()
    begins = element.tag == "br" or element.tag not in INLINE
    return len(words) > _LINE or (begins and bool(words) and not (times.may_hold(words) and times.span(words)))


def _is_control(element: Element) -> bool:
    """Whether an element holds buttons and nothing else: "Reply", "Report Comment"."""
    words = " ".join(islice(element.itertext(), _LOOKED_AT)).strip().lower()
    return len(words) < _LINE and CONTROL.fullmatch(words) is not None


def has_words(element: Element) -> bool:
    """Whether any words stand in an element."""
    return any(text.strip() for text in islice(element.itertext(), _LOOKED_AT))


def says_something(row: Sequence[Element]) -> bool:
    """Whether any words stand in a row: in its elements, or between them."""
    return any(has_words(one) or (one.tail or "").strip() for one in row)

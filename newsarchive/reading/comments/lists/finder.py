"""Find the lists in a page whose items may be comments: elements of one kind that hold one anchor each.

From every kind of anchor (`anchors`) the way goes up, and the widest kind of element that holds one anchor each is the item
of a list: a reply that hangs in the comment it answers has an item of its own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeAlias

from newsarchive.reading.comments.lists.anchors import INLINE
from newsarchive.reading.comments.lists.headings import between_headings, is_parted
from newsarchive.reading.comments.lists.pieces import mark
from newsarchive.reading.comments.lists.rows import Found, alone, joined, says_something, spread
from newsarchive.reading.comments.lists.traces import readers_own
from newsarchive.reading.document import Element

# A tag, and what its elements share: a class, `#` and an id without its number, or `^` and how far above an anchor they are.
Kind: TypeAlias = tuple[str, str]

_CLIMB = 14  # how many levels above an anchor its item may begin
_COVERED = 0.9  # how many of the most anchors that any kind of item holds
_MOST_KINDS = 12  # of anchors that are looked at, the most frequent first
_MOST_CLASSES = 6
_TRIED_ALONE = 2  # elements around a lone anchor that may be its item
_COMPARED = 30  # items, and elements of an item, that are compared with others of their kind
_OUTWARD = 60  # levels of a discussion
_NUMBER = re.compile(r"\d+.*")


def lists(kinds: dict[str, list[Element]], page: frozenset[Element]) -> Iterator[Found]:
    """The lists that these kinds of anchors mark, the longest first."""
    seen: set[Element] = set()
    for homes in sorted(filter(None, kinds.values()), key=len, reverse=True)[:_MOST_KINDS]:
        for one in _lists(homes, page):
            first = one.rows[0][0]
            if first not in seen and any(map(says_something, one.rows)):
                seen.add(first)
                yield one


def _lists(homes: Sequence[Element], page: frozenset[Element]) -> Iterator[Found]:
    """The lists whose items hold one anchor of these each."""
    if len(homes) == 1:
        between = between_headings(homes[0])
        for parts in [between] if between else [(one,) for one in islice(alone(homes[0], page), _TRIED_ALONE)]:
            if (parent := parts[0].getparent()) is not None:
                yield Found(parent, (parts,))
        return
    below = [home for home in homes if home.getparent() not in page]
    if len(homes) < 2 * len(below) < 2 * len(homes):  # the article's own date is made as those of the list
        homes = below
    if is_parted(*homes[:2]):
        yield from _lists(homes[1:], page)  # and here above the comments' heading
        return
    kind = _item_kind(homes, page)
    if kind is None:
        return
    items = dict.fromkeys(item for home in homes if (item := _nearest(home, kind)) is not None and item.getparent() is not None)
    whole = ((parent, _completed(parent, rows, kind)) for parent, rows in _grouped(list(items)))
    groups = [(parent, said) for parent, rows in whole if (said := readers_own(parent, rows))]
    for found in joined(groups, page):
        if found.rows[0][0].tag not in INLINE:
            yield found
        elif wider := spread(found):
            yield wider


def _item_kind(homes: Sequence[Element], page: frozenset[Element]) -> Kind | None:
    """The widest kind of element around these anchors of which each holds but one, or deeper ones before its own: quotations."""
    counts: dict[Kind, _Count] = defaultdict(_Count)
    named: dict[Element, list[Kind]] = {}
    for home in homes:
        met: set[Kind] = set()
        for level, above in enumerate(_upwards(home)):
            if above in page:
                break
            if above not in named:
                named[above] = list(_kinds(above))
            for kind in (*named[above], (str(above.tag), f"^{level}")):
                if kind not in met:
                    met.add(kind)
                    counts[kind].add(above, level)
    alone = [kind for kind, count in counts.items() if len(count.held) >= _COVERED * (count.cover - count.quoted)]
    if not alone:
        return None
    most = max(counts[kind].cover for kind in alone)
    wide = [kind for kind in alone if counts[kind].cover >= _COVERED * most]
    wide.sort(key=lambda kind: (counts[kind].height / counts[kind].cover, kind[1][0] != "^", counts[kind].cover), reverse=True)
    return next((kind for kind in wide if _is_apart(homes, kind)), None)


@dataclass(slots=True)
class _Count:
    """How many anchors stand in elements of one kind, how many levels below them in all, and at which level last in each;
    `quoted` are those that stand higher in their element than one before them."""

    cover: int = 0
    height: int = 0
    quoted: int = 0
    held: dict[Element, int] = field(default_factory=dict)

    def add(self, element: Element, level: int) -> None:
        """One more anchor, so many levels below its element."""
        self.cover += 1
        self.height += level
        self.quoted += self.held.get(element, 0) > level
        self.held[element] = level


def _is_apart(homes: Sequence[Element], kind: Kind) -> bool:
    """Whether the nearest item around each anchor is its own, so many levels up: a reply's may be that of what it answers,
    and what alone has its name and holds all others may be the list."""
    if kind[1][0] != "^":
        return True
    own = {home: _nearest(home, kind) for home in homes}
    items = {item for item in own.values() if item is not None}
    first = own[homes[0]]
    holds_all = first is not None and first in homes[-1].iterancestors()
    if holds_all and len(items) > 1 and all(mark(item) != mark(first) for item in items if item is not first):
        return False
    return all(next((above for above in _upwards(home) if above in items), None) is item for home, item in own.items())


def _kinds(element: Element) -> Iterator[Kind]:
    """The kinds of an element that it names itself: its tag with each of its classes, or its id."""
    tag = str(element.tag)
    for name in (element.get("class") or "").split()[:_MOST_CLASSES]:
        yield tag, name
    if name := element.get("id"):
        yield tag, f"#{_NUMBER.sub('', name)}"


def _is_kind(element: Element, kind: Kind) -> bool:
    tag, name = kind
    if element.tag != tag:
        return False
    if name[0] == "#":
        return _NUMBER.sub("", element.get("id") or "") == name[1:]
    return name in (element.get("class") or "").split()


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


def _grouped(items: Sequence[Element]) -> Iterator[tuple[Element, list[Element]]]:
    """The items by the outermost parent that holds them: replies stand in the list that holds what they answer."""
    parents = {item: item.getparent() for item in items}
    holders = set(parents.values())
    outer: dict[Element, Element] = {}
    groups: dict[Element, list[Element]] = defaultdict(list)
    for item in items:
        parent = parents[item]
        if parent not in outer:
            above = [one for one in islice(parent.iterancestors(), _OUTWARD) if one in holders]
            outer[parent] = outer.get(above[0], above[-1]) if above else parent
        groups[outer[parent]].append(item)
    yield from groups.items()


def _completed(root: Element, items: list[Element], kind: Kind) -> list[Element]:
    """The items, and what is of their kind and stands beside one of them, in page order."""
    if kind[1][0] == "^":
        return items
    known, parents = set(items), {item.getparent() for item in items}
    rows = [one for one in root.iter(kind[0]) if one in known or (_is_kind(one, kind) and one.getparent() in parents)]
    if len(rows) == len(items):
        return rows
    usual = {name for item in items[:_COMPARED] for name in _inside(item)}
    rows = [one for one in rows if one in known or _is_like(one, usual)]
    return rows[1:] if len(rows) > 1 and _is_line(rows[0]) and is_parted(*rows[:2]) else rows


def _is_line(element: Element) -> bool:
    return all(one.tag in INLINE for one in element.iterdescendants() if isinstance(one.tag, str))


def _is_like(element: Element, usual: set[str]) -> bool:
    """Whether an element without an anchor is made as the items are: their names are in it, or it names nothing."""
    inside = _inside(element)
    return not inside or not inside.isdisjoint(usual)


def _inside(element: Element) -> set[str]:
    """The names of the elements in an item."""
    below = islice(element.iterdescendants(), _COMPARED)
    return {name for one in below if isinstance(one.tag, str) and "." in (name := mark(one))}

"""A thread as a page shows it: which comments stand on it, in reading order, nested, and never an answer without what it answers.

A page holds so many comments; the parents of its first one are shown again above it, for context. Nothing here recurses: a thread
may be a thousand answers deep.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

DEEPEST = 6  # levels that are shown nested; deeper answers stand side by side and name whom they answer


@dataclass(frozen=True, slots=True)
class Place:
    """A comment's place in reading order. `answers` counts all below it; `parent` is None where it is not in the archive."""

    id: str
    parent: str | None
    depth: int
    answers: int


@dataclass(frozen=True, slots=True)
class Step:
    """A step of writing a nested list: a list begins (the answers to `place`), a comment, its end, the list's end.

    `context` says that the comment stands on another page, or was not asked for.
    """

    kind: Literal["list", "comment", "end", "close"]
    place: Place | None = None
    context: bool = False


def in_reading_order(comments: Sequence[tuple[str, str | None]]) -> list[Place]:
    """The comments, given as (id, parent's id) in the order of their thread, with each one's answers behind it.

    Comments that answer each other in a circle stand at the end.
    """
    known = {one for one, _ in comments}
    parents = {one: parent if parent in known and parent != one else None for one, parent in comments}
    children: dict[str, list[str]] = {}
    for one, parent in parents.items():
        if parent:
            children.setdefault(parent, []).append(one)
    order: dict[str, tuple[str | None, int]] = {}
    for root in (*(one for one, parent in parents.items() if not parent), *parents):
        waiting: list[tuple[str, str | None, int]] = [] if root in order else [(root, None, 0)]
        while waiting:
            one, parent, depth = waiting.pop()
            order[one] = (parent, depth)
            waiting.extend((child, one, depth + 1) for child in reversed(children.get(one, [])) if child not in order)
    below = dict.fromkeys(order, 0)
    for one, (parent, _) in reversed(order.items()):
        if parent:
            below[parent] += below[one] + 1
    return [Place(one, parent, depth, below[one]) for one, (parent, depth) in order.items()]


def page_of(order: Sequence[Place], wanted: Collection[str] | None, first: int, count: int) -> list[tuple[Place, bool]]:
    """The `count` comments from number `first` on (of those `wanted`, if named), each behind the parents that it needs.

    The second value says that a comment is shown for context only.
    """
    by_id = {place.id: place for place in order}
    chosen = [place for place in order if wanted is None or place.id in wanted][first : first + count]
    shown: dict[str, tuple[Place, bool]] = {}
    for place in chosen:
        for parent in reversed(list(_parents(place, by_id))):
            shown.setdefault(parent.id, (parent, True))
        shown[place.id] = (place, False)
    return list(shown.values())


def steps(places: Sequence[tuple[Place, bool]]) -> Iterator[Step]:
    """How to write them as lists within lists, as deep as `DEEPEST`."""
    above: list[tuple[int, Place]] = []  # the comments that are not ended yet, each with its level
    for place, context in places:
        level = min(place.depth, DEEPEST)
        while above and above[-1][0] > level and len(above) > 1:
            above.pop()
            yield from (Step("end"), Step("close"))
        if above and above[-1][0] >= level:
            above.pop()
            yield Step("end")
        else:
            yield Step("list", above[-1][1] if above else None)
        above.append((level, place))
        yield Step("comment", place, context)
    for _ in above:
        yield from (Step("end"), Step("close"))


def _parents(place: Place, by_id: Mapping[str, Place]) -> Iterator[Place]:
    """What it answers, the nearest first, as far up as a page shows."""
    for _ in range(DEEPEST):
        if not place.parent:
            return
        place = by_id[place.parent]
        yield place

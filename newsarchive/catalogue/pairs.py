"""Pairs of places in two lists of comments: which of them keep the order, and what stands between."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

Group = TypeVar("Group", bound=Hashable)
Pairs = dict[int, int]  # places of the shown list -> places of the known one


def rising(pairs: Pairs) -> list[tuple[int, int]]:
    """The most pairs (known, shown) that stand in the same order in both lists; the others have moved."""
    chain: list[tuple[int, int, int]] = []  # known, shown, the link before
    tails: list[int] = []  # the lowest place at which a chain of each length can end, and its last link
    links: list[int] = []
    for shown, known in sorted(pairs.items()):
        at = bisect_left(tails, known)
        if at == len(tails):
            tails.append(known)
            links.append(len(chain))
        chain.append((known, shown, links[at - 1] if at else -1))
        tails[at], links[at] = known, len(chain) - 1
    steps, link = [], links[-1] if links else -1
    while link >= 0:
        known, shown, link = chain[link]
        steps.append((known, shown))
    return steps[::-1]


def direction(pairs: Pairs) -> int:
    """Above 0 where more of these stand in the same order in both lists than in opposite ones, below 0 where fewer do."""
    same = len(rising(pairs))
    if 2 * same > len(pairs) + 1:  # both have at most one of them in common
        return 1
    return same - len(rising({shown: -known for shown, known in pairs.items()}))


def grouped(places: Iterable[int], key: Callable[[int], Group]) -> dict[Group, list[int]]:
    """Places by what `key` says of them."""
    groups: dict[Group, list[int]] = defaultdict(list)
    for at in places:
        groups[key(at)].append(at)
    return dict(groups)

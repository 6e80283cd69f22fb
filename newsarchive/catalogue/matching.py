"""Two lists of comments without numbers, one known and one shown: which stands for which.

The names and texts that each list has once are the posts; between them, equals are told apart by their place and time, and
what has another text at the same place is an edited comment. All of it in the order n log n.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence, Set
from dataclasses import replace
from typing import TypeVar

from newsarchive.catalogue.remark import EXACT, GONE, LOOSE, STALE, Key, Remark, Slack, agree, oldest_first

Group = TypeVar("Group", bound=Hashable)
Pairs = dict[int, int]  # places of the shown list -> places of the known one

_CANDIDATES = 400  # pairs of candidates within one place that are compared; where there are more, nobody can tell


def match(known: Sequence[Remark], present: int, shown: Sequence[Remark], *, newest_first: bool) -> Pairs:
    """Which known comment each shown one is; a shown one that is new has none.

    The first `present` of the known stand in the thread's order; those behind them are deleted, and may come back.
    """
    pairs = posts(known[:present], shown)
    edits(known[:present], shown, pairs, but={one.key for one in known} & {one.key for one in shown})
    equals = _Equals(known, shown, pairs, newest_first=newest_first)
    live, gone = range(present), range(present, len(known))
    steps = rising(pairs)
    for slack in (EXACT, STALE):
        equals.match(live, slack, within=steps)
        equals.match(live, slack)
        equals.match(gone, slack)
    placeholders = [replace(one, text=GONE) if one.hidden else one for one in known]
    _Equals(placeholders, shown, pairs, newest_first=newest_first).match(live, STALE)
    edits(known[:present], shown, pairs)
    moved_edits(known[:present], shown, pairs)
    pairs |= _off_by_hours(known[:present], shown, pairs, newest_first=newest_first)
    return pairs


def _off_by_hours(known: Sequence[Remark], shown: Sequence[Remark], pairs: Pairs, *, newest_first: bool) -> Pairs:
    """Equals at one place whose ages contradict, where there are several: the site counts its hours anew. One alone is new."""
    loose = _Equals(known, shown, dict(pairs), newest_first=newest_first)
    steps = rising({at: one for at, one in pairs.items() if one < len(known)})
    loose.match(range(len(known)), LOOSE, within=steps)
    ends = [other for _, other in steps]
    places = {at: bisect_left(ends, at) for at in loose.pairs if at not in pairs}
    often = Counter(places.values())
    return {at: loose.pairs[at] for at, place in places.items() if often[place] > 1}


def between(known: Sequence[Remark], shown: Sequence[Remark], pairs: Pairs) -> None:
    """Add to `pairs`, of two pages of one crawl, the equals that stand between the same two pairs, in their order, and what was
    edited there."""
    known, shown = ([replace(one, span=one.told) for one in side] for side in (known, shown))
    equals = _Equals(known, shown, pairs, newest_first=False)
    equals.match(range(len(known)), STALE, within=rising(pairs))
    edits(known, shown, pairs)


def posts(known: Sequence[Remark], shown: Sequence[Remark]) -> Pairs:
    """The pairs of those that are the only ones of their name and text on either side."""
    places = [{one.key: at for at, one in enumerate(side)} for side in (known, shown)]
    counts = [Counter(one.key for one in side) for side in (known, shown)]
    return {
        places[1][key]: at
        for key, at in places[0].items()
        if counts[0][key] == counts[1][key] == 1 and agree(known[at], shown[places[1][key]], STALE)
    }


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


class _Equals:
    """Pairs of the same name and text, of which there may be many."""

    def __init__(self, known: Sequence[Remark], shown: Sequence[Remark], pairs: Pairs, *, newest_first: bool) -> None:
        self.known, self.shown, self.pairs = known, shown, pairs
        self.newest_first = newest_first
        self.taken = set(pairs.values())

    def match(self, places: Iterable[int], slack: Slack, *, within: list[tuple[int, int]] | None = None) -> None:
        """Pair what is left, the oldest first; with `within` only between the same two of these steps."""
        kept, left = [known for known, _ in within or ()], [shown for _, shown in within or ()]
        free = (at for at in places if at not in self.taken)
        known = _grouped(free, lambda at: (self.known[at].key, bisect_left(kept, at)))
        unpaired = (at for at in range(len(self.shown)) if at not in self.pairs)
        for group, shown in _grouped(unpaired, lambda at: (self.shown[at].key, bisect_left(left, at))).items():
            for one, other in self._zip(known[group], shown, slack) if group in known else ():
                self.pairs[other] = one
                self.taken.add(one)

    def _zip(self, known: list[int], shown: list[int], slack: Slack) -> Iterator[tuple[int, int]]:
        ones = oldest_first(known, self.known, newest_first=self.newest_first)
        others = oldest_first(shown, self.shown, newest_first=self.newest_first)
        one = other = 0
        while one < len(ones) and other < len(others):
            first, second = self.known[ones[one]], self.shown[others[other]]
            if agree(first, second, slack):
                yield ones[one], others[other]
                one, other = one + 1, other + 1
            elif first.span and second.span and first.span < second.span:
                one += 1
            else:
                other += 1


def _grouped(places: Iterable[int], key: Callable[[int], Group]) -> dict[Group, list[int]]:
    groups: dict[Group, list[int]] = defaultdict(list)
    for at in places:
        groups[key(at)].append(at)
    return dict(groups)


def edits(known: Sequence[Remark], shown: Sequence[Remark], pairs: Pairs, *, but: Set[Key] = frozenset()) -> None:
    """Add to `pairs` what stands at the same place with another text, or with none where the site took it away.

    Names and texts in `but` are left out. Where some have moved, and it is open which, the place is looked for both ways.
    """
    live = {at: one for at, one in pairs.items() if one < len(known)}
    _edits_between(rising(live), known, shown, pairs, but)
    mirrored = rising({len(shown) - 1 - at: len(known) - 1 - one for at, one in live.items()})
    _edits_between(
        [(len(known) - 1 - one, len(shown) - 1 - other) for one, other in reversed(mirrored)], known, shown, pairs, but
    )


def _edits_between(
    steps: list[tuple[int, int]], known: Sequence[Remark], shown: Sequence[Remark], pairs: Pairs, but: Set[Key]
) -> None:
    taken = set(pairs.values())
    kept, left = [one for one, _ in steps], [other for _, other in steps]
    ours = _grouped(
        (at for at in range(len(known)) if at not in taken and known[at].key not in but), lambda at: bisect_left(kept, at)
    )
    theirs = _grouped(
        (at for at in range(len(shown)) if at not in pairs and shown[at].key not in but), lambda at: bisect_left(left, at)
    )
    for gap in ours.keys() & theirs.keys():
        place = _Place(known, shown, steps, gap)
        found = place.edited(ours[gap], theirs[gap])
        pairs |= found
        if not but:  # how many were taken away tells only where all that may stand here is looked at
            old = set(found.values())
            pairs |= place.taken_away([at for at in ours[gap] if at not in old], [at for at in theirs[gap] if at not in found])


def moved_edits(known: Sequence[Remark], shown: Sequence[Remark], pairs: Pairs) -> None:
    """Add to `pairs` what has another text at another place: one of the same name that was written before the known one was last
    seen would have been seen with it; and nobody writes placeholders. Each must be the other's only candidate."""
    taken = set(pairs.values())
    ours = _grouped((at for at in range(len(known)) if at not in taken), lambda at: known[at].name)
    theirs = _grouped((at for at in range(len(shown)) if at not in pairs), lambda at: shown[at].name)
    for name in ours.keys() & theirs.keys():
        pairs |= _only(ours[name], theirs[name], lambda one, other: _is_old(known[one], shown[other]))


def _is_old(known: Remark, shown: Remark) -> bool:
    if known.span is None or shown.span is None or known.seen is None:
        return False
    return (shown.hidden or shown.span[1] <= known.seen) and agree(known, shown, STALE)


def _only(ones: list[int], others: list[int], fits: Callable[[int, int], bool]) -> Pairs:
    """Pairs that fit, and are each other's only candidates."""
    if len(ones) * len(others) > _CANDIDATES:
        return {}
    fitting = [(one, other) for one in ones for other in others if fits(one, other)]
    sides = Counter(one for one, _ in fitting), Counter(other for _, other in fitting)
    return {other: one for one, other in fitting if sides[0][one] == sides[1][other] == 1}


class _Place:
    """One gap between two neighbours that both lists have, or between one and an end of the thread."""

    def __init__(self, known: Sequence[Remark], shown: Sequence[Remark], steps: list[tuple[int, int]], gap: int) -> None:
        self.known, self.shown = known, shown
        self.before = steps[gap - 1] if gap else None
        self.behind = steps[gap] if gap < len(steps) else None

    def edited(self, ones: list[int], others: list[int]) -> Pairs:
        """Pairs of one name that are each other's only candidates."""
        pairs: Pairs = {}
        known = _grouped(ones, lambda at: self.known[at].name)
        for name, mine in _grouped(others, lambda at: self.shown[at].name).items():
            pairs |= _only(known.get(name, []), mine, self._fits)
        return pairs

    def taken_away(self, ones: list[int], others: list[int]) -> Pairs:
        """Pairs of nameless placeholders ("[removed]") with comments, in their order, where there are as many as of these."""
        empty = [at for at in others if self.shown[at].hidden and not self.shown[at].name[:1].isalnum()]
        for places in ([at for at in ones if self.known[at].hidden], ones):
            if len(places) == len(empty):
                fitting = [(one, other) for one, other in zip(places, empty, strict=True) if self._fits(one, other)]
                return {other: one for one, other in fitting}
        return {}

    def _fits(self, one: int, other: int) -> bool:
        first, second = self.known[one], self.shown[other]
        if self.before and self.behind:  # nothing new is set between two old neighbours: the place alone proves equals
            return first.key == second.key or agree(first, second, STALE)
        return first.span is not None and second.span is not None and agree(first, second, STALE)

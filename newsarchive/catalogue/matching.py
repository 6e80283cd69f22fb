"""Two lists of comments without numbers, one known and one shown: which stands for which.

The names and texts that each list has once are the posts; between them, equals are told apart by their place and time, and
what has another text at the same place is an edited comment. All of it in the order n log n.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from newsarchive.catalogue.edits import edits, moved_edits
from newsarchive.catalogue.pairs import Pairs, direction, grouped, rising
from newsarchive.catalogue.remark import EXACT, GONE, LOOSE, STALE, Agreed, Remark, Slack, agree, descent, oldest_first


def match(known: Sequence[Remark], present: int, shown: Sequence[Remark]) -> Pairs:
    """Which known comment each shown one is; a shown one that is new has none.

    The first `present` of the known stand in the thread's order; those behind them are deleted, and may come back. Where the site
    may show the other end first now, that is tried too, and what explains more of the page stands.
    """
    found, last = posts(known[:present], shown), present - 1
    pairs = _matched(known, present, shown, dict(found))
    if not _may_be_turned(found, known[:present], shown):
        return pairs
    found = {at: last - one for at, one in found.items()}
    turned = _matched([*known[last::-1], *known[present:]], present, shown, found)
    return {at: last - one if one < present else one for at, one in turned.items()} if len(turned) >= len(pairs) else pairs


def _may_be_turned(found: Pairs, known: Sequence[Remark], shown: Sequence[Remark]) -> bool:
    """Whether more posts stand the other way round than do not; or as many, and times fall where they rose."""
    way = direction(found)
    return way < 0 or (way == 0 and descent(known) * descent(shown) < 0)


def _matched(known: Sequence[Remark], present: int, shown: Sequence[Remark], pairs: Pairs) -> Pairs:
    """The same, of lists that run the same way and whose posts are paired. What is surest comes first, for each pair tells the
    place of the others."""
    newest_first = descent(shown) + descent(known[:present]) >= 0
    # Names and texts that both sides have wait: they are equals. An edit between two posts is a post for them.
    edits(known[:present], shown, pairs, but={one.key for one in known} & {one.key for one in shown})
    equals = _Equals(known, shown, pairs, newest_first=newest_first)
    live, gone = range(present), range(present, len(known))
    steps = rising(pairs)
    for slack in (EXACT, STALE):
        equals.match(live, slack, within=steps)
        equals.match(live, slack)
        equals.match(gone, slack)
    # A known placeholder keeps its last words; the page shows none.
    placeholders = [replace(one, text=GONE) if one.hidden else one for one in known]
    _Equals(placeholders, shown, pairs, newest_first=newest_first).match(live, STALE)
    edits(known[:present], shown, pairs)
    moved_edits(known[:present], shown, pairs)
    pairs |= _off_by_hours(known[:present], shown, pairs, newest_first=newest_first)
    return pairs


def _off_by_hours(known: Sequence[Remark], shown: Sequence[Remark], pairs: Pairs, *, newest_first: bool) -> Pairs:
    """Equals at one place whose ages contradict, where there are several and all by the same: the site counts its hours anew. One
    alone is new."""
    loose = _Equals(known, shown, dict(pairs), newest_first=newest_first)
    steps = rising({at: one for at, one in pairs.items() if one < len(known)})
    loose.match(range(len(known)), LOOSE, within=steps)
    ends = [other for _, other in steps]
    places = grouped((at for at in loose.pairs if at not in pairs), lambda at: bisect_left(ends, at))
    found: Pairs = {}
    for here in places.values():
        if len(here) > 1 and _have_one_shift([(known[loose.pairs[at]], shown[at]) for at in here]):
            found |= {at: loose.pairs[at] for at in here}
    return found


def _have_one_shift(pairs: Sequence[tuple[Remark, Remark]]) -> bool:
    """Whether the times of all these known and shown ones can be apart by the same."""
    spans = [(one.span, other.span) for one, other in pairs if one.span and other.span]
    least = max((second[0] - first[1] for first, second in spans), default=0.0)
    return least <= min((second[1] - first[0] for first, second in spans), default=0.0)


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
        known = grouped(free, lambda at: (self.known[at].key, bisect_left(kept, at)))
        unpaired = (at for at in range(len(self.shown)) if at not in self.pairs)
        for group, shown in grouped(unpaired, lambda at: (self.shown[at].key, bisect_left(left, at))).items():
            for one, other in self._zip(known[group], shown, slack) if group in known else ():
                self.pairs[other] = one
                self.taken.add(one)

    def _zip(self, known: list[int], shown: list[int], slack: Slack) -> Iterator[tuple[int, int]]:
        ones = oldest_first(known, self.known, newest_first=self.newest_first)
        others = oldest_first(shown, self.shown, newest_first=self.newest_first)
        first, second = [self.known[at] for at in ones], [self.shown[at] for at in others]
        steps = in_step(first, second, lambda one, other: agree(one, other, slack))
        yield from ((ones[one], others[other]) for one, other in steps)


def in_step(ones: Sequence[Remark], others: Sequence[Remark], agreed: Agreed) -> Iterator[tuple[int, int]]:
    """Pairs of places in two lists that begin with the oldest: each with the first one of the other list that it agrees with."""
    one = other = 0
    while one < len(ones) and other < len(others):
        first, second = ones[one].span, others[other].span
        if agreed(ones[one], others[other]):
            yield one, other
            one, other = one + 1, other + 1
        elif first and second and first < second:
            one += 1
        else:
            other += 1

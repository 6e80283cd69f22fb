"""Comments without numbers that are shown with another text, with none, or with another name.

They have the same name, or else the same text, at the same place; or the same name at another place and are too old to be new.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence, Set

from newsarchive.catalogue.pairs import Pairs, grouped, rising
from newsarchive.catalogue.remark import CACHED, GONE, STALE, Key, Remark, agree

_CANDIDATES = 400  # pairs of candidates within one place that are compared; where there are more, nobody can tell


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
    ours = grouped(
        (at for at in range(len(known)) if at not in taken and known[at].key not in but), lambda at: bisect_left(kept, at)
    )
    theirs = grouped(
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
    ours = grouped((at for at in range(len(known)) if at not in taken), lambda at: known[at].name)
    theirs = grouped((at for at in range(len(shown)) if at not in pairs), lambda at: shown[at].name)
    for name in ours.keys() & theirs.keys():
        pairs |= _only(ours[name], theirs[name], lambda one, other: _is_old(known[one], shown[other]))


def _is_old(known: Remark, shown: Remark) -> bool:
    if known.span is None or shown.span is None or known.seen is None:
        return False
    return (shown.hidden or shown.span[1] <= known.seen) and agree(known, shown, STALE if shown.hidden else CACHED)


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
        """Pairs of one name that are each other's only candidates; then of one text, for readers and sites change names."""
        pairs = self._alike(ones, others, lambda one: one.name)
        old = {*pairs.values(), *(at for at in ones if self.known[at].text in ("", GONE))}
        ones, others = [at for at in ones if at not in old], [at for at in others if at not in pairs]
        return pairs | self._alike(ones, others, lambda one: one.text)

    def _alike(self, ones: list[int], others: list[int], likeness: Callable[[Remark], str]) -> Pairs:
        pairs: Pairs = {}
        known = grouped(ones, lambda at: likeness(self.known[at]))
        for what, mine in grouped(others, lambda at: likeness(self.shown[at])).items():
            theirs = known.get(what, [])
            pairs |= _only(theirs, mine, self._fits) or self._in_order(theirs, mine)
        return pairs

    def _in_order(self, ones: list[int], others: list[int]) -> Pairs:
        """As many pairs as there are of these on either side, between two old neighbours, if all of them fit."""
        if not (self.before and self.behind) or len(ones) != len(others) or len(ones) ** 2 > _CANDIDATES:
            return {}
        return dict(zip(others, ones, strict=True)) if all(map(self._fits, ones, others)) else {}

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
        return first.span is not None and second.span is not None and agree(first, second, CACHED)

"""What is compared when a comment has no number: its name, its words, and the time at which it can have been written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from newsarchive.text import fold

Key = tuple[str, str]

GONE = "\0"  # in the place of a text that was taken away; no cleaned text holds it


@dataclass(frozen=True, slots=True)
class Remark:
    """One comment, known or shown: folded name and text, and the interval of its time in seconds, None where none is told.

    `seen` is when a known one was seen last.
    """

    name: str
    text: str
    span: tuple[float, float] | None = None
    hidden: bool = False
    seen: float | None = None

    @property
    def key(self) -> Key:
        """What equal comments have in common."""
        return self.name, self.text


@dataclass(frozen=True, slots=True)
class Slack:
    """How far apart two intervals may be and still mean the same moment: `seconds`, and a share of its width that the earlier one
    may lie too early, for "2 hours" may stand for one and a half."""

    share: float
    seconds: float


# As ages are read, as sites round them, and as sites count wrongly (a clock without its zone).
EXACT, ROUNDED, LOOSE = Slack(0, 60), Slack(0.4, 60), Slack(1, 26 * 3600)


def remark(name: str | None, text: str | None, begin: datetime | None, end: datetime | None, *, hidden: bool = False) -> Remark:
    """The remark of a comment's fields."""
    span = (begin.timestamp(), end.timestamp()) if begin and end else None
    return Remark(fold(name or ""), GONE if hidden and text is None else fold(text or ""), span, hidden)


def agree(one: Remark, other: Remark, slack: Slack) -> bool:
    """Whether both can have been written at the same time; one without a time contradicts nothing."""
    if one.span is None or other.span is None:
        return True
    (begin, end), (start, stop) = one.span, other.span
    ends = end + slack.share * (end - begin), stop + slack.share * (stop - start)
    return begin - slack.seconds <= ends[1] and start - slack.seconds <= ends[0]


def descent(remarks: Iterable[Remark]) -> int:
    """How many more steps of a list lead to an earlier time than to a later one: above 0 where the newest stand first."""
    spans = [one.span for one in remarks if one.span]
    pairs = list(pairwise(spans))
    return sum(lower[1] < upper[0] for upper, lower in pairs) - sum(upper[1] < lower[0] for upper, lower in pairs)


def oldest_first(places: Sequence[int], remarks: Sequence[Remark], *, newest_first: bool) -> list[int]:
    """These places of a list by the time of what stands there; where one has none, or the same, as the list has them."""
    ordered = list(reversed(places)) if newest_first else list(places)
    if all(remarks[at].span for at in places):
        ordered.sort(key=lambda at: sum(remarks[at].span or ()))
    return ordered

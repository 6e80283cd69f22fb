"""What is compared when a comment has no number: its name, its words, and the time at which it can have been written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from newsarchive.items import Precision
from newsarchive.text import fold
from newsarchive.times.interval import STEPS

Key = tuple[str, str]
Span = tuple[float, float]

GONE = "\0"  # in the place of a text that was taken away; no cleaned text holds it


@dataclass(frozen=True, slots=True)
class Remark:
    """One comment, known or shown: folded name and text, and the interval of its time in seconds, None where none is told.

    `told` is the part of the span that its words alone allow on a site that counts whole units ("1 day ago" may be a minute old,
    for it may mean yesterday; but beside "just now" it means a whole day). `seen` is when a known one was seen last.
    """

    name: str
    text: str
    span: Span | None = None
    hidden: bool = False
    told: Span | None = None
    seen: float | None = None

    @property
    def key(self) -> Key:
        """What equal comments have in common."""
        return self.name, self.text


Agreed = Callable[[Remark, Remark], bool]


@dataclass(frozen=True, slots=True)
class Slack:
    """How far apart two intervals may be and still mean the same moment: `seconds`, and a share of the earlier one's width."""

    share: float
    seconds: float


# As ages are read (their intervals hold what sites that round mean); from a page that waited in a cache; that waited long, which
# shows less where ages are told in longer units; and as sites count wrongly (a clock without its zone).
EXACT, CACHED, STALE, LOOSE = Slack(0, 60), Slack(0, 600), Slack(0.4, 600), Slack(1, 26 * 3600)
_IN_WORDS = Slack(0.5, 600)


def remark(
    name: str | None,
    text: str | None,
    begin: datetime | None,
    end: datetime | None,
    *,
    hidden: bool = False,
    precision: Precision | None = None,
) -> Remark:
    """The remark of a comment's fields; `precision` is the unit that its words name."""
    span = (begin.timestamp(), end.timestamp()) if begin and end else None
    told = (span[0], min(span[1], _told_end(span, precision))) if span and precision else span
    return Remark(fold(name or ""), GONE if hidden and text is None else fold(text or ""), span, hidden, told)


def _told_end(span: Span, precision: Precision) -> float:
    """Where the time ends that whole units allow. Months and years are not all as long: there it is what rounding adds at the end
    that is left out, half a unit."""
    step = STEPS[precision].total_seconds()
    return max(span[0] + step, span[1] - step / 2) if precision in ("month", "year") else span[0] + step


def agree(known: Remark, shown: Remark, slack: Slack) -> bool:
    """Whether both can have been written at the same time; one without a time contradicts nothing. What was written after the
    known one was seen is another one, however wide the age is that was read then."""
    new = known.seen is not None and shown.span is not None and shown.span[0] - slack.seconds > known.seen
    return not new and _touch(known.span, shown.span, slack)


def agree_in_words(one: Remark, other: Remark) -> bool:
    """Whether one site can have told both times of one moment: its words are the same, or follow each other ("59 minutes",
    "1 hour"), or it rounds."""
    return _touch(one.told, other.told, _IN_WORDS)


def agree_exactly(one: Remark, other: Remark) -> bool:
    """Whether the words of both name one time, on a site that counts whole units and has not told the next one yet."""
    return _touch(one.told, other.told, EXACT)


def _touch(one: Span | None, other: Span | None, slack: Slack) -> bool:
    if one is None or other is None:
        return True
    (begin, end), (start, stop) = one, other
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

"""When a thread or an article is worth its next request. Pure: no clock, no network, no database.

Readers speak soon or never, so the expected number of new comments falls with a thread's age. How fast, a site's own threads
tell: for each age (the first hour, the second, to the fourth, the eighth, ...) so many comments came in so many hours that were
watched. That is a life table, as actuaries make it. How lively one thread is beside the others is what it brought against what
the table expected of it, late comments counting most; until it has brought some, it is held for one like the others (a Poisson
rate with a gamma prior). So every thread has an expected number of comments that nobody has fetched yet. It grows with the hours
since the last visit, and when it reaches the price of a request, the visit is worth it. The price is the one at which all
threads together ask for what the site's budget allows. docs/visits.md tells it to a newsroom.

Instants are hours since 1970 (UTC), ages and spans are hours: a fit is arithmetic.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate, pairwise

DAY = 24.0
_EDGES = (0.0, *(2.0**power for power in range(15)))  # ages up to two years; within a bar the rate is even
_BARS = tuple(pairwise(_EDGES))
# What is believed of a site before it has shown anything: as many comments again whenever a thread's age doubles, which is how
# attention to news decays (about 1/age), one each time. The belief weighs as much as five threads that were watched for life.
_BELIEVED_THREADS = 5.0
# The same for one thread: it weighs as much as one expected comment.
_BELIEVED_COMMENTS = 1.0
# A thread of which less than this is expected in so many days is quiet: of twenty such threads one would bring a comment.
_QUIET, _QUIET_FOR = 0.05, 30 * DAY
# However large the budget: a visit that would bring a comment in one of twenty cases is not worth the server's while.
_CHEAPEST, _DEAREST = 0.05, 1000.0

# An article is edited soon or never, too, but too seldom for a fit: it is looked at again when half as much time has passed
# again since it last changed, that is some twenty times in its first year, and after that no more.
_STRETCH = 1.5
_FIRST_LOOK = 2.0
_LAST_LOOK = 365 * DAY


@dataclass(frozen=True, slots=True)
class Past:
    """What is known of a thread: when it was born, when it was last visited (None: never), and when its comments came."""

    born: float
    visited: float | None = None
    arrivals: tuple[float, ...] = ()

    @property
    def watched(self) -> float:
        """The age up to which the thread is known."""
        return max(0.0, self.visited - self.born) if self.visited is not None else 0.0


class Decay:
    """How many comments a thread of a site gets at each age: the life table of the site's threads."""

    def __init__(self, pasts: Iterable[Past] = ()) -> None:
        came = [_BELIEVED_THREADS for _ in _BARS]
        hours = [_BELIEVED_THREADS * (end - begin) for begin, end in _BARS]
        for past in pasts:
            for at, (begin, end) in enumerate(_BARS):
                hours[at] += max(0.0, min(past.watched, end) - begin)
            for arrival in past.arrivals:
                came[_bar_of(arrival - past.born)] += 1
        self._rates = [number / span for number, span in zip(came, hours, strict=True)]
        bars = list(zip(self._rates, _BARS, strict=True))
        self._until = [0.0, *accumulate(rate * (end - begin) for rate, (begin, end) in bars)]
        self._aged = [0.0, *accumulate(rate * (end**2 - begin**2) / 2 for rate, (begin, end) in bars)]

    def until(self, age: float) -> float:
        """How many comments a thread has at this age, as a rule."""
        at = _bar_of(age)
        return self._until[at] + self._rates[at] * (_within(age) - _EDGES[at])

    def age_of(self, comments: float) -> float | None:
        """The age at which a thread has so many comments, as a rule; None beyond the table's end."""
        at = bisect_right(self._until, comments) - 1
        return None if at >= len(_BARS) else _EDGES[at] + (comments - self._until[at]) / self._rates[at]

    def liveliness(self, past: Past) -> float:
        """How much livelier a thread is than the site's threads as a rule; a comment counts by the age at which it came."""
        if not past.watched:
            return 1.0
        at, age = _bar_of(past.watched), _within(past.watched)
        expected = (self._aged[at] + self._rates[at] * (age**2 - _EDGES[at] ** 2) / 2) / age
        came = sum(min(age, max(0.0, arrival - past.born)) for arrival in past.arrivals) / age
        return (came + _BELIEVED_COMMENTS) / (expected + _BELIEVED_COMMENTS)

    def waiting(self, past: Past, now: float) -> float:
        """The expected number of comments that came since the last visit."""
        return self.liveliness(past) * max(0.0, self.until(now - past.born) - self.until(past.watched))

    def coming(self, past: Past, now: float, hours: float) -> float:
        """The expected number of comments in the hours to come."""
        age = max(0.0, now - past.born)
        return self.liveliness(past) * (self.until(age + hours) - self.until(age))


def price_of(decay: Decay, pasts: Iterable[Past], now: float, *, requests: float, rounds: float) -> float:
    """The number of comments that a request must promise, so that all threads ask for so many `requests` a day.

    `rounds` is how often a day a crawl is started: no thread can be asked more often. Where there is room for all, the price
    is the least one.
    """
    coming = [decay.coming(past, now, DAY) for past in pasts]
    low, high = _CHEAPEST, _DEAREST
    for _ in range(30):
        price = (low * high) ** 0.5
        if sum(min(rounds, each / price) for each in coming) > requests:
            low = price
        else:
            high = price
    return high


def next_visit(decay: Decay, past: Past, price: float, now: float) -> float | None:
    """When a visit to a thread is worth its price (the past for one that waits already); None for a thread that is quiet."""
    if decay.coming(past, now, _QUIET_FOR) + decay.waiting(past, now) < _QUIET:
        return None
    age = decay.age_of(decay.until(past.watched) + price / decay.liveliness(past))
    return None if age is None else past.born + age


def next_look(changed: float, looked: float) -> float | None:
    """When an article that was last seen to change at `changed` is looked at again after `looked`; None for an old one."""
    still = max(_FIRST_LOOK, (looked - changed) * _STRETCH)
    return changed + still if looked - changed < _LAST_LOOK else None


def _within(age: float) -> float:
    return min(max(0.0, age), _EDGES[-1])


def _bar_of(age: float) -> int:
    return min(bisect_right(_EDGES, _within(age)) - 1, len(_BARS) - 1)

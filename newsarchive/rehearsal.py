"""A schedule of visits tried on threads whose lives are known: what it would have found in time. Pure, like the schedule.

Every round of crawls reads the newspaper's lists, finds threads that are new, and visits them; of those that are known it visits
what the schedule picks, as far as the budget goes. The lists cost their requests, too. What a visit finds is what was said and
not taken away by then. Instants are hours, as in `schedule`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import inf
from typing import Protocol

from newsarchive.schedule import DAY, Decay, Past, next_visit, price_of

SHORT_LIFE = 3 * DAY
_LISTS = 3  # requests that a round costs before any thread: front page, feed, sitemap
_SAVED = 2 * DAY  # a budget that was not spent is kept so long


@dataclass(frozen=True, slots=True)
class Life:
    """A thread's whole life: when it was born and closed, and when each comment came and was taken away (inf: never)."""

    born: float
    comments: tuple[tuple[float, float], ...]
    closed: float = inf


@dataclass(slots=True)
class Score:
    """What a schedule found. `short` are the comments that were taken away within three days."""

    requests: int = 0
    comments: int = 0
    found: int = 0
    in_a_day: int = 0
    short: int = 0
    short_found: int = 0

    def count(self, came: float, gone: float, found_at: float | None) -> None:
        """Count one comment, found or not."""
        found, short = found_at is not None, gone - came < SHORT_LIFE
        self.comments += 1
        self.short += short
        self.found += found
        self.short_found += found and short
        self.in_a_day += found_at is not None and found_at - came <= DAY


class Schedule(Protocol):
    """What visits which threads when: so many rounds a day, and in each a choice."""

    @property
    def rounds(self) -> float:
        """How often a day a crawl is started."""
        ...

    def pick(self, known: Sequence[Past], now: float, most: int) -> list[int]:
        """The places of the known threads that are visited now, at most so many."""
        ...


@dataclass(frozen=True)
class InTurn:
    """Once a day, each thread in its turn: those first whose last visit is the longest ago."""

    rounds: float = 1.0

    def pick(self, known: Sequence[Past], now: float, most: int) -> list[int]:
        """The longest unvisited."""
        return sorted(range(len(known)), key=lambda at: known[at].visited or 0.0)[:most]


@dataclass(frozen=True)
class NewestFirst:
    """Once a day, the newest threads; the older ones never again."""

    rounds: float = 1.0

    def pick(self, known: Sequence[Past], now: float, most: int) -> list[int]:
        """The latest born."""
        return sorted(range(len(known)), key=lambda at: -known[at].born)[:most]


@dataclass(frozen=True)
class Adaptive:
    """Our own: when a visit is worth its request."""

    requests: float
    rounds: float = 2.0

    def pick(self, known: Sequence[Past], now: float, most: int) -> list[int]:
        """Those whose time has come, the longest due first."""
        decay = Decay(known)
        price = price_of(decay, known, now, requests=self.requests - _LISTS * self.rounds, rounds=self.rounds)
        due = [(at, next_visit(decay, past, price, now)) for at, past in enumerate(known)]
        waiting = sorted((visit, at) for at, visit in due if visit is not None and visit <= now)
        return [at for _, at in waiting][:most]


@dataclass(slots=True)
class _Watch:
    """One thread under a schedule: what is left of its life, and what is known of it."""

    life: Life
    past: Past
    left: list[tuple[float, float]] = field(default_factory=list)

    def visit(self, now: float, score: Score) -> None:
        """Look at the thread."""
        came = [one for one in self.left if one[0] <= now]
        there = [one for one in came if one[1] > now]
        for one in came:
            score.count(*one, found_at=now if one[1] > now else None)
        del self.left[: len(came)]
        score.requests += 1
        self.past = replace(self.past, visited=now, arrivals=(*self.past.arrivals, *(at for at, _ in there)))


def rehearse(lives: Sequence[Life], schedule: Schedule, *, budget: float, begin: float, end: float) -> Score:
    """Let a schedule watch these threads from `begin` to `end`, with a budget of so many requests a day."""
    score, hours, saved = Score(), DAY / schedule.rounds, 0.0
    new = sorted((_Watch(life, Past(life.born), sorted(life.comments)) for life in lives), key=lambda one: -one.life.born)
    known: list[_Watch] = []
    now = begin
    while now <= end:
        saved = min(saved + budget * hours / DAY, budget * _SAVED / DAY) - _LISTS
        score.requests += _LISTS
        while new and new[-1].life.born <= now:
            known.append(new.pop())
            known[-1].visit(now, score)
            saved -= 1
        open_now = [one for one in known if (one.past.visited or 0.0) < min(now, one.life.closed)]
        for at in schedule.pick([one.past for one in open_now], now, max(0, int(saved))):
            open_now[at].visit(now, score)
            saved -= 1
        now += hours
    for one in (*known, *new):
        for came, gone in one.left:
            score.count(came, gone, None)
    return score

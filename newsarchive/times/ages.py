"""Ages in the words of one language: "3 hours ago", "gestern", "2時間前".

Sites differ in how they make the words of an age. Some floor ("1 month ago" from one month to two); WordPress, moment.js and
Rails round ("2 hours ago" from 1.5 to 2.5; moment.js says "a day" from 21.5 hours, "a month" from 25.5 days, "a year" from 10.5
months; a month has 30 days, 30.44, or the calendar's); some count midnights ("1 day ago" after an hour); "1 minute ago" may be no
age at all. So N units reach from N + 1 units back, each at its longest, to N - 1/2 units back, each at its shortest, and to
N - 1 for seconds, minutes and days. Whatever the rule, the true instant is inside, and two looks cannot contradict.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from typing import cast

from newsarchive.errors import UnknownAge
from newsarchive.items import Precision
from newsarchive.times.interval import STEPS, WEB_BEGAN, Interval, longest_back, outward
from newsarchive.words.spelling import tokens
from newsarchive.words.tongue import PHRASES, Sense, Tongue

_SLACK = {"second": 1.0, "minute": 1.0, "day": 1.0}  # how much less than N units "N units ago" can be; of the others 0.5
# Phrases without a number: the most units back that they can mean; they reach up to now, or as many units as are said last.
# "Yesterday" reaches back two days and up to now, since the zone it was said in is not known; so does "last month", which may
# have ended an hour ago.
_SPANS: dict[str, tuple[int, Precision, int]] = {
    "now": (1, "minute", 0),
    "half": (1, "hour", 0),
    "today": (1, "day", 0),
    "yesterday": (2, "day", 0),
    "eve": (3, "day", 1),
    "lastweek": (2, "week", 0),
    "lastmonth": (2, "month", 0),
    "lastyear": (2, "year", 0),
}
_ORDER = list(STEPS)
# "30+ days ago", "> 1 month ago": no later than that, and how much earlier the words do not tell.
_OPEN = re.compile(r"(?<=\d) ?\+(?= ?[^\W\d])|^[>≥] ?(?=\w)")
_MANY = re.compile(r"\d{3} ?[a-z]$")  # "300M" counts views, not minutes
_DIGIT = re.compile(r"\d")
_LONG = frozenset(("day", "week", "month", "year"))  # units of which nought is no length: "0 months and a bit"
_MOST_PARTS = 3


@dataclass(frozen=True, slots=True)
class Age:
    """An age as read; `said` is whether its words say "ago", or are a phrase of their own, and not only a length of time."""

    interval: Interval
    said: bool


@dataclass(slots=True)
class _Counts:
    """The parts of an age as they are collected: how many of which unit."""

    parts: list[tuple[int, str]]
    ago: int = 0
    vague: bool = False
    few: bool = False
    under: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """A simplified phrase, cut; `open` is that of "30+ days", `length` whether it can be an age without "ago"."""

    words: list[str]
    open: bool
    length: bool


def read_words(simple: str) -> Words:
    """What of a phrase is the same in every language: "3h" can be a length, "300M" and "a day" cannot."""
    closed = _OPEN.sub("", simple, count=1)
    return Words(tokens(closed), closed != simple, bool(_DIGIT.search(simple)) and not _MANY.search(simple))


def read_age(said: Words, at: datetime, tongue: Tongue) -> Age | None:
    """Read a phrase as an age before `at`; None if it is none in this language."""
    senses = tongue.age(said.words)
    if not senses:
        return None
    if span := _phrase(senses):
        most, unit, least = span
        return Age(outward(longest_back(at, most, unit), at - least * STEPS[unit], unit, at), said=True)
    counts = _counts(senses, unit_first="unitfirst" in tongue.settings)
    if counts is None or not (counts.ago or (said.length and all(kind != "fill" for kind, _ in senses))):  # "the 90s"
        return None
    if not counts.ago and all(count == 0 for count, _ in counts.parts) and counts.parts[-1][1] in _LONG:
        return None
    try:
        interval = _sum(counts, at)
    except (OverflowError, UnknownAge):
        return None
    return Age(replace(interval, earliest=WEB_BEGAN) if said.open else interval, said=bool(counts.ago))


def _phrase(senses: Sequence[Sense]) -> tuple[int, Precision, int] | None:
    """The span of an age without a number, if that is all there is besides filling words."""
    told = [kind for kind, _ in senses if kind not in ("fill", "about")]
    return _SPANS[told[0]] if len(told) == 1 and told[0] in PHRASES else None


def _counts(senses: Sequence[Sense], *, unit_first: bool) -> _Counts | None:
    """The parts of an age; None where the words do not make one."""
    found = _Counts([])
    number: int | None = None
    bare = False  # the last unit has no number before it
    for kind, value in senses:
        if kind in ("number", "few"):
            found.few |= kind == "few"
            if bare and (unit_first or value == 1):  # "saa 3 zilizopita"; Arabic and Hebrew say "hour one"
                found.parts[-1], bare = (value * found.parts[-1][0], found.parts[-1][1]), False
            elif number is None or kind == "few":
                number = value
            else:
                return None
        elif kind in STEPS:
            if bare:
                return None
            found.parts.append((value * (1 if number is None else number), kind))
            number, bare = None, number is None and value == 1
        elif kind == "ago":
            found.ago += 1
        elif kind == "about":
            found.vague = True
        elif kind == "under":
            found.under = True
        elif kind not in ("fill", "and", "over"):
            return None
    units = [_ORDER.index(unit) for _, unit in found.parts]
    falling = all(wide > narrow for wide, narrow in pairwise(units))
    if number is not None or not units or len(units) > _MOST_PARTS or not falling or (bare and not found.ago):
        return None
    return found


def _sum(counts: _Counts, at: datetime) -> Interval:
    """ "1 year, 3 months" counts back by all its parts; the last gives the width."""
    last, unit = counts.parts[-1]
    farthest, nearest = at, at
    for count, step in counts.parts[:-1]:
        farthest = longest_back(farthest, count, step)
        nearest -= count * STEPS[step]
    if unit == "second" and (counts.few or last == 1):  # moment.js, in its languages: from no age at all to 45 seconds
        return outward(farthest - STEPS["minute"], nearest, "minute", at)
    if counts.under:
        return outward(longest_back(farthest, last, unit), nearest, cast(Precision, unit), at)
    most, least = (last, 1.0) if counts.few else (last + 1, last - (1.0 if counts.vague else _SLACK.get(unit, 0.5)))
    latest = nearest - max(least, 0.0) * STEPS[unit]
    return outward(longest_back(farthest, most, unit), latest, cast(Precision, unit), at)

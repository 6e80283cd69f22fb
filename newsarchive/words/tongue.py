"""One language's words of ages and dates, each with its sense.

Each table is a block of lines: the kind of the words, then the words, with `_` for a space. `sec` to `year` are units, with the
count they hold where it is not 1 (`hour2` for a dual, `hour!` for a form that says "ago" by itself); `num` numbers; `now` to
`lastyear` whole phrases; `months` and `days` twelve and seven groups; `fill` words that add nothing (`datefill`: not in an age).
Months, days and units follow Unicode's CLDR; the rest is what comment platforms write.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from newsarchive.words.spelling import has_run, simplify, tokens

Sense = tuple[str, int]
UNITS = {"sec": "second", "min": "minute", "hour": "hour", "day": "day", "week": "week", "month": "month", "year": "year"}
PHRASES = ("now", "half", "today", "yesterday", "eve", "lastweek", "lastmonth", "lastyear")
DAYS_BACK = {"today": 0, "yesterday": 1, "eve": 2}
_UNIT = re.compile(r"(sec|min|hour|day|week|month|year)(\d?)(!?)")
_COUNTS = ("number", "few")  # after these "minggu lalu" is no last week: three weeks ago
_FILLING = ("fill", 0)
_FEW = 10  # units that "a few" and "several" reach at most


@dataclass(frozen=True)
class Tongue:
    """A language's words: those of ages and those of dates, each with its sense, keys as tokens joined by a space."""

    code: str
    ages: dict[str, Sense] = field(default_factory=dict)
    dates: dict[str, Sense] = field(default_factory=dict)
    edited: list[str] = field(default_factory=list)
    longest: dict[str, int] = field(default_factory=dict)  # first word of a key of several words: how many there can be
    past: set[str] = field(default_factory=set)  # units in a form that says "ago"
    idle: set[str] = field(default_factory=set)  # words that are a unit after a number, and else fill: the "a" of "à 10h"
    settings: dict[str, str] = field(default_factory=dict)

    def age(self, words: list[str]) -> list[Sense] | None:
        """What each word means in an age; None if one means nothing."""
        return self._senses(words, self.ages)

    def date(self, words: list[str]) -> list[Sense] | None:
        """What each word means in a date; None if one means nothing."""
        return self._senses(words, self.dates)

    def _senses(self, words: list[str], known: dict[str, Sense]) -> list[Sense] | None:
        found: list[Sense] = []
        place, end = 0, len(words)
        while place < end:
            word = words[place]
            for count in range(min(self.longest.get(word, 1), end - place), 0, -1):
                key = _key(words[place : place + count]) if count > 1 else word
                sense = known.get(key)
                before = found[-1][0] if found else ""
                if sense and not (count > 1 and sense[0] in PHRASES and before in _COUNTS):
                    found.append(_FILLING if key in self.idle and before not in (*_COUNTS, "ago") else sense)
                    if key in self.past:
                        found.append(("ago", 1))
                    break
            else:
                count = 1
                if word.isdigit():
                    found.append(("number", int(word)))
                elif (inner := _cut(word, known)) is not None:
                    found += inner
                else:
                    return None
            place += count
        return found


def _key(words: list[str]) -> str:
    """The key of several words; "01" is the 1 of "tháng 1"."""
    return " ".join(word.lstrip("0") if word.isdigit() else word for word in words)


def _cut(run: str, known: dict[str, Sense]) -> list[Sense] | None:
    """A run of letters of a script without spaces, cut into the longest known words from the left."""
    found: list[Sense] = []
    if not has_run(run):
        return None
    while run:
        for length in range(min(len(run), 16), 0, -1):
            if sense := known.get(run[:length]):
                found.append(sense)
                run = run[length:]
                break
        else:
            return None
    return found


def read_table(code: str, block: str) -> Tongue:
    """The words of a language as its table has them."""
    tongue = Tongue(code, dates={"am": ("am", 1), "pm": ("pm", 1)})
    months: list[str] = []
    days: list[str] = []
    for kind, *words in map(str.split, block.strip().splitlines()):
        if kind in ("order", "unitfirst"):
            tongue.settings[kind] = words[0]
        elif kind == "months":
            months += words
        elif kind == "days":
            days += words
        elif kind == "edited":
            tongue.edited.extend(" ".join(tokens(simplify(word.replace("_", " ")))) for word in words)
        else:
            _file(tongue, kind, words)
    _file(tongue, "days", days)
    for place, group in enumerate(months):
        _file(tongue, "months", [f"{name}={place % 12 + 1}" for name in group.split("/")])
    for key in (*tongue.ages, *tongue.dates):
        first, *more = key.split()
        if tongue.dates.get(key) == _FILLING and "unitfirst" not in tongue.settings:
            tongue.idle.add(key)
        tongue.longest[first] = max(tongue.longest.get(first, 1), 1 + len(more))
    return tongue


def _file(tongue: Tongue, kind: str, words: list[str]) -> None:
    unit = _UNIT.fullmatch(kind)
    for place, entry in enumerate(words):
        for name, value in _values(kind, place, entry):
            key = " ".join(tokens(simplify(name.replace("_", " "))))
            if unit:
                tongue.ages[key] = UNITS[unit[1]], int(unit[2] or 1)
                if unit[3]:
                    tongue.past.add(key)
            elif kind in PHRASES:
                tongue.ages.setdefault(key, (kind, 1))
                if kind in DAYS_BACK:
                    tongue.dates[key] = kind, DAYS_BACK[kind]
            elif kind == "months":  # filed after the days: Spanish "mar" is March or Tuesday
                tongue.dates[key] = "either" if tongue.dates.get(key, _FILLING)[0] == "weekday" else "month", value
            elif kind in ("jalali", "am", "pm"):
                tongue.dates[key] = kind, value
            elif kind == "days":
                tongue.dates.setdefault(key, ("weekday", value))
            elif kind in ("fill", "datefill"):
                tongue.dates[key] = _FILLING
                if kind == "fill":
                    tongue.ages.setdefault(key, _FILLING)
            else:  # ago, num, few, couple, about, over, under, and
                tongue.ages[key] = {"num": "number", "couple": "few"}.get(kind, kind), value


def _values(kind: str, place: int, entry: str) -> Iterator[Sense]:
    """The words of an entry, each with the number it stands for."""
    if kind == "num":
        name, _, value = entry.partition("=")
        yield name, int(value)
    elif kind == "months":
        name, _, value = entry.rpartition("=")
        yield name, int(value)
    elif kind == "days":
        yield from ((name, place) for name in entry.split("/"))
    else:
        yield entry, {"few": _FEW, "couple": 4, "jalali": place + 1}.get(kind, 1)

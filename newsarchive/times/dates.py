"""Dates in the words of one language: "21. November 2023 um 15:26 Uhr", "Le 17 juillet à 22:09", "2023年11月21日"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import chain
from zoneinfo import ZoneInfo

from newsarchive.items import Precision
from newsarchive.times.clocks import Clock, cut_clock
from newsarchive.times.interval import STEPS, WEB_BEGAN, Interval
from newsarchive.words.spelling import tokens
from newsarchive.words.tongue import DAYS_BACK, Sense, Tongue

_SKEW = timedelta(minutes=5)  # how far a site's clock may go ahead of ours
EASTMOST = timedelta(hours=14)
_THREE = re.compile(r"(?<![\d:])(\d{1,4}) ?([./-]) ?(\d{1,2}) ?\2 ?(\d{4}|\d\d?)(?!\d|[./-]\d)\.?")
_TWO = re.compile(r"(?<![\d:])(\d{1,2})([./])(\d{1,2})\b\.?(?! ?[\d./-])")
_BUDDHIST = 543  # years that this calendar is ahead of the common one
_NOWRUZ = (1370, date(1991, 3, 21))  # a Persian year and its first day
_JALALI_LEAPS = frozenset((1, 5, 9, 13, 17, 22, 26, 30))  # years modulo 33
_LEAP_CYCLE = 8
_PRECISIONS: dict[timedelta, Precision] = {timedelta(0): "second", STEPS["minute"]: "minute", STEPS["hour"]: "hour"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when words are read: the capture time in UTC, the site's zone if known, the language tags in order."""

    at: datetime
    zone: tzinfo | None
    tags: tuple[str, ...]

    @classmethod
    def of(cls, at: datetime, time_zone: str | None, tags: Sequence[str]) -> Place:
        """With an IANA name for the zone."""
        return cls(at.astimezone(UTC), ZoneInfo(time_zone) if time_zone else None, tuple(tag.lower() for tag in tags))

    def month_first(self) -> bool:
        """Whether 05/01 is the first of May here: in American English, and in English of no country in an American zone."""
        english = [tag for tag in self.tags if tag.startswith(("en", "fil"))][:1]
        if not english:
            return False
        key = getattr(self.zone, "key", "")
        return english[0].endswith(("-us", "-ph", "fil")) or (english[0] == "en" and key in _MONTH_FIRST)


_MONTH_FIRST = frozenset(
    f"America/{city}" for city in ("New_York", "Chicago", "Denver", "Los_Angeles", "Phoenix", "Detroit", "Anchorage", "Boise")
)


@dataclass(frozen=True, slots=True)
class Cut:
    """One way to cut a text: the time of day, the numbers of a numeric date, and the words that are left."""

    clock: Clock | None
    numbers: re.Match[str] | None
    words: list[str]


def cut(simple: str) -> Iterator[Cut]:
    """The ways in which a simplified text can be cut, the likeliest first; they are the same in every language."""
    for clock, rest in chain(cut_clock(simple), [(None, simple)]):
        numbers = _THREE.search(rest) or (_TWO.search(rest) if clock else None)
        left = f"{rest[: numbers.start()]} {rest[numbers.end() :]}" if numbers else rest
        yield Cut(clock, numbers, [word for word in tokens(left) if word != "/"])


def read_date(cuts: Iterable[Cut], place: Place, tongue: Tongue) -> Interval | None:
    """Read a text that is cut as a date, with or without a time of day; None if it is none in this language, or lies ahead."""
    return next(filter(None, (_on_a_day(each.clock, each.numbers, each.words, place, tongue) for each in cuts)), None)


def _on_a_day(
    clock: Clock | None, numbers: re.Match[str] | None, words: list[str], place: Place, tongue: Tongue
) -> Interval | None:
    senses = tongue.date(words)
    if senses is None:
        return None
    half = next((kind[0] for kind, _ in senses if kind in ("am", "pm")), "")
    for day in _days(numbers, [one for one in senses if one[0] not in ("fill", "am", "pm")], clock, place, tongue):
        if found := _at_wall(day, clock, half, place):
            return found
    return None


def _days(
    numbers: re.Match[str] | None, senses: list[Sense], clock: Clock | None, place: Place, tongue: Tongue
) -> Iterator[date]:
    """The calendar days that the words can mean, the likelier first."""
    kinds = [kind for kind, _ in senses]
    weekday = next((value for kind, value in senses if kind == "weekday"), None)
    if numbers:
        if kinds in ([], ["weekday"], ["either"]):
            days = list(_three(numbers, place, tongue) if len(numbers.groups()) == 4 else _two(numbers, place))
            yield from sorted(days, key=lambda day: weekday is not None and day.weekday() != weekday)
    elif len(kinds) == 1 and kinds[0] in DAYS_BACK and clock and (place.zone or clock.zone):
        yield place.at.astimezone(clock.zone or place.zone).date() - timedelta(days=senses[0][1])
    elif kinds == ["weekday"] and clock and (place.zone or clock.zone):
        today = place.at.astimezone(clock.zone or place.zone).date()
        yield from (today - timedelta(days=(today.weekday() - senses[0][1]) % 7 + weeks) for weeks in (0, 7))
    else:
        yield from _named(senses, place)


def _named(senses: list[Sense], place: Place) -> Iterator[date]:
    """The days of a month in words, with one or two numbers, and at most one more word that is a day of the week."""
    months = [(kind, value) for kind, value in senses if kind in ("month", "jalali")]
    months = months or [(kind, value) for kind, value in senses if kind == "either"]
    numbers = [value for kind, value in senses if kind == "number"]
    others = len(senses) - len(numbers) - 1
    if len(months) != 1 or others > 1 or not 1 <= len(numbers) <= 2:
        return
    kind, month = months[0]
    if len(numbers) == 2 and numbers[0] > 31:
        numbers.reverse()
    day, year = numbers[0], (numbers[1] if len(numbers) == 2 else None)
    if kind == "jalali":
        yield from _jalali(year, month, day)
    elif year is not None:
        yield from _day(_full(year, place), month, day, place)
    else:
        years = range(place.at.year, place.at.year - _LEAP_CYCLE - 1, -1)
        yield from (found for each in years for found in _day(each, month, day, place))


def _three(numbers: re.Match[str], place: Place, tongue: Tongue) -> Iterator[date]:
    """A date in three numbers, in the order of the language; other orders only where they make a date and it does not."""
    first, second, third = int(numbers[1]), int(numbers[3]), int(numbers[4])
    if len(numbers[1]) > 2:
        if len(numbers[4]) < 3:
            yield from _day(_full(first, place), second, third, place)
            yield from _jalali(first, second, third)
        return
    if len(numbers[4]) < 3 and "ymd" in _orders(place, tongue):
        yield from _day(_full(first, place), second, third, place)
    if len(numbers[4]) == 1:
        return
    year = _full(third, place)
    orders = [(second, first), (first, second)]
    if place.month_first():
        orders.reverse()
    for month, day in orders:
        yield from _day(year, month, day, place)


def _orders(place: Place, tongue: Tongue) -> Iterator[str]:
    """The order of the language that the page names first, if it has one of its own."""
    if place.tags and place.tags[0].partition("-")[0] == tongue.code:
        yield tongue.settings.get("order", "dmy")


def _two(numbers: re.Match[str], place: Place) -> Iterator[date]:
    """Day and month without a year: the latest such day."""
    first, second = int(numbers[1]), int(numbers[3])
    orders = [(second, first), (first, second)] if numbers[2] == "/" else [(second, first)]
    if place.month_first():
        orders.reverse()
    for month, day in orders:
        for year in (place.at.year, place.at.year - 1):
            yield from _day(year, month, day, place)


def _full(year: int, place: Place) -> int:
    """A year of the common calendar for a Buddhist or two-figure one."""
    if year < 100:
        thai = any(tag.startswith("th") for tag in place.tags)
        return year + (2500 - _BUDDHIST if thai and year > 40 else 2000)
    return year - _BUDDHIST if year > WEB_BEGAN.year + _BUDDHIST - 1 else year


def _day(year: int, month: int, day: int, place: Place) -> Iterator[date]:
    if WEB_BEGAN.year <= year <= place.at.year + 1:
        with suppress(ValueError, OverflowError):
            yield date(year, month, day)


def _jalali(year: int | None, month: int, day: int) -> Iterator[date]:
    """A day of the Persian calendar, whose leap years follow a cycle of 33 years (true from 1925 to 2088)."""
    if year is not None and _NOWRUZ[0] <= year < _NOWRUZ[0] + 99 and 1 <= month <= 12 and 1 <= day <= 31:
        leaps = sum(each % 33 in _JALALI_LEAPS for each in range(_NOWRUZ[0], year))
        past = (year - _NOWRUZ[0]) * 365 + leaps + (month - 1) * 31 - max(0, month - 7) + day - 1
        yield _NOWRUZ[1] + timedelta(days=past)


def _at_wall(day: date, clock: Clock | None, half: str, place: Place) -> Interval | None:
    """A day, or a time on it, as a clock on the wall shows it; None if that is no time, or after the capture."""
    zone = (clock.zone if clock else None) or place.zone
    if clock is None:
        start, end = (datetime.combine(one, time(), zone or UTC) for one in (day, day + timedelta(days=1)))
        return until(start, end, "day", place.at, zone)
    at_clock = clock.at_half(half)
    if at_clock is None:
        return None
    start = datetime.combine(day, at_clock, zone or UTC)
    return until(start, start + clock.step, _PRECISIONS[clock.step], place.at, zone)


def until(start: datetime, end: datetime, precision: Precision, at: datetime, zone: tzinfo | None) -> Interval | None:
    """The span as an interval that ends by the capture; a start ahead of it shows, where no zone is known, one further east."""
    earliest, latest = start.astimezone(UTC), end.astimezone(UTC)
    if WEB_BEGAN < earliest <= at + _SKEW:
        return Interval(earliest, max(earliest, min(latest, at)), precision)
    if zone is None and WEB_BEGAN < earliest <= at + EASTMOST:
        return Interval(earliest - EASTMOST, at, "day")
    return None

"""Dates and ages in words, as intervals of UTC instants.

A page says "1 month ago" or "November 21, 2023 at 3:26 pm". Each is an interval: as wide as the words leave open. A small
table of our own reads English and Shona in microseconds; other languages go through dateparser, pinned to the languages
that the caller names. Nothing here asks the clock: `at` is the time of the capture.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from dateparser.data.languages_info import language_locale_dict
from dateparser.date import DateDataParser

from newsarchive.errors import UnknownAge
from newsarchive.items import Precision
from newsarchive.text import clean_line, fold
from newsarchive.words import DAYS, MONTH_NAMES, MONTHS, NUMBERS, PHRASES, UNITS

_LONGEST = 80  # characters; what is longer is no date, and no regular expression shall see it
WEB_BEGAN = datetime(1991, 1, 1, tzinfo=UTC)  # the earliest that anything here can mean
_SKEW = timedelta(minutes=5)  # how far a site's clock may go ahead of ours
_EASTMOST = timedelta(hours=14)

_STEPS = {"second": timedelta(seconds=1), "minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(days=1)}
# What the ends of an age are rounded to; those of all wider units to whole days.
_GRAIN = {
    "second": timedelta(seconds=1),
    "minute": timedelta(seconds=10),
    "hour": timedelta(minutes=10),
    "day": timedelta(hours=1),
}


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_PART = rf"(?:(\d{{1,4}}) ?|({_any(NUMBERS)}) )({_any(UNITS)})\b\.?"
_PARTS = re.compile(_PART)
_ENGLISH = re.compile(rf"(about |around |almost |nearly )?(?:over |more than )?((?:{_PART}(?: ?,)?(?: and)? ?){{1,3}})(?:ago)?")
# "30+ days ago", "> 1 month ago": no later than that, and how much earlier the words do not tell.
_OPEN = re.compile(r"(?<=\d)\+(?= ?[a-z])|^[>≥] ?(?=\w)")
_SOME = re.compile(rf"(?:a )?(couple(?: of)?|few|several) ({_any(UNITS)}) ago")
_COUPLE, _FEW = 4, 10  # units back that they reach at most; one at least
_EDITED = re.compile(r"^\(edited\) ?| ?[·•|,–-] ?edited$| ?\(edited\)$")
_CLOCK_OF_DAY = re.compile(r"(?<=[a-z]),?(?: at| @)? \d{1,2}[:.]\d\d(?: ?[ap]\.?m)?$")
_SHONA = re.compile(rf"({_any(UNITS)})(?: (?:(\d{{1,4}})|({_any(NUMBERS)})))? (?:w|y|r|dz|ch|)apfuura")

_CLOCK = re.compile(
    r"(?<![\d:./-])(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))(?::(?P<second>\d\d)(?:[.,]\d{1,6})?)?(?![\d.])"
    r"(?: ?(?P<half>[ap])\.?m\b\.?)?(?: ?(?P<zone>Z\b|UTC|GMT)?(?P<offset>[+-]\d\d:?\d\d)?)",
    re.IGNORECASE | re.ASCII,
)
_MONTH = rf"(?P<name>{'|'.join(MONTH_NAMES)})(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?\b\.?"
_DATES = tuple(
    re.compile(form)
    for form in (
        r"(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})",
        r"(?P<first>\d{1,2})([-/.]) ?(?P<second>\d{1,2})\2 ?(?P<year>\d{4}|\d\d)",
        rf"{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? ?(?P<year>\d{{4}}))?",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ -](?:of )?{_MONTH}(?:,?[ -]?(?P<year>\d{{4}}))?",
    )
)
_FILLER = re.compile(r"\b(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|on|at|posted)\b[,.]?|[@|·•]")
_PERIODS: dict[str, Precision] = {"day": "day", "week": "week", "month": "month", "year": "year"}


@dataclass(frozen=True, slots=True)
class Interval:
    """The instants [earliest, latest], UTC, that a date in words can mean; `precision` is the unit the words name."""

    earliest: datetime
    latest: datetime
    precision: Precision


def to_iso(moment: datetime) -> str:
    """The moment in UTC as `2026-11-22T23:45:00Z`, with a fraction only if it has one. A naive datetime is a ValueError."""
    if moment.tzinfo is None:
        raise ValueError("a time without a zone")
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


def from_iso(text: str) -> datetime:
    """The inverse of `to_iso`; any ISO 8601 time that names its offset will do."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"a time without a zone: {text}")
    return moment.astimezone(UTC)


def parse_age(text: str, *, at: datetime, languages: tuple[str, ...] = ()) -> Interval:
    """Read "3 hours ago" as the interval of UTC instants it can mean, counted back from `at`, the capture time.

    The unit gives the width: "1 month ago" spans (at - 2 months, at - 1 month]. Both ends are rounded outward (a month to whole
    days, an hour to ten minutes), so that a second look soon after gives the same interval. "30+ days ago" is open: its
    `earliest` is WEB_BEGAN. `languages` are the BCP 47 codes to try beyond English and Shona. Raises UnknownAge if the
    phrase is no age in a known language.
    """
    phrase = _EDITED.sub("", fold(text[: _LONGEST + 1])).strip(" .,…()·•|-–")
    if not phrase or len(text) > _LONGEST:
        raise UnknownAge(text[:_LONGEST])
    at = at.astimezone(UTC)
    if span := _phrase(phrase):
        most, least, unit = span
        return _span(_back(at, most, unit), _back(at, least, unit), unit, at)
    closed = _OPEN.sub("", phrase)
    if found := _ENGLISH.fullmatch(closed):
        counted = _sum(_PARTS.findall(found[2]), at, vague=bool(found[1]))
        return counted if closed == phrase else replace(counted, earliest=WEB_BEGAN)
    if found := _SHONA.fullmatch(phrase):
        return _sum([(found[2] or "", found[3] or "", found[1])], at)
    return _foreign_age(phrase, at, languages)


def parse_moment(text: str, *, at: datetime, time_zone: str | None = None, language: str | None = None) -> Interval:
    """Read an absolute date, with or without a time of day, as an interval of UTC instants.

    What the words leave open is the width: a date spans a day in `time_zone`, "3:26 pm" spans a minute. Words that name no
    offset count in `time_zone` (an IANA name), else in UTC; a time that would then lie ahead of `at` shows that the site
    is further east, and spans all it can mean. "05/01/2024" is read day first, but in American English and where only
    the other order makes a date before `at`. Raises UnknownAge for what is no date, or lies after the capture.
    """
    words = re.sub(r"(?<=\d)T(?=\d\d:)", " ", clean_line(text[: _LONGEST + 1]))
    if len(text) > _LONGEST or not any(sign.isdigit() for sign in words):
        raise UnknownAge(text[:_LONGEST])
    clock = _CLOCK.search(words)
    rest = words[: clock.start()] + " " + words[clock.end() :] if clock else words
    for day in _days(_FILLER.sub(" ", fold(rest)).strip(" ,.-–—|·•@()"), at, language):
        if found := _at_wall(day, clock, at, time_zone):
            return found
    return _foreign_moment(words, at, time_zone, language)


def _phrase(words: str) -> tuple[int, int, Precision] | None:
    """The span of an age without a number; the time of day after "yesterday" is left out, for its zone is not known."""
    if found := _SOME.fullmatch(words):
        return _COUPLE if found[1].startswith("couple") else _FEW, 1, UNITS[found[2]]
    day = _CLOCK_OF_DAY.sub("", words)
    return PHRASES.get(words) or (PHRASES[day] if day in DAYS else None)


def _back(moment: datetime, count: int, unit: str) -> datetime:
    if unit in ("month", "year"):
        months = moment.year * 12 + moment.month - 1 - count * (12 if unit == "year" else 1)
        year, month = divmod(months, 12)
        if year < WEB_BEGAN.year - 1:
            raise UnknownAge(f"{count} {unit}")
        return moment.replace(year=year, month=month + 1, day=min(moment.day, _days_in(year, month + 1)))
    return moment - count * (_STEPS.get(unit) or timedelta(weeks=1))


def _days_in(year: int, month: int) -> int:
    return (date(year + month // 12, month % 12 + 1, 1) - date(year, month, 1)).days


def _sum(parts: list[tuple[str, str, str]], at: datetime, *, vague: bool = False) -> Interval:
    """ "1 year, 3 months" counts back by all its parts; the last unit gives the width."""
    steps = [(int(digits) if digits else NUMBERS.get(word, 1), UNITS[unit]) for digits, word, unit in parts]
    latest, unit = at, steps[-1][1]
    for count, step in steps:
        latest = _back(latest, count, step)
    earliest = _back(latest, 1, unit)
    return _span(earliest, _back(latest, -1, unit) if vague else latest, unit, at)


def _span(earliest: datetime, latest: datetime, precision: Precision, at: datetime) -> Interval:
    step = _GRAIN.get(precision, _STEPS["day"])
    low, high = _floor(earliest, step), _floor(latest, step)
    if high != latest:
        high += step
    if low < WEB_BEGAN:
        raise UnknownAge(f"before the web: {to_iso(low)}")
    return Interval(low, min(high, at), precision)


def _floor(moment: datetime, step: timedelta) -> datetime:
    return moment - (moment - WEB_BEGAN) % step


def _days(words: str, at: datetime, language: str | None) -> Iterator[date]:
    """The calendar days that the words of a date can mean, the likelier first."""
    for form in _DATES:
        if not (found := form.fullmatch(words)):
            continue
        part = found.groupdict()
        year = int(part["year"] or at.year)
        year += 2000 if year < 100 else 0
        if not WEB_BEGAN.year <= year <= at.year + 1:
            continue
        if name := part.get("name"):
            orders = [(MONTHS[name], int(part["day"]))]
        elif "first" in part:
            first, second = int(part["first"]), int(part["second"])
            orders = [(second, first), (first, second)]
            if (language or "").lower().endswith("-us"):
                orders.reverse()
        else:
            orders = [(int(part["month"]), int(part["day"]))]
        for month, day in orders:
            with suppress(ValueError):
                yield date(year, month, day)
                if not part["year"]:
                    yield date(year - 1, month, day)


def _at_wall(day: date, clock: re.Match[str] | None, at: datetime, time_zone: str | None) -> Interval | None:
    """A day, or a time on it, as a clock on the wall shows it; None if that is no time, or after `at`."""
    zone: tzinfo | None = ZoneInfo(time_zone) if time_zone else None
    if clock is None:
        start, end = (datetime.combine(one, time(), zone or UTC) for one in (day, day + timedelta(days=1)))
        return _until(start, end, "day", at, zone)
    hour, half = int(clock["hour"]), (clock["half"] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    with suppress(ValueError):
        if clock["offset"] or clock["zone"]:
            zone = datetime.strptime((clock["offset"] or "+0000").replace(":", ""), "%z").tzinfo
        start = datetime.combine(day, time(hour, int(clock["minute"]), int(clock["second"] or 0)), zone or UTC)
        if clock["second"]:
            return _until(start, start, "second", at, zone)
        return _until(start, start + _STEPS["minute"], "minute", at, zone)
    return None


def _until(start: datetime, end: datetime, precision: Precision, at: datetime, zone: tzinfo | None) -> Interval | None:
    earliest, latest, at = start.astimezone(UTC), end.astimezone(UTC), at.astimezone(UTC)
    if earliest <= at + _SKEW and earliest > WEB_BEGAN:
        return Interval(earliest, max(earliest, min(latest, at)), precision)
    if zone is None and earliest <= at + _EASTMOST and earliest > WEB_BEGAN:
        return Interval(earliest - _EASTMOST, at, "day")
    return None


def _foreign_age(phrase: str, at: datetime, languages: tuple[str, ...]) -> Interval:
    found, period = _ask_dateparser(phrase, at, languages, {"PARSERS": ["relative-time"], "TIMEZONE": "UTC"})
    if found is None or not timedelta(0) <= (past := at - found.replace(tzinfo=UTC)):
        raise UnknownAge(phrase)
    unit = _PERIODS.get(period) or ("second" if past < _STEPS["minute"] else "minute" if past % _STEPS["hour"] else "hour")
    latest = at - past
    nearest = at if unit == "day" and not any(sign.isdigit() for sign in phrase) else latest  # "gestern" may be an hour ago
    return _span(_back(latest, 1, unit), nearest, unit, at)


def _foreign_moment(words: str, at: datetime, time_zone: str | None, language: str | None) -> Interval:
    asked = {"PARSERS": ["absolute-time"], "REQUIRE_PARTS": ["day", "month"], "PREFER_DATES_FROM": "past"}
    found, period = _ask_dateparser(words, at, (language or "",), asked)
    if found is not None and any(sign.isalpha() for sign in words):  # "3,6 %" is no date: a month's name is
        zone = found.tzinfo or (ZoneInfo(time_zone) if time_zone else None)
        start = found.replace(tzinfo=zone or UTC)
        width: Precision = "minute" if period == "time" else "day"
        if span := _until(start, start + _STEPS[width], width, at, zone):
            return span
    raise UnknownAge(words)


def _ask_dateparser(
    words: str, at: datetime, languages: tuple[str, ...], settings: dict[str, Any]
) -> tuple[datetime | None, str]:
    """What dateparser makes of it in these languages, and its period; it knows nothing of English here, our table does."""
    codes = [code for tag in languages if (code := tag.partition("-")[0].lower()) in language_locale_dict and code != "en"]
    if not codes:
        return None, ""
    base = {"RELATIVE_BASE": at.replace(tzinfo=None), "RETURN_TIME_AS_PERIOD": True}
    try:
        read = DateDataParser(languages=codes, settings=base | settings).get_date_data(words)
    except (ValueError, OverflowError):  # numbers that are no date
        return None, ""
    return read.date_obj, read.period or ""

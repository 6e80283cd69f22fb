"""Ages and dates in a language that none of our tables has, through dateparser: slow, and loaded only when asked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from newsarchive.errors import UnknownAge
from newsarchive.items import Precision
from newsarchive.times.dates import Place, until
from newsarchive.times.interval import STEPS, Interval, longest_back, outward
from newsarchive.words import tongue_of

_PERIODS: dict[str, Precision] = {"day": "day", "week": "week", "month": "month", "year": "year"}


def strangers(tags: Iterable[str]) -> tuple[str, ...]:
    """Of some language tags the codes that no table of ours has, and dateparser knows."""
    codes = dict.fromkeys(tag.partition("-")[0].lower() for tag in tags if tag and tongue_of(tag) is None)
    return tuple(code for code in codes if code in _locales()) if codes else ()


def foreign_age(phrase: str, at: datetime, codes: tuple[str, ...]) -> Interval | None:
    """An age in one of these languages, a unit to either side; None if it is none."""
    found, period = _ask(phrase, at, codes, {"PARSERS": ["relative-time"], "TIMEZONE": "UTC"})
    if found is None or (past := at - found.replace(tzinfo=UTC)) < timedelta(0):
        return None
    unit = _PERIODS.get(period) or ("second" if past < STEPS["minute"] else "minute" if past % STEPS["hour"] else "hour")
    try:
        return outward(longest_back(at - past, 1, unit), min(at, at - past + STEPS[unit]), unit, at)
    except (OverflowError, UnknownAge):
        return None


def foreign_date(words: str, place: Place, codes: tuple[str, ...]) -> Interval | None:
    """A date with the name of a month in one of these languages; None if it is none."""
    asked = {"PARSERS": ["absolute-time"], "REQUIRE_PARTS": ["day", "month"], "PREFER_DATES_FROM": "past"}
    found, period = _ask(words, place.at, codes, asked)
    if found is None or not any(sign.isalpha() for sign in words):  # "3,6 %" is no date
        return None
    zone = found.tzinfo or place.zone
    start = found.replace(tzinfo=zone or UTC)
    width: Precision = "minute" if period == "time" else "day"
    return until(start, start + STEPS[width], width, place.at, zone)


def _ask(words: str, at: datetime, codes: tuple[str, ...], settings: dict[str, Any]) -> tuple[datetime | None, str]:
    """What dateparser makes of it in these languages, and its period."""
    from dateparser.date import DateDataParser  # takes seconds to load: only when a site's language needs it

    base = {"RELATIVE_BASE": at.replace(tzinfo=None), "RETURN_TIME_AS_PERIOD": True}
    try:
        read = DateDataParser(languages=list(codes), settings=base | settings).get_date_data(words)
    except (ValueError, OverflowError):  # numbers that are no date
        return None, ""
    return read.date_obj, read.period or ""


@cache
def _locales() -> frozenset[str]:
    """The codes of dateparser's languages, told from its files without loading it."""
    spec = find_spec("dateparser")
    folder = Path(spec.origin).parent / "data" / "date_translation_data" if spec and spec.origin else Path()
    return frozenset(file.stem for file in folder.glob("??.py")) | frozenset(file.stem for file in folder.glob("???.py"))

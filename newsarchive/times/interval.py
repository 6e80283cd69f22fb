"""The span of instants that words about a time can mean."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from newsarchive.errors import UnknownAge
from newsarchive.items import Precision

WEB_BEGAN = datetime(1991, 1, 1, tzinfo=UTC)  # the earliest that anything here can mean
STEPS = {
    "second": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
    "month": timedelta(days=30),
    "year": timedelta(days=365),
}
_MEAN = {"month": timedelta(days=30, hours=10, minutes=30), "year": timedelta(days=365, hours=6)}
# What the ends of an age are rounded to; those of all wider units to whole days.
_GRAIN = {
    "second": timedelta(seconds=1),
    "minute": timedelta(seconds=10),
    "hour": timedelta(minutes=10),
    "day": timedelta(hours=1),
}


@dataclass(frozen=True, slots=True)
class Interval:
    """The instants [earliest, latest], UTC, that words about a time can mean; `precision` is the unit the words name."""

    earliest: datetime
    latest: datetime
    precision: Precision


def to_iso(moment: datetime) -> str:
    """The moment in UTC as `2026-11-22T23:45:00Z`, with a fraction only if it has one. A naive datetime is a ValueError."""
    if moment.tzinfo is None:
        raise ValueError("a time without a zone")
    return moment.astimezone(UTC).isoformat()[: -len("+00:00")] + "Z"


def from_iso(text: str) -> datetime:
    """The inverse of `to_iso`; any ISO 8601 time that names its offset will do."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"a time without a zone: {text}")
    return moment.astimezone(UTC)


def longest_back(moment: datetime, count: int, unit: str) -> datetime:
    """`count` units earlier, each as long as any site takes it: months and years of the calendar, or of the mean length."""
    if unit not in _MEAN:
        return moment - count * STEPS[unit]
    months = moment.year * 12 + moment.month - 1 - count * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    if year < WEB_BEGAN.year - 1:
        raise UnknownAge(f"{count} {unit}")
    calendar = moment.replace(year=year, month=month + 1, day=min(moment.day, _days_in(year, month + 1)))
    return min(calendar, moment - count * _MEAN[unit])


def outward(earliest: datetime, latest: datetime, precision: Precision, at: datetime) -> Interval:
    """An interval with both ends rounded outward to the grain of its precision, but not beyond `at`.

    Raises UnknownAge where it would begin before the web did.
    """
    step = _GRAIN.get(precision, STEPS["day"])
    low, high = _floor(earliest, step), _floor(latest, step)
    if high != latest:
        high += step
    if low < WEB_BEGAN:
        raise UnknownAge(f"before the web: {to_iso(low)}")
    return Interval(low, min(high, at), precision)


def _days_in(year: int, month: int) -> int:
    return (date(year + month // 12, month % 12 + 1, 1) - date(year, month, 1)).days


def _floor(moment: datetime, step: timedelta) -> datetime:
    return moment - (moment - WEB_BEGAN) % step

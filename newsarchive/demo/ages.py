"""Ages in words, as a home-made comment list shows them in place of a date."""

from __future__ import annotations

from datetime import datetime, timedelta

HOUR = 3600.0
DAY = 24 * HOUR
WEEK = 7 * DAY
MONTH = 30 * DAY
_UNITS = (("month", MONTH), ("week", WEEK), ("day", DAY), ("hour", HOUR), ("minute", 60.0))

# Where the units lie, and the part of each that `settle` uses: (from, below, first used, end of what is used), in seconds.
# Months keep away from both ends because some count 30 days and some calendar months, which have 28 to 31.
_MONTHS = (MONTH, 2 * MONTH, 31.5 * DAY, 58 * DAY)
_LAST_WEEK = (4 * WEEK, MONTH, 4 * WEEK + DAY / 4, MONTH - DAY / 4)


def in_words(created: datetime, now: datetime) -> str:
    """The age as "3 weeks ago": the largest unit that fits, rounded down."""
    seconds = (now - created).total_seconds()
    for name, length in _UNITS:
        if count := int(seconds // length):
            return f"{count} {name}{'s' if count > 1 else ''} ago"
    return "just now"


def settle(seconds: float) -> float:
    """Move an age away from the instants at which its words change, by 10 minutes at least.

    So a page read a few minutes after it was printed still says the truth. Order is kept: a greater age stays greater.
    Ages of 60 days and more are not known here.
    """
    start, end, first, last = _window(seconds)
    return first + (seconds - start) * (last - first) / (end - start)


def _window(seconds: float) -> tuple[float, float, float, float]:
    if seconds >= 2 * MONTH:
        raise ValueError(f"an age of {timedelta(seconds=seconds)} is too great")
    if seconds >= MONTH:
        return _MONTHS
    if seconds >= 4 * WEEK:
        return _LAST_WEEK
    length, margin = (WEEK, 6 * HOUR) if seconds >= WEEK else (DAY, HOUR) if seconds >= DAY else (HOUR, HOUR / 6)
    start = seconds // length * length
    return start, start + length, start + margin, start + length - margin

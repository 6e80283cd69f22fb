"""Dates and ages in words, as intervals of UTC instants.

A page says "1 month ago" or "November 21, 2023 at 3:26 pm". Each is an interval: as wide as the words leave open. The words of
some seventy languages stand in tables (newsarchive.words) and are read in microseconds; dateparser is asked only for a language
that the caller names and no table has. Nothing here asks the clock: `at` is the time of the capture.

The languages named are tried first, then English; a phrase that is a time in other languages only is read if all of them agree.
"""

from __future__ import annotations

from newsarchive.times.finding import find_moment
from newsarchive.times.interval import WEB_BEGAN, Interval, from_iso, to_iso
from newsarchive.times.phrases import may_be_time, parse_age, parse_moment, parse_time

__all__ = [
    "WEB_BEGAN",
    "Interval",
    "find_moment",
    "from_iso",
    "may_be_time",
    "parse_age",
    "parse_moment",
    "parse_time",
    "to_iso",
]

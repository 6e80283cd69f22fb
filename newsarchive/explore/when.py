"""Times as people read them: days and moments in UTC, and what is known of a moment that a page tells only in words.

"1 month ago" is an interval of time and is shown as one, beside the page's own words: nothing looks more exact than it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

_EXACT = {"second", "minute"}
_DAY = timedelta(days=1)


def day(iso: str) -> str:
    """`8 March 2022`, of a catalogue's time (`2022-03-08T05:30:00Z`) or day (`2022-03-08`)."""
    moment = datetime.fromisoformat(iso)
    return f"{moment.day} {moment:%B %Y}"


def moment(iso: str) -> str:
    """`8 March 2022, 05:30 UTC`."""
    return f"{day(iso)}, {datetime.fromisoformat(iso):%H:%M} UTC"


def between(earliest: str, latest: str) -> str:
    """`between 8 March and 7 April 2022`; of intervals within two days with the time of day, as far as the ends differ."""
    first, last = datetime.fromisoformat(earliest), datetime.fromisoformat(latest)
    if last - first >= 2 * _DAY:
        start = day(earliest)
        if first.year == last.year:
            start = f"{first.day}" if first.month == last.month else f"{first.day} {first:%B}"
        return f"between {start} and {day(latest)}"
    if first.date() == last.date():
        whole = first.hour == first.minute == 0 and last - first > timedelta(hours=23)
        return day(earliest) if whole else f"between {first:%H:%M} and {last:%H:%M} UTC on {day(earliest)}"
    return f"between {moment(earliest)} and {moment(latest)}"


def written(row: Mapping[str, Any]) -> str | None:
    """When a comment was written, from its columns `date_created...`; None where nothing is known."""
    earliest, latest = row["date_created_earliest"] or row["date_created"], row["date_created_latest"]
    if not earliest:
        return None
    if row["date_created_precision"] in _EXACT or not latest or latest == earliest:
        return moment(earliest) if row["date_created_precision"] != "day" else day(earliest)
    return between(earliest, latest)

"""The hours in which a site may be asked: its own clock, over midnight, and the changes of summer time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.crawl.hours import Hours
from newsarchive.errors import UsageError


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "zone", "moment", "is_open"),
    [
        ("22:00-06:00", None, "2026-11-28T21:59", False),
        ("22:00-06:00", None, "2026-11-28T22:00", True),
        ("22:00-06:00", None, "2026-11-29T05:59", True),
        ("22:00-06:00", None, "2026-11-29T06:00", False),
        ("01:00-05:00", "Africa/Harare", "2026-11-28T23:00", True),  # two hours ahead of UTC
        ("01:00-05:00", "Africa/Harare", "2026-11-28T03:00", False),
        ("01:00-05:00", "Europe/Berlin", "2026-07-01T03:30", False),  # 5:30 in summer
        ("01:00-05:00", "Europe/Berlin", "2026-12-01T03:30", True),  # 4:30 in winter
        ("", None, "2026-11-28T12:00", True),
    ],
)
def test_a_site_is_asked_in_its_hours(hours: str, zone: str | None, moment: str, is_open: bool) -> None:
    assert Hours.parse(hours, zone).is_open(at(moment)) == is_open


@given(st.integers(0, 1439), st.integers(0, 1439))
def test_a_window_is_open_for_as_long_as_it_says(begin: int, end: int) -> None:
    if begin == end:
        return
    hours = Hours.parse(f"{begin // 60:02}:{begin % 60:02}-{end // 60:02}:{end % 60:02}", None)
    day = at("2026-11-28T00:00")
    assert sum(hours.is_open(day + timedelta(minutes=minute)) for minute in range(1440)) == (end - begin) % 1440


@pytest.mark.parametrize("wrong", ["22-6", "22:00", "24:00-06:00", "22:00-22:00", "22:00-06:00,12:00-13:00"])
def test_what_makes_no_sense_is_refused(wrong: str) -> None:
    with pytest.raises(UsageError, match="NEWSARCHIVE_HOURS"):
        Hours.parse(wrong, None)

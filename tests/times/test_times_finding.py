"""The time within a line."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.times import find_moment, parse_time, to_iso

AT = datetime(2026, 11, 22, 23, 45, 10, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("Posted by Anna on 3 May 2024 at 10:00 | Reply", "3 May 2024 at 10:00"),
        ("Anna schrieb vor 3 Stunden:", "vor 3 Stunden"),
        ("Anna • 3h • Reply", "3h"),
        ("Anna (3 days ago) says", "3 days ago"),
        ("Pierre, le 17 juillet à 22:09, a écrit", "17 juillet à 22:09"),
        ("Max Müller | 21.11.2023, 15:26 Uhr | Antworten", "21.11.2023, 15:26 Uhr"),
        ("J.D. 2 days ago 5 likes", "2 days ago"),
        ("#12 Fri, 2012-11-09 17:18 by Guest", "Fri, 2012-11-09 17:18"),
        ("张三 2023年11月21日 15:26 回复", "2023年11月21日 15:26"),
        ("3小时前 来自北京", "3小时前"),
        ("平成31年3月12日(火) 10時12分 | 匿名", "平成31年3月12日(火) 10時12分"),
        ("民國108年3月12日 10:12 回覆", "民國108年3月12日 10:12"),
        ("Hoa | 10:12 12/3", "10:12 12/3"),
        ("Lola, 12/03/2019 10:12 h", "12/03/2019 10:12 h"),
        ("Иван, 3 часа назад · Ответить", "3 часа назад"),
        ("Nov 06 2012 | 3:15 pm - 14 years ago", "Nov 06 2012 | 3:15 pm - 14 years ago"),
        ("Just now", "Just now"),
    ],
)
def test_the_longest_part_that_is_a_time(line: str, part: str) -> None:
    found = find_moment(line, at=AT, time_zone="Europe/Paris")
    assert found is not None
    assert found[0] == part
    assert found[1] == parse_time(part, at=AT, time_zone="Europe/Paris")


@pytest.mark.parametrize(
    "line",
    ["nothing here", "4 replies · 5 likes", "I waited 3 hours for the bus", "Call 030 123456", "Page 2 of 9", "", "x " * 150],
)
def test_a_line_without_a_time(line: str) -> None:
    assert find_moment(line, at=AT) is None


@pytest.mark.parametrize(
    ("words", "at", "zone", "earliest"),
    [
        (
            "Nov 06 2012 | 3:15 pm - 1 hour ago",
            datetime(2012, 11, 6, 21, 20, tzinfo=UTC),
            "America/New_York",
            "2012-11-06T20:15:00Z",
        ),
        ("Nov 06 2012 | 3:15 pm - 1 hour ago", datetime(2012, 11, 6, 21, 20, tzinfo=UTC), None, "2012-11-06T19:20:00Z"),
        ("1 hour ago (Nov 06 2012, 15:15)", datetime(2012, 11, 6, 16, 20, tzinfo=UTC), "UTC", "2012-11-06T15:15:00Z"),
        ("23 seconds ago ( 4:28 PM)", datetime(2012, 11, 6, 16, 28, 30, tzinfo=UTC), None, "2012-11-06T16:28:06Z"),
    ],
)
def test_a_date_and_an_age_together(words: str, at: datetime, zone: str | None, earliest: str) -> None:
    assert to_iso(parse_time(words, at=at, time_zone=zone).earliest) == earliest


@given(st.text(max_size=250) | st.text("0123456789:/.-| agohvrTmpy", max_size=250))
def test_any_line_has_a_part_of_itself_or_none(line: str) -> None:
    found = find_moment(line, at=AT, languages=("de", "fr"))
    assert found is None or found[1].earliest <= found[1].latest


@pytest.mark.parametrize(
    "line",
    ["-5 minutes ago", "NaN days ago", "null minutes ago", "99999999999 years ago", "1/2 hour ago", "99 years from now",
     "0001-01-01T00:00:00+14:00", "12/31/0001", "January 1, 0001"],
)  # fmt: skip
def test_what_a_broken_page_says_is_no_time_in_part_either(line: str) -> None:
    assert find_moment(line, at=AT) is None


@pytest.mark.parametrize(
    "line", ["Anna - 5 minutes ago", "3. 5 minutes ago", "1,200 views, 5 minutes ago", "Reply (3) 5 minutes ago"]
)
def test_numbers_that_are_none_of_an_age_stand_beside_it(line: str) -> None:
    found = find_moment(line, at=AT)
    assert found is not None
    assert found[0] == "5 minutes ago"

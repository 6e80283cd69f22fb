"""Ages and dates in words, read as intervals."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.errors import UnknownAge
from newsarchive.times import Interval, from_iso, parse_age, parse_moment, to_iso

AT = datetime(2026, 11, 22, 23, 45, 10, 5, tzinfo=UTC)


def shown(interval: Interval) -> tuple[str, str, str]:
    return to_iso(interval.earliest), to_iso(interval.latest), interval.precision


@pytest.mark.parametrize(
    ("words", "earliest", "latest", "precision"),
    [
        ("1 month ago", "2026-09-22T00:00:00Z", "2026-11-08T00:00:00Z", "month"),
        ("a year ago", "2024-11-22T00:00:00Z", "2026-05-25T00:00:00Z", "year"),
        ("2 weeks", "2026-11-01T00:00:00Z", "2026-11-13T00:00:00Z", "week"),
        ("2d", "2026-11-19T23:00:00Z", "2026-11-22T00:00:00Z", "day"),
        ("3 Hours Ago", "2026-11-22T19:40:00Z", "2026-11-22T21:20:00Z", "hour"),
        ("an hour ago", "2026-11-22T21:40:00Z", "2026-11-22T23:20:00Z", "hour"),
        ("5 mins", "2026-11-22T23:39:10Z", "2026-11-22T23:41:20Z", "minute"),
        ("1 year, 3 months ago", "2025-07-22T00:00:00Z", "2025-09-09T00:00:00Z", "month"),
        ("about 2 months ago", "2026-08-22T00:00:00Z", "2026-10-24T00:00:00Z", "month"),
        ("yesterday", "2026-11-20T23:00:00Z", "2026-11-22T23:45:10.000005Z", "day"),
        ("just now", "2026-11-22T23:44:10Z", "2026-11-22T23:45:10.000005Z", "minute"),
        ("mwedzi wapfuura", "2026-09-22T00:00:00Z", "2026-11-08T00:00:00Z", "month"),
        ("mavhiki maviri apfuura", "2026-11-01T00:00:00Z", "2026-11-13T00:00:00Z", "week"),
        ("maawa 3 apfuura", "2026-11-22T19:40:00Z", "2026-11-22T21:20:00Z", "hour"),
        ("half an hour ago", "2026-11-22T22:40:00Z", "2026-11-22T23:45:10.000005Z", "hour"),
        ("a few days ago", "2026-11-12T23:00:00Z", "2026-11-22T00:00:00Z", "day"),
        ("few days ago", "2026-11-12T23:00:00Z", "2026-11-22T00:00:00Z", "day"),
        ("several weeks ago", "2026-09-13T00:00:00Z", "2026-11-16T00:00:00Z", "week"),
        ("a couple of weeks ago", "2026-10-25T00:00:00Z", "2026-11-16T00:00:00Z", "week"),
        ("couple of days ago", "2026-11-18T23:00:00Z", "2026-11-22T00:00:00Z", "day"),
        ("30+ days ago", "1991-01-01T00:00:00Z", "2026-10-25T00:00:00Z", "day"),
        ("1+ year ago", "1991-01-01T00:00:00Z", "2026-05-25T00:00:00Z", "year"),
        ("> 1 month ago", "1991-01-01T00:00:00Z", "2026-11-08T00:00:00Z", "month"),
    ],
)
def test_an_age_is_as_wide_as_its_unit(words: str, earliest: str, latest: str, precision: str) -> None:
    assert shown(parse_age(words, at=AT)) == (earliest, latest, precision)


@pytest.mark.parametrize(
    ("words", "same_as"),
    [
        ("a fortnight ago", "2 weeks ago"),
        ("20 mo. ago", "20 months ago"),
        ("Yesterday at 10:03", "yesterday"),
        ("Today, 9.15 p.m.", "today"),
        ("2 days ago (edited)", "2 days ago"),
        ("(edited) 2 days ago", "2 days ago"),
        ("2 days ago · edited", "2 days ago"),
    ],
)
def test_other_words_for_the_same_age(words: str, same_as: str) -> None:
    assert parse_age(words, at=AT) == parse_age(same_as, at=AT)


@pytest.mark.parametrize(
    ("words", "language", "same_as"),
    [
        ("vor 3 Stunden", "de", "3 hours ago"),
        ("il y a 2 mois", "fr-FR", "2 months ago"),
        ("gestern", "de", "yesterday"),
        ("siku 2 zilizopita", "sw", "2 days ago"),
    ],
)
def test_other_languages_named_or_not(words: str, language: str, same_as: str) -> None:
    assert parse_age(words, at=AT, languages=(language,)) == parse_age(words, at=AT) == parse_age(same_as, at=AT)


@pytest.mark.parametrize(
    "words",
    [
        "99 years from now",
        "99 years ago",
        "in 3 hours",
        "5 min read",
        "Machiavelli",
        "as",
        "",
        "..",
        "1 month ago " * 20,
        "9999 months ago",
        "5+5 days ago",
        "few",
        "edited",
        "10:03",
    ],
)
def test_no_age(words: str) -> None:
    with pytest.raises(UnknownAge):
        parse_age(words, at=AT, languages=("de", "xx", "en"))


@given(st.integers(1, 11), st.sampled_from(["month", "week", "day"]), st.integers(0, 59))
def test_a_second_look_within_the_hour_agrees(count: int, unit: str, minutes: int) -> None:
    hour = AT.replace(minute=0, second=1, microsecond=0)
    first, second = (parse_age(f"{count} {unit}s ago", at=at) for at in (hour, hour + timedelta(minutes=minutes)))
    assert first.earliest == second.earliest
    assert first.latest == second.latest or first.latest == hour  # "1 day ago" may be just now: no later than the capture


@given(st.datetimes(datetime(2000, 1, 1), datetime(2026, 11, 22)))  # noqa: DTZ001  (hypothesis wants its bounds naive)
def test_a_month_reaches_over_the_true_instant(naive: datetime) -> None:
    at = naive.replace(tzinfo=UTC)
    found = parse_age("1 month ago", at=at)
    assert found.earliest <= at - timedelta(days=32) <= found.latest <= at - timedelta(days=14)


@pytest.mark.parametrize(
    ("words", "language", "earliest", "precision"),
    [
        ("2023-11-21T15:26:07+02:00", None, "2023-11-21T13:26:07Z", "second"),
        ("2023-11-21 15:26", None, "2023-11-21T13:26:00Z", "minute"),
        ("Tue, 21 Nov 2023 15:26:01 GMT", None, "2023-11-21T15:26:01Z", "second"),
        ("November 21, 2023 at 3:26 pm", "en", "2023-11-21T13:26:00Z", "minute"),
        ("May 5th, 2012 @ 10:11PM", "en", "2012-05-05T20:11:00Z", "minute"),
        ("3:26 pm on Sunday, 21st November 2023", "en", "2023-11-21T13:26:00Z", "minute"),
        ("21/11/2023", "en-US", "2023-11-20T22:00:00Z", "day"),
        ("05/01/2024", "en-US", "2024-04-30T22:00:00Z", "day"),
        ("05/01/2024", "en-GB", "2024-01-04T22:00:00Z", "day"),
        ("14. 01. 2020, 13:47", "de", "2020-01-14T11:47:00Z", "minute"),
        ("10.05.2012, 21:15", "de", "2012-05-10T19:15:00Z", "minute"),
        ("21. November 2023 um 15:26 Uhr", "de", "2023-11-21T13:26:00Z", "minute"),
        ("December 24", "en", "2025-12-23T22:00:00Z", "day"),
    ],
)
def test_dates_count_in_the_sites_time_zone(words: str, language: str | None, earliest: str, precision: str) -> None:
    found = parse_moment(words, at=AT, time_zone="Africa/Harare", language=language)
    assert (to_iso(found.earliest), found.precision) == (earliest, precision)
    width = {"second": timedelta(0), "minute": timedelta(minutes=1), "day": timedelta(days=1)}[precision]
    assert found.latest - found.earliest == width


def test_a_wall_clock_ahead_of_an_unknown_zone_spans_what_it_can_mean() -> None:
    found = parse_moment("November 23, 2026 at 1:10 am", at=AT)
    assert shown(found) == ("2026-11-22T11:10:00Z", to_iso(AT), "day")


@pytest.mark.parametrize(
    "words",
    [
        "21/11/2033",
        "31/02/2023",
        "13/13/2023",
        "12:30",
        "99",
        "1 2",
        "March 2013",
        "2023-11-21 25:61",
        "2023-11-21T10:00:00+99:99",
        "9999-12-31",
        "x" * 90,
        "noon",
        "9999999999999999999999999 Nov",
        "3,6 %",
    ],
)
def test_no_date(words: str) -> None:
    with pytest.raises(UnknownAge):
        parse_moment(words, at=AT, time_zone="Africa/Harare", language="en")
    with pytest.raises(UnknownAge):
        parse_moment(words, at=AT, language="de")


@given(st.text(max_size=40) | st.text("0123456789:/.-+ TZampdecjanovgh", max_size=40))
def test_any_words_give_an_interval_up_to_now_or_unknown_age(words: str) -> None:
    for read in (parse_age, parse_moment):
        try:
            found = read(words, at=AT)
        except UnknownAge:
            continue
        assert found.earliest <= found.latest <= AT + timedelta(minutes=5)


@given(st.datetimes(timezones=st.just(UTC)))
def test_iso_there_and_back(moment: datetime) -> None:
    assert from_iso(to_iso(moment)) == moment


def test_iso_form() -> None:
    assert to_iso(datetime(2026, 11, 22, 23, 45, tzinfo=UTC)) == "2026-11-22T23:45:00Z"
    with pytest.raises(ValueError, match="without a zone"):
        to_iso(datetime(2026, 11, 22))  # noqa: DTZ001
    with pytest.raises(ValueError, match="without a zone"):
        from_iso("2026-11-22T23:45:00")

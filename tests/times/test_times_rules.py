"""What must hold of every age and date, whatever the site's rule and words."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.errors import UnknownAge
from newsarchive.times import Interval, find_moment, may_be_time, parse_age, parse_moment, parse_time

AT = datetime(2026, 11, 22, 23, 45, 10, 5, tzinfo=UTC)
UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 7 * 86400, "month": 30 * 86400, "year": 365 * 86400}
PHRASES = {
    "en": ("{} {}s ago", {}),
    "de": (
        "vor {} {}",
        dict(zip(UNITS, ("Sekunden", "Minuten", "Stunden", "Tagen", "Wochen", "Monaten", "Jahren"), strict=True)),
    ),
    "ru": ("{} {} назад", dict(zip(UNITS, ("секунд", "минут", "часов", "дней", "недель", "месяцев", "лет"), strict=True))),
    "zh": ("{}{}前", dict(zip(UNITS, ("秒", "分钟", "小时", "天", "周", "个月", "年"), strict=True))),
    "sn": (
        "{1} {0} apfuura",
        dict(zip(UNITS, ("masekondi", "maminitsi", "maawa", "mazuva", "mavhiki", "mwedzi", "makore"), strict=True)),
    ),
}
HOSTILE = [
    "1" * 80,
    "a" * 80,
    "1 " * 40,
    "a " * 40,
    "1:" * 40,
    "(" * 80,
    "1 h " * 20,
    "| 1h ago " * 8,
    "前" * 80,
    "年1月" * 26,
    "1/1/" * 20,
]

moments = st.datetimes(datetime(2012, 1, 1), datetime(2026, 11, 22), timezones=st.just(UTC))  # noqa: DTZ001  (hypothesis wants its bounds naive)


def told(past: timedelta, unit: str, rule: str, language: str) -> str | None:
    """The words of a site that floors, rounds, or counts midnights (at worst one more); None where it uses another unit."""
    exact = past.total_seconds() / UNITS[unit]
    count = {"floor": floor(exact), "round": floor(exact + 0.5), "midnights": floor(exact) + 1}[rule]
    if count < 1 or (rule == "midnights" and unit != "day"):
        return None
    form, names = PHRASES[language]
    return form.format(count, names.get(unit, unit))


def meets(one: Interval, other: Interval) -> bool:
    return one.earliest <= other.latest and other.earliest <= one.latest


@given(
    moments,
    st.timedeltas(timedelta(0), timedelta(days=4000)),
    st.sampled_from(list(UNITS)),
    st.sampled_from(("floor", "round", "midnights")),
    st.sampled_from(list(PHRASES)),
)
def test_the_true_instant_is_inside(at: datetime, past: timedelta, unit: str, rule: str, language: str) -> None:
    words = told(past, unit, rule, language)
    if words is None or at - past < datetime(1995, 1, 1, tzinfo=UTC) or len(words) > 40:
        return
    found = parse_age(words, at=at, languages=(language,))
    assert found.earliest <= at - past <= found.latest <= at


@given(moments, st.timedeltas(timedelta(0), timedelta(days=900)), st.timedeltas(timedelta(0), timedelta(days=900)), st.data())
def test_two_looks_never_contradict(at: datetime, past: timedelta, later: timedelta, data: st.DataObject) -> None:
    looks = []
    for age, when in ((past, at), (past + later, at + later)):
        unit = data.draw(
            st.sampled_from([name for name, seconds in UNITS.items() if age.total_seconds() >= seconds] or ["second"])
        )
        words = told(age, unit, data.draw(st.sampled_from(("floor", "round"))), "en")
        looks.append(parse_age(words or "just now", at=when))
    assert meets(*looks)


@pytest.mark.parametrize(
    ("words", "least", "most"),
    [
        ("a few seconds ago", timedelta(0), timedelta(seconds=44)),
        ("a minute ago", timedelta(seconds=45), timedelta(seconds=89)),
        ("an hour ago", timedelta(minutes=45), timedelta(minutes=89)),
        ("a day ago", timedelta(hours=22), timedelta(hours=35)),
        ("a month ago", timedelta(days=26), timedelta(days=45)),
        ("a year ago", timedelta(days=320), timedelta(days=547)),
        ("about 2 hours ago", timedelta(minutes=90), timedelta(minutes=149)),
        ("almost 2 years ago", timedelta(days=640), timedelta(days=730)),
        ("over 1 year ago", timedelta(days=456), timedelta(days=639)),
        ("1 min ago", timedelta(0), timedelta(seconds=89)),
        ("12 months ago", timedelta(days=345), timedelta(days=365)),
        ("last month", timedelta(days=1), timedelta(days=58)),
    ],
)
def test_the_spans_of_moment_js_rails_and_wordpress(words: str, least: timedelta, most: timedelta) -> None:
    found = parse_age(words, at=AT)
    assert found.earliest <= AT - most < AT - least <= found.latest


@given(
    moments,
    st.sampled_from(["%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M", "%B %d, %Y at %I:%M %p", "%d %b %Y, %H.%M", "%A, %d %B %Y - %H:%M"]),
)
def test_a_date_that_is_written_is_read_back(moment: datetime, form: str) -> None:
    words = moment.strftime(form)
    found = parse_time(words, at=AT, time_zone="UTC", languages=("en-GB",))
    assert found.earliest == moment.replace(second=0, microsecond=0)
    assert may_be_time(words)
    assert find_moment(f"Posted by Zyx on {words} | Reply", at=AT, time_zone="UTC", languages=("en-GB",)) == (words, found)


@pytest.mark.parametrize(
    "words",
    [
        *("99 years from now", "in 3 days", "dans 3 jours", "in 3 Tagen", "через 3 часа", "3小时后", "3 comments", "3 Antworten"),
        *("page 2 of 9", "2/9", "€ 3,50", "$12.99", "12.10.20 EUR", "+49 30 123456", "0800 123 456", "5 likes", "3:1", "2-1"),
        *(
            "Read more",
            "5 min read",
            "10/10",
            "100%",
            "v1.2.30",
            "192.168.1.12",
            "today's paper",
            "now what",
            "a day",
            "May",
            "S",
        ),
        *(
            "3 days left",
            "Top 10",
            "24/7",
            "May 35, 2020",
            "30 февраля 2020",
            "2023年13月1日",
            "the 90s",
            "7 days a week",
            "Aug '07 - May '10",
            "No",
            "hier",
            "19k",
            "300M",
            "1 Mio.",
            "0 months",
            "0 days",
        ),
    ],
)
def test_nonsense_is_no_time(words: str) -> None:
    with pytest.raises(UnknownAge):
        parse_time(words, at=AT, time_zone="Africa/Harare", languages=("en", "de"))


SIGNS = (
    st.text(max_size=90)
    | st.text("0123456789:/.-+ TZampdecjanovgh", max_size=60)
    | st.text("0123456789年月日前時分 vorilya", max_size=40)
)


@given(
    SIGNS,
    st.sampled_from([(), ("de",), ("fr-FR", "xx"), ("zh-Hans",), ("fa",), ("th",), ("sn", "en-US")]),
    st.sampled_from([None, "Asia/Tokyo"]),
)
def test_any_words_give_an_interval_up_to_now_or_unknown_age(words: str, tags: tuple[str, ...], zone: str | None) -> None:
    try:
        found = parse_time(words, at=AT, time_zone=zone, languages=tags)
    except UnknownAge:
        return
    assert found.earliest <= found.latest <= AT + timedelta(minutes=5)
    assert may_be_time(words, tags)


@given(SIGNS)
def test_whatever_is_read_may_be_a_time(words: str) -> None:
    for read in (parse_age, parse_moment):
        try:
            read(words, at=AT)
        except UnknownAge:
            continue
        assert may_be_time(words)


@pytest.mark.parametrize(
    "words", ["Read more", "3 comments", "Reply", "5 likes", "Page 2 of 9", "Antworten", "点赞", "Share", "Anna", ""]
)
def test_a_label_cannot_be_a_time(words: str) -> None:
    assert not may_be_time(words)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_cost_little(words: str) -> None:
    start = time.process_time()
    for _ in range(10):
        with pytest.raises(UnknownAge):
            parse_time(words, at=AT, languages=("de", "fr"))
        find_moment(words + words, at=AT, languages=("de",))
    assert time.process_time() - start < 1


def test_a_page_of_fifty_comments_costs_little() -> None:
    pages = {
        "en": "3 hours ago",
        "de": "21. November 2023 um 15:26 Uhr",
        "fr": "il y a 2 jours",
        "es": "hace 3 horas",
        "ru": "3 часа назад",
    }
    for language, words in pages.items():
        costs = []
        for _ in range(5):
            start = time.process_time()
            for _ in range(50):
                parse_time(words, at=AT, time_zone="Europe/Berlin", languages=(language,))
            costs.append(time.process_time() - start)
        assert min(costs) < 0.02  # some ten times what it takes, for slow machines

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from newsarchive.demo.ages import in_words, settle

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
AGES = st.floats(3600, 59.99 * 86_400)


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(seconds=40), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(hours=5, minutes=59), "5 hours ago"),
        (timedelta(days=2, hours=23), "2 days ago"),
        (timedelta(days=7), "1 week ago"),
        (timedelta(days=29, hours=23), "4 weeks ago"),
        (timedelta(days=30), "1 month ago"),
    ],
)
def test_an_age_is_the_largest_whole_unit(age: timedelta, words: str) -> None:
    assert in_words(NOW - age, NOW) == words


@given(AGES)
def test_a_settled_age_keeps_its_words_for_ten_minutes_around(age: float) -> None:
    settled = timedelta(seconds=settle(age))
    words = in_words(NOW - timedelta(seconds=age), NOW)
    assert {in_words(NOW - settled, NOW + timedelta(seconds=shift)) for shift in (-590, 0, 590)} == {words}


@given(AGES, AGES)
def test_settling_keeps_the_order(one: float, other: float) -> None:
    assume(one + 1 < other)
    assert settle(one) < settle(other)


def test_an_age_of_two_months_cannot_be_settled() -> None:
    with pytest.raises(ValueError, match="too great"):
        settle(60 * 86_400)

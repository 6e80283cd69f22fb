"""When a visit is worth its request, and what that finds in a year."""

from __future__ import annotations

import importlib.util
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.rehearsal import Adaptive, InTurn, Life, rehearse
from newsarchive.schedule import DAY, Decay, Past, next_look, next_visit, price_of
from tests.conftest import PROJECT

BUSY = Past(0.0, 2 * DAY, tuple(float(hour) for hour in range(48)))
SILENT = Past(0.0, 2 * DAY)


@pytest.fixture(scope="module")
def decay() -> Decay:
    return Decay([BUSY, SILENT])


def test_a_lively_thread_is_visited_before_a_silent_one_of_its_age(decay: Decay) -> None:
    busy, silent = (next_visit(decay, past, 1.0, 2 * DAY) for past in (BUSY, SILENT))
    assert busy is not None
    assert silent is None or busy < silent


def test_the_same_thread_is_visited_more_and_more_seldom(decay: Decay) -> None:
    gaps = []
    past = Past(0.0, DAY, (1.0, 2.0, 5.0))
    for _ in range(5):
        assert past.visited is not None
        visit = next_visit(decay, past, 0.5, past.visited)
        assert visit is not None
        gaps.append(visit - past.visited)
        past = Past(past.born, visit, past.arrivals)
    assert gaps == sorted(gaps)


def test_a_thread_that_wakes_up_is_visited_more_often(decay: Decay) -> None:
    asleep = Past(0.0, 60 * DAY, (1.0, 2.0))
    awake = Past(0.0, 60 * DAY, (1.0, 2.0, *(59 * DAY + hour for hour in range(12))))
    later, sooner = (next_visit(decay, past, 1.0, 60 * DAY) for past in (asleep, awake))
    assert sooner is not None
    assert later is None or sooner < later


def test_a_thread_is_given_up_when_it_is_quiet() -> None:
    decay = Decay([Past(0.0, 300 * DAY, (1.0,)) for _ in range(200)])
    assert next_visit(decay, Past(0.0, 300 * DAY, (1.0,)), 1.0, 300 * DAY) is None


def test_the_price_rises_where_the_budget_is_short(decay: Decay) -> None:
    threads = [Past(0.0, float(day) * DAY, (1.0,)) for day in range(1, 30)]
    prices = [price_of(decay, threads, 30 * DAY, requests=requests, rounds=4) for requests in (200, 10, 2)]
    assert prices == sorted(prices)
    assert prices[0] < prices[2]


@given(st.lists(st.tuples(st.floats(0, 1e4), st.floats(0, 1e4)), max_size=20), st.floats(0, 2e4))
def test_what_is_expected_only_grows(threads: list[tuple[float, float]], age: float) -> None:
    decay = Decay([Past(0.0, visited, (min(came, visited),)) for visited, came in threads])
    comments = decay.until(age)
    assert comments <= decay.until(age + 1)
    back = decay.age_of(comments)
    assert back is None or math.isclose(decay.until(back), comments, abs_tol=1e-6)


def test_an_article_is_looked_at_less_and_less_and_then_no_more() -> None:
    looks, at = [], 0.0
    while (later := next_look(0.0, at)) is not None:
        assert later > at
        looks.append(later)
        at = later
    assert 10 < len(looks) < 25
    assert looks[-1] > 365 * DAY


def test_what_is_taken_away_before_a_visit_is_not_found() -> None:
    life = Life(1.0, ((2.0, 3.0), (2.5, math.inf), (30.0, math.inf)))
    score = rehearse([life], InTurn(), budget=10, begin=6.0, end=3 * DAY)
    assert (score.comments, score.found, score.in_a_day, score.short, score.short_found) == (3, 2, 2, 1, 0)


def test_a_year_at_equal_requests() -> None:
    spec = importlib.util.spec_from_file_location("visits", PROJECT / "benchmarks" / "visits.py")
    assert spec
    assert spec.loader
    visits = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(visits)
    lives = visits.year(99)
    ours = rehearse(lives, Adaptive(20), budget=20, begin=6.0, end=visits.YEAR)
    fixed = visits.at_least(lives, InTurn(), ours.requests, 20)
    assert ours.requests <= fixed.requests
    assert ours.in_a_day > 1.25 * fixed.in_a_day
    assert ours.short_found > fixed.short_found

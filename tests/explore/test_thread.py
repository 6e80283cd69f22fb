"""Threads on pages: reading order, parents kept, lists that close."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newsarchive.explore.thread import DEEPEST, in_reading_order, page_of, steps

THREAD = [("a", None), ("b", "a"), ("c", None), ("d", "b"), ("e", "gone"), ("f", "a")]


def test_answers_stand_behind_what_they_answer() -> None:
    order = in_reading_order(THREAD)
    assert [(place.id, place.depth, place.answers) for place in order] == [
        ("a", 0, 3), ("b", 1, 1), ("d", 2, 0), ("f", 1, 0), ("c", 0, 0), ("e", 0, 0),
    ]  # fmt: skip


def test_a_page_that_begins_with_an_answer_shows_what_it_answers() -> None:
    order = in_reading_order(THREAD)
    assert [(place.id, context) for place, context in page_of(order, None, 2, 2)] == [
        ("a", True), ("b", True), ("d", False), ("f", False),
    ]  # fmt: skip
    assert [(place.id, context) for place, context in page_of(order, {"d"}, 0, 9)] == [("a", True), ("b", True), ("d", False)]


def test_comments_that_answer_each_other_are_not_lost() -> None:
    assert {place.id for place in in_reading_order([("a", "b"), ("b", "a"), ("c", "c")])} == {"a", "b", "c"}


def test_a_thousand_answers_deep() -> None:
    chain = [("0", None), *((str(n), str(n - 1)) for n in range(1, 1000))]
    shown = page_of(in_reading_order(chain), None, 900, 50)
    assert len(shown) == 50 + DEEPEST
    assert sum(step.kind == "list" for step in steps(shown)) <= DEEPEST + 1


@given(st.lists(st.integers(0, 30), max_size=40), st.integers(0, 40), st.integers(1, 10))
def test_every_list_is_closed_and_every_comment_shown_once(parents: list[int], first: int, count: int) -> None:
    comments = [(str(number), str(parent)) for number, parent in enumerate(parents)]
    shown = page_of(in_reading_order(comments), None, first, count)
    level = items = 0
    for step in steps(shown):
        level += {"list": 1, "close": -1}.get(step.kind, 0)
        items += {"comment": 1, "end": -1}.get(step.kind, 0)
        assert level >= 0
        assert 0 <= items <= level  # each list within a list stands inside an item of it
    assert level == items == 0
    assert len({place.id for place, _ in shown}) == len(shown)
    assert sum(not context for _, context in shown) == max(0, min(count, len(comments) - first))

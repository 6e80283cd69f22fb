"""Whoever waits is served, however many wait beside."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newsarchive.capture.lanes import Lanes


def test_a_crowded_lane_takes_no_more_than_its_turn() -> None:
    lanes: Lanes[str] = Lanes()
    for number in range(10_000):
        lanes.push(("trap", "*"), f"trap {number}")
    for number in range(3):
        lanes.push(("news", "*"), f"news {number}")
    assert [lanes.pop() for _ in range(8)] == [
        "trap 0", "news 0", "trap 1", "news 1", "trap 2", "news 2", "trap 3", "trap 4",
    ]  # fmt: skip
    assert len(lanes) == 10_003 - 8


def test_many_lanes_below_one_fork_share_its_turn() -> None:
    lanes: Lanes[str] = Lanes()
    for number in range(100):
        lanes.push(("maze", str(number), "*"), "maze")
    for _ in range(3):
        lanes.push(("news", "*"), "news")
    assert [lanes.pop() for _ in range(6)].count("news") == 3


def test_the_longest_lane_gives_way_from_its_end() -> None:
    lanes: Lanes[int] = Lanes()
    for number in range(10):
        lanes.push(("trap", "deep", "*"), number)
    for number in range(3):
        lanes.push(("news", "*"), 100 + number)
    assert lanes.cut_longest() == [9, 8, 7, 6, 5]
    assert sorted(lanes.pop() for _ in range(len(lanes))) == [0, 1, 2, 3, 4, 100, 101, 102]


def test_a_million_names_make_no_million_lanes() -> None:
    lanes: Lanes[int] = Lanes()
    for number in range(5000):
        lanes.push((str(number), "*"), number)
    assert sorted(lanes.pop() for _ in range(5000)) == list(range(5000))


@given(
    st.lists(
        st.tuples(st.sampled_from(["", "a", "a/b", "a/c", "d"]), st.sampled_from(["push", "push", "pop", "cut"])), max_size=60
    )
)
def test_nothing_is_lost_and_nothing_comes_twice(steps: list[tuple[str, str]]) -> None:
    lanes: Lanes[int] = Lanes()
    waiting: set[int] = set()
    for number, (path, step) in enumerate(steps):
        if step == "push":
            lanes.push(path.split("/") if path else (), number)
            waiting.add(number)
        elif waiting:
            gone = [lanes.pop()] if step == "pop" else lanes.cut_longest()
            assert gone
            assert waiting.issuperset(gone)
            waiting.difference_update(gone)
        assert len(lanes) == len(waiting)
    assert {lanes.pop() for _ in range(len(lanes))} == waiting

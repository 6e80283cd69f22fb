"""What a page made to cost may cost: tens of thousands of equal comments are told apart in seconds."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import pytest

from newsarchive.catalogue import places, proof
from newsarchive.catalogue.identity import Known, ShownPage, settle
from newsarchive.catalogue.remark import Remark

MANY = 20_000
SECONDS = 30 if sys.gettrace() is None else 300  # a second or two where nothing else runs; the square of MANY would be minutes

CROWDS: dict[str, Callable[[int], Remark]] = {
    "equal": lambda number: Remark("guest", "first", (0, 10)),
    "equal and without a time": lambda number: Remark("guest", "first"),
    "one name": lambda number: Remark("guest", f"{number}", (0, 10)),
    "seven in turn": lambda number: Remark("guest", f"{number % 7}", (number, number + 1)),
}


@pytest.mark.parametrize("crowd", CROWDS)
def test_a_crowd_keeps_its_ids_on_one_page_and_on_many(crowd: str) -> None:
    started = time.process_time()
    remarks = [CROWDS[crowd](number) for number in range(MANY)]
    (ids,) = settle("gazette:~", "list:gazette:7", [], [ShownPage("u", tuple(remarks))])
    known = [Known(one, remark) for one, remark in zip(ids, remarks, strict=True)]
    pages = [ShownPage("u", tuple(remarks[at : at + 50])) for at in range(0, MANY, 50)]
    again = settle("gazette:~", "list:gazette:7", known, pages)
    assert len(set(ids)) == MANY
    assert [one for page in again for one in page] == ids
    assert time.process_time() - started < SECONDS


def test_a_crowd_of_one_name_that_goes_while_another_comes_is_in_doubt() -> None:
    rows = [
        {"id": f"g:~{number}", "status": "live", "commenter_id": "g:~guest", "first_seen": f"2026-0{month}-01T00:00:00Z",
         "last_seen": f"2026-0{month}-02T00:00:00Z", "date_created_earliest": f"2025-0{month}-01T00:00:00Z",
         "date_created_latest": f"2025-0{month}-01T01:00:00Z", "text": str(number)}
        for number, month in enumerate([1] * MANY + [2] * MANY)
    ]  # fmt: skip
    pages = {str(row["id"]): {"c"} for row in rows[MANY:]}
    started = time.process_time()
    assert len(set(proof._in_new_words(rows, pages))) == MANY  # type: ignore[arg-type]  # rows by their names
    assert list(proof._in_new_words(rows[MANY - 3 : MANY + 3], pages)) == []  # type: ignore[arg-type]  # three and three: no
    assert time.process_time() - started < SECONDS


@pytest.mark.parametrize("falling", [-1, 0, 1])
def test_a_crowd_that_takes_the_place_of_another_is_put_in_line(falling: int) -> None:
    gone, new = [f"gone {number}" for number in range(MANY)], [f"new {number}" for number in range(MANY)]
    times = {one: (-falling * at, -falling * at + 0.5) for crowd in (gone, new) for at, one in enumerate(crowd)}
    started = time.process_time()
    line = places._merged(gone, new, times, falling=falling, at_end=False)
    assert line == ([one for pair in zip(gone, new, strict=True) for one in pair] if falling else gone + new)
    assert time.process_time() - started < SECONDS

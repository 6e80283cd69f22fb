"""What a page shows besides a comment changes neither its id nor its thread: one row more or less, whatever wrote the page."""

from __future__ import annotations

import pytest

from tests.reading.comments.list_shapes import FLAT, MARKED, TALK, page, row
from tests.reading.comments.test_lists import read

SHAPES = FLAT | {name: shape for name, shape in MARKED.items() if name != "links"}


def rows_of(form: str) -> list[str]:
    return [row(form, at) for at in range(len(TALK))]


def another(form: str) -> str:
    """A row that no other page has."""
    last = row(form, len(TALK) - 1)
    for part in TALK[-1].text.split("\n\n"):
        last = last.replace(part, "I was there, and nobody told us a word of it.")
    return last.replace(TALK[-1].name, "Sisi Vee").replace("47109", "47301")


def seen(shape: tuple[str, str, str], rows: list[str]) -> tuple[str, dict[tuple[str | None, str | None], str]]:
    """The thread's id, and the comments' ids by name and text."""
    found = read(page(shape[0] + "".join(rows) + shape[2]))
    assert found is not None
    return found.thread.id, {(one.author_name, one.text): one.id for one in found.comments}


@pytest.mark.parametrize("name", SHAPES)
def test_one_row_more_or_less_leaves_ids_and_thread(name: str) -> None:
    shape = SHAPES[name]
    rows, more = rows_of(shape[1]), another(shape[1])
    thread, ids = seen(shape, rows)
    assert len(ids) == len(TALK)
    for others in ([more, *rows], [*rows, more], rows[1:], rows[:-1], rows[:3]):
        again, changed = seen(shape, others)
        assert again == thread
        assert len(changed) == len(others)
        common = ids.keys() & changed.keys()
        assert len(common) == min(len(others), len(rows))
        assert {key: changed[key] for key in common} == {key: ids[key] for key in common}

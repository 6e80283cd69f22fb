"""Python's garbage collector pauses while a page is read, and only then."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from newsarchive.items import Reading
from newsarchive.reading import read_html

PAGE = "<html><body><article><h1>Rain at last</h1>" + "<p>It rained.</p>" * 2000 + "</article></body></html>"


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    gc.enable()


def passes_while_reading() -> int:
    seen: list[str] = []
    gc.callbacks.append(note := lambda phase, _info: seen.append(phase))
    try:
        assert isinstance(read_html(PAGE, "https://example.org/rain"), Reading)
    finally:
        gc.callbacks.remove(note)
    return seen.count("start")


def test_a_page_is_read_without_a_pass() -> None:
    gc.collect()
    assert passes_while_reading() <= 1  # one may come before the reading, or behind it
    assert gc.isenabled()


def test_who_had_it_switched_off_finds_it_so() -> None:
    gc.disable()
    assert passes_while_reading() == 0
    assert not gc.isenabled()

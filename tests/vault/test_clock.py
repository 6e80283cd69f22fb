"""A clock that goes back between two crawls changes nothing in their order: a rebuild gives the rows that the crawls wrote."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import Self

import pytest

from newsarchive.reading.pool import ReadingPool
from newsarchive.vault import archivist, unfinished
from newsarchive.vault.imports import import_warcs
from newsarchive.vault.rebuild import rebuild
from tests.conftest import connect
from tests.vault import small_archive
from tests.vault.small_archive import SAID, answers, visit
from tests.vault.test_imports import written
from tests.vault.test_rebuild import rows


@pytest.fixture(scope="module")
def pool() -> Iterator[ReadingPool]:
    pool = ReadingPool(workers=2, seconds=30, megabytes=2048)
    yield pool
    pool.close()


def set_clock(patch: pytest.MonkeyPatch, days: int) -> None:
    """Let the crawls that begin from now on live at another time."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return super().now(tz) + timedelta(days=days)

    for module in (archivist, unfinished, small_archive):
        patch.setattr(module, "datetime", Clock)


HISTORIES = {
    "back between two crawls": [(0, SAID, False), (-3, SAID[:3], False), (-3, SAID[1:], False)],
    "back after a crawl that was cut off": [(0, SAID[:4], True), (-3, SAID, False), (40, SAID[2:], False)],
    "far ahead, and back": [(0, SAID, False), (40, SAID[1:], False), (0, SAID[1:5], False), (-3, SAID[:5], False)],
}


@pytest.mark.parametrize("history", HISTORIES.values(), ids=HISTORIES)
def test_a_rebuild_keeps_the_order_of_the_crawls(
    history: list[tuple[int, tuple[small_archive.Said, ...], bool]],
    pool: ReadingPool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for days, said, interrupted in history:
        set_clock(monkeypatch, days)
        visit(tmp_path, answers(said)[:1] + answers(said)[6:7], interrupted=interrupted)
    numbers = "SELECT group_concat(number) FROM (SELECT number FROM crawls ORDER BY rowid)"
    again = rebuild(tmp_path, pool, into=tmp_path / "again.db")
    crawled = connect(tmp_path / "catalogue.db")
    assert crawled.execute(numbers).fetchone()[0] == connect(again).execute(numbers).fetchone()[0] != "0"
    assert rows(tmp_path / "catalogue.db") == rows(again)


def test_an_import_has_its_place_among_the_crawls(pool: ReadingPool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, 40)
    visit(tmp_path, answers()[:1])
    import_warcs(tmp_path, [written(tmp_path / "made.warc.gz")], pool, operator="", progress=lambda done, total: None)
    set_clock(monkeypatch, -3)
    visit(tmp_path, answers(SAID[:3])[:1])
    kinds = "SELECT number, kind FROM crawls ORDER BY rowid"
    again = rebuild(tmp_path, pool, into=tmp_path / "again.db")
    found = [tuple(row) for row in connect(again).execute(kinds)]
    assert found == [(1, "visit"), (2, "import"), (2, "import"), (3, "visit")]
    assert rows(tmp_path / "catalogue.db") == rows(again)

"""The catalogue is a function of the WARC files: rebuilt, it holds the same rows as the crawls wrote."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from newsarchive.errors import Locked, UsageError
from newsarchive.reading.pool import ReadingPool
from newsarchive.vault import locks
from newsarchive.vault.rebuild import rebuild
from tests.conftest import Visited, connect

OPERATIONAL = {"read_at", "next_visit"}


@pytest.fixture(scope="module")
def pool() -> Iterator[ReadingPool]:
    pool = ReadingPool(workers=2, seconds=30, megabytes=2048)
    yield pool
    pool.close()


def rows(path: Path) -> dict[str, set[tuple[Any, ...]]]:
    """Every row of every table, but `warcs` and the operational columns."""
    connection = connect(path)
    names = [
        row["name"] for row in connection.execute("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
    ]
    found = {}
    for name in names:
        if name.startswith(("sqlite_", "_sqlite", "warcs")):
            continue
        columns = [c["name"] for c in connection.execute(f"PRAGMA table_info({name})") if c["name"] not in OPERATIONAL]
        found[name] = {tuple(row) for row in connection.execute(f"SELECT {', '.join(columns)} FROM {name}")}
    connection.close()
    return found


@pytest.fixture(scope="module")
def rebuilt(visited: Visited, pool: ReadingPool, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rebuilt")
    shutil.copytree(visited.folder / "warc", folder / "warc")
    return rebuild(folder, pool)


def test_the_rows_are_the_same(visited: Visited, rebuilt: Path) -> None:
    crawled, again = rows(visited.catalogues[2]), rows(rebuilt)
    assert crawled.keys() == again.keys()
    assert len(crawled) > 20
    for table in crawled:
        assert crawled[table] - again[table] == set(), table
        assert again[table] - crawled[table] == set(), table


def test_files_are_described_as_the_crawl_described_them(visited: Visited, rebuilt: Path) -> None:
    described = []
    for path in (visited.catalogues[2], rebuilt):
        connection = connect(path)
        described.append(
            [tuple(row) for row in connection.execute("SELECT id, crawl_id, bytes, sha256, records FROM warcs ORDER BY id")]
        )
        connection.close()
    assert described[0] == described[1]
    assert len(described[0]) == 3


def test_full_text_search_works_in_the_rebuilt_catalogue(rebuilt: Path) -> None:
    connection = sqlite3.connect(rebuilt)
    for table in ("articles", "comments"):
        connection.execute(f"INSERT INTO {table}_fts({table}_fts, rank) VALUES ('integrity-check', 1)")
    assert connection.execute("SELECT count(*) FROM comments_fts WHERE comments_fts MATCH 'mvura'").fetchone()[0] > 0
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


def test_a_rebuild_beside_the_catalogue_leaves_it_alone(visited: Visited, pool: ReadingPool, tmp_path: Path) -> None:
    before = (visited.folder / "catalogue.db").read_bytes()
    told: list[tuple[int, int]] = []
    target = rebuild(visited.folder, pool, into=tmp_path / "other.db", progress=lambda done, total: told.append((done, total)))
    assert target == tmp_path / "other.db"
    assert (visited.folder / "catalogue.db").read_bytes() == before
    total = sum(path.stat().st_size for path in (visited.folder / "warc").iterdir())
    assert told[-1] == (total, total)
    assert told == sorted(told)


def test_no_rebuild_beside_a_running_crawl_and_no_crawl_beside_a_rebuild(pool: ReadingPool, tmp_path: Path) -> None:
    (tmp_path / "warc").mkdir()
    (tmp_path / "warc" / "a.warc.gz").touch()
    with locks.share_archive(tmp_path), pytest.raises(Locked, match="a crawl or a rebuild is running"):
        rebuild(tmp_path, pool)
    with locks.lock_archive(tmp_path), pytest.raises(Locked, match="being rebuilt"):
        locks.share_archive(tmp_path)


def test_damage_and_foreign_files_are_told_and_stop_nothing(
    visited: Visited, pool: ReadingPool, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    shutil.copytree(visited.folder / "warc", tmp_path / "warc")
    first, *_ = sorted((tmp_path / "warc").iterdir())
    whole = first.read_bytes()
    first.with_name(first.name + ".open").write_bytes(whole[: len(whole) * 2 // 3])
    first.unlink()
    (tmp_path / "warc" / "foreign.warc.gz").write_bytes(b"no WARC at all")
    rebuilt = rebuild(tmp_path, pool)
    connection = connect(rebuilt)
    captures = connection.execute("SELECT count(*) FROM captures").fetchone()[0]
    connection.close()
    assert 0 < captures < visited.rows(2, "SELECT count(*) n FROM captures")[0]["n"]
    assert not list((tmp_path / "warc").glob("*.open"))
    assert "foreign.warc.gz was not written by newsarchive" in caplog.text


def test_nothing_is_rebuilt_from_nothing_or_over_something(visited: Visited, pool: ReadingPool, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no WARC file"):
        rebuild(tmp_path, pool)
    (tmp_path / "precious").write_text("mine")
    with pytest.raises(UsageError, match="is there already"):
        rebuild(visited.folder, pool, into=tmp_path / "precious")
    assert (tmp_path / "precious").read_text() == "mine"

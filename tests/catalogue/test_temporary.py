"""Nothing of the archive lies in the machine's folders for temporary files."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from newsarchive.catalogue import removal, schema
from newsarchive.catalogue.bulk import bulk_load
from newsarchive.catalogue.temporary import keep_inside


def _temporary() -> set[Path]:
    """SQLite's temporary files that this process has open; they have no name any more."""
    links = (link.readlink() for link in Path("/proc/self/fd").iterdir() if link.is_symlink())
    return {Path(str(link).removesuffix(" (deleted)")) for link in links if "etilqs_" in link.name}


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(schema.prepare(str(tmp_path / "catalogue.db"))) as connection:
        connection.execute("CREATE TABLE words (id INTEGER PRIMARY KEY, word TEXT) STRICT")
        connection.executemany("INSERT INTO words (word) VALUES (?)", ((f"{n} goats" * 40,) for n in range(5000)))
        yield connection


def test_a_page_is_undone_in_memory(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("SAVEPOINT page")
    connection.execute("UPDATE words SET word = word || '!'")
    assert _temporary() == set()
    connection.execute("ROLLBACK TO page")
    assert connection.execute("SELECT count(*) FROM words WHERE word LIKE '%!'").fetchone()[0] == 0
    connection.execute("COMMIT")


def test_the_catalogue_is_rewritten_inside_of_the_archive(connection: sqlite3.Connection, tmp_path: Path) -> None:
    seen: set[Path] = set()
    connection.set_progress_handler(lambda: seen.update(_temporary()), 1000)
    assert removal.scour(connection)
    assert {path.parent for path in seen} == {tmp_path}


def test_a_rebuild_sorts_inside_of_the_archive(tmp_path: Path) -> None:
    seen: set[Path] = set()
    with closing(schema.prepare(str(tmp_path / "fresh.db"))) as connection:
        with bulk_load(connection):
            connection.execute("INSERT INTO sites (id) VALUES ('gazette')")
            connection.execute("INSERT INTO crawls (id, site_id, kind, started_at) VALUES ('c', 'gazette', 'visit', '')")
            connection.executemany(
                "INSERT INTO outcomes (crawl_id, url, kind, at) VALUES ('c', ?, ?, '')",
                ((str(n), f"{n % 100}{'x' * 500}") for n in range(40_000)),
            )
            connection.execute("PRAGMA cache_size = 10")  # little memory, so that little is too much for it
            connection.set_progress_handler(lambda: seen.update(_temporary()), 1000)
        connection.set_progress_handler(None, 0)
    assert {path.parent for path in seen} == {tmp_path}


def test_where_nobody_may_write_it_is_memory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("os.access", lambda path, mode: False)  # root may write everywhere
    with closing(sqlite3.connect(":memory:")) as connection:
        keep_inside(connection, tmp_path)
        assert connection.execute("PRAGMA temp_store").fetchone()[0] == 2

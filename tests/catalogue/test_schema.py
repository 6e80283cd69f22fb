"""A catalogue made by an older version is brought up to date where it stands."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from newsarchive.catalogue import schema

COMMENT = """
INSERT INTO comments (id, site_id, thread_id, author_name, text, status, platform, first_seen, last_seen, capture_id)
VALUES ('c', 's', 't', 'Rudo', 'Mvura hapana kuno', 'live', 'list', '2026-11-01T00:00:00Z', '2026-11-01T00:00:00Z', 'urn:uuid:1')
"""


def test_the_first_schema_is_migrated_with_its_rows_and_its_search(tmp_path: Path) -> None:
    path = str(tmp_path / "catalogue.db")
    with closing(sqlite3.connect(path)) as connection, connection:
        schema.migrations.apply(Database(connection), stop_before="m002_language")
        connection.execute(COMMENT)
    with closing(schema.prepare(path)) as connection:
        row = connection.execute("SELECT author_name, in_language_score, in_language_mixed FROM comments").fetchone()
        assert tuple(row) == ("Rudo", None, None)
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("UPDATE comments SET text = 'Magetsi hapana', in_language_score = 0.9, in_language_mixed = 0")
        for word, found in (("mvura", 0), ("magetsi", 1)):
            hits = connection.execute("SELECT count(*) FROM comments_fts WHERE comments_fts MATCH ?", [word]).fetchone()[0]
            assert hits == found


def test_nothing_that_opens_a_catalogue_loads_pandas_or_numpy() -> None:
    script = "import newsarchive.catalogue.schema, sys; assert not {'pandas', 'numpy'} & sys.modules.keys(); import pandas"
    subprocess.run([sys.executable, "-c", script], check=True)


def test_a_catalogue_has_its_name_when_it_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A crash between the file and its tables leaves none that `verify` would call damaged; the next crawl makes one."""
    catalogue = tmp_path / "catalogue.db"

    def killed(db: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(schema.migrations, "apply", killed)
        with pytest.raises(KeyboardInterrupt):
            schema.prepare(str(catalogue))
    assert not catalogue.exists()
    with closing(schema.prepare(str(catalogue))) as connection:
        assert connection.execute("SELECT count(*) FROM captures").fetchone()[0] == 0
    assert {path.name for path in tmp_path.iterdir()} <= {f"catalogue.db{end}" for end in ("", "-wal", "-shm", ".lock")}

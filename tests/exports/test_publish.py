"""A published database has what was chosen, and in its bytes nothing of what was left out."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from newsarchive.catalogue import counts, schema
from newsarchive.cli import main
from newsarchive.exports.publish import PUBLISHED, WITHHELD
from tests.conftest import Visited
from tests.vault.small_archive import answer, answers, page, visit

Publish = Callable[..., Path]
GONE = "This one is taken away by its site before the second visit, words and all"
EARLIER = "What I wrote first, in anger, and would rather not have said"
SECRET = "Chipo of the ministry"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two visits; then a comment is marked as deleted, and words are put into columns of our own business."""
    folder = tmp_path_factory.mktemp("publish")
    said = [
        (1, "Tendai Moyo", EARLIER),
        (2, "Rudo42", GONE),
        (3, SECRET, "Fine."),
        (4, "Gogo", "@Tendai Moyo, no! @rudo42: yes. @Gogol"),
    ]
    visit(folder, [*answers(said)[:1], *answers()[6:7]])
    visit(folder, [("/2026/10/a-bridge/", answer(page([(1, "Tendai Moyo", "What I mean."), *said[2:]])))])
    with closing(sqlite3.connect(folder / "catalogue.db")) as connection:
        connection.execute("UPDATE comments SET status = 'deleted', deleted_seen = last_seen WHERE text = ?", [GONE])
        connection.execute('UPDATE crawls SET config = \'{"token": "ConfigWord"}\'')
        connection.execute("UPDATE captures SET read_error = 'ErrorWord'")
        connection.commit()
    return folder


@pytest.fixture
def archive(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "archive"))


@pytest.fixture
def publish(archive: Path, tmp_path: Path) -> Publish:
    def make(name: str, *options: str) -> Path:
        done = CliRunner().invoke(main, ["--dir", str(archive), "publish", str(tmp_path / name), *options])
        assert done.exit_code == 0, done.output
        assert not list(tmp_path.glob(f"{name}[.-]*"))
        return tmp_path / name

    return make


def rows(path: Path, sql: str) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(sql)]


def words_of(path: Path) -> set[str]:
    """All words that the full-text indexes hold."""
    with closing(sqlite3.connect(":memory:")) as memory, closing(sqlite3.connect(path)) as file:
        file.backup(memory)
        found = set()
        for table in ("articles", "comments"):
            memory.execute(f"CREATE VIRTUAL TABLE vocabulary_of_{table} USING fts5vocab({table}_fts, row)")
            found |= {row[0] for row in memory.execute(f"SELECT term FROM vocabulary_of_{table}")}
        return found


def test_nothing_of_what_is_left_out_is_in_the_bytes(publish: Publish) -> None:
    path = publish("public.db")
    content = path.read_bytes()
    for word in (GONE, EARLIER, SECRET, "Tendai Moyo", "Rudo42", "rudo42", "ConfigWord", "ErrorWord"):
        assert word.encode() not in content, word
        assert word.encode("utf-16-le") not in content, word
    assert not {"chipo", "ministry", "tendai", "rudo42", "anger"} & words_of(path)
    assert {"bridge", "mean"} <= words_of(path)
    assert rows(path, "PRAGMA freelist_count") == [{"freelist_count": 0}]


def test_published_database_is_whole_and_immutable(publish: Publish) -> None:
    path = publish("public.db")
    assert rows(path, "PRAGMA integrity_check") == [{"integrity_check": "ok"}]
    assert rows(path, "PRAGMA foreign_key_check") == []
    assert rows(path, "PRAGMA journal_mode") == [{"journal_mode": "delete"}]
    assert [one["status"] for one in rows(path, "SELECT status FROM comments")] == ["live"] * 3
    assert rows(path, "SELECT comment_count FROM articles ORDER BY id") == [{"comment_count": 3}, {"comment_count": 0}]
    found = rows(path, "SELECT k.text FROM comments_fts f JOIN comments k ON k.rowid = f.rowid WHERE comments_fts MATCH 'mean'")
    assert found == [{"text": "What I mean."}]
    assert rows(path, "SELECT text FROM comments WHERE text LIKE '@%'") == [{"text": "@…, no! @…: yes. @Gogol"}]
    withheld = [table for table in WITHHELD if table not in {*counts.TABLES, "counted_sites"}]
    assert not [table for table in withheld if rows(path, f"SELECT 1 FROM {table}")]


def test_pseudonyms_are_the_same_every_time_and_other_with_another_key(archive: Path, publish: Publish) -> None:
    names = "SELECT c.id, c.name, k.author_name FROM commenters c JOIN comments k ON k.commenter_id = c.id ORDER BY k.id"
    first, again = rows(publish("1.db"), names), rows(publish("2.db"), names)
    assert first == again
    assert all(re.fullmatch(r"Commenter [0-9a-f]{8}", one["name"]) and one["name"] == one["author_name"] for one in first)
    assert len({one["id"] for one in first}) == 3
    assert (archive / "publish.key").stat().st_mode & 0o777 == 0o600
    (archive / "publish.key").unlink()
    assert not {one["name"] for one in rows(publish("3.db"), names)} & {one["name"] for one in first}
    (archive / "publish.key").write_text("short")
    refused = CliRunner().invoke(main, ["--dir", str(archive), "publish", str(archive / "4.db")])
    assert (refused.exit_code, "is damaged" in refused.output) == (2, True)


def test_ids_made_of_name_and_words_are_not_published(archive: Path, publish: Publish) -> None:
    with closing(sqlite3.connect(archive / "catalogue.db")) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("UPDATE comments SET id = 'gazette-example:~abc' WHERE id = 'gazette-example:wordpress:3'")
        connection.execute(
            "UPDATE comment_revisions SET comment_id = 'gazette-example:~abc' WHERE comment_id = 'gazette-example:wordpress:3'"
        )
        connection.execute("UPDATE comments SET parent_id = 'gazette-example:~abc' WHERE id = 'gazette-example:wordpress:4'")
        connection.commit()
    path = publish("public.db", "--removed")
    assert b":~abc" not in path.read_bytes()
    reply = "SELECT p.text FROM comments k JOIN comments p ON p.id = k.parent_id"
    assert rows(path, reply) == [{"text": "Fine."}]
    assert rows(path, "PRAGMA foreign_key_check") == []


def test_choice_lets_in_what_it_names(publish: Publish) -> None:
    path = publish("all.db", "--removed", "--names")
    content = path.read_bytes()
    assert all(word.encode() in content for word in (GONE, EARLIER, SECRET, "@rudo42"))
    path = publish("few.db", "--without", "comments", "--without", "article-revisions", "--no-texts")
    for table in ("comments", "commenters", "threads", "article_revisions"):
        assert rows(path, f"SELECT 1 FROM {table}") == []
    assert [one["text"] for one in rows(path, "SELECT text FROM articles")] == [None, None]
    assert b"talked about the bridge" not in path.read_bytes()
    assert "council" not in words_of(path)
    assert rows(path, "PRAGMA foreign_key_check") == []


def test_what_was_taken_down_or_asks_not_to_be_archived_stays_out(archive: Path, publish: Publish) -> None:
    words = ["gazette-example:wordpress:3", "--case", "1", "--reason", "x", "--restrict", "--yes"]
    assert CliRunner().invoke(main, ["--dir", str(archive), "forget", *words]).exit_code == 0
    with closing(sqlite3.connect(archive / "catalogue.db")) as connection:
        connection.execute("UPDATE captures SET noarchive = 1 WHERE url LIKE '%a-mayor%'")
        connection.commit()
    path = publish("public.db", "--removed", "--names")
    assert SECRET.encode() not in path.read_bytes()
    assert b"A mayor without a car" not in path.read_bytes()
    assert rows(path, "SELECT count(*) AS n FROM takedowns") == [{"n": 0}]


def test_demo_newspaper_is_published_without_its_commenters(visited: Visited, tmp_path: Path) -> None:
    done = CliRunner().invoke(
        main, ["--dir", str(visited.folder), "publish", str(tmp_path / "public.db"), "--site", visited.site]
    )
    assert done.exit_code == 0, done.output
    content = (tmp_path / "public.db").read_bytes()
    gone = visited.rows(2, "SELECT text FROM comments WHERE status <> 'live' AND length(text) > 20")
    assert gone
    assert not [one["text"] for one in gone if one["text"].encode() in content]
    assert rows(tmp_path / "public.db", "PRAGMA foreign_key_check") == []
    shown = {one["author_name"] for one in rows(tmp_path / "public.db", "SELECT author_name FROM comments")}
    assert len(shown) > 5
    assert shown.isdisjoint(one["name"] for one in visited.rows(2, "SELECT name FROM commenters"))


def test_every_table_is_published_or_withheld() -> None:
    with closing(schema.prepare(":memory:")) as connection:
        tables = {row["name"] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    known = {*PUBLISHED, *WITHHELD}
    assert {name for name in tables if "_fts" not in name and not name.startswith(("sqlite_", "_sqlite"))} == known


def test_a_site_that_is_not_there_and_a_file_that_is(archive: Path, tmp_path: Path) -> None:
    command = ["--dir", str(archive), "publish", str(tmp_path / "x.db")]
    assert "no site nobody" in CliRunner().invoke(main, [*command, "--site", "nobody"]).output
    assert not list(tmp_path.glob("x.db*"))
    (tmp_path / "x.db").write_text("mine")
    assert CliRunner().invoke(main, command).exit_code == 2
    assert (tmp_path / "x.db").read_text() == "mine"


def test_killed_run_leaves_nothing_in_the_way(publish: Publish, tmp_path: Path) -> None:
    (tmp_path / "public.db.part").write_text("half")
    (tmp_path / "public.db.part-wal").write_text("half")
    assert rows(publish("public.db"), "SELECT count(*) AS n FROM comments") == [{"n": 3}]

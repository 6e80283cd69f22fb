"""The catalogue is a function of the WARC files: rebuilt, it holds the same rows as the crawls wrote."""

from __future__ import annotations

import json
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from newsarchive.catalogue.difference import Change
from newsarchive.errors import DamagedRecord, Locked, UsageError
from newsarchive.items import Profile
from newsarchive.reading.pool import ReadingPool
from newsarchive.vault import locks, reread
from newsarchive.vault.archivist import Archivist
from newsarchive.vault.exchange import Exchange
from newsarchive.vault.rebuild import preview, rebuild
from tests.conftest import Visited, connect, crawl

OPERATIONAL = {"read_at", "read_by", "next_visit"}


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
        if name.startswith(("sqlite_", "_sqlite", "warcs", "counted_", "uncounted_")):
            continue
        columns = [c["name"] for c in connection.execute(f"PRAGMA table_info({name})") if c["name"] not in OPERATIONAL]
        found[name] = {tuple(row) for row in connection.execute(f"SELECT {', '.join(columns)} FROM {name}")}
    connection.close()
    return found


@pytest.fixture(scope="module")
def rebuilt(visited: Visited, pool: ReadingPool, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made from many small parts of the files, as large files are."""
    folder = tmp_path_factory.mktemp("rebuilt")
    shutil.copytree(visited.folder / "warc", folder / "warc")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reread, "SPAN", 20_000)
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


def test_what_a_rebuild_changes_is_told_first(visited: Visited, pool: ReadingPool, tmp_path: Path) -> None:
    shutil.copytree(visited.folder / "warc", tmp_path / "warc")
    shutil.copy(visited.catalogues[2], tmp_path / "catalogue.db")
    assert preview(tmp_path, pool) == []
    with closing(sqlite3.connect(tmp_path / "catalogue.db", isolation_level=None)) as connection:
        connection.execute("UPDATE articles SET section = 'elsewhere' WHERE rowid = 1")
        connection.execute("DELETE FROM comment_votes")
        connection.execute("INSERT INTO tags (id, site_id, name) SELECT 'odd', id, 'odd' FROM sites")
    before = (tmp_path / "catalogue.db").read_bytes()
    told = [(change.table, change.kind, change.field) for change in preview(tmp_path, pool)]
    assert ("articles", "changed", "section") in told
    assert ("tags", "rows went", None) in told
    assert (tmp_path / "catalogue.db").read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} >= {"warc", "catalogue.db"}
    assert not list(tmp_path.glob("catalogue.db.*preview*"))
    (gone, *_) = (tmp_path / "warc").iterdir()
    gone.unlink()
    with pytest.raises(DamagedRecord, match="--fewer"):
        rebuild(tmp_path, pool)
    changes: list[Change] = []
    rebuild(tmp_path, pool, fewer=True, told=changes.extend)
    assert any(change.table == "captures" and change.kind == "rows went" for change in changes)


def test_nothing_is_rebuilt_from_nothing_or_over_something(visited: Visited, pool: ReadingPool, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no WARC file"):
        rebuild(tmp_path, pool)
    (tmp_path / "precious").write_text("mine")
    with pytest.raises(UsageError, match="is there already"):
        rebuild(visited.folder, pool, into=tmp_path / "precious")
    assert (tmp_path / "precious").read_text() == "mine"


def test_what_stands_behind_damage_is_read(visited: Visited, pool: ReadingPool, tmp_path: Path) -> None:
    """One byte costs one capture, and a page cannot pass what it holds for a record of the archive."""
    shutil.copytree(visited.folder / "warc", tmp_path / "warc")
    article = visited.rows(2, "SELECT * FROM captures WHERE purpose = 'article' ORDER BY captured_at LIMIT 1")[0]
    path = tmp_path / "warc" / article["warc_id"]
    content = bytearray(path.read_bytes())
    content[article["warc_offset"] + 500] ^= 1
    path.write_bytes(content)
    connection = connect(rebuild(tmp_path, pool))
    left = {row["id"] for row in connection.execute("SELECT id FROM captures")}
    connection.close()
    assert {row["id"] for row in visited.rows(2, "SELECT id FROM captures")} - left == {article["id"]}


def test_a_file_that_is_damaged_before_what_the_catalogue_knows_is_not_cut(
    visited: Visited, pool: ReadingPool, tmp_path: Path
) -> None:
    article = visited.rows(2, "SELECT * FROM captures WHERE purpose = 'article' ORDER BY captured_at LIMIT 1")[0]
    shutil.copytree(visited.folder / "warc", tmp_path / "warc")
    shutil.copy(visited.folder / "catalogue.db", tmp_path)
    path = tmp_path / "warc" / article["warc_id"]
    left_open = path.rename(path.with_name(f"{path.name}.open"))
    content = bytearray(left_open.read_bytes())
    content[article["warc_offset"] + 500] ^= 1
    left_open.write_bytes(content)
    connection = connect(rebuild(tmp_path, pool, fewer=True))
    left = {row["id"] for row in connection.execute("SELECT id FROM captures")}
    connection.close()
    assert left_open.read_bytes() == content
    assert {row["id"] for row in visited.rows(2, "SELECT id FROM captures")} - left == {article["id"]}


@pytest.mark.parametrize("reader", ["Dying", "Failing"])
def test_a_page_that_breaks_its_reader_costs_only_itself(pool: ReadingPool, tmp_path: Path, reader: str) -> None:
    profile = Profile(site="news-example", spider=f"tests.reading.hostile_readers:{reader}")
    archivist = Archivist(tmp_path, profile, info={}, config={}, kind="visit", size_limit=1 << 30)
    story = f'<html><meta property="og:type" content="article"><article><h1>Bridge</h1>{STORY}</article></html>'.encode()
    for number, body in enumerate((b"a {}", story, b"b {}")):
        mime = b"text/html" if body is story else b"text/css"
        raw = b"HTTP/1.1 200 OK\r\nContent-Type: " + mime + b"\r\n\r\n" + body
        request = b"GET / HTTP/1.1\r\n\r\n"
        url = f"http://news.example/2026/11/{number}/"
        archivist.keep(Exchange(url, "GET", request, BytesIO(raw), len(raw), datetime.now(UTC), 0.1, "article"))
    archivist.close("finished", {})
    archivist.release()
    connection = connect(rebuild(tmp_path, pool))
    errors = [row["read_error"] for row in connection.execute("SELECT read_error FROM captures ORDER BY url")]
    ended = [row["finish_reason"] for row in connection.execute("SELECT finish_reason FROM crawls")]
    connection.close()
    assert [error is None for error in errors] == [True, False, True], errors
    assert ("process died" if reader == "Dying" else "ZeroDivisionError") in errors[1]
    assert ended == ["finished"]


STORY = "<p>" + "The council met on Monday and talked about the bridge for three hours, and for one more. " * 5 + "</p>"
# Four visits to one list: something new on top, an edit, the same words twice, one of them removed, one taken down and back.
DOUBLE = ("Mukoma", "3 days ago", "Ndizvozvo")
LISTS = (
    [("Tendai", "2 days ago", "The bridge is old"), DOUBLE, ("Rudo", "4 days ago", "Build it"), ("Tino", "5 days ago", "No tar")],
    [("New", "1 hour ago", "Just came"), ("Tendai", "2 days ago", "The bridge is very old"), DOUBLE,
     ("Rudo", "4 days ago", "Build it"), DOUBLE, ("Tino", "5 days ago", "No tar")],
    [("New", "1 hour ago", "Just came"), ("Tendai", "2 days ago", "The bridge is very old"), DOUBLE, DOUBLE,
     ("Tino", "5 days ago", "No tar")],
    [("New", "1 hour ago", "Just came"), ("Tendai", "2 days ago", "The bridge is very old"), DOUBLE, DOUBLE,
     ("Tino", "5 days ago", "No tar"), ("Last", "6 days ago", "Approved late")],
)  # fmt: skip


class Board(BaseHTTPRequestHandler):
    """An article with the first three comments in the page, and the others behind a button."""

    visit = 0

    def do_GET(self) -> None:
        parts, rows = urlsplit(self.path), LISTS[self.visit]
        if parts.path == "/api/comments":
            offset = int(parse_qs(parts.query)["offset"][0])
            shown = [{"name": name, "age": age, "text": text} for name, age, text in rows[offset : offset + 3]]
            self.answer("application/json", json.dumps({"total": len(rows), "comments": shown}))
        elif parts.path == "/2026/11/the-bridge/":
            self.answer("text/html; charset=utf-8", self.article(rows))
        elif parts.path == "/":
            self.answer("text/html; charset=utf-8", '<h2><a href="/2026/11/the-bridge/">The bridge</a></h2>')
        else:
            self.send_error(404)

    @staticmethod
    def article(rows: list[tuple[str, str, str]]) -> str:
        entries = "".join(
            f'<li><div class="who"><b>{escape(name)}</b> <span class="age">{age}</span></div><p>{escape(text)}</p></li>'
            for name, age, text in rows[:3]
        )
        return (
            f'<html><head><title>The bridge</title><meta property="og:type" content="article"></head><body><article>'
            f'<h1>The bridge</h1>{STORY}</article><section class="comments" id="comments" data-article-id="7">'
            f'<h3>{len(rows)} Comments</h3><ul class="comment-flow">{entries}</ul>'
            f'<button class="more" data-url="/api/comments?article=7&amp;offset=3">Load more comments</button>'
            f"</section></body></html>"
        )

    def answer(self, mime: str, text: str) -> None:
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", mime)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *values: object) -> None:
        """Say nothing."""


@contextmanager
def served(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive after a visit to each of the lists."""
    folder = tmp_path_factory.mktemp("board")
    with served(Board) as url:
        for Board.visit in range(len(LISTS)):
            done = crawl(folder, url)
            assert done.returncode == 0, done.stderr[-4000:]
    return folder


def test_comments_without_numbers_stay_themselves_through_visits(board: Path) -> None:
    connection = connect(board / "catalogue.db")
    found = {(row["author_name"], row["first_seen"]): dict(row) for row in connection.execute("SELECT * FROM comments")}
    assert connection.execute("SELECT count(*) FROM observations").fetchone()[0] == 0
    visits = [row["complete"] for row in connection.execute("SELECT complete FROM thread_visits ORDER BY seen_at")]
    connection.close()
    by_name: dict[str, list[dict[str, Any]]] = {}
    for row in sorted(found.values(), key=lambda row: row["position"]):
        by_name.setdefault(row["author_name"], []).append(row)
    assert visits == [1, 1, 1, 1]
    assert {name: [row["status"] for row in rows] for name, rows in by_name.items()} == {
        "New": ["live"], "Tendai": ["live"], "Mukoma": ["live", "live"], "Rudo": ["deleted"], "Tino": ["live"], "Last": ["live"],
    }  # fmt: skip
    assert by_name["Tendai"][0]["revision_count"] == 1
    assert [by_name[name][0]["position"] for name in ("New", "Tendai", "Mukoma", "Tino", "Last")] == [1, 2, 3, 5, 6]


def test_the_same_comments_come_out_of_the_warc_files(board: Path, pool: ReadingPool, tmp_path: Path) -> None:
    shutil.copytree(board / "warc", tmp_path / "warc")
    crawled, again = rows(board / "catalogue.db"), rows(rebuild(tmp_path, pool))
    for table in crawled:
        assert crawled[table] ^ again[table] == set(), table

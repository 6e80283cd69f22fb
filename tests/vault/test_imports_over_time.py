"""Visits of months in one file of another tool: each is compared with what the one before it left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newsarchive.reading.pool import ReadingPool
from newsarchive.times import to_iso
from newsarchive.vault.imports import import_warcs
from newsarchive.vault.rebuild import rebuild
from tests.catalogue.boards import Post, Visit, board_of_five, run
from tests.vault.test_imports import put
from tests.vault.test_rebuild import rows
from tests.vault.test_rebuild_boards import page
from tests.vault.visits import select


@pytest.fixture(scope="module")
def pool() -> Iterator[ReadingPool]:
    pool = ReadingPool(workers=1, seconds=30, megabytes=2048)
    yield pool
    pool.close()


class Collection:
    """A WARC file into which another tool writes what each of its visits saw."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def open(self, now: datetime) -> None:
        """Nothing is written of a visit."""

    def show(self, url: str, now: datetime, posts: Sequence[Post], leads_to: str | None, claimed: int | None) -> None:
        body = page(posts, now, leads_to, claimed).encode()
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
        with self.path.open("ab") as file, BytesIO(body) as payload:
            writer = WARCWriter(file, gzip=True)
            record = writer.create_warc_record(
                url, "response", payload, http_headers=headers, warc_headers_dict={"WARC-Date": to_iso(now)}
            )
            put(writer, record)

    def close(self, now: datetime, *, finished: bool) -> None:
        """Nor of its end."""


@pytest.mark.parametrize("newest_first", [True, False], ids=["newest first", "oldest first"])
@pytest.mark.parametrize("size", [2, 20], ids=["pages", "one page"])
def test_no_comment_comes_twice(pool: ReadingPool, tmp_path: Path, *, newest_first: bool, size: int) -> None:
    board = board_of_five(newest_first=newest_first, size=size, counts=True)
    visits: list[Visit] = [(timedelta(days=days), [("add", 49)], [], "whole") for days in (1, 20, 45, 2, 200)]
    file = Collection(tmp_path / "years.warc.gz")
    run(board, [file], visits, preview=False)
    archive = tmp_path / "archive"
    archive.mkdir()
    import_warcs(archive, [file.path], pool, operator="A <a@a.example>", progress=lambda done, total: None)
    found = select(archive, "SELECT author_name, first_seen, revision_count FROM comments ORDER BY position")
    told = [(row["author_name"], row["first_seen"][:16], row["revision_count"]) for row in found]
    assert told == [(post.nick, to_iso(post.shown[0])[:16], 0) for post in board.visible()]
    before = rows(archive / "catalogue.db")
    assert before == rows(rebuild(archive, pool))

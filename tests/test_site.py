"""A site that begins to fail while it answers: what it sends then is kept, and changes nothing that was read before."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsarchive.demo.newspaper import Newspaper
from newsarchive.demo.server import serve
from tests.conftest import connect, crawl

Delivered = tuple[int, list[tuple[str, str]], bytes]
KEPT = "SELECT id, text, status, deleted_seen, revision_count, last_seen FROM comments ORDER BY id"


_LEFT_OUT = ("accept-encoding", "if-none-match", "if-modified-since")  # whole pages, always


class Failing(Newspaper):
    """While `failure` is set, no page of HTML comes whole, and nothing in HTTP tells it.

    `closed`: the connection, whose end alone ends the answer, is closed early. `packed`: the gzip stream stops, within the
    length that was announced. `bomb`: behind the page come zeros, more than anybody unpacks.
    """

    failure: str | None = None

    def respond(self, method: str, target: str, headers: Iterable[tuple[str, str]]) -> Delivered:
        plain = [field for field in headers if field[0].lower() not in _LEFT_OUT]
        status, answered, body = super().respond(method, target, plain)
        fields = {name.lower(): value for name, value in answered}
        if self.failure is None or status != 200 or "html" not in fields["content-type"]:
            return status, answered, body
        kept = [("Content-Type", fields["content-type"])]
        if self.failure == "closed":
            return status, [*kept, ("Connection", "close")], body[: len(body) * 2 // 3]
        packed = gzip.compress(body[: len(body) * 2 // 3] + bytes(30 << 20) if self.failure == "bomb" else body)
        packed = packed[: len(packed) * 2 // 3] if self.failure == "packed" else packed
        return status, [*kept, ("Content-Encoding", "gzip"), ("Content-Length", str(len(packed)))], packed


@pytest.mark.parametrize("failure", ["closed", "packed", "bomb"])
def test_a_page_that_does_not_come_whole_edits_and_deletes_nothing(failure: str, tmp_path: Path) -> None:
    newspaper = Failing(now=datetime.now(UTC))
    found = []
    with serve(newspaper) as served:
        for newspaper.failure in (None, failure):
            done = crawl(tmp_path, f"{served.url}/", "-a", "max_articles=5", "-s", "LOG_LEVEL=ERROR")
            assert done.returncode == 0, done.stderr[-4000:]
            connection = connect(tmp_path / "catalogue.db")
            comments = [tuple(row) for row in connection.execute(KEPT)]
            revisions = connection.execute("SELECT count(*) FROM article_revisions").fetchone()[0]
            errors = connection.execute("SELECT read_error, count(*) FROM captures WHERE read_error IS NOT NULL GROUP BY 1")
            found.append((comments, revisions, [tuple(row) for row in errors]))
            connection.close()
    before, after = found
    assert len(before[0]) > 10
    assert after[:2] == before[:2]
    assert before[2] == []
    [(error, count)] = after[2]
    assert (error, count > 5) == ("the page is not whole", True)

"""Visits of a newspaper without a crawl: answers are kept and read as a crawl does it; whole articles made of few words."""

from __future__ import annotations

import atexit
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from newsarchive.catalogue.normalise import normalise
from newsarchive.items import Item, Profile
from newsarchive.reading import read
from newsarchive.reading.pool import ReadingPool
from newsarchive.vault.archivist import Archivist
from newsarchive.vault.entries import ReadPage, readable
from newsarchive.vault.exchange import Exchange
from newsarchive.vault.rebuild import rebuild
from tests.conftest import connect
from tests.vault.test_rebuild import rows

HOST = "https://gazette.example"
PROFILE = Profile(site="gazette-example", start_urls=(f"{HOST}/",), languages=("en",))
HOME = "<html><head><title>Gazette</title></head><body><h2><a href='/a/'>News of today</a></h2></body></html>"


def story(topic: str, *, head: str = "", below: str = "", headline: str | None = None, more: str = "") -> str:
    """An article's page. All its words speak of one topic, so that two topics share none of their sentences."""
    text = "".join(
        f"<p>{' '.join(f'{topic}{word}{number}' for word in ('said', 'went', 'asks', 'goes', 'made', 'told', 'kept'))}.</p>"
        for number in range(12)
    )
    return (
        f"<html><head><title>{headline or topic}</title><meta property='og:type' content='article'>{head}</head><body><article>"
        f"<h1>{headline or f'The {topic} of the town'}</h1>{text}{more}</article>{below}</body></html>"
    )


def answer(body: str, status: int = 200, **fields: str) -> bytes:
    """A server's answer."""
    head = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body.encode()))} | fields
    lines = [f"HTTP/1.1 {status} X", *(f"{name}: {value}" for name, value in head.items()), "", body]
    return "\r\n".join(lines).encode()


def moved(to: str, status: int = 301) -> bytes:
    """An answer that sends its reader on."""
    return answer("<a>moved</a>", status, Location=to)


def visit(folder: Path, answers: Mapping[str, bytes | str], *, profile: Profile = PROFILE) -> None:
    """One crawl that gets these answers, by path."""
    archive = begin(folder, profile)
    for path, given in answers.items():
        take(archive, path, answer(given) if isinstance(given, str) else given, at=datetime.now(UTC))
    archive.close("finished", {})
    archive.release()


def begin(folder: Path, profile: Profile = PROFILE) -> Archivist:
    """Open the archive for a crawl."""
    return Archivist(folder, profile, info={"operator": "A. Tester"}, config={}, kind="visit", size_limit=10**9)


def take(archive: Archivist, path: str, raw: bytes, *, at: datetime) -> None:
    """Keep the answer that a server gave at this time, and file what is read in it."""
    request = f"GET {path} HTTP/1.1\r\nHost: gazette.example\r\n\r\n".encode()
    capture = archive.keep(Exchange(f"{HOST}{path}", "GET", request, BytesIO(raw), len(raw), at, 0.01, "article"))
    archive.commit()
    if not readable(capture):
        return
    found = archive.page_of(capture)
    reading, takedown = archive.suppression.spare(read(found, archive.profile), capture.record_id)
    items: list[Item] = [normalise(item) for item in (reading.article, *reading.comments) if item is not None]
    archive.file(ReadPage(capture.record_id, found.captured_at, reading, items, takedown=takedown))


@cache
def _pool() -> ReadingPool:
    """One reader's process for all rebuilds: to begin one takes longer than what these read."""
    pool = ReadingPool(workers=1, seconds=20, megabytes=640)
    atexit.register(pool.close)
    return pool


def select(folder: Path, sql: str) -> list[dict[str, Any]]:
    """The rows of a query on the catalogue, which a rebuild must give again, in all its tables."""
    again = folder / "again.db"
    again.unlink(missing_ok=True)
    rebuild(folder, _pool(), into=again)
    assert rows(again) == rows(folder / "catalogue.db")
    connection = connect(folder / "catalogue.db")
    try:
        return [dict(row) for row in connection.execute(sql)]
    finally:
        connection.close()


def articles(folder: Path) -> dict[str, dict[str, Any]]:
    """The articles by the path in their id."""
    return {row["id"].partition(":")[2]: row for row in select(folder, "SELECT * FROM articles")}

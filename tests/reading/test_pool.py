"""Reading under limits, in real processes: a page that breaks its reader breaks nothing else."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsarchive.errors import ReadersFailed, ReadingFailed
from newsarchive.items import Page, Profile, Reading
from newsarchive.reading import language
from newsarchive.reading.pool import ReadingPool

URL = "https://gazette.example/2026/11/bridge-talks/"
TEXT = "The council met on Monday and talked about the bridge for three hours, and then for one more. " * 5
BODY = f'<meta property="og:type" content="article"><h1>Bridge talks</h1><article><p>{TEXT}</p></article>'.encode()
HEADERS = (("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(BODY))))
PAGE = Page(URL, 200, HEADERS, BODY, datetime(2026, 11, 1, tzinfo=UTC), "urn:uuid:1")


def profile(reader: str | None = None) -> Profile:
    return Profile(site="gazette-example", spider=f"tests.reading.hostile_readers:{reader}" if reader else None)


def models_loaded() -> int:
    return language.model.cache_info().currsize


@pytest.fixture(scope="module")
def pool() -> Iterator[ReadingPool]:
    pool = ReadingPool(workers=2, seconds=2, megabytes=2048)
    yield pool
    pool.close()


@pytest.mark.parametrize(
    ("reader", "reason"),
    [
        ("Endless", "not read within"),
        ("Hungry", "more memory needed"),
        ("Dying", "process died"),
        ("Failing", "ZeroDivisionError: a bug"),
    ],
)
def test_a_page_that_breaks_its_reader_is_told_and_the_next_is_read(pool: ReadingPool, reader: str, reason: str) -> None:
    ((_, reading, error),) = pool.read_all([PAGE], profile(reader))
    assert reading.article is None
    assert error is not None
    assert any(words in error for words in reason.split("|"))
    for _, reading, error in pool.read_all([PAGE] * 3, profile()):
        assert error is None
        assert reading.article is not None
        assert reading.article.headline == "Bridge talks"


def test_readers_that_are_killed_while_they_wait_are_replaced() -> None:
    pool = ReadingPool(workers=1, seconds=20, megabytes=2048)
    try:
        for _ in range(2):
            reader = asyncio.run(pool.run(os.getpid))
            while Path(f"/proc/{reader}/stat").read_text().split()[2] != "S":  # it has told its number, and does not wait yet
                pass
            os.kill(reader, signal.SIGKILL)  # as a kernel does that is short of memory
            for _, reading, error in pool.read_all([PAGE] * 3, profile()):
                assert (error, reading.article is None) == (None, False)
    finally:
        pool.close()


def test_readers_that_cannot_begin_are_no_fault_of_a_page() -> None:
    pool = ReadingPool(workers=1, seconds=20, megabytes=1 << 60)  # no such limit can be set
    try:
        with pytest.raises(ReadersFailed):
            list(pool.read_all([PAGE] * 3, profile()))
    finally:
        pool.close()


def test_the_languages_model_is_there_before_a_reader_begins(pool: ReadingPool) -> None:
    assert asyncio.run(pool.run(models_loaded)) == 1


def test_readings_come_in_the_order_of_their_pages(pool: ReadingPool) -> None:
    pages = [Page(f"{URL}{number}", 200, PAGE.headers, BODY, PAGE.captured_at, f"urn:uuid:{number}") for number in range(30)]
    assert [page.record_id for page, _, _ in pool.read_all(iter(pages), profile())] == [page.record_id for page in pages]


def test_what_is_no_page_is_not_carried_to_a_worker(pool: ReadingPool) -> None:
    class Film(bytes):
        """Bytes that cannot be carried: pickle finds no class of a function."""

    film = replace(PAGE, headers=(("Content-Type", "video/mp4"),), body=Film(b"\0" * 9))
    [(_, reading, error)] = pool.read_all([film], profile())
    assert (reading, error) == (Reading(readers=("no page",)), None)


def test_who_waits_for_a_page_when_the_readers_are_sent_home_is_told(tmp_path: Path) -> None:
    pool = ReadingPool(workers=1, seconds=30, megabytes=2048)
    door = tmp_path / "door"
    os.mkfifo(door)
    body = str(door).encode()
    page = replace(PAGE, headers=(HEADERS[0], ("Content-Length", str(len(body)))), body=body)

    async def wait_and_close() -> list[object]:
        waiting = [asyncio.ensure_future(pool.read(page, profile("Knocking"))) for _ in range(4)]
        knocked = asyncio.Event()
        asyncio.get_running_loop().add_reader(os.open(door, os.O_RDWR), knocked.set)
        await asyncio.wait_for(knocked.wait(), 60)  # the first is being read; the others wait in vain
        pool.close()
        return await asyncio.wait_for(asyncio.gather(*waiting, return_exceptions=True), 10)

    assert {type(one) for one in asyncio.run(wait_and_close())} == {ReadingFailed}


def test_a_page_that_the_parser_has_no_memory_for_is_told_and_is_no_empty_page() -> None:
    rows = "".join(f'<li class=comment id="comment-{at}"><b>Tendai</b><p>Comment number {at}</p></li>' for at in range(120_000))
    body = BODY + f"<ol>{rows}</ol>".encode()
    crowd = replace(PAGE, headers=(HEADERS[0], ("Content-Length", str(len(body)))), body=body)
    pool = ReadingPool(workers=1, seconds=30, megabytes=320)
    try:
        ((_, reading, error),) = pool.read_all([crowd], profile())
    finally:
        pool.close()
    assert (reading, error) == (Reading(), "more memory needed than a reader may have")


def test_what_a_worker_holds_of_other_pages_does_not_decide_what_is_read() -> None:
    """A rebuild comes to a page by another way than the crawl, and is to read the same."""
    pool = ReadingPool(workers=1, seconds=30, megabytes=1800)
    try:
        told = [error for _, _, error in pool.read_all([PAGE] * 3, profile("Hoarding"))]

        async def one() -> Reading:
            return await pool.read(PAGE, profile("Hoarding"))

        asyncio.run(one())
    finally:
        pool.close()
    assert told == [None] * 3

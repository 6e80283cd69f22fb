"""A record of other programs that is too large to be held is checked like any other, and costs a few megabytes."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsarchive.reading.pool import ReadingPool
from newsarchive.vault.imports import import_warcs
from newsarchive.vault.verify.findings import Finding
from newsarchive.vault.verify.run import verify
from newsarchive.vault.warc import sha1
from tests.conftest import connect
from tests.vault.test_imports import record

FILM = bytes(range(256)) * 280_000  # 72 MB
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n"
PLAIN = HEAD + b"\r\n" + FILM
CHUNKS = b"%x\r\n%b\r\n0\r\n\r\n" % (len(FILM), FILM)
IN_CHUNKS = HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + CHUNKS


@pytest.fixture(scope="module")
def pool() -> Iterator[ReadingPool]:
    pool = ReadingPool(workers=1, seconds=30, megabytes=1024)
    yield pool
    pool.close()


def imported(folder: Path, pool: ReadingPool, content: bytes) -> tuple[int, int, str]:
    """How many captures came in, and the last one's payload as the catalogue has it."""
    folder.mkdir()
    (folder / "film.warc.gz").write_bytes(content)
    done = import_warcs(
        folder / "archive", [folder / "film.warc.gz"], pool, operator="A <a@a.example>", progress=lambda done, total: None
    )
    connection = connect(folder / "archive" / "catalogue.db")
    row = connection.execute("SELECT payload_bytes, payload_digest FROM captures").fetchone()
    connection.close()
    return done.captures, row["payload_bytes"], row["payload_digest"]


def faults(folder: Path) -> list[str]:
    found: list[Finding] = []
    verify(folder / "archive", report=found.append, workers=1)
    return [finding.line() for finding in found]


@pytest.mark.parametrize(
    ("block", "digested"), [(PLAIN, FILM), (IN_CHUNKS, FILM), (IN_CHUNKS, CHUNKS)], ids=["plain", "in chunks", "of the chunks"]
)
def test_a_film_is_taken_in_and_verified_for_a_few_megabytes(
    pool: ReadingPool, tmp_path: Path, block: bytes, digested: bytes
) -> None:
    content = record(block=block, WARC_Block_Digest=sha1([block])[0], WARC_Payload_Digest=sha1([digested])[0])
    tracemalloc.start()
    try:
        assert imported(tmp_path / "one", pool, content) == (1, len(FILM), sha1([FILM])[0])
        assert faults(tmp_path / "one") == []
        assert tracemalloc.get_traced_memory()[1] < 24 << 20
    finally:
        tracemalloc.stop()


def test_what_is_wrong_with_a_film_is_told(pool: ReadingPool, tmp_path: Path) -> None:
    content = record(block=PLAIN, WARC_Block_Digest=sha1([PLAIN])[0], WARC_Payload_Digest=sha1([FILM])[0])
    imported(tmp_path / "cut", pool, content)
    warc = tmp_path / "cut" / "archive" / "warc" / "film.warc.gz"
    warc.write_bytes(content[:-100])
    assert any("not proven: the record at 0 is cut" in line for line in faults(tmp_path / "cut"))
    warc.write_bytes(record(block=PLAIN + b"x", WARC_Block_Digest=sha1([PLAIN])[0], WARC_Payload_Digest=sha1([FILM])[0]))
    told = faults(tmp_path / "cut")
    for what in ("not the one its block digest", f"the payload has {len(FILM) + 1} bytes", "the record's payload digest"):
        assert any(what in line for line in told), what

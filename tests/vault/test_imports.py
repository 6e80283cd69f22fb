"""Files of other tools become a part of the archive: linked, registered, read, rebuilt and verified."""

from __future__ import annotations

import gzip
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newsarchive.demo.newspaper import Newspaper
from newsarchive.demo.server import serve
from newsarchive.errors import UsageError
from newsarchive.reading.pool import ReadingPool
from newsarchive.vault.imports import Imported, import_warcs
from newsarchive.vault.rebuild import rebuild
from newsarchive.vault.verify.findings import Finding
from newsarchive.vault.verify.run import verify
from tests.conftest import connect
from tests.vault.test_rebuild import STORY, rows


@pytest.fixture(scope="module")
def pool() -> Iterator[ReadingPool]:
    pool = ReadingPool(workers=2, seconds=30, megabytes=2048)
    yield pool
    pool.close()


def take(folder: Path, pool: ReadingPool, *paths: Path) -> Imported:
    return import_warcs(folder, paths, pool, operator="A <a@a.example>", progress=lambda done, total: None)


def faults(folder: Path) -> list[str]:
    found: list[Finding] = []
    verify(folder, report=found.append, workers=1)
    return [finding.line() for finding in found]


@pytest.fixture(scope="module")
def fetched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few pages of the demo newspaper as wget keeps them."""
    if not (wget := shutil.which("wget")):
        pytest.skip("wget is not there")
    folder = tmp_path_factory.mktemp("wget")
    with serve(Newspaper(now=datetime.now(UTC))) as served:
        command = [wget, "-q", "-r", "-l", "1", "--warc-file=pages", "--delete-after", "-e", "robots=off", f"{served.url}/"]
        subprocess.run(command, cwd=folder, check=False, timeout=60)
    return folder / "pages.warc.gz"


def test_what_wget_fetched_is_read_rebuilt_and_verified(fetched: Path, pool: ReadingPool, tmp_path: Path) -> None:
    done = take(tmp_path, pool, fetched)
    connection = connect(tmp_path / "catalogue.db")
    articles, comments = (connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("articles", "comments"))
    kinds = [tuple(row) for row in connection.execute("SELECT kind, finish_reason FROM crawls")]
    connection.close()
    assert (done.files, done.sites, done.damage) == (1, 1, [])
    assert done.captures > 5
    assert articles > 3
    assert comments > 3
    assert kinds == [("import", "imported")]
    assert (tmp_path / "warc" / fetched.name).samefile(fetched)
    assert faults(tmp_path) == []
    before = rows(tmp_path / "catalogue.db")
    after = rows(rebuild(tmp_path, pool))
    for table in before:
        assert before[table] ^ after[table] == set(), table
    assert faults(tmp_path) == []
    with pytest.raises(UsageError, match="in the archive already"):
        take(tmp_path, pool, fetched)


def put(writer: WARCWriter, record: ArcWarcRecord) -> None:
    """Write a record, and close the temporary file that warcio leaves open."""
    writer.write_record(record)
    if record.raw_stream:
        record.raw_stream.close()


def written(path: Path) -> Path:
    """A file as warcio writes it: two sites, a DNS record, a chunked answer, a revisit that names no record."""
    story = f'<html><meta property="og:type" content="article"><article><h1>Bridge</h1>{STORY}</article></html>'.encode()
    chunked = b"%x\r\n%b\r\n0\r\n\r\n" % (len(story), story)
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        put(writer, writer.create_warcinfo_record(path.name, {"software": "other", "isPartOf": "a-collection"}))
        put(writer, writer.create_warc_record("dns:a.example", "response", BytesIO(b"a.example. A 192.0.2.1")))
        for host, body, extra in (
            ("a.example", story, []),
            ("b.example", chunked, [("Transfer-Encoding", "chunked")]),
        ):
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html"), *extra], protocol="HTTP/1.1")
            url = f"http://{host}/2026/11/bridge/"
            date = {"WARC-Date": "2026-11-01T00:00:00Z"}
            record = writer.create_warc_record(url, "response", BytesIO(body), http_headers=headers, warc_headers_dict=date)
            put(writer, record)
        digest = record.rec_headers.get_header("WARC-Payload-Digest")
        revisit = writer.create_revisit_record(url, digest, url, "2026-11-01T00:00:00Z", http_headers=headers)
        put(writer, revisit)
    return path


def test_what_warcio_wrote_is_read_by_site(pool: ReadingPool, tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    done = take(tmp_path / "archive", pool, written(tmp_path / "made.warc.gz"))
    connection = connect(tmp_path / "archive" / "catalogue.db")
    articles = [tuple(row) for row in connection.execute("SELECT site_id, headline FROM articles ORDER BY site_id")]
    captures = [row["record_type"] for row in connection.execute("SELECT record_type FROM captures ORDER BY warc_offset")]
    connection.close()
    assert (done.captures, done.sites) == (3, 2)
    assert articles == [("a-example", "Bridge"), ("b-example", "Bridge")]
    assert captures == ["response", "response", "revisit"]
    assert faults(tmp_path / "archive") == []


@pytest.mark.parametrize("content", [b"WARC/1.0\r\n\r\n", gzip.compress(b"WARC/1.0\r\n" * 2), b"", b"PK"])
def test_what_is_no_file_of_members_is_refused_with_what_to_do(pool: ReadingPool, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "odd.warc.gz"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=r"recompress|empty"):
        take(tmp_path / "archive", pool, path)
    assert not (tmp_path / "archive").exists()

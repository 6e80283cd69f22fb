"""Files of other tools become a part of the archive: linked, registered, read, rebuilt and verified."""

from __future__ import annotations

import gzip
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from uuid import uuid4

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
from newsarchive.vault.warc import sha1
from tests.conftest import PROJECT, connect
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
    assert (done.files, len(done.sites), done.damage) == (1, 1, [])
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
    assert (done.captures, len(done.sites)) == (3, 2)
    assert articles == [("a-example", "Bridge"), ("b-example", "Bridge")]
    assert captures == ["response", "response", "revisit"]
    assert faults(tmp_path / "archive") == []


@pytest.mark.parametrize("content", [b"WARC/1.0\r\n\r\n", gzip.compress(b"WARC/1.0\r\n" * 2, mtime=0), b"", b"PK"])
def test_what_is_no_file_of_members_is_refused_with_what_to_do(pool: ReadingPool, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "odd.warc.gz"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=r"recompress|empty"):
        take(tmp_path / "archive", pool, path)
    assert not (tmp_path / "archive").exists()


KILLED = """
import os, signal, sys
from pathlib import Path
from newsarchive.reading.pool import ReadingPool
from newsarchive.vault import imports, reread

def kill(*told):
    os.kill(os.getpid(), signal.SIGKILL)

if __name__ == "__main__":
    folder, when, *files = map(Path, sys.argv[1:])
    if when.name == "registering":
        imports.read_parts = kill
    reread.SPAN = 20_000
    pool = ReadingPool(workers=2, seconds=30, megabytes=2048)
    imports.import_warcs(folder, files, pool, operator="A <a@a.example>", progress=kill)
"""


@pytest.mark.parametrize("when", ["registering", "reading"])
def test_an_import_that_was_killed_goes_on(fetched: Path, pool: ReadingPool, tmp_path: Path, when: str) -> None:
    (tmp_path / "killed.py").write_text(KILLED)
    archive, made = tmp_path / "archive", written(tmp_path / "made.warc.gz")
    command = [sys.executable, "killed.py", str(archive), when, str(fetched), str(made)]
    killed = subprocess.run(command, cwd=tmp_path, env={"PYTHONPATH": str(PROJECT)}, capture_output=True, timeout=60)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    more = written(tmp_path / "more.warc.gz")
    done = take(archive, pool, fetched, more)
    assert (done.files, done.damage) == (3, [])
    assert faults(archive) == []
    assert rows(archive / "catalogue.db") == rows(rebuild(archive, pool, into=tmp_path / "again.db"))
    undisturbed = tmp_path / "undisturbed"
    take(undisturbed, pool, fetched, made)
    texts = "SELECT url, headline, text FROM articles ORDER BY url"
    first, second = (connect(one / "catalogue.db") for one in (archive, undisturbed))
    assert [tuple(row) for row in first.execute(texts)] == [tuple(row) for row in second.execute(texts)]
    for connection in (first, second):
        connection.close()


def record(kind: str = "response", url: str = "http://c.example/2026/11/story/", block: bytes = b"", **fields: str) -> bytes:
    """A member of a WARC file, field for field; a name's underscores stand for hyphens, `None` leaves a field out."""
    said = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:{uuid4()}>",
        "WARC-Date": "2026-11-01T00:00:00Z",
        "WARC-Target-URI": url,
        "Content-Type": "application/http; msgtype=response",
        "Content-Length": str(len(block)),
    } | {name.replace("_", "-"): value for name, value in fields.items() if name != "version"}
    head = "".join(f"{name}: {value}\r\n" for name, value in said.items() if value)
    return gzip.compress(f"WARC/{fields.get('version', '1.0')}\r\n{head}\r\n".encode() + block + b"\r\n\r\n")


STORY_PAGE = f'<html><meta property="og:type" content="article"><article><h1>Bridge</h1>{STORY}</article></html>'.encode()


def http(status: str = "HTTP/1.1 200 OK", body: bytes = STORY_PAGE) -> bytes:
    return f"{status}\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


SHAPES = {
    "ids without brackets, no digests": record(block=http(), WARC_Record_ID=f"urn:uuid:{uuid4()}"),
    "address in brackets": record(url="<http://c.example/2026/11/story/>", block=http()),
    "a pseudo status line": record(block=http("HTTP/2 200")),
    "another pseudo status line": record(block=http("HTTP/2.0 200 OK")),
    "a file that browsertrix made": b"".join(
        (
            record("warcinfo", "", b"software: Browsertrix-Crawler 1.5\r\nformat: WARC File Format 1.1\r\n", version="1.1"),
            record("resource", "urn:pageinfo:http://c.example/", b"{}", Content_Type="application/json", version="1.1"),
            record(block=http(), WARC_Resource_Type="document", WARC_Protocol="h2", version="1.1"),
            record("request", block=b"GET /2026/11/story/ HTTP/1.1\r\n\r\n", Content_Type="application/http; msgtype=request"),
            record("resource", "urn:text:http://c.example/", b"words", Content_Type="text/plain", version="1.1"),
        )
    ),
    "a file of CC-NEWS": b"".join(
        (
            record("warcinfo", "", b"isPartOf: CC-NEWS\r\npublisher: Common Crawl\r\n"),
            record("request", block=b"GET /2026/11/story/ HTTP/1.1\r\n\r\n", Content_Type="application/http; msgtype=request"),
            record(block=http(), WARC_Identified_Payload_Type="text/html"),
            record("conversion", block=b"words", Content_Type="text/plain"),
            record("metadata", block=b"fetchTimeMs: 3\r\n", Content_Type="application/warc-fields"),
        )
    ),
}


@pytest.mark.parametrize("content", SHAPES.values(), ids=SHAPES)
def test_what_other_tools_write_is_read(pool: ReadingPool, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "other.warc.gz").write_bytes(content)
    done = take(tmp_path / "archive", pool, tmp_path / "other.warc.gz")
    connection = connect(tmp_path / "archive" / "catalogue.db")
    assert [tuple(row) for row in connection.execute("SELECT site_id, headline FROM articles")] == [("c-example", "Bridge")]
    connection.close()
    assert (done.captures, done.damage) == (1, [])
    assert faults(tmp_path / "archive") == []


DAY_1, DAY_5 = "2026-11-01T00:00:00Z", "2026-11-05T00:00:00Z"
AGAIN = {
    "with a head": (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", "1.1/revisit/identical-payload-digest"),
    "without a head": (b"", "1.0/revisit/identical-payload-digest"),
    "not modified": (b"HTTP/1.1 304 Not Modified\r\n\r\n", "1.0/revisit/server-not-modified"),
}


@pytest.mark.parametrize(("block", "profile"), AGAIN.values(), ids=AGAIN)
def test_a_revisit_shows_again_what_it_refers_to(pool: ReadingPool, tmp_path: Path, block: bytes, profile: str) -> None:
    first, digest = f"<urn:uuid:{uuid4()}>", sha1([STORY_PAGE])[0]
    content = record(block=http(), WARC_Record_ID=first, WARC_Payload_Digest=digest) + record(
        "revisit",
        block=block,
        WARC_Date=DAY_5,
        WARC_Payload_Digest=digest,
        WARC_Profile=f"http://netpreserve.org/warc/{profile}",
        WARC_Refers_To=first,
        WARC_Truncated="length",
    )
    (tmp_path / "other.warc.gz").write_bytes(content)
    assert take(tmp_path / "archive", pool, tmp_path / "other.warc.gz").damage == []
    connection = connect(tmp_path / "archive" / "catalogue.db")
    seen = "SELECT first_seen, last_seen, revision_count FROM articles"
    assert [tuple(row) for row in connection.execute(seen)] == [(DAY_1, DAY_5, 0)]
    connection.close()
    assert faults(tmp_path / "archive") == []
    before = rows(tmp_path / "archive" / "catalogue.db")
    after = rows(rebuild(tmp_path / "archive", pool))
    for table in before:
        assert before[table] ^ after[table] == set(), table

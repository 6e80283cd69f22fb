"""WARC files as written: read by warcio and by hand, on full disks, and beside other processes."""

from __future__ import annotations

import base64
import fcntl
import gzip
import hashlib
import json
import re
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.recordloader import ArcWarcRecord

from newsarchive.vault.exchange import Exchange
from newsarchive.vault.warc import WarcWriter, target_uri

FILLER = Path(__file__).with_name("fill_disk.py")
REFUSED = "this WARC file takes nothing more\n"
SHARED_TOOLS = Path(__file__).parents[3] / "shared" / "tools"
WriterMaker = Callable[..., WarcWriter]
ExchangeMaker = Callable[..., Exchange]
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"
EMPTY_SHA1 = "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"


def records(path: Path) -> list[tuple[ArcWarcRecord, bytes]]:
    """The records of a file and their blocks, as warcio reads them."""
    with path.open("rb") as file:
        return [(record, record.raw_stream.read()) for record in ArchiveIterator(file, no_record_parse=True)]


def field(record: ArcWarcRecord, name: str) -> str | None:
    value: str | None = record.rec_headers.get_header(name)
    return value


def head(path: Path, number: int) -> list[str]:
    """The header lines of a record, as they stand in the file."""
    members = gzip.decompress(path.read_bytes()).split(b"WARC/1.1\r\n")
    return members[number + 1].partition(b"\r\n\r\n")[0].decode().split("\r\n")


def written(writer: WarcWriter, *exchanges: Exchange) -> Path:
    for exchange in exchanges:
        writer.keep(exchange)
    writer.close()
    return writer._folder / writer.closed[-1].name


def test_records_stand_in_order_and_hold_the_bytes_as_they_came(make_writer: WriterMaker, odd_exchanges: list[Exchange]) -> None:
    path = written(make_writer(), *odd_exchanges)
    info, *rest = records(path)
    assert info[0].rec_type == "warcinfo"
    assert field(info[0], "WARC-Filename") == path.name
    assert len(rest) == 3 * len(odd_exchanges)
    for number, exchange in enumerate(odd_exchanges):
        (response, answer), (request, asked), (metadata, _) = rest[3 * number : 3 * number + 3]
        assert [r.rec_type for r in (response, request, metadata)] == ["response", "request", "metadata"]
        exchange.response.seek(0)
        assert answer == exchange.response.read()
        assert asked == exchange.request
        assert {field(r, "WARC-Date") for r in (response, request, metadata)} == {f"2026-03-01T12:00:{number:02}.123456Z"}
        assert field(request, "WARC-Concurrent-To") == field(metadata, "WARC-Concurrent-To") == field(response, "WARC-Record-ID")
        assert {field(r, "WARC-Warcinfo-ID") for r in (response, request, metadata)} == {field(info[0], "WARC-Record-ID")}
        assert field(metadata, "WARC-Payload-Digest") is None


def test_payload_digest_is_over_the_body_without_its_chunks(make_writer: WriterMaker, odd_exchanges: list[Exchange]) -> None:
    writer = make_writer()
    captures = [writer.keep(exchange) for exchange in odd_exchanges]
    writer.close()
    plain, chunked, _, cut, *_ = captures
    assert (chunked.payload_bytes, chunked.payload_digest) == (4, "sha1:" + b32_sha1(b"<p>x"))
    assert (cut.payload_bytes, cut.payload_digest, cut.truncated) == (6, "sha1:" + b32_sha1(b"<p>cut"), "disconnect")
    assert (plain.mime, plain.status, plain.truncated) == ("text/html", 200, None)
    assert [c.payload_digest for c in captures if c.status in {204, 304}] == [EMPTY_SHA1] * 2


def test_the_payload_digest_of_chunks_stands_where_no_checker_takes_it_for_that_of_the_chunks(
    make_writer: WriterMaker, odd_exchanges: list[Exchange]
) -> None:
    _, (plain, _), _, (_, of_plain), (chunked, _), _, (_, of_chunked), *_ = records(written(make_writer(), *odd_exchanges[:2]))
    assert field(plain, "WARC-Payload-Digest") == "sha1:" + b32_sha1(plain_body(odd_exchanges[0]))
    assert b"payload-digest" not in of_plain
    assert field(chunked, "WARC-Payload-Digest") is None
    assert f"payload-digest: sha1:{b32_sha1(b'<p>x')}\r\n".encode() in of_chunked


def plain_body(exchange: Exchange) -> bytes:
    exchange.response.seek(0)
    return exchange.response.read().partition(b"\r\n\r\n")[2]


def b32_sha1(content: bytes) -> str:
    return base64.b32encode(hashlib.sha1(content).digest()).decode()


def test_an_answer_that_stops_early_is_truncated(make_writer: WriterMaker, odd_exchanges: list[Exchange]) -> None:
    assert make_writer().keep(odd_exchanges[4]).truncated == "unspecified"


def test_what_is_known_of_the_connection_is_in_the_fields(make_writer: WriterMaker, odd_exchanges: list[Exchange]) -> None:
    path = written(make_writer(), odd_exchanges[10], odd_exchanges[9])
    fields = head(path, 1)
    assert [line for line in fields if line.startswith("WARC-Protocol")] == ["WARC-Protocol: http/1.1", "WARC-Protocol: tls/1.3"]
    assert "WARC-Cipher-Suite: TLS_AES_128_GCM_SHA256" in fields
    assert "WARC-IP-Address: 2001:db8::1" in head(path, 4)
    told = records(path)[3][1].decode().split("\r\n")
    assert {"purpose: comments", "fetchTimeMs: 250", "tls-verified: false", "request-method: POST"} <= set(told)
    assert "request-body-base64: cGFnZT0yJnE9w6k=" in told


def test_nothing_from_the_web_gets_into_the_fields_as_it_is(make_writer: WriterMaker, odd_exchanges: list[Exchange]) -> None:
    writer = make_writer(info={"operator": "a\r\nrobots: ignore\x00", "na me:": "b", "none": "", "profile": '{"a":  "é"}'})
    path = written(writer, odd_exchanges[11], odd_exchanges[12])
    everything = gzip.decompress(path.read_bytes())
    assert b"\r\nX-Evil" not in everything
    assert b"secret" not in everything
    assert b"\r\nhopsFromSeed" not in everything
    assert "WARC-Target-URI: http://news.example/a%20b%0D%0AX-Evil:%201/%C3%A9?q=%3C%3E&z=%25zz" in head(path, 1)
    info = records(path)[0][1].decode().split("\r\n")
    assert {"operator: a robots: ignore", "na-me-: b", 'profile: {"a":  "é"}'} <= set(info)


@given(st.text(max_size=60))
def test_every_target_uri_has_only_the_signs_of_a_uri(text: str) -> None:
    uri = target_uri(f"http://news.example/{text}")
    assert re.fullmatch(r"http://(?:[!$&'()*+,/:;=?@A-Za-z0-9\[\]_.~-]|%[0-9A-Fa-f]{2})*", uri)
    assert target_uri(uri) == uri


def test_notes_are_about_the_crawl(make_writer: WriterMaker) -> None:
    writer = make_writer()
    record_id = writer.note("end", {"finish_reason": "finished", "name": "Zimbabwé \ud800"}, at=datetime(2026, 3, 1, tzinfo=UTC))
    record, block = records(written(writer))[1]
    assert (field(record, "WARC-Record-ID"), field(record, "WARC-Target-URI")) == (
        f"<{record_id}>",
        "metadata://newsarchive/crawl/end",
    )
    assert field(record, "Content-Type") == "application/json"
    assert json.loads(block) == {"finish_reason": "finished", "name": "Zimbabwé ?"}


def test_a_file_is_locked_until_it_is_closed(make_writer: WriterMaker, make_exchange: ExchangeMaker, tmp_path: Path) -> None:
    writer = make_writer()
    capture = writer.keep(make_exchange(ANSWER))
    writer.sync()
    living = tmp_path / "warc" / f"{capture.warc}.open"
    with living.open("rb") as file, pytest.raises(BlockingIOError):
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    writer.close()
    assert [path.name for path in (tmp_path / "warc").iterdir()] == [capture.warc]
    with pytest.raises(OSError, match="takes nothing more"):
        writer.keep(make_exchange(ANSWER))


def test_files_turn_over_between_exchanges(make_writer: WriterMaker, make_exchange: ExchangeMaker, tmp_path: Path) -> None:
    writer = make_writer(size_limit=3000)
    captures = [writer.keep(make_exchange(ANSWER)) for _ in range(10)]
    writer.close()
    assert 2 < len(writer.closed) < 10
    assert sum(closed.records for closed in writer.closed) == len(writer.closed) + 30
    assert {capture.warc for capture in captures} == {closed.name for closed in writer.closed}
    for serial, closed in enumerate(writer.closed):
        assert re.fullmatch(rf"demo-\d{{17}}-{serial:05}-host\.warc\.gz", closed.name)
        content = (tmp_path / "warc" / closed.name).read_bytes()
        assert (closed.bytes, closed.sha256) == (len(content), hashlib.sha256(content).hexdigest())
        kinds = [record.rec_type for record, _ in records(tmp_path / "warc" / closed.name)]
        assert kinds == ["warcinfo"] + ["response", "request", "metadata"] * ((len(kinds) - 1) // 3)


def test_a_crawl_without_a_capture_leaves_a_whole_file(make_writer: WriterMaker) -> None:
    assert [record.rec_type for record, _ in records(written(make_writer()))] == ["warcinfo"]


@pytest.mark.parametrize("prefix", ["", "../x", "A", "a" * 41, "a b"])
def test_names_are_made_of_safe_signs(make_writer: WriterMaker, prefix: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="name"):
        make_writer(prefix=prefix)
    writer = make_writer(hostname="bad/host\n")
    writer.close()
    assert writer.closed[0].name.endswith("-bad-host-.warc.gz")


def test_an_answer_without_a_head_is_kept(make_writer: WriterMaker, make_exchange: ExchangeMaker) -> None:
    capture = make_writer().keep(make_exchange(b"\x16\x03\x01 not HTTP"))
    assert (capture.status, capture.mime, capture.payload_bytes, capture.truncated) == (None, None, 12, "unspecified")


def test_a_large_body_stays_on_the_disk(make_writer: WriterMaker, make_exchange: ExchangeMaker) -> None:
    with TemporaryFile() as spool:
        spool.write(b"HTTP/1.1 200 OK\r\n\r\n" + b"0123456789abcdef" * (1 << 21))
        exchange = make_exchange(b"")
        exchange.response, exchange.size = spool, spool.tell()
        writer = make_writer()
        tracemalloc.start()
        capture = writer.keep(exchange)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert capture.payload_bytes == 32 << 20
    assert peak < 2 << 20


def test_an_answer_that_cannot_be_read_leaves_the_file_whole(make_writer: WriterMaker, make_exchange: ExchangeMaker) -> None:
    writer, lost = make_writer(), make_exchange(ANSWER)
    lost.response.close()
    with pytest.raises(ValueError, match="closed file"):
        writer.keep(lost)
    assert len(records(written(writer, make_exchange(ANSWER)))) == 4


def test_a_write_that_fails_leaves_whole_exchanges(tmp_path: Path) -> None:
    """The process may write no file larger than 100 kB (RLIMIT_FSIZE): the write fails with EFBIG half way in a record."""
    done = subprocess.run([sys.executable, FILLER, tmp_path / "warc", "limit"], capture_output=True, text=True, check=True)
    assert done.stdout.split(maxsplit=5) == ["ArchiveFull", "True", "True", "True", ".open", REFUSED]


def test_a_full_disk_leaves_whole_exchanges(tmp_path: Path) -> None:
    """A file system of 128 kB in memory, mounted in a name space of its own."""
    script = 'mount -t tmpfs -o size=128k none "$0" && exec "$@"'
    mount = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, tmp_path]
    try:
        subprocess.run([*mount, "true"], capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this system lets nobody mount a file system of his own")
    done = subprocess.run([*mount, sys.executable, FILLER, tmp_path, "disk"], capture_output=True, text=True, check=True)
    assert done.stdout.split(maxsplit=5) == ["ArchiveFull", "True", "True", "True", ".open", REFUSED]


def test_a_strict_checker_misses_only_the_payload_digests_of_chunked_answers(
    make_writer: WriterMaker, odd_exchanges: list[Exchange], tmp_path: Path
) -> None:
    lint = SHARED_TOOLS / "warc_lint.py"
    if not lint.exists():
        pytest.skip("the checker is not on this machine")
    writer = make_writer(size_limit=5000)
    writer.note("outcomes", {"outcomes": []}, at=datetime.now(UTC))
    written(writer, *odd_exchanges)
    done = subprocess.run([sys.executable, lint, "--strict", tmp_path], capture_output=True, text=True, check=False)
    misses = [line for line in done.stdout.splitlines() if "no WARC-Payload-Digest on a response record" in line]
    assert done.stdout.splitlines() == misses, "docs/decisions/0003"
    assert len(misses) == sum(b"Transfer-Encoding: chunked" in exchange.response.getvalue() for exchange in odd_exchanges)

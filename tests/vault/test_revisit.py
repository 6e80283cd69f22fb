"""Revisits: what a site says, or shows, to be as it was is kept once, and read as if it were there again."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from newsarchive.vault.exchange import Capture, Exchange, Original
from newsarchive.vault.kept import Kept
from newsarchive.vault.members import Members
from newsarchive.vault.replay import page_at, read_warc
from newsarchive.vault.through import take
from tests.vault.conftest import AT, PAGE, ExchangeMaker, WriterMaker

HEAD = b'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nETag: "1"\r\nContent-Length: %d\r\n\r\n' % len(PAGE)
LATER = b'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nETag: "2"\r\nContent-Length: %d\r\n\r\n' % len(PAGE)
CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n0\r\n\r\n" % (
    len(PAGE),
    PAGE,
)
NOT_MODIFIED = b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\n'
AFTER = AT + timedelta(days=30)


def original_of(capture: Capture) -> Original:
    return Original(
        capture.record_id,
        capture.url,
        capture.captured_at,
        capture.warc,
        capture.offset,
        capture.length,
        capture.payload_digest,
        capture.payload_bytes,
    )


@pytest.fixture
def original(make_writer: WriterMaker, make_exchange: ExchangeMaker) -> Original:
    """The page as it was captured first, in a file that is closed."""
    writer = make_writer()
    capture = writer.keep(make_exchange(HEAD + PAGE))
    writer.close()
    return original_of(capture)


def kept(make_writer: WriterMaker, exchange: Exchange, original: Original | None) -> Capture:
    writer = make_writer(serial=1, known=lambda digest, url: original)
    capture = writer.keep(exchange)
    writer.close()
    return capture


@pytest.mark.parametrize("answer", [LATER + PAGE, CHUNKED], ids=["of a length", "chunked"])
def test_an_identical_body_is_kept_once_and_its_new_head_beside(
    make_writer: WriterMaker, make_exchange: ExchangeMaker, original: Original, tmp_path: Path, answer: bytes
) -> None:
    capture = kept(make_writer, make_exchange(answer, began_at=AFTER), original)
    assert (capture.record_type, capture.revisit_of, capture.truncated) == ("revisit", original.record_id, None)
    assert (capture.payload_digest, capture.payload_bytes) == (original.payload_digest, len(PAGE))
    with (tmp_path / "warc" / capture.warc).open("rb") as file:
        record = take(Members(file.fileno()), capture.offset)
    assert record is not None
    assert record.block == answer.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
    assert record.fields["WARC-Profile"] == "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
    assert record.fields["WARC-Truncated"] == "length"  # WARC 1.1, section 6.7.2
    assert record.fields["WARC-Payload-Digest"] == original.payload_digest
    assert record.fields["WARC-Refers-To-Target-URI"] == original.url
    assert record.fields["WARC-Refers-To-Date"] == "2026-03-01T12:00:00.123456Z"
    page = page_at(tmp_path / "warc", capture.warc, capture.offset, capture.length)
    assert (page.body, page.status, page.whole) == (PAGE, 200, True)
    assert (page.captured_at, page.ages_from) == (AFTER, AT)
    assert page.header("etag") == ('"2"' if answer.startswith(LATER) else None)


def test_a_304_shows_the_page_that_is_still_the_same(
    make_writer: WriterMaker, make_exchange: ExchangeMaker, original: Original, tmp_path: Path
) -> None:
    capture = kept(make_writer, make_exchange(NOT_MODIFIED, began_at=AFTER, asked_since=original), None)
    assert (capture.record_type, capture.status, capture.revisit_of) == ("revisit", 304, original.record_id)
    with (tmp_path / "warc" / capture.warc).open("rb") as file:
        record = take(Members(file.fileno()), capture.offset)
    assert record is not None
    assert record.block == NOT_MODIFIED
    assert record.fields["WARC-Profile"] == "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
    page = page_at(tmp_path / "warc", capture.warc, capture.offset, capture.length)
    assert (page.body, page.status, page.record_id) == (PAGE, 200, capture.record_id)
    assert (page.captured_at, page.ages_from) == (AFTER, AT)


def test_a_304_that_nobody_asked_for_is_what_it_is(make_writer: WriterMaker, make_exchange: ExchangeMaker) -> None:
    capture = kept(make_writer, make_exchange(NOT_MODIFIED), None)
    assert (capture.record_type, capture.revisit_of, capture.payload_bytes) == ("response", None, 0)


@pytest.mark.parametrize(
    "answer",
    [HEAD + PAGE[:-9], HEAD.replace(b"200 OK", b"404 Not Found") + PAGE, b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"],
    ids=["cut", "not found", "a few bytes"],
)
def test_what_is_kept_as_it_came(
    make_writer: WriterMaker, make_exchange: ExchangeMaker, original: Original, answer: bytes
) -> None:
    assert kept(make_writer, make_exchange(answer), original).record_type == "response"


def test_a_replay_gives_the_capture_and_the_page_that_the_crawl_had(
    make_writer: WriterMaker, make_exchange: ExchangeMaker, original: Original, tmp_path: Path
) -> None:
    for exchange in (make_exchange(CHUNKED), make_exchange(NOT_MODIFIED, asked_since=original)):
        capture = kept(make_writer, exchange, original)
        [again] = [one for one in read_warc(tmp_path / "warc" / capture.warc) if isinstance(one, Kept)]
        assert (again.capture, again.intact) == (capture, True)
        assert again.page.body == PAGE
        (tmp_path / "warc" / capture.warc).unlink()


def test_a_revisit_of_what_is_not_there_any_more_is_damaged(
    make_writer: WriterMaker, make_exchange: ExchangeMaker, original: Original, tmp_path: Path
) -> None:
    capture = kept(make_writer, make_exchange(CHUNKED), original)
    (tmp_path / "warc" / original.warc).unlink()
    [again] = [one for one in read_warc(tmp_path / "warc" / capture.warc) if isinstance(one, Kept)]
    assert not again.intact
    assert again.capture == capture

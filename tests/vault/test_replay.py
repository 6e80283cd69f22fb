"""What was written comes back as it was: pages, captures, notes, by sequence and by place."""

from __future__ import annotations

import dataclasses
import gzip
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsarchive.errors import DamagedRecord
from newsarchive.vault.exchange import Capture, Exchange
from newsarchive.vault.kept import Kept
from newsarchive.vault.message import decode_body, make_page, parse_response
from newsarchive.vault.replay import CrawlInfo, Note, page_at, read_warc, whole_part
from newsarchive.vault.warc import WarcWriter

WriterMaker = Callable[..., WarcWriter]
ExchangeMaker = Callable[..., Exchange]
PAGE = "<html><title>Nhau</title><p>mhoro, “world”</p></html>".encode() * 20


@pytest.fixture
def kept(make_writer: WriterMaker, odd_exchanges: list[Exchange], tmp_path: Path) -> tuple[Path, list[Capture]]:
    """A closed file with every odd exchange, and the captures that the writer gave."""
    writer = make_writer()
    captures = [writer.keep(exchange) for exchange in odd_exchanges]
    writer.note("end", {"finish_reason": "finished", "n": 1}, at=datetime(2026, 3, 2, tzinfo=UTC))
    writer.close()
    return tmp_path / "warc" / writer.closed[0].name, captures


def test_a_file_gives_back_what_was_kept(kept: tuple[Path, list[Capture]], odd_exchanges: list[Exchange]) -> None:
    path, captures = kept
    info, *middle, end = read_warc(path)
    assert isinstance(info, CrawlInfo)
    assert (info.warc, info.fields["isPartOf"], info.fields["robots"]) == (path.name, "demo-1", "obey")
    assert end == Note("end", {"finish_reason": "finished", "n": 1}, datetime(2026, 3, 2, tzinfo=UTC))
    exchanges = [record for record in middle if isinstance(record, Kept)]
    assert [record.capture for record in exchanges] == captures
    assert all(record.intact for record in exchanges)
    assert [record.hop for record in exchanges] == [exchange.hop for exchange in odd_exchanges]
    assert exchanges[2].via == "http://news.example/"


def test_a_page_is_the_one_the_crawl_saw(kept: tuple[Path, list[Capture]], odd_exchanges: list[Exchange]) -> None:
    path, captures = kept
    pages = [record.page for record in read_warc(path) if isinstance(record, Kept)]
    for page, capture, exchange in zip(pages, captures, odd_exchanges, strict=True):
        exchange.response.seek(0)
        raw = exchange.response.read()
        place = {"url": capture.url, "captured_at": capture.captured_at, "record_id": capture.record_id}
        assert page == make_page(raw, request=exchange.request, **place)
        assert page == page_at(path.parent, capture.warc, capture.offset, capture.length)
        assert page.body == decode_body(parse_response(raw))[0]
        assert page.captured_at == exchange.began_at
    assert [pages[0].body, pages[2].body] == [PAGE, PAGE]
    assert [number for number, page in enumerate(pages) if not page.whole] == [3, 4, 5]
    assert (pages[10].method, pages[10].request_body) == ("POST", b"page=2&q=\xc3\xa9")
    assert pages[9].headers == (("X-Latin", "café"), ("x-lATIN", "ÿ"), ("Fold", "a b"))


def test_the_place_of_a_capture_is_its_gzip_member(kept: tuple[Path, list[Capture]]) -> None:
    path, captures = kept
    content = path.read_bytes()
    for capture in captures:
        record = gzip.decompress(content[capture.offset : capture.offset + capture.length])
        assert record.startswith(b"WARC/1.1\r\nWARC-Type: response\r\n")
        assert capture.record_id.encode() in record
        assert record.endswith(b"\r\n\r\n")


def test_a_crawl_s_open_file_can_be_read(make_writer: WriterMaker, make_exchange: ExchangeMaker, tmp_path: Path) -> None:
    writer = make_writer()
    capture = writer.keep(make_exchange(b"HTTP/1.1 200 OK\r\n\r\nhi"))
    page = page_at(tmp_path / "warc", capture.warc, capture.offset, capture.length)
    assert page.body == b"hi"
    open_file = tmp_path / "warc" / f"{capture.warc}.open"
    assert [type(record) for record in read_warc(open_file)] == [CrawlInfo, Kept]
    writer.close()
    assert page_at(tmp_path / "warc", capture.warc, capture.offset, capture.length) == page


def test_an_answer_without_a_head_is_a_page_of_status_0(
    make_writer: WriterMaker, make_exchange: ExchangeMaker, tmp_path: Path
) -> None:
    writer = make_writer()
    capture = writer.keep(make_exchange(b"<html>no head", elapsed=1.0))
    writer.close()
    page = page_at(tmp_path / "warc", capture.warc, capture.offset, capture.length)
    assert (page.status, page.headers, page.body, page.whole) == (0, (), b"<html>no head", False)
    assert [r.capture for r in read_warc(tmp_path / "warc" / capture.warc) if isinstance(r, Kept)] == [capture]


@pytest.mark.parametrize("warc", ["../x.warc.gz", "/etc/x.warc.gz", "..", "", "x.warc.gz\x00", "catalogue.db", "gone.warc.gz"])
def test_only_files_of_the_folder_are_opened(tmp_path: Path, warc: str) -> None:
    (tmp_path / "warc").mkdir()
    (tmp_path / "x.warc.gz").write_bytes(b"")
    with pytest.raises(DamagedRecord):
        page_at(tmp_path / "warc", warc, 0, 10)


@pytest.mark.parametrize(
    "lie",
    [{"offset": 0}, {"offset": 1}, {"offset": -1}, {"offset": 1 << 40}, {"length": 5}, {"length": 0}, {"length": 1 << 40}],
)
def test_a_place_that_is_none(kept: tuple[Path, list[Capture]], lie: dict[str, int]) -> None:
    path, captures = kept
    false = dataclasses.replace(captures[3], **lie)
    with pytest.raises(DamagedRecord, match=false.warc):
        page_at(path.parent, false.warc, false.offset, false.length)


def test_a_place_of_a_request_is_no_capture(kept: tuple[Path, list[Capture]]) -> None:
    path, captures = kept
    request = captures[0].offset + captures[0].length
    with pytest.raises(DamagedRecord, match="no capture"):
        page_at(path.parent, path.name, request, captures[1].offset - request)


def test_a_long_file_does_not_fill_the_memory(make_writer: WriterMaker, make_exchange: ExchangeMaker, tmp_path: Path) -> None:
    writer = make_writer()
    for _ in range(60):
        writer.keep(make_exchange(b"HTTP/1.1 200 OK\r\n\r\n" + bytes(500_000)))
    writer.close()
    tracemalloc.start()
    count = sum(1 for _ in read_warc(tmp_path / "warc" / writer.closed[0].name))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 61
    assert peak < 6_000_000


def test_the_end_of_the_last_whole_exchange(make_writer: WriterMaker, make_exchange: ExchangeMaker, tmp_path: Path) -> None:
    writer = make_writer()
    first, second = (writer.keep(make_exchange(b"HTTP/1.1 200 OK\r\n\r\nhi")) for _ in range(2))
    writer.close()
    path = tmp_path / "warc" / first.warc
    whole = path.read_bytes()
    assert whole_part(path)[0] == len(whole)
    path.write_bytes(whole[: second.offset + second.length])
    assert whole_part(path)[0] == second.offset
    path.write_bytes(b"")
    assert whole_part(path)[0] == 0

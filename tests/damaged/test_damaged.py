"""WARC files that are cut, that lie, or whose writer was killed: what was whole is read, the rest is told."""

from __future__ import annotations

import fcntl
import gzip
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsarchive.errors import DamagedRecord
from newsarchive.items import Page
from newsarchive.vault import replay
from newsarchive.vault.kept import Kept
from newsarchive.vault.replay import CrawlInfo, Note, page_at, read_warc, whole_part

RecordMaker = Callable[..., bytes]
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
WRITER = Path(__file__).with_name("write_until_killed.py")


def read_all(path: Path) -> tuple[list[CrawlInfo | Kept | Note], bool]:
    """What can be read of a file, and whether it ends in damage."""
    records = []
    try:
        for record in read_warc(path):
            records.append(record)
    except DamagedRecord:
        return records, True
    return records, False


def lying(tmp_path: Path, *members: bytes) -> Path:
    path = tmp_path / "lying-20260301000000000-00000-host.warc.gz"
    path.write_bytes(b"".join(members))
    return path


def test_a_file_cut_anywhere_gives_its_whole_exchanges(whole: Any) -> None:
    last = whole.captures[2]
    after_response = last.offset + last.length
    for end in range(last.offset + 1, len(whole.content), 3):
        whole.path.write_bytes(whole.content[:end])
        records, damaged = read_all(whole.path)
        assert len(records) == (4 if end >= after_response else 3)
        assert whole_part(whole.path)[0] == last.offset
        assert damaged or whole.content[end : end + 2] == b"\x1f\x8b"


@pytest.mark.parametrize("tail", [b"\x00" * 4096, b"garbage", b"\x1f\x8b", b"\n"])
def test_what_stands_behind_the_last_record_is_told(whole: Any, tail: bytes) -> None:
    whole.path.write_bytes(whole.content + tail)
    records, damaged = read_all(whole.path)
    assert (len(records), damaged, whole_part(whole.path)[0]) == (4, True, len(whole.content))


def test_a_changed_byte_is_found(whole: Any) -> None:
    second = whole.captures[1]
    place = second.offset + second.length // 2
    content = bytearray(whole.content)
    content[place] ^= 1
    whole.path.write_bytes(content)
    records, damaged = read_all(whole.path)
    assert (len(records), damaged) == (2, True)
    with pytest.raises(DamagedRecord):
        page_at(whole.path.parent, second.warc, second.offset, second.length)


def test_an_empty_file_holds_nothing(tmp_path: Path) -> None:
    assert read_all(lying(tmp_path)) == ([], False)


def test_changed_bytes_with_a_new_checksum_are_not_intact(whole: Any) -> None:
    """Who rewrites a member makes its CRC right; the digests in the record are still those of the old bytes."""
    first = whole.captures[0]
    end = first.offset + first.length
    forged = gzip.compress(gzip.decompress(whole.content[first.offset : end]).replace(b"<p>page", b"<p>edit"))
    whole.path.write_bytes(whole.content[: first.offset] + forged + whole.content[end:])
    records, damaged = read_all(whole.path)
    assert not damaged
    assert [record.intact for record in records if isinstance(record, Kept)] == [False, True, True]
    with pytest.raises(DamagedRecord, match="digest"):
        page_at(whole.path.parent, first.warc, first.offset, len(forged))


@pytest.mark.parametrize(
    "fields",
    [
        {"Content_Length": "5"},
        {"Content_Length": "5000"},
        {"Content_Length": "-1"},
        {"Content_Length": "many"},
        {"Content_Length": None},
        {"WARC_Date": "yesterday"},
        {"WARC_Date": None},
        {"WARC_Type": None},
        {"WARC_Record_ID": None},
    ],
)
def test_a_record_that_lies_is_damage(tmp_path: Path, make_record: RecordMaker, fields: dict[str, str | None]) -> None:
    good = make_record(WARC_Type="warcinfo", WARC_Record_ID="<urn:uuid:a>")
    records, damaged = read_all(lying(tmp_path, good, make_record(**fields)))
    assert ([type(record) for record in records], damaged) == ([CrawlInfo], True)


@pytest.mark.parametrize("member", [b"not a record", b"", b"WARC/1.1\r\n\r\n", b"WARC/9.9\r\nContent-Length: 0\r\n\r\n\r\n\r\n"])
def test_a_member_without_a_record_is_damage(tmp_path: Path, member: bytes) -> None:
    assert read_all(lying(tmp_path, gzip.compress(member))) == ([], True)


def test_two_records_in_one_member_are_damage(tmp_path: Path, make_record: RecordMaker) -> None:
    both = gzip.compress(gzip.decompress(make_record()) * 2)
    assert read_all(lying(tmp_path, both)) == ([], True)


def test_a_note_that_is_no_json_is_damage(tmp_path: Path, make_record: RecordMaker) -> None:
    note = make_record(b"{", WARC_Type="metadata", WARC_Target_URI="metadata://newsarchive/crawl/end")
    assert read_all(lying(tmp_path, note)) == ([], True)


def test_a_bomb_is_read_through_and_never_held(tmp_path: Path, make_record: RecordMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replay, "HELD", 1 << 20)  # the real limit would cost the test 65 MiB
    (bomb,), damaged = read_all(lying(tmp_path, make_record(ANSWER + bytes(4 << 20))))
    assert isinstance(bomb, Kept)
    assert isinstance(bomb.page, Page)
    assert (bomb.page.body, bomb.page.whole) == (b"", False)
    assert (bomb.capture.payload_bytes, damaged) == (4 << 20, False)
    (small,), _ = read_all(lying(tmp_path, make_record(ANSWER + bytes(1 << 19))))
    assert isinstance(small, Kept)
    assert isinstance(small.page, Page)
    assert len(small.page.body) == 1 << 19


def test_records_of_another_crawler_are_read(tmp_path: Path, make_record: RecordMaker) -> None:
    """No metadata, no digests, an unknown purpose, a date without a fraction."""
    response = make_record(WARC_Truncated="whatever")
    (kept,), damaged = read_all(lying(tmp_path, response))
    assert isinstance(kept, Kept)
    assert not damaged
    assert (kept.capture.purpose, kept.capture.truncated, kept.page.method, kept.page.body) == ("other", None, "GET", b"hi")
    assert kept.intact


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(place=st.integers(0, 5000), change=st.binary(min_size=1, max_size=8))
def test_no_change_breaks_the_reader(whole: Any, place: int, change: bytes) -> None:
    place %= len(whole.content)
    whole.path.write_bytes(whole.content[:place] + change + whole.content[place + len(change) :])
    records, damaged = read_all(whole.path)
    unchanged = whole.content[place : place + len(change)] == change
    assert damaged or unchanged or len(records) == 4


def test_a_killed_writer_leaves_what_it_had_synced(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, WRITER, tmp_path], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout
        safe = [next(writer.stdout).strip() for _ in range(6)]
        writer.kill()
        safe += [line.strip() for line in writer.stdout]
    closed, (living,) = sorted(tmp_path.glob("*.warc.gz")), tmp_path.glob("*.open")
    records = [record for path in closed for record in read_warc(path)] + read_all(living)[0]
    urls = [record.capture.url for record in records if isinstance(record, Kept)]
    assert set(safe) <= set(urls)
    assert urls == [f"http://news.example/{number}" for number in range(len(urls))]
    with living.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

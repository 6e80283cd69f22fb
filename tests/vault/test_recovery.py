"""Files that a crash left get whole, and their final name."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from newsarchive.errors import DamagedRecord
from newsarchive.vault.exchange import Exchange
from newsarchive.vault.kept import Kept
from newsarchive.vault.recovery import account, recover
from newsarchive.vault.replay import read_warc
from newsarchive.vault.warc import WarcWriter

WriterMaker = Callable[..., WarcWriter]
ANSWER = b"HTTP/1.1 200 OK\r\n\r\nhi"


@pytest.fixture
def written(make_writer: WriterMaker, make_exchange: Callable[..., Exchange]) -> WarcWriter:
    writer = make_writer()
    for _ in range(3):
        writer.keep(make_exchange(ANSWER))
    return writer


def test_a_closed_file_accounts_for_itself(written: WarcWriter, tmp_path: Path) -> None:
    written.close()
    (closed,) = written.closed
    again = account(tmp_path / "warc" / closed.name)
    assert replace(again, closed_at=closed.closed_at) == closed


def test_a_living_crawl_keeps_its_file(written: WarcWriter, tmp_path: Path) -> None:
    (path,) = (tmp_path / "warc").iterdir()
    before = path.read_bytes()
    assert recover(path) is None
    assert path.read_bytes() == before


def test_a_file_that_a_crash_left_is_cut_back_and_finished(written: WarcWriter, tmp_path: Path) -> None:
    written.close()
    path = tmp_path / "warc" / written.closed[0].name
    left = path.rename(path.with_name(f"{path.name}.open"))
    left.write_bytes(left.read_bytes()[:-3])
    closed = recover(left)
    assert closed
    assert (closed.name, closed.records, closed.bytes) == (path.name, 7, path.stat().st_size)
    assert list((tmp_path / "warc").iterdir()) == [path]
    assert sum(isinstance(record, Kept) for record in read_warc(path)) == 2


def test_what_has_a_row_is_kept_where_the_disk_lost_the_rest_of_its_exchange(written: WarcWriter, tmp_path: Path) -> None:
    written.close()
    path = tmp_path / "warc" / written.closed[0].name
    last = [record.capture for record in read_warc(path) if isinstance(record, Kept)][-1]
    left = path.rename(path.with_name(f"{path.name}.open"))
    left.write_bytes(left.read_bytes()[: last.offset + last.length + 9])
    closed = recover(left, known=last.offset + last.length)
    assert closed
    assert (closed.bytes, closed.records) == (last.offset + last.length, 8)
    assert [record.capture.record_id for record in read_warc(path) if isinstance(record, Kept)][-1] == last.record_id


def test_a_file_that_lost_what_has_a_row_is_left_as_it_is(written: WarcWriter, tmp_path: Path) -> None:
    written.close()
    path = tmp_path / "warc" / written.closed[0].name
    last = [record.capture for record in read_warc(path) if isinstance(record, Kept)][-1]
    left = path.rename(path.with_name(f"{path.name}.open"))
    left.write_bytes(left.read_bytes()[: last.offset + 9])
    with pytest.raises(DamagedRecord, match="is damaged behind"):
        recover(left, known=last.offset + last.length)
    assert left.exists()


def test_a_file_without_anything_whole_goes(tmp_path: Path) -> None:
    path = tmp_path / "demo-20260301000000000-00000-host.warc.gz.open"
    path.write_bytes(b"\x1f\x8b\x08")
    assert recover(path) is None
    assert list(tmp_path.iterdir()) == []


def test_a_finished_file_is_never_replaced(tmp_path: Path, written: WarcWriter) -> None:
    written.close()
    path = tmp_path / "warc" / written.closed[0].name
    left = path.with_name(f"{path.name}.open")
    left.write_bytes(path.read_bytes())
    with pytest.raises(FileExistsError):
        recover(left)
    assert path.exists()


def test_what_a_link_leads_to_is_never_cut(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_bytes(b"somebody's")
    (tmp_path / "a.warc.gz.open").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(DamagedRecord, match="no file of its own"):
        recover(tmp_path / "a.warc.gz.open")
    assert (tmp_path / "elsewhere").read_bytes() == b"somebody's"


def test_what_is_no_file_is_left_alone(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.warc.gz.open")
    with pytest.raises(DamagedRecord, match="no file of its own"):
        recover(tmp_path / "a.warc.gz.open")

"""Bytes before rows: at every moment, what the catalogue says stands in a file already."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest

from newsarchive.errors import Locked, UnsafeFolder
from newsarchive.items import Profile
from newsarchive.vault import archivist
from newsarchive.vault.archivist import Archivist
from newsarchive.vault.exchange import Exchange
from newsarchive.vault.kept import Kept
from newsarchive.vault.replay import CrawlInfo, Note, page_at, read_warc
from tests.conftest import PROJECT, Visited, connect

PROFILE = Profile(site="gazette-example", start_urls=("https://gazette.example/",))


def open_archive(folder: Path, **options: int) -> Archivist:
    return Archivist(
        folder, PROFILE, info={"operator": "A. Tester"}, config={}, kind="visit", size_limit=options.get("size_limit", 10**9)
    )


def an_exchange(number: int, body: bytes = b"Mhoroi") -> Exchange:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)
    request = b"GET /%d HTTP/1.1\r\nHost: gazette.example\r\n\r\n" % number
    url = f"https://gazette.example/{number}"
    return Exchange(url, "GET", request, BytesIO(answer), len(answer), datetime.now(UTC), 0.01, "article", ip_address="192.0.2.1")


def captures(folder: Path) -> list[sqlite3.Row]:
    connection = connect(folder / "catalogue.db")
    found = connection.execute("SELECT * FROM captures ORDER BY captured_at").fetchall()
    connection.close()
    return found


def test_rows_wait_for_their_bytes(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    archive.keep(an_exchange(1))
    assert captures(tmp_path) == []
    archive.commit()
    (row,) = captures(tmp_path)
    page = page_at(tmp_path / "warc", row["warc_id"], row["warc_offset"], row["warc_length"])
    assert (page.body, page.record_id, page.url) == (b"Mhoroi", row["id"], row["url"])
    archive.close("finished", {})
    archive.release()


def test_a_group_is_committed_when_it_is_full(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    for number in range(archivist.GROUP_RECORDS):
        archive.keep(an_exchange(number))
    assert len(captures(tmp_path)) == archivist.GROUP_RECORDS
    archive.release()


def test_the_order_is_sync_then_commit(tmp_path: Path) -> None:
    """Seen from outside, by the system calls: every COMMIT's write to the catalogue comes after the WARC's fdatasync."""
    script = (
        "import os, sys; sys.path.insert(0, sys.argv[2])\n"
        "calls = []\n"
        "sync = os.fdatasync\n"
        "os.fdatasync = lambda fd: (calls.append('sync'), sync(fd))[1]\n"
        "from pathlib import Path\n"
        "from tests.vault.test_archivist import an_exchange, open_archive\n"
        "archive = open_archive(Path(sys.argv[1]))\n"
        "archive.connection.set_trace_callback(lambda sql: calls.append(sql) if sql == 'COMMIT' else None)\n"
        "calls.clear()\n"
        "for number in range(3):\n"
        "    archive.keep(an_exchange(number)); archive.commit()\n"
        "print(calls)\n"
        "os._exit(9)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, tmp_path, PROJECT], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.stdout.strip() == str([*["sync"] * 3, "COMMIT"] * 3), done.stderr
    assert len(captures(tmp_path)) == 3


def test_one_crawl_of_a_site_at_a_time(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    with pytest.raises(Locked, match="another crawl of this site"):
        open_archive(tmp_path)
    archive.close("finished", {})
    archive.release()
    open_archive(tmp_path).release()


def test_a_crawl_tells_of_itself_in_its_files(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    archive.keep(an_exchange(1))
    archive.miss("https://gone.example/", "dns", "no such host")
    archive.close("finished", {"newsarchive/captures": 1})
    archive.release()
    (path,) = (tmp_path / "warc").glob("*.warc.gz")
    info, kept, outcomes, end = read_warc(path)
    assert isinstance(info, CrawlInfo)
    assert isinstance(kept, Kept)
    assert isinstance(outcomes, Note)
    assert isinstance(end, Note)
    assert info.fields["operator"] == "A. Tester"
    assert Profile.from_json(json.loads(info.fields["newsarchive-profile"])) == PROFILE
    assert outcomes.value["outcomes"][0]["kind"] == "dns"
    assert (end.kind, end.value["finish_reason"]) == ("end", "finished")


def test_files_are_turned_over_by_size_and_chained_in_the_manifest(tmp_path: Path) -> None:
    archive = open_archive(tmp_path, size_limit=20_000)
    for number in range(6):
        archive.keep(an_exchange(number, os.urandom(9_000)))
    archive.close("finished", {})
    archive.release()
    names = sorted(path.name for path in (tmp_path / "warc").iterdir())
    assert len(names) >= 3
    assert all(name.endswith(".warc.gz") for name in names)
    listed = [json.loads(line)["name"] for line in (tmp_path / "manifest.jsonl").read_text(encoding="utf-8").splitlines()]
    assert sorted(listed) == names
    assert {row["warc_id"] for row in captures(tmp_path)} <= set(names)


def test_every_row_of_a_real_crawl_points_at_its_record(visited: Visited) -> None:
    rows = captures(visited.folder)
    assert len(rows) > 100
    for row in rows:
        page = page_at(visited.folder / "warc", row["warc_id"], row["warc_offset"], row["warc_length"])
        status = 200 if row["record_type"] == "revisit" else row["status"]  # a 304 shows the page that it says is still the same
        assert (page.record_id, page.url, page.status) == (row["id"], row["url"], status)


def test_a_folder_that_everybody_may_write_into_is_refused(tmp_path: Path) -> None:
    (tmp_path / "warc").mkdir()
    (tmp_path / "warc").chmod(0o777)
    with pytest.raises(UnsafeFolder, match="everybody may write into"):
        open_archive(tmp_path)

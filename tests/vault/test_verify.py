"""Whatever is changed in an archive, a verification finds it, and says where; what is as it was, it lets pass."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner

from newsarchive.cli import main
from newsarchive.errors import Locked, UsageError
from newsarchive.items import Profile
from newsarchive.vault import locks
from newsarchive.vault.archivist import Archivist
from newsarchive.vault.exchange import Exchange
from newsarchive.vault.recovery import recover
from newsarchive.vault.verify.findings import Finding
from newsarchive.vault.verify.run import Summary, verify
from tests.conftest import Visited

Change = Callable[[sqlite3.Connection], object]
FIRST_ARTICLE = "SELECT * FROM captures WHERE purpose = 'article' ORDER BY captured_at, id LIMIT 1"


@pytest.fixture
def archive(visited: Visited, tmp_path: Path) -> Path:
    """A copy of the demo newspaper's archive after three visits, to be damaged."""
    folder = tmp_path / "archive"
    folder.mkdir()
    shutil.copytree(visited.folder / "warc", folder / "warc")
    shutil.copy(visited.folder / "manifest.jsonl", folder)
    shutil.copy(visited.catalogues[2], folder / "catalogue.db")
    return folder


def checked(folder: Path, *, quick: bool = False, copy: Path | None = None, workers: int = 1) -> tuple[list[Finding], Summary]:
    found: list[Finding] = []
    summary = verify(folder, report=found.append, quick=quick, copy=copy, workers=workers)
    assert summary.faults == sum(finding.fault for finding in found)
    return found, summary


def faults(folder: Path, *, quick: bool = False, copy: Path | None = None) -> list[Finding]:
    return [finding for finding in checked(folder, quick=quick, copy=copy)[0] if finding.fault]


def change(folder: Path, *statements: str) -> None:
    with closing(sqlite3.connect(folder / "catalogue.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        for statement in statements:
            connection.execute(statement)


def row(folder: Path, sql: str) -> sqlite3.Row:
    with closing(sqlite3.connect(folder / "catalogue.db")) as connection:
        connection.row_factory = sqlite3.Row
        found: sqlite3.Row = connection.execute(sql).fetchone()
        return found


def flip(path: Path, place: int) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("workers", [1, 2])
def test_an_archive_as_it_was_kept_is_clean(archive: Path, workers: int) -> None:
    found, summary = checked(archive, workers=workers)
    captures = row(archive, "SELECT count(*) FROM captures")[0]
    records = row(archive, "SELECT sum(records) FROM warcs")[0]
    size = sum(path.stat().st_size for path in (archive / "warc").iterdir())
    assert found == []
    assert (summary.files, summary.bytes, summary.records, summary.captures) == (3, size, records, captures)
    assert checked(archive, quick=True)[0] == []


@pytest.mark.parametrize("part", ["in the response", "in the request", "in its gzip header", "in its last byte"])
def test_one_flipped_byte_is_named_by_file_offset_and_address(archive: Path, part: str) -> None:
    capture = row(archive, FIRST_ARTICLE)
    begin, behind = capture["warc_offset"], capture["warc_offset"] + capture["warc_length"]
    place = {
        "in the response": begin + 1000,
        "in the request": behind + 20,
        "in its gzip header": begin + 9,
        "in its last byte": behind - 1,
    }
    path = archive / "warc" / capture["warc_id"]
    flip(path, place[part])
    whole, *located = sorted(faults(archive), key=lambda finding: finding.offset or 0)
    assert (whole.place, whole.offset) == (path.name, None)
    assert [(one.place, one.offset, one.url) for one in located] == [
        (path.name, behind if part == "in the request" else begin, capture["url"])
    ]
    assert faults(archive, quick=True) == []


def test_damage_hides_nothing_behind_it(archive: Path) -> None:
    """Bytes overwritten across several records: each capture that is hit is told, each behind it is still checked."""
    first = row(archive, FIRST_ARTICLE)
    path = archive / "warc" / first["warc_id"]
    content = bytearray(path.read_bytes())
    begin, end = first["warc_offset"] + 50, first["warc_offset"] + 40_000
    content[begin:end] = bytes(end - begin)
    path.write_bytes(content)
    with closing(sqlite3.connect(archive / "catalogue.db")) as connection:
        places = connection.execute("SELECT url, warc_offset FROM captures WHERE warc_id = ? ORDER BY warc_offset", [path.name])
        hit = [url for url, offset in places if first["warc_offset"] <= offset < end]
        last = connection.execute("SELECT url FROM captures WHERE warc_id = ? ORDER BY warc_offset DESC", [path.name]).fetchone()
    change(archive, f"UPDATE captures SET captured_at = '2001' WHERE url = '{last[0]}' AND warc_id = '{path.name}'")
    located = [finding.url for finding in faults(archive) if finding.offset is not None]
    assert len(hit) > 2
    assert located == [*hit, last[0]]


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE captures SET id = 'urn:uuid:x' WHERE id = :id", "the catalogue says id urn:uuid:x"),
        ("UPDATE captures SET url = 'http://a.example/' WHERE id = :id", "the catalogue says url http://a.example/"),
        ("UPDATE captures SET captured_at = '2026-01-01T00:00:00Z' WHERE id = :id", "says captured_at 2026-01-01T00:00:00Z"),
        ("UPDATE captures SET record_type = 'revisit' WHERE id = :id", "the catalogue says record_type revisit"),
        ("UPDATE captures SET payload_digest = 'sha1:X' WHERE id = :id", "not the one of the catalogue's payload_digest"),
        ("UPDATE captures SET payload_bytes = 7 WHERE id = :id", "the catalogue says 7"),
        ("UPDATE captures SET warc_length = 7 WHERE id = :id", "the catalogue says warc_length 7"),
        ("UPDATE captures SET warc_offset = warc_offset + 1 WHERE id = :id", "no record begins here"),
        ("UPDATE captures SET warc_offset = 1 << 40 WHERE id = :id", "the file ends before it"),
        ("UPDATE captures SET status = 201 WHERE id = :id", "the catalogue says status 201"),
        ("UPDATE captures SET truncated = 'length' WHERE id = :id", "the catalogue says truncated length"),
        ("DELETE FROM captures WHERE id = :id", "without a row in the catalogue"),
    ],
)
def test_a_row_that_says_otherwise_than_its_record_is_found(archive: Path, statement: str, told: str) -> None:
    capture = row(archive, "SELECT * FROM captures WHERE purpose = 'sitemap' LIMIT 1")
    change(archive, statement.replace(":id", f"'{capture['id']}'"))
    found = [finding for finding in faults(archive) if finding.place == capture["warc_id"]]
    assert any(told in finding.what for finding in found), found
    assert {finding.url for finding in found} <= {capture["url"], "http://a.example/"}


def test_files_are_missed_and_strangers_told(archive: Path) -> None:
    gone, kept, _ = sorted((archive / "warc").iterdir())
    gone.unlink()
    shutil.copy(kept, archive / "warc" / "another.warc.gz")
    (archive / "warc" / "odd.warc.gz.part").touch()
    for quick in (False, True):
        found = {(finding.place, finding.what) for finding in faults(archive, quick=quick)}
        assert (gone.name, "there is no such file, but the manifest and the catalogue names it") in found
        assert ("odd.warc.gz.part", "neither a WARC file nor one that is being written") in found
        assert "another.warc.gz" in {place for place, _ in found}


@pytest.mark.parametrize("change_file", [lambda b: b[:-10], lambda b: b + b"\x00", lambda b: b + b[:100], lambda b: b""])
def test_a_file_that_is_shorter_or_longer_is_found_at_once(archive: Path, change_file: Callable[[bytes], bytes]) -> None:
    path = sorted((archive / "warc").iterdir())[1]
    path.write_bytes(change_file(path.read_bytes()))
    for quick in (False, True):
        assert path.name in {finding.place for finding in faults(archive, quick=quick)}


def test_the_manifest_is_a_chain_and_a_copy_elsewhere_proves_it(archive: Path, tmp_path: Path) -> None:
    manifest, copy = archive / "manifest.jsonl", tmp_path / "copy.jsonl"
    lines = manifest.read_bytes().splitlines(keepends=True)
    copy.write_bytes(b"".join(lines[:2]))
    assert faults(archive, copy=copy) == []
    manifest.write_bytes(b"".join(lines[:-1]))
    assert [finding.place for finding in faults(archive)] == [json.loads(lines[-1])["name"]]
    copy.write_bytes(b"".join(lines))
    assert any("line 3 is missing" in finding.what for finding in faults(archive, copy=copy))
    forged = lines[0].replace(b'"bytes": ', b'"bytes": 1')
    manifest.write_bytes(b"".join([forged, *lines[1:]]))
    told = [finding.what for finding in faults(archive, copy=copy, quick=True)]
    assert any("line 2 is broken" in what for what in told)
    assert any("line 1 was changed" in what for what in told)
    with pytest.raises(UsageError, match="no manifest"):
        checked(archive, copy=tmp_path / "nowhere")


def test_a_line_that_replaces_another_counts(archive: Path) -> None:
    """`forget` changes a file on purpose, and says so with a new line of the same name."""
    from newsarchive.vault import manifest
    from newsarchive.vault.recovery import account

    path = sorted((archive / "warc").iterdir())[0]
    wrong = account(path)
    lines = (archive / "manifest.jsonl").read_bytes()
    (archive / "manifest.jsonl").unlink()
    manifest.append(archive, type(wrong)(wrong.name, 1, "0" * 64, 1, wrong.closed_at))
    for one in sorted((archive / "warc").iterdir()):
        manifest.append(archive, account(one))
    assert (archive / "manifest.jsonl").read_bytes() != lines
    assert faults(archive) == []


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE articles SET rowid = rowid + 1000", "full-text index"),
        ("INSERT INTO articles_fts(articles_fts) VALUES ('delete-all')", "full-text index"),
        ("DELETE FROM threads", "refers to a row of threads that is not there"),
        ("DROP INDEX captures_url", "captures_url is not as this version makes it"),
        ("DROP TRIGGER comments_fts_update", "comments_fts_update is not as this version makes it"),
        ("DELETE FROM article_revisions", "has not as many revisions"),
        ("DELETE FROM sightings", "was seen in no capture"),
        ("UPDATE captures SET read_at = NULL", "said to be finished, but this capture was not read"),
        ("UPDATE crawls SET finished_at = NULL", "how it ended, but not when"),
        ("UPDATE crawls SET finish_reason = 'stopped'", "no record in its files says that it ended"),
        ("UPDATE comments SET article_id = NULL", "does not name it"),
        ("INSERT INTO _sqlite_migrations VALUES (99, 'newsarchive', 'm099_later', '2030')", "by a newer version"),
        ("UPDATE warcs SET records = records + 1", "whole records, the catalogue says"),
        ("UPDATE warcs SET sha256 = 'x'", "which is not so"),
        ("DELETE FROM warcs", "refers to a row of warcs that is not there"),
        ("UPDATE warcs SET id = '../' || id", "leads out of the archive"),
    ],
)
def test_a_catalogue_that_breaks_a_rule_is_found(archive: Path, statement: str, told: str) -> None:
    change(archive, statement)
    assert any(told in finding.line() for finding in faults(archive)), [finding.line() for finding in faults(archive)]


def test_a_catalogue_that_is_none_is_told(archive: Path) -> None:
    (archive / "catalogue.db").write_bytes(b"no database" * 1000)
    assert any("cannot be read" in finding.what for finding in faults(archive))
    (archive / "catalogue.db").unlink()
    found, summary = checked(archive)
    assert [finding.place for finding in found] == ["catalogue.db"]
    assert summary.records > 500


def test_the_full_text_check_leaves_the_catalogue_alone(archive: Path) -> None:
    before = (archive / "catalogue.db").read_bytes()
    assert faults(archive) == []
    assert (archive / "catalogue.db").read_bytes() == before


def exchange(number: int) -> Exchange:
    raw = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>page %d" % number
    url, request = f"http://news.example/{number}", b"GET /%d HTTP/1.1\r\nHost: news.example\r\n\r\n" % number
    return Exchange(url, "GET", request, BytesIO(raw), len(raw), datetime.now(UTC), 0.1, "article")


def begun(folder: Path, *, size_limit: int = 1 << 30) -> Archivist:
    return Archivist(folder, Profile(site="news-example"), info={}, config={}, kind="visit", size_limit=size_limit)


def test_a_running_crawl_is_no_fault(tmp_path: Path) -> None:
    archivist = begun(tmp_path, size_limit=1500)
    for number in range(3):
        archivist.keep(exchange(number))
    found, summary = checked(tmp_path)
    assert not any(finding.fault for finding in found), found
    assert summary.files > 0
    archivist.commit()
    for number in range(3, 5):
        archivist.keep(exchange(number))
    found, _ = checked(tmp_path, workers=2)
    assert not any(finding.fault for finding in found), found
    assert any(re.search(r"being written.* checked is .*: \d captures in its first \d+ bytes", one.what) for one in found)
    archivist.close("finished", {})
    assert checked(tmp_path)[0] == []
    archivist.release()


@pytest.mark.parametrize("quick", [False, True])
def test_what_a_running_crawl_has_acknowledged_is_checked(tmp_path: Path, quick: bool) -> None:
    archivist = begun(tmp_path)
    for number in range(2):
        archivist.keep(exchange(number))
        archivist.commit()
    row = archivist.connection.execute("SELECT * FROM captures ORDER BY warc_offset DESC").fetchone()
    archivist.keep(exchange(2))
    (path,) = (tmp_path / "warc").iterdir()
    before = path.read_bytes()
    flip(path, row["warc_offset"] + row["warc_length"] // 2)
    (finding,) = faults(tmp_path, quick=quick)
    assert (finding.place, finding.offset, finding.url) == (path.name.removesuffix(".open"), row["warc_offset"], row["url"])
    flip(path, row["warc_offset"] + row["warc_length"] // 2)
    flip(path, len(before) - 20)  # nobody was told that this is safe
    assert faults(tmp_path, quick=quick) == []
    flip(path, len(before) - 20)
    archivist.close("finished", {})
    archivist.release()
    assert faults(tmp_path) == []


def test_what_a_crash_left_is_noted_and_checked(tmp_path: Path) -> None:
    archivist = begun(tmp_path)
    archivist.keep(exchange(1))
    archivist.commit()
    archivist.keep(exchange(2))
    archivist.release()
    (path,) = (tmp_path / "warc").iterdir()
    content = path.read_bytes()
    del archivist  # the lock goes with the last descriptor, as if the process had been killed
    path.unlink()
    path.write_bytes(content[:-5])
    found, _ = checked(tmp_path)
    assert not any(finding.fault for finding in found), found
    assert {"was left open by a crash; the next crawl closes it"} < {finding.what for finding in found}
    assert "http://news.example/2" in {finding.url for finding in found}
    path.write_bytes(content[: len(content) // 4])
    assert [finding.url for finding in faults(tmp_path)] == ["http://news.example/1"]
    path.write_bytes(content)
    assert recover(path)
    assert not any(finding.fault for finding in checked(tmp_path)[0])


def test_a_cut_in_the_middle_of_an_open_file_is_a_fault(tmp_path: Path) -> None:
    archivist = begun(tmp_path)
    for number in range(3):
        archivist.keep(exchange(number))
    archivist.commit()
    archivist.release()
    (path,) = (tmp_path / "warc").iterdir()
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.unlink()
    path.write_bytes(content)
    assert len([finding for finding in faults(tmp_path) if finding.offset]) == 1


def test_nothing_is_verified_beside_a_rebuild_or_without_an_archive(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no archive"):
        checked(tmp_path / "nowhere")
    with locks.lock_archive(tmp_path), pytest.raises(Locked, match="being rebuilt"):
        checked(tmp_path)
    assert checked(tmp_path)[0] == []


def test_the_command_prints_a_line_per_finding_and_exits_1(archive: Path) -> None:
    run = CliRunner().invoke(main, ["--dir", str(archive), "verify", "--workers", "1"])
    assert (run.exit_code, run.output.startswith("nothing wrong: 3 files")) == (0, True), run.output
    capture = row(archive, FIRST_ARTICLE)
    flip(archive / "warc" / capture["warc_id"], capture["warc_offset"] + 1000)
    run = CliRunner().invoke(main, ["--dir", str(archive), "verify"])
    assert run.exit_code == 1
    assert any(
        f"{capture['warc_id']} at {capture['warc_offset']}" in line and capture["url"] in line for line in run.output.splitlines()
    )
    run = CliRunner().invoke(main, ["--dir", str(archive), "verify", "--manifest", str(archive / "manifest.jsonl"), "--quick"])
    assert run.exit_code == 0, run.output

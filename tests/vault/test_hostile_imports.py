"""What hostile files of others may cost when they are imported: themselves, and no row of anybody else."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
from click.testing import CliRunner

from newsarchive.cli import main
from newsarchive.errors import UsageError
from newsarchive.reading.pool import ReadingPool
from newsarchive.vault.imports import import_warcs
from newsarchive.vault.rebuild import rebuild
from newsarchive.vault.replay import info_of, page_at
from tests.conftest import connect
from tests.vault.small_archive import HOST, answers, visit
from tests.vault.test_imports import faults, http, record, take
from tests.vault.test_rebuild import rows


@pytest.fixture(scope="module")
def pool() -> Iterator[ReadingPool]:
    pool = ReadingPool(workers=2, seconds=30, megabytes=2048)
    yield pool
    pool.close()


TWICE = f"<urn:uuid:{uuid4()}>"


def revisit(**told: str) -> bytes:
    """A revisit whose metadata record says where its original stands, as ours do."""
    said = {"refers-to-file": "lying.warc.gz", "refers-to-offset": "0", "payload-bytes": "9"}
    said |= {name.replace("_", "-"): value for name, value in told.items()}
    fields = "".join(f"{name}: {value}\r\n" for name, value in said.items()).encode()
    first = f"<urn:uuid:{uuid4()}>"
    return record("revisit", block=b"HTTP/1.1 200 OK\r\n\r\n", WARC_Record_ID=first) + record(
        "metadata", block=fields, Content_Type="application/warc-fields", WARC_Concurrent_To=first
    )


def note(kind: str, value: bytes) -> bytes:
    """What our crawls note of themselves, in a file of others."""
    return record("metadata", f"metadata://newsarchive/crawl/{kind}", value, Content_Type="application/json")


MANY_FIELDS = b"".join(b"a%d: b\r\n" % number for number in range(200_000))
GOOD = record("warcinfo", "", b"software: other\r\n") + record(url="http://c.example/2026/11/good/", block=http())
LAST = record(url="http://c.example/2026/11/last/", block=http())
LIES: dict[str, tuple[bytes, int]] = {  # what stands between two good records, and how many captures are taken but for the last
    "a length that is too short": (record(block=http(), Content_Length="40"), 1),
    "a length of 10 GB": (record(block=http(), Content_Length="10737418240"), 1),
    "a length that is no number": (record(block=http(), Content_Length="-1"), 1),
    "a length of 5,000 digits": (record(block=http(), Content_Length="1" * 5000), 1),
    "a length in other digits": (record(block=http(), Content_Length="\u0663"), 1),
    "an original at a place of 5,000 digits": (revisit(refers_to_offset="1" * 5000), 2),
    "an original farther than any file reaches": (revisit(refers_to_offset=str(2**70)), 2),
    "an original larger than any file": (revisit(payload_bytes=str(2**70)), 2),
    "an original in a file of a long name": (revisit(refers_to_file="a" * 5000 + ".warc.gz"), 2),
    "an original outside of the archive": (revisit(refers_to_file="../lying.warc.gz"), 2),
    "fields without end": (gzip.compress(b"WARC/1.0\r\n" + MANY_FIELDS + gzip.decompress(record(block=http()))[10:]), 1),
    "a note too deep to be parsed": (note("end", b"[" * 200_000) + record(block=http()), 2),
    "a note that no crawl of ours made": (note("end", b"[1]") + record(block=http()), 2),
    "a bomb": (record(block=b"HTTP/1.1 200 OK\r\n\r\n" + bytes(200 << 20)), 2),
    "a bomb that says it is small": (record(block=b"HTTP/1.1 200 OK\r\n\r\n" + bytes(200 << 20), Content_Length="40"), 1),
    "a wrong digest of the block": (record(block=http(), WARC_Block_Digest="sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), 2),
    "a wrong digest of the payload": (record(block=http(), WARC_Payload_Digest="sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), 2),
    "a file of the machine": (record(url="file:///etc/passwd", block=http()), 1),
    "an address with a line in it": (record(url="http://c.example/a\r\nWARC-Type: warcinfo", block=http()), 2),
    "an address with controls in it": (record(url="http://c.example/a\0b\x1b[2J", block=http()), 1),
    "a date to come": (record(block=http(), WARC_Date="2099-01-01T00:00:00Z"), 2),
    "no date": (record(block=http(), WARC_Date="yesterday"), 1),
    "an id twice": (record(block=http(), WARC_Record_ID=TWICE) + record(block=http(), WARC_Record_ID=TWICE), 2),
    "a revisit of itself": (record("revisit", block=b"HTTP/1.1 304 x\r\n\r\n", WARC_Record_ID=TWICE, WARC_Refers_To=TWICE), 2),
}


@pytest.mark.parametrize(("content", "captures"), LIES.values(), ids=LIES)
def test_what_lies_costs_itself_and_no_more(pool: ReadingPool, tmp_path: Path, content: bytes, captures: int) -> None:
    (tmp_path / "lying.warc.gz").write_bytes(GOOD + content + LAST)
    done = take(tmp_path / "archive", pool, tmp_path / "lying.warc.gz")
    connection = connect(tmp_path / "archive" / "catalogue.db")
    urls = [row["url"] for row in connection.execute("SELECT url FROM captures ORDER BY warc_offset")]
    good = connection.execute("SELECT count(*) FROM articles WHERE url LIKE '%/good/'").fetchone()[0]
    connection.close()
    assert (len(urls), good, urls[-1]) == (captures + 1, 1, "http://c.example/2026/11/last/")
    assert all(url.startswith("http://c.example/") and "\n" not in url for url in urls)
    assert done.captures == captures + 1
    before = rows(tmp_path / "archive" / "catalogue.db")
    assert rows(rebuild(tmp_path / "archive", pool)) == before
    faults(tmp_path / "archive")  # comes to its end; what it says of the lies is for tests/vault/test_verify.py


@pytest.mark.parametrize("lie", ["no date", "a wrong digest of the block", "a wrong digest of the payload"])
def test_damage_that_a_file_came_with_is_a_note_and_what_comes_later_a_fault(lie: str, pool: ReadingPool, tmp_path: Path) -> None:
    source, folder = tmp_path / "lying.warc.gz", tmp_path / "archive"
    source.write_bytes(GOOD + LIES[lie][0] + LAST)  # their gzip headers name a time, as ours do not
    take(folder, pool, source)
    told = faults(folder)
    assert told
    assert all(line.startswith(f"note: lying.warc.gz at {len(GOOD)}: ") for line in told)
    content = bytearray(source.read_bytes())
    content[-5] ^= 1
    source.write_bytes(content)  # the same file: it has two names
    assert any("its bytes are not those it was closed with" in line for line in faults(folder))
    assert any(line.startswith(f"lying.warc.gz at {len(content) - len(LAST)}: ") for line in faults(folder))


STORIES = [record(url=f"http://c.example/2026/11/story-{number}/", block=http()) for number in range(4)]


@pytest.mark.parametrize(
    ("at", "size", "hit"),
    [(-5, 20, {"story-1", "story-2"}), (9, 1, {"story-2"})],
    ids=["over the border of two records", "in a gzip header"],
)
def test_damage_that_comes_later_is_told_of_the_records_it_hits(
    at: int, size: int, hit: set[str], pool: ReadingPool, tmp_path: Path
) -> None:
    source, folder = tmp_path / "other.warc.gz", tmp_path / "archive"
    source.write_bytes(b"".join(STORIES))
    take(folder, pool, source)
    assert faults(folder) == []
    content, begin = bytearray(source.read_bytes()), len(STORIES[0]) + len(STORIES[1]) + at
    content[begin : begin + size] = bytes(byte ^ 0x55 for byte in content[begin : begin + size])
    source.write_bytes(content)
    whole, *located = [line for line in faults(folder) if "other.warc.gz" in line]
    assert "its bytes are not those it was closed with" in whole
    assert {line.rpartition("/2026/11/")[2].strip("/") for line in located} == hit


def test_a_file_that_is_changed_while_it_is_imported_is_told(pool: ReadingPool, tmp_path: Path) -> None:
    source, folder = tmp_path / "growing.warc.gz", tmp_path / "archive"
    source.write_bytes(b"".join(STORIES[:2]))

    def more(_done: int, _all: int) -> None:
        with source.open("ab") as file:
            file.write(STORIES[2])

    done = import_warcs(folder, [source], pool, operator="A", progress=more)
    assert done.changed == ["growing.warc.gz"]
    assert faults(folder) != []


def test_where_no_member_is_found_behind_damage_that_is_told(pool: ReadingPool, tmp_path: Path) -> None:
    cut = STORIES[1][:40] + b"damage" + STORIES[1][46:]
    (tmp_path / "other.warc.gz").write_bytes(STORIES[0] + cut + STORIES[2])
    done = take(tmp_path / "archive", pool, tmp_path / "other.warc.gz")
    [told] = done.damage
    assert told.endswith("no member is found behind it")


def test_a_capture_before_damage_is_shown(pool: ReadingPool, tmp_path: Path) -> None:
    (tmp_path / "lying.warc.gz").write_bytes(GOOD + LIES["no date"][0])
    take(tmp_path / "archive", pool, tmp_path / "lying.warc.gz")
    with closing(connect(tmp_path / "archive" / "catalogue.db")) as connection:
        [place] = connection.execute("SELECT warc_id, warc_offset, warc_length FROM captures").fetchall()
    assert page_at(tmp_path / "archive" / "warc", *place).whole


def test_a_file_that_claims_to_be_ours_is_refused(pool: ReadingPool, tmp_path: Path) -> None:
    (tmp_path / "ours.warc.gz").write_bytes(record("warcinfo", "", b"crawl-kind: import\r\n"))
    with pytest.raises(UsageError, match="newsarchive wrote it"):
        take(tmp_path / "archive", pool, tmp_path / "ours.warc.gz")


ODD = record("resource", "http://c.example/x", b"x", Content_Type="text/plain")
CLAIMS: dict[str, Callable[[bytes], bytes]] = {
    "a crawl behind another record": lambda info: ODD + record("warcinfo", "", info),
    "a crawl in a record of 5 MB": lambda info: record("warcinfo", "", info + b"x: " + bytes(5 << 20)),
    "an import": lambda _: ODD + record("warcinfo", "", b"crawl-kind: import\r\n") + note("import", b'{"files": []}'),
    "a takedown": lambda _: ODD + record("warcinfo", "", b"crawl-kind: takedown\r\n") + note("takedown", b'{"hashes": ["00"]}'),
}


@pytest.mark.parametrize("claim", CLAIMS.values(), ids=CLAIMS)
def test_what_claims_to_be_ours_is_not_believed(pool: ReadingPool, tmp_path: Path, claim: Callable[[bytes], bytes]) -> None:
    folder = tmp_path / "archive"
    visit(folder, answers())
    info = info_of(next((folder / "warc").glob("*.warc.gz")))
    assert info
    fields = "".join(f"{name}: {value}\r\n" for name, value in info.fields.items()).encode()
    (tmp_path / "x.warc.gz").write_bytes(claim(fields) + record(url=f"{HOST}/2026/11/bridge/", block=http()))
    before = rows(folder / "catalogue.db")
    assert take(folder, pool, tmp_path / "x.warc.gz").captures == 1
    after = rows(folder / "catalogue.db")
    assert before["captures"] < after["captures"]
    assert rows(rebuild(folder, pool)) == after


def test_a_date_with_an_offset_is_its_instant(pool: ReadingPool, tmp_path: Path) -> None:
    dates = ["2026-11-01T02:00:00+05:00", "0001-01-01T00:00:00+05:00", "9999-12-31T23:59:59-05:00"]
    (tmp_path / "dates.warc.gz").write_bytes(GOOD + b"".join(record(block=http(), WARC_Date=date) for date in dates))
    done = take(tmp_path / "archive", pool, tmp_path / "dates.warc.gz")
    connection = connect(tmp_path / "archive" / "catalogue.db")
    found = [row["captured_at"] for row in connection.execute("SELECT captured_at FROM captures WHERE url LIKE '%/story/'")]
    connection.close()
    assert found == ["2026-10-31T21:00:00Z"]
    assert len(done.damage) > 0


def test_an_imported_record_changes_no_row_of_another(pool: ReadingPool, tmp_path: Path) -> None:
    (tmp_path / "first.warc.gz").write_bytes(record(block=http(), WARC_Record_ID=TWICE))
    (tmp_path / "second.warc.gz").write_bytes(record(url="http://d.example/2026/11/x/", block=http(), WARC_Record_ID=TWICE))
    take(tmp_path / "archive", pool, tmp_path / "first.warc.gz")
    before = rows(tmp_path / "archive" / "catalogue.db")["captures"]
    done = take(tmp_path / "archive", pool, tmp_path / "second.warc.gz")
    assert rows(tmp_path / "archive" / "catalogue.db")["captures"] == before
    assert ["its record id is that of the one in first.warc.gz at 0" in one for one in done.damage] == [True]


def test_an_imported_revisit_shows_no_page_of_another_site(pool: ReadingPool, tmp_path: Path) -> None:
    visit(tmp_path / "archive", answers())
    with closing(connect(tmp_path / "archive" / "catalogue.db")) as connection:
        [ours] = connection.execute("SELECT capture_id FROM articles WHERE url LIKE '%/a-mayor/'").fetchone()
    claim = record("revisit", block=b"HTTP/1.1 200 OK\r\n\r\n", WARC_Refers_To=f"<{ours}>")
    (tmp_path / "lying.warc.gz").write_bytes(GOOD + claim)
    take(tmp_path / "archive", pool, tmp_path / "lying.warc.gz")
    with closing(connect(tmp_path / "archive" / "catalogue.db")) as connection:
        urls = [row["url"] for row in connection.execute("SELECT url FROM articles WHERE site_id = 'c-example'")]
        named = [row["revisit_of"] for row in connection.execute("SELECT revisit_of FROM captures WHERE record_type = 'revisit'")]
    assert (urls, named) == (["http://c.example/2026/11/good/"], [None])
    assert faults(tmp_path / "archive") == []
    assert rows(rebuild(tmp_path / "archive", pool, into=tmp_path / "again.db")) == rows(tmp_path / "archive" / "catalogue.db")


def test_a_pipe_or_a_folder_called_like_a_file_is_told_and_passed_by(pool: ReadingPool, tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    visit(folder, answers())
    before = rows(folder / "catalogue.db")
    os.mkfifo(folder / "warc" / "pipe.warc.gz")
    os.mkfifo(folder / "warc" / "pipe.warc.gz.open")
    (folder / "warc" / "folder.warc.gz").mkdir()
    visit(folder, [])
    found = faults(folder)
    assert sum("neither a WARC file nor one that is being written" in line for line in found) == len(found) == 3
    again = rows(rebuild(folder, pool))
    assert again["captures"] == before["captures"]


@pytest.mark.parametrize(
    ("profile", "code", "told"),
    [
        ('{"site": "c-example", "spider": "tests.reading.hostile_readers:Failing"}', 0, "Bridge"),  # it is not imported
        ('{"site": "c-example", "selectors": [["text", "p["]]}', 1, "names a profile that is none"),
        ("[]", 1, "names a profile that is none"),
        ("{", 1, "names a profile that is none"),
    ],
)
def test_a_file_read_by_its_name_does_not_say_how(profile: str, code: int, told: str, tmp_path: Path) -> None:
    info = record("warcinfo", "", f"newsarchive-profile: {profile}\r\n".encode())
    (tmp_path / "x.warc.gz").write_bytes(info + record(block=http()))
    result = CliRunner().invoke(main, ["--dir", str(tmp_path / "archive"), "read", str(tmp_path / "x.warc.gz")])
    assert (result.exit_code, told in " ".join(result.output.split())) == (code, True)

"""What is taken down is in no file of the archive any more, does not come back, and took nobody else's words with it."""

from __future__ import annotations

import html
import json
import re
import shutil
import sqlite3
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from zipfile import ZipFile

import brotli
import pytest
from click.testing import CliRunner, Result
from pyarrow import parquet
from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.recordloader import ArcWarcRecord

from newsarchive.cli import main
from newsarchive.reading.pool import ReadingPool
from newsarchive.vault import manifest
from newsarchive.vault.rebuild import rebuild
from newsarchive.vault.verify.findings import Finding
from newsarchive.vault.verify.run import verify
from tests.conftest import Visited, connect, crawl
from tests.vault.test_rebuild import rows

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

UNPACK = {"br": brotli.decompress, "zstd": zstd.decompress}
CASE = ("--case", "17/2026", "--reason", "erasure request")


@pytest.fixture(scope="module")
def pool() -> Iterator[ReadingPool]:
    pool = ReadingPool(workers=2, seconds=30, megabytes=2048)
    yield pool
    pool.close()


def forget(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["--dir", str(folder), "forget", *words])


def query(folder: Path, sql: str, *values: object) -> list[dict[str, Any]]:
    connection = connect(folder / "catalogue.db")
    try:
        return [dict(row) for row in connection.execute(sql, values)]
    finally:
        connection.close()


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text))


def readings(content: bytes) -> str:
    """All that a person may see in some bytes: as they are, as JSON, as HTML, as HTML in a feed, as an address."""
    text = content.decode("utf-8", "replace")
    units = re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)
    script = re.sub(r"\\(.)", r"\1", units.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
    forms = []
    for form in (text, script, html.unescape(text), html.unescape(html.unescape(text)), unquote(text)):
        forms += [form, html.unescape(re.sub(r"<[^<>]*>", "", form))]
    return "\n".join(map(squeezed, forms))


def payloads(folder: Path) -> Iterator[tuple[str, str]]:
    """The record id of each record, and all readings of its bytes."""
    for path in sorted((folder / "warc").glob("*.warc.gz")):
        with path.open("rb") as file:
            for record in ArchiveIterator(file):
                yield record.rec_headers.get_header("WARC-Record-ID"), readings(unpacked(record))


def unpacked(record: ArcWarcRecord) -> bytes:
    """A record's bytes without its codings; warcio 1.8.1 knows gzip and deflate."""
    coding = record.http_headers.get_header("Content-Encoding") if record.rec_type == "response" else None
    if coding not in UNPACK:
        stream = record.content_stream() if record.rec_type == "response" else record.raw_stream
        return bytes(stream.read())
    chunked = record.http_headers.get_header("Transfer-Encoding") == "chunked"
    coded = (ChunkedDataReader(record.raw_stream) if chunked else record.raw_stream).read()
    return UNPACK[coding](coded)


def found_in(folder: Path, texts: list[str]) -> dict[str, int]:
    """In how many records, and how often in the catalogue's files and its index of words, the texts stand."""
    said = list(payloads(folder))
    files = b"".join(path.read_bytes() for path in folder.glob("catalogue.db*") if path.suffix != ".lock")
    connection = sqlite3.connect(folder / "catalogue.db")
    match = "SELECT count(*) FROM comments_fts WHERE comments_fts MATCH ?"
    words = [" ".join(re.findall(r"\w+", text)) for text in texts]
    counts = {
        "warc": sum(squeezed(text) in one for text in texts for _, one in said),
        "file": sum(files.count(text.encode()) for text in texts),
        "words": sum(connection.execute(match, [f'text : "{one}"']).fetchone()[0] for one in words if one),
    }
    connection.close()
    return counts


def exports(folder: Path, into: Path) -> dict[str, str]:
    """All readings of what each kind of export of an archive holds."""
    into.mkdir()
    for name in ("all.jsonl", "comments.csv", "comments.xlsx", "comments.parquet", "all.cdxj", "all.wacz"):
        table = ["--table", "comments"] if name.startswith("comments") else []
        done = CliRunner().invoke(main, ["--dir", str(folder), "export", str(into / name), *table])
        assert done.exit_code == 0, done.output
    done = CliRunner().invoke(main, ["--dir", str(folder), "publish", str(into / "public.db")])
    assert done.exit_code == 0, done.output
    said = {name: readings((into / name).read_bytes()) for name in ("all.jsonl", "comments.csv", "all.cdxj", "public.db")}
    said["comments.parquet"] = "\n".join(squeezed(str(row)) for row in parquet.read_table(into / "comments.parquet").to_pylist())
    with ZipFile(into / "comments.xlsx") as sheets:
        said["comments.xlsx"] = "\n".join(readings(sheets.read(name)) for name in sheets.namelist())
    with ZipFile(into / "all.wacz") as packed:
        packed.extractall(into / "wacz")
        (into / "wacz" / "archive").rename(into / "wacz" / "warc")
        said["all.wacz"] = "\n".join(one for _, one in payloads(into / "wacz"))
    return said


NONE = {"warc": 0, "file": 0, "words": 0}


@dataclass
class Forgotten:
    """An archive in which a commenter was forgotten; `texts` are those that nobody else wrote."""

    before: Path
    folder: Path
    commenter: str
    name: str
    texts: list[str]
    result: Result


@pytest.fixture(scope="module")
def forgotten(visited: Visited, tmp_path_factory: pytest.TempPathFactory) -> Forgotten:
    folder = tmp_path_factory.mktemp("forgotten") / "archive"
    shutil.copytree(visited.folder, folder, ignore=shutil.ignore_patterns("items-*", "catalogue-*"))
    before = folder.with_name("before")
    shutil.copytree(folder, before)
    writer = query(
        folder,
        "SELECT c.* FROM commenters c JOIN comments k ON k.commenter_id = c.id WHERE length(c.name) > 6"
        " GROUP BY c.id HAVING sum(instr(k.id, ':~') > 0) > 1 AND sum(instr(k.id, ':~') = 0) > 1 ORDER BY count(*) DESC LIMIT 1",
    )[0]
    theirs = "SELECT DISTINCT r.text FROM comment_revisions r JOIN comments k ON k.id = r.comment_id WHERE k.commenter_id = ?"
    texts = [row["text"] for row in query(folder, theirs, writer["id"])]
    others = squeezed("\n".join(
        row["text"] or "" for row in query(
            folder, "SELECT text FROM comments WHERE commenter_id IS NOT ? UNION SELECT text FROM articles", writer["id"])
    ))  # fmt: skip
    own = [text for text in texts if squeezed(text) not in others]
    assert len(own) > 5
    assert all(count > 0 for count in found_in(folder, own).values())
    return Forgotten(before, folder, writer["id"], writer["name"], own, forget(folder, writer["id"], *CASE, "--yes"))


def test_their_words_are_in_no_file_of_the_archive(forgotten: Forgotten) -> None:
    assert forgotten.result.exit_code == 0, forgotten.result.output
    assert found_in(forgotten.folder, forgotten.texts) == NONE
    assert query(forgotten.folder, "SELECT * FROM commenters WHERE id = ?", forgotten.commenter) == []
    assert query(forgotten.folder, "SELECT * FROM comments WHERE author_name = ?", forgotten.name) == []


def test_nobody_else_lost_a_word(forgotten: Forgotten) -> None:
    sql = (
        "SELECT id, article_id, thread_id, depth, author_name, text, date_created, status, first_seen, last_seen, capture_id"
        " FROM comments WHERE commenter_id IS NOT ?"
    )
    before, after = (query(folder, sql, forgotten.commenter) for folder in (forgotten.before, forgotten.folder))
    assert before == after
    assert query(forgotten.before, "SELECT * FROM articles EXCEPT SELECT * FROM articles") == []
    for column in ("text", "headline", "digest", "capture_id"):
        texts = [query(folder, f"SELECT id, {column} FROM articles") for folder in (forgotten.before, forgotten.folder)]
        assert texts[0] == texts[1]


def test_the_archive_is_whole(forgotten: Forgotten) -> None:
    findings: list[Finding] = []
    verify(forgotten.folder, report=findings.append)
    assert findings == []
    connection = connect(forgotten.folder / "catalogue.db")
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    connection.close()
    lines = list(manifest.read(forgotten.folder / manifest.NAME))
    assert {line.reason for line in lines} == {None, "takedown, case 17/2026"}
    for path in (forgotten.before / "warc").iterdir():
        assert path.stat().st_size == (forgotten.folder / "warc" / path.name).stat().st_size


def test_every_other_record_is_as_it_was(forgotten: Forgotten) -> None:
    changed = {row["capture_id"] for row in query(forgotten.folder, "SELECT capture_id FROM takedown_captures")}
    places = "SELECT id, warc_id, warc_offset, warc_length FROM captures ORDER BY warc_id, warc_offset"
    listed = query(forgotten.folder, places)
    assert listed == query(forgotten.before, places)
    for row in listed:
        old, new = (
            (folder / "warc" / row["warc_id"]).read_bytes()[row["warc_offset"] :][: row["warc_length"]]
            for folder in (forgotten.before, forgotten.folder)
        )
        assert (old == new) is (row["id"] not in changed)


def test_a_record_says_what_was_done_and_not_what_was_said(forgotten: Forgotten) -> None:
    row = query(forgotten.folder, "SELECT * FROM takedowns")[0]
    assert (row["case_number"], row["reason"], row["kind"]) == ("17/2026", "erasure request", "forget")
    assert row["ordered_at"] <= row["finished_at"]
    notes = [one for _, one in payloads(forgotten.folder) if row["id"] in one]
    assert len(notes) == 2
    for note in notes:
        assert squeezed(forgotten.name) not in note
        assert forgotten.commenter not in note
    old = query(forgotten.before, "SELECT id, payload_digest FROM captures")
    digests = {one["id"]: one["payload_digest"] for one in old}
    for one in query(forgotten.folder, "SELECT capture_id, payload_digest FROM takedown_captures"):
        assert one["payload_digest"] == digests[one["capture_id"]]
        assert any(squeezed(one["payload_digest"]) in note for note in notes)
    assert (forgotten.folder / "takedown.key").stat().st_mode & 0o777 == 0o600


def test_a_rebuild_gives_the_same_rows(forgotten: Forgotten, pool: ReadingPool, tmp_path: Path) -> None:
    rebuilt = rebuild(forgotten.folder, pool, into=tmp_path / "again.db")
    kept, again = rows(forgotten.folder / "catalogue.db"), rows(rebuilt)
    for table in kept:
        assert kept[table] ^ again[table] == set(), table


def test_a_later_crawl_does_not_bring_it_back(forgotten: Forgotten, visited: Visited, pool: ReadingPool, tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    shutil.copytree(forgotten.folder, folder)
    done = crawl(folder, f"{visited.url}/", "-O", str(tmp_path / "items.jsonl"))
    assert done.returncode == 0, done.stderr[-4000:]
    assert found_in(folder, forgotten.texts) == NONE
    exported = [json.loads(line) for line in (tmp_path / "items.jsonl").read_text().splitlines()]
    assert not [item for item in exported if item.get("author_name") == forgotten.name]
    assert query(folder, "SELECT * FROM takedown_captures WHERE blanked_at IS NULL") == []
    assert query(folder, "SELECT * FROM comments WHERE author_name = ?", forgotten.name) == []
    assert len(query(folder, "SELECT * FROM takedown_captures")) > len(query(forgotten.folder, "SELECT * FROM takedown_captures"))
    findings: list[Finding] = []
    verify(folder, report=findings.append)
    assert findings == []
    kept, again = rows(folder / "catalogue.db"), rows(rebuild(folder, pool, into=tmp_path / "again.db"))
    for table in kept:
        assert kept[table] ^ again[table] == set(), table
    others = query(folder, "SELECT text FROM comments WHERE status = 'live' AND length(text) BETWEEN 40 AND 60 LIMIT 1")
    (text,) = (row["text"] for row in others)
    for name, said in exports(folder, tmp_path / "exports").items():
        assert [text for text in forgotten.texts if squeezed(text) in said] == [], name
        assert name == "all.cdxj" or squeezed(text) in said, name

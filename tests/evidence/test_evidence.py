"""A bundle is checked by its own script, with nothing of newsarchive around it, and one wrong byte is told, with its record."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import re
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from warcio.archiveiterator import ArchiveIterator

from newsarchive.cli import main
from newsarchive.errors import UsageError
from newsarchive.evidence import check
from newsarchive.evidence.account import text_page
from newsarchive.evidence.bundle import write_bundle
from newsarchive.vault.exchange import Exchange
from newsarchive.vault.warc import WarcWriter
from tests.conftest import Visited
from tests.vault.small_archive import HOST, SAID, answer, answers, page, visit

COMMENT = "gazette-example:wordpress:8"
HOSTILE = "<script>alert(1)</script>\nWHAT IS PROVEN\x1b[2J \u202e {{ 7 * 7 }} </blockquote><img src=x onerror=alert(1)>"


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The bundle's script in an empty environment: no variable, none of the packages that are installed here."""
    command = [sys.executable, "-I", "-S", "check.py", *words]
    return subprocess.run(command, cwd=folder, env={}, capture_output=True, text=True, timeout=60, check=False)


def bundle(archive: Path, what: str, target: Path) -> Path:
    """Write the evidence by the command, and unpack it."""
    done = ask(archive, what, target.with_suffix(".zip"))
    assert done.exit_code == 0, done.output
    with zipfile.ZipFile(target.with_suffix(".zip")) as packed:
        packed.extractall(target)
    return target


def ask(archive: Path, what: str, file: Path) -> Result:
    return CliRunner().invoke(main, ["--dir", str(archive), "evidence", what, "-o", str(file)])


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two visits: in the second one a comment has other words and one is gone, and the article has another title."""
    folder = tmp_path_factory.mktemp("evidence")
    visit(folder, answers())
    edited = [(8, "Tendai", HOSTILE), *(one for one in SAID if one[0] not in (8, 12))]
    visit(folder, [("/2026/10/a-bridge/", answer(page(edited, title="No bridge"), coding="gzip", chunked=True))])
    return folder


@pytest.fixture(scope="module")
def unpacked(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bundle(archive, COMMENT, tmp_path_factory.mktemp("unpacked") / "comment")


@pytest.fixture
def copy(unpacked: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(unpacked, tmp_path / "copy"))


def test_records_are_the_very_bytes_of_the_archive(archive: Path, unpacked: Path) -> None:
    told = json.loads((unpacked / "evidence.json").read_bytes())
    packed = (unpacked / "records.warc.gz").read_bytes()
    assert {one["kind"] for one in told["records"]} == {"warcinfo", "response", "request", "metadata"}
    for one in told["records"]:
        raw = packed[one["place"] : one["place"] + one["length"]]
        assert raw == (archive / "warc" / one["warc"]).read_bytes()[one["offset"] : one["offset"] + one["length"]]
    with (unpacked / "records.warc.gz").open("rb") as file:
        assert [record.rec_headers["WARC-Record-ID"] for record in ArchiveIterator(file)] == [
            f"<{one['id']}>" for one in told["records"]
        ]
    texts = [version["text"] for version in told["versions"]]
    assert len(texts) == 2
    assert texts[0] == "Better than none, I would say."


def test_script_finds_nothing_wrong_and_the_whole_files_agree(archive: Path, unpacked: Path) -> None:
    for words in ((), (str(archive / "warc"),)):
        done = run(unpacked, *words)
        assert (done.returncode, done.stderr) == (0, ""), done.stdout
        assert "All digests are right." in done.stdout
    sums = subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=unpacked, capture_output=True, check=False)
    assert sums.returncode == 0, sums.stderr


def test_a_flipped_byte_is_told_with_its_record(copy: Path) -> None:
    path = copy / "records.warc.gz"
    whole = path.read_bytes()
    for one in json.loads((copy / "evidence.json").read_bytes())["records"]:
        for at in (one["place"], one["place"] + 4, one["place"] + one["length"] // 2, one["place"] + one["length"] - 1):
            flipped = bytearray(whole)
            flipped[at] ^= 1
            path.write_bytes(flipped)
            done = run(copy)
            assert (done.returncode, done.stderr) == (1, "")
            assert re.findall(r"^wrong  the record (\S+)", done.stdout, re.M) == [one["id"]]
            assert "WRONG: the file records.warc.gz is not the one" in done.stdout


@pytest.mark.parametrize("name", ["evidence.json", "evidence.html", "evidence.txt", "manifest.jsonl", "SHA256SUMS", "check.py"])
def test_a_flipped_byte_in_another_part_is_told(copy: Path, name: str) -> None:
    path = copy / name
    changed = bytearray(path.read_bytes())
    changed[20] ^= 1
    path.write_bytes(changed)
    assert run(copy).returncode != 0


def test_a_record_with_a_new_sum_still_fails_its_own_digests(copy: Path) -> None:
    told = json.loads((copy / "evidence.json").read_bytes())
    one = next(one for one in told["records"] if one["kind"] == "response")
    packed = (copy / "records.warc.gz").read_bytes()
    content = gzip.decompress(packed[one["place"] : one["place"] + one["length"]])
    forged = gzip.compress(content.replace(b"Better than none", b"Better than some"))
    found = list(check.record(forged, one | {"sha256": hashlib.sha256(forged).hexdigest()}, {}))
    assert found == ["has not the block digest that it names", "has not the payload digest that it names"]


def test_manifest_lines_are_chained(archive: Path, copy: Path) -> None:
    told = json.loads((copy / "evidence.json").read_bytes())
    lines = (archive / "manifest.jsonl").read_bytes().splitlines()
    kept = (copy / "manifest.jsonl").read_bytes().splitlines()
    assert told["manifest"] == [1, 2]
    assert kept == lines
    (copy / "manifest.jsonl").write_bytes(
        kept[0].replace(b"records", b"Records").replace(b'"bytes": ', b'"bytes": 1') + b"\n" + kept[1] + b"\n"
    )
    assert "line 2 of the manifest does not name the digest" in run(copy).stdout


def test_whole_file_that_was_changed_is_told(archive: Path, unpacked: Path, tmp_path: Path) -> None:
    names = sorted(path.name for path in (archive / "warc").glob("*.warc.gz"))
    for name in names:
        shutil.copy(archive / "warc" / name, tmp_path / name)
    with (tmp_path / names[0]).open("ab") as file:
        file.write(b"x")
    done = run(unpacked, str(tmp_path))
    assert done.returncode == 1
    assert f"the file {names[0]} is not the one that the manifest names" in done.stdout


def test_page_of_a_record_is_shown_decoded(unpacked: Path) -> None:
    told = json.loads((unpacked / "evidence.json").read_bytes())
    assert "Better than none" in run(unpacked, "--page", told["versions"][0]["capture_id"]).stdout
    assert "No bridge" in run(unpacked, "--page", told["versions"][1]["capture_id"]).stdout  # chunks, gzip
    assert run(unpacked, "--page", "urn:uuid:none").returncode == 1


def test_nothing_of_the_web_acts_in_the_account(unpacked: Path) -> None:
    page = (unpacked / "evidence.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;alert(1)" in page
    assert set(re.findall(r"<(\w+)", page)).isdisjoint({"script", "img", "link", "iframe", "a", "form", "object"})
    assert "default-src 'none'" in page
    told = json.loads((unpacked / "evidence.json").read_bytes())
    told["versions"][1]["text"] = HOSTILE
    text = text_page(told)
    assert text.count("\nWHAT IS PROVEN") == 1
    assert "\n    | WHAT IS PROVEN" in text
    assert not {"\x1b", "\u202e"} & {*text, *page}


def test_article_by_its_address(archive: Path, tmp_path: Path) -> None:
    target = bundle(archive, f"{HOST}/2026/10/a-bridge/", tmp_path / "article")
    told = json.loads((target / "evidence.json").read_bytes())
    assert [version["headline"] for version in told["versions"]] == ["A bridge without a river", "No bridge"]
    assert run(target).returncode == 0
    assert "is the first to show version 2" in (target / "evidence.txt").read_text(encoding="utf-8")


def test_article_in_several_pages_comes_with_all_of_them(archive: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(archive, tmp_path / "archive"))
    with closing(sqlite3.connect(folder / "catalogue.db")) as connection:
        (article,) = connection.execute("SELECT id FROM articles WHERE headline = 'No bridge'").fetchone()
        (capture,) = connection.execute("SELECT id FROM captures WHERE url LIKE '%form=gzip'").fetchone()
        row = (
            "INSERT OR REPLACE INTO article_pages (capture_id, article_id, shows, part, leads_to) VALUES (?, ?, 'part', 2, '[]')"
        )
        connection.execute(row, [capture, article])
        connection.commit()
    told = json.loads((bundle(folder, article, tmp_path / "article") / "evidence.json").read_bytes())
    assert {one["id"]: one["proves"] for one in told["answers"]}[capture] == "is one of the article's pages"


def test_deleted_comment_comes_with_the_pages_without_it(visited: Visited, tmp_path: Path) -> None:
    gone = visited.rows(2, "SELECT id, deleted_seen FROM comments WHERE status = 'deleted' ORDER BY id LIMIT 1")[0]
    target = bundle(visited.folder, gone["id"], tmp_path / "gone")
    told = json.loads((target / "evidence.json").read_bytes())
    assert any("without the comment" in one["proves"] and one["captured_at"] <= gone["deleted_seen"] for one in told["answers"])
    assert "It was removed between these two times." in (target / "evidence.txt").read_text(encoding="utf-8")
    assert run(target, str(visited.folder / "warc")).returncode == 0


def test_unknown_things_and_too_much_are_refused(archive: Path, tmp_path: Path) -> None:
    assert "no id of an article" in ask(archive, "gazette-example:none", tmp_path / "none.zip").output
    assert "is a commenter" in ask(archive, "gazette-example:~tendai", tmp_path / "none.zip").output
    with pytest.raises(UsageError, match="more than 3,000 bytes"):
        write_bundle(archive, COMMENT, io.BytesIO(), limit=3000)
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def taken_down(archive: Path, tmp_path: Path) -> Callable[..., Path]:
    """A copy of the archive after `newsarchive forget`."""

    def make(*words: str) -> Path:
        folder = Path(shutil.copytree(archive, tmp_path / "taken-down"))
        case = ("--case", "1", "--reason", "a request", "--yes")
        done = CliRunner().invoke(main, ["--dir", str(folder), "forget", *words, *case])
        assert done.exit_code == 0, done.output
        return folder

    return make


def test_what_was_forgotten_is_in_no_bundle(taken_down: Callable[..., Path], tmp_path: Path) -> None:
    folder = taken_down("gazette-example:wordpress:11")
    assert "no id" in ask(folder, "gazette-example:wordpress:11", tmp_path / "x.zip").output
    target = bundle(folder, COMMENT, tmp_path / "bundle")
    told = json.loads((target / "evidence.json").read_bytes())
    pages = [run(target, "--page", one["id"]).stdout for one in told["answers"]]
    assert not any("a river where no bridge is" in page for page in pages)
    assert all(one["words_blanked_at"] for one in told["answers"])
    done = run(target, str(folder / "warc"))
    assert done.returncode == 0, done.stdout
    assert "overwritten on" in (target / "evidence.txt").read_text(encoding="utf-8")


def test_pages_that_show_what_is_restricted_stay_out(taken_down: Callable[..., Path], tmp_path: Path) -> None:
    folder = taken_down("gazette-example:wordpress:12", "--restrict")  # it is on the pages of the first visit only
    done = ask(folder, COMMENT, tmp_path / "bundle.zip")
    assert "were left out" in done.output
    with zipfile.ZipFile(tmp_path / "bundle.zip") as packed:
        told = json.loads(packed.read("evidence.json"))
        assert "Gogo Moyo is right" not in packed.read("evidence.html").decode()
    assert [one["proves"] for one in told["answers"]] == ["is the first to show version 2; is the last that shows the comment"]
    assert told["left_out"] == 1


def test_payloads_are_found_as_the_vault_finds_them(
    tmp_path: Path, make_writer: Callable[..., WarcWriter], odd_exchanges: list[Exchange]
) -> None:
    writer = make_writer()
    for exchange in odd_exchanges:
        writer.keep(exchange)
    writer.close()
    packed, place, payloads = (tmp_path / "warc" / writer.closed[0].name).read_bytes(), 0, {}
    with (tmp_path / "warc" / writer.closed[0].name).open("rb") as file:
        records = ArchiveIterator(file)
        for record in records:
            record.raw_stream.read()
            offset, length = records.get_record_offset(), records.get_record_length()
            raw = packed[offset : offset + length]
            fields, _ = check.unpack(raw)
            one = {"id": fields["warc-record-id"].strip("<>"), "sha256": hashlib.sha256(raw).hexdigest()}
            one["capture"] = fields.get("warc-concurrent-to", "").strip("<>")
            assert list(check.record(raw, one, payloads)) == [], fields
            place += length
    assert place == len(packed)
    assert len(payloads) == len(odd_exchanges)

"""Exports of captures: an index by which each record is found where it says, and a WACZ whose parts are what it names."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import shutil
import sqlite3
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from warcio.archiveiterator import ArchiveIterator

from newsarchive.cli import main
from newsarchive.exports.surt import surt
from tests.vault.small_archive import HOST, PROFILE, answer, answers, page, visit

CUT = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 900\r\n\r\n<p>cut"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("captures")
    visit(folder, [*answers(), ("/cut/", CUT), ("/?b=2&a=1", answer(page((), 43, "A third story")))])
    visit(folder, answers()[:1])
    return folder


@pytest.fixture
def archive(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "archive"))


def export(archive: Path, name: str, *options: str) -> Result:
    return CliRunner().invoke(main, ["--dir", str(archive), "export", str(archive / name), *options])


def parsed(line: str) -> tuple[str, str, dict[str, Any]]:
    key, timestamp, told = line.split(" ", 2)
    return key, timestamp, json.loads(told)


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.Example.com/", "com,example)/"),
        ("http://www2.example.com:8080/A/B/?b=2&a=1&A=0", "com,example:8080)/a/b?a=0&a=1&b=2"),
        ("https://example.com:443/x/", "com,example)/x"),
        ("https://example.com/a?", "com,example)/a"),
        ("http://example.com/a%20b/%C3%A9?q=%2F%26x", "com,example)/a%20b/%c3%a9?q=/&x"),
        ("https://example.com/a%25b?c=%25d", "com,example)/a%25b?c=%25d"),
        ("https://example.com/a?b=1&&c", "com,example)/a?&b=1&c"),
        ("https://example.com/a|b^c?x=%7C", "com,example)/a|b^c?x=|"),
        ("https://example.com/a?phpsessid=0123456789abcdef0123456789abcdef&b=1", "com,example)/a?b=1"),
        ("https://example.com/x/?utm_source=B&A=1#part", "com,example)/x?a=1&utm_source=b"),
        ("https://bücher.example/ü?ü=1", "example,xn--bcher-kva)/%c3%bc?%c3%bc=1"),
        ("http://127.0.0.1:8101/", "1,0,0,127:8101)/"),
        ("http://[2001:db8::1]:8080/?q=[1]", "2001:db8::1:8080)/?q=[1]"),
    ],
)  # fmt: skip
def test_keys_are_those_of_the_internet_archive(url: str, key: str) -> None:
    assert surt(url) == key  # as `surt` 0.3.1 gives it


def test_every_line_of_the_index_finds_its_record(archive: Path) -> None:
    done = export(archive, "index.cdxj")
    assert "10 captures\n1 captures are not in the index: cut short" in done.output
    content = (archive / "index.cdxj").read_bytes()
    assert content.splitlines() == sorted(content.splitlines())
    found = [parsed(line) for line in content.decode().splitlines()]
    assert found[0][0] == "example,gazette)/2026/10/a-bridge"
    assert "example,gazette)/?a=1&b=2" in {key for key, _, _ in found}
    assert f"{HOST}/cut/" not in {told["url"] for _, _, told in found}
    for _, timestamp, told in found:
        packed = (archive / "warc" / told["filename"]).read_bytes()[int(told["offset"]) :][: int(told["length"])]
        (record,) = ArchiveIterator(io.BytesIO(packed))
        kind = "revisit" if told["mime"] == "warc/revisit" else "response"
        assert (record.rec_type, record.rec_headers["WARC-Target-URI"]) == (kind, told["url"])
        assert record.rec_headers["WARC-Date"].translate({ord(sign): None for sign in "-:TZ."})[:14] == timestamp
        assert record.rec_headers.get("WARC-Payload-Digest", told["digest"]) == told["digest"]
        mime = "application/rss+xml" if "feed" in told["url"] else "text/html" if kind == "response" else "warc/revisit"
        assert (told["status"], told["mime"]) == (record.http_headers.get_statuscode(), mime)


def test_revisits_say_so_and_other_methods_stay_out(archive: Path) -> None:
    connection = sqlite3.connect(archive / "catalogue.db")
    connection.execute("UPDATE captures SET record_type = 'revisit' WHERE url LIKE '%a-mayor/'")
    connection.execute("UPDATE captures SET url_key = url_key || ' POST 0' WHERE url LIKE '%feed/'")
    connection.execute("UPDATE captures SET record_type = 'revisit', status = 304 WHERE url LIKE '%form=raw'")
    connection.commit()
    connection.close()
    export(archive, "index.cdxj")
    found = [parsed(line) for line in (archive / "index.cdxj").read_text(encoding="utf-8").splitlines()]
    assert {told["mime"] for _, _, told in found if "a-mayor" in told["url"]} == {"warc/revisit"}
    assert not any("feed" in told["url"] or "form=raw" in told["url"] for _, _, told in found)


def test_file_that_is_being_written_is_in_no_index(archive: Path) -> None:
    connection = sqlite3.connect(archive / "catalogue.db")
    connection.execute("UPDATE warcs SET closed_at = NULL WHERE id = (SELECT max(id) FROM warcs)")
    connection.commit()
    connection.close()
    assert "9 captures\n2 captures are not in the index" in export(archive, "index.cdxj").output
    assert "1 WARC files, 9 captures" in export(archive, "site.wacz").output


def test_wacz_is_what_it_says(archive: Path) -> None:
    done = export(archive, "site.wacz", "--site", PROFILE.site)
    assert "2 WARC files, 10 captures" in done.output
    export(archive, "index.cdxj")
    with zipfile.ZipFile(archive / "site.wacz") as packed:
        assert {one.compress_type for one in packed.infolist()} == {zipfile.ZIP_STORED}
        told = json.loads(packed.read("datapackage.json"))
        assert (told["profile"], told["wacz_version"]) == ("data-package", "1.1.1")
        listed = {one["path"]: one for one in told["resources"]}
        assert {*listed, "datapackage.json", "datapackage-digest.json"} == set(packed.namelist())
        for path, one in listed.items():
            content = packed.read(path)
            assert (one["bytes"], one["hash"]) == (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}")
        digest = json.loads(packed.read("datapackage-digest.json"))
        assert digest["hash"] == f"sha256:{hashlib.sha256(packed.read('datapackage.json')).hexdigest()}"
        for warc in (archive / "warc").glob("*.warc.gz"):
            assert packed.read(f"archive/{warc.name}") == warc.read_bytes()
        index = packed.read("indexes/index.cdx.gz")
        assert gzip.decompress(index) == (archive / "index.cdxj").read_bytes()
        head, block = packed.read("indexes/index.idx").decode().splitlines()
        assert head.startswith("!meta 0 {")
        assert gzip.decompress(index[: parsed(block)[2]["length"]]).decode().startswith(" ".join(parsed(block)[:2]))
        first, *pages = [json.loads(line) for line in packed.read("pages/pages.jsonl").splitlines()]
        assert first["format"] == "json-pages-1.0"
        assert {(one["url"], one["title"]) for one in pages} >= {(f"{HOST}/2026/10/a-mayor/", "A mayor without a car")}


def forget(archive: Path, *words: str) -> None:
    done = CliRunner().invoke(main, ["--dir", str(archive), "forget", *words])
    assert done.exit_code == 0, done.output


def test_wacz_shows_nothing_that_was_taken_down(archive: Path) -> None:
    forget(archive, "gazette-example:wordpress:11", "--case", "1", "--reason", "x", "--yes")
    assert export(archive, "gone.wacz").exit_code == 0
    with zipfile.ZipFile(archive / "gone.wacz") as packed:
        records = b"".join(gzip.decompress(packed.read(name)) for name in packed.namelist() if name.endswith("warc.gz"))
    assert b"a river where no bridge is" not in records
    assert b"Better than none" in records
    forget(archive, "gazette-example:wordpress:8", "--case", "2", "--reason", "x", "--restrict", "--yes")
    for name in ("site.wacz", "site.cdxj"):
        refused = export(archive, name)
        assert (refused.exit_code, "is restricted" in refused.output) == (2, True)
        assert not list(archive.glob(f"{name}*"))
    forget(archive, "--lift", "--case", "2")
    for name in ("site.wacz", "site.cdxj"):
        assert export(archive, name).exit_code == 0


def test_index_says_which_captures_were_blanked(archive: Path) -> None:
    forget(archive, "gazette-example:wordpress:11", "--case", "1", "--reason", "x", "--yes")
    export(archive, "index.cdxj")
    lines = [parsed(line)[2] for line in (archive / "index.cdxj").read_text(encoding="utf-8").splitlines()]
    blanked = {told["url"] for told in lines if "blanked" in told}
    with sqlite3.connect(archive / "catalogue.db") as connection:
        known = {row[0] for row in connection.execute("SELECT url FROM captures JOIN takedown_captures ON capture_id = id")}
    connection.close()
    assert blanked
    assert blanked <= known
    assert len(blanked) < len({told["url"] for told in lines})


def test_wacz_of_a_changed_file_and_with_days_is_refused(archive: Path) -> None:
    assert export(archive, "days.wacz", "--since", "2026-01-01").exit_code == 2
    assert export(archive, "table.cdxj", "--table", "comments").exit_code == 2
    with next((archive / "warc").glob("*.warc.gz")).open("ab") as file:
        file.write(b"x")
    assert "is not as it was closed" in export(archive, "site.wacz").output
    assert not list(archive.glob("*.wacz*"))

"""Exports: faithful as JSON lines, and nothing that a spreadsheet runs in CSV and Excel files."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import tempfile
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result

from newsarchive.catalogue import schema
from newsarchive.cli import main
from newsarchive.exports import forms
from newsarchive.exports.cells import LONGEST

HOSTILE = [
    '=HYPERLINK("http://evil.example/","click")', "+1+1", "-2+3+cmd|' /C calc'!A0", "@SUM(1,1)", "\tTAB", "＝1+1", "'=already",
    "plain, with \"quotes\"\nand lines", "control \x00\x1b[31m\x07", "bidi \u202e", "_x0041_", "</t><f>1+1</f>", "😀" * 20_000,
    "[red]no markup[/red]",
]  # fmt: skip
COMMENT = (
    "INSERT INTO comments"
    " (id, site_id, thread_id, author_name, text, date_created, status, platform, first_seen, last_seen, capture_id)"
    " VALUES (?, 's', 't', ?, ?, ?, 'live', 'list', '2026-11-05T00:00:00Z', '2026-11-05T00:00:00Z', 'c')"
)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive with one article, and a comment for each hostile text, one on each day of October."""
    connection = schema.prepare(str(tmp_path / "catalogue.db"))
    connection.executescript(
        """
        INSERT INTO sites (id) VALUES ('s'), ('other');
        INSERT INTO crawls (id, site_id, kind, started_at) VALUES ('k', 's', '', '');
        INSERT INTO warcs (id) VALUES ('w'); INSERT INTO threads (id, site_id, platform) VALUES ('t', 's', 'list');
        INSERT INTO captures (id, site_id, crawl_id, url, url_key, captured_at, record_type, purpose, warc_id, warc_offset,
            warc_length) VALUES ('c', 's', 'k', 'http://s/', 's', '', 'response', 'article', 'w', 0, 0);
        INSERT INTO articles (id, site_id, url, headline, word_count, first_seen, last_seen, capture_id, digest)
            VALUES ('a', 's', 'http://s/a', '=1+1', 2, '2026-11-05T00:00:00Z', '2026-11-05T00:00:00Z', 'c', '');
        INSERT INTO authors (id, site_id, name) VALUES ('x', 's', '=Jane'), ('y', 's', 'Tino, Jr.');
        INSERT INTO article_authors VALUES ('a', 'y', 1), ('a', 'x', 2);
        """
    )
    for day, text in enumerate(HOSTILE, 1):
        connection.execute(COMMENT, [f"s:{day}", f"=nick {day}", text, f"2026-10-{day:02}T12:00:00Z"])
    connection.close()
    return tmp_path


def export(archive: Path, name: str, *options: str) -> Result:
    return CliRunner().invoke(main, ["--dir", str(archive), "export", str(archive / name), *options])


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_json_lines_are_the_catalogue(archive: Path) -> None:
    done = export(archive, "all.jsonl")
    assert done.exit_code == 0, done.output
    article, *comments = lines(archive / "all.jsonl")
    assert (article["table"], article["headline"], article["authors"]) == ("articles", "=1+1", ["Tino, Jr.", "=Jane"])
    assert [one["text"] for one in comments] == HOSTILE
    connection = sqlite3.connect(archive / "catalogue.db")
    names = {row[1] for row in connection.execute("PRAGMA table_info(comments)")}
    connection.close()
    assert names <= comments[0].keys()


def test_no_cell_of_a_csv_file_is_a_formula(archive: Path) -> None:
    done = export(archive, "comments.csv", "--table", "comments")
    assert "cells begin with an apostrophe" in done.output
    with (archive / "comments.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝")) for row in rows for cell in row.values())
    back = [row["text"][1:] if "text" in row["quoted_cells"].split() else row["text"] for row in rows]
    assert back[:8] == HOSTILE[:8]  # what got an apostrophe can be told from what had one
    assert not re.search("[\x00\x07\x1b\u202e]", (archive / "comments.csv").read_text(encoding="utf-8"))


def test_a_csv_file_holds_one_table(archive: Path) -> None:
    refused = export(archive, "all.csv")
    assert (refused.exit_code, "--table" in refused.output) == (2, True)
    assert not list(archive.glob("all.csv*"))


def sheets(path: Path) -> dict[str, list[list[tuple[str | None, str]]]]:
    """The sheets of an Excel file by name: the type and the text of each cell. Not well-formed XML is an error."""
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(path) as parts:
        named = [one.attrib["name"] for one in ET.fromstring(parts.read("xl/workbook.xml")).iter(f"{space}sheet")]
        found = {}
        for number, name in enumerate(named, 1):
            root = ET.fromstring(parts.read(f"xl/worksheets/sheet{number}.xml"))
            assert root.find(f".//{space}f") is None, "a formula"
            found[name] = [
                [(cell.get("t"), "".join(cell.itertext())) for cell in row.iter(f"{space}c")] for row in root.iter(f"{space}row")
            ]
    return found


def test_an_excel_file_holds_text_and_no_formula(archive: Path) -> None:
    done = export(archive, "all.xlsx")
    assert "1 texts were cut" in done.output
    found = sheets(archive / "all.xlsx")
    assert list(found) == ["articles", "comments"]
    texts = {text for row in found["comments"] for kind, text in row if kind in ("inlineStr", "s")}
    assert {*HOSTILE[:4], HOSTILE[7], HOSTILE[11]} <= texts
    assert "_x005F_x0041_" in texts  # else Excel would show it as "A"
    assert max(len(text.encode("utf-16-le")) // 2 for text in texts) <= LONGEST
    assert not any("\x1b" in text or "\u202e" in text for text in texts)


def test_a_full_sheet_is_followed_by_another(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "MOST_ROWS", 6)
    assert export(archive, "split.xlsx", "--table", "comments").exit_code == 0
    counts = {name: len(rows) for name, rows in sheets(archive / "split.xlsx").items()}
    assert counts == {"comments": 6, "comments 2": 6, "comments 3": 5}


def test_nothing_of_an_excel_file_lies_elsewhere_or_stays(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(archive / "not there"))  # whatever would be written in /tmp fails
    assert export(archive, "alone.xlsx").exit_code == 0
    assert [path.name for path in archive.iterdir() if "alone" in path.name] == ["alone.xlsx"]


def test_days_and_sites_limit_an_export(archive: Path) -> None:
    export(archive, "days.jsonl", "--table", "comments", "--since", "2026-10-03", "--until", "2026-10-04")
    assert [one["id"] for one in lines(archive / "days.jsonl")] == ["s:3", "s:4"]
    done = export(archive, "none.jsonl", "--site", "other")
    assert "0 articles and 0 comments" in done.output
    assert export(archive, "nobody.jsonl", "--site", "nobody").exit_code == 2


def test_nothing_is_written_over_and_no_other_form_is_made(archive: Path) -> None:
    (archive / "mine.jsonl").write_text("mine")
    assert export(archive, "mine.jsonl").exit_code == 2
    assert (archive / "mine.jsonl").read_text() == "mine"
    assert ".jsonl, .csv, .xlsx, .parquet, .cdxj, .wacz" in export(archive, "x.ods").output

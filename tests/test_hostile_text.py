"""Text of the web acts nowhere: not in logs, on the terminal, in the catalogue or in feeds (one crawl of a tiny hostile site)."""

from __future__ import annotations

import csv
import io
import json
import logging
import re
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.logs import SafeRecord, make_safe
from newsarchive.text import json_shown, shown
from tests.conftest import connect, crawl
from tests.vault.test_rebuild import served

ACTS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
EVIL = "[red]\x1b[31m\x9b31m\u202e\x07\x00"
STORY = "<p>" + "The council met on Monday and talked about the bridge for three hours, and for one more. " * 5 + "</p>"
ENTRY = '<li><div class="who"><b>{}</b> <span class="age">{} days ago</span></div><p>{}</p></li>'
FORGED = "\n2026-11-28 12:00:00 [newsarchive.crawl] INFO: forged"


SERVER = "\x1b]0;owned"


class Hostile(BaseHTTPRequestHandler):
    """A newspaper whose every word is meant for somebody's terminal, log or spreadsheet."""

    def version_string(self) -> str:
        return SERVER

    def do_GET(self) -> None:
        robots = f"User-agent: *\nDisallow: /no{EVIL}\nSitemap: /{EVIL}\nSitemap: /moved\n"
        pages = {"/robots.txt": robots, "/": self.home(), "/2026/11/dam/": self.article()}
        if self.path == "/moved":
            self.send_response(302, "\x1b[31mMoved")
            self.send_header("Location", "/nowhere\x1b[31m\x9b")
        elif self.path not in pages:
            self.send_response(503, "\x1b[31mNo")
            self.send_header("Retry-After", "\x1b[31m")
        else:
            self.send_response(200, "\x1b[31mOK")
        body = pages.get(self.path, "").encode("utf-8", "replace")
        kind = "text/plain" if self.path == "/robots.txt" else "text/html"
        self.send_header("Content-Type", f"{kind}; charset=utf-8; \x1b[31m=\x9b")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    @staticmethod
    def home() -> str:
        addresses = ("/2026/11/dam/", "/moved", "/a%0d%0ab%1b[31m", f"/{EVIL}")
        links = "".join(f'<h2><a href="{address}">The dam is full again</a></h2>' for address in addresses)
        name = f'<meta property="og:site_name" content="{EVIL}Gazette">'
        return f"<html><head><title>{EVIL}</title>{name}</head><body>{links}</body></html>"

    @staticmethod
    def article() -> str:
        said = [
            (f"=nick{EVIL}", f"=1+1{EVIL}"),
            ("[bold]Rudo[/bold]", f"@SUM(1){EVIL}"),
            ("Tino", "&#0;&#x9b;31m&#x202e;&#xd800; and more"),
            ("+1 Tendai", "-1 for that"),
        ]
        entries = "".join(ENTRY.format(name, age, text) for age, (name, text) in enumerate(said, 2))
        section = f'<section class="comments" id="comments{EVIL}"><h3>4 Comments</h3><ul>{entries}</ul></section>'
        author = f'<meta name="author" content="=Jane{EVIL}"><meta property="og:type" content="article">'
        head, body = f"<title>x</title>{author}", f"<article><h1>=The dam{EVIL}</h1>{STORY}</article>{section}"
        return f"<html><head>{head}</head><body>{body}</body></html>"

    def log_message(self, format: str, *values: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str, str]]:
    """The archive's folder, the site's address, the crawl's log."""
    folder = tmp_path_factory.mktemp("hostile")
    with served(Hostile) as url:
        options = ("-s", "LOG_LEVEL=DEBUG", "-O", f"{folder}/items.csv", "-O", f"{folder}/items.jsonl")
        done = crawl(folder, url, *options)
        assert done.returncode == 0, done.stderr[-3000:]
        yield folder, url, done.stderr


def newsarchive(folder: Path, *words: str) -> str:
    command = [sys.executable, "-m", "newsarchive.cli", "--dir", str(folder), *words]
    done = subprocess.run(command, capture_output=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.decode("utf-8")


def test_every_line_of_the_log_is_a_record(crawled: tuple[Path, str, str]) -> None:
    _, _, log = crawled
    assert not ACTS.search(log)
    lines = log.splitlines()
    assert len(lines) > 20
    assert [one for one in lines if not re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \[|    \| ", one)] == []


def test_no_cell_of_the_catalogue_holds_a_control(crawled: tuple[Path, str, str]) -> None:
    folder, _, _ = crawled
    connection = connect(folder / "catalogue.db")
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%STRICT%'")]
    held = [(table, cell) for table in tables for row in connection.execute(f"SELECT * FROM {table}") for cell in row]
    names = {row[0] for row in connection.execute("SELECT author_name FROM comments")}
    connection.close()
    assert [(table, cell) for table, cell in held if isinstance(cell, str) and ACTS.search(cell)] == []
    assert len(names) == 4
    assert "[bold]Rudo[/bold]" in names


def test_a_terminal_is_told_words_only(crawled: tuple[Path, str, str]) -> None:
    folder, url, _ = crawled
    sites = newsarchive(folder, "sites")
    told = newsarchive(folder, "read", f"{url}2026/11/dam/")
    as_json = newsarchive(folder, "read", "--json", f"{url}2026/11/dam/")
    assert not ACTS.search(sites + told + as_json)
    assert "[red]" in sites  # as the site calls itself, and no colour
    assert "[bold]Rudo[/bold]" in told
    assert json.loads(as_json)["article"]["headline"].startswith("=The dam")


def test_a_feed_of_scrapy_holds_no_formula(crawled: tuple[Path, str, str]) -> None:
    folder, _, _ = crawled
    with (folder / "items.csv").open(encoding="utf-8", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert "'=1+1[red][31m31m" in cells or any(cell.startswith("'=") for cell in cells)
    assert [cell for cell in cells if cell.startswith(("=", "+", "@", "\t", "\r"))] == []


def test_a_record_is_one_line_and_a_traceback_has_a_margin() -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
    logger = logging.Logger("hostile")
    logger.addHandler(handler)
    before = logging.getLogRecordFactory()
    make_safe()
    try:
        logger.warning("Not read: %s", f"{EVIL}{FORGED}\ud800")
        try:
            raise ValueError(f"{EVIL}{FORGED}")
        except ValueError:
            logger.exception("It failed")
    finally:
        logging.setLogRecordFactory(before)
    lines = stream.getvalue().splitlines()
    assert not ACTS.search(stream.getvalue())
    assert lines[0] == rf"WARNING: Not read: [red]\x1b[31m\x9b31m\u202e\x07\x00\n{FORGED[1:]}\ud800"
    assert lines[1] == "ERROR: It failed"
    assert all(line.startswith("    | ") for line in lines[2:])
    assert SafeRecord("n", 20, "p", 1, "%s", ("a\tb",), None).getMessage() == r"a\tb"


@given(st.text())
def test_what_is_shown_acts_nowhere_and_json_stays_the_same(text: str) -> None:
    assert not ACTS.search(shown(text))
    assert "\n" not in shown(text)
    assert shown(shown(text)) == shown(text)
    shown_json = json_shown(json.dumps([text], ensure_ascii=False))
    assert not ACTS.search(shown_json)
    assert json.loads(shown_json) == [text]

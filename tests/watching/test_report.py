"""The demo newspaper dies, blocks and is redesigned, really crawled each time: `newsarchive report` says so, and why."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newsarchive.catalogue import schema
from newsarchive.demo.newspaper import Newspaper
from newsarchive.demo.server import Served, serve
from newsarchive.times import to_iso
from newsarchive.watching.report import report as sites
from tests.conftest import PROJECT, crawl

Delivered = tuple[int, list[tuple[str, str]], bytes]
FEW = ("-a", "max_articles=12")
HTML = [("Content-Type", "text/html; charset=utf-8")]
CHALLENGE = b"""<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><noscript>Enable JavaScript and cookies to
continue</noscript><script>window._cf_chl_opt = {cType: 'managed'}</script></body></html>"""
PARKED = b"""<html><head><title>gazette</title></head><body><h1>gazette.example</h1><p>This domain is for sale! Make an offer.</p>
<script src="//img.sedoparking.com/js/jquery.js"></script></body></html>"""
SHELL = (
    b'<!doctype html><html><head><title>Courier</title></head><body><div id="app"></div><script src="/app.js"></script></html>'
)
STORY = re.compile(r"/\d{4}/\d\d/[^/]+/")
DATES = re.compile(
    rb'"date(?:Published|Modified)": "[^"]*",?|<meta[^>]*(?:time|date)[^>]*>|<time.*?</time>|<span class="posted-on">.*?</span>',
    re.S,
)
COMMENTS = re.compile(rb'<(div|section)[^>]* class="comments(?:-area)?".*?</main>', re.S)


class Troubled(Newspaper):
    """A newspaper to which `trouble` comes. It sends its pages whole each time: what is tested is not the saving of traffic."""

    trouble = "none"

    def respond(self, method: str, target: str, headers: Iterable[tuple[str, str]]) -> Delivered:
        asked = [field for field in headers if not field[0].lower().startswith(("if-", "accept-encoding"))]
        status, fields, body = super().respond(method, target, asked)
        match self.trouble:
            case "empty":
                return self._page(200, b"")
            case "parked":
                return self._page(200, PARKED)
            case "forbidden":
                return (
                    self._page(403, b"<html><body>Forbidden</body></html>") if target != "/robots.txt" else (status, fields, body)
                )
            case "challenge":
                return self._page(200, CHALLENGE) if target != "/robots.txt" else (status, fields, body)
            case "challenge 503":
                return self._page(503, CHALLENGE)
        if not STORY.match(target) or status != 200:
            return status, fields, body
        match self.trouble:
            case "shell":
                body = SHELL
            case "no dates":
                body = DATES.sub(b"", body)
            case "no comments":
                body = COMMENTS.sub(b"</main>", body)
                body = re.sub(rb'"commentCount": \d+', b'"commentCount": 0', body)
        length = [("Content-Length", str(len(body)))]
        return status, [field for field in fields if field[0] != "Content-Length"] + length, body

    def _page(self, status: int, body: bytes) -> Delivered:
        return status, [*HTML, ("Content-Length", str(len(body)))], body


@dataclass
class Watched:
    """An archive of three crawls in which all was well, and the newspaper, which is still served."""

    folder: Path
    served: Served
    newspaper: Troubled

    @property
    def site(self) -> str:
        return f"127-0-0-1-{self.served.url.rpartition(':')[2]}"


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    folder = tmp_path_factory.mktemp("watched")
    newspaper = Troubled(now=datetime.now(UTC))
    with serve(newspaper) as served:
        for _ in range(3):
            done = crawl(folder, f"{served.url}/", *FEW)
            assert done.returncode == 0, done.stderr[-3000:]
        yield Watched(folder, served, newspaper)


def report(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "newsarchive.cli", "--dir", str(folder), "report", *words]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=60, check=False)


def test_a_site_that_is_well_is_silent_from_cron(watched: Watched) -> None:
    done = report(watched.folder, "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert f"{watched.site}: well" in report(watched.folder, "news").stdout


@pytest.mark.parametrize(
    ("trouble", "kind", "reason"),
    [
        ("empty", "dead", "pages are empty"),
        ("parked", "dead", "the domain is parked"),
        ("forbidden", "blocked", "are refusals"),
        ("challenge", "blocked", "or challenges"),
        ("challenge 503", "blocked", "or challenges"),
        ("shell", "redesigned", "not read as the articles they were"),
        ("no dates", "redesigned", "lack date_published"),
        ("no comments", "redesigned", "comments are gone: 0 of"),
    ],
)
def test_trouble_is_named_with_its_reason(watched: Watched, trouble: str, kind: str, reason: str, tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    shutil.copytree(watched.folder, folder)
    watched.newspaper.trouble = trouble
    try:
        crawl(folder, f"{watched.served.url}/", *FEW, "-s", "NEWSARCHIVE_RETRY_AFTER=1")
    finally:
        watched.newspaper.trouble = "none"
    done = report(folder)
    assert done.returncode == 1
    [line] = done.stdout.splitlines()
    assert line.startswith(f"{watched.site}: {kind}: "), line
    assert reason in line
    left = json.loads((folder / "reports" / f"{watched.site}.json").read_text("utf-8"))
    assert not left["healthy"]
    assert {one["kind"] for one in left["findings"]} == {kind}
    assert kind in (folder / "reports" / f"{watched.site}.html").read_text("utf-8")


def test_a_server_that_is_gone_is_dead(tmp_path: Path) -> None:
    newspaper = Troubled(now=datetime.now(UTC))
    with serve(newspaper) as served:
        assert crawl(tmp_path, f"{served.url}/", "-a", "max_articles=2").returncode == 0
    assert crawl(tmp_path, f"{served.url}/").returncode == 1
    done = report(tmp_path)
    assert done.returncode == 1
    assert "dead: no answer from the site (refused: " in done.stdout


def test_a_name_that_is_gone_is_dead(tmp_path: Path) -> None:
    crawl(tmp_path, "http://gazette.invalid:80/", "-s", "NEWSARCHIVE_OPERATOR=A <a@a.example>", "-s", "DOWNLOAD_TIMEOUT=10")
    done = report(tmp_path)
    assert done.returncode == 1
    assert done.stdout.startswith("gazette-invalid: dead: no answer from the site (dns: ")


def test_gauges_for_prometheus_and_a_page_for_people(watched: Watched, tmp_path: Path) -> None:
    gauges, page = tmp_path / "metrics" / "newsarchive.prom", tmp_path / "report.html"
    assert report(watched.folder, "--prometheus", str(gauges), "--html", str(page)).returncode == 0
    text = gauges.read_text("utf-8")
    sample = re.compile(r'newsarchive_\w+\{site="[^"]*"(,\w+="[^"]*")*\} -?[\d.e+]+')
    assert all(line.startswith("# ") or sample.fullmatch(line) for line in text.splitlines())
    assert f'newsarchive_healthy{{site="{watched.site}"}} 1' in text
    assert f'newsarchive_crawl{{site="{watched.site}",count="articles"}}' in text
    assert list(gauges.parent.iterdir()) == [gauges]  # nothing half written is left for the collector
    assert "Nothing was found to be wrong." in page.read_text("utf-8")


def test_a_rebuild_changes_no_report(watched: Watched, tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    shutil.copytree(watched.folder, folder)
    before = report(folder, "--json").stdout
    command = [sys.executable, "-m", "newsarchive.cli", "--dir", str(folder), "rebuild"]
    subprocess.run(command, cwd=PROJECT, capture_output=True, timeout=120, check=True)
    assert report(folder, "--json").stdout == before
    assert json.loads(before)["counts"]["articles"] >= 8


def test_an_unknown_name_is_an_error(watched: Watched) -> None:
    done = report(watched.folder, "gazette")
    assert done.returncode == 2
    assert "gazette" in done.stderr


def test_a_crawl_of_what_is_due_is_compared_with_its_like(tmp_path: Path) -> None:
    def put(number: int, *, due: bool, listed: int) -> None:
        seen = {"answers": listed, "listed": listed, "article_pages": listed, "articles": listed, "threads": listed}
        stats = {f"newsarchive/seen/{name}": count for name, count in seen.items()}
        at = to_iso(datetime.now(UTC) - timedelta(hours=20 - number))
        row = [f"k{number}", number, at, at, json.dumps({"due": due, "spider": "gazette"}), json.dumps(stats)]
        connection.execute(
            "INSERT INTO crawls (id, site_id, kind, number, started_at, finished_at, finish_reason, config, stats)"
            " VALUES (?, 'gazette-example', 'visit', ?, ?, ?, 'finished', ?, ?)",
            row,
        )

    with closing(schema.prepare(str(tmp_path / "catalogue.db"))) as connection:
        connection.execute("INSERT INTO sites (id, name) VALUES ('gazette-example', 'Gazette')")
        for number in range(5):
            put(number, due=False, listed=80)
            put(number + 5, due=True, listed=6)
        put(10, due=True, listed=5)
        (well,) = sites(connection, at=datetime.now(UTC))
        put(11, due=False, listed=5)
        (worse,) = sites(connection, at=datetime.now(UTC))
        put(12, due=True, listed=6)
        (told,), (forgotten,) = (sites(connection, at=datetime.now(UTC) + timedelta(hours=hours)) for hours in (0, 17))
    assert well.findings == forgotten.findings == ()
    assert [one.kind for one in worse.findings] == [one.kind for one in told.findings] == ["redesigned"]
    assert "in the crawl of" in told.findings[0].reason

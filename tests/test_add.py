"""`newsarchive add`: a first look at the demo newspaper, the files that come of it, and the test that holds them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsarchive.demo.newspaper import Newspaper
from newsarchive.demo.server import serve
from newsarchive.probing.files import name_of
from newsarchive.probing.pattern import pattern_of
from newsarchive.probing.zone import country_of, zone_of
from tests.conftest import PROJECT


def run(sites: Path, *words: str, allowed: str = "") -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"NEWSARCHIVE_SITES": str(sites), "NEWSARCHIVE_ALLOW_PRIVATE": allowed}
    command = [sys.executable, "-m", *words]
    return subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=180, check=False)


def test_a_newspaper_is_added_and_its_test_holds_it(tmp_path: Path) -> None:
    newspaper = Newspaper(now=datetime.now(UTC))
    with serve(newspaper) as served:
        allowed = served.url.removeprefix("http://")
        words = ("newsarchive.cli", "add", served.url, "--name", "courier", "-s", "DOWNLOAD_DELAY=0")
        done = run(tmp_path, *words, allowed=allowed)
        assert done.returncode == 0, done.stderr
        again = run(tmp_path, *words, allowed=allowed)
        refused = {target for _, target, _ in served.requests if target.startswith(newspaper.truth().forbidden)}
    assert not refused
    assert len(served.requests) <= 45
    assert (again.returncode, "is there already" in again.stderr) == (2, True)
    for shown in ("The Muunga Courier", "/feed/", "/sitemap.xml", "wordpress", r"/\d{4}/\d{2}/[^/]+/$", "platform: "):
        assert shown in done.stdout
    declared = (tmp_path / "courier.py").read_text("utf-8")
    assert len(declared.splitlines()) <= 25
    assert 'title = "The Muunga Courier"' in declared
    assert 'languages = ("en", "sn")' in declared
    told = tmp_path / "courier.json"
    pages = json.loads(told.read_text("utf-8"))
    truth = {true.headline: true for true in newspaper.truth().articles}
    assert pages[0]["article"]["headline"] in truth
    assert len(pages[0]["comments"]) > 5
    assert run(tmp_path, "newsarchive.cli", "read", str(tmp_path / "courier.warc.gz")).returncode == 0
    assert {"courier"} <= set(run(tmp_path, "scrapy", "list").stdout.split())
    assert run(tmp_path, "pytest", "tests/sites").returncode == 0
    told.write_text(told.read_text("utf-8").replace(pages[0]["comments"][2]["author_name"], "Somebody Else"), "utf-8")
    corrected = run(tmp_path, "pytest", "tests/sites")
    assert corrected.returncode == 1
    assert "Somebody Else" in corrected.stdout


def test_what_cannot_be_looked_at_leaves_nothing(tmp_path: Path) -> None:
    nobody = run(tmp_path, "newsarchive.cli", "add", "https://gazette.invalid/", "-s", "NEWSARCHIVE_OPERATOR=nobody")
    assert (nobody.returncode, "NEWSARCHIVE_OPERATOR" in nobody.stderr) == (2, True)
    wrong = run(tmp_path, "newsarchive.cli", "add", "ftp://gazette.invalid/")
    assert (wrong.returncode, "no http or https address" in wrong.stderr) == (2, True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("paths", "wanted"),
    [
        (["/2026/11/rain/", "/2026/10/sun/", "/2025/01/a-b-c/"], r"/\d{4}/\d{2}/[^/]+/$"),
        (["/2026/11/27/rain/", "/2026/10/01/sun/", "/2025/01/31/wind/"], r"/\d{4}/\d{2}/\d{2}/[^/]+/$"),
        (["/news/rain-100234", "/news/sun-100311", "/news/wind-99999"], r"/news/[^/]*\d+$"),
        (["/story/1204.html", "/story/1300.html", "/story/7.html"], r"/story/[^/]+\.html$"),
        (["/story/1204/", "/story/1300/", "/story/7/"], r"/story/\d+/$"),
        (["/rain/", "/sun/", "/wind/"], None),  # as any page's
        (["/news/rain", "/sport/sun", "/a/b/wind"], None),
        (["/2026/11/rain/", "/2026/10/sun/"], None),  # too few
        (["/2026/11/rain/?id=1", "/2026/10/sun/?id=2", "/2025/01/wind/?id=3"], None),
    ],
)
def test_addresses_of_articles_have_a_pattern_or_none(paths: list[str], wanted: str | None) -> None:
    urls = [f"https://gazette.example{path}" for path in paths]
    assert (
        pattern_of(urls, ["https://gazette.example/", "https://gazette.example/news/", "https://gazette.example/about/"])
        == wanted
    )


def test_a_pattern_that_finds_other_pages_too_is_none() -> None:
    urls = [f"https://gazette.example/news/{slug}" for slug in ("rain", "sun", "wind")]
    assert pattern_of(urls, ["https://gazette.example/news/archive"]) is None


def test_a_time_zone_is_named_where_it_is_sure() -> None:
    at = datetime(2026, 7, 1, 12, tzinfo=UTC)
    assert zone_of(country_of("news.pindula.co.zw"), []) == "Africa/Harare"
    assert zone_of("ZW", [("2026-07-01T14:00:00+02:00", at)]) == "Africa/Harare"
    assert zone_of("ZW", [("2026-07-01T12:00:00+00:00", at)]) is None  # the server's clock is elsewhere
    assert zone_of("US", []) is None
    assert zone_of(country_of("gazette.com"), [("2026-07-01T14:00:00+02:00", at)]) is None
    assert country_of("gazette.co.uk") == "GB"


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("https://news.pindula.co.zw/", "pindula"),
        ("https://www.the-gazette.example/", "the_gazette"),
        ("https://gazette.com.au/en/", "gazette"),
        ("http://127.0.0.1:8000/", "site_127_0_0_1_8000"),
        ("https://24.example/", "site_24"),
        ("https://news.example/", "site_news"),
    ],
)
def test_a_newspaper_is_named_after_its_host(url: str, wanted: str) -> None:
    assert name_of(url) == wanted

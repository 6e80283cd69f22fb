"""Backfills: old articles from sitemaps, WordPress and the pages of sections; in portions, after a kill, and nothing twice."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from newsarchive.crawl.backfill import Span, dates_in
from newsarchive.demo.newspaper import Newspaper
from newsarchive.demo.server import Served, serve
from newsarchive.errors import UsageError
from tests.conftest import PROJECT, connect, crawl

Delivered = tuple[int, list[tuple[str, str]], bytes]
ON_PAGE = 10
WORDS = ("river", "bridge", "mill", "council", "market", "rain", "school", "road", "library", "clinic")
WORDS += ("harvest", "borehole", "teacher", "driver", "choir", "vote")


class Yearbook(Newspaper):
    """A newspaper of 240 articles, twenty a month from January to December 2024, ten on each page of its one section.

    `lists` are the ways in which it lists them besides: `sitemap`, `rest`, `months`; without `pages` the section has one page.
    """

    lists: tuple[str, ...] = ()
    pages = True
    stop_at: int | None = None
    crawl_id: subprocess.Popen[str] | None = None
    _answered = 0

    def respond(self, method: str, target: str, headers: Iterable[tuple[str, str]]) -> Delivered:
        self._host = {name.lower(): value for name, value in headers}["host"]
        self._answered += 1
        if self._answered == self.stop_at and self.crawl_id:
            os.kill(self.crawl_id.pid, signal.SIGKILL)
        parts = urlsplit(target)
        found = self._page(parts.path, parse_qs(parts.query))
        kind, body, more = found or ("text/html", "<html><body><p>There is no such page here.</p></body></html>", [])
        encoded = body.encode()
        fields = [("Content-Type", f"{kind}; charset=utf-8"), ("Content-Length", str(len(encoded))), *more]
        return (200 if found else 404), fields, encoded

    def _page(self, path: str, query: dict[str, list[str]]) -> tuple[str, str, list[tuple[str, str]]] | None:
        words = [word for word in path.split("/") if word]
        match words:
            case []:
                return self._listing(stories()[:ON_PAGE], '<nav><a href="/section/news/">News</a></nav>')
            case ["section", "news"]:
                return self._section(1)
            case ["section", "news", "page", number] if self.pages:
                return self._section(int(number))
            case ["sitemap.xml"] if "sitemap" in self.lists:
                urls = "".join(f"<url><loc>http://{self._host}{one}</loc></url>" for one in stories())
                return "application/xml", f'<?xml version="1.0"?><urlset>{urls}</urlset>', []
            case ["wp-json", "wp", "v2", "posts"] if "rest" in self.lists:
                return self._posts(query)
            case [year, month] if "months" in self.lists and year == "2024":
                return self._listing([one for one in stories() if one.startswith(f"/{year}/{month}/")])
            case [*_] if path in stories():
                return self._story(path)
        return None

    def _section(self, number: int) -> tuple[str, str, list[tuple[str, str]]] | None:
        shown = stories()[(number - 1) * ON_PAGE : number * ON_PAGE]
        older = f'<a class="next" rel="next" href="/section/news/page/{number + 1}/">Older</a>' if self.pages else ""
        return self._listing(shown, older) if shown else None

    def _listing(self, shown: list[str], more: str = "") -> tuple[str, str, list[tuple[str, str]]]:
        links = "".join(f'<h2><a href="{one}">{title(one)}</a></h2>' for one in shown)
        return "text/html", f"<html><head><title>The Yearbook</title></head><body><main>{links}</main>{more}</body></html>", []

    def _posts(self, query: dict[str, list[str]]) -> tuple[str, str, list[tuple[str, str]]]:
        after, page = query.get("after", ["0"])[0], int(query.get("page", ["1"])[0])
        size = int(query["per_page"][0])
        wanted = [one for one in stories() if day(one).isoformat() >= after[:10]]
        shown = wanted[(page - 1) * size : page * size]
        posts = [{"id": at, "link": f"http://{self._host}{one}"} for at, one in enumerate(shown)]
        return "application/json", json.dumps(posts), [("X-WP-TotalPages", str(-(-len(wanted) // size)))]

    def _story(self, path: str) -> tuple[str, str, list[tuple[str, str]]]:
        told = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": title(path)}
        told |= {"datePublished": f"{day(path)}T08:00:00Z", "author": {"@type": "Person", "name": "Tendai Moyo"}}
        number = int(path.rstrip("/").rpartition("-")[2])
        said = [(WORDS[number * at % 16], WORDS[(number // 16 + at) % 16], WORDS[(number // 7 + at) % 16]) for at in range(1, 8)]
        text = "".join(f"<p>The {a} and the {b} met, said one who saw the {c} before, and they went on.</p>" for a, b, c in said)
        head = f'<title>{title(path)}</title><script type="application/ld+json">{json.dumps(told)}</script>'
        return "text/html", f"<html><head>{head}</head><body><article><h1>{title(path)}</h1>{text}</article></body></html>", []


def stories() -> list[str]:
    """The addresses of all articles, newest first."""
    return [f"/2024/{12 - at // 20:02}/{WORDS[at % 16]}-and-{WORDS[at * 7 % 16]}-number-{1000 - at}/" for at in range(240)]


def day(path: str) -> date:
    return date(2024, int(path.split("/")[2]), 15)


def title(path: str) -> str:
    return path.split("/")[3].replace("-", " ").capitalize() + " in the news of the week"


def paper(*lists: str, pages: bool = True) -> Yearbook:
    made = Yearbook(now=datetime.now(UTC))
    made.lists, made.pages = lists, pages
    return made


def asked(served: Served) -> list[str]:
    """The articles that were asked for."""
    known = set(stories())
    return [target for _, target, _ in served.requests if target in known]


def within(since: str, until: str = "2024-12-31") -> set[str]:
    return {one for one in stories() if date.fromisoformat(since) <= day(one) <= date.fromisoformat(until)}


@pytest.mark.parametrize(("lists", "pages"), [(("sitemap",), False), (("rest",), False), (("months",), False), ((), True)])
def test_old_articles_are_found_however_they_are_listed(lists: tuple[str, ...], pages: bool, tmp_path: Path) -> None:
    with serve(paper(*lists, pages=pages)) as served:
        done = crawl(tmp_path, f"{served.url}/", "-a", "since=2024-09-01", "-a", "until=2024-11-30")
        assert done.returncode == 0, done.stderr[-3000:]
        found = asked(served)
        pages_asked = sum(target.startswith("/section/news/") for _, target, _ in served.requests)
    assert set(found) == within("2024-09-01", "2024-11-30")
    assert len(found) == 60
    if pages:
        assert pages_asked <= 12  # it goes back to September, and not to January


def test_a_backfill_in_portions_asks_for_nothing_twice(tmp_path: Path) -> None:
    """And pages through what is known: with three barren pages allowed, the pages of known articles would end it."""
    words = ("-a", "since=2024-07-01", "-a", "max_articles=50", "-s", "NEWSARCHIVE_BARREN_PAGES=3")
    with serve(paper()) as served:
        for portion in (50, 100, 120):
            assert crawl(tmp_path, f"{served.url}/", *words).returncode == 0
            assert len(asked(served)) == portion
        assert Counter(asked(served)).most_common(1)[0][1] == 1
        assert set(asked(served)) == within("2024-07-01")


def test_a_killed_backfill_goes_on(tmp_path: Path) -> None:
    newspaper = paper("sitemap", pages=False)
    with serve(newspaper) as served:
        host = served.url.removeprefix("http://")
        settings = {"NEWSARCHIVE_DIR": tmp_path, "NEWSARCHIVE_ALLOW_PRIVATE": host, "DOWNLOAD_DELAY": 0.02}
        options = [word for name, value in settings.items() for word in ("-s", f"{name}={value}")]
        command = [sys.executable, "-m", "scrapy", "crawl", "news", "-a", f"url={served.url}/", "-a", "since=2024-10-01"]
        newspaper.stop_at = 45
        with subprocess.Popen([*command, *options], cwd=PROJECT, stderr=subprocess.DEVNULL, text=True) as killed:
            newspaper.crawl_id = killed
            assert killed.wait(timeout=120) == -signal.SIGKILL
        newspaper.crawl_id = None
        before = set(asked(served))
        assert 10 < len(before) < 60
        assert crawl(tmp_path, f"{served.url}/", "-a", "since=2024-10-01").returncode == 0
        times = Counter(asked(served))
    assert set(times) == within("2024-10-01")
    assert times.total() - len(times) <= 64  # what was not committed: at most a second's captures
    connection = connect(tmp_path / "catalogue.db")
    crawls = connection.execute("SELECT count(*), max(finish_reason), max(config) FROM crawls").fetchone()
    assert tuple(crawls)[:2] == (1, "finished")
    assert json.loads(crawls[2])["since"] == "2024-10-01"
    assert connection.execute("SELECT count(*) FROM articles").fetchone()[0] == 60
    connection.close()


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("https://a.example/2020/05/17/rain/", ("2020-05-17", "2020-05-17")),
        ("https://a.example/2020/02/rain/", ("2020-02-01", "2020-02-29")),
        ("https://a.example/news/2020-05-17-rain.html", ("2020-05-17", "2020-05-17")),
        ("https://a.example/news/20200517/rain", ("2020-05-17", "2020-05-17")),
        ("https://a.example/post-sitemap-2020-05.xml", ("2020-05-01", "2020-05-31")),
        ("https://a.example/sitemap.xml?yyyy=2020&mm=5", ("2020-05-01", "2020-05-31")),
        ("https://a.example/archive/2020/", ("2020-01-01", "2020-12-31")),
        ("https://a.example/2020/02/31/rain/", None),
        ("https://a.example/news/rain-12020517", None),
        ("https://a.example/news/rain/", None),
    ],
)
def test_days_in_addresses(url: str, wanted: tuple[str, str] | None) -> None:
    found = dates_in(url)
    assert (found and (found[0].isoformat(), found[1].isoformat())) == wanted


def test_a_span_and_its_months() -> None:
    span = Span.parse("2023-11-15", "2024-02-10")
    assert list(span.months(date(2026, 1, 1))) == [(2024, 2), (2024, 1), (2023, 12), (2023, 11)]
    assert list(Span.parse("2023-11-15", None).months(date(2023, 12, 1))) == [(2023, 12), (2023, 11)]
    assert list(Span.parse(None, "2024-02-10").months(date(2026, 1, 1))) == []
    for wrong in (("yesterday", None), ("2024-02-01", "2024-01-01"), (None, "31.1.2024")):
        with pytest.raises(UsageError):
            Span.parse(*wrong)

"""Signs: a site's own lists tell what has not changed, and only the rest is asked for."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from newsarchive.catalogue.signs import Known
from newsarchive.cli import main
from newsarchive.crawl.signs import Signs
from newsarchive.items import Follow, Reading, Sign
from newsarchive.reading.pool import ReadingPool
from newsarchive.vault.rebuild import rebuild
from tests.capture.conftest import serve
from tests.conftest import PROJECT, connect, crawl

__all__ = ["serve"]
WORDS = "<p>" + "The council met on Tuesday and decided nothing at all about the bridge. " * 8 + "</p>"


@dataclass
class Site:
    """A WordPress of two stories, one with a comment; `answers` are what the server gives out."""

    answers: dict[str, Any] = field(default_factory=dict)
    remarks: dict[int, str] = field(default_factory=lambda: {7: "Well said."})
    words: dict[int, str] = field(default_factory=lambda: {1: WORDS, 2: WORDS.replace("bridge", "market")})

    def print(self) -> None:
        """Make all pages, and all lists, as they are now."""
        head = '<html><head><title>Gazette</title><link rel="https://api.w.org/" href="/wp-json/"></head><body class="{}">'
        links = "".join(f'<h2><a href="/2026/11/story-number-{number}/">Story number {number}</a></h2>' for number in self.words)
        self.page("/", head.format("home") + links + "</body></html>")
        self.page("/robots.txt", "", status="404 Not Found")
        for name in ("/feed/", "/sitemap.xml", "/sitemap_index.xml", "/news-sitemap.xml"):
            self.page(name, "nothing", status="404 Not Found")
        for number, words in self.words.items():
            row = '<li id="comment-{}"><b class="fn">Ann</b><div class="comment-content">{}</div></li>'
            said = f"<ol>{''.join(row.format(*one) for one in self.remarks.items())}</ol>"
            form = '<form id="commentform"></form>'
            body = f"<article><h1>Story number {number}</h1>{words}</article>{said if number == 1 else ''}{form}"
            self.page(f"/2026/11/story-number-{number}/", head.format(f"single postid-{number}") + body + "</body></html>")
        self.json(
            "/wp-json/wp/v2/posts",
            [
                {"id": number, "link": f"/2026/11/story-number-{number}/", "content": {"rendered": words}}
                for number, words in self.words.items()
            ],
        )
        comments = [{"id": one, "post": 1, "parent": 0, "content": {"rendered": said}} for one, said in self.remarks.items()]
        self.json("/wp-json/wp/v2/comments", comments)

    def page(self, path: str, body: str, *, kind: str = "text/html", status: str = "200 OK") -> None:
        content = body.encode()
        head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}; charset=utf-8\r\nContent-Length: {len(content)}\r\n\r\n"
        self.answers[path] = ("keep", head.encode() + content)

    def json(self, path: str, rows: list[dict[str, Any]]) -> None:
        host = f"http://127.0.0.1:{self.port}"
        told = [row | ({"link": host + row["link"]} if "link" in row else {}) for row in rows]
        self.page(path, json.dumps(told), kind="application/json")

    port = 0


@dataclass
class Visits:
    """The stories that each visit of the site asked for."""

    site: Site
    server: Any
    folder: Path

    def next(self, *options: str) -> list[str]:
        """Crawl once more; the numbers of the stories that were asked for."""
        self.server.heard.clear()
        done = crawl(self.folder, f"http://127.0.0.1:{self.server.port}/", *options)
        assert done.returncode == 0, done.stderr[-3000:]
        return sorted(path.strip("/")[-1] for path in self.server.heard if "/story-number-" in path)

    def kill_at(self, path: str) -> None:
        """Begin a visit, and kill it while it waits for this answer."""
        self.server.heard.clear()
        answer, self.site.answers[path] = self.site.answers[path], ("stall",)
        host = f"127.0.0.1:{self.server.port}"
        settings = (f"NEWSARCHIVE_DIR={self.folder}", f"NEWSARCHIVE_ALLOW_PRIVATE={host}", "DOWNLOAD_DELAY=0")
        words = [word for setting in settings for word in ("-s", setting)]
        command = [sys.executable, "-m", "scrapy", "crawl", "news", "-a", f"url=http://{host}/", *words]
        with subprocess.Popen(command, cwd=PROJECT, stderr=subprocess.DEVNULL, start_new_session=True) as process:
            while path not in self.server.heard:
                assert process.poll() is None
                time.sleep(0.02)
            os.killpg(process.pid, signal.SIGKILL)
        self.site.answers[path] = answer

    def statuses(self) -> list[str]:
        """What the catalogue says of the comments."""
        with closing(connect(self.folder / "catalogue.db")) as catalogue:
            return [row["status"] for row in catalogue.execute("SELECT status FROM comments ORDER BY id")]


@pytest.fixture
def visits(serve: Callable[..., Any], tmp_path: Path) -> Visits:
    site = Site()
    server = serve(site.answers)
    site.port = server.port
    site.print()
    return Visits(site, server, tmp_path)


def test_only_what_has_changed_is_asked_for(visits: Visits) -> None:
    assert visits.next() == ["1", "2"]
    assert visits.next() == []
    visits.site.remarks[7] = "Badly said."
    visits.site.print()
    assert visits.next() == ["1"]
    rows = connect(visits.folder / "catalogue.db").execute("SELECT text, revision_count FROM comments").fetchall()
    assert [tuple(row) for row in rows] == [("Badly said.", 1)]
    visits.site.words[2] += "<p>And a silent correction.</p>"
    visits.site.print()
    assert visits.next() == ["2"]
    assert visits.next() == []


def test_a_visit_that_is_killed_while_it_asks_for_them_goes_on(visits: Visits) -> None:
    visits.next()
    visits.site.remarks[7] = "Badly said."
    visits.site.print()
    visits.kill_at("/wp-json/wp/v2/comments")
    assert visits.next() == ["1"]
    with closing(connect(visits.folder / "catalogue.db")) as catalogue:
        crawls = catalogue.execute("SELECT count(*), count(finished_at) FROM crawls").fetchone()
        signs = catalogue.execute("SELECT count(*) FROM signs").fetchone()
    assert (*crawls, *signs) == (2, 2, 2)


def test_a_site_of_which_something_was_forgotten_has_none(visits: Visits) -> None:
    """Its lists would bring the words back, where nobody reads them."""
    visits.next()
    comment = f"127-0-0-1-{visits.server.port}:wordpress:7"
    words = ["--dir", str(visits.folder), "forget", comment, "--case", "1", "--reason", "x", "--yes"]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0, done.output
    assert visits.next() == ["1", "2"]
    assert not [path for path in visits.server.heard if "wp-json/wp/v2" in path]
    kept = b"".join(gzip.decompress(path.read_bytes()) for path in (visits.folder / "warc").iterdir())
    assert b"Well said" not in kept
    with closing(connect(visits.folder / "catalogue.db")) as catalogue:
        assert catalogue.execute("SELECT count(*) FROM signs").fetchone()[0] == 0
    pool = ReadingPool(workers=1, seconds=30, megabytes=2048)
    with closing(connect(rebuild(visits.folder, pool))) as catalogue:
        assert catalogue.execute("SELECT count(*) FROM signs").fetchone()[0] == 0
    pool.close()


def test_a_missed_comment_is_asked_for_until_it_is_proven_to_be_gone(visits: Visits) -> None:
    visits.site.remarks |= {8: "Not so.", 9: "It is."}
    visits.site.print()
    assert visits.next() == ["1", "2"]
    del visits.site.remarks[8]
    visits.site.print()
    assert visits.next() == ["1"]
    assert visits.statuses() == ["live", "live", "live"]
    assert visits.next() == ["1"]
    assert visits.statuses() == ["live", "deleted", "live"]
    assert visits.next() == []


def test_what_is_listed_no_more_is_asked_for_once(visits: Visits) -> None:
    visits.next()
    del visits.site.words[2]
    visits.site.page("/2026/11/story-number-2/", "gone", status="410 Gone")
    visits.site.print()
    assert visits.next() == ["2"]
    assert visits.next() == []


def test_a_story_that_could_not_be_had_is_asked_for_again(visits: Visits) -> None:
    whole = visits.site.answers["/2026/11/story-number-2/"]
    visits.site.page("/2026/11/story-number-2/", "trouble", status="500 Internal Server Error")
    assert visits.next() == ["1", "2"]
    visits.site.answers["/2026/11/story-number-2/"] = whole
    assert visits.next() == ["2"]
    assert visits.next() == []


@pytest.mark.parametrize("closed", ["posts", "comments"])
def test_a_list_that_cannot_be_had_tells_nothing(visits: Visits, closed: str) -> None:
    visits.next()
    visits.site.page(f"/wp-json/wp/v2/{closed}", '{"code": "rest_forbidden"}', kind="application/json", status="401 Unauthorized")
    assert visits.next() == ["1", "2"]


def test_no_days_turn_it_off(visits: Visits) -> None:
    off = ("-s", "NEWSARCHIVE_SIGN_DAYS=0")
    visits.next()
    assert visits.next(*off) == ["1", "2"]
    assert not any("/wp/v2/" in path for path in visits.server.heard)


def test_a_newspaper_s_changed_file_has_all_pages_read_with_it(visits: Visits) -> None:
    visits.next()
    assert visits.next("-a", "time_zone=Africa/Harare") == ["1", "2"]
    assert visits.next("-a", "time_zone=Africa/Harare") == []


def test_a_look_at_some_articles_needs_no_signs(visits: Visits) -> None:
    visits.next("-a", "max_articles=1")
    assert not any("/wp/v2/" in path for path in visits.server.heard)


def test_a_rebuild_gives_the_same_signs(visits: Visits, tmp_path: Path) -> None:
    visits.next()
    visits.next()
    pool = ReadingPool(workers=1, seconds=30, megabytes=2048)
    again = rebuild(visits.folder, pool, into=tmp_path / "again.db")
    pool.close()
    signs = [
        [tuple(row) for row in connect(path).execute("SELECT * FROM signs ORDER BY thread_id")]
        for path in (visits.folder / "catalogue.db", again)
    ]
    assert len(signs[0]) == 2
    assert signs[0] == signs[1]


AT = datetime(2026, 11, 28, tzinfo=UTC)
STORY = "https://any.example/story/"
POSTS, COMMENTS = Follow("https://any.example/posts", "signs"), Follow("https://any.example/comments", "signs")


def told(*signs: Sign, follow: tuple[Follow, ...] = ()) -> Reading:
    return Reading(signs=signs, follow=follow, readers=("signs",))


@pytest.mark.parametrize(("age", "spared"), [(29, "unchanged"), (31, None)])
def test_what_was_read_long_ago_is_read_again(age: int, spared: str | None) -> None:
    read = (AT - timedelta(days=age)).isoformat().replace("+00:00", "Z")
    signs = Signs({"t": Known("0" * 31 + "3", STORY, read)}, at=AT, days=30)
    assert signs.may_ask(POSTS)
    assert signs.are_awaited
    assert signs.learn(POSTS.url, told(Sign("t", "0" * 31 + "1", STORY), follow=(COMMENTS,))) == ()
    wanted = signs.learn(COMMENTS.url, told(Sign("t", "0" * 31 + "2")))
    assert not signs.are_awaited
    assert signs.spares(Follow(STORY, "article")) == spared
    assert signs.spares(Follow(f"{STORY}comment-page-2/", "comments")) == spared
    assert signs.spares(Follow(STORY, "listing")) is None
    assert wanted == (() if spared else (Follow(STORY, "article"),))


def test_lists_that_cost_more_than_they_can_save_are_given_up() -> None:
    signs = Signs({}, at=AT, days=30)
    signs.may_ask(POSTS)
    signs.learn(POSTS.url, told(Sign("t", "0" * 32, STORY), follow=(COMMENTS,)))
    many = tuple(Follow(f"https://any.example/comments?page={page}", "signs") for page in range(2, 60))
    assert signs.learn(COMMENTS.url, told(follow=many)) == ()
    assert not signs.are_awaited
    assert not signs.may_ask(many[0])


def test_lists_without_end_are_given_up_before_the_news_has_waited_long() -> None:
    signs = Signs({}, at=AT, days=30)
    signs.may_ask(POSTS)
    lists = tuple(Follow(f"https://any.example/posts?page={page}", "signs") for page in range(2, 20_001))
    assert signs.learn(POSTS.url, told(Sign("t", "0" * 32, STORY), follow=lists)) == ()
    assert not signs.are_awaited
    assert signs.spares(lists[0]) == "signs given up"  # what waits already


def test_lists_that_name_the_same_again_and_again_are_given_up() -> None:
    signs = Signs({}, at=AT, days=30)
    signs.may_ask(POSTS)
    lists = tuple(Follow(f"https://any.example/posts?page={page}", "signs") for page in range(2, 900))
    same = [Sign(f"t{number}", "0" * 32, STORY) for number in range(100)]
    signs.learn(POSTS.url, told(*same, follow=lists))
    asked = 1
    while signs.are_awaited:
        signs.learn(lists[asked].url, told(*same))
        asked += 1
    assert asked == 101
    assert signs.spares(lists[asked]) == "signs given up"

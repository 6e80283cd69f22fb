"""Paging without end, and pages made to break the archive: the crawl ends, tells it, and keeps what is good."""

from __future__ import annotations

import base64
import hashlib
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from newsarchive.reading.pool import ReadingPool
from newsarchive.vault.rebuild import rebuild
from tests.conftest import connect, crawl

STORY = "<p>" + "The council met on Monday and talked about the bridge for three hours, and for one more. " * 5 + "</p>"


STORIES = ("endless-talk", "big-number-story", "good-news-today", "sends-others-to-your-door", "moved-to-another-house")
VICTIM = "http://127.0.0.1:9"  # nobody listens there; the address is let through so that only the method can stop it


def article(title: str, more: str = "", head: str = "") -> str:
    return (
        f'<html><head><title>{title}</title><meta property="og:type" content="article">{head}</head>'
        f"<body><article><h1>{title}</h1>{STORY}</article>{more}</body></html>"
    )


def comments(number: int) -> str:
    """A page of a thread that always has a next one."""
    shown = "".join(
        f'<li id="comment-{number * 2 + k}" class="comment"><b class="fn">Tino</b>'
        f'<time datetime="2026-11-01T10:00:00+02:00">1 November</time>'
        f'<div class="comment-content"><p>Word {number * 2 + k}</p></div></li>'
        for k in range(2)
    )
    return (
        f'<ol class="comment-list">{shown}</ol><nav class="comment-navigation">'
        f'<a href="/2026/11/endless-talk/comment-page-{number + 1}/">Newer comments</a></nav>'
        '<form id="commentform"><input type="hidden" name="comment_post_ID" value="7"></form>'
    )


class Trap(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        page, _, number = self.path.rstrip("/").rpartition("comment-page-")
        stated = '{"@type": "NewsArticle", "headline": "Big", "commentCount": "99999999999999999999"}'
        big = f'<script type="application/ld+json">{stated}</script>'
        pages = {
            "/": "".join(f'<h2><a href="/2026/11/{slug}/">{slug}</a></h2>' for slug in STORIES),
            "/2026/11/endless-talk/": article("Endless talk", comments(1)),
            "/2026/11/big-number-story/": article("Big", head=big),
            "/2026/11/good-news-today/": article("Good news today"),
            "/2026/11/sends-others-to-your-door/": article(
                "Door", f'<div id="commento"></div><script src="{VICTIM}/js/commento.js">'
            ),
        }
        if "moved-to" in self.path:
            self.send_response(302)
            self.send_header("Location", "http://elsewhere.invalid/moved")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        body = article("Endless talk", comments(int(number))) if page else pages.get(self.path)
        content = (body or "not found").encode()
        chunked = "good-news" in self.path
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header(*("Transfer-Encoding", "chunked") if chunked else ("Content-Length", str(len(content))))
        self.end_headers()
        self.wfile.write(b"%x;odd=yes\r\n%b\r\n0\r\nX-Trailer: 1\r\n\r\n" % (len(content), content) if chunked else content)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def trap(handler: type[BaseHTTPRequestHandler] = Trap) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_thread_without_end_is_cut_with_an_outcome_and_the_rest_is_kept(tmp_path: Path) -> None:
    with trap() as url:
        done = crawl(tmp_path, url, "-s", "NEWSARCHIVE_THREAD_PAGES=60")
    assert done.returncode == 0, done.stderr[-2000:]
    connection = connect(tmp_path / "catalogue.db")
    headlines = {row["headline"] for row in connection.execute("SELECT headline FROM articles")}
    assert headlines == {"Endless talk", "Big", "Good news today", "Door"}
    pages = connection.execute("SELECT count(*) FROM captures WHERE purpose = 'comments' AND status = 200").fetchone()[0]
    assert pages == 60
    assert connection.execute("SELECT count(*) FROM comments").fetchone()[0] == 2 * 61
    outcomes = [tuple(row) for row in connection.execute("SELECT kind, detail FROM outcomes WHERE kind = 'budget'")]
    assert outcomes == [("budget", "NEWSARCHIVE_THREAD_PAGES = 60")]
    outcomes = [tuple(row) for row in connection.execute("SELECT url, detail FROM outcomes WHERE kind = 'offsite'")]
    assert outcomes == [("http://elsewhere.invalid/moved", "not a host of this newspaper (start_urls)")]
    assert connection.execute("SELECT complete FROM thread_visits WHERE thread_id LIKE 'wordpress%'").fetchone()[0] == 0
    connection.close()


def test_a_page_sends_nobody_s_words_to_a_host_that_it_names(tmp_path: Path) -> None:
    with trap() as url:
        crawl(tmp_path, url, "-s", "NEWSARCHIVE_THREAD_PAGES=1", "-s", f"NEWSARCHIVE_ALLOW_PRIVATE={url[7:-1]},{VICTIM[7:]}")
    connection = connect(tmp_path / "catalogue.db")
    outcomes = [tuple(row) for row in connection.execute("SELECT kind, url FROM outcomes WHERE url LIKE ?", [f"{VICTIM}%"])]
    assert outcomes == [("guard", f"{VICTIM}/api/comment/list")]
    connection.close()


def test_a_chunked_page_is_read_in_the_crawl_and_again_from_its_record(tmp_path: Path) -> None:
    with trap() as url:
        assert crawl(tmp_path, url, "-s", "NEWSARCHIVE_THREAD_PAGES=1").returncode == 0
    pool = ReadingPool(workers=1, seconds=30, megabytes=2048)
    rebuilt = rebuild(tmp_path, pool, into=tmp_path / "again.db")
    pool.close()
    rows = []
    for path in (tmp_path / "catalogue.db", rebuilt):
        connection = connect(path)
        sql = (
            "SELECT a.text, c.payload_digest, c.payload_bytes, c.truncated FROM articles a JOIN captures c ON c.id = a.capture_id"
            " WHERE a.headline = 'Good news today'"
        )
        rows.append(tuple(connection.execute(sql).fetchone()))
        connection.close()
    assert rows[0] == rows[1]
    body = article("Good news today").encode()
    digest = base64.b32encode(hashlib.sha1(body).digest()).decode()
    assert rows[0][1:] == (f"sha1:{digest}", len(body), None)


LONG = "/good/" + "x" * 3000


TARGETS = {"script": "javascript:alert(1)", "file": "file:///etc/passwd", "bracket": "http://[::1", "on": "/to/on1"}


class Maze(BaseHTTPRequestHandler):
    """Forty good stories, in a sitemap behind another one of 3,000 addresses that all show one page; a calendar without end; a
    path that grows; an index that lists itself and two more."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        folder, _, name = self.path.strip("/").partition("/")
        if folder == "to":
            self.send_response(302)
            self.send_header("Location", TARGETS.get(name, f"/to/on{len(name)}x" + "y" * len(name)))
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        pages = {
            "robots.txt": "".join(f"Sitemap: {self._url(f'{part}.xml')}\n" for part in ("old", "index0", "good")),
            "": "".join(
                f'<h2><a href="{path}">{path}</a></h2>'
                for path in ("/day/1", "/grow/x", "/shop/a", "/good/1", LONG, *(f"/to/{name}" for name in TARGETS))
            ),
            "old.xml": self._sitemap("url", (f"old/{number}" for number in range(3000))),
            "good.xml": self._sitemap("url", (f"good/{number}" for number in range(40))),
            "day": article(f"Events of day {name}", f'<a href="/day/{name}1">next</a><a href="/day/{name}2">later</a>'),
            "old": article(f"Old story {name}"),
            "good": article(f"Good story {'abcdefghij'[int(name or 0) % 10] * (1 + int(name or 0) // 10)}"),
            "shop": article(f"Shoes {name}", "".join(f'<a href="/shop/{name}{c}">{c}</a>' for c in "abcdefgh")),
            "grow": article("Growing", '<a href="more/x">more</a>'),
        }
        if folder.startswith("index"):
            number = int(folder[5:-4])
            parts = [f"index{number}.xml", f"index{2 * number + 1}.xml", f"index{2 * number + 2}.xml"]
            pages[folder] = self._sitemap("sitemap", parts)
        body = pages.get(folder, "").encode()
        self.send_response(200 if body else 404)
        kind = "plain" if folder == "robots.txt" else "xml" if folder.endswith(".xml") else "html"
        self.send_header("Content-Type", f"text/{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _url(self, path: str) -> str:
        return f"http://{self.headers['Host']}/{path}"

    def _sitemap(self, entry: str, paths: Iterable[str]) -> str:
        entries = "".join(f"<{entry}><loc>{self._url(path)}</loc></{entry}>" for path in paths)
        root = "urlset" if entry == "url" else "sitemapindex"
        return f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</{root}>'

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def test_traps_do_not_starve_the_news_and_end(tmp_path: Path) -> None:
    with trap(Maze) as url:
        done = crawl(tmp_path, url, "-a", "article_urls=/(good|old|day|grow|shop|to)/", "-s", "NEWSARCHIVE_OUTCOMES=100")
    assert done.returncode == 0, done.stderr[-2000:]
    connection = connect(tmp_path / "catalogue.db")
    order = [row["url"].split("/")[3] for row in connection.execute("SELECT url FROM captures ORDER BY captured_at")]
    assert order.count("good") == 40
    assert order.count("old") < 80  # of 3,000: fifty, and what was under way
    last_good = len(order) - order[::-1].index("good")
    assert order[:last_good].count("old") < 60  # side by side with them, not before them
    assert order.count("day") < 10  # a page that repeats another leads nowhere
    assert order.count("grow") < 10
    assert order.count("shop") < 80  # its titles are new, its words are not
    assert sum(name.startswith("index") for name in order) == 7  # three levels of a tree that doubles
    kinds = "SELECT kind, detail, count(*) AS number, max(url = '*') AS rest FROM outcomes GROUP BY substr(detail, 1, 25)"
    [long] = connection.execute("SELECT * FROM outcomes WHERE detail = 'URLLENGTH_LIMIT = 2000'")
    assert long["url"] == f"{url}{LONG[1:]}"[:2000]
    lost = {row["url"] for row in connection.execute("SELECT url FROM outcomes WHERE kind = 'guard'")}
    assert lost == {"javascript:alert(1)", "file:///etc/passwd", "http://[::1"}
    assert connection.execute("SELECT count(*) FROM outcomes WHERE detail = 'REDIRECT_MAX_TIMES = 10'").fetchone()[0] == 1
    counted = {row["detail"][:25]: row for row in connection.execute(kinds)}
    assert counted["NEWSARCHIVE_BARREN_PAGES "]["number"] == 101
    assert counted["NEWSARCHIVE_BARREN_PAGES "]["rest"] == 1
    assert counted["NEWSARCHIVE_SITEMAP_DEPTH"]["number"] == 8
    connection.close()


def test_where_too_many_wait_the_longest_lane_gives_way_and_no_other(tmp_path: Path) -> None:
    with trap(Maze) as url:
        done = crawl(tmp_path, url, "-a", "article_urls=/(good|old)/", "-s", "NEWSARCHIVE_QUEUE=100")
    assert done.returncode == 0, done.stderr[-2000:]
    connection = connect(tmp_path / "catalogue.db")
    sql = "SELECT count(DISTINCT url) FROM captures WHERE status = 200 AND url LIKE '%/good/%'"
    assert connection.execute(sql).fetchone()[0] == 40
    given_up = [row["url"] for row in connection.execute("SELECT url FROM outcomes WHERE detail = 'NEWSARCHIVE_QUEUE = 100'")]
    assert len(given_up) > 500
    assert not [address for address in given_up if "/good/" in address]
    connection.close()

"""More than eighty attacks in archived pages, names, headlines, comments, addresses, in a real browser: none works.

The control run serves the same pages without any protection, by the same procedure: there they do work.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote, unquote

import pytest
from datasette.utils import tilde_encode
from selenium import webdriver
from selenium.webdriver.support.ui import WebDriverWait

from tests.explore.attacks import LINKS, PAGES, VALUES, Attack
from tests.explore.conftest import RAIN, SITE, article, comment, insert, make_catalogue, serving
from tests.explore.kept import keep

# Does nothing in a browser without a window; it stays in the suite for the day it does.
INERT = {"marquee"}
EVIL = f"{SITE}:evil"


class Collector(ThreadingHTTPServer):
    """A server on another origin that remembers what was asked of it; `pages` are what it serves itself."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[str] = []
        self.pages: dict[str, tuple[bytes, list[tuple[str, str]]]] = {}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def hits(self) -> set[str]:
        """The attacks that worked."""
        return {path.partition("/out/")[2].partition("?")[0] for path in self.asked if "/out/" in path} - {"done"}


class _Handler(BaseHTTPRequestHandler):
    server: Collector

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        body, headers = self.server.pages.get(self.path, (b"", [("Content-Type", "text/html")]))
        self.send_response(200)
        for name, value in [*headers, ("Content-Length", str(len(body))), ("Access-Control-Allow-Origin", "*")]:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, *_: object) -> None:
        return


@contextmanager
def running() -> Iterator[Collector]:
    with Collector() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def collector() -> Iterator[Collector]:
    with running() as server:
        yield server


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory, collector: Collector) -> Iterator[str]:
    """The address of the archive whose pages and rows attack."""
    folder = tmp_path_factory.mktemp("attacked")
    make_catalogue(folder / "catalogue.db")
    out = f"{collector.url}/out"
    with closing(sqlite3.connect(folder / "catalogue.db")) as db, db:
        for number, attack in enumerate(PAGES, 500):
            headers = [(name, value.replace("OUT", out).replace("NAME", attack.name)) for name, value in attack.headers]
            url = f"https://evil.example/{attack.name}"
            keep(db, folder, number, url, attack.body(out, "/catalogue.json?sql=select+1"), attack.mime, fields=headers)
        parts = (part for attack in PAGES for part in attack.beside(out).items())
        for number, (name, (body, mime)) in enumerate(parts, 800):
            keep(db, folder, number, f"https://evil.example/{name}", body, mime, purpose="requisite")
        _hostile_rows(db, out)
    with serving(folder) as address:
        yield address


def _hostile_rows(db: sqlite3.Connection, out: str) -> None:
    """An article, its versions, comments, names and addresses that hold every hostile value at once."""
    words = " ".join(VALUES.values()).replace("OUT", out)
    link = LINKS[0].replace("OUT", out)
    proof = "urn:uuid:00000000-0000-4000-8000-000000000001"
    texts = ("headline", "section", "attribution", "description", "alternative_headline", "in_language", "date_published_raw")
    article(db, EVIL, proof, url=link, text=f"{words} zvakaipa", main_image=link, date_published="2026-11-06T05:00:00Z",
            revision_count=1, comment_count=1, **dict.fromkeys(texts, words))  # fmt: skip
    for digest in ("e0", "e1"):
        insert(db, "article_revisions", id=f"{EVIL}@{digest}", article_id=EVIL, digest=digest, first_seen="2026-11-05T06:30:00Z",
               last_seen="2026-11-06T06:30:00Z", capture_id=proof, headline=words + digest, text=words + digest,
               authors=f'["{SITE}"]')  # fmt: skip
    insert(db, "commenters", id=f"{SITE}:~{words}", site_id=SITE, name=words, identity="nick", comment_count=1)
    interval = {"date_created_earliest": "2026-11-05T00:00:00Z", "date_created_latest": "2026-12-30T00:00:00Z"}
    evil = comment(db, 700, f"{words} zvakaipa", article_id=EVIL, author_name=words, commenter_id=f"{SITE}:~{words}",
                   in_language=words, date_created_raw=words, date_created_precision="month", revision_count=1,
                   **interval)  # fmt: skip
    for digest, text in (("c0", words), ("c1", f"{words} zvakaipa")):
        insert(db, "comment_revisions", id=f"{evil}@{digest}", comment_id=evil, digest=digest, first_seen="2026-11-05T06:30:00Z",
               last_seen="2026-11-06T06:30:00Z", capture_id=proof, text=text)  # fmt: skip
    insert(db, "authors", id=f"{SITE}:evil", site_id=SITE, name=words, url=link)
    insert(db, "article_authors", article_id=EVIL, author_id=f"{SITE}:evil", position=1)
    insert(db, "tags", id=f"{SITE}:evil", site_id=SITE, name=words)
    insert(db, "article_tags", article_id=EVIL, tag_id=f"{SITE}:evil")
    insert(db, "article_urls", url_key="evil", url=link, article_id=EVIL, kind="canonical")
    for number, address in enumerate(LINKS):
        insert(db, "links", article_id=EVIL, url=address.replace("OUT", out), position=number)
    db.execute("UPDATE sites SET name = ?, url = ?", [words, link])
    db.execute("UPDATE captures SET url = ?, mime = ?, read_error = ? WHERE id = ?", [link, words, words, proof])


def visit(browser: webdriver.Chrome, address: str, *, click: bool = False) -> None:
    """Open a page, and click into its upper left corner."""
    browser.get(address)
    if click:
        for kind in ("mousePressed", "mouseReleased"):
            at = {"type": kind, "x": 60, "y": 60, "button": "left", "clickCount": 1}
            browser.execute_cdp_cmd("Input.dispatchMouseEvent", at)


def settle(browser: webdriver.Chrome, collector: Collector) -> None:
    """Two pages more, so that what the last one asked for is under way no longer."""
    for _ in range(2):
        browser.get(f"{collector.url}/out/done")


def address_of(number: int, kind: str) -> str:
    return f"-/{kind}/{tilde_encode(f'urn:uuid:00000000-0000-4000-8000-{number:012}')}"


def test_the_attacks_work_without_protection(browser: webdriver.Chrome) -> None:
    with running() as server:
        out = f"{server.url}/out"
        server.pages["/api"] = (b"secret", [("Content-Type", "application/json")])
        for attack in (*PAGES, *(Attack(name, f'<p>{value}</p><input value="{value}">') for name, value in VALUES.items())):
            given = [(name, value.replace("OUT", out).replace("NAME", attack.name)) for name, value in attack.headers]
            server.pages[f"/raw/{attack.name}"] = (attack.body(out, "/api"), [("Content-Type", attack.mime), *given])
            for name, (body, mime) in attack.beside(out).items():
                server.pages[f"/raw/{name}"] = (body, [("Content-Type", mime)])
            visit(browser, f"{server.url}/raw/{attack.name}", click=attack.click)
            if attack.name not in INERT:  # the next page would cut off what this one has begun
                WebDriverWait(browser, 20, 0.02).until(lambda _, name=attack.name: name in server.hits(), attack.name)
        settle(browser, server)
        tried = {attack.name for attack in PAGES} | VALUES.keys()
        assert tried - server.hits() <= INERT


def test_no_archived_page_acts(browser: webdriver.Chrome, attacked: str, collector: Collector) -> None:
    collector.asked.clear()
    for number, attack in enumerate(PAGES, 500):
        visit(browser, attacked + address_of(number, "capture"))  # which holds the page in a frame
        url = quote(f"https://evil.example/{attack.name}", safe="")
        visit(browser, f"{attacked}-/replay/at?time=2026-11-05T06:30:00Z&url={url}", click=attack.click)
    settle(browser, collector)
    assert collector.hits() == set()
    assert set(collector.asked) <= {"/out/done", "/favicon.ico"}
    assert browser.get_cookies() == []


def test_a_frame_whose_page_is_clicked_stays_in_the_archive(
    browser: webdriver.Chrome, attacked: str, collector: Collector
) -> None:
    collector.asked.clear()
    for number, attack in enumerate(PAGES, 500):
        if attack.click:
            browser.get(attacked + address_of(number, "capture"))
            place = browser.execute_script(
                "const r = document.querySelector('iframe').getBoundingClientRect(); return [r.x, r.y]"
            )
            for kind in ("mousePressed", "mouseReleased"):
                at = {"type": kind, "x": place[0] + 40, "y": place[1] + 40, "button": "left", "clickCount": 1}
                browser.execute_cdp_cmd("Input.dispatchMouseEvent", at)
            assert browser.current_url.startswith(attacked)
    settle(browser, collector)
    assert collector.hits() == set()


def test_no_row_acts(browser: webdriver.Chrome, attacked: str, collector: Collector) -> None:
    collector.asked.clear()
    evil, said = tilde_encode(EVIL), tilde_encode(f"{SITE}:wordpress:700")
    tables = ("articles", "comments", "captures", "sites", "authors", "tags", "links", "commenters", "article_revisions",
              "comment_revisions", "article_urls")  # fmt: skip
    pages = [
        *("", "catalogue", f"-/article/{evil}", f"-/article/{evil}?from=e0&to=e1", f"-/article/{evil}?version=e0"),
        *(f"-/article/{tilde_encode(RAIN)}", f"-/comment/{said}", "-/search?q=zvakaipa", address_of(1, "capture")),
        f"-/search?q={quote(VALUES['row-leave'])}&author={quote(VALUES['row-image'])}",
        *("-/pictures/written", "-/pictures/languages", f"-/pictures/words?words=zvakaipa,{quote(VALUES['row-image'])}"),
        *(f"catalogue/{table}" for table in tables),
        *(f"catalogue/{query}?site=" for query in ("most_discussed", "edited_articles", "edited_comments")),
        *(f"catalogue/articles/{evil}", f"catalogue/comments/{said}", f"-/article/{quote(VALUES['row-script'], safe='')}"),
    ]
    addresses = "return [...document.querySelectorAll('[href], [src], [action]')].map(e => e.href || e.src || e.action)"
    handlers = "return document.querySelectorAll('[onfocus], [onload], [onerror], [onmouseover], [onclick]').length"
    for page in pages:
        browser.get(attacked + page)
        links = [unquote(str(link)).strip().lower() for link in browser.execute_script(addresses)]
        assert not [link for link in links if link.startswith(("javascript", "data:text", "vbscript"))]
        assert browser.execute_script(handlers) == 0, page
    settle(browser, collector)
    assert collector.hits() == set()

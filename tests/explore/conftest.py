"""A small newspaper's catalogue, a Datasette over it, a real server, and a browser that reaches nothing but loopback."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from selenium import webdriver

from newsarchive.catalogue import schema
from newsarchive.catalogue.counts import recount
from newsarchive.explore.serve import explorer
from tests.conftest import PROJECT, Visited

SITE = "gazette-example"
RAIN = f"{SITE}:/2026/11/mvura~zhinji/"  # an id with every sign that an address must carry safely
NICK = "Tendai 🔥 M"
SEEN = "2026-11-05T06:30:00Z"
LATER = "2026-11-06T06:30:00Z"


def insert(db: sqlite3.Connection, table: str, **row: Any) -> None:
    db.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", list(row.values()))


def capture(db: sqlite3.Connection, number: int, url: str, at: str = SEEN, **more: Any) -> str:
    """Insert a capture; return its id."""
    record_id = f"urn:uuid:00000000-0000-4000-8000-{number:012}"
    place = {"warc_id": "gazette-0001.warc.gz", "warc_offset": number * 1000, "warc_length": 900}
    about = {"status": 200, "mime": "text/html", "record_type": "response", "purpose": "article", "payload_bytes": 800}
    keys = {"id": record_id, "site_id": SITE, "crawl_id": f"{SITE}@1", "url": url, "url_key": url, "captured_at": at}
    insert(db, "captures", **(keys | place | about | more))
    return record_id


def article(db: sqlite3.Connection, article_id: str, capture_id: str, **more: Any) -> None:
    path = article_id.partition(":")[2]
    row = {"site_id": SITE, "url": f"https://gazette.example{path}", "in_language": "sn", "section": "Nhau", "digest": "d"}
    seen = {"word_count": 7, "first_seen": SEEN, "last_seen": SEEN, "capture_id": capture_id}
    insert(db, "articles", id=article_id, **(row | seen | more))


def comment(db: sqlite3.Connection, number: int, text: str, **more: Any) -> str:
    """Insert a comment of the thread `wordpress:gazette.example:1`; return its id."""
    comment_id = f"{SITE}:wordpress:{number}"
    row = {"site_id": SITE, "article_id": RAIN, "thread_id": "wordpress:gazette.example:1", "position": number, "depth": 0}
    about = {"status": "live", "platform": "wordpress", "in_language": "sn", "date_created_precision": "second"}
    times = {"date_created": f"2026-11-05T0{number % 10}:00:00Z", "first_seen": SEEN, "last_seen": SEEN}
    proof = {"capture_id": "urn:uuid:00000000-0000-4000-8000-000000000001"}
    insert(db, "comments", id=comment_id, text=text, **(row | about | times | proof | more))
    return comment_id


def fill(db: sqlite3.Connection) -> None:
    """A newspaper with two articles, one of them edited, and a thread with a deleted and an edited comment."""
    insert(db, "sites", id=SITE, name="The Gazette", url="https://gazette.example/", in_language="sn", country="ZW")
    insert(db, "crawls", id=f"{SITE}@1", site_id=SITE, kind="crawl", started_at=SEEN, finished_at=LATER, finish_reason="finished")
    insert(db, "warcs", id="gazette-0001.warc.gz", crawl_id=f"{SITE}@1", bytes=123456, records=9, closed_at=LATER)
    rain = capture(db, 1, "https://gazette.example/2026/11/mvura~zhinji/")
    again = capture(db, 2, "https://gazette.example/2026/11/mvura~zhinji/", LATER)
    roads = capture(db, 3, "https://gazette.example/2026/10/roads/")
    capture(db, 4, "https://gazette.example/robots.txt", status=404, purpose="robots", mime="text/plain")
    insert(db, "outcomes", crawl_id=f"{SITE}@1", url="https://gazette.example/private", kind="robots", at=SEEN)
    insert(db, "threads", id="wordpress:gazette.example:1", site_id=SITE, platform="wordpress", status="open")
    body = "Mvura yakanaya zhinji muHarare nhasi.\n\n" + "Varimi vakafara kwazvo. " * 40 + "Magumo enyaya."
    words = {"date_published": "2026-11-05T05:00:00Z", "thread_id": "wordpress:gazette.example:1", "revision_count": 1}
    article(db, RAIN, again, headline="Mvura zhinji yotarisirwa", text=body, comment_count=3, last_seen=LATER, **words)
    article(db, f"{SITE}:/2026/10/roads/", roads, headline="Roads reopen", text="Short.", date_published="2026-10-02T05:00:00Z",
            main_image="javascript:alert(document.domain)", in_language="en")  # fmt: skip
    for digest, seen, headline, proof in (
        ("d0", SEEN, "Mvura yotarisirwa", rain),
        ("d", LATER, "Mvura zhinji yotarisirwa", again),
    ):
        insert(db, "article_revisions", id=f"{RAIN}@{digest}", article_id=RAIN, digest=digest, first_seen=seen, last_seen=seen,
               capture_id=proof, headline=headline, text=body)  # fmt: skip
    insert(db, "commenters", id=f"{SITE}:~tendai 🔥 m", site_id=SITE, name=NICK, identity="nick", comment_count=1)
    first = comment(db, 1, "Tatenda nemvura!", author_name=NICK, commenter_id=f"{SITE}:~tendai 🔥 m", revision_count=1)
    for digest, seen, words_then, proof in (("t0", SEEN, "Tatenda", rain), ("t", LATER, "Tatenda nemvura!", again)):
        insert(db, "comment_revisions", id=f"{first}@{digest}", comment_id=first, digest=digest, first_seen=seen, last_seen=seen,
               capture_id=proof, text=words_then)  # fmt: skip
    comment(db, 2, "<script>alert(1)</script> <b>bold</b>", author_name="Hacker", parent_id=first, depth=1)
    comment(db, 3, "This one went away", author_name="Rudo", status="deleted", deleted_seen=LATER, in_language="en")


def make_catalogue(path: Path) -> None:
    """Make a catalogue at `path` by the migrations, fill it over a plain connection, and count it as a crawl's end does."""
    with closing(schema.prepare(str(path))) as catalogue:
        with closing(sqlite3.connect(path)) as db, db:
            fill(db)
        recount(catalogue, SITE)


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an archive whose catalogue holds the small newspaper."""
    folder = tmp_path_factory.mktemp("archive")
    make_catalogue(folder / "catalogue.db")
    return folder


@contextmanager
def opened(instance: Datasette) -> Iterator[Datasette]:
    """A Datasette in this process, put away at the end."""
    yield instance
    for database in instance.databases.values():
        database.close()
    instance.executor.shutdown()


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of a real `newsarchive serve` in a process of its own."""
    command = [sys.executable, "-m", "newsarchive.cli", "--dir", str(folder), "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=PROJECT) as process:
        assert process.stdout
        line = process.stdout.readline()
        try:
            yield line.partition(" at ")[2].split(" ")[0]
        finally:
            process.terminate()


@pytest.fixture
def datasette(archive: Path) -> Iterator[Datasette]:
    with opened(explorer(archive)) as instance:
        yield instance


@pytest.fixture(scope="session")
def server(archive: Path) -> Iterator[str]:
    """The address at which the small newspaper's archive is served."""
    with serving(archive) as address:
        yield address


@pytest.fixture(scope="session")
def served(visited: Visited) -> Iterator[str]:
    """The address at which the demo newspaper's archive is served, after its visits."""
    with serving(visited.folder) as address:
        yield address


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    """Chromium that resolves no name and keeps a log of every request. Without Chromium: skipped, but failed under CI."""
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not (chromium and driver):
        message = "this test needs Debian's packages chromium and chromium-driver"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for flag in ("headless=new", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking",
                 "disable-component-update", "disable-sync", "window-size=1400,1000", "disable-dev-shm-usage",
                 f"user-data-dir={tmp_path_factory.mktemp('chromium')}",
                 "host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"):  # fmt: skip
        options.add_argument(f"--{flag}")
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    chrome = webdriver.Chrome(options, webdriver.ChromeService(driver))
    chrome.implicitly_wait(5)  # seconds until an element that is looked for must be there
    yield chrome
    chrome.quit()

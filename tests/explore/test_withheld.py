"""A capture that shows what is restricted is neither shown nor handed out, with its case; when that is lifted, it is again."""

from __future__ import annotations

import asyncio
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner
from datasette.utils import tilde_encode
from lxml import html

from newsarchive.cli import main
from newsarchive.explore.serve import explorer
from tests.conftest import PROJECT
from tests.explore.conftest import opened
from tests.vault.small_archive import HOST, SAID, answer, answers, page, visit

WORDS = "a river where no bridge is"  # of comment 11
STORY = f"{HOST}/2026/10/a-bridge/"
# Other orders and choices of columns of what is shown anyway, files without end.
ARRANGED = re.compile(r"[?&](?:sql|_sort\w*|_facet|_next|_nocol|_labels|_shape|_size|_stream|_nofacet)=|_fts|/record/|-static/")
TIME = "2030-01-01T00:00:00Z"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The thread's page, and its page when comment 11 was gone; another article; a list that may say the first words."""
    without = page([one for one in SAID if one[0] != 11])
    visit(tmp_path, [*answers()[:1], *answers()[6:7], ("/2026/10/a-bridge/?later", answer(without)), ("/", answer(page(())))])
    with closing(sqlite3.connect(tmp_path / "catalogue.db")) as db, db:
        db.execute("UPDATE captures SET purpose = 'listing' WHERE url = ?", [f"{HOST}/"])
    return tmp_path


@pytest.fixture
def served(folder: Path) -> Iterator[httpx.Client]:
    command = [sys.executable, "-m", "newsarchive.cli", "--dir", str(folder), "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=PROJECT) as process:
        assert process.stdout
        address = process.stdout.readline().partition(" at ")[2].split(" ")[0]
        try:
            with httpx.Client(base_url=address, timeout=60) as client:
                yield client
        finally:
            process.terminate()


def forget(folder: Path, *words: str) -> None:
    done = CliRunner().invoke(main, ["--dir", str(folder), "forget", *words, "--case", "17/2026"])
    assert done.exit_code == 0, done.output


def views(folder: Path, url: str) -> list[str]:
    """The addresses of the capture of this address: its page, the replay, the record."""
    with closing(sqlite3.connect(folder / "catalogue.db")) as db:
        (capture,) = db.execute("SELECT id FROM captures WHERE url = ?", [url]).fetchone()
    return [f"/-/{kind}/{tilde_encode(capture)}" for kind in ("capture", "replay", "record")]


def test_what_is_restricted_is_not_shown_until_it_is_lifted(folder: Path, served: httpx.Client) -> None:
    capture, replay, record = views(folder, STORY)
    at = f"/-/replay/at?time={TIME}&url={STORY}"
    assert [served.get(one).status_code for one in (capture, replay, record, at)] == [200] * 4
    assert WORDS in served.get(replay).text
    shown = served.get(record).content

    forget(folder, "gazette-example:wordpress:11", "--reason", "under review", "--restrict", "--yes")
    for one in (capture, replay, record, at):
        answer = served.get(one)
        assert answer.status_code == 451
        assert "Case 17/2026: under review" in answer.text
        assert WORDS not in answer.text
    for url in (f"{HOST}/2026/10/a-mayor/", f"{STORY}?later"):
        assert [served.get(one).status_code for one in views(folder, url)] == [200] * 3
    assert [served.get(one).status_code for one in views(folder, f"{HOST}/")] == [451] * 3

    forget(folder, "--lift")
    assert WORDS in served.get(replay).text
    assert served.get(record).content == shown
    assert [served.get(one).status_code for one in (capture, at, *views(folder, f"{HOST}/"))] == [200] * 5


def all_pages(folder: Path) -> dict[str, str]:
    """The first 120 pages and files that links lead to from the start page, the search and a picture, no order twice."""
    with opened(explorer(folder)) as datasette:
        found: dict[str, str] = {}
        waiting = ["/", "/-/search?q=river", "/-/pictures/words?words=river", "/catalogue?_show_hidden=1"]
        while waiting:
            path = waiting.pop(0)
            if path in found or ARRANGED.search(path) or len(found) >= 120:
                continue
            answer = asyncio.run(datasette.client.get(path, follow_redirects=True))
            found[path] = answer.text
            if answer.headers.get("content-type", "").startswith("text/html"):
                links = html.fromstring(answer.text).xpath("//a/@href | //iframe/@src")
                waiting += [link.partition("#")[0] for link in links if link.startswith("/")]
        return found


def test_no_page_shows_what_is_restricted(folder: Path) -> None:
    shown = {path for path, text in all_pages(folder).items() if WORDS in text}
    assert len(shown) >= 5
    forget(folder, "gazette-example:wordpress:11", "--reason", "under review", "--restrict", "--yes")
    left = all_pages(folder)
    assert len(left) > 50
    assert not [path for path, text in left.items() if WORDS in text]


def test_what_was_forgotten_is_shown_without_its_words(folder: Path, served: httpx.Client) -> None:
    forget(folder, "gazette-example:wordpress:11", "--reason", "a request", "--yes")
    capture, replay, record = views(folder, STORY)
    assert [served.get(one).status_code for one in (capture, record)] == [200] * 2
    assert "Better than none" in served.get(replay).text
    assert WORDS not in served.get(replay).text


def test_without_the_key_nothing_is_shown(folder: Path, served: httpx.Client) -> None:
    forget(folder, "gazette-example:wordpress:11", "--reason", "under review", "--restrict", "--yes")
    (folder / "takedown.key").unlink()
    for one in views(folder, STORY):
        answer = served.get(one)
        assert answer.status_code == 500
        assert "takedown.key is missing" in answer.text
        assert WORDS not in answer.text

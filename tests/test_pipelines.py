"""Other people's pipelines beside ours: every page is filed, whatever they do with its items."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsarchive.demo.newspaper import Newspaper
from newsarchive.demo.server import serve
from tests.conftest import connect, crawl


@pytest.fixture(scope="module")
def picky(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of a crawl through the three pipelines of `tests.other_pipelines`."""
    folder = tmp_path_factory.mktemp("picky")
    pipelines = {"tests.other_pipelines.Shout": 50, "tests.other_pipelines.Refuse": 150, "tests.other_pipelines.Stumble": 250}
    with serve(Newspaper(now=datetime.now(UTC))) as newspaper:
        url = newspaper.url + "/"
        done = crawl(folder, url, "-s", f"ITEM_PIPELINES={json.dumps(pipelines)}", "-a", "max_articles=12")
    assert done.returncode == 0, done.stderr[-3000:]
    return folder


def test_what_they_change_is_stored_as_they_changed_it(picky: Path) -> None:
    connection = connect(picky / "catalogue.db")
    headlines = [row["headline"] for row in connection.execute("SELECT headline FROM articles")]
    connection.close()
    assert headlines
    assert all(headline.isupper() for headline in headlines)


def test_what_they_drop_or_fail_on_is_not_stored_and_its_page_is_filed_all_the_same(picky: Path) -> None:
    connection = connect(picky / "catalogue.db")
    assert connection.execute("SELECT count(*) FROM comments").fetchone()[0] > 10
    assert connection.execute("SELECT count(*) FROM sightings WHERE position = 1 OR position = 2").fetchone()[0] == 0
    assert connection.execute("SELECT count(*) FROM captures WHERE read_at IS NULL").fetchone()[0] == 0
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()

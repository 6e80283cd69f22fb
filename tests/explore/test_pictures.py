"""Pictures: each is a table that adds up to what the archive holds, a CSV of the same, and a drawing where scripts run."""

from __future__ import annotations

import asyncio
import csv
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from io import StringIO
from pathlib import Path

import httpx
import pytest
from datasette.app import Datasette
from lxml import html
from selenium import webdriver
from selenium.webdriver.common.by import By

from newsarchive.catalogue import schema
from newsarchive.catalogue.counts import recount
from newsarchive.catalogue.removal import remove
from newsarchive.explore import shares
from newsarchive.explore.charts import REST, binned, by_series
from newsarchive.explore.pictures import PICTURES
from newsarchive.explore.serve import explorer
from tests.conftest import Visited
from tests.explore.conftest import RAIN, SITE, comment, make_catalogue, opened


def answer(datasette: Datasette, path: str, **params: str) -> httpx.Response:
    return asyncio.run(datasette.client.get(f"/-/pictures{path}", params=params))


def table(datasette: Datasette, chart: str, **params: str) -> list[dict[str, str]]:
    """A chart's table as its CSV has it."""
    return list(csv.DictReader(StringIO(answer(datasette, f"/{chart}.csv", **params).text)))


@pytest.fixture(scope="module")
def demo(visited: Visited) -> Iterator[Datasette]:
    with opened(explorer(visited.folder)) as instance:
        yield instance


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Datasette]:
    """The small newspaper with forty comments more: half of them say `kure`, one in four was written nobody knows when."""
    make_catalogue(tmp_path / "catalogue.db")
    with closing(schema.prepare(str(tmp_path / "catalogue.db"))) as db:
        for number in range(40):
            moment = None if number % 4 == 3 else f"2026-{6 + number % 2:02}-05T10:00:00Z"
            words = "kure kure" if number % 4 < 2 else "=pano"
            when = {"date_created": moment, "date_created_earliest": moment, "date_created_latest": moment}
            comment(
                db, 100 + number, words, author_name="kure", in_language="=cmd|' /C calc'!A0" if number == 8 else "sn", **when
            )
        recount(db, SITE)
    with opened(explorer(tmp_path)) as instance:
        yield instance


def test_every_comment_of_the_archive_is_in_the_table_or_counted_apart(demo: Datasette, visited: Visited) -> None:
    archive = visited.rows(2, "SELECT count(*) AS comments FROM comments")[0]["comments"]
    for chart in ("written/comments", "languages/comments"):
        lines = table(demo, chart)
        drawn = sum(int(cell or 0) for line in lines for cell in list(line.values())[1:])
        page = html.fromstring(answer(demo, f"/{chart.partition('/')[0]}").text)
        notes = [note.text_content() for note in page.cssselect("#comments > p.when")]
        apart = sum(int(note.split()[0].replace(",", "")) for note in notes if note[0].isdigit())
        assert drawn + apart == archive, chart
    months = table(demo, "written/comments", step="month")
    assert {line["Month"][:4] for line in months} >= {line["Year"] for line in table(demo, "written/comments", step="year")}


def test_deleted_comments_are_drawn_when_they_were_missed(demo: Datasette, visited: Visited) -> None:
    gone = visited.rows(2, "SELECT count(*) AS number FROM comments WHERE status = 'deleted'")[0]["number"]
    assert gone
    assert sum(int(line["comments deleted"]) for line in table(demo, "changes/changes")) == gone


@pytest.mark.parametrize("name", PICTURES)
def test_each_picture_has_its_table_and_the_same_as_csv(demo: Datasette, name: str) -> None:
    page = html.fromstring(answer(demo, f"/{name}", words="the, and").text)
    charts = page.cssselect("figure.chart")
    assert charts
    for chart in charts:
        rows = [[cell.text_content().strip().replace(",", "") for cell in row] for row in chart.cssselect("tr")]
        link = chart.cssselect("a[download]")[0].get("href")
        given = csv.reader(StringIO(asyncio.run(demo.client.get(link)).text))
        assert rows == [[cell.replace(",", "") for cell in line] for line in given]
        assert chart.cssselect("[role=img]")[0].get("aria-label")


def test_a_words_share_counts_texts_of_known_months_only(talk: Datasette) -> None:
    lines = table(talk, "words/words", words="kure, pano OR tatenda", since="2026-06-01", until="2026-07-31")
    assert [(line["Month"], line["all comments"], line["kure"]) for line in lines] == [
        ("2026-06", "20", "10"),
        ("2026-07", "10", "10"),
    ]
    assert [(line["kure %"], line["pano OR tatenda %"]) for line in lines] == [("50.0", "50.0"), ("100.0", "0.0")]
    page = html.fromstring(answer(talk, "/words", words="kure").text)
    assert "13 comments are not in it" in page.cssselect("#words")[0].text_content()


def test_a_word_in_very_many_texts_is_estimated_and_the_page_says_so(talk: Datasette, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shares, "MOST_LOOKED_AT", 10)
    monkeypatch.setattr(shares, "FEWEST", 6)
    said = html.fromstring(answer(talk, "/words", words="kure", since="2026-06-01").text).cssselect("#words")[0].text_content()
    assert "one in 2 of them was looked at" in said
    june, july = table(talk, "words/words", words="kure", since="2026-06-01", until="2026-07-31")
    assert 0 < int(june["kure"]) <= 20
    assert july["kure"] == ""  # of ten texts five would have been looked at


@pytest.mark.parametrize(
    ("params", "advice"),
    [
        ({"words": "a, b, c, d, e, f"}, "5 words are the most"),
        ({"words": "!!"}, "letters or figures"),
        ({"words": "kure", "since": "May"}, "A day is written like"),
        ({"clock": "99"}, "A clock is"),
    ],
)
def test_what_cannot_be_drawn_says_what_to_do(talk: Datasette, params: dict[str, str], advice: str) -> None:
    picture = "hours" if "clock" in params else "words"
    assert advice in html.fromstring(answer(talk, f"/{picture}", **params).text).cssselect("[role=alert]")[0].text_content()
    assert answer(talk, f"/{picture}/{picture}.csv", **params).status_code == 400
    assert answer(talk, "/nothing").status_code == answer(talk, "/hours/nothing.csv").status_code == 404


def test_the_clock_moves_hours_and_days(talk: Datasette) -> None:
    def most(chart: str, clock: str) -> str:
        return next(iter(max(table(talk, f"hours/{chart}", clock=clock), key=lambda line: int(line["comments"])).values()))

    assert (most("hours", "0"), most("hours", "2"), most("hours", "-11")) == ("10", "12", "23")
    assert {most("weekdays", "0"), most("weekdays", "14")} == {"Friday", "Saturday"}


def test_no_cell_of_the_csv_is_a_formula(talk: Datasette) -> None:
    head = answer(talk, "/languages/comments.csv").text.splitlines()[0]
    assert "'=cmd" in head


def test_the_largest_series_are_told_apart_and_nothing_is_lost() -> None:
    rows = [("2026", f"site {number}", number, 1) for number in range(1, 21)]
    heads, (first, second) = by_series(rows)
    assert heads == [*(f"site {number}" for number in range(20, 14, -1)), REST]
    assert sum(first[0][1:]) == sum(range(1, 21))  # type: ignore[arg-type]
    assert sum(second[0][1:]) == 20  # type: ignore[arg-type]
    assert by_series([]) == ([], [])


def test_sizes_stand_in_steps_without_gaps() -> None:
    assert binned([(0, 3), (1, 2), (4, 5), (50, 1)]) == [
        ("0", 3), ("1", 2), ("2 to 4", 5), ("5 to 9", 0), ("10 to 19", 0), ("20 to 49", 0), ("50 to 99", 1)]  # fmt: skip
    assert sum(line[1] for line in binned([(size, 1) for size in range(3000)])) == 3000  # type: ignore[misc]


def test_charts_are_drawn_under_the_policy_and_their_tables_fold_away(browser: webdriver.Chrome, served: str) -> None:
    browser.get_log("browser")
    for name, picture in PICTURES.items():
        browser.get(f"{served}-/pictures/{name}?words=the,and")
        drawn = browser.find_elements(By.CSS_SELECTOR, "figure.chart .drawing svg")
        assert len(drawn) >= len(browser.find_elements(By.CSS_SELECTOR, "figure.chart table")) > 0, picture.title
        assert browser.find_elements(By.CSS_SELECTOR, ".drawing svg :is(rect, circle)"), name
        assert not browser.find_element(By.CSS_SELECTOR, "figure.chart table").is_displayed()
    assert [entry["message"] for entry in browser.get_log("browser")] == []


def test_without_scripts_the_tables_are_there(browser: webdriver.Chrome, served: str) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.get(f"{served}-/pictures/written")
        assert browser.find_element(By.CSS_SELECTOR, "figure.chart table").is_displayed()
        assert "<svg" not in browser.page_source
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_what_is_restricted_is_not_counted(tmp_path: Path) -> None:
    make_catalogue(tmp_path / "catalogue.db")
    with closing(schema.prepare(str(tmp_path / "catalogue.db"))) as db:
        remove(db, SITE, comments=[f"{SITE}:wordpress:1", f"{SITE}:wordpress:3"], articles=[])
        counted: list[sqlite3.Row] = db.execute(
            "SELECT sum(comments + comments_undated), sum(commenters) FROM site_months"
        ).fetchall()
        deleted = db.execute("SELECT sum(comments_deleted), sum(comments_edited) FROM site_days").fetchall()
        articles = db.execute("SELECT comment_count FROM articles WHERE id = ?", [RAIN]).fetchone()[0]
    assert [tuple(row) for row in (*counted, *deleted)] == [(1, 0), (0, 0)]
    assert articles == 1

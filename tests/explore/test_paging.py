"""Large tables: their pages bring each row once and in order, by an index; their facets tell what counting would."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from lxml import html

from newsarchive.catalogue import schema
from newsarchive.catalogue.counts import recount
from newsarchive.explore import plugin, tallied
from newsarchive.explore.paging import from_the_first, in_parts
from newsarchive.explore.serve import explorer
from tests.explore.conftest import LATER, SITE, comment, fill, insert, opened

OTHER = "other-example"
LANGUAGES = ("sn", "en", "und", None)
MANY = 60  # comments, besides those of the small newspaper
LATEST = (
    "select id, date_created from comments where ([date_created] < :p1 or [date_created] is null or"
    " ([date_created] = :p1 and id > :p0)) order by date_created desc, id limit 51"
)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of two sites: many comments of one time, some of an unknown time, in every status and language."""
    folder = tmp_path_factory.mktemp("large")
    with closing(schema.prepare(str(folder / "catalogue.db"))) as catalogue:
        with closing(sqlite3.connect(folder / "catalogue.db")) as db, db:
            fill(db)
            insert(db, "sites", id=OTHER, name="The Other", url="https://other.example/")
            for number in range(100, 100 + MANY):
                status = ("live", "live", "deleted", "live", "hidden")[number % 5]
                about = {"status": status, "in_language": LANGUAGES[number % 4], "site_id": (SITE, OTHER)[number % 3 == 0]}
                day = None if number % 7 == 0 else f"2026-11-0{number % 4 + 1}T10:00:00Z"
                gone = LATER if status == "deleted" else None
                comment(db, number, "Ehe", **about, date_created=day, deleted_seen=gone, upvotes=number % 3 or None)
        for site in (SITE, OTHER):
            recount(catalogue, site)
    return folder


@pytest.fixture
def datasette(large: Path) -> Iterator[Datasette]:
    with opened(explorer(large)) as instance:
        yield instance


def asked(datasette: Datasette, path: str, **params: str) -> dict[str, Any]:
    answer = asyncio.run(datasette.client.get(path, params=params))
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def paged(datasette: Datasette, table: str, **params: str) -> list[dict[str, Any]]:
    """The rows of all pages, one page after another."""
    found, place = [], None
    while True:
        page = asked(
            datasette, f"/catalogue/{table}.json", _shape="objects", _size="4", **params, **({"_next": place} if place else {})
        )
        found += page["rows"]
        place = page["next"]
        if place is None:
            return found


@pytest.mark.parametrize("order", ["_sort", "_sort_desc"])
@pytest.mark.parametrize("column", ["date_created", "upvotes"])
@pytest.mark.parametrize(
    "filters", [{}, {"status": "live"}, {"site_id__in": f"{SITE},{OTHER}", "in_language__not": "en"}, {"_search": "ehe"}]
)
def test_pages_bring_every_row_once_and_in_order(datasette: Datasette, order: str, column: str, filters: dict[str, str]) -> None:
    pages = paged(datasette, "comments", **{order: column}, **filters)
    whole = asked(datasette, "/catalogue/comments.json", _shape="objects", _size="max", **{order: column}, **filters)["rows"]
    assert [row["id"] for row in pages] == [row["id"] for row in whole]
    assert len({row["id"] for row in pages}) == len(pages) > 20
    values = [row[column] for row in pages if row[column] is not None]
    assert values == sorted(values, reverse=order == "_sort_desc")


def test_pages_of_a_table_with_a_key_of_two_columns(datasette: Datasette) -> None:
    days = paged(datasette, "site_days", _sort_desc="comments")
    assert len({(row["site_id"], row["day"]) for row in days}) == len(days) > 4


@pytest.mark.parametrize("hidden", [{"_nocol": "date_created"}, {"_col": "text"}])
def test_the_column_that_rows_are_sorted_by_may_be_hidden(datasette: Datasette, hidden: dict[str, str]) -> None:
    assert len(paged(datasette, "comments", **hidden)) == MANY + 3


def test_a_later_page_goes_by_an_index(large: Path) -> None:
    with closing(sqlite3.connect(large / "catalogue.db")) as db:
        plan = " ".join(row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {in_parts(LATEST)}", {"p0": "x", "p1": "2026"}))
    assert "USING INDEX comments_date (date_created<?)" in plan
    assert "MULTI-INDEX OR" not in plan


@pytest.mark.parametrize(
    "sql",
    [
        "select 1",
        LATEST.replace("where ", 'where "a) order by b limit 1 -- " = :p2 and '),
        LATEST.replace("where ", "where (select 1) and "),
        LATEST.replace("id, date_created", "id, id"),
    ],
)
def test_what_datasette_does_not_write_so_is_left_as_it_is(sql: str) -> None:
    assert in_parts(sql) == sql


def test_facets_are_told_of_all_pages() -> None:
    page = 'select id from comments where "status" = :p0 and ([upvotes] > :p2 or ([upvotes] = :p2 and id > :p1)) '
    assert from_the_first(page) == 'select id from comments where "status" = :p0 '


FILTERS = {"site_id": OTHER, "status": "live", "in_language": "und"}


@pytest.mark.parametrize("names", [names for many in range(4) for names in combinations(FILTERS, many)])
def test_facets_that_stand_ready_are_those_that_counting_finds(large: Path, datasette: Datasette, names: tuple[str, ...]) -> None:
    filters = {name: FILTERS[name] for name in names}
    where = " AND ".join(["1", *(f"{name} = :{name}" for name in names)])
    first = asked(datasette, "/catalogue/comments.json", _size="2", **filters)
    told = first["facet_results"]
    with closing(sqlite3.connect(large / "catalogue.db")) as db:
        for facet in FILTERS:
            sql = f"SELECT {facet}, count(*) FROM comments WHERE {where} AND {facet} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1"
            assert [(one["value"], one["count"]) for one in told[facet]["results"]] == db.execute(sql, filters).fetchall()
    if first["next"]:
        assert (
            asked(datasette, "/catalogue/comments.json", _size="2", _next=first["next"], **filters)["facet_results"].keys()
            == told.keys()
        )


def test_facets_of_articles_stand_ready_too(datasette: Datasette, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tallied, "MOST_COUNTED", 0)
    facets = asked(datasette, "/catalogue/articles.json", site_id=SITE)["facet_results"]
    assert [(one["value"], one["count"]) for one in facets["in_language"]["results"]] == [("en", 1), ("sn", 1)]
    assert "section" not in facets


def test_other_filters_are_counted_while_the_rows_are_few(datasette: Datasette, monkeypatch: pytest.MonkeyPatch) -> None:
    path, day = "/catalogue/comments.json", {"date_created__lt": "2026-11-03"}
    assert sum(one["count"] for one in asked(datasette, path, **day)["facet_results"]["status"]["results"]) > 20
    monkeypatch.setattr(tallied, "MOST_COUNTED", 5)
    assert asked(datasette, path, **day)["facet_results"] == {}
    page = asyncio.run(datasette.client.get("/catalogue/comments", params=day)).text
    assert "These facets timed out: site_id, status, in_language" in page


def test_a_day_is_found_in_an_index(datasette: Datasette) -> None:
    day = asked(datasette, "/catalogue/comments.json", date_created__date="2026-11-02", _size="1")
    assert 'date("date_created") = :p0 and "date_created" >= :day0 and "date_created" < :end0' in day["query"]["sql"]
    within = asked(datasette, "/catalogue/comments.json", date_created__gte="2026-11-02", date_created__lt="2026-11-03")
    assert day["filtered_table_rows_count"] == within["filtered_table_rows_count"] > 5


def test_a_first_crawl_that_has_not_ended_has_its_facets(large: Path, tmp_path: Path) -> None:
    with closing(schema.prepare(str(tmp_path / "catalogue.db"))), closing(sqlite3.connect(tmp_path / "catalogue.db")) as db, db:
        fill(db)
    with opened(explorer(tmp_path)) as instance:
        facets = asked(instance, "/catalogue/comments.json")["facet_results"]
    assert [(one["value"], one["count"]) for one in facets["status"]["results"]] == [("live", 2), ("deleted", 1)]


def test_what_would_take_long_to_sort_is_not_offered(datasette: Datasette, monkeypatch: pytest.MonkeyPatch) -> None:
    def offered(**filters: str) -> list[str]:
        page = html.fromstring(asyncio.run(datasette.client.get("/catalogue/comments", params=filters)).text)
        return [link.text_content().strip("\xa0▲▼ ") for link in page.cssselect("th a")]

    assert offered(status="live") == ["date_created", "upvotes"]
    monkeypatch.setattr(plugin, "MOST_SORTED", 5)
    assert offered(status="live") == ["date_created"]
    assert offered() == ["date_created", "upvotes"]

"""Datasette over a catalogue: what its pages and its JSON answer."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from datasette.app import Datasette
from datasette.utils import tilde_encode
from lxml import html

from newsarchive.errors import UsageError
from newsarchive.explore import counting
from newsarchive.explore.metadata import metadata
from newsarchive.explore.serve import PUBLIC, SETTINGS, explorer, serve
from tests.explore.conftest import insert, make_catalogue, opened

SITE = "gazette-example"
RAIN = f"{SITE}:/2026/11/mvura~zhinji/"
NICK = "Tendai 🔥 M"


def get(datasette: Datasette, path: str, **params: str) -> httpx.Response:
    response: httpx.Response = asyncio.run(datasette.client.get(path, params=params))
    return response


def rows(datasette: Datasette, path: str, **params: str) -> list[dict[str, Any]]:
    response = get(datasette, path, _shape="array", **params)
    assert response.status_code == 200, response.text
    found: list[dict[str, Any]] = response.json()
    return found


def test_without_a_catalogue_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="crawl a site first"):
        explorer(tmp_path)


def test_a_taken_port_is_a_usage_error(archive: Path, server: str) -> None:
    with pytest.raises(UsageError, match="choose another port"):
        serve(archive, port=int(server.rstrip("/").rpartition(":")[2]))


def test_articles_come_newest_first(datasette: Datasette) -> None:
    assert [row["headline"] for row in rows(datasette, "/catalogue/articles.json")] == [
        "Mvura zhinji yotarisirwa",
        "Roads reopen",
    ]


@pytest.mark.parametrize(
    ("table", "words", "found"),
    [
        ("articles", "mvura", {RAIN}),
        ("articles", "MVURA nhasi", {RAIN}),
        ("comments", "nemvura", {f"{SITE}:wordpress:1"}),
        ("comments", NICK, {f"{SITE}:wordpress:1"}),
        ("comments", "it's \"unbalanced", set()),
    ],
)
def test_full_text_search(datasette: Datasette, table: str, words: str, found: set[str]) -> None:
    assert {row["id"] for row in rows(datasette, f"/catalogue/{table}.json", _search=words)} == found
    assert 'name="_search"' in get(datasette, f"/catalogue/{table}").text


@pytest.mark.parametrize(
    "table", sorted(name for name, table in metadata()["databases"]["catalogue"]["tables"].items() if "title" in table)
)
def test_every_table_has_a_page_with_its_facets(datasette: Datasette, table: str) -> None:
    page = get(datasette, f"/catalogue/{table}")
    assert page.status_code == 200
    assert "facets-timed-out" not in page.text
    assert metadata()["databases"]["catalogue"]["tables"][table]["title"] in page.text


def test_facets_show_names(datasette: Datasette) -> None:
    facets = get(datasette, "/catalogue/comments.json").json()["facet_results"]
    assert {name: [(r["label"], r["count"]) for r in facet["results"]] for name, facet in facets.items()} == {
        "site_id": [("The Gazette", 3)],
        "status": [("live", 2), ("deleted", 1)],
        "in_language": [("sn", 2), ("en", 1)],
    }


def test_long_texts_are_cut_in_tables_and_whole_on_the_row_page(datasette: Datasette) -> None:
    assert "Magumo enyaya." not in get(datasette, "/catalogue/articles").text
    assert "Magumo enyaya." in get(datasette, f"/catalogue/articles/{tilde_encode(RAIN)}").text


def test_a_name_without_end_is_cut_in_tables(datasette: Datasette, archive: Path) -> None:
    with closing(sqlite3.connect(archive / "catalogue.db", isolation_level=None)) as writer:
        writer.execute("INSERT INTO tags (id, site_id, name) VALUES ('endless', ?, ?)", [SITE, "x" * 400])
        assert f'title="endless">{"x" * 300}</a>' in get(datasette, "/catalogue/tags").text
        assert "x" * 400 in get(datasette, "/catalogue/tags/endless").text
        writer.execute("DELETE FROM tags")


def test_keys_read_as_names_and_link_to_rows(datasette: Datasette) -> None:
    page = get(datasette, f"/catalogue/comments/{tilde_encode(SITE + ':wordpress:2')}").text
    for path, key, name in (("-/article", RAIN, "Mvura zhinji yotarisirwa"), ("catalogue/sites", SITE, "The Gazette"),
                            ("-/comment", f"{SITE}:wordpress:1", f"{SITE}:wordpress:1")):  # fmt: skip
        assert f'<a class="row-link" href="/{path}/{tilde_encode(key)}" title="{key}">{name}</a>' in page
        assert get(datasette, f"/{path}/{tilde_encode(key)}").status_code == 200


def test_what_a_page_said_is_never_markup(datasette: Datasette) -> None:
    for path in ("/catalogue/comments", f"/catalogue/comments/{tilde_encode(SITE + ':wordpress:2')}", "/catalogue/articles"):
        page = get(datasette, path).text
        assert "<script>alert" not in page
        assert 'href="javascript:' not in page
    assert "javascript:alert(document.domain)" in get(datasette, "/catalogue/articles").text


@pytest.mark.parametrize(
    ("query", "params", "expected"),
    [
        ("most_discussed", {"site": ""}, ("article_id", [RAIN, f"{SITE}:/2026/10/roads/"])),
        ("most_discussed", {"site": "elsewhere"}, ("article_id", [])),
        ("edited_articles", {}, ("earlier_headline", ["Mvura yotarisirwa"])),
        ("edited_comments", {}, ("earlier_text", ["Tatenda"])),
        ("deleted_comments", {"site": ""}, ("text", ["This one went away"])),
        ("comments_by_nick", {"nick": NICK.lower()}, ("text", ["Tatenda nemvura!"])),
        ("gone_articles", {"site": ""}, ("headline", [])),
        ("who_else_printed_it", {"headline": 'mvura "zhinji"'}, ("headline", ["Mvura zhinji yotarisirwa"])),
        ("busiest_commenters", {"site": SITE}, ("name", [NICK])),
        ("what_could_not_be_had", {"site": ""}, ("kind", ["robots"])),
        ("what_a_crawl_found", {"crawl": f"{SITE}@1"}, ("answer", ["200", "robots", "404"])),
    ],
)
def test_ready_made_queries(datasette: Datasette, query: str, params: dict[str, str], expected: tuple[str, list[Any]]) -> None:
    column, values = expected
    assert [row[column] for row in rows(datasette, f"/catalogue/{query}.json", **params)] == values
    assert get(datasette, f"/catalogue/{query}", **params).status_code == 200


def test_every_query_is_tested() -> None:
    parameters = test_ready_made_queries.pytestmark[0].args[1]  # type: ignore[attr-defined]
    assert {case[0] for case in parameters} == set(metadata()["databases"]["catalogue"]["queries"])


@pytest.mark.parametrize("path", ["/", "/catalogue", "/catalogue/articles.json", "/nothing", "/-/static/app.css"])
def test_every_answer_bears_the_safe_headers(datasette: Datasette, path: str) -> None:
    headers = get(datasette, path).headers
    assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self' 'sha256-")
    assert "unsafe-inline" not in headers["content-security-policy"].partition("style-src")[0]
    assert (headers["x-content-type-options"], headers["referrer-policy"], headers["x-frame-options"]) == (
        "nosniff",
        "no-referrer",
        "DENY",
    )


@pytest.mark.parametrize("path", ["/nothing", "/catalogue/nothing", "/catalogue/articles/nothing"])
def test_what_is_not_there_is_404_with_a_way_back(datasette: Datasette, path: str) -> None:
    page = get(datasette, path)
    assert page.status_code == 404
    assert 'href="/catalogue/articles?' in page.text


def test_no_query_writes_or_builds_a_huge_value(datasette: Datasette) -> None:
    assert "string or blob too big" in get(datasette, "/catalogue.json", sql="select length(hex(randomblob(2e8)))").text
    assert get(datasette, "/catalogue.json", sql="delete from comments").status_code == 400
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        asyncio.run(datasette.get_database("catalogue").execute("DELETE FROM comments"))


def test_rows_written_meanwhile_show(datasette: Datasette, archive: Path) -> None:
    with closing(sqlite3.connect(archive / "catalogue.db", isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("INSERT INTO sites (id, name) VALUES ('new-example', 'New')")
        assert len(rows(datasette, "/catalogue/sites.json")) == 1
        writer.execute("COMMIT")
        assert len(rows(datasette, "/catalogue/sites.json")) == 2
        writer.execute("DELETE FROM sites WHERE id = 'new-example'")


def test_public_answers_no_sql_but_the_ready_made_questions(archive: Path) -> None:
    instance = explorer(archive, settings=SETTINGS | PUBLIC)
    try:
        assert get(instance, "/catalogue.json", sql="select 1").status_code == 403
        assert get(instance, "/catalogue/comments.json", _where="1=1").status_code in {400, 403}
        assert rows(instance, "/catalogue/deleted_comments.json", site="")
        assert "Your own SQL" not in get(instance, "/catalogue").text
    finally:
        for database in instance.databases.values():
            database.close()
        instance.executor.shutdown()


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
@pytest.mark.parametrize("path", ["/", "/catalogue", "/catalogue/articles", "/-/search"])
def test_only_reading_is_answered(datasette: Datasette, method: str, path: str) -> None:
    answer: httpx.Response = asyncio.run(datasette.client.request(method, path))
    assert answer.status_code == 405
    assert "content-security-policy" in answer.headers


def test_rows_are_counted_as_far_as_a_page_may_wait(datasette: Datasette, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = asyncio.run(datasette.get_database("catalogue").table_counts(1000))
    assert (counts["comments"], counts["sites"]) == (3, 1)
    monkeypatch.setattr(counting, "MOST_COUNTED", 2)
    counts = asyncio.run(datasette.get_database("catalogue").table_counts(1000))
    assert (counts["comments"], counts["sites"]) == (None, 1)
    assert "over 10,000" in get(datasette, "/catalogue").text


def test_a_query_that_would_take_much_memory_fails_alone(server: str) -> None:
    numbers = "with recursive n(i) as (select 1 union all select i + 1 from n limit 900000)"
    heavy = httpx.get(f"{server}catalogue", params={"sql": f"{numbers} select i, zeroblob(300) from n order by -i"}, timeout=20)
    assert heavy.status_code == 400
    assert "This takes too long" in heavy.text
    assert "Ask for less" in heavy.text
    assert httpx.get(f"{server}catalogue/articles").status_code == 200


def test_the_start_page_says_when_a_site_stops(tmp_path: Path) -> None:
    make_catalogue(tmp_path / "catalogue.db")
    with opened(explorer(tmp_path)) as instance:
        assert "its last crawl stopped before its end" not in get(instance, "/").text
        with closing(sqlite3.connect(tmp_path / "catalogue.db")) as db, db:
            crawl = {"id": f"{SITE}@2", "site_id": SITE, "kind": "visit", "number": 2, "started_at": "2026-11-07T00:00:00Z"}
            insert(db, "crawls", **crawl, finish_reason="disk full")
        assert "its last crawl stopped before its end: disk full" in get(instance, "/").text


def test_a_ready_made_question_reads_as_one(datasette: Datasette) -> None:
    page = html.fromstring(get(datasette, "/catalogue/deleted_comments").text)
    assert [one.text_content() for one in page.cssselect("select[name=site] option")] == ["all", "The Gazette"]
    assert "This one went away" in page.text_content()
    assert page.cssselect("time")[0].get("datetime") == "2026-11-05T03:00:00Z"
    assert page.cssselect("time")[0].text == "2026-11-05 03:00:00"
    assert "Nothing in this archive answers this" in get(datasette, "/catalogue/deleted_comments", site="none").text

"""An article for reading: what stands there, what changed, who commented, and where the proof is."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import httpx
import pytest
from datasette.app import Datasette
from datasette.utils import tilde_encode
from lxml import html

from newsarchive.explore.serve import explorer
from tests.explore.conftest import RAIN, SITE, comment, make_catalogue

ARTICLE = f"/-/article/{tilde_encode(RAIN)}"


@pytest.fixture(scope="module")
def discussed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Datasette]:
    """The small newspaper, with 120 more comments that each answer the one before or the first, and an age in words."""
    folder = tmp_path_factory.mktemp("discussed")
    make_catalogue(folder / "catalogue.db")
    age = {"date_created_earliest": "2022-03-08T00:00:00Z", "date_created_latest": "2022-04-07T00:00:00Z",
           "date_created_raw": "1 month ago", "date_created_precision": "month", "upvotes": 3}  # fmt: skip
    with closing(sqlite3.connect(folder / "catalogue.db")) as db, db:
        comment(db, 4, "Old words", author_name="Sekuru", **age)
        for number in range(5, 125):
            comment(db, number, f"answer {number}", parent_id=f"{SITE}:wordpress:4", depth=1, author_name=f"N{number}")
        comment(db, 125, None, author_name=None, status="hidden", parent_id=f"{SITE}:wordpress:5")  # type: ignore[arg-type]
        db.execute("INSERT INTO comment_votes VALUES (?, ?, 3, NULL)", [f"{SITE}:wordpress:4", "2022-04-07T00:00:00Z"])
    instance = explorer(folder)
    yield instance
    for database in instance.databases.values():
        database.close()
    instance.executor.shutdown()


def get(datasette: Datasette, path: str, **params: str) -> httpx.Response:
    response: httpx.Response = asyncio.run(datasette.client.get(path, params=params))
    return response


def page(datasette: Datasette, path: str, **params: str) -> html.HtmlElement:
    response = get(datasette, path, **params)
    assert response.status_code == 200, response.text
    return html.fromstring(response.text)


def shown(tree: html.HtmlElement, css: str) -> list[str]:
    return [" ".join(element.text_content().split()) for element in tree.cssselect(css)]


def test_it_tells_what_the_article_says_who_where_and_when(datasette: Datasette) -> None:
    tree = page(datasette, ARTICLE)
    assert shown(tree, "h1") == ["Mvura zhinji yotarisirwa"]
    assert "published 5 November 2026, 05:00 UTC" in shown(tree, ".byline")[0]
    assert shown(tree, ".body")[0].endswith("Magumo enyaya.")
    assert tree.cssselect(".body")[0].get("lang") == "sn"
    where = dict(zip(shown(tree, "dt"), shown(tree, "dd"), strict=True))
    assert where["Last seen"] == "6 November 2026, 06:30 UTC"
    assert where["Address"] == "https://gazette.example/2026/11/mvura~zhinji/"


def test_an_address_that_is_no_web_address_is_no_link(datasette: Datasette) -> None:
    with closing(sqlite3.connect(datasette.get_database("catalogue").path, isolation_level=None)) as db:
        db.execute(
            "UPDATE articles SET url = 'javascript:alert(1)', in_language = '\"onx=' WHERE id = ?", [f"{SITE}:/2026/10/roads/"]
        )
        try:
            tree = page(datasette, f"/-/article/{tilde_encode(SITE + ':/2026/10/roads/')}")
        finally:
            db.execute(
                "UPDATE articles SET url = 'https://gazette.example/2026/10/roads/', in_language = 'en' WHERE text = 'Short.'"
            )
    assert "javascript:alert(1)" in shown(tree, "dd")
    assert not tree.xpath("//a[starts-with(@href, 'javascript')] | //*[@onx]")
    assert not tree.cssselect(".body[lang]")


def test_two_versions_are_compared_word_by_word(datasette: Datasette) -> None:
    tree = page(datasette, ARTICLE, **{"from": "d0", "to": "d"})
    assert shown(tree, ".field ins") == ["zhinji"]
    assert shown(tree, ".field") == ["Mvura zhinji yotarisirwa", "The text is the same in both."]
    back = page(datasette, ARTICLE, **{"from": "d", "to": "d0"})
    assert shown(back, ".field del") == ["zhinji"]
    assert shown(page(datasette, ARTICLE, version="d0"), "h1") == ["Mvura yotarisirwa"]


def test_comments_are_marked_and_lead_to_their_proof(datasette: Datasette) -> None:
    tree = page(datasette, ARTICLE)
    assert shown(tree, "li.deleted .mark") == ["Deleted between 5 November 2026, 06:30 UTC and 6 November 2026, 06:30 UTC"]
    assert shown(tree, ".mark.edited .earlier") == ["Tatenda"]
    answer = tree.get_element_by_id(f"c-{tilde_encode(SITE + ':wordpress:2')}")
    assert answer.getparent().getparent().tag == "details"
    assert "<script>alert(1)</script>" in answer.text_content()
    proof = "urn:uuid:00000000-0000-4000-8000-000000000001"
    assert f"/-/capture/{tilde_encode(proof)}" in {a.get("href") for a in answer.cssselect(".foot a")}


def test_only_the_deleted_ones(datasette: Datasette) -> None:
    assert shown(page(datasette, ARTICLE, only="deleted"), ".comment > .words") == ["This one went away"]
    assert shown(page(datasette, ARTICLE, only="nonsense"), ".kinds [aria-current]") == ["all"]


def test_a_page_of_a_long_thread_begins_with_what_it_answers(discussed: Datasette) -> None:
    first, second = page(discussed, ARTICLE), page(discussed, ARTICLE, page="2")
    assert len(first.cssselect("#comments li")) == 50
    assert len(second.cssselect("#comments li")) == 51
    assert shown(second, "li.context > .comment .by strong") == ["Sekuru"]
    assert shown(second, ".paging span") == ["Page 2 of 3 (125 comments)"]
    turned = page(discussed, ARTICLE, comment=f"{SITE}:wordpress:124")
    assert shown(turned, ".paging span") == ["Page 3 of 3 (125 comments)"]
    assert shown(turned, "li.at > .comment > .words") == ["answer 124"]
    assert shown(page(discussed, ARTICLE, page="9" * 9), ".paging span") == ["Page 3 of 3 (125 comments)"]


def test_an_age_is_shown_as_what_it_is(discussed: Datasette) -> None:
    by = shown(page(discussed, ARTICLE), f"[id='c-{SITE}~3Awordpress~3A4'] > .comment .by")[0]
    assert by == "Sekuru between 8 March and 7 April 2022; the page said “1 month ago”"


def test_a_comments_own_page_shows_its_history(datasette: Datasette, discussed: Datasette) -> None:
    tree = page(datasette, f"/-/comment/{tilde_encode(SITE + ':wordpress:1')}")
    assert (shown(tree, ".changes ins"), shown(tree, ".changes")) == (["nemvura!"], ["Tatenda nemvura!"])
    votes = page(discussed, f"/-/comment/{tilde_encode(SITE + ':wordpress:4')}")
    assert shown(votes, "td.number") == ["3", ""]
    hidden = page(discussed, f"/-/comment/{tilde_encode(SITE + ':wordpress:125')}")
    assert shown(hidden, ".mark.hidden") == ["Hidden by the site, last seen 5 November 2026, 06:30 UTC"]


@pytest.mark.parametrize("path", ["/-/article/nothing", "/-/comment/nothing"])
def test_what_is_not_there_is_said(datasette: Datasette, path: str) -> None:
    assert get(datasette, path).status_code == 404


def test_nothing_but_get_is_answered(datasette: Datasette) -> None:
    assert asyncio.run(datasette.client.put(ARTICLE)).status_code == 405

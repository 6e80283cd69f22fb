"""Search over articles and comments: what is found, filtered, marked, and what is advised where nothing can be."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from datasette.app import Datasette
from lxml import html

from newsarchive.errors import UsageError
from newsarchive.explore import search as searching
from newsarchive.explore.beginnings import weigh
from newsarchive.explore.query import expression


def get(datasette: Datasette, **params: str) -> html.HtmlElement:
    answer: httpx.Response = asyncio.run(datasette.client.get("/-/search", params=params))
    assert answer.status_code == 200, answer.text
    return html.fromstring(answer.text)


def found(datasette: Datasette, **params: str) -> list[str]:
    return [" ".join(element.text_content().split()) for element in get(datasette, **params).cssselect(".hits .title")]


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("mvura", '"mvura"'),
        ('"mvura zhinji" nhasi', '"mvura zhinji" AND "nhasi"'),
        ("mvur* -mhepo", '("mvur"*) NOT ("mhepo")'),
        ("a OR b c", '("a" OR "b") AND "c"'),
        ("OR OR a OR", '"a"'),
        ("NEAR(a b) x:y ^z", '"NEAR(a" AND "b)" AND "x:y" AND "^z"'),
        ('un"closed', '"un" AND "closed"'),
    ],
)
def test_words_become_an_expression_that_is_valid(words: str, asked: str) -> None:
    assert expression(words) == asked


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        ("-only", "Give a word that is to be found"),
        ("🔥 !!", "letters or figures"),
        ("x" * 301, "too long"),
        (" ".join("abcdefghijklmnopqrstuvwxyz"), "too many words"),
    ],
)
def test_what_cannot_be_searched_for_says_what_to_do(datasette: Datasette, words: str, advice: str) -> None:
    with pytest.raises(UsageError, match=advice):
        expression(words)
    assert advice in get(datasette, q=words).cssselect("[role=alert]")[0].text_content()


@pytest.mark.parametrize(
    ("params", "titles"),
    [
        ({"q": "MVURA"}, ["Mvura zhinji yotarisirwa"]),
        ({"q": "nemvura"}, ["Tendai 🔥 M"]),
        ({"q": "went OR mvura"}, ["Mvura zhinji yotarisirwa", "Rudo"]),
        ({"q": "went", "status": "deleted"}, ["Rudo"]),
        ({"q": "went", "status": "live"}, []),
        ({"q": "tatenda", "status": "edited"}, ["Tendai 🔥 M"]),
        ({"q": "mvura", "status": "edited", "in": "articles"}, ["Mvura zhinji yotarisirwa"]),
        ({"q": "mvura", "site": "elsewhere"}, []),
        ({"q": "short OR mvura", "in": "articles", "sort": "date"}, ["Mvura zhinji yotarisirwa", "Roads reopen"]),
        ({"q": "short OR mvura", "until": "2026-10-02"}, ["Roads reopen"]),
        ({"q": "short OR mvura", "since": "2026-10-03"}, ["Mvura zhinji yotarisirwa"]),
        ({"q": "short OR mvura", "language": "en"}, ["Roads reopen"]),
        ({"q": "tatenda", "section": "nhau"}, ["Tendai 🔥 M"]),
        ({"q": "tatenda", "author": "tendai 🔥 m", "page": "99999"}, ["Tendai 🔥 M"]),
        ({"q": "tatenda' OR 1=1 --", "site": "' OR 1=1"}, []),
    ],
)
def test_what_is_found(datasette: Datasette, params: dict[str, str], titles: list[str]) -> None:
    assert found(datasette, **params) == titles


def test_the_words_are_marked_and_nothing_of_the_text_is_mark_up(datasette: Datasette) -> None:
    tree = get(datasette, q="script bold")
    assert [mark.text for mark in tree.cssselect("mark")] == ["script", "script", "bold"]
    assert "<script>alert(1)</script> <b>bold</b>" in tree.cssselect(".snippet")[0].text_content()


def test_a_comment_leads_to_its_place_in_the_thread(datasette: Datasette) -> None:
    href = get(datasette, q="went").cssselect(".title")[0].get("href")
    assert "?comment=gazette-example%3Awordpress%3A3#c-gazette-example~3Awordpress~3A3" in href


def test_of_frequent_words_the_latest_are_ranked_and_that_is_said(datasette: Datasette, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "MOST_RANKED", 1)
    tree = get(datasette, q="short OR mvura", **{"in": "articles"})
    assert [title.text for title in tree.cssselect(".title")] == ["Roads reopen"]
    assert "came into the archive last" in tree.cssselect(".advice")[0].text_content()


def test_a_filter_looks_through_the_latest_and_that_is_said(datasette: Datasette, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = {"in": "articles", "q": "short OR mvura", "site": "gazette-example"}
    assert len(found(datasette, **asked)) == 2
    monkeypatch.setattr(searching, "MOST_FILTERED", 1)
    tree = get(datasette, **asked)
    assert [title.text for title in tree.cssselect(".title")] == ["Roads reopen"]
    assert "came into the archive last" in tree.cssselect(".advice")[0].text_content()


def test_a_wrong_day_says_how_it_is_written(datasette: Datasette) -> None:
    assert "A day is written like" in get(datasette, q="mvura", since="5.11.26").cssselect("[role=alert]")[0].text_content()


def test_a_beginning_that_too_many_words_have_is_not_searched_for(archive: Path) -> None:
    with closing(sqlite3.connect(archive / "catalogue.db")) as db:
        weigh(db, "comments", expression("nemv* tat*"), most=1)
        weigh(db, "comments", expression("this"), most=0)
        with pytest.raises(UsageError, match="begin with “tat”: give more"):
            weigh(db, "comments", expression("Tát*"), most=0)

"""Articles in several pages, and other forms of one article: one article, and no edit that is none."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsarchive.catalogue import schema
from newsarchive.catalogue.due import Due
from newsarchive.items import Follow
from tests.vault.visits import HOST, PROFILE, answer, articles, select, story, visit

PAGER = '<div class="page-links">{}</div>'


def page(number: int, topic: str = "", *, of: int = 3, changed: str = "") -> str:
    """One page of an article in several, as WordPress shows it."""
    links = [
        f'<span class="post-page-numbers current">{one}</span>'
        if one == number
        else f'<a class="post-page-numbers" href="/a/{f"{one}/" if one > 1 else ""}">{one}</a>'
        for one in range(1, of + 1)
    ]
    return story(topic or f"page{number}", headline="The long story", more=changed + PAGER.format(" ".join(links)))


def whole(**changed: str) -> dict[str, bytes | str]:
    return {"/a/": page(1, **changed), "/a/2/": page(2), "/a/3/": page(3)}


def topics(folder: Path) -> list[str]:
    """The topics of the one article's paragraphs, in order."""
    (row,) = articles(folder).values()
    return list(dict.fromkeys(line[:5] for line in row["text"].split("\n\n")))


def state(folder: Path) -> tuple[int, int]:
    (row,) = articles(folder).values()
    return row["revision_count"], row["partial"]


@pytest.mark.parametrize("order", [("/a/", "/a/2/", "/a/3/"), ("/a/3/", "/a/", "/a/2/")])
def test_the_pages_of_an_article_are_one_text_in_their_order(tmp_path: Path, order: tuple[str, ...]) -> None:
    pages = whole()
    for _ in range(2):
        visit(tmp_path, {path: pages[path] for path in order})
        assert topics(tmp_path) == ["page1", "page2", "page3"]
        assert state(tmp_path) == (0, 0)
    (row,) = articles(tmp_path).values()
    assert (row["url"], row["headline"]) == ("https://gazette.example/a/", "The long story")


def test_all_pages_of_an_article_are_due_with_it(tmp_path: Path) -> None:
    visit(tmp_path, whole() | {"/b/": story("mayor")})
    with closing(schema.prepare(str(tmp_path / "catalogue.db"))) as connection:
        connection.execute("UPDATE articles SET next_visit = iif(url LIKE '%/a/', '2001-01-01T00:00:00Z', NULL)")
        due = Due(connection, PROFILE, requests=1000, now=datetime.now(UTC))
        assert [follow.url for follow in due.follows()] == [f"{HOST}/a/"]
        spared = {path: due.spares(Follow(f"{HOST}{path}", "article")) for path in ("/a/", "/a/2/", "/a/3/", "/b/", "/new/")}
    assert spared == {"/a/": None, "/a/2/": None, "/a/3/": None, "/b/": "not due", "/new/": None}


def test_a_change_of_any_page_is_one_edit(tmp_path: Path) -> None:
    visit(tmp_path, whole())
    visit(tmp_path, whole() | {"/a/2/": page(2, "page2", changed="<p>A correction of what was said before, in a few words.</p>")})
    assert state(tmp_path) == (1, 0)
    assert "A correction" in articles(tmp_path)["/a"]["text"]


@pytest.mark.parametrize("missing", [{"/a/2/": answer("", 503)}, {}])
def test_without_one_of_its_pages_a_known_article_stays_as_it_is(tmp_path: Path, missing: dict[str, bytes | str]) -> None:
    visit(tmp_path, whole())
    visit(tmp_path, {"/a/": page(1), "/a/3/": page(3)} | missing)
    assert state(tmp_path) == (0, 0)
    edited = page(1, changed="<p>A correction of what was said before.</p>")
    visit(tmp_path, {"/a/": edited, "/a/3/": page(3)} | missing)
    assert state(tmp_path) == (0, 0)
    assert topics(tmp_path) == ["page1", "page2", "page3"]
    for _ in range(2):  # but not for ever
        visit(tmp_path, {"/a/": edited, "/a/3/": page(3)} | missing)
        assert state(tmp_path) == (1, 0)
        assert topics(tmp_path) == ["page1", "A cor", "page2", "page3"]


def test_a_page_that_is_no_longer_one_of_the_article_is_not_kept_with_the_others(tmp_path: Path) -> None:
    visit(tmp_path, whole())
    for _ in range(3):
        visit(tmp_path, {"/a/": page(1, of=2, changed="<p>What the second page said stands here now, and more of it.</p>")})
        assert state(tmp_path) == (0, 0)


@pytest.mark.parametrize("first", ["/a/", "/a/2/"])
def test_pages_that_come_in_different_crawls(tmp_path: Path, first: str) -> None:
    pages = whole()
    visit(tmp_path, {first: pages.pop(first)})
    assert state(tmp_path) == (0, 1)
    visit(tmp_path, pages)
    assert state(tmp_path) == (0, 0)
    assert topics(tmp_path) == ["page1", "page2", "page3"]


def test_an_article_that_is_cut_into_pages_is_one_edit_at_most(tmp_path: Path) -> None:
    visit(tmp_path, {"/a/": story("page1", headline="The long story")})
    visit(tmp_path, whole())
    assert state(tmp_path) == (1, 0)


AMP = story("river", head='<link rel="canonical" href="/a/">', headline="River (fast)")
FULL = story("river", head='<link rel="amphtml" href="/a/amp">')


@pytest.mark.parametrize("order", [("/a/", "/a/amp"), ("/a/amp", "/a/")])
def test_other_forms_are_no_articles_and_no_edits(tmp_path: Path, order: tuple[str, ...]) -> None:
    pages = {"/a/": FULL, "/a/amp": AMP, "/a/?print=1": AMP, "/a/?page=all": AMP}
    for _ in range(2):
        visit(tmp_path, {path: pages[path] for path in (*order, "/a/?print=1", "/a/?page=all")})
        (row,) = articles(tmp_path).values()
        assert (row["headline"], row["revision_count"], row["url"]) == ("The river of the town", 0, "https://gazette.example/a/")
    urls = {row["url"]: row["kind"] for row in select(tmp_path, "SELECT url, kind FROM article_urls")}
    assert [urls[f"https://gazette.example{path}"] for path in pages] == ["canonical", "amp", "alias", "alias"]


def test_where_only_another_form_was_seen_it_counts_until_the_article_is(tmp_path: Path) -> None:
    visit(tmp_path, {"/a/amp": AMP})
    assert articles(tmp_path)["/a"]["headline"] == "River (fast)"
    visit(tmp_path, {"/a/amp": AMP.replace("(fast)", "(faster)")})
    assert state(tmp_path) == (1, 0)
    visit(tmp_path, {"/a/": FULL, "/a/amp": AMP})
    assert articles(tmp_path)["/a"]["headline"] == "The river of the town"
    assert state(tmp_path) == (0, 0)


def closed(topic: str, *, words: int | None = None, more: str = "") -> str:
    """An article that says it is not free, with so many words of it."""
    page = story(topic, head=CLOSED, more=more)
    begin, _, text = page.partition("<p>")
    return page if words is None else f"{begin}<p>{' '.join(text.split()[:words])}</p><p>Subscribe to read on.</p></article>"


CLOSED = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>'


def test_a_paywall_that_appears_later_is_no_edit(tmp_path: Path) -> None:
    visit(tmp_path, {"/a/": story("river")})
    (before,) = articles(tmp_path).values()
    for _ in range(2):
        visit(tmp_path, {"/a/": closed("river", words=30)})
        (row,) = articles(tmp_path).values()
        assert row == before | {"paywalled": 1, "last_seen": row["last_seen"]}
        assert row["last_seen"] > before["last_seen"]
    visit(tmp_path, {"/a/": story("river")})
    (row,) = articles(tmp_path).values()
    assert (row["paywalled"], row["revision_count"]) == (None, 0)


def test_an_article_that_calls_itself_closed_and_shows_its_words_is_edited(tmp_path: Path) -> None:
    visit(tmp_path, {"/a/": closed("river")})
    visit(tmp_path, {"/a/": closed("river", more="<p>A correction of what was said before, in a few words.</p>")})
    (row,) = articles(tmp_path).values()
    assert (row["paywalled"], row["revision_count"]) == (1, 1)
    visit(tmp_path, {"/a/": closed("river", words=30)})
    assert state(tmp_path) == (1, 0)


def test_what_was_never_seen_open_is_known_by_its_beginning(tmp_path: Path) -> None:
    visit(tmp_path, {"/a/": closed("river", words=30)})
    (row,) = articles(tmp_path).values()
    assert (row["paywalled"], row["partial"], row["headline"]) == (1, 0, "The river of the town")
    visit(tmp_path, {"/a/": closed("river", words=30)})
    assert state(tmp_path) == (0, 0)


def test_a_closed_page_is_not_preferred_to_an_open_form(tmp_path: Path) -> None:
    visit(tmp_path, {"/a/amp/": story("river", head='<link rel="canonical" href="/a/">')})
    visit(tmp_path, {"/a/": closed("river", words=30)})
    (row,) = articles(tmp_path).values()
    assert (row["paywalled"], row["revision_count"]) == (1, 0)
    assert len(row["text"].split()) > 40

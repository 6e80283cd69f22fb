"""Articles in several pages, and other forms of one article: one article, and no edit that is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.vault.visits import answer, articles, select, story, visit

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
    visit(tmp_path, {"/a/": page(1, changed="<p>A correction of what was said before.</p>"), "/a/3/": page(3)} | missing)
    assert state(tmp_path) == (0, 0)
    assert topics(tmp_path) == ["page1", "page2", "page3"]


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

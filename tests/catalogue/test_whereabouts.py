"""What answers mean for the addresses of articles: moved, gone, back, or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.vault.visits import HOME, answer, articles, moved, select, story, visit

NOT_FOUND = "<html><head><title>Page not found | Gazette</title></head><body><h1>Page not found</h1><p>Sorry.</p></body></html>"
LOGIN = "<html><body><form><input name='u'><input type='password'></form><p>Sign in.</p></body></html>"


def kinds(folder: Path) -> dict[str, str]:
    rows = select(folder, "SELECT url, kind FROM article_urls")
    return {row["url"].removeprefix("https://gazette.example"): row["kind"] for row in rows}


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_an_article_that_moved_keeps_its_id_and_gets_an_address(tmp_path: Path, status: int) -> None:
    visit(tmp_path, {"/": HOME, "/a/": story("river")})
    visit(tmp_path, {"/": HOME, "/a/": moved("/b/", status), "/b/": story("river")})
    assert {key: (row["url"], row["gone_seen"], row["revision_count"]) for key, row in articles(tmp_path).items()} == {
        "/a": ("https://gazette.example/b/", None, 0)
    }
    assert kinds(tmp_path) == {"/a/": "redirect", "/b/": "canonical"}
    visit(tmp_path, {"/": HOME, "/b/": story("river", more="<p>And one more word was said of it.</p>")})
    assert [row["revision_count"] for row in articles(tmp_path).values()] == [1]


def test_the_new_address_may_be_seen_long_before_the_old_one_is_asked(tmp_path: Path) -> None:
    visit(tmp_path, {"/a/": story("river")})
    visit(tmp_path, {"/b/": story("river", headline="The river, again")})
    assert set(articles(tmp_path)) == {"/a", "/b"}
    visit(tmp_path, {"/a/": moved("/x/"), "/x/": moved("/b/"), "/b/": story("river", headline="The river, again")})
    (row,) = articles(tmp_path).values()
    assert (row["id"], row["headline"], row["revision_count"]) == ("gazette-example:/a", "The river, again", 1)
    assert kinds(tmp_path) == {"/a/": "redirect", "/x/": "redirect", "/b/": "canonical"}


def test_an_address_that_leads_to_another_article_is_not_that_article(tmp_path: Path) -> None:
    visit(tmp_path, {"/a/": story("river")})
    visit(tmp_path, {"/a/": moved("/b/"), "/b/": story("mayor")})
    found = articles(tmp_path)
    assert set(found) == {"/a", "/b"}
    assert found["/a"]["gone_seen"] is not None
    assert found["/b"]["gone_seen"] is None


def test_two_prints_of_one_agency_text_stay_two(tmp_path: Path) -> None:
    both = {"/a/": story("river"), "/b/": story("river")}
    visit(tmp_path, both)
    visit(tmp_path, both | {"/a/": moved("/b/")})
    found = articles(tmp_path)
    assert {key: row["gone_seen"] is None for key, row in found.items()} == {"/a": False, "/b": True}


def test_a_new_address_without_a_redirect_is_the_old_article_where_all_its_words_are(tmp_path: Path) -> None:
    visit(tmp_path, {"/a/": story("river"), "/c/": story("mayor")})
    visit(
        tmp_path, {"/a/": answer("", 404), "/b/": story("river"), "/c/": answer("", 410), "/d/": story("mayor", headline="Other")}
    )
    assert {key: row["url"][-3:] for key, row in articles(tmp_path).items()} == {"/a": "/b/", "/c": "/c/", "/d": "/d/"}


def test_of_two_articles_with_the_same_words_none_is_the_one_that_is_gone(tmp_path: Path) -> None:
    visit(tmp_path, {"/a/": story("river")})
    visit(tmp_path, {"/a/": answer("", 404), "/b/": story("river"), "/c/": story("river")})
    assert set(articles(tmp_path)) == {"/a", "/b", "/c"}


@pytest.mark.parametrize(
    "answers",
    [
        {"/a/": answer("gone", 404)},
        {"/a/": answer("gone", 410)},
        {"/a/": NOT_FOUND},
        {"/a/": story("river", headline="404 - Page not found")},
        {"/a/": moved("/"), "/": HOME},
        {"/a/": moved("/", 302), "/": HOME},
        {"/a/": moved("/b/"), "/b/": answer("gone", 404)},
        {"/a/": moved("/missing/", 302), "/missing/": NOT_FOUND},
        {"/a/": moved("/news/"), "/news/": HOME},
    ],
)
def test_an_article_is_gone_and_may_come_back(tmp_path: Path, answers: dict[str, bytes | str]) -> None:
    visit(tmp_path, {"/a/": story("river")})
    visit(tmp_path, answers)
    (row,) = articles(tmp_path).values()
    assert row["gone_seen"] > row["last_seen"]
    assert (row["revision_count"], row["headline"]) == (0, "The river of the town")
    visit(tmp_path, answers)
    assert [again["gone_seen"] for again in articles(tmp_path).values()] == [row["gone_seen"]]
    visit(tmp_path, {"/a/": story("river")})
    assert [(again["gone_seen"], again["revision_count"]) for again in articles(tmp_path).values()] == [(None, 0)]


@pytest.mark.parametrize(
    "answers",
    [
        {"/a/": answer("no", 403)},
        {"/a/": answer("no", 429)},
        {"/a/": answer("no", 503)},
        {"/a/": answer("no", 451)},
        {"/a/": answer("")},
        {"/a/": "<html><body><p>Checking your browser before accessing gazette.example</p></body></html>"},
        {"/a/": LOGIN},
        {"/a/": moved("/login?next=/a/", 302), "/login?next=/a/": LOGIN},
        {"/a/": moved("/consent", 302), "/consent": "<html><body><p>We value your privacy.</p></body></html>"},
        {"/a/": moved("/b/"), "/b/": answer("no", 500)},
        {"/a/": moved("/b/"), "/b/": moved("/a/")},
        {"/a/": moved("https://gazette.example/a/")},
        {"/a/": moved("https://www.other.example/a/")},
        {"/a/": moved("javascript:alert(1)")},
        {"/x/": answer("gone", 404)},
    ],
)
def test_other_answers_say_nothing(tmp_path: Path, answers: dict[str, bytes | str]) -> None:
    visit(tmp_path, {"/a/": story("river")})
    before = {key: dict(row, paywalled=None) for key, row in articles(tmp_path).items()}
    visit(tmp_path, answers)
    assert {key: dict(row, paywalled=None) for key, row in articles(tmp_path).items()} == before


def test_an_amp_page_that_is_gone_is_not_the_article(tmp_path: Path) -> None:
    head = '<link rel="amphtml" href="/a/amp/">'
    visit(tmp_path, {"/a/": story("river", head=head)})
    visit(tmp_path, {"/a/": story("river", head=head), "/a/amp/": answer("", 404)})
    assert [row["gone_seen"] for row in articles(tmp_path).values()] == [None]
    assert kinds(tmp_path) == {"/a/": "canonical", "/a/amp/": "amp"}


def test_a_page_that_sends_its_reader_on_is_a_redirect(tmp_path: Path) -> None:
    visit(tmp_path, {"/a/": story("river")})
    refresh = '<html><head><meta http-equiv="Refresh" content="0; URL=/b/"></head><body>Moved.</body></html>'
    visit(tmp_path, {"/a/": refresh, "/b/": story("river")})
    assert [(row["id"], row["url"]) for row in articles(tmp_path).values()] == [
        ("gazette-example:/a", "https://gazette.example/b/")
    ]


def test_a_protected_article_is_flagged_and_keeps_its_words(tmp_path: Path) -> None:
    form = '<form class="post-password-form"><input type="password"></form>'
    visit(tmp_path, {"/a/": story("river"), "/b/": story("mayor", more=form)})
    assert set(articles(tmp_path)) == {"/a"}
    visit(tmp_path, {"/a/": story("river", headline="Protected: The river", more=form)})
    (row,) = articles(tmp_path).values()
    assert (row["paywalled"], row["revision_count"], row["headline"], row["gone_seen"]) == (1, 0, "The river of the town", None)
    assert {row["shows"] for row in select(tmp_path, "SELECT shows FROM article_pages")} == {"article", "protected"}
    visit(tmp_path, {"/a/": story("river")})
    assert [row["paywalled"] for row in articles(tmp_path).values()] == [None]


def board(*said: int) -> str:
    """A list of comments without numbers, below an article: these of SAID."""
    row = '<li class="comment"><span class="author">Reader {0}</span> <time>November {0}, 2025 at 10:00</time><p>{1}</p></li>'
    rows = "".join(row.format(at, SAID[at - 1]) for at in said)
    return f'<div id="comments"><h3>{len(said)} comments</h3><ol class="comments">{rows}</ol></div>'


def comments(folder: Path) -> list[tuple[str, str, str]]:
    rows = select(folder, "SELECT thread_id, text, status FROM comments ORDER BY date_created")
    return [(row["thread_id"], row["text"], row["status"]) for row in rows]


SAID = [f"The water was {word} on that day, as all of us could see." for word in ("high", "low", "brown", "cold")]


def test_comments_without_numbers_move_with_their_article(tmp_path: Path) -> None:
    visit(tmp_path, {"/a/": story("river", below=board(1, 2, 3))})
    (thread,) = {one for one, _, _ in comments(tmp_path)}
    for _ in range(2):
        visit(tmp_path, {"/a/": moved("/b/"), "/b/": story("river", below=board(1, 2, 3, 4))})
        assert comments(tmp_path) == [(thread, text, "live") for text in SAID]
        (row,) = articles(tmp_path).values()
        assert (row["id"], row["thread_id"], row["comment_count"]) == ("gazette-example:/a", thread, 4)
    visit(tmp_path, {"/b/": story("river", below=board(1, 3, 4))})
    assert [status for _, _, status in comments(tmp_path)] == ["live", "deleted", "live", "live"]
    assert [row["id"] for row in select(tmp_path, "SELECT id FROM threads")] == [thread]

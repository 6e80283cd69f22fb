"""Comments on a page of their own, which the article's page links."""

from __future__ import annotations

import pytest

from newsarchive.items import Follow, Page
from newsarchive.reading import read
from tests.reading.comments.walking import ARTICLE, PROFILE, answer, article

SAID = ("The nurses were never asked about it.", "Who paid for the new roof last year, then?", "My mother waited there for days.")
ROWS = "".join(
    f"<li class=c><b class=who>Reader {n}</b> <span class=when>{n + 2} hours ago</span><p class=txt>{said}</p></li>"
    for n, said in enumerate(SAID)
)
COMMENTS = f"<title>Clinic closed</title><h1>Clinic closed</h1><div id=comments><h3>3 comments</h3><ul>{ROWS}</ul></div>"


def linked(href: str, words: str, *, url: str = ARTICLE) -> Page:
    return article(body=f"<p><a href='{href}'>{words}</a></p>", url=url)


@pytest.mark.parametrize(
    ("href", "words", "asked"),
    [
        (f"{ARTICLE}/comments", "Read 3 comments", f"{ARTICLE}/comments"),
        (f"{ARTICLE}/kommentare/", "3 Kommentare", f"{ARTICLE}/kommentare/"),
        ("/forum/clinic-reopened-soon/comments", "3 comments", None),  # of another article
        ("/comments/54321", "Discussion (3)", "https://gazette.example/comments/54321?of_thread=%2Fnews%2F54321-clinic.html"),
        (
            "/comments.php?id=54321",
            "3 comments",
            "https://gazette.example/comments.php?id=54321&of_thread=%2Fnews%2F54321-clinic.html",
        ),
    ],
)
def test_the_page_behind_the_link_is_asked_for_and_is_the_articles_thread(href: str, words: str, asked: str | None) -> None:
    url = ARTICLE if href.startswith("https:") else "https://gazette.example/news/54321-clinic.html"
    shown = read(linked(href, words, url=url), PROFILE)
    assert shown.article
    assert [one for one in shown.follow if one.purpose == "comments"] == ([Follow(asked, "comments")] if asked else [])
    if asked:
        assert shown.thread
        assert (shown.thread.comment_count_reported, shown.article.thread_id) == (3, shown.thread.id)
        behind = read(answer(Follow(asked, "comments"), COMMENTS, mime="text/html; charset=utf-8"), PROFILE)
        assert behind.article is None
        assert behind.thread
        assert (behind.thread.id, [one.author_name for one in behind.comments]) == (
            shown.thread.id,
            ["Reader 0", "Reader 1", "Reader 2"],
        )


@pytest.mark.parametrize(
    ("href", "words"),
    [
        (f"{ARTICLE}/comments", "0 comments"),
        (f"{ARTICLE}/comments", "Write a comment"),
        (f"{ARTICLE}/comments/feed", "3 comments"),
        ("https://elsewhere.example/2026/11/clinic/comments", "3 comments"),
        (f"{ARTICLE}#comments", "3 comments"),
        ("/2026/11/bridge/comments", "3 comments"),
        ("/2026/11/comments", "12 recent comments"),
    ],
)
def test_other_links_lead_to_no_comments_of_the_article(href: str, words: str) -> None:
    shown = read(linked(href, words), PROFILE)
    assert shown.thread is None
    assert [one for one in shown.follow if one.purpose == "comments"] == []


def test_a_page_on_which_nothing_is_found_is_no_article_and_says_so() -> None:
    asked = Follow("https://gazette.example/comments/54321?of_thread=%2Fnews%2F54321-clinic.html", "comments")
    behind = read(answer(asked, article().body.decode(), mime="text/html; charset=utf-8"), PROFILE)
    assert behind.article is None
    assert behind.failure == "no comments are found where the article's page leads to them"

"""Whole threads, read page by page as a crawl follows them: the demo newspaper's, and a real WordPress's if there is one."""

from __future__ import annotations

import json
import os
import re
import unicodedata
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from newsarchive.demo.newspaper import Newspaper
from newsarchive.demo.truth import TrueComment, Truth
from newsarchive.items import Comment, Page, Profile
from newsarchive.reading.comments import Discussion, read_answer, read_discussion
from newsarchive.reading.document import Document
from newsarchive.text import fold

AT = datetime(2026, 11, 22, 12, 0, 30, tzinfo=UTC)
HOST = "courier.example"
Fetch = Callable[[str], tuple[int, tuple[tuple[str, str], ...], bytes]]


def walk(fetch: Fetch, url: str, profile: Profile) -> Iterator[Discussion]:
    """What each page of the thread at `url` shows; pages that show nothing are left out."""
    waiting, asked = [url], set()
    while waiting:
        if (address := waiting.pop(0)) in asked:
            continue
        asked.add(address)
        status, headers, body = fetch(address)
        page = Page(address, status, headers, body, AT, f"urn:uuid:{len(asked)}")
        document = Document(page, profile)
        if found := read_answer(document) or read_discussion(document):
            yield found
            waiting.extend(follow.url for follow in found.follow)


def merge(seen: list[Discussion]) -> tuple[dict[str, Comment], dict[str, str | None]]:
    """The comments by id, and each one's parent, with the placements that an API told."""
    comments = {comment.id: comment for one in seen for comment in one.comments}
    parents = {comment.id: comment.parent_id for comment in comments.values()}
    return comments, parents | {one.comment_id: one.parent_id for found in seen for one in found.placements}


@pytest.fixture(scope="module", params=[1, 2])
def paper(request: pytest.FixtureRequest) -> Newspaper:
    return Newspaper(now=AT, edition=request.param)


@pytest.fixture(scope="module")
def threads(paper: Newspaper) -> dict[int, list[Discussion]]:
    """The pages of every article's thread, by the article's number."""

    def fetch(url: str) -> tuple[int, tuple[tuple[str, str], ...], bytes]:
        parts = urlsplit(url)
        status, headers, body = paper.respond("GET", f"{parts.path}?{parts.query}".rstrip("?"), [("Host", HOST)])
        return status, tuple(headers), body

    profile = Profile(site="courier-example", time_zone="Africa/Harare")
    return {article.id: list(walk(fetch, f"http://{HOST}{article.path}", profile)) for article in paper.truth().articles}


def words(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text))


def told(comment: Comment) -> tuple[str | None, str | None]:
    return comment.author_name, comment.text


def test_every_comment_of_the_demo_is_found_once_with_its_author_and_text(
    paper: Newspaper, threads: dict[int, list[Discussion]]
) -> None:
    truth = paper.truth()
    assert len(truth.comments) > 100
    for article, seen in threads.items():
        comments, _ = merge(seen)
        expected = truth.comments_of(article)
        assert sorted(map(told, comments.values())) == sorted((one.author_name, one.text) for one in expected)
        assert {one.thread.comment_count_reported for one in seen if one.comments} <= {len(expected)}
        assert all(one.thread.whole for one in seen)


def test_numbers_times_and_parents_of_the_demo(paper: Newspaper, threads: dict[int, list[Discussion]]) -> None:
    for expected, comment, parent in _numbered(paper.truth(), threads):
        assert comment.date_created == expected.date_created
        assert comment.date_created_precision == "second"
        assert parent == (expected.parent and f"courier-example:wordpress:{expected.parent}")


def _numbered(truth: Truth, threads: dict[int, list[Discussion]]) -> Iterator[tuple[TrueComment, Comment, str | None]]:
    for article, seen in threads.items():
        comments, parents = merge(seen)
        for expected in truth.comments_of(article):
            if expected.id is not None:
                comment_id = f"courier-example:wordpress:{expected.id}"
                yield expected, comments[comment_id], parents[comment_id]


def test_ages_of_the_demo_reach_over_the_true_time(paper: Newspaper, threads: dict[int, list[Discussion]]) -> None:
    flat = [article for article in paper.truth().articles if article.comments == "flat" and article.comment_count]
    assert flat
    for article in flat:
        seen = threads[article.id]
        expected = paper.truth().comments_of(article.id)
        assert {one.thread.id for one in seen} == {f"list:{HOST}:{article.id}"}
        for comment, true in zip((one for found in seen for one in found.comments), expected, strict=True):
            assert comment.date_created_raw == true.age
            assert comment.date_created_earliest is not None
            assert comment.date_created_latest is not None
            assert comment.date_created_earliest <= true.date_created <= comment.date_created_latest


def test_a_closed_thread_is_closed_and_an_open_one_open(paper: Newspaper, threads: dict[int, list[Discussion]]) -> None:
    for article in paper.truth().articles:
        states = {one.thread.status for one in threads[article.id] if one.thread.status}
        assert states <= {"closed" if article.comments == "closed" else "open"}
        assert bool(states) == (article.comments != "none" and bool(article.comment_count or article.comments == "wordpress"))


@pytest.mark.skipif("WORDPRESS_TRUTH" not in os.environ, reason="WORDPRESS_TRUTH names no truth.json of a running WordPress")
def test_a_real_wordpress() -> None:
    """Every comment that the site shows, and nothing else, with the right author, time, text and parent."""

    def fetch(url: str) -> tuple[int, tuple[tuple[str, str], ...], bytes]:
        with urllib.request.urlopen(url) as answer:
            return answer.status, tuple(answer.headers.items()), answer.read()

    truth = json.loads(Path(os.environ["WORDPRESS_TRUTH"]).read_text(encoding="utf-8"))
    profile = Profile(site="wp", time_zone=truth["timezone"])
    for post in truth["posts"]:
        comments, parents = merge(list(walk(fetch, post["url"], profile)))
        expected = [one for one in truth["comments"] if one["post_url"] == post["url"] and one.get("html_visible", True)]
        assert {f"wp:wordpress:{one['id']}" for one in expected} == set(comments)
        for one in expected:
            comment = comments[f"wp:wordpress:{one['id']}"]
            assert fold(comment.author_name or "") == fold(one["author_shown"])
            assert words(comment.text or "") == words(one["text"])
            assert comment.date_created == datetime.fromisoformat(one["date_gmt"])
            assert parents[comment.id] == (one["parent"] and f"wp:wordpress:{one['parent']}")

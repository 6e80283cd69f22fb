from __future__ import annotations

import gzip
import json
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from newsarchive.demo.newspaper import Newspaper
from newsarchive.demo.truth import TrueArticle, TrueComment, Truth
from newsarchive.text import clean, clean_block, clean_line

HOST = ("Host", "courier.test")
GZIP = ("Accept-Encoding", "gzip, deflate")


def get(newspaper: Newspaper, target: str, *fields: tuple[str, str], method: str = "GET") -> tuple[int, dict[str, str], bytes]:
    status, headers, body = newspaper.respond(method, target, [HOST, *fields])
    assert len({name for name, _ in headers}) == len(headers)
    return status, dict(headers), body


def second(newspaper: Newspaper) -> Truth:
    newspaper.edition = 2
    return newspaper.truth()


def comment_key(comment: TrueComment) -> object:
    return comment.id or (comment.article, comment.position)


def test_the_paper_has_the_size_it_says(newspaper: Newspaper) -> None:
    truth = newspaper.truth()
    assert (len(truth.articles), len(truth.comments)) == (40, 600)
    assert Counter(article.section for article in truth.articles) == {
        "News": 10, "Business": 6, "Farming": 5, "Sport": 7, "Nhau": 5, "Street Talk": 7,
    }  # fmt: skip
    assert Counter(article.comments for article in truth.articles) == {"wordpress": 31, "flat": 7, "closed": 1, "none": 1}
    after = second(newspaper)
    assert (len(after.articles), len(after.comments)) == (41, 609)


def test_the_truth_is_in_the_form_that_the_house_keeps_texts_in(newspaper: Newspaper) -> None:
    for truth in (newspaper.truth(), second(newspaper)):
        for text in [*(a.text for a in truth.articles), *(c.text for c in truth.comments)]:
            assert text == clean_block(text) == clean(text)
        for line in [*(a.headline for a in truth.articles), *(c.author_name for c in truth.comments)]:
            assert line == clean_line(line)


def test_counts_parents_and_dates_agree(newspaper: Newspaper) -> None:
    for truth in (newspaper.truth(), second(newspaper)):
        articles = {article.id: article for article in truth.articles}
        assert len(articles) == len(truth.articles) == len({article.path for article in truth.articles})
        numbered = {comment.id: comment for comment in truth.comments if comment.id}
        for article in truth.articles:
            thread = truth.comments_of(article.id)
            assert len(thread) == article.comment_count
            assert [comment.position for comment in thread] == list(range(1, len(thread) + 1))
            assert timedelta(0) <= article.date_modified - article.date_published
            assert timedelta(hours=1) < newspaper.now - article.date_published < timedelta(days=60)
        for comment in truth.comments:
            assert articles[comment.article].date_published < comment.date_created < newspaper.now - timedelta(hours=1)
            if comment.parent:
                parent = numbered[comment.parent]
                assert (parent.article, parent.depth + 1) == (comment.article, comment.depth)
                assert parent.date_created < comment.date_created
            else:
                assert comment.depth == 0


def test_threads_go_four_levels_deep_and_over_three_pages(newspaper: Newspaper) -> None:
    truth = newspaper.truth()
    assert {comment.depth for comment in truth.comments} == {0, 1, 2, 3}
    top = Counter(comment.article for comment in truth.comments if comment.id and comment.depth == 0)
    assert max(top.values()) > 20
    assert {article.comment_count for article in truth.articles} >= {0, 1}


def test_equal_pairs_stand_on_one_page_of_a_flat_list(newspaper: Newspaper) -> None:
    pages: dict[tuple[int, str, str], list[int]] = {}
    for comment in newspaper.truth().comments:
        if comment.id is None:
            pages.setdefault((comment.article, comment.author_name, comment.text), []).append((comment.position - 1) // 20)
    equal = [where for where in pages.values() if len(where) > 1]
    assert len(equal) == 4
    assert all(len(set(where)) == 1 for where in equal)


def test_odd_readers_are_there(newspaper: Newspaper) -> None:
    comments = newspaper.truth().comments
    texts = "\n".join(comment.text for comment in comments)
    for oddity in ("<b>", "&amp;", "&nbsp;", "https://", "أنا سائق", "👍", "..", "{ plant("):
        assert oddity in texts
    nicks = {comment.author_name for comment in comments}
    assert {"..", "Rudo", "rudo", "Jah🇿🇼Tsvarie-07", "سائق الشاحنة"} <= nicks
    assert min(len(comment.text) for comment in comments) <= 2
    assert max(len(comment.text) for comment in comments) > 400
    assert sum("\n\n" in comment.text for comment in comments) >= 3


def test_the_second_edition_changes_what_it_says_and_nothing_else(newspaper: Newspaper) -> None:
    before, after = newspaper.truth(), second(newspaper)
    old, new = ({a.id: replace(a, comment_count=0) for a in truth.articles} for truth in (before, after))
    edited = [(old[number], new[number]) for number in old if old[number] != new[number]]
    assert sorted(_changed(one, other) for one, other in edited) == [["headline", "text", "date_modified"], ["text"]]
    assert len(new.keys() - old.keys()) == 1
    was, now = ({comment_key(c): c for c in truth.comments} for truth in (before, after))
    assert len(was.keys() - now.keys()) == 1
    assert len(now.keys() - was.keys()) == 10
    stayed = [(replace(was[key], position=0), replace(now[key], position=0)) for key in was.keys() & now.keys()]
    ((one, other),) = [(one, other) for one, other in stayed if one != other]
    assert replace(one, text=other.text) == other
    assert max(c.id for c in before.comments if c.id) < min(now[key].id or 10**9 for key in now.keys() - was.keys())


def _changed(one: TrueArticle, other: TrueArticle) -> list[str]:
    names = ("headline", "text", "date_modified", "date_published", "path", "authors", "tags", "attribution")
    return [name for name in names if getattr(one, name) != getattr(other, name)]


def test_a_week_later_dates_stay_and_ages_grow(newspaper: Newspaper) -> None:
    before = newspaper.truth()
    newspaper.now += timedelta(days=7)
    after = newspaper.truth()
    assert after.articles == before.articles
    assert [replace(c, age=None) for c in after.comments] == [replace(c, age=None) for c in before.comments]
    pairs = zip(before.comments, after.comments, strict=True)
    assert {other.age for one, other in pairs if one.age == "2 weeks ago"} == {"3 weeks ago"}
    assert Newspaper(now=newspaper.now, founded=newspaper.now - timedelta(days=7)).truth() == after


def test_it_answers_the_same_again(newspaper: Newspaper) -> None:
    other = Newspaper(now=newspaper.now)
    for target in ("/", "/feed/", "/sitemap-articles.xml.gz", "/section/sport/", newspaper.truth().articles[3].path):
        assert newspaper.respond("GET", target, [HOST, GZIP]) == other.respond("GET", target, [HOST, GZIP])


def test_conditions_are_answered_with_304(newspaper: Newspaper) -> None:
    path = newspaper.truth().articles[1].path
    status, headers, body = get(newspaper, path, GZIP)
    assert (status, headers["Content-Encoding"]) == (200, "gzip")
    assert gzip.decompress(body).startswith(b"<!DOCTYPE html>")
    status, again, empty = get(newspaper, path, GZIP, ("If-None-Match", f'W/"x", {headers["ETag"]}'))
    assert (status, empty, again["ETag"]) == (304, b"", headers["ETag"])
    assert get(newspaper, path, ("If-None-Match", headers["ETag"]))[0] == 200, "the plain form has another tag"
    assert get(newspaper, path, ("If-Modified-Since", headers["Last-Modified"]))[0] == 304
    assert get(newspaper, path, ("If-Modified-Since", headers["Last-Modified"]), ("If-None-Match", '"x"'))[0] == 200
    newspaper.edition = 2
    assert get(newspaper, path, ("If-Modified-Since", headers["Last-Modified"]))[0] == 200
    assert get(newspaper, path, GZIP, ("If-None-Match", headers["ETag"]))[0] == 200


def test_pages_that_did_not_change_keep_their_tag(newspaper: Newspaper) -> None:
    truth = newspaper.truth()
    paths = [f"{article.path}print/" for article in truth.articles]
    tags = {path: get(newspaper, path)[1]["ETag"] for path in paths}
    newspaper.edition = 2
    assert sum(get(newspaper, path)[1]["ETag"] != tags[path] for path in paths) == 2


def test_moved_missing_and_hidden_addresses(newspaper: Newspaper) -> None:
    truth = newspaper.truth()
    assert len(truth.moved) == 2
    for old, new in truth.moved:
        status, headers, _ = get(newspaper, old)
        assert (status, headers["Location"]) == (301, f"http://courier.test{new}")
    drafts = set(truth.not_public.urls) - set(truth.protected)
    assert len(drafts) == 2
    for path in (*truth.missing, *drafts, "/section/news/page/9/", "/section/none/", "/2026/13/", "/api/comments?article=1"):
        assert get(newspaper, path)[0] == 404
    story = truth.articles[2]
    assert get(newspaper, f"/?p={story.id}")[1]["Location"].endswith(story.path)
    assert get(newspaper, f"{story.path}comment-page-99/")[0] == 404


def test_one_page_is_windows_1252_and_says_so(newspaper: Newspaper) -> None:
    story = next(article for article in newspaper.truth().articles if "chairs" in article.path)
    _, headers, body = get(newspaper, story.path)
    assert headers["Content-Type"] == "text/html; charset=windows-1252"
    page = body.decode("windows-1252")
    assert 'charset="windows-1252"' in page
    assert "A café in the same street – “très chic”" in page
    with pytest.raises(UnicodeDecodeError):
        body.decode("utf-8")


def test_a_head_has_the_fields_of_the_get(newspaper: Newspaper) -> None:
    status, headers, body = get(newspaper, "/about/", method="HEAD")
    assert (status, body) == (200, b"")
    assert headers == get(newspaper, "/about/")[1]
    assert get(newspaper, "/wp-comments-post.php", method="POST")[0] == 405


def test_the_json_answer_has_the_agreed_form(newspaper: Newspaper) -> None:
    story = next(article for article in newspaper.truth().articles if article.comment_count == 47)
    answer = json.loads(get(newspaper, f"/api/comments?article={story.id}&offset=20")[2])
    assert list(answer) == ["article", "total", "comments", "next"]
    assert (answer["article"], answer["total"], len(answer["comments"])) == (story.id, 47, 20)
    assert list(answer["comments"][0]) == ["name", "age", "text"]
    assert answer["next"] == f"/api/comments?article={story.id}&offset=40"
    assert json.loads(get(newspaper, answer["next"])[2])["next"] is None


def test_it_refuses_what_makes_no_sense(newspaper: Newspaper) -> None:
    with pytest.raises(ValueError, match="no edition 3"):
        newspaper.edition = 3
    with pytest.raises(ValueError, match="time zone"):
        Newspaper(now=datetime(2026, 11, 22))  # noqa: DTZ001

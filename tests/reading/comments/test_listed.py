"""Flat lists of comments, and the JSON endpoint behind "load more"."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newsarchive.items import Follow, Page, Profile
from newsarchive.reading import read_html
from newsarchive.reading.comments import listed
from newsarchive.reading.comments.discussion import Discussion
from newsarchive.reading.document import Document

PAGES = Path(__file__).parents[1] / "pages"
AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
API = "https://courier.example/api/comments?article=123&offset="


def page(body: bytes, url: str = "https://courier.example/news/potholes/", mime: str = "text/html; charset=utf-8") -> Page:
    return Page(url, 200, (("Content-Type", mime),), body, AT, "urn:uuid:0")


def read(one: Page) -> Discussion | None:
    document = Document(one, Profile(site="courier-example", time_zone="Africa/Harare"))
    return listed.read_answer(document) or listed.read_page(document)


def shown(name: str, **changes: str) -> Discussion:
    body = (PAGES / name).read_text(encoding="utf-8")
    for old, new in changes.items():
        body = body.replace(old, new)
    found = read(page(body.encode()))
    assert found is not None
    return found


def answer(value: object, url: str = API + "20") -> Discussion:
    found = read(page(json.dumps(value).encode(), url, "application/json"))
    assert found is not None
    return found


def test_each_entry_is_a_comment_with_its_nick_and_text() -> None:
    assert [(one.author_name, one.text) for one in shown("comments-flat.html").comments] == [
        ("Da Truth", "Tar before the rains, which rains?\n\nWe hear this every year."),
        ("🤨🤨", "Nyaya yemapotholes 😂"),
        ("..", "ok"),
        ("Mukoma", "Ndizvozvo"),
        ("Mukoma", "Ndizvozvo"),
        ("1 month ago", "Look at load more"),
        ("<b>Boss</b>", "Reply"),
    ]


def test_ages_count_from_the_capture() -> None:
    first = shown("comments-flat.html").comments[0]
    assert (first.date_created_raw, first.date_created_precision) == ("1 month ago", "month")
    assert (first.date_created_earliest, first.date_created_latest) == (
        datetime(2026, 9, 22, tzinfo=UTC),
        datetime(2026, 11, 8, tzinfo=UTC),
    )
    assert [one.position for one in shown("comments-flat.html").comments] == [1, 2, 3, 4, 5, 6, 7]


def test_the_thread_has_the_articles_number_and_the_claimed_count() -> None:
    thread = shown("comments-flat.html").thread
    assert (thread.id, thread.platform, thread.comment_count_reported) == ("list:courier.example:123", "list", 31)
    assert thread.pages == shown("comments-flat.html").follow == (Follow(API + "20", "comments"),)


def test_the_whole_section_is_no_part_of_the_article() -> None:
    assert [node.get("id") for node in shown("comments-flat.html").nodes] == ["comments"]


def test_ids_outlive_the_ageing_of_a_page_and_equal_comments_differ() -> None:
    young = shown("comments-flat.html").comments
    old = shown("comments-flat.html", **{'"age">1 month ago': '"age">2 months ago'}).comments
    assert [one.id for one in young] == [one.id for one in old]
    assert len({one.id for one in young}) == 7
    assert young[0].date_created != old[0].date_created
    assert all(one.id.startswith("courier-example:~") and len(one.id) == len("courier-example:~") + 16 for one in young)


def test_a_plain_list_is_found_without_any_class_name() -> None:
    found = shown("comments-seed.html")
    assert [(one.author_name, one.text) for one in found.comments] == [
        ("Chipo wekuBinga", "At last.... Tarisa kuti ichafamba here"),
        ("r****off", "at last"),
        ("🤨🤨", "Iyi 👍 boo."),
        ("r****off", "At last"),
        ("..", "what about the fare, whats your notion on that ?"),
        ("Jah🇿🇼-07", "@Chipo, two wrongs don't make a right.\n\nThe solution lies with us.\nBinga first."),
    ]
    assert len({one.id for one in found.comments}) == 6
    assert found.thread.id == "list:courier.example:/news/potholes"
    assert {node.tag for node in found.nodes} == {"div", "h4", "form"}


@pytest.mark.parametrize(
    "row",
    [
        "<p><a href='/u/1'>{name}</a> · {age}</p><p>{text}</p><p><a>Reply</a> 3</p>",
        "<b>{name}</b> - <time datetime='2026-11-20T10:00:00Z'>{age}</time> {text}",
        "<p>{text}</p><p><i>{name}</i>, <span>{age}</span></p><p><a>Reply</a> <a>Report abuse</a></p>",
        "<h5>{name}</h5><p>{text}</p><small>{age}</small><div>Reply</div>",
        "<span>{age}</span><br>{name}<br>{text}",
    ],
)
def test_name_age_and_text_in_any_order(row: str) -> None:
    told = [("Sisi Vee", "Mvura yanaya, ko magetsi?"), ("Gogo", "Yes. And the road to Chivi is closed again.")]
    rows = "".join(f"<li>{row.format(name=name, age='2 days ago', text=text)}</li>" for name, text in told)
    found = read(page(f"<h1>A</h1><p>Article</p><div id='comments'><ul>{rows}</ul></div>".encode()))
    assert found is not None
    assert [(one.author_name, one.text) for one in found.comments] == told
    assert {one.date_created_raw for one in found.comments} == {"2 days ago"}


def test_a_single_comment_needs_a_section_of_comments_around_it() -> None:
    body = (PAGES / "comments-flat.html").read_text(encoding="utf-8")
    start, end = body.index("<li><div"), body.index("</ul><button")
    one = (
        body[:start] + "<li><div class=who><b>Gogo</b> <span class=mine>yesterday</span></div><p>Alone here</p></li>" + body[end:]
    )
    found = read(page(one.encode()))
    assert found is not None
    assert [(comment.author_name, comment.text) for comment in found.comments] == [("Gogo", "Alone here")]


def test_teasers_author_boxes_live_updates_and_widgets_are_no_comments() -> None:
    assert read(page((PAGES / "comments-none.html").read_bytes())) is None


def test_a_page_without_its_list_has_no_comments() -> None:
    body = (PAGES / "comments-flat.html").read_text(encoding="utf-8")
    start, end = body.index("<li><div"), body.index("</ul><button")
    assert read(page((body[:start] + body[end:]).encode())) is None


def test_the_json_answer_belongs_to_the_articles_thread() -> None:
    row = {"name": "Da Truth", "age": "1 month ago", "text": "Tar before the rains, which rains?\n\nWe hear this every year."}
    found = answer({"article": 123, "total": 31, "comments": [row], "next": "/api/comments?article=123&offset=40"})
    on_page = shown("comments-flat.html")
    assert found.thread.id == on_page.thread.id
    assert [one.id for one in found.comments] == [on_page.comments[0].id]
    assert found.comments[0].date_created_earliest == on_page.comments[0].date_created_earliest
    assert (found.thread.comment_count_reported, found.article_page) == (31, False)
    assert found.follow == (Follow(API + "40", "comments"),)


def test_paging_ends_where_the_site_says_or_nothing_new_comes() -> None:
    row = {
        "nick": "Gogo",
        "created_at": "2026-11-20T10:00:00Z",
        "body": "<p>One</p><p>Two &amp; <b>three</b></p><script>x</script>",
    }
    last = answer({"comments": [row], "next": None})
    assert last.follow == ()
    assert last.comments[0].text == "One\n\nTwo & three"
    assert last.comments[0].date_created == datetime(2026, 11, 20, 10, tzinfo=UTC)
    assert answer({"comments": [row], "total": 60}).follow == (Follow(API + "21", "comments"),)
    assert answer({"comments": [row], "total": 21}).follow == ()
    assert answer({"comments": [], "total": 60}).follow == ()
    assert answer({"comments": [row], "next": API + "20"}).follow == ()


def test_other_synonyms_and_epoch_times() -> None:
    row = {"author": {"displayName": "Sisi Vee"}, "timestamp": 1763800000000, "content": "Makorokoto <3"}
    (found,) = answer({"meta": {}, "results": [row]}, "https://courier.example/ajax/comments?post_id=123").comments
    assert (found.author_name, found.text) == ("Sisi Vee", "Makorokoto <3")
    assert found.date_created is not None
    assert abs(found.date_created - datetime(2025, 11, 22, 8, 26, 40, tzinfo=UTC)) < timedelta(seconds=1)


def rows(*entries: str) -> Discussion:
    """A page whose list has these entries, each written as `nick|age|text`, or as it is where it has no bars."""
    form = "<li class='comment'><b>{}</b> <span class='time'>{}</span><p>{}</p></li>"
    items = "".join(form.format(*one.split("|")) if "|" in one else one for one in entries)
    found = read(page(f"<h1>A</h1><p>Article</p><div id='comments'><h2>Comments</h2><ul>{items}</ul></div>".encode()))
    assert found is not None
    return found


OLD = [f"Nick {number}|2 days ago|This is remark number {number}." for number in range(5)]


def told(found: Discussion) -> list[str | None]:
    return [one.author_name for one in found.comments]


def test_fresh_comments_whose_date_has_another_class_stand_in_the_same_list() -> None:
    fresh = [
        f"<li class='comment new'><b>Fresh {number}</b> <i></i><span class='time new'>1 hour ago</span><p>Fresh remark</p></li>"
        for number in range(8)
    ]
    found = rows(*fresh, *OLD)
    assert told(found) == [*(f"Fresh {number}" for number in range(8)), *(f"Nick {number}" for number in range(5))]
    assert found.thread.whole
    assert told(rows(fresh[0], *OLD))[0] == "Fresh 0"


def test_a_comment_whose_text_has_become_a_link_stays_the_same_comment() -> None:
    text = "Gogo|2 days ago|{}Read what the council says about the wells of the town{}"
    before, after = rows(*OLD, text.format("", "")), rows(*OLD, text.format("<a href='/a'>", "</a>"))
    assert [one.id for one in before.comments] == [one.id for one in after.comments]
    assert after.thread.whole


@pytest.mark.parametrize("age", ["30+ days ago", "4 days ago (edited)", "Yesterday at 10:03", "> 1 month ago"])
def test_ages_in_other_words_keep_their_comments(age: str) -> None:
    found = rows(*OLD, f"Gogo|{age}|Still here")
    assert (told(found)[-1], found.thread.whole, found.comments[-1].date_created_raw) == ("Gogo", True, age)


def test_words_without_a_beginning_date_nothing() -> None:
    assert [one.date_created_earliest for one in rows(*OLD, "Gogo|30+ days ago|Still here").comments][-1] is None


def test_words_that_nobody_can_date_are_kept_as_they_are() -> None:
    last = rows(*OLD, "Gogo|a while back|Still here").comments[-1]
    assert (last.author_name, last.text, last.date_created_raw, last.date_created) == ("Gogo", "Still here", "a while back", None)


def test_a_reply_hangs_in_the_comment_that_it_answers() -> None:
    found = rows(
        *OLD,
        "<li class='comment'><b>Gogo</b> <span class='time'>1 day ago</span><p>A</p>"
        "<ul><li class='comment'><b>Ann</b> <span class='time'>1 day ago</span><p>B</p></li></ul></li>",
    )
    gogo, ann = found.comments[-2:]
    assert [(one.author_name, one.text) for one in (gogo, ann)] == [("Gogo", "A"), ("Ann", "B")]
    assert (ann.parent_id, ann.depth, gogo.parent_id, gogo.depth) == (gogo.id, 1, None, 0)


def test_a_list_with_something_unread_is_not_whole() -> None:
    found = rows(*OLD, "<li class='comment'><p>This comment is being checked</p></li>")
    assert (told(found)[:5], found.thread.whole) == ([f"Nick {number}" for number in range(5)], False)


@pytest.mark.parametrize("other", ["<li class='more'><a href='/x'>Load more</a></li>", "<li class='ad'>Buy!</li>", "<li></li>"])
def test_what_is_like_no_entry_leaves_the_list_whole(other: str) -> None:
    assert rows(*OLD, other).thread.whole


def test_without_classes_a_form_and_a_heading_are_no_entries() -> None:
    item = "<div><b>{}</b> <span>2 days ago</span><p>Text of it</p></div>"
    beside = "<div><h3>Comments</h3></div>{}<div><form><textarea></textarea></form></div><div><a href='/x'>Next</a></div>"
    body = "<h1>A</h1><p>Article</p><div id='comments'>" + beside.format(item.format("Ann") + item.format("Ben")) + "</div>"
    found = read(page(body.encode()))
    assert found is not None
    assert (told(found), found.thread.whole) == (["Ann", "Ben"], True)
    found = read(page(body.replace("<div><form>", "<div>Cid, some time back: no</div><div><form>").encode()))
    assert found is not None
    assert (told(found), found.thread.whole) == (["Ann", "Ben"], False)


ROWS = [{"name": f"Nick {number}", "age": "2 days ago", "text": f"Remark {number}"} for number in range(20)]


def test_a_count_that_may_be_the_size_of_the_answer_claims_nothing_and_ends_nothing() -> None:
    first = answer({"comments": ROWS, "count": 20})
    assert (first.thread.comment_count_reported, first.follow) == (None, (Follow(API + "40", "comments"),))
    assert answer({"comments": ROWS[:2], "count": 20}, API.replace("offset", "page") + "2").thread.comment_count_reported is None
    assert answer({"comments": ROWS, "count": 50}).thread.comment_count_reported == 50


def test_an_answer_with_something_that_is_no_comment_is_not_whole() -> None:
    assert answer({"comments": ROWS}).thread.whole
    found = answer({"comments": [*ROWS, {"name": "Gogo", "age": "1 day ago", "html": "<img src=x>"}]})
    assert (len(found.comments), found.thread.whole) == (20, False)


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        ("text", "Put it in <b> tags", "Put it in <b> tags"),
        ("text", "Put it in <b>tags</b> &amp; so on", "Put it in <b>tags</b> &amp; so on"),
        ("text", "Don&#8217;t &lt;grin&gt;", "Don’t <grin>"),
        ("html", "Put it in <b>tags</b>", "Put it in tags"),
        ("body", "One<br>Two <b>three</b>", "One\nTwo three"),
    ],
)
def test_tags_are_taken_away_only_where_a_field_is_html(field: str, value: str, text: str) -> None:
    assert answer({"comments": [{"name": "Ann", "age": "1 day ago", field: value}]}).comments[0].text == text


def test_a_comment_that_moves_to_the_endpoint_stays_the_same_comment() -> None:
    on_page = shown("comments-flat.html", Ndizvozvo="Put it in &lt;b&gt; tags").comments[3]
    assert on_page.text == "Put it in <b> tags"
    row = {"name": on_page.author_name, "age": "1 month ago", "text": "Put it in <b> tags"}
    assert answer({"comments": [row]}).comments[0].id == on_page.id


@pytest.mark.parametrize(("stated", "total"), [(10**20, None), (-1, None), (1.5, None), (True, None), ("31", 31)])
def test_impossible_totals_are_no_totals(stated: object, total: int | None) -> None:
    assert answer({"comments": ROWS[:1], "total": stated}, API + "0").thread.comment_count_reported == total


@pytest.mark.parametrize("moment", [10**400, 1e308, -5, float("nan")])
def test_impossible_times_are_no_times(moment: float) -> None:
    (found,) = answer({"comments": [{"name": "Ann", "timestamp": moment, "text": "x"}]}).comments
    assert found.date_created is None


def test_an_endless_offset_is_survived() -> None:
    assert answer({"comments": ROWS}, API + "9" * 5000).follow == ()


@pytest.mark.parametrize("key", ["7 ", "\t7", "7\x1b", "&#x202e;7"])
def test_a_key_is_one_clean_line(key: str) -> None:
    changes = {"article=123": "x=1", 'data-article-id="123"': f'data-article-id="{key}"'}
    assert shown("comments-flat.html", **changes).thread.id == "list:courier.example:7"


def test_the_same_thread_with_and_without_www() -> None:
    body = (PAGES / "comments-flat.html").read_bytes()
    ids = set()
    for host in ("www.courier.example", "courier.example", "courier.example:8080"):
        found = read(page(body, f"https://{host}/news/potholes/"))
        assert found is not None
        ids.add(found.thread.id)
    assert ids == {"list:courier.example:123", "list:courier.example:8080:123"}


@pytest.mark.parametrize(
    "body",
    [
        b"[]",
        b"{}",
        b"null",
        b"not json",
        b'{"items": [{"id": 1}]}',
        b'{"items": [1, 2]}',
        b'{"items": [{"name": "a", "text": null}]}',
    ],
)
def test_other_json_is_not_ours(body: bytes) -> None:
    assert read(page(body, API + "0", "application/json")) is None


def test_an_error_answer_is_not_ours() -> None:
    body = json.dumps({"comments": []}).encode()
    assert read(replace(page(body, API + "0", "application/json"), status=500)) is None


def test_html_that_an_answer_quotes_says_nothing_of_its_language() -> None:
    row = {"name": "Ann", "date": "01/02/2026", "text": "Hi."}
    plain, quoting = (answer({"comments": [row | {"text": text}]}).comments[0] for text in ("Hi.", "<html lang=en-US>Hi."))
    assert plain.date_created == quoting.date_created is not None


@pytest.mark.parametrize("turned", ["?offset=20", "?page=2", "?start=40", "?from=20"])
def test_a_further_page_of_comments_is_no_other_article(turned: str) -> None:
    source, home = (PAGES / "comments-flat.html").read_text(encoding="utf-8"), "https://courier.example/news/potholes"
    assert "canonical" not in source
    first, further = (read_html(source, url, captured_at=AT) for url in (home, home + turned))
    assert first.article
    assert further.article
    assert (further.article.id, further.article.url, further.article.shown_at) == (first.article.id, home, home + turned)
    assert Follow(home, "article") in further.follow
    assert further.thread
    assert first.thread
    assert further.thread.id == first.thread.id

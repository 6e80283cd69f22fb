"""Described comment platforms: what a page tells, what is asked, what an answer shows, how it goes on."""

from __future__ import annotations

import json
import pickle
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.items import Follow, Page, Profile, Reading
from newsarchive.reading import read
from newsarchive.reading.comments.endpoint_describe import described, presets
from newsarchive.reading.comments.endpoint_json import dig, holds, unwrapped, word

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
ARTICLE = "https://gazette.example/2026/11/caf%C3%A9/"
PROSE = "The council met on Tuesday and spoke for three hours about the roof, the pump and the road to the dam. " * 8
TALK: dict[str, Any] = {
    "name": "bantr",
    "page": "#talk",
    "values": {"topic": {"css": "#talk", "attribute": "data-topic"}},
    "ask": {"url": "https://talk.example/list?topic={topic}&page={page}", "size": 2, "comments": "items"},
    "fields": {"id": "id", "text": "text"},
}


def profile(*tables: dict[str, Any]) -> Profile:
    endpoints = tuple(described(table, where="comments") for table in tables)
    return Profile(
        site="gazette-example", start_urls=("https://gazette.example/",), time_zone="Africa/Harare", endpoints=endpoints
    )


def talk(**changes: Any) -> Profile:
    """The profile of a newspaper that describes `TALK`; a change of `ask` or `fields` is laid over what stands there."""
    return profile(TALK | {name: {**TALK[name], **one} if name in ("ask", "fields") else one for name, one in changes.items()})


def article(marks: str, known: Profile | None = None, url: str = ARTICLE) -> Reading:
    body = (
        '<!doctype html><html lang="en"><head><title>Roof</title><meta property="og:type" content="article">'
        '<meta property="article:published_time" content="2026-11-20T08:00:00+02:00"></head>'
        f"<body><article><h1>Roof</h1><p>{PROSE}</p><p>{PROSE}</p></article>{marks}</body></html>"
    )
    return read(Page(url, 200, (("Content-Type", "text/html"),), body.encode(), AT, "urn:uuid:0"), known or profile())


def asked(marks: str, known: Profile | None = None, url: str = ARTICLE) -> Follow:
    """The one request that a page leads to."""
    reading = article(marks, known, url)
    (follow,) = (one for one in reading.follow if one.purpose == "comments")
    assert reading.thread is not None
    assert reading.article is not None
    assert reading.article.thread_id == reading.thread.id
    assert reading.thread.pages == (follow,)
    return follow


def answered(follow: Follow, value: Any, known: Profile | None = None, mime: str = "application/json") -> Reading:
    """What is read from an answer to a request; a text is sent as it is."""
    body = value if isinstance(value, str) else json.dumps(value)
    page = Page(follow.url, 200, (("Content-Type", mime),), body.encode(), AT, "urn:uuid:1", follow.method, follow.body)
    reading = read(page, known or profile())
    assert reading.thread is not None
    return reading


def shown(reading: Reading) -> list[tuple[str, str | None, str | None, str | None]]:
    def number(comment_id: str | None) -> str | None:
        return comment_id and comment_id.rpartition("/")[2]

    return [(number(one.id) or "", number(one.parent_id), one.author_name, one.text) for one in reading.comments]


TALKING = '<div id="talk" data-topic="a &amp; b/7"></div>'


def test_a_description_survives_json_and_pickle() -> None:
    known = Profile("s", endpoints=(*presets(), *talk().endpoints))
    assert Profile.from_json(json.loads(json.dumps(known.to_json()))) == known
    assert pickle.loads(pickle.dumps(known)) == known
    assert Profile.from_json({"site": "s"}).endpoints == ()


def test_the_page_and_its_answers_name_the_same_thread() -> None:
    known = talk()
    follow = asked(TALKING, known)
    assert follow.url == "https://talk.example/list?topic=a%20%26%20b%2F7&page=1"
    reading = answered(follow, {"items": [{"id": 1, "text": "Mhoro"}]}, known)
    page = article(TALKING, known)
    assert page.thread is not None
    assert reading.thread is not None
    assert reading.thread.id == page.thread.id == "bantr:gazette-example/talk.example:a & b/7"
    assert page.thread.status == "open"
    assert reading.comments[0].id == "gazette-example:bantr:talk.example/1"
    assert reading.readers == ("comments: bantr",)


@pytest.mark.parametrize("marks", ["", "<div id=talk></div>", '<div id="talk" data-topic="  "></div>', "<p data-topic=7>talk"])
def test_a_page_without_the_mark_or_its_value_asks_nothing(marks: str) -> None:
    assert not [one for one in article(marks, talk()).follow if one.purpose == "comments"]


@pytest.mark.parametrize(
    ("url", "method", "body"),
    [
        ("https://talk.example/list?topic=7", "GET", b""),
        ("https://talk.example/list?topic=7&page=x", "GET", b""),
        ("https://talk.example/list?topic=7&page=1&more=1", "GET", b""),
        ("https://other.example/list?topic=7&page=1", "GET", b""),
        ("https://talk.example/list?topic=7&page=1", "POST", b""),
        ("https://talk.example/list?topic=7&page=1", "GET", b"x"),
    ],
)
def test_another_request_is_none_of_its_own(url: str, method: str, body: bytes) -> None:
    page = Page(url, 200, (("Content-Type", "application/json"),), b'{"items": [{"id": 1, "text": "a"}]}', AT, "urn:uuid:1")
    known = Page(url, 200, page.headers, page.body, AT, page.record_id, method, body)
    assert read(known, talk()).comments == ()


def test_pages_are_counted_on_until_one_is_not_full() -> None:
    known = talk()
    first = asked(TALKING, known)
    (second,) = answered(first, {"items": [{"id": 1, "text": "a"}, {"id": 2, "text": "b"}]}, known).follow
    assert second.url.endswith("&page=2")
    assert answered(second, {"items": [{"id": 3, "text": "c"}]}, known).follow == ()
    assert answered(second, {"items": []}, known).follow == ()


def test_a_page_that_is_not_full_is_not_the_last_where_the_claimed_count_says_more() -> None:
    known = talk(ask={"total": "all"})
    one = {"items": [{"id": 1, "text": "a"}], "all": 3}
    reading = answered(asked(TALKING, known), one, known)
    assert [follow.url[-7:] for follow in reading.follow] == ["&page=2"]
    assert reading.thread is not None
    assert reading.thread.comment_count_reported == 3


def test_where_the_size_is_not_known_an_empty_page_is_the_last() -> None:
    known = talk(ask={"size": 0, "first": "0"})
    follow = asked(TALKING, known)
    assert follow.url.endswith("&page=0")
    assert [one.url[-7:] for one in answered(follow, {"items": [{"id": 1, "text": "a"}]}, known).follow] == ["&page=1"]
    assert answered(follow, {"items": []}, known).follow == ()


@pytest.mark.parametrize(("more", "value", "goes_on"), [("more", True, True), ("more", 0, False), ("more=yes", "yes", True)])
def test_a_condition_says_whether_there_is_more(more: str, value: Any, goes_on: bool) -> None:
    known = talk(ask={"more": more})
    reading = answered(asked(TALKING, known), {"items": [{"id": 1, "text": "a"}], "more": value}, known)
    assert bool(reading.follow) == goes_on


def test_an_offset_counts_the_comments() -> None:
    known = talk(ask={"url": "https://talk.example/{topic}?from={offset}&want={size}"})
    (follow,) = answered(asked(TALKING, known), {"items": [{"id": 1, "text": "a"}, {"id": 2, "text": "b"}]}, known).follow
    assert follow.url == "https://talk.example/a%20%26%20b%2F7?from=2&want=2"


def test_a_cursor_ends_where_the_answer_names_none_or_the_same() -> None:
    known = talk(ask={"url": "https://talk.example/?t={topic}&c={cursor}", "next": "page.mark"})
    follow = asked(TALKING, known)
    items = [{"id": 1, "text": "a"}]
    (second,) = answered(follow, {"items": items, "page": {"mark": "x=/1"}}, known).follow
    assert second.url.endswith("&c=x%3D%2F1")
    for mark in ("x=/1", None, "", False, ["x"]):
        assert answered(second, {"items": items, "page": {"mark": mark}}, known).follow == ()


def test_a_body_of_json_holds_what_needs_escapes() -> None:
    body = '{"t": "{topic}", "page": {page}, "q": "query($a: Int) { all }"}'
    known = talk(ask={"url": "https://talk.example/graph", "method": "POST", "body": body, "headers": {"X-Page": "{page}"}})
    follow = asked('<div id="talk" data-topic="a &quot;b&quot; \\ ✓"></div>', known)
    assert json.loads(follow.body) == {"t": 'a "b" \\ ✓', "page": 1, "q": "query($a: Int) { all }"}
    assert dict(follow.headers) == {"X-Page": "1", "Content-Type": "application/json"}
    (second,) = answered(follow, {"items": [{"id": 1, "text": "a"}, {"id": 2, "text": "b"}]}, known).follow
    assert json.loads(second.body)["page"] == 2
    assert dict(second.headers)["X-Page"] == "2"


def test_a_users_key_has_a_place_that_no_record_fills() -> None:
    known = talk(ask={"headers": {"Authorization": "Token {key}"}})
    assert asked(TALKING, known).headers == (("Authorization", "Token newsarchive-key-bantr"),)


def test_comments_have_all_their_fields() -> None:
    fields = {
        "parent": "up",
        "name": "who.nick",
        "account": "who.id",
        "created": "at",
        "html": "body",
        "upvotes": "+",
        "downvotes": "-",
    }
    known = talk(fields=fields)
    item = {
        "id": 9007199254740993,
        "up": "8",
        "who": {"nick": " Chipo &amp; Sons\u202e ", "id": 7},
        "at": 1764500000123,
        "body": "<p>One<br>two</p><script>evil()</script>",
        "+": 3,
        "-": "4",
    }
    (one,) = answered(asked(TALKING, known), {"items": [item]}, known).comments
    assert one.id == "gazette-example:bantr:talk.example/9007199254740993"
    assert one.parent_id == "gazette-example:bantr:talk.example/8"
    assert (one.author_name, one.author_id) == ("Chipo & Sons", "7")
    assert (one.text, one.upvotes, one.downvotes) == ("One\ntwo", 3, 4)
    assert (one.date_created, one.date_created_precision) == (datetime(2025, 11, 30, 10, 53, 20, tzinfo=UTC), "second")


@pytest.mark.parametrize(
    ("words", "begin", "precision"),
    [
        (1764500000, "2025-11-30T10:53:20", "second"),
        (1764500000.75, "2025-11-30T10:53:20", "second"),
        ("1764500000123", "2025-11-30T10:53:20", "second"),
        ("2025-11-30T12:53:20+02:00", "2025-11-30T10:53:20", "second"),
        ("2025-11-30T11:08:58.760635374-05:00", "2025-11-30T16:08:58", "second"),
        ("2025-11-30 12:53:20", "2025-11-30T10:53:20", "second"),
        ("3 hours ago", "2026-11-22T08", "hour"),
    ],
)
def test_times_of_every_kind(words: Any, begin: str, precision: str) -> None:
    known = talk(fields={"created": "at"})
    (one,) = answered(asked(TALKING, known), {"items": [{"id": 1, "text": "a", "at": words}]}, known).comments
    assert one.date_created is not None
    assert one.date_created.replace(tzinfo=None).isoformat().startswith(begin)
    assert one.date_created_precision == precision


@pytest.mark.parametrize("words", [None, True, "", [], {}, -5, 1e300, "never", "99 years from now"])
def test_what_is_no_time_dates_nothing(words: Any) -> None:
    known = talk(fields={"created": "at"})
    (one,) = answered(asked(TALKING, known), {"items": [{"id": 1, "text": "a", "at": words}]}, known).comments
    assert one.date_created is None


def test_replies_stand_behind_what_they_answer_and_the_rest_is_asked_for() -> None:
    replies = {"url": "https://talk.example/under?topic={topic}&of={comment}&from={offset}", "comments": "nodes", "size": 2}
    fields = {"parent": "up", "replies": "below.nodes", "reply_count": "below.all"}
    known = talk(fields=fields, ask_replies=replies)
    inner = {"id": "b", "text": "B", "below": {"all": 1, "nodes": [{"id": "c", "text": "C"}]}}
    value = {"items": [{"id": "a", "text": "A", "below": {"all": 4, "nodes": [inner]}}, {"id": "d", "text": "D", "up": 0}]}
    reading = answered(asked(TALKING, known), value, known)
    assert [(key, parent) for key, parent, _, _ in shown(reading)] == [("a", None), ("b", "a"), ("c", "b"), ("d", None)]
    assert [one.depth for one in reading.comments] == [0, 1, 2, 0]
    under, after = reading.follow
    assert after.url.endswith("&page=2")
    assert under.url == "https://talk.example/under?topic=a%20%26%20b%2F7&of=a&from=1"
    rest = answered(under, {"nodes": [{"id": "e", "text": "E"}, {"id": "f", "text": "F", "up": "e"}]}, known)
    assert [(key, parent) for key, parent, _, _ in shown(rest)] == [("e", "a"), ("f", "e")]
    assert [one.url[-11:] for one in rest.follow] == ["of=a&from=3"]
    assert rest.thread is not None
    assert reading.thread is not None
    assert rest.thread.id == reading.thread.id


def test_replies_that_cannot_be_asked_for_leave_the_thread_incomplete() -> None:
    known = talk(fields={"replies": "below", "reply_count": "all"})
    reading = answered(asked(TALKING, known), {"items": [{"id": 1, "text": "a", "all": 2, "below": []}]}, known)
    assert reading.thread is not None
    assert not reading.thread.whole


def test_a_place_whose_text_was_taken_away_is_hidden() -> None:
    known = talk(fields={"hidden": "state=gone"})
    items = [{"id": 1, "text": "[removed]", "state": "gone"}, {"id": 2, "text": "a", "state": "here"}]
    found = answered(asked(TALKING, known), {"items": items}, known).comments
    assert [(one.status, one.text) for one in found] == [("hidden", None), ("live", "a")]


@pytest.mark.parametrize("value", [{"error": "no"}, {"items": "none"}, {"items": 5}, "{", '"x"', "[1, 2", "", "{" * 100_000])
def test_an_answer_without_its_list_is_no_complete_one(value: Any) -> None:
    known = talk()
    reading = answered(asked(TALKING, known), value, known)
    assert reading.comments == ()
    assert reading.thread is not None
    assert not reading.thread.whole


def test_what_is_no_comment_is_left_out_and_told() -> None:
    known = talk()
    items = [5, None, [], {"text": ""}, {"id": {}, "text": []}, {"id": 1, "text": "a"}, {"id": 2, "text": None}]
    reading = answered(asked(TALKING, known), {"items": items}, known)
    assert [key for key, _, _, _ in shown(reading)] == ["1", "2"]
    assert reading.thread is not None
    assert not reading.thread.whole


def test_an_empty_thread_is_whole_and_so_is_a_null_one() -> None:
    known = talk()
    for items in ([], None, {}):
        reading = answered(asked(TALKING, known), {"items": items}, known)
        assert reading.thread is not None
        assert (reading.comments, reading.thread.whole) == ((), True)


def test_an_object_of_comments_is_a_list_of_them() -> None:
    known = talk(fields={"id": "cid"})
    reading = answered(asked(TALKING, known), {"items": {"x": {"cid": 1, "text": "a"}, "y": {"cid": 2, "text": "b"}}}, known)
    assert [key for key, _, _, _ in shown(reading)] == ["1", "2"]


def test_replies_as_deep_as_json_goes_are_read() -> None:
    known = talk(fields={"replies": "r"})
    deep: dict[str, Any] = {"id": 0, "text": "end"}
    for number in range(1, 300):
        deep = {"id": number, "text": "a", "r": [deep]}
    found = answered(asked(TALKING, known), {"items": [deep]}, known).comments
    assert len(found) == 300
    assert found[-1].depth == 299


@pytest.mark.parametrize("mime", ["application/json", "application/javascript; charset=utf-8"])
@pytest.mark.parametrize("call", ["callback(%s);", "/**/ jQuery12_3.cb (%s)", "_callback(%s)\n", "for(;;);%s", "%s"])
def test_a_call_around_the_answer_is_taken_off(call: str, mime: str) -> None:
    known = talk()
    body = call % json.dumps({"items": [{"id": 1, "text": "Mhoro (all)"}]})
    reading = answered(asked(TALKING, known), body, known, mime)
    assert shown(reading) == [("1", None, None, "Mhoro (all)")]


def test_a_declared_platform_goes_before_a_list_that_stands_in_the_page() -> None:
    listed = "".join(
        f'<li class="comment" id="comment-{n}"><cite class="fn">N{n}</cite><div class="comment-content"><p>T{n}</p></div></li>'
        for n in range(3)
    )
    marks = f'<ol class="commentlist">{listed}</ol>{TALKING}'
    assert article(marks).comments != ()
    reading = article(marks, talk())
    assert reading.comments == ()
    assert [urlsplit(one.url).netloc for one in reading.follow] == ["talk.example"]


def test_paths_and_conditions() -> None:
    value = {"a": [{"b": "x"}], "who": "7", "n": 0, "t": True, "no": "false"}
    root = {"people": {"7": {"name": "Chipo"}}}
    assert dig("a.0.b", value) == "x"
    assert dig("", value) is value
    assert dig("/people.{who}.name", value, root) == "Chipo"
    assert word(dig("/people.{n}.name", value, root)) is None
    assert [word(dig(path, value)) for path in ("a.1.b", "a.x", "a.-1", "who.x", "q")] == [None] * 5
    assert [holds(one, value) for one in ("t", "n", "no", "a", "q", "who=7", "n=0", "t=true", "q=")] == [
        *(True, False, False, True, False, True, True, True, False)
    ]
    assert [word(one) for one in (5, 1764500000.254393, " a\nb ", "", True, None, [], "x" * 5000)] == [
        *("5", "1764500000.254393", "a b", None, None, None, None, None)
    ]
    assert unwrapped('cb({"a": 1}); evil()') == unwrapped(')]}\',\n{"a": 1}') == {"a": 1}


def test_an_install_in_a_folder_keeps_its_ids_apart() -> None:
    reading = answered(
        asked('<script data-isso="//talk.example/fr/"></script>'),
        {"replies": [{"id": 5, "text": "Oui", "created": 1764500000.5}]},
    )
    assert reading.thread is not None
    assert reading.thread.id == "isso:gazette-example/talk.example/fr:/2026/11/caf%C3%A9/"
    assert reading.comments[0].id == "gazette-example:isso:talk.example/fr/5"


REMARK42 = """<div id="remark42"></div><script>
  var remark_config = { host: 'https://talk.example/', site_id: "gazette", components: ['embed'] };
</script>"""
WALINE = """<div id="waline"></div><script type="module">
  Waline.init({ el: '#waline', serverURL: 'https://talk.example', lang: 'en' });
</script>"""
ARTALK = """<div id="talk"></div><script>
  Artalk.init({ el: '#talk', pageKey: '/roof', server: 'https://talk.example', site: 'G' })</script>"""
TWIKOO = """<div id="tcomment"></div><script>twikoo.init({ envId: 'https://talk.example', el: '#tcomment' })</script>"""
CUSDIS = (
    """<div id="cusdis_thread" data-host="https://talk.example" data-app-id="a-1" data-page-id="p 1" data-page-url="x"></div>"""
)
COMMENTO = """<div id="commento"></div><script defer src="https://talk.example/js/commento.js"></script>"""
PRESETS = [
    (
        REMARK42,
        "https://talk.example/api/v1/find?site=gazette&url=https%3A%2F%2Fgazette.example%2F2026%2F11%2Fcaf%25C3%25A9%2F"
        "&sort=%2Btime&format=plain",
        {
            "comments": [
                {"id": "a-1", "pid": "", "text": "<p>One</p>", "user": {"name": "Chipo", "id": "github_1"}, "time": "T"},
                {"id": "a-2", "pid": "a-1", "text": "<p>Two</p>", "user": {"name": "Rudo", "id": "anonymous_2"}, "time": "T"},
                {"id": "a-3", "pid": "a-1", "text": "", "user": {"name": "x", "id": "y"}, "time": "T", "delete": True},
            ],
            "info": {"count": 2},
        },
        [("a-1", None, "Chipo", "One"), ("a-2", "a-1", "Rudo", "Two"), ("a-3", "a-1", "x", None)],
        [],
    ),
    (
        CUSDIS,
        "https://talk.example/api/open/comments?page=1&appId=a-1&pageId=p%201",
        {
            "data": {
                "commentCount": 11,
                "data": [
                    {
                        "id": "u1",
                        "by_nickname": "Chipo",
                        "parsedContent": "<p>One</p>",
                        "createdAt": "T",
                        "replies": {
                            "commentCount": 1,
                            "data": [{"id": "u2", "by_nickname": "Rudo", "parsedContent": "<p>Two</p>"}],
                        },
                    },
                    *({"id": f"v{n}", "by_nickname": "N", "parsedContent": "<p>V</p>"} for n in range(9)),
                ],
            }
        },
        [("u1", None, "Chipo", "One"), ("u2", "u1", "Rudo", "Two"), *((f"v{n}", None, "N", "V") for n in range(9))],
        ["https://talk.example/api/open/comments?page=2&appId=a-1&pageId=p%201"],
    ),
    (
        COMMENTO,
        "https://talk.example/api/comment/list",
        {
            "comments": [
                {"commentHex": "c1", "commenterHex": "p1", "html": "<p>One</p>", "parentHex": "root", "creationDate": "T"},
                {"commentHex": "c2", "commenterHex": "anonymous", "html": "<p>Two</p>", "parentHex": "c1", "creationDate": "T"},
                {"commentHex": "c3", "commenterHex": "p1", "html": "[deleted]", "parentHex": "c1", "deleted": True},
            ],
            "commenters": {"p1": {"name": "Chipo"}},
        },
        [("c1", None, "Chipo", "One"), ("c2", "c1", None, "Two"), ("c3", "c1", "Chipo", None)],
        [],
    ),
    (
        WALINE,
        "https://talk.example/api/comment?path=%2F2026%2F11%2Fcaf%25C3%25A9%2F&pageSize=100&page=1&lang=en&sortBy=insertedAt_asc",
        {
            "errno": 0,
            "data": {
                "count": 2,
                "data": [
                    {
                        "objectId": 1,
                        "nick": "Chipo",
                        "comment": "<p>One</p>",
                        "time": 1764500000123,
                        "children": [{"objectId": 2, "pid": 1, "rid": 1, "nick": "Rudo", "comment": "<p>Two</p>", "time": 1}],
                    }
                ],
            },
        },
        [("1", None, "Chipo", "One"), ("2", "1", "Rudo", "Two")],
        [],
    ),
    (
        ARTALK,
        "https://talk.example/api/v2/comments?page_key=%2Froof&site_name=G&limit=100&offset=0&flat_mode=true&sort_by=date_asc",
        {
            "comments": [
                {"id": 1, "rid": 0, "nick": "Chipo", "content_marked": "<p>One</p>", "date": "2026-11-20 10:00:00", "vote_up": 2},
                {"id": 2, "rid": 1, "nick": "Rudo", "content_marked": "<p>Two</p>", "date": "2026-11-20 10:00:05"},
            ],
            "count": 2,
        },
        [("1", None, "Chipo", "One"), ("2", "1", "Rudo", "Two")],
        [],
    ),
    (
        TWIKOO,
        "https://talk.example/",
        {
            "data": [
                {
                    "id": "t1",
                    "nick": "Chipo",
                    "comment": "<p>One</p>",
                    "created": 1764500000123,
                    "replies": [{"id": "t2", "pid": "t1", "rid": "t1", "nick": "Rudo", "comment": "<p>Two</p>"}],
                }
            ],
            "more": True,
            "count": 12,
        },
        [("t1", None, "Chipo", "One"), ("t2", "t1", "Rudo", "Two")],
        ["https://talk.example/"],
    ),
]


@pytest.mark.parametrize(("marks", "url", "value", "comments", "more"), PRESETS, ids=lambda one: None)
def test_well_known_platforms(marks: str, url: str, value: Any, comments: list[Any], more: list[str]) -> None:
    follow = asked(marks)
    assert follow.url == url
    reading = answered(follow, value)
    assert shown(reading) == comments
    assert [one.url for one in reading.follow] == more


def test_the_bodies_of_those_that_are_asked_by_post() -> None:
    assert json.loads(asked(COMMENTO).body) == {
        "commenterToken": "anonymous",
        "domain": "gazette.example",
        "path": "/2026/11/caf%C3%A9/",
    }
    first = asked(TWIKOO)
    assert json.loads(first.body) == {"event": "COMMENT_GET", "url": "/2026/11/caf%C3%A9/", "before": None}
    (second,) = answered(first, {"data": [{"id": "t", "comment": "a", "created": 1764500000123}], "more": True}).follow
    assert json.loads(second.body)["before"] == 1764500000123
    assert answered(second, {"data": [{"id": "u", "comment": "a", "created": 1764400000123}], "more": False}).follow == ()


def test_who_has_an_account_and_who_has_a_mere_nick() -> None:
    found = {}
    for marks, _, value, _, _ in PRESETS:
        comments = answered(asked(marks), value).comments
        found[comments[0].platform] = [one.author_id for one in comments[:2]]
    assert found["remark42"] == ["github_1", "anonymous_2"]
    assert found["commento"] == ["p1", None]
    assert [found[name] for name in ("cusdis", "waline", "artalk", "twikoo")] == [[None, None]] * 4


def test_no_well_known_platform_takes_the_page_of_another() -> None:
    for marks, _, _, _, _ in PRESETS:
        assert len([one for one in article(marks).follow if one.purpose == "comments"]) == 1
    assert not [one for one in article("<script>var a = 1; init({})</script>").follow if one.purpose == "comments"]


def test_a_preset_takes_a_newspapers_own_values() -> None:
    known = profile({"preset": "isso", "values": {"host": "https://talk.example/in"}, "ask": {"size": 7}})
    follow = asked("", known)
    assert follow.url == "https://talk.example/in/?uri=%2F2026%2F11%2Fcaf%25C3%25A9%2F&limit=7&nested_limit=7&after=0&plain=1"
    assert len([one for one in article('<script data-isso="//other.example"></script>', known).follow if "other" in one.url]) == 0


def test_isso_is_found_by_its_script_where_the_page_names_no_host() -> None:
    marks = '<script src="//talk.example/isso/js/embed.min.js"></script><section id="isso-thread"></section>'
    assert asked(marks).url.startswith("https://talk.example/isso/?uri=%2F2026%2F11%2F")
    assert article('<script src="/theme/js/embed.min.js"></script><p>Por isso</p>').thread is None


_NAMES = ("items", "id", "text", "up", "who", "nick", "at", "body", "gone", "below", "all", "mark", "0")
_ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(("<p>a", 10**400, "0", "-1")),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(_NAMES), inner, max_size=6),
    max_leaves=40,
)


@given(_ANY_JSON)
def test_whatever_an_endpoint_answers_is_read_or_left(value: Any) -> None:
    fields = {"parent": "up", "name": "who.nick", "account": "/who.{up}.nick", "created": "at", "html": "body", "hidden": "gone"}
    known = talk(
        ask={"url": "https://talk.example/?t={topic}&c={cursor}", "next": "mark", "total": "all"},
        fields=fields | {"upvotes": "all", "replies": "below", "reply_count": "all"},
        ask_replies={"url": "https://talk.example/under?t={topic}&of={comment}&n={page}", "comments": "below"},
    )
    reading = answered(Follow("https://talk.example/?t=7&c=", "comments"), {"items": value}, known)
    for one in reading.comments:
        assert one.thread_id == "bantr:gazette-example/talk.example:7"
        assert (one.status == "hidden") <= (one.text is None)
    assert len({follow.url for follow in reading.follow}) <= 1 + len(reading.comments)

"""Kinds of platforms that whole countries read, described without Python. The answers are made up in their public shapes."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from newsarchive.items import Follow, Page, Profile, Reading
from newsarchive.reading import read
from newsarchive.reading.comments.endpoint_describe import described

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
PROSE = "The council met on Tuesday and spoke for three hours about the roof, the pump and the road to the dam. " * 8

NAVER = {
    "name": "naver",
    "page": "link[rel=canonical][href*='n.news.naver.example']",
    "values": {
        "press": {"css": "link[rel=canonical]", "attribute": "href", "pattern": r"/article/(\d+)/\d+"},
        "item": {"css": "link[rel=canonical]", "attribute": "href", "pattern": r"/article/\d+/(\d+)"},
    },
    "ask": {
        "url": "https://apis.naver.example/cbox/web_naver_list_jsonp.json?ticket=news&pool=cbox5"
        "&objectId=news{press}%2C{item}&pageSize={size}&page={page}&sort=NEW",
        "headers": {"Referer": "https://n.news.naver.example/"},
        "size": 100,
        "comments": "result.commentList",
        "total": "result.count.comment",
    },
    "fields": {
        **{"id": "commentNo", "parent": "parentCommentNo", "name": "userName", "account": "profileUserId", "text": "contents"},
        **{"created": "regTime", "upvotes": "sympathyCount", "downvotes": "antipathyCount", "hidden": "deleted"},
    },
}
NAVER_ANSWER = "_callback(%s);" % json.dumps(  # noqa: UP031
    {
        "success": True,
        "result": {
            "commentList": [
                {
                    "commentNo": 11,
                    "parentCommentNo": 11,
                    "userName": "ab12****",
                    "contents": "좋아요",
                    "regTime": "2026-11-20T10:00:00+0900",
                },
                {
                    "commentNo": 12,
                    "parentCommentNo": 11,
                    "contents": "삭제된 댓글입니다",
                    "deleted": True,
                    "regTime": "2026-11-20T10:01:00+0900",
                },
            ],
            "count": {"comment": 2},
        },
    }
)

VNEXPRESS = {
    "name": "vnexpress",
    "page": "#box_comment_vne",
    "values": {
        "item": {"css": "#box_comment_vne", "attribute": "data-objectid"},
        "site": {"css": "#box_comment_vne", "attribute": "data-siteid"},
    },
    "ask": {
        "url": "https://usi.vnexpress.example/index/get?offset={offset}&limit={size}&sort_by=like&objectid={item}&siteid={site}",
        "size": 25,
        "comments": "data.items",
    },
    "ask_replies": {
        "url": "https://usi.vnexpress.example/index/getreplay?siteid={site}&objectid={item}&id={comment}&limit={size}&offset={offset}",
        "size": 25,
        "comments": "data.items",
    },
    "fields": {
        **{"id": "comment_id", "parent": "parent_id", "name": "full_name", "account": "userid", "html": "content"},
        **{"created": "creation_time", "upvotes": "userlike", "replies": "replys.items", "reply_count": "replys.total"},
    },
}
VNEXPRESS_ANSWER = {
    "error": 0,
    "data": {
        "items": [
            {
                **{"comment_id": 21, "parent_id": 21, "full_name": "Lan", "userid": 5, "content": "Hay<br/>quá", "userlike": 7},
                **{
                    "creation_time": 1763600400,
                    "replys": {"total": 2, "items": [{"comment_id": 22, "parent_id": 21, "content": "Đúng"}]},
                },
            }
        ]
    },
}

NETEASE = {
    "name": "netease",
    "values": {"item": "{path}"},
    "ask": {
        "url": "https://comment.netease.example/api/v1/threads/{item}/comments/newList?limit={size}&offset={offset}",
        "size": 2,
        "comments": "comments",
        "total": "newListSize",
    },
    "fields": {
        **{"id": "commentId", "name": "user.nickname", "account": "user.userId", "html": "content", "created": "createTime"},
        **{"upvotes": "vote", "downvotes": "against"},
    },
}
NETEASE_ANSWER = {
    "comments": {
        "31": {
            "commentId": 31,
            "user": {"nickname": "山", "userId": 9},
            "content": "好<br>的",
            "createTime": "2026-11-20 09:00:00",
        },
        "32": {
            "commentId": 32,
            "user": {"userId": 0},
            "content": "嗯",
            "createTime": "2026-11-20 09:00:01",
            "vote": 3,
            "against": 1,
        },
    },
    "newListSize": 3,
}

SINA = {
    "name": "sina",
    "page": "meta[name='sudameta'], meta[name='comment']",
    "values": {
        "channel": {"css": "meta[name='comment']", "attribute": "content", "pattern": "^([^:]+):"},
        "news": {"css": "meta[name='comment']", "attribute": "content", "pattern": ":(.+)$"},
    },
    "ask": {
        "url": "https://comment.sina.example/page/info",
        "method": "POST",
        "body": "version=1&format=json&channel={channel}&newsid={news}&page={page}&page_size={size}",
        "size": 20,
        "comments": "result.cmntlist",
        "total": "result.count.show",
    },
    "fields": {
        "id": "mid",
        "parent": "parent",
        "name": "nick",
        "account": "uid",
        "text": "content",
        "created": "time",
        "upvotes": "agree",
    },
}
SINA_ANSWER = {
    "result": {
        "cmntlist": [
            {
                "mid": "A-41",
                "parent": "",
                "nick": "海",
                "uid": "77",
                "content": "顶",
                "time": "2026-11-20 09:00:00",
                "agree": "12",
            },
            {"mid": "A-42", "parent": "A-41", "nick": "海", "uid": "0", "content": "再顶", "time": "3 hours ago", "agree": "0"},
        ],
        "count": {"show": 2},
    }
}


def crawled(table: dict[str, Any], marks: str, value: Any, zone: str) -> tuple[Follow, Reading]:
    """The request that an article leads to, and what is read from its answer."""
    known = Profile(
        "paper", start_urls=("https://paper.example/",), time_zone=zone, endpoints=(described(table, where="comments"),)
    )
    head = '<meta property="og:type" content="article"><meta property="article:published_time" content="2026-11-20T08:00:00Z">'
    text = f"<article><h1>Roof</h1><p>{PROSE}</p><p>{PROSE}</p></article>"
    body = f"<!doctype html><html><head>{head}{marks}</head><body>{text}{marks}</html>"
    page = Page("https://paper.example/2026/11/a-1", 200, (("Content-Type", "text/html"),), body.encode(), AT, "urn:uuid:0")
    (follow,) = (one for one in read(page, known).follow if one.purpose == "comments")
    script = isinstance(value, str)
    text, mime = (value, "application/javascript") if script else (json.dumps(value), "application/json")
    answer = Page(follow.url, 200, (("Content-Type", mime),), text.encode(), AT, "urn:uuid:1", follow.method, follow.body)
    return follow, read(answer, known)


@pytest.mark.parametrize(
    ("table", "marks", "value", "zone", "found", "more"),
    [
        (
            NAVER,
            '<link rel="canonical" href="https://n.news.naver.example/article/001/0001234">',
            NAVER_ANSWER,
            "Asia/Seoul",
            [
                ("11", None, "ab12****", "좋아요", "2026-11-20T01:00:00", None),
                ("12", "11", None, None, "2026-11-20T01:01:00", None),
            ],
            0,
        ),
        (
            VNEXPRESS,
            '<div id="box_comment_vne" data-objectid="4801" data-siteid="1000000"></div>',
            VNEXPRESS_ANSWER,
            "Asia/Ho_Chi_Minh",
            [("21", None, "Lan", "Hay\nquá", "2025-11-20T01:00:00", "5"), ("22", "21", None, "Đúng", None, None)],
            1,
        ),
        (
            NETEASE,
            "",
            NETEASE_ANSWER,
            "Asia/Shanghai",
            [("31", None, "山", "好\n的", "2026-11-20T01:00:00", "9"), ("32", None, None, "嗯", "2026-11-20T01:00:01", None)],
            1,
        ),
        (
            SINA,
            '<meta name="comment" content="gn:comos-hx7">',
            SINA_ANSWER,
            "Asia/Shanghai",
            [("A-41", None, "海", "顶", "2026-11-20T01:00:00", "77"), ("A-42", "A-41", "海", "再顶", "2026-11-22T08", None)],
            0,
        ),
    ],
    ids=["page, JSONP", "offset, replies asked for", "offset, object of comments", "page, POST form"],
)
def test_kinds_that_whole_countries_read(
    table: dict[str, Any], marks: str, value: Any, zone: str, found: list[tuple[str | None, ...]], more: int
) -> None:
    _, reading = crawled(table, marks, value, zone)
    rows = [
        (
            one.id.rpartition("/")[2],
            one.parent_id and one.parent_id.rpartition("/")[2],
            one.author_name,
            one.text,
            one.date_created and one.date_created.isoformat()[: len(wanted[4] or "")],
            one.author_id,
        )
        for one, wanted in zip(reading.comments, found, strict=True)
    ]
    assert rows == found
    assert len(reading.follow) == more
    assert reading.thread is not None
    assert reading.thread.whole

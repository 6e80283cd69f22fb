"""Vuukle: a feed of comments by offset, replies nested; all replies to one where the feed holds only some.

The shape is that of Vuukle's own widget, which is public code (`ServerComment`, `getCommentFeedBySort`, `loadFullReplies`),
as of 2026: state 0 is shown, others are not; a page of fewer than five is the last. `articleId` and `host` in the address of
replies, which needs none, say which thread was asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from newsarchive.items import Follow
from newsarchive.reading.comments.answers import (
    answered,
    identifier,
    leading,
    listed,
    mapping,
    nested,
    shared_thread_id,
    shown,
    words,
)
from newsarchive.reading.comments.discussion import Discussion
from newsarchive.reading.comments.entry import Entry, moment
from newsarchive.reading.comments.scripts import assigned
from newsarchive.reading.counts import plausible
from newsarchive.reading.document import Document
from newsarchive.urls import canonical

PLATFORM = "vuukle"
_FEED = "https://api.vuukle.com/api/v1/Comments/getCommentFeedBySort"
_REPLIES = "https://api.vuukle.com/api/v1/Comments/loadFullReplies"
_CONFIG = "VUUKLE_CONFIG"
_FULL_PAGE = 5
_DELETED = "[Comment deleted by user]"  # what the server writes in the text's place
_NODES = '//*[starts-with(@id, "vuukle-comments") or contains(@class, "vuukle-comments")]'


def read_page(document: Document) -> Discussion | None:
    """The request for the feed, where a page configures the widget."""
    if _CONFIG not in document.text:
        return None
    key, article = (words(assigned(document, name, after=_CONFIG)) for name in ("apiKey", "articleId"))
    own = (urlsplit(document.url).hostname or "").removeprefix("www.")
    host = words(assigned(document, "host", after=_CONFIG)) or own
    if key is None or article is None:
        return None
    query = {"apiKey": key, "articleId": article, "host": host, "pageSize": "25", "sortBy": "get_reverse_chrono", "start": "0"}
    return leading(
        document, shared_thread_id(document, PLATFORM, host, article), [_follow(_FEED, query)], document.tree.xpath(_NODES)
    )


def read_answer(document: Document) -> Discussion | None:
    """A page of the feed, or the replies to one comment; None for an error."""
    address, _, source = document.url.partition("?")
    if document.page.status != 200 or address not in (_FEED, _REPLIES):
        return None
    query = dict(parse_qsl(source))
    data, parent = mapping(document.json).get("data"), query.get("commentId") if address == _REPLIES else None
    comments = data if address == _REPLIES else mapping(mapping(data).get("comments")).get("items")
    if not isinstance(comments, list) or not {"articleId", "host"} <= query.keys():
        return None
    entries: list[Entry | None] = []
    follow: list[Follow | None] = []
    if address == _FEED and len(comments) >= _FULL_PAGE:
        follow.append(_follow(_FEED, query | {"start": str((plausible(query.get("start")) or 0) + len(comments))}))
    thread = {name: query[name] for name in ("articleId", "host")}
    for comment, above in nested(comments, parent, _replies):
        entries.append(_entry(comment, above))
        number = identifier(comment.get("id"))
        if number and number != parent and (plausible(comment.get("replyCount")) or 0) > len(_replies(comment)):
            follow.append(_follow(_REPLIES, {"commentId": number} | thread))
    return answered(document, shared_thread_id(document, PLATFORM, query["host"], query["articleId"]), entries, follow)


def _replies(comment: Mapping[str, Any]) -> list[Any]:
    return listed(comment.get("replies"))


def _entry(comment: Mapping[str, Any], above: str | None) -> Entry | None:
    number, text, name = identifier(comment.get("id")), comment.get("commentText"), words(comment.get("name"))
    hidden = comment.get("state") not in (0, None) or text == _DELETED
    if number is None or not (hidden or isinstance(text, str)):
        return None
    return Entry(
        None if hidden else shown(text),
        name=unescape(name) if name else None,
        stamp=moment(comment.get("createdTimestamp")),
        id=number,
        parent=above,
        account=_known(comment.get("userId")),
        upvotes=plausible(comment.get("likeCount")),
        downvotes=plausible(comment.get("dislikeCount")),
        hidden=hidden,
    )


def _known(user: object) -> str | None:
    """The user's id; guests have none, or 0."""
    number = identifier(user)
    return number if number and number.strip("0-") else None


def _follow(address: str, query: Mapping[str, str]) -> Follow | None:
    url = canonical(f"{address}?{urlencode(query)}")
    return Follow(url, "comments") if url else None

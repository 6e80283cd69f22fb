"""Facebook's comments plugin: the frame that a page would load, and the pages and replies behind it.

Undocumented; the shape is that of public code that reads it, as of 2026, and the most fragile of all: the frame's own data
stand in a script (`"comments":{"commentIDs":...,"idMap":...}`, `targetFBID`), more comes from
`plugins/comments/async/TARGET/pager/reverse_time/`, replies from `.../async/comment/COMMENT/pager/`, after `for (;;);`. In the
body of those, `iframe_referer` says which address was commented on.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import islice
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from newsarchive.items import Follow
from newsarchive.reading.comments.answers import answered, identifier, leading, listed, mapping, shared_thread_id, words
from newsarchive.reading.comments.discussion import Discussion
from newsarchive.reading.comments.entry import Entry, moment
from newsarchive.reading.comments.scripts import own_address
from newsarchive.reading.counts import plausible
from newsarchive.reading.document import Document
from newsarchive.urls import canonical

PLATFORM = "facebook"
_FRAME = "https://www.facebook.com/plugins/feedback.php"
_PAGER = "https://www.facebook.com/plugins/comments/async/"
_PLUGIN = '//*[contains(concat(" ", normalize-space(@class), " "), " fb-comments ")]'
_TARGET = re.compile(r'"target(?:FBID|ID)":"(\d{1,40})"')
_ASKED = re.compile(rf"{re.escape(_PAGER)}(?:(\d{{1,40}})/pager/reverse_time|comment/([\d_]{{1,80}})/pager)/")
_DATA = re.compile(r'"comments":(?=\{)')
_TRIES = 20


def read_page(document: Document) -> Discussion | None:
    """The request for the frame, where a page has the plugin."""
    if "fb-comments" not in document.text or not (nodes := document.tree.xpath(_PLUGIN)):
        return None
    commented = document.absolute(nodes[0].get("data-href") or "") or own_address(document)
    query = {"href": commented, "numposts": "100", "order_by": "reverse_time"}
    url = canonical(f"{_FRAME}?{urlencode(query)}")
    return leading(
        document, shared_thread_id(document, PLATFORM, commented, commented), [Follow(url, "comments") if url else None], nodes
    )


def read_answer(document: Document) -> Discussion | None:
    """The frame's comments, a further page of them, or of replies to one; None for an error."""
    if document.page.status != 200 or not document.url.startswith((f"{_FRAME}?", _PAGER)):
        return None
    pager = _ASKED.fullmatch(document.url)
    source = document.page.request_body.decode("utf-8", "replace") if pager else urlsplit(document.url).query
    query = dict(parse_qsl(source))
    commented = query.get("iframe_referer" if pager else "href")
    target, parent = (pager[1], pager[2]) if pager else (_target(document), None)
    data = mapping(mapping(document.json).get("payload")) if pager else _framed(document)
    if not commented or not isinstance(data.get("commentIDs"), list) or not isinstance(data.get("idMap"), dict):
        return None
    entries: list[Entry | None] = []
    follow: list[Follow | None] = []
    if after := words(data.get("afterCursor")):
        place = f"comment/{parent}/pager/" if parent else f"{target}/pager/reverse_time/" if target else None
        follow.append(_follow(place, commented, after) if after != query.get("after_cursor") else None)
    for number, comment, above in _comments(data["commentIDs"], data["idMap"], parent):
        entries.append(_entry(number, comment, above, data["idMap"]))
        if after := words(mapping(comment.get("public_replies")).get("afterCursor")):
            follow.append(_follow(f"comment/{number}/pager/", commented, after))
    return answered(
        document,
        shared_thread_id(document, PLATFORM, commented, commented),
        entries,
        follow,
        claimed=plausible(data.get("totalCount")),
    )


def _target(document: Document) -> str | None:
    found = _TARGET.search(document.text)
    return found[1] if found else None


def _framed(document: Document) -> Mapping[str, Any]:
    """The list of comments among the frame's data."""
    for place in islice(_DATA.finditer(document.text), _TRIES):
        with suppress(ValueError, RecursionError):
            found = mapping(json.JSONDecoder(strict=False).raw_decode(document.text, place.end())[0])
            if "commentIDs" in found:
                return found
    return {}


def _comments(
    numbers: list[Any], things: Mapping[str, Any], parent: str | None
) -> Iterator[tuple[str | None, Mapping[str, Any], str | None]]:
    """The listed comments, each with its replies behind it; none twice, whatever names it as a reply."""
    waiting, met = [(identifier(one), parent) for one in reversed(numbers)], set()
    while waiting:
        number, above = waiting.pop()
        if number in met:
            continue
        met.add(number)
        comment = mapping(things.get(number or ""))
        yield number, comment, above
        replies = listed(mapping(comment.get("public_replies")).get("commentIDs"))
        waiting += [(identifier(one), number) for one in reversed(replies)]


def _entry(number: str | None, comment: Mapping[str, Any], above: str | None, things: Mapping[str, Any]) -> Entry | None:
    text, author = mapping(comment.get("body")).get("text"), identifier(comment.get("authorID"))
    hidden = comment.get("hidden") is True
    if number is None or not (hidden or isinstance(text, str)):
        return None
    return Entry(
        None if hidden else text,
        name=words(mapping(things.get(author or "")).get("name")),
        stamp=moment(mapping(comment.get("timestamp")).get("time")),
        id=number,
        parent=above,
        account=author,
        upvotes=plausible(comment.get("likeCount")),
        hidden=hidden,
    )


def _follow(place: str | None, commented: str, after: str) -> Follow | None:
    url = f"{_PAGER}{place}"
    if place is None or not _ASKED.fullmatch(url):
        return None
    form = {"iframe_referer": commented, "after_cursor": after, "limit": "50", "__a": "1"}
    return Follow(url, "comments", "POST", urlencode(form).encode(), (("Content-Type", "application/x-www-form-urlencoded"),))

"""Ghost's own comments (5.x and later): the members API on the newspaper's host, replies beyond the first asked for by comment.

Shape: `apps/comments-ui` of https://github.com/TryGhost/Ghost. `comments/post/POST/` gives top-level comments by page, each with
its first replies; `comments/ID/replies/` gives them all. Neither answer names the post, so the address does (`thread`, which
Ghost does not know). `meta.pagination.total` counts top-level comments only, so it is no claimed count. An author is a member.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from newsarchive.items import Follow
from newsarchive.reading.comments.answers import (
    answered,
    identifier,
    leading,
    listed,
    mapping,
    nested,
    shared_thread_id,
    utc,
    words,
)
from newsarchive.reading.comments.discussion import Discussion
from newsarchive.reading.comments.entry import Entry
from newsarchive.reading.comments.marks import html_text
from newsarchive.reading.counts import plausible
from newsarchive.reading.document import Document
from newsarchive.reading.identity import place
from newsarchive.urls import canonical, same_site

PLATFORM = "ghost"
_SCRIPT = "//script[@data-ghost-comments and @data-post-id]"
_API = "members/api/comments/"
_ASKED = re.compile(r"(?P<base>/(?:.*/)?)members/api/comments/(?:post/[0-9a-f]{8,40}|(?P<comment>[0-9a-f]{8,40})/replies)/")
_ID = re.compile(r"[0-9a-f]{8,40}")
_MOST = 100  # comments that Ghost gives at once


def read_page(document: Document) -> Discussion | None:
    """The request for the comments of a post, where the page loads them."""
    if "data-ghost-comments" not in document.text:
        return None
    script = next(iter(document.tree.xpath(_SCRIPT)), None)
    post = None if script is None else script.get("data-post-id")
    base = None if script is None else document.absolute(script.get("data-ghost-comments"))
    if base is None or not same_site(base, document.url) or not _ID.fullmatch(post or ""):
        return None
    base = base.rstrip("/") + "/"
    nodes = document.tree.xpath('//*[contains(@class, "gh-comments")]')
    return leading(
        document, shared_thread_id(document, PLATFORM, base, str(post)), [_follow(base, f"post/{post}/", str(post), 1)], nodes
    )


def read_answer(document: Document) -> Discussion | None:
    """The comments of one page, or the replies to one comment; None for an error."""
    parts = urlsplit(document.url)
    found, query = _ASKED.fullmatch(parts.path), dict(parse_qsl(parts.query))
    post, page = query.get("thread", ""), query.get("page", "")
    body = mapping(document.json)
    if not found or not _ID.fullmatch(post) or not page.isdecimal() or document.page.status != 200 or "comments" not in body:
        return None
    base = urljoin(document.url, found["base"])
    rows = list(nested(listed(body["comments"]), found["comment"], lambda row: listed(row.get("replies"))))
    follow = list(_replies(base, post, rows)) if not found["comment"] else []
    if plausible(mapping(mapping(body.get("meta")).get("pagination")).get("next")):
        resource = parts.path.partition(_API)[2]
        follow.append(_follow(base, resource, post, int(page) + 1))
    entries = [_entry(row, parent) for row, parent in rows]
    scope = place(document, found["base"].strip("/"))
    return answered(document, shared_thread_id(document, PLATFORM, base, post), entries, follow, scope=scope)


def _follow(base: str, resource: str, post: str, page: int) -> Follow | None:
    query = urlencode({"limit": _MOST, "order": "created_at asc", "page": page, "thread": post})
    url = canonical(f"{base}{_API}{resource}?{query}")
    return Follow(url, "comments") if url else None


def _replies(base: str, post: str, rows: list[tuple[Mapping[str, Any], str | None]]) -> Iterator[Follow | None]:
    """The requests for the replies that do not stand with their comment."""
    for row in (row for row, parent in rows if parent is None):
        number = identifier(row.get("id"))
        claimed = plausible(mapping(row.get("count")).get("replies")) or 0
        if number and _ID.fullmatch(number) and claimed > len(listed(row.get("replies"))):
            yield _follow(base, f"{number}/replies/", post, 1)


def _entry(row: Mapping[str, Any], parent: str | None) -> Entry | None:
    number, member, count = identifier(row.get("id")), mapping(row.get("member")), mapping(row.get("count"))
    text, hidden = words(row.get("html")), row.get("status") in ("hidden", "deleted")
    if number is None or (text is None and not hidden):
        return None
    return Entry(
        text=html_text(text) if text else None,
        name=words(member.get("name")),
        stamp=utc(row.get("created_at")),
        id=number,
        parent=identifier(row.get("in_reply_to_id")) or identifier(row.get("parent_id")) or parent,
        account=identifier(member.get("uuid")) or identifier(member.get("id")),
        upvotes=plausible(count.get("likes")),
        downvotes=plausible(count.get("dislikes")),
        hidden=hidden,
    )

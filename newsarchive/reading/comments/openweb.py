"""OpenWeb (formerly Spot.IM): conversations over one POST endpoint, replies nested, or asked for by their parent.

The shape is that of OpenWeb's public SDK for iOS (SpotImCore: `conversation/read` with `offset`, `count`, `child_count`,
`parent_id`; SPConversation, SPComment, SPUser) and of public pages, as of 2026. In a conversation's id, `_` parts the newspaper
from the article; one in an article's own id is written `$`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from newsarchive.items import Follow
from newsarchive.reading.comments.answers import (
    answered,
    asked_json,
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

PLATFORM = "openweb"
_READ = "https://api-2-0.spot.im/v1.0.0/conversation/read"
_COUNT = 100
_LAUNCHER = re.compile(r"//launcher\.spot\.im/spot/(sp_[A-Za-z0-9]{1,40})(?![A-Za-z0-9_])")
_SPOT = re.compile(r"sp_[A-Za-z0-9]{1,40}")
_POST = re.compile(r"[!#-~]{1,200}")  # it goes into a header
_CONVERSATION = re.compile(rf"({_SPOT.pattern})_({_POST.pattern})")


def read_page(document: Document) -> Discussion | None:
    """The request for the conversation that a page shows."""
    if "spotim" not in document.text and "spot.im" not in document.text:
        return None
    spot, post = _spot(document), _post(document)
    if not (spot and post and _SPOT.fullmatch(spot) and _POST.fullmatch(post)):
        return None
    post = post.replace("_", "$")
    nodes = document.tree.xpath('//*[@data-spotim-module="conversation"]')
    return leading(document, shared_thread_id(document, PLATFORM, spot, post), [_follow(spot, post, offset=0)], nodes)


def read_answer(document: Document) -> Discussion | None:
    """A page of the conversation, or of the replies to one comment; None for an error."""
    if document.url != _READ or document.page.method != "POST" or document.page.status != 200:
        return None
    asked, conversation = asked_json(document), mapping(mapping(document.json).get("conversation"))
    names = _CONVERSATION.fullmatch(str(asked.get("conversation_id")))
    if names is None or not isinstance(conversation.get("comments"), list):
        return None
    spot, post = names.groups()
    parent, users = identifier(asked.get("parent_id")), mapping(conversation.get("users"))
    entries: list[Entry | None] = []
    follow: list[Follow | None] = []
    for comment, above in nested(conversation["comments"], parent, _replies):
        entries.append(_entry(comment, above, users))
        if comment.get("has_next") is True:
            seen = plausible(comment.get("offset")) or len(_replies(comment))
            below = identifier(comment.get("id"))
            follow.append(_follow(spot, post, offset=seen, parent=below) if below else None)
    if conversation.get("has_next") is True:
        offset, after = plausible(asked.get("offset")) or 0, plausible(conversation.get("offset")) or 0
        follow.append(_follow(spot, post, offset=after, parent=parent) if after > offset else None)
    return answered(
        document,
        shared_thread_id(document, PLATFORM, spot, post),
        entries,
        follow,
        claimed=plausible(conversation.get("messages_count")),
        status="closed" if conversation.get("read_only") is True else "open",
    )


def _spot(document: Document) -> str | None:
    """The newspaper's id."""
    found = (one.get("data-spot-id") for one in document.tree.xpath("//*[@data-spotim-module and @data-spot-id]"))
    loaded = (name[1] for one in document.tree.iter("script") if (name := _LAUNCHER.search(one.get("src", ""))))
    return next(found, None) or next(loaded, None) or assigned(document, "spotId", "openWebID")


def _post(document: Document) -> str | None:
    """The article's id: of the element that the conversation goes into, or of the script that makes it."""
    attributes = document.tree.xpath("//*[@data-spotim-module and @data-post-id]/@data-post-id")
    named = next((str(one).strip() for one in attributes if str(one).strip()), None)
    config: Any = None
    with suppress(ValueError, RecursionError):
        config = json.loads(next((str(one) for one in document.tree.xpath('//script[@id="spotim-config"]/text()')), ""))
    return named or identifier(mapping(mapping(config).get("config")).get("uuid"))


def _replies(comment: Mapping[str, Any]) -> list[Any]:
    return listed(comment.get("replies"))


def _entry(comment: Mapping[str, Any], above: str | None, users: Mapping[str, Any]) -> Entry | None:
    number, content, hidden = identifier(comment.get("id")), comment.get("content"), comment.get("deleted") is True
    if number is None or not (hidden or isinstance(content, list)):
        return None
    parts = [shown(mapping(part).get("text")) for part in listed(content)]
    account, rank = identifier(comment.get("user_id")), mapping(comment.get("rank"))
    user, parent = mapping(users.get(account or "")), identifier(comment.get("parent_id"))
    return Entry(
        None if hidden else "\n\n".join(filter(None, parts)),
        name=words(user.get("display_name")) or words(user.get("user_name")) or words(comment.get("user_display_name")),
        stamp=moment(comment.get("written_at")),
        id=number,
        parent=above if parent in (None, number) else parent,
        account=account if user.get("registered") is True else None,
        upvotes=plausible(rank.get("ranks_up")),
        downvotes=plausible(rank.get("ranks_down")),
        hidden=hidden,
    )


def _follow(spot: str, post: str, *, offset: int, parent: str | None = None) -> Follow:
    question = {
        "conversation_id": f"{spot}_{post}",
        "sort_by": "oldest",
        "offset": offset,
        "count": _COUNT,
        "child_count": _COUNT,
        "depth": 15,
    } | ({"parent_id": parent} if parent else {})
    headers = (("Content-Type", "application/json"), ("x-spot-id", spot), ("x-post-id", post))
    return Follow(_READ, "comments", "POST", json.dumps(question).encode(), headers)

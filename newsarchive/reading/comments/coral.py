"""Coral (The Coral Project's Talk, v5 and later): a stream over GraphQL on the newspaper's own server, replies nested.

Schema and endpoint: https://docs.coralproject.net/api/overview and `schema.graphql` of coralproject/talk. Most servers take
only their own stored queries ("persisted", by an id that changes with the version): those ids are keys of the user's. The
whole text of a query is sent too, for servers that allow it (`RAW_QUERY_NOT_AUTHORIZED` says that one does not). Both are asked
with the same variables; a server leaves out those that its query does not name. `thread` is one that none does: it says in
the archive which thread was asked for.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from newsarchive.items import Follow
from newsarchive.keys import placeholder
from newsarchive.reading.comments.answers import (
    answered,
    asked_json,
    identifier,
    leading,
    listed,
    mapping,
    nested,
    shared_thread_id,
    words,
)
from newsarchive.reading.comments.discussion import Discussion
from newsarchive.reading.comments.entry import Entry, moment
from newsarchive.reading.comments.marks import html_text
from newsarchive.reading.comments.scripts import assigned, own_address
from newsarchive.reading.counts import plausible
from newsarchive.reading.document import Document
from newsarchive.urls import canonical

PLATFORM = "coral"
_STREAM, _PAGES, _REPLIES = "coral", "coralpages", "coralreplies"  # names of keys: the ids of three stored queries
_EMBED = "createStreamEmbed"
_PATH = "/api/graphql"
_ONE = "id body createdAt deleted replyCount author { id username } parent { id } actionCounts { reaction { total } }"
_LIST = "pageInfo { hasNextPage endCursor } edges { node { "
_BELOW = f"replies(first: 50, orderBy: CREATED_AT_ASC) {{ {_LIST}{_ONE} }} }} }}"
_STORY_QUERY = (
    "query Thread($storyID: ID, $storyURL: String, $cursor: Cursor) { story(id: $storyID, url: $storyURL) { id isClosed"
    " commentCounts { totalPublished } comments(first: 50, after: $cursor, orderBy: CREATED_AT_ASC)"
    f" {{ {_LIST}{_ONE} {_BELOW} }} }} }} }} }}"
)
_REPLIES_QUERY = (
    "query Replies($commentID: ID!, $cursor: Cursor) { comment(id: $commentID) { id replies(first: 50, after: $cursor,"
    f" orderBy: CREATED_AT_ASC) {{ {_LIST}{_ONE} {_BELOW} }} }} }} }} }}"
)


def read_page(document: Document) -> Discussion | None:
    """The requests for the stream that a page embeds: the stored query, which the visit counts on, and the whole text."""
    if _EMBED not in document.text or not (root := assigned(document, "rootURL", after=_EMBED)):
        return None
    home = canonical(f"https:{root}" if root.startswith("//") else root)
    server = canonical(home.rstrip("/") + _PATH) if home else None
    if server is None:
        return None
    story = assigned(document, "storyID", after=_EMBED)
    url = assigned(document, "storyURL", after=_EMBED) or own_address(document)
    variables = {"thread": story or url, "storyURL": url} | ({"storyID": story} if story else {})
    nodes = document.tree.xpath('//*[@id="coral_thread" or @id="coral_talk_stream"]')
    found = leading(
        document, shared_thread_id(document, PLATFORM, server, story or url), [_follow(server, variables, _STREAM)], nodes
    )
    return Discussion(found.thread, follow=(*found.follow, _follow(server, variables, None)), nodes=found.nodes)


def read_answer(document: Document) -> Discussion | None:
    """A part of the stream, or the replies to one comment; None for an error."""
    if not document.url.endswith(_PATH) or document.page.method != "POST" or document.page.status != 200:
        return None
    question, data = asked_json(document), mapping(mapping(document.json).get("data"))
    variables, stored = mapping(question.get("variables")), question.get("query") == ""
    key, parent = words(variables.get("thread")), identifier(variables.get("commentID"))
    name = "comment" if parent else "story"
    if key is None or name not in data:
        return None
    top = mapping(data[name])  # null: nobody wrote here yet
    comments = mapping(top.get("replies" if parent else "comments"))
    known = dict(variables) | ({"storyID": story} if not parent and (story := identifier(top.get("id"))) else {})
    entries: list[Entry | None] = []
    follow = _next(document.url, known, comments, stored)
    for node, above in nested(_nodes(comments), parent, lambda one: _nodes(one.get("replies"))):
        entries.append(_entry(node, above))
        if below := identifier(node.get("id")):
            under = {name: value for name, value in known.items() if name != "cursor"} | {"commentID": below}
            if "replies" in node:
                follow += _next(document.url, under, mapping(node["replies"]), stored)
            elif plausible(node.get("replyCount")):
                follow.append(_follow(document.url, under, _REPLIES if stored else None))
    return answered(
        document,
        shared_thread_id(document, PLATFORM, document.url, key),
        entries,
        follow,
        claimed=plausible(mapping(top.get("commentCounts")).get("totalPublished")),
        status=None if parent else "closed" if top.get("isClosed") is True else "open",
    )


def _nodes(connection: object) -> list[Any]:
    return [mapping(edge).get("node") for edge in listed(mapping(connection).get("edges"))]


def _next(url: str, variables: Mapping[str, Any], connection: Mapping[str, Any], stored: bool) -> list[Follow | None]:
    """The request for what comes behind a list; none if nothing does, None if the answer does not say how to ask."""
    page = mapping(connection.get("pageInfo"))
    if page.get("hasNextPage") is not True:
        return []
    cursor = page.get("endCursor")
    if identifier(cursor) is None or cursor == variables.get("cursor"):
        return [None]
    key = (_REPLIES if "commentID" in variables else _PAGES) if stored else None
    return [_follow(url, dict(variables) | {"cursor": cursor}, key)]


def _entry(node: Mapping[str, Any], above: str | None) -> Entry | None:
    number, body = identifier(node.get("id")), node.get("body")
    hidden = node.get("deleted") is True or ("body" in node and body is None)
    if number is None or not (hidden or isinstance(body, str)):
        return None
    author = mapping(node.get("author"))
    return Entry(
        html_text(body) if isinstance(body, str) and not hidden else None,
        name=words(author.get("username")),
        stamp=moment(node.get("createdAt")),
        id=number,
        parent=identifier(mapping(node.get("parent")).get("id")) or above,
        account=identifier(author.get("id")),
        upvotes=plausible(mapping(mapping(node.get("actionCounts")).get("reaction")).get("total")),
        hidden=hidden,
    )


def _follow(url: str, variables: Mapping[str, Any], key: str | None) -> Follow:
    """A request: by the stored query whose id the user's key is, or without one by a query's whole text."""
    text = "" if key else _REPLIES_QUERY if "commentID" in variables else _STORY_QUERY
    order = {"orderBy": "CREATED_AT_ASC", "commentsOrderBy": "CREATED_AT_ASC", "count": 50}
    flat = {"flattenLastReply": True, "flattenReplies": False}
    body = {"query": text, "variables": order | flat | dict(variables)} | ({"id": placeholder(key)} if key else {})
    return Follow(url, "comments", "POST", json.dumps(body).encode(), (("Content-Type", "application/json"),))

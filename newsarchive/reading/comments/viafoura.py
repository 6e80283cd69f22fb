"""Viafoura: a page's container is asked for at the section (newspaper) it belongs to, which a first request tells.

The shape is that of public pages and public code that reads them, as of 2026: POST `bootstrap/v2` gives the section's id;
`livecomments/SECTION?container_id=` the comments, newest first, replies inline or nested, more behind the last one
(`starting_from`); `livecomments/SECTION/CONTAINER/comments/COMMENT` all replies to one. Answers name accounts by their id alone.
`domain` in an address, and `container_id` where the request needs none, say which thread was asked for.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
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
from newsarchive.reading.counts import plausible
from newsarchive.reading.document import Document
from newsarchive.urls import canonical

PLATFORM = "viafoura"
_LIVE = "https://livecomments.viafoura.co/v4/livecomments/"
_DOMAIN = re.compile(r"[a-z0-9.-]{1,253}")
_UUID = re.compile(r"[0-9A-Za-z-]{1,64}")
_BOOTSTRAP = re.compile(r"https://api\.viafoura\.co/v2/[a-z0-9.-]{1,253}/bootstrap/v2\?")
_REPLIES = re.compile(rf"{re.escape(_LIVE)}({_UUID.pattern})(?:/({_UUID.pattern})/comments/({_UUID.pattern}))?\?")
_WITH_REPLIES = {"reply_limit": "5"}
_ABOUT_SECTION = json.dumps({"section": "", "section_tree": "", "session": "false"}).encode()


def read_page(document: Document) -> Discussion | None:
    """The request for the section's id, where a page has a container for comments."""
    if "viafoura" not in document.text or not (container := document.meta("vf:container_id")):
        return None
    domain = (document.meta("vf:domain") or urlsplit(document.url).hostname or "").lower().removeprefix("www.")
    if not _DOMAIN.fullmatch(domain) or ".." in domain:
        return None
    query = {"session": "false", "container_id": container, "domain": domain}
    url = canonical(f"https://api.viafoura.co/v2/{domain}/bootstrap/v2?{urlencode(query)}")
    follow = Follow(url, "comments", "POST", _ABOUT_SECTION, (("Content-Type", "application/json"),)) if url else None
    nodes = document.tree.xpath('//vf-conversations|//*[contains(concat(" ", @class, " "), " viafoura ")]')
    return leading(document, shared_thread_id(document, PLATFORM, domain, container), [follow], nodes)


def read_answer(document: Document) -> Discussion | None:
    """The section, a page of comments, or the replies to one; None for an error."""
    if document.page.status != 200 or "viafoura.co/" not in document.url:
        return None
    about_section, about_comments = _BOOTSTRAP.match(document.url), _REPLIES.match(document.url)
    query = dict(parse_qsl(urlsplit(document.url).query))
    if not (about_section or about_comments) or not {"container_id", "domain"} <= query.keys():
        return None
    if about_comments:
        return _read_comments(document, query, about_comments[1], about_comments[2], about_comments[3])
    result = mapping(mapping(document.json).get("result"))
    section = identifier(mapping(result.get("settings")).get("site_uuid") or mapping(result.get("sectionTree")).get("uuid"))
    if section is None or not _UUID.fullmatch(section):
        return None
    return answered(document, _thread(document, query), [], [_follow(section, query, _WITH_REPLIES)])


def _read_comments(
    document: Document, query: Mapping[str, str], section: str, container: str | None, top: str | None
) -> Discussion | None:
    """A page of the section's comments, or of the replies to `top`."""
    answer = mapping(document.json)
    if not isinstance(answer.get("contents"), list):
        return None
    container = container or identifier(answer.get("content_container_uuid"))
    read = [
        (comment, _entry(comment, above, container))
        for comment, above in nested(answer["contents"], top, _replies, "content_uuid")
    ]
    follow = [] if top else [_replies_of(section, container, one, query) for one in _half_shown(read)]
    if answer.get("more_available") is True:
        last = next((one.id for _, one in reversed(read) if one and (top or one.parent is None)), None)
        path = document.url.partition("?")[0].removeprefix(_LIVE)
        rest = {"starting_from": last or ""} | ({} if top else _WITH_REPLIES)
        follow.append(_follow(path, query, rest) if last and last != query.get("starting_from") else None)
    entries = [entry for _, entry in read]
    return answered(document, _thread(document, query), entries, follow, claimed=plausible(answer.get("total_visible_content")))


def _half_shown(read: Sequence[tuple[Mapping[str, Any], Entry | None]]) -> list[str]:
    """The comments that have more replies than stand behind them."""
    claimed: dict[str, int] = {}
    here: Counter[str] = Counter()
    root = ""
    for comment, entry in read:
        if entry and entry.id and entry.parent is None:
            root = entry.id
            claimed[root] = plausible(comment.get("total_replies")) or 0
        elif entry:
            here[root] += 1
    return [one for one, count in claimed.items() if count > here[one]]


def _replies(comment: Mapping[str, Any]) -> list[Any]:
    return listed(mapping(comment.get("replies")).get("contents"))


def _entry(comment: Mapping[str, Any], above: str | None, container: str | None) -> Entry | None:
    number, content, state = identifier(comment.get("content_uuid")), comment.get("content"), comment.get("state")
    hidden = isinstance(state, str) and state.lower() != "visible"
    if number is None or not (hidden or isinstance(content, str)):
        return None
    actor, parent = mapping(comment.get("actor")), identifier(comment.get("parent_uuid"))
    return Entry(
        None if hidden else shown(content),
        name=words(actor.get("name")) or words(actor.get("username")),
        stamp=moment(comment.get("date_created")),
        id=number,
        parent=above if parent in (None, number, container) else parent,
        account=identifier(comment.get("actor_uuid")),
        upvotes=plausible(comment.get("total_likes")),
        downvotes=plausible(comment.get("total_dislikes")),
        hidden=hidden,
    )


def _replies_of(section: str, container: str | None, comment: str, query: Mapping[str, str]) -> Follow | None:
    if container is None or not (_UUID.fullmatch(container) and _UUID.fullmatch(comment)):
        return None
    return _follow(f"{section}/{container}/comments/{comment}", query, {})


def _follow(path: str, query: Mapping[str, str], more: Mapping[str, str]) -> Follow | None:
    asked = {"limit": "100"} | dict(more) | {"sorted_by": "newest"} | {name: query[name] for name in ("container_id", "domain")}
    url = canonical(f"{_LIVE}{path}?{urlencode(asked)}")
    return Follow(url, "comments") if url else None


def _thread(document: Document, query: Mapping[str, str]) -> str:
    return shared_thread_id(document, PLATFORM, query["domain"], query["container_id"])

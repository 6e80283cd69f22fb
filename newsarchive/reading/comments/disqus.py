"""Disqus: the embed's own data (its first 50 comments), and the rest from the public API, for which a key is needed.

API: https://disqus.com/api/docs/threads/listPosts/: `thread=ident:ID` or `link:URL` beside `forum`, `limit` of 100 at most,
times in UTC. The embed (`disqus.com/embed/comments/`, `script#disqus-threadData`) is as public pages show it, as of 2026.
The rest is asked for from the thread's beginning, oldest first: the embed's cursor counts in another order.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from newsarchive.items import Follow
from newsarchive.keys import placeholder
from newsarchive.reading.comments.answers import answered, identifier, leading, listed, mapping, shared_thread_id, utc, words
from newsarchive.reading.comments.discussion import Discussion
from newsarchive.reading.comments.entry import Entry
from newsarchive.reading.comments.marks import html_text
from newsarchive.reading.comments.scripts import assigned, own_address
from newsarchive.reading.counts import plausible
from newsarchive.reading.document import Document
from newsarchive.urls import canonical

PLATFORM = "disqus"
_EMBED = "https://disqus.com/embed/comments/"
_POSTS = "https://disqus.com/api/3.0/threads/listPosts.json"
_SHORTNAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
_SCRIPT = re.compile(r"//([A-Za-z0-9_-]{1,64})\.disqus\.com/embed\.js")

_PRINTED, _PRINTED_COMMENT = ("dsq-content", "dsq-comments"), re.compile(r"dsq-comment-\d{1,20}")


def read_page(document: Document) -> Discussion | None:
    """The request for the embed, where a page loads one, unless the server prints the comments into its pages."""
    if "disqus" not in document.text or not (shortname := _shortname(document)) or _is_printed(document):
        return None
    url = assigned(document, "disqus_url", "disqusUrl", "page.url") or own_address(document)
    name = words(assigned(document, "disqus_identifier", "disqusIdentifier", "page.identifier"))
    query = {"base": "default", "f": shortname} | ({"t_i": name} if name else {}) | {"t_u": url}
    nodes = document.tree.xpath('//*[@id="disqus_thread"]')
    return leading(document, shared_thread_id(document, PLATFORM, shortname, name or url), [_follow(_EMBED, query)], nodes)


def read_answer(document: Document) -> Discussion | None:
    """What the embed or the API shows; None for an error."""
    address, _, _ = document.url.partition("?")
    if document.page.status != 200 or address not in (_EMBED, _POSTS):
        return None
    query = dict(parse_qsl(urlsplit(document.url).query))
    return _read_embed(document, query) if address == _EMBED else _read_posts(document, query)


def _shortname(document: Document) -> str | None:
    if "disqus_thread" not in document.text:  # scripts that only count comments name the newspaper too
        return None
    found = assigned(document, "disqus_shortname", "disqusShortname")
    if found is None:
        texts = (f"{script.get('src', '')} {script.text or ''}" for script in document.tree.iter("script"))
        found = next((name[1] for text in texts if (name := _SCRIPT.search(text))), None)
    return found if found and _SHORTNAME.fullmatch(found) else None


def _is_printed(document: Document) -> bool:
    """Whether the page has the copy of the thread that Disqus' plugins print, which the general reader reads."""
    return any(one.get("id") in _PRINTED or _PRINTED_COMMENT.fullmatch(one.get("id", "")) for one in document.marked("dsq-co"))


def _read_embed(document: Document, query: dict[str, str]) -> Discussion | None:
    source = next((one.text for one in document.tree.iter("script") if one.get("id") == "disqus-threadData"), None)
    data: Any = None
    with suppress(ValueError, RecursionError):
        data = json.loads(source or "")
    answer, key = mapping(mapping(data).get("response")), query.get("t_i") or query.get("t_u")
    if "f" not in query or key is None or not isinstance(answer.get("posts"), list):
        return None
    follow = []
    if mapping(mapping(data).get("cursor")).get("hasNext"):
        kind = "ident" if "t_i" in query else "link"
        rest = {"forum": query["f"], "thread": f"{kind}:{key}", "limit": "100", "order": "asc", "api_key": placeholder(PLATFORM)}
        follow = [_follow(_POSTS, rest)]
    thread = mapping(answer.get("thread"))
    return answered(
        document,
        shared_thread_id(document, PLATFORM, query["f"], key),
        [_entry(post) for post in answer["posts"]],
        follow,
        claimed=plausible(thread.get("posts")),
        status="closed" if thread.get("isClosed") is True else "open",
    )


def _read_posts(document: Document, query: dict[str, str]) -> Discussion | None:
    answer, key = mapping(document.json), query.get("thread", "").partition(":")[2]
    if "forum" not in query or not key or not isinstance(answer.get("response"), list):
        return None
    cursor, follow = mapping(answer.get("cursor")), []
    if cursor.get("hasNext"):
        after = identifier(cursor.get("next"))
        follow = [_follow(_POSTS, query | {"cursor": after}) if after and after != query.get("cursor") else None]
    posts = [_entry(post) for post in listed(answer["response"])]
    return answered(document, shared_thread_id(document, PLATFORM, query["forum"], key), posts, follow)


def _entry(value: object) -> Entry | None:
    post = mapping(value)
    author, number, message = mapping(post.get("author")), identifier(post.get("id")), post.get("message")
    hidden = post.get("isDeleted") is True
    if number is None or not (hidden or isinstance(message, str)):
        return None
    return Entry(
        html_text(message) if isinstance(message, str) and not hidden else None,
        name=words(author.get("name")),
        stamp=utc(post.get("createdAt")),
        id=number,
        parent=identifier(post.get("parent")),
        account=None if author.get("isAnonymous") else identifier(author.get("id")),
        upvotes=plausible(post.get("likes")),
        downvotes=plausible(post.get("dislikes")),
        hidden=hidden,
    )


def _follow(address: str, query: dict[str, str]) -> Follow | None:
    asked = canonical(f"{address}?{urlencode(query)}")
    return Follow(asked, "comments") if asked else None

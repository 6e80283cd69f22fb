"""Discourse as a comment section: the embed tells which topic, the topic's JSON holds its posts.

https://meta.discourse.org/t/embed-discourse-comments-on-another-website-via-javascript/31963 and https://docs.discourse.org/
(`/t/ID.json` has the first posts and, in `post_stream.stream`, the ids of all; `/t/ID/posts.json?post_ids[]=` gives others). The
embed shows a part of the posts, without exact times: only the topic is read from it. The first post stands for the article and
is none of the comments. No answer names the article, so the addresses do (`embed_url`, which these requests leave alone).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from newsarchive.items import Follow, ThreadStatus
from newsarchive.reading.comments.answers import answered, identifier, leading, listed, mapping, shared_thread_id, utc, words
from newsarchive.reading.comments.discussion import Discussion
from newsarchive.reading.comments.entry import Entry
from newsarchive.reading.comments.marks import html_text
from newsarchive.reading.comments.scripts import assigned, own_address
from newsarchive.reading.counts import plausible
from newsarchive.reading.document import Document
from newsarchive.urls import canonical

PLATFORM = "discourse"
_EMBED, _TOPIC = "embed/comments", re.compile(r"(?P<base>/(?:.*/)?)t/(?P<topic>\d{1,12})(?P<rest>\.json|/posts\.json)")
_LINK = re.compile(r"/t/(?:[^/]+/)?(\d{1,12})(?:/\d{1,12})?/?$")
_LINKS = '//header//a/@href | //a[contains(@class, "post-date")]/@href | //footer//a/@href'
_NO_COMMENT = (3, 4)  # post types: "this topic was closed", what staff whispers among itself
_LIKE = 2  # the number of this kind of action
_CHUNK, _MOST = 50, 20_000  # posts that are asked for at once, and in all


def read_page(document: Document) -> Discussion | None:
    """The request for the embed, or for the topic where the page names it."""
    if "DiscourseEmbed" not in document.text:
        return None
    base = document.absolute(assigned(document, "discourseUrl", after="DiscourseEmbed") or "")
    topic = assigned(document, "topicId", after="DiscourseEmbed")
    url = assigned(document, "discourseEmbedUrl", after="DiscourseEmbed") or own_address(document)
    if base is None:
        return None
    base = base.rstrip("/") + "/"
    asked = f"t/{topic}.json" if topic and topic.isdecimal() else _EMBED
    nodes = document.tree.xpath('//*[@id="discourse-comments"]')
    return leading(document, shared_thread_id(document, PLATFORM, base, url), [_follow(f"{base}{asked}", url)], nodes)


def read_answer(document: Document) -> Discussion | None:
    """The topic that the embed shows, or the posts of a topic; None for an error."""
    parts = urlsplit(document.url)
    url = next(iter(parse_qs(parts.query).get("embed_url", [])), None)
    found = _TOPIC.fullmatch(parts.path)
    if not url or document.page.status != 200 or not (found or parts.path.endswith(f"/{_EMBED}")):
        return None
    base = parts._replace(path=found["base"] if found else parts.path.removesuffix(_EMBED), query="").geturl()
    thread = shared_thread_id(document, PLATFORM, base, url)
    scope = base.partition("//")[2].removeprefix("www.")
    if not found:
        topic = next((link[1] for href in document.tree.xpath(_LINKS) if (link := _LINK.search(str(href)))), None)
        return answered(document, thread, [], [_follow(f"{base}t/{topic}.json", url)] if topic else [])
    body = mapping(document.json)
    stream = mapping(body.get("post_stream"))
    if "posts" not in stream:
        return None
    posts = [mapping(post) for post in listed(stream["posts"])]
    entries = [_entry(post, found["topic"]) for post in posts if _is_comment(post)]
    if found["rest"] != ".json":
        return answered(document, thread, entries, scope=scope)
    claimed = plausible(body.get("posts_count"))
    status: ThreadStatus = "closed" if body.get("closed") is True or body.get("archived") is True else "open"
    follow = _others(f"{base}t/{found['topic']}/posts.json", url, posts, listed(stream.get("stream")))
    return answered(document, thread, entries, follow, claimed=claimed - 1 if claimed else None, status=status, scope=scope)


def _follow(address: str, url: str, posts: list[str] | None = None) -> Follow | None:
    asked = canonical(f"{address}?{urlencode([('embed_url', url), *(('post_ids[]', post) for post in posts or ())])}")
    return Follow(asked, "comments") if asked else None


def _others(address: str, url: str, posts: list[Mapping[str, Any]], stream: list[Any]) -> list[Follow | None]:
    """The requests for the posts that do not stand in this answer; None at their end if there are too many."""
    here = {identifier(post.get("id")) for post in posts}
    missing = [post for post in dict.fromkeys(map(identifier, stream)) if post and post.isdecimal() and post not in here]
    asked = [_follow(address, url, missing[at : at + _CHUNK]) for at in range(0, min(len(missing), _MOST), _CHUNK)]
    return asked + ([None] if len(missing) > _MOST else [])


def _is_comment(post: Mapping[str, Any]) -> bool:
    return post.get("post_number") != 1 and post.get("post_type") not in _NO_COMMENT


def _entry(post: Mapping[str, Any], topic: str) -> Entry | None:
    number, above = (plausible(post.get(name)) for name in ("post_number", "reply_to_post_number"))
    text = words(post.get("cooked"))
    hidden = post.get("hidden") is True or post.get("user_deleted") is True or bool(post.get("deleted_at"))
    if number is None or (text is None and not hidden):
        return None
    likes = (one for one in map(mapping, listed(post.get("actions_summary"))) if one.get("id") == _LIKE)
    return Entry(
        text=html_text(text) if text else None,
        name=words(post.get("username")),
        stamp=utc(post.get("created_at")),
        id=f"{topic}-{number}",
        parent=f"{topic}-{above}" if above and above not in (1, number) else None,
        account=identifier(post.get("user_id")),
        upvotes=next((plausible(one.get("count")) for one in likes), None),
        hidden=hidden,
    )

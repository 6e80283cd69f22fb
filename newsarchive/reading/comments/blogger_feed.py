"""The comment feed of a Blogger post: who wrote what when, and which comment it answers.

https://developers.google.com/gdata/docs/json; a reply links its parent as `.../comments/default/PARENT` (`rel=related`), a
removed comment has the property `blogger.contentRemoved`. Asked as Blogger's own templates ask for more: oldest first, from a
time on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from newsarchive.items import Follow
from newsarchive.reading.comments.answers import answered, listed, mapping, words
from newsarchive.reading.comments.discussion import Discussion, thread_id
from newsarchive.reading.comments.entry import Entry
from newsarchive.reading.comments.marks import html_text
from newsarchive.reading.counts import plausible
from newsarchive.reading.document import Document
from newsarchive.urls import canonical

PLATFORM = "blogger"
_FEED = re.compile(r"/feeds/(?:\d{1,25}/)?(\d{5,25})/comments/(?:default|full)")
_PARENT = re.compile(r"/comments/(?:default|full)/(\d{5,25})(?=$|\?)")
_ENTRY_ID = re.compile(r"\.post-(\d{5,25})$")
_PROFILE = re.compile(r"//(?:www\.)?(?:blogger\.com/profile|plus\.google\.com)/(\d{5,30})")
_MOST = 200  # comments that a page of the feed is asked for


def post_in(url: str) -> str | None:
    """The number of the post whose comment feed this is."""
    found = _FEED.search(url)
    return found[1] if found else None


def account_in(url: str) -> str | None:
    """The number of the account whose profile this is."""
    found = _PROFILE.search(url)
    return found[1] if found else None


def question(page: str, post: str, *, after: str | None = None) -> tuple[Follow, ...]:
    """The request for the comments of a post of the blog whose page this is; for those since `after`, if given."""
    query = {"alt": "json", "orderby": "published", "reverse": "false", "max-results": str(_MOST), "start-index": "1"}
    return _follow(urlsplit(page)._replace(path=f"/feeds/{post}/comments/default").geturl(), query, after)


def _follow(url: str, query: dict[str, str], after: str | None = None) -> tuple[Follow, ...]:
    asked = urlencode(query | ({"published-min": after} if after else {}))
    found = canonical(urlsplit(url)._replace(query=asked, fragment="").geturl())
    return (Follow(found, "comments"),) if found else ()


def read_answer(document: Document) -> Discussion | None:
    """The comments of a page of such a feed; None for another."""
    parts = urlsplit(document.url)
    post = _FEED.fullmatch(parts.path)
    if post is None or "alt=json" not in parts.query or document.page.status != 200 or not isinstance(document.json, dict):
        return None
    feed, asked = mapping(document.json.get("feed")), dict(parse_qsl(parts.query))
    rows = listed(feed.get("entry"))
    total, first = (plausible(_text(feed.get(f"openSearch${name}"))) for name in ("totalResults", "startIndex"))
    reached = (first or 1) + len(rows)
    more = _follow(document.url, asked | {"start-index": str(reached)}) if rows and reached <= (total or 0) else ()
    claimed = None if "published-min" in asked else total  # of a part of the thread, the total counts that part
    entries = [_entry(mapping(row)) for row in rows]
    return answered(document, thread_id(PLATFORM, document.url, post[1]), entries, more, claimed=claimed)


def _entry(row: Mapping[str, Any]) -> Entry | None:
    """A comment of the feed; None for what has no number or text."""
    number = _ENTRY_ID.search(_text(row.get("id")) or "")
    text = _text(row.get("content")) or _text(row.get("summary"))
    if number is None or text is None:
        return None
    properties = {words(one.get("name")): words(one.get("value")) for one in map(mapping, listed(row.get("gd$extendedProperty")))}
    author = mapping(next(iter(listed(row.get("author"))), None))
    links = (words(mapping(link).get("href")) or "" for link in listed(row.get("link")))
    parents = (found[1] for link in links if (found := _PARENT.search(link)))
    return Entry(
        text=html_text(text),
        name=_text(author.get("name")),
        words=properties.get("blogger.displayTime"),
        stamp=_text(row.get("published")),
        id=number[1],
        parent=next((one for one in parents if one != number[1]), None),
        account=account_in(_text(author.get("uri")) or ""),
        hidden="blogger.contentRemoved" in properties,
    )


def _text(value: object) -> str | None:
    """What Google's JSON holds in `$t`."""
    return words(mapping(value).get("$t"))

"""Comments in a page's JSON-LD: `comment` of an article or a posting, and objects of type `Comment` that stand by themselves.

https://schema.org/Comment, https://developers.google.com/search/docs/appearance/structured-data/discussion-forum. A publisher may
put only some of the comments there, or cut their texts. So they are taken where they are complete in themselves, and where the
general reader finds no more in the page: both ways lead to the one thread of the page. Reviews are none, nor what belongs to a
list of articles.
"""

from __future__ import annotations

import html
import re
from typing import Any

from newsarchive.items import Thread
from newsarchive.reading.comments import listed
from newsarchive.reading.comments.answers import words
from newsarchive.reading.comments.discussion import Discussion, thread_id
from newsarchive.reading.comments.entry import Entry, comments_of, moment
from newsarchive.reading.comments.lists.key import home_of, thread_key
from newsarchive.reading.comments.marks import html_text
from newsarchive.reading.counts import count_in_json_ld, plausible
from newsarchive.reading.document import Document
from newsarchive.reading.structured import address, is_article, line
from newsarchive.text import clean_block

_COMMENT = {"Comment", "UserComments"}
_POSTING = {"DiscussionForumPosting", "SocialMediaPosting", "Question", "WebPage"}
_MOST = 100_000  # comments of one page; where there are so many, they may not be all
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,1000}>")
_CUT = ("…", "...", "[…]", "[...]")


def read_answer(document: Document) -> Discussion | None:
    """None: what is in a page is no answer."""
    return None


def read_page(document: Document) -> Discussion | None:
    """The comments in the page's JSON-LD, if they are all."""
    if "ld+json" not in document.text or ('"text"' not in document.text and '"commentText"' not in document.text):
        return None
    entries = _entries(_found(document), document)
    if not entries or not all(entry.text and (entry.name or entry.stamp) for entry in entries):
        return None
    shown, claimed = listed.read_page(document), count_in_json_ld(document)
    whole = (claimed or 0) <= len(entries) < _MOST and not any((entry.text or "").endswith(_CUT) for entry in entries)
    if shown and shown.comments and (not whole or shown.follow or len(shown.comments) > len(entries)):
        return None
    thread = Thread(
        id=thread_id(listed.PLATFORM, document.url, thread_key(document)),
        platform=listed.PLATFORM,
        url=home_of(document.url),
        status="open",
        comment_count_reported=claimed,
        whole=whole,
    )
    return Discussion(thread, comments_of(document, thread.id, entries), nodes=shown.nodes if shown else ())


def _found(document: Document) -> list[tuple[dict[str, Any], int | None]]:
    """The comment objects in page order, each with the place of the one it answers; replies right behind theirs."""
    found: list[tuple[dict[str, Any], int | None]] = []
    named_by: dict[str, int] = {}
    waiting: list[tuple[Any, int | None]] = [(one, None) for one in reversed(_roots(document))]
    while waiting and len(found) < _MOST:
        one, under = waiting.pop()
        if not isinstance(one, dict) or (_kinds(one) and not _kinds(one) & _COMMENT):
            continue
        own = address([one.get("@id"), one.get("url")])
        if own and one.get("@id") and own in named_by:  # it stands by itself too
            continue
        named_by.setdefault(own or "", len(found))
        found.append((one, under))
        waiting += [(reply, len(found) - 1) for reply in reversed(_several(one.get("comment")))]
    above = [named_by.get(address(one.get("parentItem") or one.get("replyToUrl")) or " ") for one, _ in found]
    return [(one, under if under is not None else over) for (one, under), over in zip(found, above, strict=True)]


def _roots(document: Document) -> list[Any]:
    """What may be a comment: under the page's only article or posting, and by itself."""
    things = [part for one in document.json_ld for part in (one, *_several(one.get("mainEntity"))) if isinstance(part, dict)]
    commented = [one for one in things if one.get("comment") and (is_article(one) or _kinds(one) & _POSTING)]
    under = [] if len(commented) > 1 else [part for one in commented for part in _several(one.get("comment"))]
    return under + [one for one in document.json_ld if _kinds(one) & _COMMENT]


def _entries(found: list[tuple[dict[str, Any], int | None]], document: Document) -> list[Entry]:
    people = {str(one.get("@id")): one for one in document.json_ld if "name" in one}
    return [
        Entry(
            text=_text(one),
            name=_name(one.get("author") or one.get("creator"), people),
            stamp=next(filter(None, (moment(one.get(name)) for name in ("dateCreated", "datePublished", "commentTime"))), None),
            under=under if under != at else None,
            upvotes=plausible(one.get("upvoteCount")),
            downvotes=plausible(one.get("downvoteCount")),
        )
        for at, (one, under) in enumerate(found)
    ]


def _name(author: Any, people: dict[str, dict[str, Any]]) -> str | None:
    """The author's name: a text, or of an object, which may stand elsewhere in the page under its `@id`."""
    author = author[0] if isinstance(author, list) and author else author
    if isinstance(author, dict) and "name" not in author:
        author = people.get(str(author.get("@id")))
    return line(author)


def _text(one: dict[str, Any]) -> str | None:
    text = next(filter(None, (words(one.get(name)) for name in ("text", "commentText", "articleBody"))), None)
    if text is None:
        return None
    return html_text(text) if _TAG.search(text) else clean_block(html.unescape(text)) or None


def _kinds(one: Any) -> set[str]:
    kinds = one.get("@type") if isinstance(one, dict) else None
    return {kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)}


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]

"""The comments that a feed mentions, RSS or Atom: on which article's page each stands, and when it was written.

A feed of comments (WordPress: /comments/feed/) holds the last few of the whole site. Their words stand on the articles' own
pages, and are read there; what the feed tells is that somebody spoke, in a thread that nobody expected to wake up.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from lxml import etree

from newsarchive.items import Mention
from newsarchive.reading.document import Document
from newsarchive.reading.feeds import comment_entries
from newsarchive.reading.wordpress import without_comment_page
from newsarchive.urls import canonical, same_site

_DATES = ("{*}pubDate", "{*}published", "{*}updated", "{*}date")  # RSS 2.0, Atom (RFC 4287), Dublin Core


def read_mentions(document: Document) -> tuple[Mention, ...]:
    """The comments on this site's articles that a feed lists with a date; a date after the feed's capture counts for none."""
    mentions = _mentions(document)
    return tuple(one for one in mentions if one.at <= document.page.captured_at and same_site(one.url, document.url))


def _mentions(document: Document) -> Iterator[Mention]:
    for entry, link in comment_entries(document):
        url, at = canonical(link, document.url), _written(entry)
        if url and at:
            yield Mention(without_comment_page(url), at)


def _written(entry: etree._Element) -> datetime | None:
    """When an entry was written: RFC 5322 in RSS, RFC 3339 in Atom."""
    stated = next((text.strip() for name in _DATES if (text := entry.findtext(name))), "")
    for parse in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            at = parse(stated)
        except ValueError:
            continue
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return None

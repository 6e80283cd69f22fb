"""Comments on a page of their own, which the article's page only links: "12 comments" to `/story/comments` or `/forum.php?id=77`.

The page behind the link is read by the general readers, in the article's thread. Where its address does not say of which article
it is, it is asked for with our parameter (`lists.key.keyed`), as a button's endpoint is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import parse_qsl, urlsplit

from newsarchive.items import Follow, Thread
from newsarchive.reading.comments import listed
from newsarchive.reading.comments.discussion import Discussion, thread_id
from newsarchive.reading.comments.lists.key import handed_down, home_of, is_paging, keyed, thread_key
from newsarchive.reading.comments.lists.words import COMMENT, ELSEWHERE, names_comment
from newsarchive.reading.counts import count_in
from newsarchive.reading.document import Document
from newsarchive.text import clean_line
from newsarchive.urls import same_site, url_key

_MOST_LINKS = 2_000
_LONGEST = 60  # characters of a link's words
_LONG_NUMBER = re.compile(r"\d{5,}")
_SHORT = 8  # characters of a value that may be a word of the site, not the article's name
_EXTENSION = re.compile(r"\.\w{2,5}$")
_NO_PAGE = re.compile(r"feed|rss|login|signin|register|polic|rules|guideline|netiquette", re.IGNORECASE)


def read_answer(document: Document) -> Discussion | None:
    """None: the page behind the link is a page of the newspaper itself."""
    return None


def read_page(document: Document) -> Discussion | None:
    """The way to the article's comments, where the page shows none."""
    if handed_down(document.url) or not (found := next(_links(document), None)):
        return None
    url, claimed = found
    key = thread_key(document)
    asked = url if url_key(home_of(url)) == url_key(home_of(document.url)) else keyed(url, key)
    if not asked:
        return None
    follow = (Follow(asked, "comments"),)
    thread = Thread(
        thread_id(listed.PLATFORM, document.url, key),
        listed.PLATFORM,
        url=home_of(document.url),
        comment_count_reported=claimed,
        pages=follow,
    )
    return Discussion(thread, follow=follow)


def _links(document: Document) -> Iterator[tuple[str, int]]:
    """The links that count comments on a page that bears this article's name, with their counts; nobody has commented: none."""
    own, here, home = _names(document.url, last_only=True), url_key(document.url), url_key(home_of(document.url))
    for element in islice(document.tree.iter("a"), _MOST_LINKS):
        href = element.get("href", "")
        if not (names_comment(href) or names_comment(element.get("class", ""))) or _NO_PAGE.search(href):
            continue
        words = clean_line(element.text_content()[: _LONGEST + 1]).lower()
        if len(words) > _LONGEST or not COMMENT.search(words) or ELSEWHERE.search(words) or not (count := count_in(words)):
            continue
        url = document.absolute(href)
        if url and url_key(url) != here and same_site(url, document.url) and (url_key(home_of(url)) == home or own & _names(url)):
            yield url, count


def _names(url: str, *, last_only: bool = False) -> set[str]:
    """What in an address may be the name of one article: the last part of its path (or any), long numbers, numbers told to it."""
    parts = urlsplit(url)
    segments = [_EXTENSION.sub("", one) for one in parts.path.split("/") if one]
    told = [value for name, value in parse_qsl(parts.query) if value.isdecimal() and not is_paging(name, value)]
    last = segments[-1:] if last_only else segments
    return {one for one in (*last, *told) if one in told or len(one) >= _SHORT} | set(_LONG_NUMBER.findall("/".join(last)))

"""Who answers whom, asked of WordPress's REST interface: the one thing that a flattened page does not show.

https://developer.wordpress.org/rest-api/reference/comments/: `per_page` is 100 at most, `X-WP-TotalPages` tells the last
page. Text, author and time are not asked for: read from two sources, a difference of form would become a false edit.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, parse_qsl, urlsplit

from newsarchive.items import Follow, Placement, Thread
from newsarchive.reading.comments.discussion import Discussion, thread_id
from newsarchive.reading.document import Document
from newsarchive.reading.identity import place
from newsarchive.reading.wordpress import install
from newsarchive.urls import canonical

PLATFORM = "wordpress"
_FIELDS = "id,parent"


def id_prefix(document: Document) -> str:
    """What the ids of comments begin with: numbers are the install's own, so one outside the root names its folder."""
    return f"{document.profile.site}:{PLATFORM}:{place(document, install(document))}"


def question(document: Document, post: str) -> tuple[Follow, ...]:
    """The first page of the answer, where the site advertises its REST interface (`/wp-json/` or `?rest_route=/`)."""
    href = next(iter(document.tree.xpath('//link[@rel="https://api.w.org/"]/@href')), "")
    if not (base := document.absolute(href)):
        return ()
    sign = "&" if "?" in base else "?"
    return _follow(f"{base}wp/v2/comments{sign}post={post}&per_page=100&_fields={_FIELDS}&page=1")


def is_answer(url: str) -> bool:
    """Whether this is the address of such a question."""
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    route = next(iter(query.get("rest_route", [])), parts.path)
    return route.endswith("/wp/v2/comments") and query.get("_fields") == [_FIELDS] and "post" in query


def read_answer(document: Document) -> Discussion | None:
    """The placements on one page of the answer; None for an error (a site may close its interface)."""
    rows = document.json
    if document.page.status != 200 or not isinstance(rows, list):
        return None
    prefix, query = id_prefix(document), dict(parse_qsl(urlsplit(document.url).query))
    placements = tuple(
        Placement(f"{prefix}{row['id']}", f"{prefix}{row['parent']}" if row.get("parent") else None)
        for row in rows
        if isinstance(row, dict) and isinstance(row.get("id"), int) and isinstance(row.get("parent", 0), int)
    )
    page, last = query.get("page", "1"), document.page.header("x-wp-totalpages") or "1"
    follow: tuple[Follow, ...] = ()
    if page.isdecimal() and last.isdecimal() and int(page) < int(last):
        follow = _follow(re.sub(r"([?&]page=)\d+", rf"\g<1>{int(page) + 1}", document.url))
    thread = Thread(thread_id(PLATFORM, document.url, query["post"], folder=install(document)), PLATFORM)
    return Discussion(thread, placements=placements, follow=follow, article_page=False)


def _follow(url: str) -> tuple[Follow, ...]:
    asked = canonical(url)
    return (Follow(asked, "comments"),) if asked else ()

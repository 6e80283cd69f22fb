"""WordPress's REST interface: who answers whom where a page does not show it, and whole comments where a page shows none.

https://developer.wordpress.org/rest-api/reference/comments/: `per_page` is 100 at most, `X-WP-TotalPages` tells the last
page. Where the page shows the comments, only their parents are asked for: read from two sources, a difference of form would
become a false edit.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

from newsarchive.items import Follow, Placement, Thread
from newsarchive.reading.comments.discussion import Discussion, thread_id
from newsarchive.reading.comments.entry import Entry, comments_of
from newsarchive.reading.comments.marks import html_text
from newsarchive.reading.counts import plausible
from newsarchive.reading.document import Document
from newsarchive.reading.identity import place
from newsarchive.reading.wordpress import install
from newsarchive.urls import canonical, same_site

PLATFORM = "wordpress"
PARENTS = "id,parent"
WHOLE = "id,parent,author,author_name,date_gmt,content"


def scope(document: Document) -> str:
    """What stands before a comment's number: numbers are the install's own, so one outside the root names its folder."""
    return place(document, install(document))


def question(document: Document, post: str, fields: str) -> tuple[Follow, ...]:
    """The first page of the answer, where the site advertises its own REST interface (`/wp-json/` or `?rest_route=/`).

    `fields` is PARENTS or WHOLE.
    """
    href = next(iter(document.linked("https://api.w.org/")), "")
    base = document.absolute(href)
    if base is None or not same_site(base, document.url):
        return ()
    sign = "&" if "?" in base else "?"
    return _follow(f"{base}wp/v2/comments{sign}post={post}&per_page=100&_fields={fields}&page=1")


def read_answer(document: Document) -> Discussion | None:
    """The comments, or only their placements, on one page of the answer; None for what is no such answer, and for an error
    (a site may close its interface)."""
    if not _is_answer(document.url) or document.page.status != 200 or not isinstance(document.json, list):
        return None
    query = dict(parse_qsl(urlsplit(document.url).query))
    rows = [row for row in document.json if isinstance(row, dict) and _is_numbered(row)]
    follow = _next(document, query.get("page", "1"))
    thread = Thread(
        thread_id(PLATFORM, document.url, query["post"], folder=install(document)),
        PLATFORM,
        comment_count_reported=plausible(document.page.header("x-wp-total")) if query["_fields"] == WHOLE else None,
        pages=follow,
        whole=len(rows) == len(document.json),
    )
    if query["_fields"] == WHOLE:
        comments = comments_of(document, thread.id, [_entry(row) for row in rows], scope=scope(document))
        return Discussion(thread, comments=comments, follow=follow, article_page=False)
    return Discussion(thread, placements=_placements(document, rows), follow=follow, article_page=False)


def _is_answer(url: str) -> bool:
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    route = next(iter(query.get("rest_route", [])), parts.path)
    return route.endswith("/wp/v2/comments") and query.get("_fields") in ([PARENTS], [WHOLE]) and "post" in query


def _is_numbered(row: Mapping[str, Any]) -> bool:
    return bool(plausible(row.get("id"))) and plausible(row.get("parent", 0)) is not None


def _placements(document: Document, rows: list[dict[str, Any]]) -> tuple[Placement, ...]:
    prefix = f"{document.profile.site}:{PLATFORM}:{scope(document)}"
    return tuple(Placement(f"{prefix}{row['id']}", f"{prefix}{row['parent']}" if row.get("parent") else None) for row in rows)


def _entry(row: Mapping[str, Any]) -> Entry:
    name, date, content = row.get("author_name"), row.get("date_gmt"), row.get("content")
    source = content.get("rendered") if isinstance(content, dict) else None
    return Entry(
        html_text(source) if isinstance(source, str) else None,
        name=name if isinstance(name, str) else None,
        stamp=f"{date}Z" if isinstance(date, str) else None,
        id=str(row["id"]),
        parent=str(row["parent"]) if row.get("parent") else None,
    )  # no account: `author` is a number, pages name the same author by a word


def _next(document: Document, page: str) -> tuple[Follow, ...]:
    last = document.page.header("x-wp-totalpages") or "1"
    if page.isdecimal() and last.isdecimal() and int(page) < int(last):
        return _follow(re.sub(r"([?&]page=)\d+", rf"\g<1>{int(page) + 1}", document.url))
    return ()


def _follow(url: str) -> tuple[Follow, ...]:
    asked = canonical(url)
    return (Follow(asked, "comments"),) if asked else ()

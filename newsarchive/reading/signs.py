"""Signs that nothing has changed: what WordPress's REST interface tells of 100 posts, or of 100 comments, in one answer.

A sign is a digest over what stands there of one post, and of each of its comments: words, dates, parents, status. Where all signs
of a thread are what they were when its pages were read, these need not be asked for again. A sign never says what the words are:
articles and comments come from the pages. https://developer.wordpress.org/rest-api/reference/posts/ and .../comments/
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from newsarchive.items import Follow, Reading, Sign
from newsarchive.reading.comments.discussion import thread_id
from newsarchive.reading.counts import plausible
from newsarchive.reading.document import Document
from newsarchive.reading.wordpress import install
from newsarchive.urls import canonical, same_site

_PLATFORM = "wordpress"
# By number, lowest first: what is new stands on the last page, and the others stay as they were.
_ORDER = "per_page=100&orderby=id&order=asc"
_ORDERED = {"per_page": "100", "orderby": "id", "order": "asc"}
_POSTS = "id,link,date_gmt,modified_gmt,title,content,author,featured_media,comment_status,categories,tags"
_COMMENTS = "id,post,parent,author_name,date_gmt,content"
_FIELDS = {"posts": _POSTS, "comments": _COMMENTS}
_ROUTE = re.compile(r"(?:^|/)wp/v2/(posts|comments)/?$")
_MOST_PAGES = 20_000  # of comments: two million


def sign_follows(document: Document) -> tuple[Follow, ...]:
    """The first page of the list of posts, where a page advertises its own REST interface."""
    base = document.absolute(next(iter(document.linked("https://api.w.org/")), ""))
    if base is None or not same_site(base, document.url):
        return ()
    return _follows([_address(base, "posts", 1)])


def read_signs(document: Document) -> Reading | None:
    """The signs on a page of one of these lists, and its other pages; None for what is no such answer, and for an error."""
    asked = _asked(document.url)
    if asked is None or not isinstance(document.json, list):
        return None
    kind, page = asked
    rows = [row for row in document.json if isinstance(row, dict) and plausible(row.get("post" if kind == "comments" else "id"))]
    if len(rows) < len(document.json):
        return Reading(failure="a list of signs that is none", readers=("signs",))
    return Reading(signs=tuple(_signs(document, kind, rows)), follow=_others(document, kind, page), readers=("signs",))


def _asked(url: str) -> tuple[str, str] | None:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    route = _ROUTE.search(query.get("rest_route", parts.path))
    ours = route and query.get("_fields") == _FIELDS[route[1]] and _ORDERED.items() <= query.items()
    return (route[1], query.get("page", "1")) if route and ours else None


def _signs(document: Document, kind: str, rows: Iterable[Mapping[str, Any]]) -> Iterator[Sign]:
    folder, digests, links = install(document), defaultdict[str, int](int), dict[str, str | None]()
    for row in rows:
        post = str(row["id" if kind == "posts" else "post"])
        digests[post] += _number(row)
        link = row.get("link") if kind == "posts" else None
        links[post] = canonical(link) if isinstance(link, str) and same_site(link, document.url) else None
    for post, digest in digests.items():
        yield Sign(thread_id(_PLATFORM, document.url, post, folder=folder), f"{digest % (1 << 128):032x}", links[post])


def _number(row: Mapping[str, Any]) -> int:
    """A row as a number, so that the sum over a thread's rows does not depend on which pages they stand on."""
    told = json.dumps(row, sort_keys=True, separators=(",", ":"))
    return int.from_bytes(hashlib.sha256(told.encode("utf-8", "replace")).digest()[:16])


def _others(document: Document, kind: str, page: str) -> tuple[Follow, ...]:
    """All other pages at once, from the first one; from the first page of posts also the first one of comments."""
    if page != "1":
        return ()
    last = plausible(document.page.header("x-wp-totalpages")) or 1
    pages = [re.sub(r"([?&]page=)1$", rf"\g<1>{number}", document.url) for number in range(2, min(last, _MOST_PAGES) + 1)]
    if kind == "posts":
        base = document.url.partition("wp/v2/posts")[0].partition("wp%2Fv2%2Fposts")[0]
        pages.append(_address(base, "comments", 1))
    return _follows(pages)


def _address(base: str, kind: str, page: int) -> str:
    return f"{base}wp/v2/{kind}{'&' if '?' in base else '?'}{_ORDER}&_fields={_FIELDS[kind]}&page={page}"


def _follows(urls: Iterable[str]) -> tuple[Follow, ...]:
    asked = (canonical(url) for url in urls)
    return tuple(Follow(url, "signs") for url in asked if url)

"""Flat comments: a list in the page without ids or parents, and the JSON endpoint that its "load more" button asks.

A comment's id is made of its thread, nick and text, and of its place among equals, so that a page whose "1 month ago" has
become "2 months ago" gives the same comments.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from urllib.parse import parse_qsl, urlsplit

from newsarchive.items import Comment, Follow, Thread
from newsarchive.reading.comments import flat_json
from newsarchive.reading.comments.discussion import Discussion, thread_id
from newsarchive.reading.comments.flat_list import FlatList, find_list
from newsarchive.reading.comments.marks import dated
from newsarchive.reading.comments.section import claimed_count, section
from newsarchive.reading.document import Document, Element
from newsarchive.text import clean_line, fold
from newsarchive.urls import same_site

PLATFORM = "flat"
_KEY = re.compile(
    r"(?:article|post|thread|story|news|entry|content|item|object|topic|commentpost|n)id|article|post|thread|story|news"
)
_MORE = ("data-url", "data-href", "data-next", "data-next-url", "data-endpoint", "href")
_ENDPOINT = re.compile(r"/(?:api|json|ajax)\b|\.json\b|/comments?\b|[?&]format=json", re.IGNORECASE)
_MORE_WORDS = re.compile(r"more|load|older|next|all|mehr|weitere|suite|plus|más|mais|zvimwe", re.IGNORECASE)


def read_page(document: Document) -> Discussion | None:
    """The flat list that a page shows; None for pages without comments."""
    if document.mime and "html" not in document.mime:
        return None
    found = find_list(document)
    return _read_list(document, found) if found else None


def _read_list(document: Document, found: FlatList) -> Discussion:
    elements = frozenset(entry.element for entry in found.entries)
    nodes = section(found.nodes)
    follow = tuple(_more(document, nodes, elements))
    key = next((key for one in follow if (key := _key_in_url(one.url))), None) or _key_in_page(nodes)
    thread = Thread(
        id=thread_id(PLATFORM, document.url, key or urlsplit(document.url).path),
        platform=PLATFORM,
        url=document.url,
        status="open",
        comment_count_reported=claimed_count(document, nodes, elements),
        pages=follow,
        whole=found.whole,
    )
    rows = [flat_json.Row(entry.name, entry.words, entry.when, entry.text) for entry in found.entries]
    return Discussion(thread, comments=_comments(document, thread.id, rows), follow=follow, nodes=nodes)


def read_answer(document: Document) -> Discussion | None:
    """The answer of the site's own JSON endpoint."""
    if "json" not in document.mime or not _is_own(document):
        return None
    answer, key = flat_json.read_answer(document), _key_in_url(document.url)
    if answer is None or key is None or document.page.status != 200:
        return None
    follow: tuple[Follow, ...] = ()
    if answer.rows and answer.next_url and answer.next_url != document.url:
        follow = (Follow(answer.next_url, "comments"),)
    thread = Thread(
        thread_id(PLATFORM, document.url, key),
        PLATFORM,
        comment_count_reported=answer.total,
        pages=follow,
        whole=answer.whole,
    )
    comments = _comments(document, thread.id, answer.rows)
    return Discussion(thread, comments=comments, follow=follow, article_page=False)


def _is_own(document: Document) -> bool:
    """Whether the newspaper itself answers; anybody's JSON could look like comments."""
    return not document.profile.start_urls or any(same_site(document.url, url) for url in document.profile.start_urls)


def _comments(document: Document, thread: str, rows: Sequence[flat_json.Row]) -> tuple[Comment, ...]:
    site, equals, comments = document.profile.site, Counter[tuple[str, str]](), []
    for position, row in enumerate(rows, 1):
        same = fold(row.name or ""), fold(row.text)
        equals[same] += 1
        digest = hashlib.sha256("\n".join((thread, *same, str(equals[same]))).encode()).hexdigest()[:16]
        comment = Comment(
            id=f"{site}:~{digest}",
            site_id=site,
            thread_id=thread,
            platform=PLATFORM,
            captured_at=document.page.captured_at,
            capture_id=document.page.record_id,
            author_name=row.name,
            position=position,
            text=row.text,
        )
        comments.append(dated(comment, row.when, row.words))
    return tuple(comments)


def _key_in_url(url: str) -> str | None:
    """The article's id in an endpoint's address: a parameter's value, else the last number in the path."""
    parts = urlsplit(url)
    query = [(_key_name(name), value) for name, value in parse_qsl(parts.query)]
    numbers = [step for step in parts.path.split("/") if step.isdecimal()]
    named = [value for name, value in query if _KEY.fullmatch(name)] + [value for name, value in query if name == "id"]
    return next(filter(clean_line, named + numbers[::-1]), None)


def _key_name(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.lower().removeprefix("data-"))


def _key_in_page(nodes: Sequence[Element]) -> str | None:
    """The article's id in an attribute of the section or of what it holds, or in a hidden field of its form."""
    for element in (one for node in nodes for one in node.iter()):
        if not isinstance(element.tag, str):
            continue
        if element.tag == "input" and _KEY.fullmatch(_key_name(element.get("name", ""))) and clean_line(element.get("value", "")):
            return str(element.get("value"))
        for name, value in element.items():
            if name.startswith("data-") and _KEY.fullmatch(_key_name(name)) and clean_line(value):
                return str(value)
    return None


def _more(document: Document, nodes: Sequence[Element], entries: Collection[Element]) -> Iterator[Follow]:
    """The endpoints that the section's links and buttons lead to, on this host; what readers linked does not count."""
    found = set()
    for element in (one for node in nodes for one in node.iter() if isinstance(one.tag, str)):
        for name in _MORE:
            url = document.absolute(element.get(name, ""))
            if url is None or url in found or urlsplit(url).netloc != urlsplit(document.url).netloc:
                continue
            words = f"{element.get('class', '')} {element.get('rel', '')} {element.text_content()[:60]}"
            if not (_ENDPOINT.search(url) and _MORE_WORDS.search(words)) or url == document.url:
                continue
            if not any(above in entries for above in element.iterancestors()):
                found.add(url)
                yield Follow(url, "comments")

"""Comments that stand in the page as a list, of any system in any language, and the JSON endpoint that loads more of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from math import log2
from urllib.parse import parse_qsl, urlsplit

from newsarchive.items import Follow, Thread
from newsarchive.reading.comments import list_json
from newsarchive.reading.comments.discussion import Discussion, thread_id
from newsarchive.reading.comments.entry import Entry, comments_of
from newsarchive.reading.comments.list_finder import Found, anchors, lists, spread
from newsarchive.reading.comments.list_ids import ids
from newsarchive.reading.comments.list_pieces import read_records
from newsarchive.reading.comments.list_replies import parents
from newsarchive.reading.comments.list_signs import ENOUGH, PROMISING, beside, content, context, strays
from newsarchive.reading.comments.list_template import Told, learn, tell
from newsarchive.reading.comments.section import claimed_count, section
from newsarchive.reading.document import Document, Element
from newsarchive.text import clean_line
from newsarchive.urls import same_site

PLATFORM = "flat"
_KEY = re.compile(
    r"(?:article|post|thread|story|news|entry|content|item|object|topic|commentpost|n)id|article|post|thread|story|news"
)
_MORE = ("data-url", "data-href", "data-next", "data-next-url", "data-endpoint", "href")
_ENDPOINT = re.compile(r"/(?:api|json|ajax)\b|\.json\b|/comments?\b|[?&]format=json", re.IGNORECASE)
_MORE_WORDS = re.compile(r"more|load|older|next|all|mehr|weitere|suite|plus|más|mais|zvimwe", re.IGNORECASE)
_RATED = 40  # lists whose surroundings are looked at
_TRIED = 6  # lists that are read to their end


@dataclass(frozen=True, slots=True)
class List:
    """A list that was read: what it is made of, what stands beside it, what its records tell."""

    found: Found
    beside: tuple[Element, ...]
    told: tuple[Told, ...]
    score: float


def read_page(document: Document) -> Discussion | None:
    """The list of comments that a page shows; None for pages without comments."""
    if document.mime and "html" not in document.mime:
        return None
    best = best_list(document)
    return _discussion(document, best) if best else None


def best_list(document: Document) -> List | None:
    """The page's longest list of comments; None if it shows none."""
    marks = anchors(document.tree)
    for kinds in (marks.times, marks.named):
        rated = [(found, context(found, marks)) for found in islice(lists(kinds, marks.page), _RATED)]
        rated = sorted((pair for pair in rated if pair[1] >= PROMISING), key=lambda pair: -pair[1] - log2(len(pair[0].rows)))
        read = [one for found, near in rated[:_TRIED] if (one := _read(found, near, marks.page))]
        if read:
            return max(read, key=lambda one: (sum(bool(told.text) for told in one.told), one.score))
    return None


def _read(found: Found, near: float, page: frozenset[Element]) -> List | None:
    """A list that its records confirm, each item alone, or with what stands between it and the next."""
    best = _rated(found, near)
    if best.score < ENOUGH and sum(bool(one.text) for one in best.told) < len(best.told) / 2 and (wider := spread(found)):
        best = _rated(wider, near)
    return replace(best, beside=tuple(beside(best.found, page))) if best.score >= ENOUGH else None


def _rated(found: Found, near: float) -> List:
    records = read_records(found.rows)
    template = learn(records)
    told = tuple(tell(template, record) for record in records)
    return List(found, (), told, near + content(records, told, template))


def _discussion(document: Document, best: List) -> Discussion:
    shown = [at for at, one in enumerate(best.told) if one.text and (one.name or one.time)]
    rows, told = [best.found.rows[at] for at in shown], [best.told[at] for at in shown]
    elements = frozenset(part for row in best.found.rows for part in row)
    native, names = ids(rows)
    above = parents(best.found.root, rows, told, names)
    entries = [_entry(one, native[at], above[at]) for at, one in enumerate(told)]
    nodes = section([*(part for row in rows for part in row), *best.beside])
    follow = tuple(_more(document, nodes, elements))
    key = next((key for one in follow if (key := _key_in_url(one.url))), None) or _key_in_page(nodes)
    thread = Thread(
        id=thread_id(PLATFORM, document.url, key or urlsplit(document.url).path),
        platform=PLATFORM,
        url=document.url,
        status="open",
        comment_count_reported=claimed_count(document, nodes, elements),
        pages=follow,
        whole=len([one for one in best.told if one.text]) == len(shown) and not strays(best.found, elements),
    )
    return Discussion(thread, comments=comments_of(document, thread.id, entries), follow=follow, nodes=nodes)


def _entry(told: Told, native: str | None, under: int | None) -> Entry:
    words = clean_line(" ".join(piece.text.strip() for piece in told.time)) or None
    return Entry(text=told.text, name=told.name, words=words, id=native, under=under)


def read_answer(document: Document) -> Discussion | None:
    """The answer of the site's own JSON endpoint."""
    if "json" not in document.mime or not _is_own(document):
        return None
    answer, key = list_json.read_answer(document), _key_in_url(document.url)
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
    comments = comments_of(document, thread.id, answer.rows)
    return Discussion(thread, comments=comments, follow=follow, article_page=False)


def _is_own(document: Document) -> bool:
    """Whether the newspaper itself answers; anybody's JSON could look like comments."""
    return not document.profile.start_urls or any(same_site(document.url, url) for url in document.profile.start_urls)


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

"""One comment as a Drupal theme prints it: who, when, what, and which comment it names as the one it answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlsplit

from newsarchive.reading.comments.block import Block
from newsarchive.reading.comments.drupal_line import byline, undated
from newsarchive.reading.comments.entry import Entry
from newsarchive.reading.comments.marks import block_text, classes
from newsarchive.reading.document import Document, Element
from newsarchive.urls import same_site

_NUMBER = re.compile(r"(?:.*[/#])?comment[-/](\d{1,12})", re.DOTALL)
_PROFILE = re.compile(r"/users?/([^/?#]{1,100})/?$")
_TEXTS = (
    "field--name-comment-body",
    "field-name-comment-body",
    "comment__content",
    "comment-content",
    "comment-body",
    "comment_body",
    "comment-text",
    "content",
)
_LINES = {"submitted", "comment__submitted", "comment__meta", "comment-meta", "comment-submitted", "attribution", "meta"}
_NAMES = ("username", "comment__author", "comment-author", "commenter-name", "author-name", "author")
_TIMES = ("comment__time", "comment-time", "comment-date", "created", "datetime")
_TITLES = {"title", "titre", "comment-title", "comment__title", "subject"}
_ASIDE = _TITLES | {"links", "user-picture", "picture", "user-signature", "field-label", "field__label", "new", "hidden"}
_UNSEEN = {"visually-hidden", "element-invisible", "in-reply-to"}
_LONGEST_DATE = 60  # characters
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def is_unseen(element: Element) -> bool:
    """Whether an element is for screen readers and machines only: "In reply to TITLE by NAME", which is no part of the line."""
    if element.get("rel") == "sioc:reply_of":
        return True
    return bool(_UNSEEN & classes(element)) or (element.tag == "p" and "parent" in classes(element))


def answered(block: Block, number: str) -> str | None:
    """The number of the comment that this one names, in words or RDFa, as the one it answers."""
    unseen = [one for part in block.nested if is_unseen(part) for one in part.iter()]
    named = (number_in(one.get("href") or one.get("resource") or "") for one in unseen if isinstance(one.tag, str))
    return next((one for one in named if one and one != number), None)


def number_in(address: str) -> str | None:
    """The number of the comment in an address or an id: `comment-7`, `/comment/7`, `/node/1#comment-7`."""
    found = _NUMBER.fullmatch(address)
    return found[1] if found else None


def read_entry(document: Document, block: Block, number: str, parent: str | None) -> Entry:
    """The comment of this block; what its theme does not mark is found by its place."""
    body = next((one for one in block.own if one.get("property") in ("schema:text", "content:encoded")), block.first(*_TEXTS))
    links = [one for one in block.own if one.tag == "a" and number_in(one.get("href", "")) == number]
    aside = [one for one in block.own if _ASIDE & classes(one)] + list(_titles(block, links))
    lines = _lines(block) if body is None else []
    if body is None:  # the text stands bare beside the line of name and date
        aside += [one for one in block.own if one.tag in _HEADINGS]
        head = "\n".join(filter(None, (block.text(one, aside) for one in lines)))
    else:
        head = block.text(None, [body, *aside]) or ""
    mark = _name(_head(block, body, lines))
    name, words = byline(head.split("\n"), block.line(mark))
    stamp, shown = _time(block, links)
    return Entry(
        text=block.text(body, [*aside, *lines]),
        name=name,
        words=shown or words,
        stamp=stamp or undated(words),
        id=number,
        parent=parent,
        account=_account(document, block, mark),
    )


def _lines(block: Block) -> list[Element]:
    """The outermost elements that hold who and when."""
    found: list[Element] = []
    within: set[Element] = set()
    for one in block.own:
        inner = one.getparent() in within
        if inner or _LINES & classes(one) or one.tag in ("footer", "header"):
            within.add(one)
            found += [] if inner else [one]
    return found


def _titles(block: Block, links: list[Element]) -> Iterator[Element]:
    """The comment's own heading: readers write one, or Drupal cuts it from the text; it links the comment."""
    yield from (one for link in links for one in islice(link.iterancestors(), 3) if one.tag in _HEADINGS)
    for one in block.own:
        named = one.get("property") in ("dc:title", "schema:name") and one.get("typeof") is None
        if named and "username" not in classes(one):
            yield one


def _head(block: Block, body: Element | None, lines: list[Element]) -> list[Element]:
    """The elements in which the name may stand: those around the text, or within the lines above it."""
    if body is None:
        return [one for line in lines for one in line.iter() if isinstance(one.tag, str)]
    inside = frozenset(body.iter())
    return [one for one in block.own if one not in inside]


def _name(head: list[Element]) -> Element | None:
    """The element that marks the author's name."""
    marked = (one for one in head if "foaf:name" in one.get("property", "") or one.get("typeof") == "schema:Person")
    by_class = (one for name in _NAMES for one in head if name in classes(one))
    profiles = (one for one in head if one.tag == "a" and _PROFILE.search(one.get("href", "")))
    bold = (one for one in head if one.tag in ("b", "strong", "cite"))
    return next((one for found in (marked, by_class, profiles, bold) for one in found if block_text(one)), None)


def _account(document: Document, block: Block, mark: Element | None) -> str | None:
    """The number of the author's account, or its name in the address of the author's page; None for an anonymous reader."""
    stated = block.element.get("data-comment-user-id")
    if stated is not None:
        return stated if stated.isdecimal() and int(stated) else None
    for one in () if mark is None else (mark, *mark.iter("a"), *islice(mark.iterancestors(), 3)):
        url = document.absolute(one.get("href") or one.get("about") or "")
        if url and same_site(url, document.url) and (found := _PROFILE.search(urlsplit(url).path)):
            return found[1]
    return None


def _time(block: Block, links: list[Element]) -> tuple[str | None, str | None]:
    """A machine's form of the comment's time (or the words of its link), and its words, where the theme marks them."""
    mark = next((one for one in block.own if one.tag == "time" and one.get("datetime")), None)
    if mark is not None:
        return mark.get("datetime"), block.line(mark)
    rdf = (one.get("content") for one in block.own if one.get("property", "").endswith(("dc:created", "schema:dateCreated")))
    linked = (text for link in links if (text := block.line(link)) and len(text) < _LONGEST_DATE and any(map(str.isdigit, text)))
    return next(filter(None, rdf), next(linked, None)), block.line(block.first(*_TIMES))

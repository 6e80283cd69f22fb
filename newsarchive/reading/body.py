"""The text of an article: which paragraphs of its page are its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import trafilatura

from newsarchive.reading.document import Element
from newsarchive.reading.furniture import is_call, is_credit, is_teaser
from newsarchive.reading.prose import Paragraph, container, paragraphs
from newsarchive.text import clean_block, fold

_WORD = re.compile(r"[\W_]+")
_AMBIGUOUS = 40  # characters below which a paragraph is told by its whole line, not by being part of the text
_RESCUE = 1.5  # how much more prose the plain reading must hold before it is believed against trafilatura
_PURE = 0.75  # the share of prose, and of prose on one level, from which a container is believed to be the article
_IMPURE = 0.35  # the share of prose below which a text is a heap of labels
_OPENING = 8  # how many paragraphs at the top may be headline, byline and date


@dataclass(frozen=True, slots=True)
class Body:
    """An article's text, the credit line that stood at its foot, and the addresses in it as the page writes them."""

    text: str
    attribution: str | None = None
    links: tuple[str, ...] = ()
    images: tuple[str, ...] = ()


def read_body(
    tree: Element, *, opening: Collection[str], without: Collection[Element] = (), selector: str | None = None
) -> Body | None:
    """The text under `tree`; None if there is no prose.

    `opening` holds what may stand above the text and is no part of it: headline, authors, section. `without` are elements to
    leave out; `selector` is the site's own word on where the text is. The tree stays as it is.
    """
    own = prune(tree, without)
    chosen = [found for root in own.cssselect(selector) for found in paragraphs(root)] if selector else _choose(own)
    chosen, credit = _trim(chosen, {key(line) for line in opening})
    text = clean_block("\n\n".join(paragraph.text for paragraph in chosen))
    return Body(text, credit, *_addresses(chosen, own)) if text else None


def prune(tree: Element, without: Collection[Element] = ()) -> Element:
    """A copy of the tree without these elements."""
    unwanted = set(without)
    places = {place for place, element in enumerate(tree.iter()) if element in unwanted} if unwanted else set()
    own: Element = deepcopy(tree)
    doomed = [element for place, element in enumerate(own.iter()) if place in places]
    for element in doomed:
        if element.getparent() is not None:
            element.drop_tree()
    return own


def key(text: str) -> str:
    """The letters and digits of a text, folded: equal for what two extractors made of one paragraph."""
    return _WORD.sub("", fold(text))


def _choose(tree: Element) -> list[Paragraph]:
    """The paragraphs trafilatura voted for, or those of the page's container of prose where it plainly missed them."""
    found = paragraphs(tree)
    voted = _voted(tree, found)
    root = container(found, tree)
    inside = set(root.iter())
    plain = [paragraph for paragraph in found if paragraph.element in inside and paragraph.linked < len(paragraph.text) / 2]
    if _prose(voted) < _IMPURE * _length(voted):
        return plain
    missed = _prose(plain) > _RESCUE * _prose(voted) and all(p in plain for p in voted if p.prose)
    return plain if missed and _prose(plain) > _PURE * _length(plain) and _level(plain) > _PURE else voted


def _level(found: list[Paragraph]) -> float:
    """The share of the prose that stands under one parent, as an article's does and a list of teasers' does not."""
    held: Counter[Element | None] = Counter()
    for paragraph in found:
        held[paragraph.element.getparent()] += paragraph.prose
    return max(held.values(), default=0) / (_prose(found) or 1)


def _voted(tree: Element, found: list[Paragraph]) -> list[Paragraph]:
    """The paragraphs that trafilatura takes for the main text, each once, in page order."""
    main: Any = trafilatura.bare_extraction(tree, fast=True, with_metadata=False)
    lines = [part for line in (main.text or "" if main else "").split("\n") for part in line.split("|")]
    known = {key(line) for line in lines} - {""}
    whole = "".join(key(line) for line in lines)
    seen: set[str] = set()
    voted = []
    for paragraph in found:
        name = key(paragraph.text)
        if name and name not in seen and (name in known or (len(name) > _AMBIGUOUS and name in whole)):
            voted.append(paragraph)
            seen.add(name) if len(name) > _AMBIGUOUS else None
    return voted


def _prose(found: Iterable[Paragraph]) -> int:
    return sum(paragraph.prose for paragraph in found)


def _length(found: Iterable[Paragraph]) -> int:
    return sum(len(paragraph.text) for paragraph in found)


def _trim(found: list[Paragraph], opening: set[str]) -> tuple[list[Paragraph], str | None]:
    """The paragraphs without furniture, headline and credit line; and the credit line."""
    kept = [p for place, p in enumerate(found) if not _furniture(p) and not (place < _OPENING and key(p.text) in opening)]
    credit = None
    while len(kept) > 1 and is_credit(kept[-1].text):
        credit = kept.pop().text
    return kept, clean_block(credit) if credit else None


def _furniture(paragraph: Paragraph) -> bool:
    return is_call(paragraph.text) or (paragraph.linked > 0 and is_teaser(paragraph.text))


def _addresses(found: list[Paragraph], tree: Element) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The `href` of links in these paragraphs, and the `src` of the images in the element that holds them."""
    elements = dict.fromkeys(paragraph.element for paragraph in found)
    links = [str(href) for element in elements for href in element.xpath(".//a/@href")]
    images = [str(src) for src in container(found, tree).xpath(".//img/@src")]
    return tuple(dict.fromkeys(links)), tuple(dict.fromkeys(images))

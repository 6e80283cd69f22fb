"""What the markup of an article's page asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from newsarchive.items import Page, Profile
from newsarchive.reading.document import Document, Element
from newsarchive.requisites.stylesheet import in_css

Wanted = Literal["all", "images"]

MOST = 60  # addresses of one page
WIDEST = 1600  # pixels: of an image that is there in many sizes, the largest up to this is taken
_SETS = ("srcset", "data-srcset", "data-lazy-srcset")
_SINGLE = ("data-src", "data-lazy-src", "data-original", "src")  # what a script would put in the place of a placeholder first
_CANDIDATE = re.compile(r"(\S*[^,\s])(?:\s+([\d.]{1,9})([wx]))?\s*(?:,|$)")
_LONGEST_SET = 16_384
_DOTS = {"0", "1"}  # pixels: an image of this size counts visitors, and shows nothing


def in_page(page: Page, wanted: Wanted) -> list[str]:
    """The addresses of what a browser would load to show this page, each once: its stylesheets first, then as they stand in it.

    An image that is there in many sizes is taken once. Scripts, frames, sound and video are left out.
    """
    document = Document(page, Profile(site=""))
    written = _images(document) if wanted == "images" else (*_styles(document), *_images(document))
    return list(dict.fromkeys(filter(None, map(document.absolute, written))))[:MOST]


def _styles(document: Document) -> Iterator[str]:
    for link in document.tree.iter("link"):
        relations, href = (link.get("rel") or "").lower().split(), link.get("href")
        if href and ("stylesheet" in relations or ("preload" in relations and link.get("as") in ("style", "font"))):
            yield href
    for style in document.tree.iter("style"):
        yield from in_css(style.text or "")
    for element in document.elements:
        if "url(" in (css := element.get("style") or ""):
            yield from in_css(css)


def _images(document: Document) -> Iterator[str]:
    for element in document.tree.iter("img", "video"):
        if element.tag == "video":
            yield element.get("poster") or ""
        elif not {element.get("width"), element.get("height")} & _DOTS:
            yield _image(element)


def _image(element: Element) -> str:
    best = next((one for name in _SETS if (one := best_of(element.get(name) or ""))), None)
    singles = (element.get(name) or "" for name in _SINGLE)
    return best or next((one for one in singles if one and not one.startswith("data:")), "")


def best_of(srcset: str) -> str | None:
    """The address of a `srcset`'s best candidate (HTML, section 4.8.4.2.1): the largest that is no wider than WIDEST, else the
    smallest; where pixel densities are given, the highest."""
    sized: list[tuple[float, str]] = []
    dense: list[tuple[float, str]] = []
    for found in _CANDIDATE.finditer(srcset[:_LONGEST_SET]):
        url, size, unit = found[1], found[2], found[3]
        if url.startswith("data:"):
            continue
        try:
            (sized if unit == "w" else dense).append((float(size or 1), url))
        except ValueError:
            continue
    fitting = [one for one in sized if one[0] <= WIDEST]
    if fitting or dense:
        return max(fitting or dense)[1]
    return min(sized)[1] if sized else None

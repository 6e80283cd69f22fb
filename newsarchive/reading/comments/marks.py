"""What the pages of several platforms have in common: text in blocks, a comment's time."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from functools import lru_cache
from typing import Literal

from lxml import etree, html

from newsarchive.errors import UnknownAge
from newsarchive.reading.document import Document, Element
from newsarchive.text import clean_block
from newsarchive.times import WEB_BEGAN, Interval, parse_time

TextNode = tuple[Element, Literal["text", "tail"]]

_BLOCKS = re.compile(
    "address|article|aside|blockquote|d[dlt]|details|div|figure|footer|h[1-6]|header|hr|li|main|nav|[ou]l|p|pre|section|table|tr"
)
_SILENT = re.compile("script|style|noscript|template|svg|iframe|object|form|button|select|textarea|input")
_CUT = "\0"  # stands for a text node that was cut out; no page can bring one in


def classes(element: Element) -> frozenset[str]:
    """The element's class names."""
    return frozenset((element.get("class") or "").split())


def block_text(element: Element, without: Collection[Element] = ()) -> str | None:
    """The text under an element as a browser breaks it: paragraphs parted by an empty line, line breaks kept.

    Elements of `without` are left out, with all they hold. An emoticon that is a picture is its `alt`. None if empty.
    """
    return clean_block("".join(_pieces(element, without))) or None


def html_text(source: str) -> str | None:
    """The text of a piece of HTML as a browser breaks it (`block_text`); None if it has none."""
    parser = html.HTMLParser(no_network=True, huge_tree=True)  # else libxml2 ends at 256 levels, and says nothing
    try:
        return block_text(html.fragment_fromstring(source.replace("\x00", ""), create_parent="div", parser=parser))
    except (etree.ParserError, ValueError):  # nothing but white space; what is no text at all
        return None


def text_around(element: Element, node: TextNode) -> tuple[str, str, bool]:
    """The text under an element before and after one of its text nodes, and whether the text before stands on its line."""
    before, _, after = "".join(_pieces(element, (), node)).partition(_CUT)
    return clean_block(before), clean_block(after), not before.rstrip(" ").endswith("\n")


def _pieces(element: Element, without: Collection[Element], cut: TextNode | None = None) -> Iterator[str]:
    """The pieces of text under an element, in order. No recursion: a page nests deeper than Python does."""
    yield _CUT if cut == (element, "text") else _one_line(element.text)
    opened = [(element, iter(element))]
    while opened:
        above, children = opened[-1]
        child = next(children, None)
        if child is None:
            opened.pop()
            if opened:
                yield _edge(above)
                yield _CUT if cut == (above, "tail") else _one_line(above.tail)
        elif not isinstance(child.tag, str) or _SILENT.fullmatch(child.tag) or child in without or child.tag in ("br", "img"):
            yield _mark(child) if child not in without else ""
            yield _CUT if cut == (child, "tail") else _one_line(child.tail)
        else:
            yield _edge(child)
            yield _CUT if cut == (child, "text") else _one_line(child.text)
            opened.append((child, iter(child)))


def _edge(element: Element) -> str:
    return "\n\n" if _BLOCKS.fullmatch(element.tag) else ""


def _mark(element: Element) -> str:
    """What an element without text stands for: a line's end, an emoticon."""
    if element.tag == "img":
        return element.get("alt", "") if re.search("emoji|smiley|smilie", element.get("class", "")) else ""
    return "\n" if element.tag == "br" else ""


def _one_line(text: str | None) -> str:
    """White space in HTML source is a space, whatever it is; so is a control character: it must not glue two words."""
    return re.sub(r"[\x00-\x20\x7f-\x9f]+", " ", text or "")


def language_of(document: Document) -> str:
    """The language that a page says it is written in; "" where it says none, and for JSON, which may quote any HTML."""
    return (document.tree.get("lang") or "").strip() if document.json is None else ""


def interval(document: Document, words: Iterable[str | None], language: str | None = None) -> Interval | None:
    """The first of these words that is a date, an age, or both, read with the site's zone and languages; None if none is.

    `language` is that of the article's page, for an answer that does not tell it. Words that set no beginning ("30+ days ago")
    date nothing.
    """
    at, profile = document.page.ages_from, document.profile
    language = (language_of(document) if language is None else language) or profile.in_language or ""
    languages = tuple(dict.fromkeys(filter(None, (language, *profile.languages))))
    readings = (_time(text, at, profile.time_zone, languages) for text in filter(None, words))
    found = next((found for found in readings if found), None)
    return None if found is None or found.earliest == WEB_BEGAN else found


@lru_cache(maxsize=512)  # "2 days ago" stands on a page again and again
def _time(text: str, at: datetime, time_zone: str | None, languages: tuple[str, ...]) -> Interval | None:
    with suppress(UnknownAge):
        return parse_time(text, at=at, time_zone=time_zone, languages=languages)
    return None

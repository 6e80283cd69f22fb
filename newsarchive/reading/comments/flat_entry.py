"""One entry of a flat list: who, when and what, told apart by where they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsarchive.reading.comments.marks import TextNode, interval, text_around
from newsarchive.reading.document import Document, Element
from newsarchive.text import clean_line
from newsarchive.times import Interval

_CONTROLS = re.compile(
    r"(?:[\W\d]|\b(?:reply|report|abuse|flag|rate|like|dislike|share|quote|edit|delete|permalink|link|vote|up|down|pindura|antworten|melden"
    r"|répondre|signaler|responder|denunciar|rispondi)\b){1,60}",
    re.IGNORECASE,
)
_LONGEST_NAME = 60
AROUND_NAME = " \t|·•,–—-:"


@dataclass(frozen=True, slots=True)
class Entry:
    """One comment of the list: who, when (the date's place, its words, and what they mean), what."""

    element: Element
    node: TextNode
    name: str
    words: str
    when: Interval
    text: str


def home(node: TextNode) -> Element:
    """The element in which a text node stands."""
    return node[0] if node[1] == "text" else node[0].getparent()


def _words(node: TextNode) -> str:
    text = node[0].text if node[1] == "text" else node[0].tail
    return clean_line(text or "").strip(AROUND_NAME)


def read_entry(document: Document, element: Element, node: TextNode) -> Entry | None:
    """Name, time and text of one entry; None if one is missing, or its heading is a link: then it is a teaser.

    The name stands right before the date, and the text after it; or the text comes first, and the name at its head if the
    date has a line of its own; or the date comes first.
    """
    before, after, beside = text_around(element, node)
    if before and (not after or ("\n" in before and _is_controls(after))):
        text, _, name = before.rpartition("\n") if beside else before.partition("\n")[::-1]
    elif before:
        name, text = before.rpartition("\n")[2], _without_controls(after)
    else:
        name, _, text = after.partition("\n")
    name, text = name.strip(AROUND_NAME) or name, text.strip()
    when = interval(document, (home(node).get("datetime"), _words(node)))
    if not text or not 0 < len(name) <= _LONGEST_NAME or when is None:
        return None
    if any(heading.find(".//a") is not None for heading in element.iter("h1", "h2", "h3", "h4")):
        return None
    return Entry(element, node, name, _words(node), when, text)


def is_link(entry: Entry) -> bool:
    """Whether the entry's text is a link to somewhere else, as in a list of articles."""
    linked = sum(len(clean_line(link.text_content())) for link in entry.element.iter("a"))
    return linked > len(entry.name) + len(entry.text) / 2


def _without_controls(text: str) -> str:
    """The text without a last line that holds buttons and votes only, unless nothing else is left."""
    rest, _, last = text.rpartition("\n")
    return rest if rest.strip() and _is_controls(last) else text


def _is_controls(words: str) -> bool:
    return bool(_CONTROLS.fullmatch(words)) and any(sign.isalpha() for sign in words)

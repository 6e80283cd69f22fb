"""What the records of a list say for leading to other articles: their headings and texts are links, they end with "more"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from newsarchive.reading.comments.lists.anchors import numbers_item
from newsarchive.reading.comments.lists.pieces import Piece, Record
from newsarchive.reading.comments.lists.template import Told
from newsarchive.reading.comments.lists.words import MORE

HEADLINE = 4  # words of a link from which it may be a headline
TITLE = re.compile(r"h[1-5]\b")
_THREADS = frozenset(("comments", "respond", "disqus_thread", "comment", "kommentare", "comentarios", "commentaires"))
_FEW_WORDS = 3  # of a name
_SHORT = 40  # characters of a button
_HEADS = 6  # elements of a record that may be numbered
_ENDING = re.compile(r"(\d{2,})/?$")


def of_articles(records: Sequence[Record], told: Sequence[Told]) -> float:
    """The points against a list of other articles: headings, texts and ends of its records lead to them."""
    linked = sum(_is_linked(record, one) for record, one in zip(records, told, strict=True))
    return (4.0 * linked + 3.0 * _teasers(records, told) + 3.0 * sum(map(_leads_on, records))) / len(records)


def is_index(records: Sequence[Record], told: Sequence[Told]) -> bool:
    """Whether these are the titles of comments that stand elsewhere: all that a record says is the link to one."""
    return len(records) > 1 and all(map(_is_entry, records, told))


def _is_entry(record: Record, told: Told) -> bool:
    """Whether a record's longest words, its text or beside a text of a few words, are the link to a comment."""
    text = told.text or ""
    few = len(text.split()) <= _FEW_WORDS
    words = ((piece, piece.text.strip()) for piece in record.pieces if piece.linked and not piece.time)
    links = (piece for piece, said in words if said == text or (few and len(said) >= len(text)))
    return any(numbers_item(address(piece).rpartition("#")[2]) for piece in links)


def _is_linked(record: Record, told: Told) -> bool:
    """Whether the text is a link to somewhere else."""
    inside = {id(piece) for piece in told.head}
    outward = (piece for piece in record.pieces if piece.linked and id(piece) not in inside and leads_away(piece))
    linked = sum(len(piece.text) for piece in outward)
    return bool(told.text) and linked > 0.6 * len(told.text or "")


def _teasers(records: Sequence[Record], told: Sequence[Told]) -> int:
    """How many records have a heading of their own that is a link, and no name: then they lead to articles."""
    headings: set[str] = set()
    for record, one in zip(records, told, strict=True):
        name = (one.name or "").lower()
        titles = [piece for piece in record.pieces if _is_heading(piece)]
        numbers = _numbers(record) if titles else frozenset()
        away = (piece for piece in titles if _last_number(address(piece)) not in numbers)
        headings |= {words for piece in away if (words := piece.text.strip().lower()) not in name}
    return len(headings) if len(headings) > 1 or len(records) == 1 else 0


def _numbers(record: Record) -> frozenset[str]:
    """The numbers that a record gives itself in its ids; a link that ends with one leads to the comment alone."""
    inside = (one for part in record.parts for one in (part, *islice(part.iterdescendants(), _HEADS)))
    ids = (one.get("id") or "" for one in inside if isinstance(one.tag, str))
    return frozenset(number for name in ids if numbers_item(name) and (number := _last_number(name)))


def _last_number(words: str) -> str | None:
    found = _ENDING.search(words)
    return found[1] if found else None


def _is_heading(piece: Piece) -> bool:
    """Whether a piece is a heading that leads to another page, or a whole line that does."""
    whole = len(piece.text.split()) >= HEADLINE and not piece.time
    return piece.linked and (whole or any(map(TITLE.match, piece.path))) and leads_away(piece) and "#" not in address(piece)


def _leads_on(record: Record) -> bool:
    """Whether a record has the link of a teaser: to the rest of an article, or to the comments on it."""
    for piece in record.pieces:
        if piece.linked and len(piece.text) < _SHORT:
            page, _, place = address(piece).partition("#")
            if MORE.search(piece.text.lower()) or (page and place in _THREADS):
                return True
    return False


def leads_away(piece: Piece) -> bool:
    return not address(piece).lower().startswith(("#", "javascript:", "void"))


def address(piece: Piece) -> str:
    link = next((one for one in (piece.home, *islice(piece.home.iterancestors(), 3)) if one.tag == "a"), None)
    return "#" if link is None else link.get("href") or "#"

"""What shows that a list is one of comments: what it calls itself, what stands around it, what its records hold.

Lists of other articles look alike: their lines are links. A widget of the site's latest comments looks like comments, but
they answer other articles. No sign decides alone; each counts for or against.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import islice, pairwise

from newsarchive.reading.comments.list_finder import ITEM_ID, Anchors, Found
from newsarchive.reading.comments.list_pieces import Piece, Record
from newsarchive.reading.comments.list_template import Template, Told
from newsarchive.reading.comments.list_words import (
    AUTHOR,
    CLOSED,
    COMMENT,
    ELSEWHERE,
    JOINED,
    MEMBER,
    MORE,
    POST,
    POSTS,
    REPLY,
    names_comment,
)
from newsarchive.reading.counts import count_in
from newsarchive.reading.document import Element
from newsarchive.text import clean_line

ENOUGH = 5.5
WEAK = 2.0  # what stands around a list says little: then its records must tell that they can be answered
PROMISING = 0.75
_NEAR = 4  # how far around a list its signs are looked for
_LONGEST_LABEL = 90
_HEADLINE = 4  # words of a link from which it may be a headline
_SAMPLE = 60
_LONGEST_NOTICE = 300
_TITLE = re.compile(r"h[1-5]\b")
_THREADS = frozenset(("comments", "respond", "disqus_thread", "comment", "kommentare", "comentarios", "commentaires"))
_TITLES = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "legend"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "legend", "header", "strong", "b", "p", "div", "a", "span"))


def context(found: Found, anchors: Anchors) -> float:
    """What the names of a list's elements, its heading and the field beside it say for or against comments."""
    first = found.rows[min(1, len(found.rows) - 1)][0]
    around = [found.root, *islice(found.root.iterancestors(), _NEAR)]
    around = [one for one in around if one not in anchors.page]
    if any(ELSEWHERE.search(_names(one)) for one in (first, *around)):
        return -9.0
    labels = list(_labels(found, around))
    if any(ELSEWHERE.search(label) for label in labels):
        return -9.0
    score = 3.0 * names_comment(_names(first)) + 2.0 * any(names_comment(_names(one)) for one in around)
    inner = [_names(one) for one in islice(first.iterdescendants(), _SAMPLE) if isinstance(one.tag, str)]
    score += 1.0 * any(map(names_comment, inner)) + 0.75 * any(map(POST.search, inner))
    score += 2.0 * any(COMMENT.search(label) for label in labels)
    score += 0.75 * any(POST.search(_names(one)) for one in (first, *around))
    fields = {above for form in anchors.forms[:40] for above in islice(form.iterancestors(), 14)}
    return score + 1.0 * any(one in fields for one in around)


def _names(element: Element) -> str:
    return f"{element.get('id') or ''} {element.get('class') or ''}".lower()


def _labels(found: Found, around: Sequence[Element]) -> Iterator[str]:
    """The short lines right above a list, and those in it that stand before its first record."""
    inner = found.rows[0][0]
    for one in (inner, *around):
        for before in islice(one.itersiblings(preceding=True), 3):
            if before.tag in _HEADINGS or before.tag == "ul":
                yield _line(before)
    for one in around[:2]:
        for behind in islice(one.itersiblings(), 2):
            if behind.tag in _HEADINGS:
                yield _line(behind)


def _line(element: Element) -> str:
    """The words of an element if they are few."""
    words: list[str] = []
    size = 0
    for text in islice(element.itertext(), 40):
        size += len(text.strip())
        if size > _LONGEST_LABEL:
            return ""
        words.append(text)
    return clean_line(" ".join(words)).lower()


def beside(found: Found, page: frozenset[Element]) -> list[Element]:
    """The headings of comments and the forms for them that stand right before or after a list, or its rows."""
    near: dict[Element, None] = {}
    for one in (found.rows[0][0], found.rows[-1][-1], found.root):
        if one not in page:
            near |= dict.fromkeys((*islice(one.itersiblings(preceding=True), 3), *islice(one.itersiblings(), 3)))
    return [one for one in near if isinstance(one.tag, str) and one not in page and _is_label(one)]


def claimed(found: Found, nodes: Sequence[Element], around: Sequence[Element]) -> int | None:
    """The number of comments that the heading of a list claims, in it or right above it; None if it claims none."""
    headings = (one for one in around if one.tag in _TITLES)
    above = (before for node in nodes[:1] if (before := node.getprevious()) is not None and isinstance(before.tag, str))
    lines = (line for one in (*headings, *above) if COMMENT.search(line := _line(one)))
    near = (line for line in _labels(found, (found.root,)) if COMMENT.search(line))
    return next((count for line in (*lines, *near) if (count := count_in(line)) is not None), None)


def says_closed(around: Sequence[Element]) -> bool:
    """Whether a line of the section, outside its comments, says that no more are taken."""
    return any(CLOSED.search(text[:_LONGEST_NOTICE]) for one in around for text in (one.text, one.tail) if text and "c" in text)


def _is_label(element: Element) -> bool:
    if next(element.iter("textarea"), None) is not None:
        return True
    return element.tag in _TITLES and COMMENT.search(_line(element)) is not None


def strays(found: Found, known: Collection[Element]) -> bool:
    """Whether something stands between the rows of a list, like them, that is none that could be read."""
    named = {name for row in found.rows for name in (row[0].get("class") or "").split()}
    for one in found.rows[0][0].getparent().iterchildren(found.rows[0][0].tag):
        if (
            one in known
            or named
            or one.get("id")
            or any(next(one.iter(tag), None) is not None for tag in ("h2", "h3", "h4", "form", "textarea"))
        ):
            continue
        if any(text.strip() for text in _own_words(one)):
            return True
    return False


def _own_words(element: Element) -> Iterator[str]:
    """Words of an element outside its links."""
    for one in islice(element.iter(), _SAMPLE):
        if isinstance(one.tag, str) and one.tag not in ("a", "button", "script", "style"):
            yield one.text or ""
        if one is not element:
            yield one.tail or ""


def content(near: float, records: Sequence[Record], told: Sequence[Told], template: Template) -> float:
    """What the records themselves say for or against being comments."""
    count = len(records)
    if count == 1 and not _is_sole(records[0], told[0], template):
        return -9.0

    def share(marks: Iterator[bool]) -> float:
        return sum(marks) / count

    texts = [one.text for one in told if one.text]
    if len(texts) < 0.4 * count:
        return -9.0
    names = [one.name for one in told if one.name]
    called = bool(template.names) and AUTHOR.search(" ".join(template.names[0][-2:])) is not None
    numbered = share(ITEM_ID.search(record.parts[0].get("id") or "") is not None for record in records) > 0.5
    if share(bool(one.time) for one in told) < 0.5 and (len(names) < 0.4 * count or not (called or numbered)):
        return -9.0
    score = 1.5 * len(names) / count + 1.0 * share(bool(one.time) for one in told) + share(bool(one.text) for one in told)
    score += 0.5 * called + 0.5 * numbered
    answerable = share(_is_answerable(record) or _is_of_member(record) for record in records) >= 0.5
    if near < WEAK and not answerable:
        return -9.0
    score += 1.5 * answerable
    score -= 4.0 * share(_is_linked(record, one) for record, one in zip(records, told, strict=True))
    score -= 3.0 * _teasers(records, told) / count + 3.0 * share(_leads_on(record) for record in records)
    score -= 3.0 * (len(texts) > 2 and len(set(texts)) == 1)
    return score - 2.0 * (len(names) > 3 and len(set(names)) == 1)


def _is_sole(record: Record, told: Told, template: Template) -> bool:
    """Whether a lone record is a comment: it has all parts, and calls itself one, or is called so by what holds it."""
    item = record.parts[0]
    near = (item, *islice(item.iterancestors(), 2))
    author = bool(template.names) and AUTHOR.search(" ".join(template.names[0][-2:])) is not None
    dated = any(
        any(map(str.isdigit, piece.text)) or piece.text.strip() == clean_line(piece.home.text or "") for piece in told.time
    )
    shown = item.find(".//form") is None and item.find(".//textarea") is None
    named = sum(names_comment(_names(one)) for one in near)
    return (
        bool(told.name and told.text)
        and shown
        and ((dated and named > 0) or (author and named > 1 and ITEM_ID.search(item.get("id") or "") is not None))
    )


def _is_answerable(record: Record) -> bool:
    return any(len(piece.text) < 40 and REPLY.search(piece.text.lower()) for piece in record.pieces[-25:])


def _is_linked(record: Record, told: Told) -> bool:
    """Whether the text is a link to somewhere else."""
    inside = {id(piece) for piece in told.head}
    outward = (piece for piece in record.pieces if piece.linked and id(piece) not in inside and _leads_away(piece))
    linked = sum(len(piece.text) for piece in outward)
    return bool(told.text) and linked > 0.6 * len(told.text or "")


def _is_of_member(record: Record) -> bool:
    """Whether a record tells what forums tell of a member: since when, how many posts."""
    short = [piece.text.strip() for piece in record.pieces if len(piece.text) < 40]
    since = any(after.time and JOINED.search(before.text.lower()) for before, after in pairwise(record.pieces))
    return since or any(map(POSTS.fullmatch, short)) or sum(map(bool, map(MEMBER.match, short))) > 1


def _teasers(records: Sequence[Record], told: Sequence[Told]) -> int:
    """How many records have a heading of their own that is a link, and no name: then they lead to articles."""
    headings: set[str] = set()
    for record, one in zip(records, told, strict=True):
        name = (one.name or "").lower()
        headings |= {words for piece in record.pieces if _is_heading(piece) and (words := piece.text.strip().lower()) not in name}
    return len(headings) if len(headings) > 1 or len(records) == 1 else 0


def _is_heading(piece: Piece) -> bool:
    """Whether a piece is a heading that leads to another page, or a whole line that does."""
    whole = len(piece.text.split()) >= _HEADLINE and not piece.time
    return piece.linked and (whole or any(map(_TITLE.match, piece.path))) and _leads_away(piece) and "#" not in _address(piece)


def _leads_on(record: Record) -> bool:
    """Whether a record has the link of a teaser: to the rest of an article, or to the comments on it."""
    for piece in record.pieces:
        if piece.linked and len(piece.text) < 40:
            page, _, place = _address(piece).partition("#")
            if MORE.search(piece.text.lower()) or (page and place in _THREADS):
                return True
    return False


def _leads_away(piece: Piece) -> bool:
    return not _address(piece).lower().startswith(("#", "javascript:", "void"))


def _address(piece: Piece) -> str:
    link = next((one for one in (piece.home, *islice(piece.home.iterancestors(), 3)) if one.tag == "a"), None)
    return "#" if link is None else link.get("href") or "#"

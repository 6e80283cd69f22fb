"""What the surroundings of a list say for or against comments: what it calls itself, its heading, the field beside it.

A widget of the site's latest comments looks like comments, but they answer other articles: nobody can report them there.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from itertools import islice

from newsarchive.reading.comments.lists.anchors import Anchors, numbers_item
from newsarchive.reading.comments.lists.headings import is_headed
from newsarchive.reading.comments.lists.pieces import mark
from newsarchive.reading.comments.lists.rows import Found
from newsarchive.reading.comments.lists.words import COMMENT, COMPLAIN, ELSEWHERE, OTHERS, POST, TRACES, names_comment
from newsarchive.reading.document import Element
from newsarchive.text import clean_line

PROMISING = 0.0  # points from which a list's records are read
NEVER = -9.0
_NEAR = 4  # how far around a list its signs are looked for
_HOLDERS = 2  # elements around a list that name it
_BEFORE, _BEHIND = 3, 2  # siblings that may be a list's heading
_LONGEST_LABEL = 90
_COUNTED = re.compile(r"\d{1,5} [^\W\d_]+\b")
_SHORT = 40  # characters of a button
_LOOKED_AT = 60  # elements of a record
_FIELDS, _FIELD_DEPTH = 40, 14
_FIELD_NEAR = 4  # siblings behind a list that may hold the field to write in
_HEADINGS = frozenset(
    (
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "legend",
        "header",
        "strong",
        "b",
        "p",
        "div",
        "a",
        "span",
        "ul",
        "font",
        "center",
        "table",
        "tr",
    )
)


def context(found: Found, anchors: Anchors) -> float:
    """The points of a list's surroundings; NEVER if they say that it belongs elsewhere."""
    first = found.rows[min(1, len(found.rows) - 1)][0]
    around = [one for one in (found.root, *islice(found.root.iterancestors(), _NEAR)) if one not in anchors.page]
    called = [names(one) for one in around]
    inner = [names(one) for one in islice(first.iterdescendants(), _LOOKED_AT) if isinstance(one.tag, str)]
    headings = list(labels(found, around))
    others = list(_of_the_list(found, around, anchors.page))
    if any(map(ELSEWHERE.search, (names(first), *called, *headings))) and not _can_be_reported(first):
        return NEVER
    if _is_one_comment(found.root, anchors) and not numbers_item(first.get("id") or ""):
        return NEVER
    if any(TRACES.search(name) and not names_comment(name) for name in called[:_HOLDERS]):
        return NEVER
    is_called = names_comment(names(first)) and (any(map(names_comment, called)) or any(map(COMMENT.search, headings)))
    if any(map(OTHERS.search, (names(first), *others))) or (not is_called and any(map(OTHERS.search, called))):
        return NEVER
    score = 3.0 * names_comment(names(first)) + 2.0 * any(map(names_comment, called)) + 1.0 * any(map(names_comment, inner))
    score += 0.75 * any(map(POST.search, (names(first), *called))) + 0.75 * any(map(POST.search, inner))
    score += 2.0 * any(map(COMMENT.search, headings)) + 2.0 * is_headed(found)
    fields = {above for one in anchors.fields[:_FIELDS] for above in islice(one.iterancestors(), _FIELD_DEPTH)}
    near = (*around, *(behind for one in around or (found.rows[-1][-1],) for behind in islice(one.itersiblings(), _FIELD_NEAR)))
    return score + 1.0 * any(one in fields for one in near)


def _is_one_comment(element: Element, anchors: Anchors) -> bool:
    """Whether an element is numbered as a comment, beside others of its kind: what it holds are lines of that comment."""
    return numbers_item(element.get("id") or "") and len(anchors.named.get(f"#{mark(element)}", ())) > 1


def _can_be_reported(item: Element) -> bool:
    """Whether an item has a button to complain of it: a widget shows the site's latest comments, but nothing is done there."""
    links = islice(item.iter("a", "button"), _LOOKED_AT)
    return any(len(words := link.text_content() or "") < _SHORT and COMPLAIN.search(words.lower()) for link in links)


def names(element: Element) -> str:
    """An element's id and classes, and the name that a page has made up for it, in lower case."""
    tag = element.tag if "-" in element.tag else ""
    return f"{element.get('id') or ''} {element.get('class') or ''} {tag}".lower()


def labels(found: Found, around: Sequence[Element]) -> Iterator[str]:
    """The short lines right above a list, and those in it that stand before its first record."""
    yield from map(line, _above(found, around))
    for one in around[:2]:
        for behind in islice(one.itersiblings(), _BEHIND):
            if behind.tag in _HEADINGS:
                yield line(behind)


def _above(found: Found, around: Sequence[Element]) -> Iterator[Element]:
    """What may be a list's heading, the nearest first."""
    inner = found.rows[0][0]
    for one in dict.fromkeys((inner, inner.getparent(), *around)):
        for before in islice(one.itersiblings(preceding=True), _BEFORE):
            if before.tag in _HEADINGS:
                yield before


def _of_the_list(found: Found, around: Sequence[Element], page: Container[Element]) -> Iterator[str]:
    """The lines above a list up to its heading: what stands above "Comments", and the page's headline, may say anything."""
    for one in _above(found, around):
        words = line(one)
        if COMMENT.search(words) and not OTHERS.search(words):
            return
        if one not in page:
            yield words


def line(element: Element) -> str:
    """The words of an element if they are few."""
    words: list[str] = []
    size = 0
    for text in islice(element.itertext(), _LOOKED_AT):
        size += len(text.strip())
        words.append(text)
        if size > _LONGEST_LABEL:
            return _claim(clean_line(" ".join(words)).lower())
    return clean_line(" ".join(words)).lower()


def _claim(line: str) -> str:
    """What a longer heading claims: "12 Responses to" a story whose headline it says."""
    found = _COUNTED.match(line)
    return found[0] if found else ""

"""The text of a record in pieces: what stands where, and how a browser would break it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias

from lxml import etree

from newsarchive.reading.comments.lists import times
from newsarchive.reading.comments.lists.words import HIDDEN
from newsarchive.reading.document import Element

Path: TypeAlias = tuple[str, ...]

LEAD = "^"  # the step of a path to the line with which a record begins
_DEEPEST = 24  # steps of a path; what stands deeper shares its place
_SILENT = frozenset(
    ("script", "style", "noscript", "template", "svg", "iframe", "object", "select", "textarea", "input", "head", "map",
     "audio", "video")
)  # fmt: skip
_BLOCKS = frozenset(
    ("address", "article", "aside", "blockquote", "dd", "dl", "dt", "details", "div", "figure", "footer", "form", "h1",
     "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "ul", "p", "pre", "section", "table", "tr")
)  # fmt: skip
# Elements without a name, told from their like by their number; of a text's own blocks only the first few.
_NUMBERED = frozenset(["div", "span", "tr", "td", "th", "a", "b", "i", "em", "strong", "small", "font", "dd", "dt"])
_FIRST = frozenset(("p", "br"))
_FEW = 3
_LINKS = frozenset(("a", "button"))
_VARYING = re.compile(r"\d+|\b(?:odd|even|first|last|alt|new|clearfix|row)\b")
# What a grid calls its columns, and nothing else.
_GRID = re.compile(r"(?:col|span|offset|pull|push|float)(?:-(?:xs|sm|md|lg|xl|left|right))*-?|text-(?:left|right|center)")
_SPACE = re.compile(r"[\x00-\x20\x7f-\x9f\xa0]+")
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_WIDTH = re.compile("[1-9]")
_EMOTICON = re.compile("emoji|smiley|smilie")
_ECHOES = ("title", "alt", "aria-label")


@dataclass(slots=True)
class Piece:
    """One text node: its words, the line break before it, its place in the record, its element.

    `path` are the marks of the elements from the record down. `time` tells that the whole piece is the words of a time.
    """

    text: str
    gap: str
    path: Path
    home: Element
    linked: bool = False
    hidden: bool = False
    time: bool = False


@dataclass(slots=True)
class Record:
    """What may be one comment: an element, or siblings in a row, without the records that hang under it.

    `quoted` is what it shows of a comment that it answers (`quotes`).
    """

    parts: tuple[Element, ...]
    pieces: list[Piece] = field(default_factory=list)
    echoes: list[str] = field(default_factory=list)
    quoted: list[Piece] = field(default_factory=list)


def mark(element: Element) -> str:
    """An element's place in its template: tag and first class, else its id, without what varies from record to record."""
    name = element.get("class")
    if name and (told := _lasting(name)):
        return f"{element.tag}.{told}"
    name = element.get("id")
    return f"{element.tag}#{_VARYING.sub('', name).lower()}" if name else str(element.tag)


@lru_cache(maxsize=4096)  # a page has few class names, and asks for each of them often
def _lasting(name: str) -> str:
    """The first of these classes, without what varies from record to record; one that says more than a column's width, if any."""
    told = _VARYING.sub("", name).lower().split()
    return next((one for one in told if not _GRID.fullmatch(one)), told[0] if told else "")


def read_records(rows: Iterable[tuple[Element, ...]]) -> list[Record]:
    """The records with their pieces; a row's nested rows are left out of it."""
    rows = list(rows)
    starts = {part for row in rows for part in row}
    leads = {row[0]: lead for row in rows if len(row) > 1 and (lead := _lead(row[0])).strip()}
    leads = leads if len(leads) == len(rows) else {}
    places = _places(rows)
    return [_read(row, starts, leads, places) for row in rows]


def _places(rows: Sequence[tuple[Element, ...]]) -> Sequence[str]:
    """The places of the elements of rows that are all of one length; the host's own may have another class than the readers'."""
    if len({len(row) for row in rows}) > 1:
        return ()
    return [Counter(map(mark, column)).most_common(1)[0][0] for column in zip(*rows, strict=True)]


def _lead(first: Element) -> str:
    """The words before a row's first element that begin its line, and stand in no element but the parent of both."""
    before = first.getprevious()
    if first.tag in _BLOCKS or first.tag == "br":
        return ""
    if before is None:
        return (first.getparent().text or "") if first.getparent() is not None else ""
    return (before.tail or "") if before.tag in _BLOCKS or before.tag == "br" else ""


def _read(parts: tuple[Element, ...], starts: Collection[Element], leads: Mapping[Element, str], places: Sequence[str]) -> Record:
    record = Record(parts)
    if len(parts) == 1:
        _walk(record, parts[0], starts, (), "")
        _place_lead(record.pieces)
        return record
    counted: dict[str, int] = {}
    gap = _add(record, leads.get(parts[0]), "", ("<",), False, False, parts[0])
    for at, part in enumerate(parts):
        is_usual = bool(places) and re.split("[.#]", places[at])[0] == part.tag
        here = (_step(places[at] if is_usual else mark(part), part, counted),)
        gap = _walk(record, part, starts, here, gap)
        if part.getnext() not in leads:
            gap = _add(record, part.tail, gap, (f"~{here[0]}",), False, False, part)
    return record


def _place_lead(pieces: Sequence[Piece]) -> None:
    """What a record begins with, in no element of its own: right before its time it has a place as in a line that holds both,
    and as a line of its own that of a first line."""
    if len(pieces) < 2 or pieces[0].linked:
        return
    first, second = pieces[:2]
    if second.time and not second.gap and second.path[: len(first.path)] == first.path and first.path[-1:] != ("<",):
        first.path = (*first.path, "<")
    elif second.gap and len(second.path) > len(first.path) and second.path[: len(first.path)] == first.path:
        first.path = (*first.path, LEAD)


def _walk(record: Record, root: Element, starts: Collection[Element], path: Path, gap: str) -> str:
    """One pass over the subtree without recursion, for pages nest deeper than Python does; `gap` is the line break to be made
    before the next words, and what is left of it is given back."""
    places: list[tuple[Path, bool, bool, dict[str, int]]] = []
    walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walker:
        if event == "start":
            above, linked, hidden, counted = places[-1] if places else (path, False, False, {})
            silent = element.tag in _SILENT or (element is not root and element in starts)
            if silent:
                walker.skip_subtree()
            here = _down(above, element, counted) if element is not root else path
            hidden = hidden or (element is not root and _is_hidden(element))
            places.append((here, linked or element.tag in _LINKS, hidden, {}))
            gap = _break(gap, element.tag)
            if silent:
                continue
            gap = _note(record, element, gap, here)
            if text := element.text:
                gap = _add(record, text, gap, *places[-1][:3], element)
        elif event == "end":
            here = places.pop()[0]
            gap = _break(gap, element.tag)
            if element is not root and (tail := element.tail):
                gap = _add(record, tail, gap, *_tail(places[-1], here), element.getparent())
        elif element is not root and places:
            gap = _add(record, element.tail, gap, *places[-1][:3], element.getparent())
    return gap


def _tail(place: tuple[Path, bool, bool, dict[str, int]], after: Path) -> tuple[Path, bool, bool]:
    above, linked, hidden, _ = place
    return ((*above, f"~{after[-1] if after else ''}") if len(above) < _DEEPEST else above), linked, hidden


def _down(above: Path, element: Element, counted: dict[str, int]) -> Path:
    return above if len(above) >= _DEEPEST else (*above, _step(mark(element), element, counted))


def _step(name: str, element: Element, counted: dict[str, int]) -> str:
    """An element's place among its siblings: its name, with a number if it has none of its own."""
    if name not in _NUMBERED and name not in _FIRST:
        return name
    counted[name] = number = counted.get(name, 0) + _columns(element)
    return f"{name}:{number}" if name in _NUMBERED or number <= _FEW else name


def _columns(element: Element) -> int:
    """How many places an element takes: a cell is told by its last column, as its neighbour above may be as wide as both."""
    width = element.get("colspan", "")
    return int(width) if element.tag in ("td", "th") and _WIDTH.fullmatch(width) else 1


def _break(gap: str, tag: str) -> str:
    return "\n\n" if tag in _BLOCKS else gap


def _is_hidden(element: Element) -> bool:
    style, name = element.get("style"), element.get("class")
    return bool((style and _UNSEEN.search(style)) or (name and _hides(name)) or element.get("hidden") is not None)


@lru_cache(maxsize=4096)
def _hides(name: str) -> bool:
    return HIDDEN.search(name) is not None


def _note(record: Record, element: Element, gap: str, here: Path) -> str:
    """Breaks a line, shows an emoticon's words, keeps what an attribute tells of the record's writer."""
    if element.tag == "br":
        return gap if gap == "\n\n" else gap + "\n"
    if element.tag == "img" and _EMOTICON.search(element.get("class", "")):
        return _add(record, element.get("alt"), gap, here, False, False, element)
    if element.tag in ("img", "a", "button"):
        record.echoes += [told.lower() for name in _ECHOES if (told := element.get(name)) and len(told) < times.LONGEST]
    return gap


def _add(record: Record, text: str | None, gap: str, path: Path, linked: bool, hidden: bool, home: Element) -> str:
    """Appends a piece; the line break that is still to be made before the next one."""
    if not text:
        return gap
    if text.isspace() and text.isascii():
        return gap or " "
    words = _SPACE.sub(" ", text)
    if words == " ":
        return gap or " "
    if gap.strip(" ") or not record.pieces:
        words = words.lstrip(" ")
    elif gap == " " and not words.startswith(" "):
        words = f" {words}"
    record.pieces += _split(Piece(words, gap.strip(" "), path, home, linked, hidden))
    return ""


def _split(piece: Piece) -> Sequence[Piece]:
    """A line that holds a time: what stands before it, the time, what stands after it."""
    found = times.span(piece.text)
    if found is None and piece.home.tag == "time" and times.is_stamp(piece.home.get("datetime") or ""):
        found = 0, len(piece.text)
    if found is None:
        return (piece,)
    start, end = found
    start, end = start if piece.text[:start].strip() else 0, end if piece.text[end:].strip() else len(piece.text)
    before, words, after = piece.text[:start], piece.text[start:end], piece.text[end:]
    made = [Piece(words, "" if before.strip() else piece.gap, (*piece.path, "@"), piece.home, piece.linked, piece.hidden, True)]
    if before.strip():
        made.insert(0, Piece(before, piece.gap, (*piece.path, "<"), piece.home, piece.linked, piece.hidden))
    if after.strip():
        made.append(Piece(after, "", (*piece.path, ">"), piece.home, piece.linked, piece.hidden))
    return made

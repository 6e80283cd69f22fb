"""The template by which a list's records are made, and what it tells of each: who, when, what.

Places are paths of elements within a record. What stands at one place in one record stands there in the others; where a record
lacks a place (a guest has no link, a first paragraph is missing), the next likely one is taken.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from newsarchive.reading.comments.list_pieces import Path, Piece, Record
from newsarchive.reading.comments.list_words import BADGE, EDITED, NO_NAME, QUOTING
from newsarchive.text import clean_block, clean_line

AROUND = " \t\n|·•,–—-:：;/«»›#[]"  # signs that stand around names and times
_EDGES = " \t\n|·•,–—-:：;/«»›"  # of them, what is no part of a name
NAMED_TAGS = re.compile(r"(?:b|strong|cite|a|h[1-6]|em|dt)\b")
_NUMBERED_BLOCK = re.compile(r"(?<=^p):\d$")
_BLOCK = re.compile(r"~?(?:p|br|blockquote|pre|li)(?::\d)?")
_HEADING = re.compile(r"h[1-6]\b")
_FEW, _MOST = 8, 40  # places of names that are tried in every record, and in one
LONGEST_COUNTER = 25  # characters of "3 replies"
_DIGITS = re.compile(r"\d[\d.,]*")
_BRACKETED = re.compile(r"\s?\[[^\[\]]*\]\s?")
_ANSWERING = re.compile(r"\s[→▸▶➔➜↪⇒]\s.*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What a template itself says: wordings that are the same in most records ("Reply"), each with its place; places of mere
    numbers or signs; wordings that are the same but for a number ("3 replies")."""

    wordings: frozenset[tuple[Path, str]]
    numbers: frozenset[Path]
    counters: frozenset[tuple[Path, str]]

    def says(self, piece: Piece) -> bool:
        """Whether a piece is one of the wordings."""
        return (piece.path, piece.text.strip()) in self.wordings

    def counts(self, piece: Piece) -> bool:
        """Whether a piece is one of the wordings around a number."""
        return len(piece.text) <= LONGEST_COUNTER and (piece.path, without_number(piece.text)) in self.counters


def without_number(text: str) -> str:
    """The words of a piece, with one number for all."""
    return _DIGITS.sub("0", text.strip())


@dataclass(frozen=True, slots=True)
class Template:
    """The places of a list's records: of names, the likeliest first; of the time; of the text; the template's own words.

    `ranks` tells which `names` a record may have (`ranked`). `words` are those of the template's own words that may stand at a
    name, `before` and `after` the words of a language that stand at most names. `side` is where the text stands if it has no
    place of its own: before name and time (0), between them (1) or behind (2).
    """

    names: tuple[Path, ...]
    ranks: dict[Path, tuple[int, ...]]
    time: Path | None
    text: Path
    own: OwnWords
    words: tuple[str, ...]
    side: int | None = None
    before: re.Pattern[str] | None = None
    after: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What one record tells: name, words and pieces of the time, text; `head` are the pieces that stand outside the text,
    `quoted` those of a comment that it answers."""

    name: str | None
    time: tuple[Piece, ...]
    text: str | None
    head: tuple[Piece, ...]
    quoted: tuple[Piece, ...] = ()


def tell(template: Template, record: Record) -> Told:
    """What one record tells by its template."""
    shown = [piece for piece in record.pieces if not piece.hidden]
    time = times_of(template, shown)
    zone, name = name_of(template, shown)
    if template.text:
        taken = {id(piece) for piece in (*time, *zone)}
        inside = (piece for piece in record.pieces if piece.path[: len(template.text)] == template.text)
        kept = [piece for piece in inside if id(piece) not in taken and not _is_own(template, piece)]
    else:
        placed = unplaced(template, shown)
        kept = [piece for piece, side in placed if template.side in (None, side)] or [piece for piece, _ in placed]
    kept = _between_signs(kept if template.text else _below_heading(kept))
    kept = list(_unedited(piece for piece in kept if not QUOTING.fullmatch(piece.text.strip().lower())))
    text = clean_block("".join(f"{piece.gap}{piece.text}" for piece in kept)) or None
    if text and not kept[0].gap:  # what ends the line of name and time
        text = text.lstrip("):,;|»– ") or text
    held = {id(piece) for piece in kept}
    return Told(name, time, text, tuple(piece for piece in record.pieces if id(piece) not in held), tuple(record.quoted))


def unplaced(template: Template, pieces: Sequence[Piece]) -> list[tuple[Piece, int]]:
    """The pieces that are neither name nor time nor the template's own words, each with the side of these on which it stands."""
    zone, _ = name_of(template, pieces)
    taken = {id(piece) for piece in (*zone, *times_of(template, pieces))}
    places = [at for at, piece in enumerate(pieces) if id(piece) in taken]
    first, last = (places[0], places[-1]) if places else (-1, -1)
    kept = ((at, piece) for at, piece in enumerate(pieces) if id(piece) not in taken and not _is_own(template, piece))
    return [(piece, 0 if at < first else 1 if at < last else 2) for at, piece in kept]


def times_of(template: Template, shown: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces of a record's time: at its place, else the first outside the text; with those right behind, but for signs."""
    start = next((at for at, piece in enumerate(shown) if piece.time and piece.path == template.time), None)
    if start is None:
        outside = (at for at, piece in enumerate(shown) if piece.time and piece.path[: len(template.text)] != template.text)
        alike = (at for at, piece in enumerate(shown) if piece.time and _place(piece.path) == _place(template.time or ()))
        start = next(alike, next(outside, None) if template.text else None)
    if template.time is None:
        return ()
    if start is None:
        return tuple(piece for piece in shown if piece.path == template.time[:-1])[:1]
    end = start + 1
    while end < len(shown) and (shown[end].time or (_is_sign(shown[end]) and end + 1 < len(shown) and shown[end + 1].time)):
        end += 1
    return tuple(shown[start:end])


def name_of(template: Template, shown: Sequence[Piece]) -> tuple[tuple[Piece, ...], str | None]:
    """The pieces in which a record names its writer, and the name; none if no place of names holds one."""
    for path in _likely(template, shown):
        at_place = [piece for piece in shown if piece.path[: len(path)] == path and piece.path != template.time]
        if path[-1] == "<":  # before the time in its line, in whichever paragraph that is
            at_place = [piece for piece, after in pairwise(shown) if after.time and piece.path[-1:] == ("<",)][:1]
        if not at_place and not is_block(path):
            loose = _place(path)
            at_place = [piece for piece in shown if _place(piece.path)[: len(loose)] == loose and not piece.time]
        words = [piece for piece in at_place if not (template.own.says(piece) or _is_beside_name(piece, path))]
        zone = tuple([piece for piece in words if not (piece.time or _is_sign(piece) or template.own.counts(piece))] or words)
        if zone and path != template.names[0] and len(zone) > 1 and NAMED_TAGS.match("".join(zone[0].path[-1:])):
            zone = tuple(piece for piece in zone if piece.path == zone[0].path)
        if zone and (name := _trimmed(_joined(zone, shown), template)):
            return zone, name
    return (), None


def _likely(template: Template, shown: Sequence[Piece]) -> Iterator[Path]:
    """The places of names, the likeliest first; behind the first few, of which most records have one, those that it has."""
    yield from template.names[:_FEW]
    if len(template.names) > _FEW:
        ways = {way for piece in shown for way in (piece.path, _place(piece.path), piece.path[-1:])}
        here = {template.ranks[part] for way in ways for end in range(len(way) + 1) if (part := way[:end]) in template.ranks}
        yield from (template.names[rank] for rank in sorted({rank for ranks in here for rank in ranks})[:_MOST])


def ranked(names: Sequence[Path]) -> dict[Path, tuple[int, ...]]:
    """Which of these places, from the few first on, a record may have that has a path."""
    ranks: dict[Path, list[int]] = defaultdict(list)
    for rank, path in enumerate(names[_FEW:], _FEW):
        for way in {path, _place(path), path[-1:] if path[-1] == "<" else path}:
            ranks[way] += [rank] if len(ranks[way]) < _MOST else []
    return {way: tuple(found) for way, found in ranks.items()}


def _joined(zone: Sequence[Piece], shown: Sequence[Piece]) -> str:
    """The words of a zone, with a space where other pieces stand between them."""
    places = {id(piece): at for at, piece in enumerate(shown)}
    apart = (places[id(after)] - places[id(before)] > 1 for before, after in pairwise(zone))
    return zone[0].text + "".join(f"{' ' * gap}{piece.text}" for gap, piece in zip(apart, zone[1:], strict=True))


def _is_beside_name(piece: Piece, place: Path) -> bool:
    """Whether a piece at the place of a name stands in brackets or in an element of its own that is called a rank, a town."""
    if _BRACKETED.fullmatch(piece.text):
        return True
    return any(step[0] not in "~<@>" and NO_NAME.search(step) for step in piece.path[len(place) :])


def _trimmed(line: str, template: Template) -> str:
    """A name without the template's words around it; empty if they are all."""
    name = clean_line(_ANSWERING.sub("", line)).strip(_EDGES)
    for word in template.words:
        for bare in (name.removeprefix(word), name.removesuffix(word)):
            if bare != name and bare.strip(AROUND) and (bare[:1].isspace() or bare[-1:].isspace()):
                name = bare.strip(_EDGES)
    if template.before and (found := template.before.match(name)):
        name = name[found.end() :].strip(_EDGES)
    if template.after and (found := template.after.search(name)) and found.start() > 0:
        name = name[: found.start()].strip(_EDGES)
    if name.startswith("(") and name.find(")") == len(name) - 1:
        name = name[1:-1]
    if (found := BADGE.search(name)) and found.start() > 0:
        name = name[: found.start()]
    return name if name.strip(AROUND) else ""


def _is_own(template: Template, piece: Piece) -> bool:
    """Whether a piece is the template's own: a button, a counter, words that all records have."""
    if template.text and piece.path == template.text:
        return False
    return piece.path in template.own.numbers or template.own.counts(piece) or template.own.says(piece)


def _below_heading(kept: list[Piece]) -> list[Piece]:
    """Without the comment's own heading, if it is not all there is."""
    start = next((at for at, piece in enumerate(kept) if not any(map(_HEADING.match, piece.path))), 0)
    return kept[start:]


def _between_signs(kept: list[Piece]) -> list[Piece]:
    """Without what is a sign and nothing else at either end."""
    told = [at for at, piece in enumerate(kept) if not _is_sign(piece)]
    return kept[told[0] : told[-1] + 1] if told else kept


def _unedited(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces of a text without the lines that say who changed it when."""
    edited = False
    for piece in pieces:
        edited = EDITED.match(piece.text) is not None or (edited and not piece.gap)
        if not edited:
            yield piece


def _is_sign(piece: Piece) -> bool:
    return not piece.text.strip(AROUND + "()")


def is_block(path: Path) -> bool:
    """Whether a place is a paragraph, or a text's own line."""
    return bool(path) and _BLOCK.fullmatch(path[-1]) is not None


def steps(path: Path) -> tuple[str, ...]:
    """The elements on a path, without the marks of a split line; what Drupal calls every field says nothing."""
    return tuple(step.replace("field--name-", "") for step in path if step not in "<@>")


def _place(path: Path) -> tuple[str, ...]:
    """The element in which a piece stands, wherever among its children and in whichever paragraph."""
    return tuple(_NUMBERED_BLOCK.sub("", step) for step in path if step[0] not in "<@>~")


def last_steps(path: Path) -> str:
    """The names of the elements right around a piece."""
    return " ".join(steps(path)[-3:])

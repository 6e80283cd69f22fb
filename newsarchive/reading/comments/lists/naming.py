"""Who wrote a record, by its template: the name at the likeliest place of names that the record has.

Where a record lacks a place (a guest has no link, a first paragraph is missing), the next likely one is taken.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from newsarchive.reading.comments.lists.pieces import Path, Piece
from newsarchive.reading.comments.lists.places import AROUND, NAMED_TAGS, is_address, is_block, is_origin, is_sign, place
from newsarchive.reading.comments.lists.template import Template
from newsarchive.reading.comments.lists.wording import ANSWERED, ANSWERING, BADGE, SURELY_AFTER, SURELY_BY, only_lead
from newsarchive.reading.comments.lists.words import CONTROL, NO_NAME
from newsarchive.text import clean_line

EDGES = AROUND.translate({ord(sign): None for sign in "#[]"})  # what is no part of a name
_COLONS = (":", "：", "...", "…")
_FEW, _MOST = 8, 40  # places of names that are tried in every record, and in one
_LONGEST = 100  # characters of a name
_DATED = 4  # digits that no name has, but a date or a clock
_LOOSE = re.compile(r"\s+[#@~*+=>]+$")  # what parts a name from its time: "Anna @ 2006-10-04"
_BRACKETED = re.compile(r"\s?\[[^\[\]]*\]\s?")
# A comment's number before its writer's name: "3.", "#3".
NUMBER = re.compile(r"^(?:(?:no\.?|nr\.?|#)\s?\d{1,5}\s?[.:)\]-]?\s+|\d{1,5}\s?[.:)\]-]\s*)(?=\S)", re.IGNORECASE)
_ORDINAL = re.compile(r"\s*(?:#|№|nr\.?\s)\s?\d[\d.-]*\s*", re.IGNORECASE)  # a comment's number in its list


def name_of(template: Template, shown: Sequence[Piece]) -> tuple[tuple[Piece, ...], str | None]:
    """The pieces in which a record names its writer, and the name; none if no place of names holds one."""
    moved = _moved_time(template, shown)
    outside = bool(template.names) and not _is_in(template.names[0], template.text)
    for likely in _likely(template, shown):
        if outside and _is_in(likely, template.text):
            continue
        path = _moved(likely, template.time or (), moved)
        zone = _zone(template, _at(template, shown, path), path)
        if likely != template.names[0] and len(zone) > 1 and NAMED_TAGS.match("".join(zone[0].path[-1:])):
            zone = tuple(piece for piece in zone if piece.path == zone[0].path)
        name = _trimmed(_joined(_without_leads(zone), shown), template) if zone and not _is_button(zone) else ""
        if 0 < len(name) <= _LONGEST:
            return zone, name
    return (), None


def _at(template: Template, shown: Sequence[Piece], path: Path) -> Sequence[Piece]:
    """What stands at a place of names; where nothing does, and it is no paragraph, in its element wherever that has moved."""
    there = [piece for piece in shown if piece.path[: len(path)] == path and piece.path != template.time]
    if path[-1] == "<":
        there = _before_time(template, shown)
    if there or is_block(path):
        return there
    loose = place(path)
    whole = len(loose) if path[-1][0] not in "~<>^" else None  # what stands beside an element is not all around it
    return [piece for piece in shown if place(piece.path)[:whole] == loose and not piece.time]


def _zone(template: Template, there: Sequence[Piece], path: Path) -> tuple[Piece, ...]:
    """Of what stands at a place of names, what may be a name: no time or count if anything else is there, no sign, no address,
    no comment's number."""
    words = [piece for piece in _unanswering(there) if not (template.own.says(piece) or _is_beside_name(piece, path))]
    zone = tuple([piece for piece in words if not (piece.time or _is_count(template, piece))] or filter(_may_name, words))
    zone = _addressless(tuple(piece for piece in zone if any(map(str.isalnum, piece.text)))) or zone
    return tuple(piece for piece in zone if not piece.text.strip(f"{AROUND}.)").isdecimal()) or zone


def _is_in(path: Path, text: Path) -> bool:
    """Whether a place is in that of the text, if the text has one."""
    return bool(text) and path[: len(text)] == text


def _addressless(zone: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The pieces of a name without the writer's address, if that is not what he calls himself."""
    others = tuple(piece for piece in zone if not is_address(piece))
    return zone if len(others) == len(zone) or all(only_lead(piece.text) for piece in others) else others


def _before_time(template: Template, shown: Sequence[Piece]) -> list[Piece]:
    """What stands before the record's time in its line, in whichever paragraph that is; but not in another element, where
    somebody tells of a day."""
    usual = place(template.time or ())
    lines = [(piece, after.path) for piece, after in pairwise(shown) if after.time and piece.path[-1:] == ("<",)]
    lines.sort(key=lambda line: line[1] != template.time)
    return [piece for piece, path in lines if place(path) == usual or not template.time][:1]


def _moved_time(template: Template, shown: Sequence[Piece]) -> Path:
    """Where a record's time stands if it is in another paragraph than the template's."""
    times = [piece.path for piece in shown if piece.time]
    if template.time is None or template.time in times:
        return ()
    usual = place(template.time)
    return next((path for path in times if len(path) == len(template.time) and place(path) == usual), ())


def _moved(path: Path, time: Path, moved: Path) -> Path:
    """A place in the paragraph of the time, in the paragraph to which this has moved."""
    at = next((at for at, (usual, here) in enumerate(zip(time, moved, strict=False)) if usual != here), len(time))
    return (*time[:at], moved[at], *path[at + 1 :]) if at < len(moved) and path[: at + 1] == time[: at + 1] else path


def _likely(template: Template, shown: Sequence[Piece]) -> Iterator[Path]:
    """The places of names, the likeliest first; behind the first few, of which most records have one, those that it has."""
    yield from template.names[:_FEW]
    if len(template.names) > _FEW:
        ways = {way for piece in shown for way in (piece.path, place(piece.path), piece.path[-1:])}
        here = {template.ranks[part] for way in ways for end in range(len(way) + 1) if (part := way[:end]) in template.ranks}
        yield from (template.names[rank] for rank in sorted({rank for ranks in here for rank in ranks})[:_MOST])


def ranked(names: Sequence[Path]) -> dict[Path, tuple[int, ...]]:
    """Which of these places, from the few first on, a record may have that has a path."""
    ranks: dict[Path, list[int]] = defaultdict(list)
    for rank, path in enumerate(names[_FEW:], _FEW):
        for way in {path, place(path), path[-1:] if path[-1] == "<" else path}:
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
    return any(step[0] not in "~<@>^" and NO_NAME.search(step) for step in piece.path[len(place) :])


def _is_count(template: Template, piece: Piece) -> bool:
    """Whether a piece is a sign, a counter, the number of its comment."""
    return is_sign(piece) or template.own.counts(piece) or _ORDINAL.fullmatch(piece.text.strip(EDGES)) is not None


def _may_name(piece: Piece) -> bool:
    """Whether a piece may be a name though it looks like a time ("May"), or a counter ("Number 5")."""
    return sum(map(str.isdigit, piece.text)) < _DATED and not _ORDINAL.fullmatch(piece.text.strip(EDGES))


def _unanswering(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """The pieces up to the one that says that somebody is answered, or where the writer is from: no name of his is behind it."""
    ends = (at for at, piece in enumerate(pieces) if at and (ANSWERING.match(piece.text.strip(AROUND)) or is_origin(piece)))
    end = next(ends, len(pieces))
    return pieces[:end]


def _without_leads(zone: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The pieces of a name without what leads to it, or from it to the time, beside an element that holds the name alone."""
    while len(zone) > 1 and zone[0].home is not zone[1].home and only_lead(zone[0].text):
        zone = zone[1:]
    while len(zone) > 1 and zone[-1].home is not zone[-2].home and only_lead(zone[-1].text):
        zone = zone[:-1]
    return zone


def _is_button(zone: Sequence[Piece]) -> bool:
    """Whether what stands at a place is a link to answer: a guest's name is none, and the links behind it move up."""
    return len(zone) == 1 and zone[0].linked and CONTROL.fullmatch(zone[0].text.strip(AROUND).lower()) is not None


def _bare(line: str) -> str:
    """A name without the signs around it; a hyphen at its end without a space before it is its own: "Mews-"."""
    name = _LOOSE.sub("", line.strip(EDGES))
    if name.endswith(("(", " )")) and name.count("(") != name.count(")"):
        name = name[:-1].strip(EDGES)  # "Anna (12.03.2019)"
    return f"{name}-" if line.endswith(f"{name}-") else name


def _trimmed(line: str, template: Template) -> str:
    """A name without the template's words around it; empty if they are all."""
    name = clean_line(ANSWERED.sub("", line))
    name = _bare(SURELY_AFTER.sub("", name) if name.endswith(_COLONS) and not template.after else name)
    for form in template.around:
        name = _bare(form.sub("", name))
    if template.numbered:
        name = NUMBER.sub("", name)
    for word in template.words if name.startswith(template.words) or name.endswith(template.words) else ():
        for bare in (name.removeprefix(word), name.removesuffix(word)):
            if bare != name and bare.strip(AROUND) and (bare[:1].isspace() or bare[-1:].isspace()):
                name = bare.strip(EDGES)
    if found := (template.before or SURELY_BY).match(name):
        name = name[found.end() :].strip(EDGES)
    while template.after and (found := template.after.search(name)) and found.start() > 0:
        name = name[: found.start()].strip(EDGES)
    if name.startswith("(") and name.find(")") in (-1, len(name) - 1):
        name = name.strip("()")
    if (found := BADGE.search(name)) and found.start() > 0:
        name = name[: found.start()]
    is_lead = name.islower() and only_lead(name)
    return name if name.strip(AROUND) and not (is_lead or _ORDINAL.fullmatch(line.strip(EDGES))) else ""

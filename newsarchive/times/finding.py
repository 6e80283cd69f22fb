"""The part of a line that is a date or an age: "Posted by Anna on 3 May 2024 at 10:00 | Reply"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from newsarchive.text import clean_line
from newsarchive.times.dates import Place
from newsarchive.times.eras import is_era
from newsarchive.times.interval import Interval
from newsarchive.times.phrases import LONGEST, may_be_time, time_of
from newsarchive.words import filed, fillers, speakers, units
from newsarchive.words.spelling import simplify, tokens

_LONGEST_LINE = 200
_PIECE = re.compile(r"\d+|[^\d\s|·•.,;:()\[\]–—/<>+@-]+|[^\w\s]")
_MOST_WORDS = 14  # in one reading
_MOST_READINGS = 40
_MARKS = r"[\s|·•.,;:()\[\]–—-]"
_FIRST = re.compile(rf"([^\W\d]+){_MARKS}+")
_LAST = re.compile(rf"{_MARKS}+([^\W\d]+)$")
_AFTER_CLOCK = re.compile("[ap]m|uhr|uur|hr?s?|hod|godz|hor[ae]s|น|[чгр]|d|st|nd|rd|th")
_DATE_GOES_ON = re.compile(r"[./:-]?\d")
_PART_OF_NUMBER = re.compile(r"(?:^|\()[-−]$|(?<![\d.,/])\d{1,3}[.,/]$")
_NO_COUNT = re.compile(r"(?:\d{4,}|\b(?:nan|null|undefined)) ?$", re.IGNORECASE)
_NO_YEAR = re.compile(r"(?<!\d)000\d(?!\d)")
_BORDER = re.compile(r"[|·•,;:()\[\]–—-]")


class _Piece(NamedTuple):
    start: int
    end: int
    known: bool
    word: bool


def find_moment(
    text: str, *, at: datetime, time_zone: str | None = None, languages: tuple[str, ...] = ()
) -> tuple[str, Interval] | None:
    """The longest part of a short line that is a date or an age, and what it means; None where none is.

    A bare length of time ("3h") counts only where it stands by itself: between marks or the ends of the line.
    """
    line = clean_line(text[: 2 * _LONGEST_LINE])
    if len(line) > _LONGEST_LINE:
        return None
    place = Place.of(at, time_zone, languages)
    pieces = list(_pieces(line))
    for count, (start, end) in enumerate(_spans(pieces)):
        if count == _MOST_READINGS:
            return None
        part = line[start:end]
        found = time_of(simplify(part), place) if may_be_time(part, languages) else None
        if found and _is_nonsense(line[:start], part):
            return None
        if found and (found.said or (_bordered(line[:start].rstrip()[-1:]) and _bordered(line[end:].lstrip()[:1]))):
            return _trimmed(part, found.interval, place), found.interval
    return None


def _is_nonsense(before: str, part: str) -> bool:
    """Whether the words of a time are only a part of what a broken page says: "-5 minutes ago", "NaN days ago", the year 0001."""
    if _NO_YEAR.search(part) or (part[0].isdigit() and _PART_OF_NUMBER.search(before)):
        return True
    first = simplify(part.split()[0])
    return (first in units() and _NO_COUNT.search(before) is not None) or (first == "now" and before.endswith("from "))


def _trimmed(part: str, meant: Interval, place: Place) -> str:
    """Without the filling words before it, and after it those that belong to no time of day, as long as it means the same."""
    while (word := _FIRST.match(part)) and simplify(word[1]) in fillers():
        found = time_of(simplify(shorter := part[word.end() :]), place)
        if not found or found.interval != meant:
            break
        part = shorter
    while (word := _LAST.search(part)) and (last := simplify(word[1])) in fillers() and not _AFTER_CLOCK.fullmatch(last):
        found = time_of(simplify(shorter := part[: word.start()]), place)
        if not found or found.interval != meant:
            break
        part = shorter
    return part


def _pieces(line: str) -> Iterator[_Piece]:
    """The words, numbers and marks of a line; a number right behind a word that no time has is a part of it: "Anna99"."""
    before: _Piece | None = None
    for found in _PIECE.finditer(line):
        piece = _piece(found)
        glued = before and before.word and not before.known and before.end == piece.start and found[0].isdigit()
        if glued and line[piece.start - 1].lower() != line[piece.start - 1].upper() and not _DATE_GOES_ON.match(line, piece.end):
            piece = piece._replace(known=False)
        yield piece
        before = piece


def _piece(found: re.Match[str]) -> _Piece:
    words = tokens(simplify(found[0]))
    known = all(word.isdigit() or filed(word) in speakers() or is_era(word) for word in words)
    return _Piece(found.start(), found.end(), known, bool(words))


def _spans(pieces: Sequence[_Piece]) -> Iterator[tuple[int, int]]:
    """The stretches of known pieces that neither begin nor end with a mark, the longest first."""
    runs: list[list[_Piece]] = [[]]
    for piece in pieces:
        if piece.known:
            runs[-1].append(piece)
        else:
            runs.append([])
    spans: set[tuple[int, int]] = set()
    for run in runs:
        words = [place for place, piece in enumerate(run) if piece.word]
        for count, first in enumerate(words):
            spans |= {(run[first].start, run[last].end) for last in words[count : count + _MOST_WORDS]}
    return iter(sorted((span for span in spans if span[1] - span[0] <= LONGEST), key=lambda span: (span[0] - span[1], span[0])))


def _bordered(sign: str) -> bool:
    return not sign or bool(_BORDER.match(sign))

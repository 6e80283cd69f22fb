"""Find passages in a page's bytes, whatever they are wrapped in, and blank them without moving a byte.

A page is searched as the row of its letters and digits alone, case and accents folded: white space, signs, quotes that a reader
made straight and tags between the words do not matter. It is searched twice: without its tags, and with them, for what stands
in attributes. A long passage is found in parts too: a teaser of it, or its pieces around what a reader left out. A short one
("Thanks!") may stand anywhere in anybody's words, so it must fill what it stands in: an element, an attribute, a string of JSON.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from newsarchive.vault.takedown.escapes import plain
from newsarchive.vault.takedown.row import LETTERS, SIGNS, TAG, Passage, Row, Wanted, rows_of
from newsarchive.vault.takedown.sieve import Sieve

_PIECE = 12  # letters that are looked up; a passage is found by any of its pieces
_STEP = 8  # letters from one look-up to the next: less than `_SHORT` - `_PIECE`
_PART = 48  # letters that a part of a passage must have to be one
_BEGINNING = 28  # letters of a passage's beginning: a teaser
_SHORT = 20  # letters below which a passage must fill what it stands in
_NAME = 6  # letters from which a name that fills what it stands in is told from a word of the page
_GAP = 80  # letters between two parts of one passage
_WINDOW, _OVERLAP = 1 << 20, 1 << 17  # bytes; a passage is found whole if its mark-up is not longer than the overlap


@dataclass(frozen=True, slots=True)
class Found:
    """A passage at one place of a page: the ranges of bytes that say it, without the tags in it."""

    passage: Passage
    ranges: tuple[tuple[int, int], ...]


class Passages:
    """Many passages, looked for together."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        wanted = [one for passage in dict.fromkeys(passages) if (one := _wanted(passage)).letters]
        self._sieve = Sieve((one.passage.text for one in wanted), beginning=_BEGINNING, part=_PART)
        self._short: dict[bool, list[Wanted]] = {True: [], False: []}  # by whether they have letters
        self._pieces: dict[str, list[tuple[Wanted, int]]] = defaultdict(list)
        for one in wanted:
            if one.passage.name or len(one.letters) < _SHORT:
                self._short[any(map(str.isalnum, one.letters))].append(one)
            else:
                for piece, at in _pieces(one.letters):
                    self._pieces[piece].append((one, at))

    def find(self, body: bytes, charset: str | None = None, *, names: bool = False) -> list[Found]:
        """Where the passages stand in a page; a name as any word of it if `names` says that this is its bearer's page.

        `charset` as in `escapes.Plain`. A large page is looked through in windows, so that it takes no more memory than another.
        """
        found: dict[tuple[tuple[int, int], ...], Found] = {}
        for start in range(0, len(body), _WINDOW):
            window = body[start : start + _WINDOW + _OVERLAP]
            if not self._sieve.may_hold(window):
                continue
            for one in self._find(window, charset, names=names):
                ranges = tuple((start + begin, start + end) for begin, end in one.ranges)
                found.setdefault(ranges, Found(one.passage, ranges))
        return list(found.values())

    def _find(self, body: bytes, charset: str | None, *, names: bool) -> Iterator[Found]:
        rows = rows_of(body, charset, signs=False)
        hits = [(row, *hit) for row in rows for hit in (*self._long(row), *self._whole(row, True, names=names))]
        if self._short[False]:
            rows = rows_of(body, charset, signs=True)
            hits += [(row, *hit) for row in rows for hit in self._whole(row, False, names=names)]
        for row, one, start, end in hits:
            if ranges := row.ranges(one, start, end):
                yield Found(one.passage, ranges)

    def _long(self, row: Row) -> Iterator[tuple[Wanted, int, int]]:
        """The places of long passages, and of their parts; what a reader leaves out between two of them stands between tags."""
        parts = self._parts(row)
        return ((one, start, end) for one, start, end, _ in parts) if row.tags else _joined(parts)

    def _parts(self, row: Row) -> Iterator[tuple[Wanted, int, int, int]]:
        """The places of long passages, and of their parts; also, where in the passage a part begins."""
        letters, pieces, done = row.letters, self._pieces, dict[Wanted, int]()
        for at in range(0, len(letters) - _PIECE + 1, _STEP) if pieces else ():
            for one, offset in pieces.get(letters[at : at + _PIECE], ()):
                if done.get(one, -1) > at:
                    continue
                start, end, first = _stretched(letters, at, one.letters, offset)
                size = end - start
                if size >= min(_PART, len(one.letters)) or (not first and size >= _BEGINNING):
                    done[one] = end
                    yield one, start, end, first

    def _whole(self, row: Row, lettered: bool, *, names: bool) -> Iterator[tuple[Wanted, int, int]]:
        """The places of short passages and of names."""
        for one in self._short[lettered]:
            for start, end in _places(row.letters, one.letters):
                word = one.passage.name and names
                named = not one.passage.name or names or len(one.letters) >= _NAME
                if named and row.is_word(start, end) and row.is_said(one, start, end, filling=not word):
                    yield one, start, end


def blank(body: bytes, found: Iterable[Found], charset: str | None = None, *, word: int = 5) -> bytes:
    """The page with these passages overwritten by words of `word` letters: as long as before, telling nothing but lengths."""
    blanked = bytearray(body)
    coding = charset or "ascii"
    width = len("x".encode(coding))
    for start, end in (part for one in found for part in one.ranges):
        spaced = any(space in body[start:end] for space in (b" ", b"\n", b"\t"))
        words = ("x" * word + " " if spaced else "x") * ((end - start) // width + 1)
        filler = (words[: (end - start) // width - 1] + "x").encode(coding)
        blanked[start:end] = filler if len(filler) == end - start else b"x" * (end - start)
    return bytes(blanked)


def is_blank(text: str | None) -> bool:
    """Whether a text that was read from a blanked page is nothing but what passages are overwritten with."""
    return bool(text) and not text.strip("x \n")  # type: ignore[union-attr]  # bool says that there is one


def letters_of(text: str) -> str:
    """What is compared of a text: its letters and digits, or its signs if it has none of these."""
    bare = TAG.sub(" ", plain(text))
    return "".join(bare.translate(LETTERS).split()) or "".join(bare.translate(SIGNS).split())


def _wanted(passage: Passage) -> Wanted:
    text, letters = plain(passage.text), letters_of(passage.text)
    return Wanted(passage, letters, frozenset(sign for sign in text if not sign.isalnum() and not sign.isspace()), " " in text)


def _pieces(letters: str) -> Iterator[tuple[str, int]]:
    """The pieces of a passage, one at each of its letters, with their places.

    A page is looked at in steps: any `_SHORT` letters of it hold a step with a whole piece behind it. Of a piece that stands
    often in one passage the places are kept that do not overlap: "aaaa..." has one at each letter.
    """
    known: set[str] = set()
    for at in range(len(letters) - _PIECE + 1):
        piece = letters[at : at + _PIECE]
        if piece not in known or at % _PIECE == 0:
            known.add(piece)
            yield piece, at


def _stretched(letters: str, at: int, wanted: str, offset: int) -> tuple[int, int, int]:
    """A piece that was found at `at` as far as it agrees with what is wanted; also, where in this it begins."""
    start, first, end, last = at, offset, at + _PIECE, offset + _PIECE
    while start and first and letters[start - 1] == wanted[first - 1]:
        start, first = start - 1, first - 1
    while end < len(letters) and last < len(wanted) and letters[end] == wanted[last]:
        end, last = end + 1, last + 1
    return start, end, first


def _joined(hits: Iterable[tuple[Wanted, int, int, int]]) -> Iterator[tuple[Wanted, int, int]]:
    """Parts of one passage that follow each other closely are one place: between them is what a reader left out."""
    places: dict[Wanted, list[tuple[int, int, int]]] = defaultdict(list)
    for one, start, end, first in hits:
        known, last = places[one], first + end - start
        if known and start - known[-1][1] <= min(_GAP, len(one.letters) // 2) and first >= known[-1][2]:
            start = known.pop()[0]
        known.append((start, end, last))
    return ((one, start, end) for one, known in places.items() for start, end, _ in known)


def _places(letters: str, wanted: str) -> Iterator[tuple[int, int]]:
    at = letters.find(wanted)
    while at >= 0:
        yield at, at + len(wanted)
        at = letters.find(wanted, at + len(wanted))

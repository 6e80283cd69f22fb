"""Find passages in a page's bytes, whatever they are wrapped in, and blank them without moving a byte.

A page is searched as the row of its letters and digits alone, case and accents folded: white space, signs, quotes that a reader
made straight and tags between the words do not matter. It is searched twice: without its tags, and with them, for what stands
in attributes. A long passage is found in parts too: a teaser of it, or its pieces around what a reader left out. A short one
("Thanks!") may stand anywhere in anybody's words, so it must fill what it stands in: an element, an attribute, a string of JSON.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from newsarchive.vault.takedown.escapes import Plain, plain
from newsarchive.vault.takedown.sieve import Sieve

_TAG = re.compile(r"<!\[CDATA\[|\]\]>|<!--|-->|<[a-zA-Z/!?][^<>]*>")
_SAID_IN_TAG = re.compile(
    r"\b(?:href|src|srcset|alt|title|content|value|cite|data-[\w-]+)\s*=\s*(?:\"([^\"]+)\"|'([^']+)')", re.I
)
_TEXT_ATTRIBUTE = re.compile(
    r"\b(?:alt|title|content|value|aria-label|label|placeholder|summary|data-[\w-]+)\s*=\s*(?:\"[^\"<>]*|'[^'<>]*)\Z",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"[\w-]\s*=\s*(?:\"[^\"<>]*|'[^'<>]*)\Z")
_WORDS = re.compile(r"\S+")
_SLUG = re.compile(r"[^\s<>+]*[-_/][^\s<>+]*")
_PIECE = 12  # letters that are looked up; a passage is found by any of its pieces
_PART = 48  # letters that a part of a passage must have to be one
_BEGINNING = 28  # letters of a passage's beginning: a teaser
_SHORT = 20  # letters below which a passage must fill what it stands in
_NAME = 6  # letters from which a name that fills what it stands in is told from a word of the page
_BEFORE, _BEHIND = frozenset(">\"'[=("), frozenset("<\"'])&")
_DELIMITERS = frozenset("<>\"'&\\")
_QUOTED = re.compile(r"=\s*(?:\"[^\"<>]*|'[^'<>]*)\Z|[:,\[]\s*\"[^\"]*\Z")
_KEY = re.compile(r"[\"']\s*:")  # what stands there is the name of a field in JSON
_BARE = re.compile(r"[<>\"]")
_GAP = 80  # letters between two parts of one passage
_WINDOW, _OVERLAP = 1 << 20, 1 << 17  # bytes; a passage is found whole if its mark-up is not longer than the overlap


class _Letters(dict[int, str]):
    """Letters and digits without case and accents, one for one; a space for everything else."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        base = unicodedata.normalize("NFKD", sign)[:1].casefold()[:1]
        self[code] = base if sign.isalnum() and base.isalnum() else " "
        return self[code]


class _Signs(dict[int, str]):
    """Every sign as it is, for passages that have no letters."""

    def __missing__(self, code: int) -> str:
        self[code] = " " if chr(code).isspace() else chr(code)
        return self[code]


_LETTERS, _SIGNS = _Letters(), _Signs()


@dataclass(frozen=True, slots=True)
class Passage:
    """What is looked for; `name` for a name, which is looked for as a word, and only where its bearer's words stand."""

    text: str
    name: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A passage at one place of a page: the ranges of bytes that say it, without the tags in it."""

    passage: Passage
    ranges: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A passage as it is compared: its letters (its signs, if it has none), the signs around them, and if it has a space."""

    passage: Passage
    letters: str
    signs: frozenset[str]
    spaced: bool


class Passages:
    """Many passages, looked for together."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        wanted = [one for passage in dict.fromkeys(passages) if (one := _wanted(passage)).letters]
        self._sieve = Sieve((one.passage.text for one in wanted), beginning=_BEGINNING, part=_PART)
        self._short: dict[bool, list[_Wanted]] = {True: [], False: []}  # by whether they have letters
        self._pieces: dict[str, list[tuple[_Wanted, int]]] = defaultdict(list)
        for one in wanted:
            if one.passage.name or len(one.letters) < _SHORT:
                self._short[any(map(str.isalnum, one.letters))].append(one)
            else:
                for at in {*range(0, len(one.letters) - _PIECE, _PIECE), len(one.letters) - _PIECE}:
                    self._pieces[one.letters[at : at + _PIECE]].append((one, at))

    def find(self, body: bytes, charset: str | None = None, *, names: bool = False) -> list[Found]:
        """Where the passages stand in a page; a name as any word of it if `names` says that this is its bearer's page.

        `charset` as in `escapes.Plain`. A large page is looked through in windows, so that it takes no more memory than another.
        """
        found: dict[tuple[tuple[int, int], ...], Found] = {}
        for start in range(0, len(body), _WINDOW):
            window = body[start : start + _WINDOW + _OVERLAP]
            if not self._sieve.may_hold(window):
                continue
            for one in self._find(Plain(window, charset), names=names):
                ranges = tuple((start + begin, start + end) for begin, end in one.ranges)
                found.setdefault(ranges, Found(one.passage, ranges))
        return list(found.values())

    def _find(self, page: Plain, *, names: bool) -> Iterator[Found]:
        rows = [_Row(page, tags=tags) for tags in (False, True)]
        hits = [(row, *hit) for row in rows for hit in (*self._long(row), *self._whole(row, True, names=names))]
        if self._short[False]:
            rows = [_Row(page, tags=tags, signs=True) for tags in (False, True)]
            hits += [(row, *hit) for row in rows for hit in self._whole(row, False, names=names)]
        for row, one, start, end in hits:
            if ranges := row.ranges(one, start, end):
                yield Found(one.passage, ranges)

    def _long(self, row: _Row) -> Iterator[tuple[_Wanted, int, int]]:
        """The places of long passages, and of their parts; what a reader leaves out between two of them stands between tags."""
        parts = self._parts(row)
        return ((one, start, end) for one, start, end, _ in parts) if row.tags else _joined(parts)

    def _parts(self, row: _Row) -> Iterator[tuple[_Wanted, int, int, int]]:
        """The places of long passages, and of their parts; also, where in the passage a part begins."""
        letters, pieces, done = row.letters, self._pieces, dict[_Wanted, int]()
        for at in range(len(letters) - _PIECE + 1) if pieces else ():
            for one, offset in pieces.get(letters[at : at + _PIECE], ()):
                if done.get(one, -1) > at:
                    continue
                start, end, first = _stretched(letters, at, one.letters, offset)
                size = end - start
                if size >= min(_PART, len(one.letters)) or (not first and size >= _BEGINNING):
                    done[one] = end
                    yield one, start, end, first

    def _whole(self, row: _Row, lettered: bool, *, names: bool) -> Iterator[tuple[_Wanted, int, int]]:
        """The places of short passages and of names."""
        for one in self._short[lettered]:
            for start, end in _places(row.letters, one.letters):
                word = one.passage.name and names
                named = not one.passage.name or names or len(one.letters) >= _NAME
                if named and row.is_word(start, end) and row.is_said(one, start, end, filling=not word):
                    yield one, start, end


class _Row:
    """A page's letters in a row, with the way back to its bytes. `tags` says that the tags are in it as well."""

    def __init__(self, page: Plain, *, tags: bool, signs: bool = False) -> None:
        self._page, self._text, self.tags = page, page.text, tags
        text = page.text if tags else _TAG.sub(lambda tag: " " * len(tag[0]), page.text)
        words = list(_WORDS.finditer(text.translate(_SIGNS if signs else _LETTERS)))
        self.letters = "".join(word[0] for word in words)
        self._places = [word.start() for word in words]
        self._starts = [0, *accumulate(len(word[0]) for word in words)]

    def _place(self, start: int, end: int) -> tuple[int, int]:
        """The range of the page's text in which these letters stand."""
        first, last = bisect_right(self._starts, start) - 1, bisect_right(self._starts, end - 1) - 1
        return self._places[first] + start - self._starts[first], self._places[last] + end - self._starts[last]

    def is_word(self, start: int, end: int) -> bool:
        """Whether no word goes on before or behind these letters."""
        begin, stop = self._place(start, end)
        return not (self._text[begin - 1 : begin].isalnum() or self._text[stop : stop + 1].isalnum())

    def is_said(self, one: _Wanted, start: int, end: int, *, filling: bool) -> bool:
        """Whether this is text and no name of a class or a field; `filling`: and nothing stands beside it in its place."""
        begin, stop = self._widened(one, *self._place(start, end))
        before, behind = self._text[max(0, begin - 200) : begin].rstrip(), self._text[stop : stop + 200].lstrip()
        if self.tags and _ATTRIBUTE.search(before) and not _TEXT_ATTRIBUTE.search(before):
            return False
        if self.tags and not filling:
            return bool(_QUOTED.search(before))
        return not filling or (before[-1:] in _BEFORE and behind[:1] in _BEHIND and not _KEY.match(behind))

    def _widened(self, one: _Wanted, begin: int, stop: int) -> tuple[int, int]:
        """With the passage's own signs before and behind its letters: the bracket, the point, the smile."""
        text, widest = self._text, len(one.passage.text)
        while begin and widest and self._is_sign(begin - 1, one):
            begin, widest = begin - 1, widest - 1
        while stop < len(text) and widest and self._is_sign(stop, one):
            stop, widest = stop + 1, widest - 1
        return begin, stop

    def _is_sign(self, at: int, one: _Wanted) -> bool:
        """Whether one of the passage's signs stands here that ends nothing around it: a bare quote may be its attribute's."""
        sign = self._text[at]
        if sign == " ":
            return one.spaced and self._text[at - 1] in one.signs and self._text[at + 1 : at + 2] in one.signs
        if sign not in one.signs:
            return False
        begin, stop = self._page.source(at, at + 1)
        return sign not in _DELIMITERS or stop - begin > 1

    def ranges(self, one: _Wanted, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """The ranges of bytes that say the passage: without tags, but with the addresses and texts in these tags."""
        begin, stop = self._widened(one, *self._place(start, end))
        if one.spaced and _SLUG.fullmatch(self._text, begin, stop):
            return ()  # an address made of the words: captures stand under it
        parts = _between_tags(self._text, begin, stop)
        if self.tags:
            parts = [piece for part in parts for piece in self._within_quotes(*part)]
        return tuple(self._page.source(*part) for part in parts)

    def _within_quotes(self, begin: int, stop: int) -> Iterator[tuple[int, int]]:
        """The parts between bare quotes and brackets, which end an attribute or a tag."""
        for found in _BARE.finditer(self._text, begin, stop):
            first, last = self._page.source(*found.span())
            if last - first == 1:
                yield from [(begin, found.start())] if found.start() > begin else []
                begin = found.end()
        if stop > begin:
            yield begin, stop


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
    bare = _TAG.sub(" ", plain(text))
    return "".join(bare.translate(_LETTERS).split()) or "".join(bare.translate(_SIGNS).split())


def _wanted(passage: Passage) -> _Wanted:
    text, letters = plain(passage.text), letters_of(passage.text)
    return _Wanted(passage, letters, frozenset(sign for sign in text if not sign.isalnum() and not sign.isspace()), " " in text)


def _stretched(letters: str, at: int, wanted: str, offset: int) -> tuple[int, int, int]:
    """A piece that was found at `at` as far as it agrees with what is wanted; also, where in this it begins."""
    start, first, end, last = at, offset, at + _PIECE, offset + _PIECE
    while start and first and letters[start - 1] == wanted[first - 1]:
        start, first = start - 1, first - 1
    while end < len(letters) and last < len(wanted) and letters[end] == wanted[last]:
        end, last = end + 1, last + 1
    return start, end, first


def _joined(hits: Iterable[tuple[_Wanted, int, int, int]]) -> Iterator[tuple[_Wanted, int, int]]:
    """Parts of one passage that follow each other closely are one place: between them is what a reader left out."""
    places: dict[_Wanted, list[tuple[int, int, int]]] = defaultdict(list)
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


def _between_tags(text: str, begin: int, stop: int) -> list[tuple[int, int]]:
    """The parts of a text that are no tags, and of the tags what a reader may see or follow."""
    parts, at = [], begin
    for tag in _TAG.finditer(text, begin, stop):
        parts.append((at, tag.start()))
        parts += [said.span(said.lastindex or 0) for said in _SAID_IN_TAG.finditer(text, *tag.span())]
        at = tag.end()
    return [(start, end) for start, end in (*parts, (at, stop)) if text[start:end].strip()]

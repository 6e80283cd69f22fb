"""A page's letters in a row, with the way back to its bytes: what passages are looked for in, and what stands around them."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate

from newsarchive.vault.takedown.escapes import Plain

TAG = re.compile(r"<!\[CDATA\[|\]\]>|<!--|-->|<[a-zA-Z/!?][^<>]*>")
_SAID_IN_TAG = re.compile(
    r"\b(?:href|src|srcset|alt|title|content|value|cite|data-[\w-]+)\s*=\s*(?:\"([^\"]+)\"|'([^']+)')", re.I
)
_TEXT_ATTRIBUTE = re.compile(
    r"\b(?:alt|title|content|value|aria-label|label|placeholder|summary|data-[\w-]+)\s*=\s*(?:\"[^\"<>]*|'[^'<>]*)\Z",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"[\w-]\s*=\s*(?:\"[^\"<>]*|'[^'<>]*)\Z")
_WORD = re.compile(r"\S+")
_SLUG = re.compile(r"[^\s<>+]*[-_/][^\s<>+]*")
_BEFORE, _BEHIND = frozenset(">\"'[=("), frozenset("<\"'])&")
_DELIMITERS = frozenset("<>\"'&\\")
_QUOTED = re.compile(r"=\s*(?:\"[^\"<>]*|'[^'<>]*)\Z|[:,\[]\s*\"[^\"]*\Z")
_KEY = re.compile(r"[\"']\s*:")  # what stands there is the name of a field in JSON
_BARE = re.compile(r"[<>\"]")


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


LETTERS, SIGNS = _Letters(), _Signs()


@dataclass(frozen=True, slots=True)
class Passage:
    """What is looked for; `name` for a name, which is looked for as a word, and only where its bearer's words stand."""

    text: str
    name: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """A passage as it is compared: its letters (its signs, if it has none), the signs around them, and if it has a space."""

    passage: Passage
    letters: str
    signs: frozenset[str]
    spaced: bool


class Row:
    """A page's letters in a row, with the way back to its bytes. `tags` says that the tags are in it as well."""

    def __init__(self, page: Plain, *, tags: bool, signs: bool = False) -> None:
        self._page, self._text, self.tags = page, page.text, tags
        text = page.text if tags else TAG.sub(lambda tag: " " * len(tag[0]), page.text)
        self._spaced = text.translate(SIGNS if signs else LETTERS)
        self.letters = "".join(self._spaced.split())

    @cached_property
    def _words(self) -> tuple[list[int], list[int]]:
        """Where each word begins in the text, and in the row of letters."""
        words = list(_WORD.finditer(self._spaced))
        return [word.start() for word in words], [0, *accumulate(word.end() - word.start() for word in words)]

    def _place(self, start: int, end: int) -> tuple[int, int]:
        """The range of the page's text in which these letters stand."""
        places, starts = self._words
        first, last = bisect_right(starts, start) - 1, bisect_right(starts, end - 1) - 1
        return places[first] + start - starts[first], places[last] + end - starts[last]

    def is_word(self, start: int, end: int) -> bool:
        """Whether no word goes on before or behind these letters."""
        begin, stop = self._place(start, end)
        return not (self._text[begin - 1 : begin].isalnum() or self._text[stop : stop + 1].isalnum())

    def is_said(self, one: Wanted, start: int, end: int, *, filling: bool) -> bool:
        """Whether this is text and no name of a class or a field; `filling`: and nothing stands beside it in its place."""
        begin, stop = self._widened(one, *self._place(start, end))
        before, behind = self._text[max(0, begin - 200) : begin].rstrip(), self._text[stop : stop + 200].lstrip()
        if self.tags and _ATTRIBUTE.search(before) and not _TEXT_ATTRIBUTE.search(before):
            return False
        if self.tags and not filling:
            return bool(_QUOTED.search(before))
        return not filling or (before[-1:] in _BEFORE and behind[:1] in _BEHIND and not _KEY.match(behind))

    def _widened(self, one: Wanted, begin: int, stop: int) -> tuple[int, int]:
        """With the passage's own signs before and behind its letters: the bracket, the point, the smile."""
        text, widest = self._text, len(one.passage.text)
        while begin and widest and self._is_sign(begin - 1, one):
            begin, widest = begin - 1, widest - 1
        while stop < len(text) and widest and self._is_sign(stop, one):
            stop, widest = stop + 1, widest - 1
        return begin, stop

    def _is_sign(self, at: int, one: Wanted) -> bool:
        """Whether one of the passage's signs stands here that ends nothing around it: a bare quote may be its attribute's."""
        sign = self._text[at]
        if sign == " ":
            return one.spaced and self._text[at - 1] in one.signs and self._text[at + 1 : at + 2] in one.signs
        if sign not in one.signs:
            return False
        begin, stop = self._page.source(at, at + 1)
        return sign not in _DELIMITERS or stop - begin > 1

    def ranges(self, one: Wanted, start: int, end: int) -> tuple[tuple[int, int], ...]:
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


@lru_cache(maxsize=2)
def rows_of(body: bytes, charset: str | None, *, signs: bool) -> tuple[Row, Row]:
    """A page without its tags, and with them; it is asked for again with other passages as it is worked on."""
    page = _plain(body, charset)
    return Row(page, tags=False, signs=signs), Row(page, tags=True, signs=signs)


@lru_cache(maxsize=1)
def _plain(body: bytes, charset: str | None) -> Plain:
    return Plain(body, charset)


def _between_tags(text: str, begin: int, stop: int) -> list[tuple[int, int]]:
    """The parts of a text that are no tags, and of the tags what a reader may see or follow."""
    parts, at = [], begin
    for tag in TAG.finditer(text, begin, stop):
        parts.append((at, tag.start()))
        parts += [said.span(said.lastindex or 0) for said in _SAID_IN_TAG.finditer(text, *tag.span())]
        at = tag.end()
    return [(start, end) for start, end in (*parts, (at, stop)) if text[start:end].strip()]

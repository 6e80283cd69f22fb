"""A quick look at a page's bytes, which passes by most pages that hold none of the passages.

No one writes plain letters as escapes. So the words of a passage that are ASCII stand in the page as they are, whatever it is
wrapped in; only white space and tags part them. What is compared are the bytes that are ASCII letters and digits. Where a passage
has no such word, its first sign is looked for, in each of the ways in which it may be written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html.entities import codepoint2name

_WORD = re.compile(r"[A-Za-z0-9]+")
_RUN = re.compile(r"[A-Za-z0-9 ]+")
_NO_LETTERS = bytes(sorted(set(range(256)) - {*range(0x30, 0x3A), *range(0x41, 0x5B), *range(0x61, 0x7B)}))
_LOWER = bytes(range(256)).lower()
_PIECE = 12  # letters of a piece of several words
_ENOUGH = 6  # pieces of a text; tags do not part the words in all of them
_FEW = 150  # pieces; more of them are looked for together
_SHORTEST = 3  # letters of a word that tells something
_CHARSETS = ("utf-8", "utf-16-le", "utf-16-be", "windows-1252", "windows-1251", "iso8859-2")


class Sieve:
    """Lets pages pass that may hold one of the texts, or such a part of it as is looked for.

    That is its first `beginning` letters, or any `part` letters of it.
    """

    def __init__(self, texts: Iterable[str], *, beginning: int, part: int) -> None:
        self._pieces: set[bytes] = set()  # any of them
        self._groups: set[frozenset[bytes]] = set()  # all of any of them
        self._signs: set[bytes] = set()  # any of them, and not among the letters alone
        for text in texts:
            pieces = set(_pieces(text))
            groups = [frozenset(_words(text, *span)) for span in _spans(text, beginning, part)]
            if len(pieces) >= _ENOUGH:
                self._pieces |= pieces
            elif all(groups):
                self._groups.update(groups)
            else:
                self._signs.update(_ways_to_write(text))

    def may_hold(self, body: bytes) -> bool:
        """Whether one of the texts, or a part of it, may stand in these bytes."""
        letters = body.translate(_LOWER, _NO_LETTERS)
        if any(all(word in letters for word in group) for group in self._groups):
            return True
        if self._signs:
            lowered = body.lower()
            if any(sign in lowered for sign in self._signs):
                return True
        if len(self._pieces) <= _FEW:
            return any(piece in letters for piece in self._pieces)
        return not self._pieces.isdisjoint(letters[at : at + _PIECE] for at in range(len(letters) - _PIECE + 1))


def _pieces(text: str) -> Iterator[bytes]:
    """Pieces of several words, each of which nothing but spaces part in the text."""
    for run in _RUN.findall(text):
        row = run.replace(" ", "").lower().encode()
        yield from (row[at : at + _PIECE] for at in range(0, len(row) - _PIECE + 1, _PIECE))


def _spans(text: str, beginning: int, part: int) -> list[tuple[int, int]]:
    """The letters, from and to, of which any part that is looked for has one span in it."""
    size = sum(map(str.isalnum, text))
    if size < part:
        return [(0, min(size, beginning))]
    return [(0, beginning), (max(0, size - part), part)]  # the second is empty for a long text of other letters


def _words(text: str, first: int, last: int) -> Iterator[bytes]:
    """The words of ASCII letters that lie within this span of the text's letters and digits."""
    at = place = 0
    for word in _WORD.finditer(text):
        place += sum(map(str.isalnum, text[at : word.start()]))
        if first <= place and place + len(word[0]) <= last and len(word[0]) >= _SHORTEST:
            yield word[0].lower().encode()
        place += len(word[0])
        at = word.end()


def _ways_to_write(text: str) -> Iterator[bytes]:
    """The ways in which the first sign of a text may stand in a page, in lower case."""
    sign = text.strip()[:1] or " "
    yield f"\\u{sign.encode('utf-16-be').hex()[:4]}".encode()
    yield f"#{ord(sign)}".encode()  # behind an ampersand, which may be an escape itself
    yield f"#x{ord(sign):x}".encode()
    yield f"{codepoint2name.get(ord(sign), '#')};".lower().encode()
    yield "".join(f"%{byte:02x}" for byte in sign.encode()).encode()
    for charset in _CHARSETS:
        if coded := sign.encode(charset, "ignore"):
            yield coded.lower()

"""A quick look at a page's bytes, which passes by most pages that hold none of the passages.

No one writes plain letters as escapes. So some of a passage's words stand in the page as they are, whatever it is wrapped in;
only white space and tags may part them. What is compared are the bytes that are ASCII letters and digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_PLAIN = re.compile(r"[A-Za-z0-9 ]+")
_NO_LETTERS = bytes(sorted(set(range(256)) - {*range(0x30, 0x3A), *range(0x41, 0x5B), *range(0x61, 0x7B)}))
_LOWER = bytes(range(256)).lower()
_LONGEST = 12  # letters of a piece of several words
_ENOUGH = 6  # pieces of a text; tags do not part the words in all of them
_WORD, _SHORTEST = 6, 4  # letters of a word that tells something, and of one where there is no longer one
_FEW = 150  # pieces; more of them are looked for together


class Sieve:
    """Lets pages pass that may hold one of the texts."""

    def __init__(self, texts: Iterable[str]) -> None:
        pieces = [_pieces(text) for text in texts]
        self._sure = all(pieces)
        every = set().union(*pieces)
        self._long = {piece for piece in every if len(piece) == _LONGEST}
        self._others = every - self._long

    def may_hold(self, body: bytes) -> bool:
        """Whether one of the texts, or a part of it, may stand in these bytes."""
        if not self._sure:
            return True
        letters = body.translate(_LOWER, _NO_LETTERS)
        if any(piece in letters for piece in self._others):
            return True
        if len(self._long) <= _FEW:
            return any(piece in letters for piece in self._long)
        return not self._long.isdisjoint(letters[at : at + _LONGEST] for at in range(len(letters) - _LONGEST + 1))


def _pieces(text: str) -> set[bytes]:
    """Pieces of a text of which one stands as it is in any page that holds it or a good part of it; none if that is not sure."""
    runs = [run.lower().encode() for run in _PLAIN.findall(text)]
    rows = [run.replace(b" ", b"") for run in runs]
    pieces = {row[at : at + _LONGEST] for row in rows for at in range(0, len(row) - _LONGEST + 1, _LONGEST)}
    if len(pieces) >= _ENOUGH:
        return pieces
    words = {word for run in runs for word in run.split() if len(word) >= _SHORTEST}
    return {word for word in words if len(word) >= _WORD} or words

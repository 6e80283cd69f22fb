"""The template by which a list's records are made, and what it tells of each: who, when, what.

Places are paths of elements within a record. What stands at one place in one record stands there in the others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsarchive.reading.comments.lists.own import OwnWords
from newsarchive.reading.comments.lists.pieces import Path, Piece
from newsarchive.text import clean_line


@dataclass(frozen=True, slots=True)
class Template:
    """The places of a list's records: of names, the likeliest first; of the time; of the text; the template's own words.

    `ranks` tells which `names` a record may have (`ranked`). `words` are those of the template's own words that may stand at a
    name, `around` the forms of others that are the same around most names, `before` and `after` the words of a language that
    stand at most names. `side` is where the text stands if it has no place without name and time in it: before both (0),
    between them (1) or behind (2). `numbered` tells that a number stands before every name.
    """

    names: tuple[Path, ...]
    ranks: dict[Path, tuple[int, ...]]
    time: Path | None
    text: Path
    own: OwnWords
    words: tuple[str, ...]
    around: tuple[re.Pattern[str], ...] = ()
    side: int | None = None
    before: re.Pattern[str] | None = None
    after: re.Pattern[str] | None = None
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What one record tells: name, words and pieces of the time, text; `head` are the pieces that stand outside the text,
    `quoted` those of a comment that it answers."""

    name: str | None
    time: tuple[Piece, ...]
    text: str | None
    head: tuple[Piece, ...]
    quoted: tuple[Piece, ...] = ()

    @property
    def when(self) -> str | None:
        """The words of the time in one line."""
        line = ""
        for piece in self.time:
            parted = piece.gap or (line[-1:].isalnum() and piece.text[:1].isalnum())
            line += f" {piece.text}" if parted else piece.text
        return clean_line(line) or None

"""What changed between two wordings, word by word: the pieces of both in reading order, each kept, removed or added.

Paragraphs are compared first, and words only within the paragraphs that differ, so that a long article costs little. Where two
stretches are so long and different that their words would cost seconds, the one is shown removed and the other added.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from operator import itemgetter
from typing import Literal

Change = Literal["kept", "removed", "added"]
Stretch = tuple[bool, Sequence[str], Sequence[str]]  # whether it is the same in both, and what stands in each

_PARAGRAPHS = re.compile(r".*?(?:\n\s*\n|\Z)", re.DOTALL)
_WORDS = re.compile(r"\w+|\s+|[^\w\s]")
_MOST_PAIRS = 4_000_000  # of words that are compared with each other: a tenth of a second or two


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, and what became of it."""

    change: Change
    text: str


def compare(before: str, after: str) -> list[Piece]:
    """The pieces of both wordings. Those that are not `added` are `before`, those that are not `removed` are `after`."""
    pieces = _of_paragraphs(*([part for part in _PARAGRAPHS.findall(text) if part] for text in (before, after)))
    return [Piece(change, "".join(piece.text for piece in run)) for change, run in groupby(pieces, lambda piece: piece.change)]


def _of_paragraphs(before: Sequence[str], after: Sequence[str]) -> Iterator[Piece]:
    for same, old, new in _aligned(before, after):
        if same:
            yield Piece("kept", "".join(old))
        else:
            yield from _of_words("".join(old), "".join(new))


def _of_words(before: str, after: str) -> Iterator[Piece]:
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if len(old) * len(new) > _MOST_PAIRS:
        parts: Iterator[Stretch] = iter([(False, old, new)])
    else:
        parts = _aligned(old, new)
    for same, gone, come in _joined(parts):
        if same:
            yield Piece("kept", "".join(gone))
            continue
        if gone:
            yield Piece("removed", "".join(gone))
        if come:
            yield Piece("added", "".join(come))


def _joined(parts: Iterable[Stretch]) -> Iterator[Stretch]:
    """The same stretches; changes with nothing but a space or a comma between them are one change, which is easier to read."""
    listed = list(parts)
    ends = (0, len(listed) - 1)
    told = [
        (same and (number in ends or any(word[0].isalnum() for word in old)), old, new)
        for number, (same, old, new) in enumerate(listed)
    ]
    for same, group in groupby(told, key=itemgetter(0)):
        run = list(group)
        yield same, [word for _, old, _ in run for word in old], [word for _, _, new in run for word in new]


def _aligned(before: Sequence[str], after: Sequence[str]) -> Iterator[Stretch]:
    """Stretches of both, in order, and whether they are the same."""
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        yield kind == "equal", before[a:b], after[c:d]

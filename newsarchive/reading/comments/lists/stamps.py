"""The time of a comment as its page tells it to machines: in `<time datetime>`, a title, a data attribute."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from newsarchive.reading.comments.entry import moment
from newsarchive.reading.comments.lists import times
from newsarchive.reading.comments.lists.pieces import Piece
from newsarchive.reading.document import Element

_ATTRIBUTES = (
    *(
        "datetime",
        "data-timestamp",
        "data-time",
        "data-utime",
        "data-date",
        "data-datetime",
        "data-created",
        "data-unix",
        "content",
    ),
    *("content", "data-comment-timestamp", "data-epoch", "data-livestamp", "title"),
)
_ABOVE, _BELOW = 2, 3  # elements around the words of a time that may tell it
_LONGEST = 40


def stamp(words: Sequence[Piece]) -> str | None:
    """A machine's form of the time that these words tell; None if their elements tell none."""
    for element in _elements(words):
        for name in _ATTRIBUTES:
            value = (element.get(name) or "").strip()
            if value and len(value) <= _LONGEST and _is_stamp(value):
                return moment(value)
    return None


def _elements(words: Sequence[Piece]) -> Iterator[Element]:
    """The home of the words, what is in it, and the small elements around it that hold nothing else."""
    if not words:
        return
    home = words[0].home
    yield home
    yield from islice(home.iterdescendants(), _BELOW)
    for above in islice(home.iterancestors(), _ABOVE):
        if next(islice(above, _BELOW, None), None) is not None:  # len() would count all children, each time
            return
        yield above


def _is_stamp(value: str) -> bool:
    """Whether a value is a time for machines, or a date in words and nothing else."""
    return times.is_stamp(value) or (any(map(str.isdigit, value)) and times.span(value) == (0, len(value)))

"""What a link within a list of comments may lead to: the ids in its rows. They find parents in the page, and name no comment."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from newsarchive.reading.document import Element

_LOOKED_AT = 24  # elements of a row
_LONGEST = 64


def targets(rows: Sequence[tuple[Element, ...]]) -> dict[str, int]:
    """For every id in a list, or right before a row, the place of the row in which it stands."""
    parts = {part for row in rows for part in row}
    found: dict[str, int] = {}
    for at, row in enumerate(rows):
        for element in _heads(row, parts):
            for name in ("id", "name") if element.tag == "a" else ("id",):
                if (value := element.get(name)) and len(value) <= _LONGEST:
                    found.setdefault(value, at)
    return found


def _heads(row: tuple[Element, ...], parts: Collection[Element]) -> Iterator[Element]:
    """The elements of a row that may be named: an anchor before it, the row, the first of what it holds."""
    before = row[0].getprevious()
    if before is not None and before.tag == "a" and not len(before):
        yield before
    for part in row:
        yield part
        for one in islice(part.iterdescendants(), _LOOKED_AT):
            if one in parts:
                break
            if isinstance(one.tag, str):
                yield one

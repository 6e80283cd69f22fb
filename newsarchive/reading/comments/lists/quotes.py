"""Comments that a comment shows in itself, because it answers them: in a box, or floor above floor, before its own words.

Such a box is made as a comment is: names of elements that stand high in most records stand once more, deeper, in it. What stands
in it is none of the answer's text, but tells what is answered. A quotation within a text has no such form, and stays.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from newsarchive.reading.comments.lists.pieces import Path, Piece, Record

_USUAL = 0.5  # the share of the records that have a name of an element at its highest place
_ALIKE = 2  # names of elements that a box has in common with the records
_SIGNED = re.compile(
    "_{6,}"
)  # the line over a signature, if more than one has it; one of dashes parts a quotation from the answer
_BOARDS = re.compile("_{17,18}")  # that of phpBB and vBulletin
_SIGNATURE = re.compile(r"signature|[.#_-]sig(?:nature)?(?:$|[_-])")
_ADMIRERS = re.compile(r"[.#](?:likes?-?(?:summary|text|post)|liked-?by|wholiked|reactionsbar|post_?thanks|thanks_?(?:box|list))")
_ALL = 0.9  # the share of the records from which what is called a signature tells the writer, and is none of a forum's member


def set_apart(records: Sequence[Record]) -> None:
    """Takes what a record quotes in a box, what its writer signs with, and who likes it, out of its pieces."""
    usual = _usual(records)
    _drop_extras(records)
    rules = _rules(records)
    for record in records:
        boxes = _boxes(record, usual)
        ends = [piece.path[:-1] for piece in record.pieces if piece.text.strip() in rules]
        if boxes:
            record.quoted = [piece for piece in record.pieces if _starts(piece.path, boxes)]
            record.pieces = [piece for piece in record.pieces if not _starts(piece.path, boxes)]
        if ends:
            record.pieces = list(_unsigned(record.pieces, ends, rules))


def _rules(records: Sequence[Record]) -> frozenset[str]:
    """The lines that a forum's machine draws over signatures; a reader draws one, too, below what he quotes."""
    drawn = (
        {line for piece in record.pieces if (line := piece.text.strip())[:1] in "_-" and _SIGNED.fullmatch(line)}
        for record in records
    )
    counts = Counter(line for lines in drawn for line in lines)
    return frozenset(line for line, count in counts.items() if count > 1 or _BOARDS.fullmatch(line))


def _drop_extras(records: Sequence[Record]) -> None:
    """Takes out what some of the records call a signature, or who liked them; where all have one, it may tell the writer."""
    signed = [[piece for piece in record.pieces if any(map(_is_extra, piece.path))] for record in records]
    if sum(map(bool, signed)) >= _ALL * len(records) or any(piece.time for pieces in signed for piece in pieces):
        return
    for record, pieces in zip(records, signed, strict=True):
        taken = set(map(id, pieces))
        if taken:
            record.pieces = [piece for piece in record.pieces if id(piece) not in taken]


@lru_cache(maxsize=4096)  # the steps of a page are few, and stand in each piece's path
def _is_extra(step: str) -> bool:
    return _SIGNATURE.search(step) is not None or _ADMIRERS.search(step) is not None


def _usual(records: Sequence[Record]) -> dict[str, Path]:
    """The names of elements that most records have, each with the usual highest path to it."""
    tops: Counter[Path] = Counter()
    for record in records:
        tops.update(set(_highest(record).values()))
    return {path[-1]: path for path, count in sorted(tops.items(), key=lambda top: top[1]) if count >= _USUAL * len(records)}


def _highest(record: Record) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for path in {piece.path for piece in record.pieces}:
        for end, step in enumerate(path, 1):
            if "." in step and step[0] != "~" and (step not in found or end < len(found[step])):
                found[step] = path[:end]
    return found


def _boxes(record: Record, usual: Mapping[str, Path]) -> list[Path]:
    """The paths of the boxes in a record: two names or more that are usual elsewhere, higher, stand in it."""
    alike: dict[Path, set[str]] = {}
    for path in {piece.path for piece in record.pieces}:
        for end, step in enumerate(path, 1):
            top = usual.get(step)
            if top and end > len(top) and path[: len(top)] != top and path[: len(top) - 1] == top[:-1]:
                alike.setdefault(path[: len(top)], set()).add(step)
    return [path for path, steps in alike.items() if len(steps) >= _ALIKE and _stands_first(record, path)]


def _stands_first(record: Record, box: Path) -> bool:
    """Whether words of the record's own stand behind a box: else it may be an answer to the record."""
    return not _starts(record.pieces[-1].path, [box])


def _starts(path: Path, boxes: Iterable[Path]) -> bool:
    return any(path[: len(box)] == box for box in boxes)


def _unsigned(pieces: Iterable[Piece], ends: Sequence[Path], rules: frozenset[str]) -> Iterator[Piece]:
    """The pieces without those that stand with or behind the line over a signature, in its element."""
    signed = False
    for piece in pieces:
        signed = signed or piece.text.strip() in rules
        if not (signed and _starts(piece.path, ends)):
            yield piece


def answered(quoted: Sequence[Piece], rows: Mapping[str, Sequence[int]], names: Sequence[str | None]) -> int | None:
    """The row that is quoted, by the first line of its text and its writer's name; of several the last, which is nearest."""
    lines = [piece.text.strip() for piece in quoted]
    beside = " ".join(lines)
    found = (at for line in reversed(lines) for at in rows.get(line, ()) if (names[at] or "") in beside)
    return next(found, None)

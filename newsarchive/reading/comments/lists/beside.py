"""Beside what a writer's name stands in a record: right before or after its time, or behind the dash of a signature."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from newsarchive.reading.comments.lists.pieces import Path, Piece, Record
from newsarchive.reading.comments.lists.places import AROUND, NAMED_TAGS, is_called, steps
from newsarchive.reading.comments.lists.wording import BY, LINKING, ORIGIN

_LONGEST_LINK = 30  # characters of words between a name and a time
_MOST_BESIDE = 3  # bare pieces between a name and the time
_MOSTLY = 0.9  # the share of records from which a list is one of signed letters
_FEW = 2  # signatures that may be those of whom readers quote
_WHERE = re.compile(rf"\s*(?:[,(–-]\s*\w|(?:{ORIGIN.pattern})\s+\w)", re.IGNORECASE)  # "Ann, Leeds", "Ann from Leeds"
_NUMBER = re.compile(r"[\W_]*\d[\W\d_]*")  # "#3 /"
_DASH = re.compile(r"\s*(?:[—–]|--)\s*")
_CELL = re.compile(r"t[dh]\b")


def beside_time(varying: Sequence[Sequence[Piece]], time: Path | None) -> dict[Path, float]:
    """How often each place stands right before or after the time; in another line, or the next cell, it counts half."""
    count: dict[Path, float] = defaultdict(float)
    for told in varying:
        pieces = [piece for piece in told if piece.time or not (is_joint(piece) or _NUMBER.fullmatch(piece.text))]
        at = next((place for place, piece in enumerate(pieces) if piece.time and piece.path == time), -1)
        for place in (_before(pieces, at), at + 1) if at >= 0 else ():
            if 0 <= place < len(pieces):
                behind = place > at and _cell(pieces[place].path) != _cell(pieces[at].path)
                line = 0.5 if behind or pieces[max(at, place)].gap else 1.0
                for end in range(1, len(pieces[place].path) + 1):
                    count[pieces[place].path[:end]] += line
    return count


def signed(records: Sequence[Record]) -> dict[Path, float]:
    """How often each place stands behind the dash with which a line begins, if most records are signed with a name so."""
    count: dict[Path, float] = defaultdict(float)
    paths = [path for record in records for path in _behind_dashes(record.pieces)]
    for path in paths if len(paths) > max(_MOSTLY * len(records), _FEW) else ():
        for end in range(1, len(path) + 1):
            count[path[:end]] += 1.0
    return count


def _behind_dashes(pieces: Sequence[Piece]) -> Iterator[Path]:
    """The places behind the dashes with which lines begin, in the same piece or the next."""
    for at, dash in enumerate(pieces):
        if dash.gap and _DASH.match(dash.text):
            behind = pieces[at : at + 1] if dash.text.strip(AROUND) else pieces[at + 1 : at + 2]
            yield from (piece.path for piece in behind if piece is dash or not piece.gap)


def _before(pieces: Sequence[Piece], at: int) -> int:
    """The place before the time, or the nearest one before it that holds a name, where only bare words that tell more of the
    writer stand between: "<b>Ann</b> (Leeds), 3 May"."""
    for place in range(at - 2, max(at - 2 - _MOST_BESIDE, -1), -1):
        name, more = pieces[place : place + 2]
        own, beside = steps(name.path)[-1:], steps(more.path)[-1:]
        if not (beside and beside[0].startswith("~")):
            break
        if more.home is name.home:
            continue
        says_where = not BY.match(more.text.strip()) if more.gap else _WHERE.match(more.text) is not None
        if is_called(name.path) or (own and says_where and NAMED_TAGS.match(own[0])):
            return place
    return at - 1


def is_joint(piece: Piece) -> bool:
    """Whether a piece only joins a name with what stands around it: "on", "says:"."""
    if piece.time or len(piece.text) > _LONGEST_LINK:
        return False
    return LINKING.fullmatch(piece.text.strip(AROUND).lower()) is not None


def _cell(path: Path) -> Path:
    """The table's cell in which a piece stands; empty for one outside."""
    at = max((at for at, step in enumerate(path) if _CELL.match(step)), default=-1)
    return path[: at + 1]

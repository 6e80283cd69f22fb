"""The stretch of a text in which the words of a search stand, with these words marked.

SQLite marks them. It is asked over the few rows of a page, put by themselves: over the archive's whole index it would look up the
beginning of a word (`mvur*`) in all texts for each row anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from typing import Any

Pieces = Sequence[tuple[bool, str]]
# Signs that the cleaner of page text takes out, so that no text holds them.
_BEGIN, _END = "\x02", "\x03"
_WORDS = 40


def snippets(expression: str, rows: Sequence[Mapping[str, Any]], columns: Sequence[str], column: int) -> list[Pieces]:
    """Of each row, in whose `columns` the FTS5 `expression` is found, a stretch in pieces; what was searched for is marked True.

    `column` is the number of the column that it is of, -1 for the best.
    """
    names = ", ".join(columns)
    with closing(sqlite3.connect(":memory:")) as memory:
        memory.execute(f'CREATE VIRTUAL TABLE shown USING fts5({names}, tokenize="unicode61 remove_diacritics 2")')
        values = ([number, *(row[name] for name in columns)] for number, row in enumerate(rows))
        memory.executemany(f"INSERT INTO shown (rowid, {names}) VALUES (?{', ?' * len(columns)})", values)
        found = dict(
            memory.execute(
                f"SELECT rowid, snippet(shown, {column}, '{_BEGIN}', '{_END}', '…', {_WORDS}) FROM shown(?)", [expression]
            )
        )
    return [_pieces(found.get(number) or "") for number in range(len(rows))]


def _pieces(marked: str) -> Pieces:
    first, *rest = marked.split(_BEGIN)
    pieces = [(False, first)]
    for part in rest:
        word, _, after = part.partition(_END)
        pieces += [(True, word), (False, after)]
    return [piece for piece in pieces if piece[1]]

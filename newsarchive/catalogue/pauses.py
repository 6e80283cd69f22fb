"""Which captures of a thread were made in one visit: what another tool fetched may hold the visits of years."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from newsarchive.times import from_iso


def by_visit(pages: Sequence[sqlite3.Row]) -> Iterator[Sequence[sqlite3.Row]]:
    """A thread's pages, each with its `url_key` and `captured_at`, in the order of their capture; cut where a visit ended.

    That is somewhere between two captures of one address: at the longest pause.
    """
    begin, last = 0, dict[str, int]()
    for at, page in enumerate(pages):
        before = last.get(page["url_key"], -1)
        if before >= begin:
            pauses = range(before + 1, at + 1)
            end = max(pauses, key=lambda place: from_iso(pages[place]["captured_at"]) - from_iso(pages[place - 1]["captured_at"]))
            yield pages[begin:end]
            begin = end
        last[page["url_key"]] = at
    yield pages[begin:]

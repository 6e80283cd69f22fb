"""Where the comments of a thread stand: their number through all its pages, and their depth through all their parents."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from newsarchive.catalogue.identity import ShownPage, put_together
from newsarchive.catalogue.proof import ORDER
from newsarchive.catalogue.remark import Remark, descent, remark
from newsarchive.times import from_iso

_THREADS = """
SELECT DISTINCT p.thread_id, v.complete FROM thread_pages p JOIN captures c ON c.id = p.capture_id
LEFT JOIN thread_visits v ON v.thread_id = p.thread_id AND v.crawl_id = c.crawl_id WHERE c.crawl_id = ? ORDER BY p.thread_id
"""
_ROWS = f"""
SELECT id, position, depth, parent_id, status, date_created_earliest, date_created_latest FROM comments
WHERE thread_id = ? ORDER BY {ORDER}
"""
_SHOWN = """
SELECT c.id AS capture_id, c.url, k.id, k.date_created_earliest, k.date_created_latest
FROM thread_pages p JOIN captures c ON c.id = p.capture_id
JOIN sightings s ON s.capture_id = p.capture_id JOIN comments k ON k.id = s.comment_id AND k.thread_id = p.thread_id
WHERE p.thread_id = ? AND c.crawl_id = ? ORDER BY c.captured_at, c.id, s.position, k.id
"""
_PLACE = "UPDATE comments SET position = ?, depth = ? WHERE id = ?"


def place_comments(connection: sqlite3.Connection, crawl_id: str) -> None:
    """Number the comments of every thread that this crawl saw. The caller holds the transaction."""
    for thread_id, complete in connection.execute(_THREADS, [crawl_id]).fetchall():
        rows = connection.execute(_ROWS, [thread_id]).fetchall()
        shown = _shown(connection.execute(_SHOWN, [thread_id, crawl_id]).fetchall())
        positions, depths = _positions(rows, shown, to_the_end=bool(complete)), _depths(rows)
        changed = [
            (positions[row["id"]], depths[row["id"]], row["id"])
            for row in rows
            if (row["position"], row["depth"]) != (positions[row["id"]], depths[row["id"]])
        ]
        connection.executemany(_PLACE, changed)


def _shown(sightings: Sequence[sqlite3.Row]) -> list[str]:
    """The ids of the comments that a crawl showed, in the order of the thread."""
    pages = []
    for _, page in groupby(sightings, key=lambda row: row["capture_id"]):
        listed = list(page)
        pages.append(ShownPage(listed[0]["url"], tuple(map(_numbered, listed))))
    together = put_together(pages)[0]
    return list(dict.fromkeys(together.latest[number].name for number in together.order))


def _numbered(row: sqlite3.Row) -> Remark:
    """A comment whose id tells all."""
    begin, end = (from_iso(row[name]) if row[name] else None for name in ("date_created_earliest", "date_created_latest"))
    return Remark(row["id"], "", remark(None, None, begin, end).span)


def _positions(rows: Sequence[sqlite3.Row], shown: Sequence[str], *, to_the_end: bool) -> dict[str, int]:
    """Numbers from 1. What was not shown keeps its place behind the comment that stood before it; the last of them stand behind
    all that was shown, but for a visit `to_the_end` of a thread that grows there. A deleted one has no number of its own, but
    that of the comment before it."""
    found, before, first = set(shown), None, None
    behind: dict[str | None, list[str]] = defaultdict(list)
    for row in rows:
        if row["id"] not in found:
            behind[before].append(row["id"])
        elif row["position"] is not None:
            before, first = row["id"], first or row["id"]
    deleted = {row["id"] for row in rows if row["status"] == "deleted"}
    newest_first = descent(_numbered(row) for row in rows if row["position"] is not None) >= 0
    rest = behind.pop(before, []) if newest_first or (first and not to_the_end) else []
    line = [*_in_line(shown, behind, first), *rest]
    positions, number = {}, 0
    for one in line:
        number += one not in deleted
        positions[one] = number
    return positions


def _in_line(shown: Sequence[str], behind: Mapping[str | None, list[str]], first: str | None) -> Iterator[str]:
    """What was shown, with what was not behind what stood before it; its beginning before the `first` that was known."""
    for at, one in enumerate(shown):
        if one == first or (first is None and at == 0):
            yield from behind.get(None, ())
        yield one
        yield from behind.get(one, ())
    if not shown:
        yield from behind.get(None, ())


def _depths(rows: Sequence[sqlite3.Row]) -> dict[str, int | None]:
    """How deep each hangs, as far as its parents are known; else as the page told. A circle of parents has no depth."""
    parents: Mapping[str, str | None] = {row["id"]: row["parent_id"] for row in rows}
    told: Mapping[str, int | None] = {row["id"]: row["depth"] for row in rows}
    depths: dict[str, int | None] = {}
    for start in parents:
        way: list[str] = []
        at = start
        while at not in depths and at in parents:
            way.append(at)
            depths[at] = None  # met again before it is known: a circle
            at = parents[at] or ""
        for one in reversed(way):
            parent = parents[one]
            if parent is not None and parent in parents:
                above = depths[parent]
                depths[one] = None if above is None else above + 1
            else:
                depths[one] = told[one] if parent or told[one] else 0
    return depths

"""Where the comments of a thread stand: their number through all its pages, and their depth through all their parents."""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import accumulate, groupby
from math import inf

from newsarchive.catalogue.identity import ShownPage, put_together
from newsarchive.catalogue.pairs import direction, rising
from newsarchive.catalogue.pauses import by_visit
from newsarchive.catalogue.remark import Remark, Span, descent
from newsarchive.times import from_iso

ORDER = "position, last_seen DESC, date_created, id"  # as the thread goes, what it shows no more behind what stood before it
_PAGES = """
SELECT p.thread_id, p.capture_id, c.url_key, c.captured_at, v.complete FROM thread_pages p JOIN captures c ON c.id = p.capture_id
LEFT JOIN thread_visits v ON v.thread_id = p.thread_id AND v.crawl_id = c.crawl_id
WHERE c.crawl_id = ? ORDER BY p.thread_id, c.captured_at, c.id
"""
_ROWS = f"""
SELECT id, position, depth, parent_id, status, date_created_earliest, date_created_latest FROM comments
WHERE thread_id = ? ORDER BY {ORDER}
"""
_SHOWN = """
SELECT c.id AS capture_id, c.url, k.id, k.date_created_earliest, k.date_created_latest
FROM thread_pages p JOIN captures c ON c.id = p.capture_id
JOIN sightings s ON s.capture_id = p.capture_id JOIN comments k ON k.id = s.comment_id AND k.thread_id = p.thread_id
WHERE p.thread_id = ? AND c.id IN (SELECT value FROM json_each(?)) ORDER BY c.captured_at, c.id, s.position, k.id
"""
_PLACE = "UPDATE comments SET position = ?, depth = ? WHERE id = ?"


def place_comments(connection: sqlite3.Connection, crawl_id: str) -> None:
    """Number the comments of every thread that this crawl saw. The caller holds the transaction."""
    pages = connection.execute(_PAGES, [crawl_id]).fetchall()
    for thread_id, listed in groupby(pages, key=lambda page: page["thread_id"]):
        for visit in by_visit(list(listed)):
            place_visit(connection, thread_id, [page["capture_id"] for page in visit], complete=bool(visit[0]["complete"]))


def place_visit(connection: sqlite3.Connection, thread_id: str, captures: Sequence[str], *, complete: bool) -> None:
    """Number the comments of a thread after a visit, whose captures these were."""
    rows = connection.execute(_ROWS, [thread_id]).fetchall()
    shown = shown_in_line(connection, thread_id, captures)
    positions, depths = _positions(rows, shown, to_the_end=complete), _depths(rows)
    changed = [
        (positions[row["id"]], depths[row["id"]], row["id"])
        for row in rows
        if (row["position"], row["depth"]) != (positions[row["id"]], depths[row["id"]])
    ]
    connection.executemany(_PLACE, changed)


def shown_in_line(connection: sqlite3.Connection, thread_id: str, captures: Sequence[str]) -> list[str]:
    """The ids of the comments that captures showed, in the order of the thread."""
    sightings = connection.execute(_SHOWN, [thread_id, json.dumps(captures)]).fetchall()
    pages = [list(page) for _, page in groupby(sightings, key=lambda row: row["capture_id"])]
    if len(pages) == 1:
        return [row["id"] for row in sightings]
    together = put_together([ShownPage(page[0]["url"], tuple(map(_numbered, page))) for page in pages])[0]
    return list(dict.fromkeys(together.latest[number].name for number in together.order))


def _numbered(row: sqlite3.Row) -> Remark:
    """A comment whose id tells all."""
    begin, end = row["date_created_earliest"], row["date_created_latest"]
    return Remark(row["id"], "", (from_iso(begin).timestamp(), from_iso(end).timestamp()) if begin and end else None)


def _positions(rows: Sequence[sqlite3.Row], shown: Sequence[str], *, to_the_end: bool) -> dict[str, int]:
    """Numbers from 1; a deleted one has no number of its own, but that of the comment before it."""
    missing = {row["id"] for row in rows}.difference(shown)
    deleted = {row["id"] for row in rows if row["status"] == "deleted"}
    positions, number = {}, 0
    for one in _in_line(rows, shown, to_the_end=to_the_end) if missing else shown:
        number += one not in deleted
        positions[one] = number
    return positions


def _in_line(rows: Sequence[sqlite3.Row], shown: Sequence[str], *, to_the_end: bool) -> list[str]:
    """What was shown, and between it what was not: that keeps its place between the comments that stood around it; of what is new
    there its time tells on which side it stands, else it stands first; behind all that was shown it stands last, but for a visit
    `to_the_end` of a thread that grows there."""
    places = {row["id"]: at for at, row in enumerate(rows) if row["position"] is not None}
    if direction({at: places[one] for at, one in enumerate(shown) if one in places}) < 0:  # the other end is shown first now
        rows, places = rows[::-1], {one: len(rows) - 1 - at for one, at in places.items()}
    anchors = {shown[at] for _, at in rising({at: places[one] for at, one in enumerate(shown) if one in places})}
    found, before = set(shown), None
    behind: dict[str | None, list[str]] = defaultdict(list)
    for row in rows:
        if row["id"] not in found:
            behind[before].append(row["id"])
        elif row["id"] in anchors:
            before = row["id"]
    remarks = {row["id"]: _numbered(row) for row in rows}
    falling = descent(remarks[row["id"]] for row in rows if row["position"] is not None)
    spans = {one: told.span for one, told in remarks.items()}
    line: list[str] = []
    for anchor, new in _gaps(shown, anchors):
        last = anchor == before
        at_end = (falling >= 0 or not to_the_end) if last else anchor is None
        line += [anchor] if anchor else []
        line += _merged(behind[anchor], new, spans, falling=falling, at_end=at_end)
    return line


def _gaps(shown: Sequence[str], anchors: Set[str]) -> Iterator[tuple[str | None, list[str]]]:
    """What a visit showed, cut at each of the `anchors`: this one, and what is new or has moved behind it; first what stands
    before all of them."""
    anchor: str | None = None
    new: list[str] = []
    for one in shown:
        if one in anchors:
            yield anchor, new
            anchor, new = one, []
        else:
            new.append(one)
    yield anchor, new


def _merged(
    missing: Sequence[str], new: Sequence[str], spans: Mapping[str, Span | None], *, falling: int, at_end: bool
) -> list[str]:
    """Both in one line: what time does not tell stands `at_end` of what is new, or before it."""
    stretches = [_stretch(spans[one], falling) for one in new]
    ends = list(accumulate((end for _, end in reversed(stretches)), min))[::-1]
    begins = list(accumulate((begin for begin, _ in stretches), max))
    waiting: dict[int, list[str]] = defaultdict(list)
    for one in missing:
        begin, end = _stretch(spans[one], falling)
        low, high = (
            bisect_left(ends, begin),
            bisect_right(begins, end),
        )  # behind the last that ended, before the first that begins
        place = len(new) if at_end else 0
        waiting[min(max(place, low), high) if low <= high else place].append(one)
    return [one for at in range(len(new) + 1) for one in (*waiting[at], *new[at : at + 1])]


def _stretch(span: Span | None, falling: int) -> Span:
    """The beginning and end of a time, counted so that they rise along a list whose times fall, or rise; where neither is known,
    all time."""
    if span is None or not falling:
        return -inf, inf
    return span if falling < 0 else (-span[1], -span[0])


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

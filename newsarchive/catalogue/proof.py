"""What proves that a comment is gone. To call a comment deleted that is not is the worst this archive could do.

The caller asks only after a visit that read every page of an open thread, wholly, with one claimed count. Then a comment that
was not shown is deleted if the visit showed some comment that stood beside it (else the platform may have changed), and if two of
three speak for it: the site's own count dropped by at least as many as are missing; its place was seen, that is, one page with
both its neighbours and without it (between two pages it may have slipped through, between two requests); two complete visits
in a row miss it. Where the drop is smaller (replies to a removed comment vanish with it and are still counted), or the site
claims no count, it must be the other two, and no equal words may stand on two pages: one of them may be the missing one.

A comment that other reading code saw last is not called deleted, unless today's was seen to know it there (`captures.read_by`).

A comment without a number may be shown in other words or under another name, and at another place: where one of its name or
words, and of its age, came since, it is not called deleted.

Where the site's interface listed the numbers of all comments in the same visit (WordPress, whose pages do not show the replies to
a removed comment), it decides: what neither the pages show nor the list names is gone, what the list names is not.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from newsarchive.catalogue.places import ORDER, shown_in_line
from newsarchive.catalogue.remark import STALE, Remark, agree, remark
from newsarchive.times import from_iso

# The unary plus keeps SQLite from walking along the index of all live comments of the archive.
_MISSING = """
SELECT count(*) FROM comments WHERE thread_id = :thread_id AND +status <> 'deleted' AND last_seen >= (
    SELECT min(first_seen) FROM temp.seen WHERE thread_id = :thread_id
) AND NOT EXISTS (SELECT 1 FROM temp.seen WHERE comment_id = comments.id)
"""
_THREAD = f"""
SELECT id, status, position, first_seen, last_seen, commenter_id, text, date_created_earliest, date_created_latest FROM comments
WHERE thread_id = ? ORDER BY {ORDER}
"""
_SIGHTINGS = """
SELECT s.comment_id, s.capture_id FROM thread_pages p JOIN captures c ON c.id = p.capture_id
JOIN sightings s ON s.capture_id = p.capture_id WHERE p.thread_id = ? AND c.crawl_id = ?
"""
_EARLIER = """
SELECT crawl_id, complete, claimed - found AS hidden FROM thread_visits WHERE thread_id = ? AND crawl_id <> ?
ORDER BY seen_at DESC
"""
_LISTED = """
SELECT p.comment_id FROM placements p JOIN captures c ON c.id = p.capture_id
JOIN thread_pages t ON t.capture_id = p.capture_id WHERE t.thread_id = ? AND c.crawl_id = ?
"""
_READERS = """
SELECT coalesce(c.read_by, k.read_by, ''), (SELECT coalesce(read_by, '') FROM crawls WHERE id = ?2) FROM sightings s
JOIN captures c ON c.id = s.capture_id JOIN crawls k ON k.id = c.crawl_id
WHERE s.comment_id = ?1 ORDER BY c.captured_at DESC LIMIT 1
"""
_Likeness = tuple[str, str]
_NAMELESS: _Likeness = "name", ""  # a placeholder that says of nobody whose it is
_COMPARED = 40_000  # pairs of a missing and a shown comment of one name whose ages are compared; beyond that all are in doubt
_DELETE = "UPDATE comments SET status = 'deleted', deleted_seen = ? WHERE id = ?"


def delete_missing(
    connection: sqlite3.Connection,
    thread_id: str,
    crawl_id: str,
    *,
    seen_at: str,
    claimed: int | None,
    counts_hidden: bool,
    to_the_end: bool,
) -> None:
    """Mark what a complete visit of an open thread did not show, as far as this proves that it is gone.

    `temp.seen` holds what the crawl showed. `counts_hidden` says that the claimed count holds placeholders. `to_the_end` is False
    where paging ended in repetition, or with an empty page: behind the last comment shown there may be more.
    """
    if not connection.execute(_MISSING, {"thread_id": thread_id}).fetchone()[0]:
        return
    pages = _pages(connection, thread_id, crawl_id)
    rows = connection.execute(_THREAD, [thread_id]).fetchall()
    beside = min(row["first_seen"] for row in rows if row["id"] in pages)
    missing = [row["id"] for row in rows if row["status"] != "deleted" and row["id"] not in pages and row["last_seen"] >= beside]
    listed = {row["comment_id"] for row in connection.execute(_LISTED, [thread_id, crawl_id])}
    if listed.issuperset(pages):  # else it is a list of something else
        _delete(connection, crawl_id, seen_at, [one for one in missing if one not in listed])
        return
    earlier = connection.execute(_EARLIER, [thread_id, crawl_id]).fetchall()
    dropped = _dropped(rows, earlier, claimed)
    if dropped and counts_hidden:
        dropped = dropped[1], dropped[1]
    if dropped is not None and dropped[1] <= 0:
        return
    twice = earlier and earlier[0]["complete"]
    before = _pages(connection, thread_id, earlier[0]["crawl_id"]) if twice else set(missing)
    captures = sorted(set[str]().union(*pages.values())) if to_the_end else []
    places = set(_gaps(rows, pages, shown_in_line(connection, thread_id, captures)))
    if dropped is not None and dropped[0] >= len(missing):
        missing = [one for one in missing if one in places or one not in before]
    else:
        places -= set(_in_doubt(rows, pages))
        missing = [one for one in missing if one in places and one not in before]
    _delete(connection, crawl_id, seen_at, sorted(set(missing) - set(_in_new_words(rows, pages))))


def _delete(connection: sqlite3.Connection, crawl_id: str, seen_at: str, missing: Iterable[str]) -> None:
    """Mark those that were seen last by the same readers: what another reader does not see may stand there."""
    gone = [one for one in missing if _read_alike(connection, one, crawl_id)]
    connection.executemany(_DELETE, [(seen_at, one) for one in gone])


def _read_alike(connection: sqlite3.Connection, comment_id: str, crawl_id: str) -> bool:
    """Whether a comment was seen last by the code and profile that read this crawl's pages: others may know it no more."""
    row = connection.execute(_READERS, [comment_id, crawl_id]).fetchone()
    return row is None or row[0] == row[1]


def _pages(connection: sqlite3.Connection, thread_id: str, crawl_id: str) -> dict[str, set[str]]:
    """The captures of one crawl that showed each comment of the thread."""
    pages: dict[str, set[str]] = defaultdict(set)
    for row in connection.execute(_SIGHTINGS, [thread_id, crawl_id]):
        pages[row["comment_id"]].add(row["capture_id"])
    return pages


def _dropped(rows: Sequence[sqlite3.Row], earlier: Sequence[sqlite3.Row], claimed: int | None) -> tuple[int, int] | None:
    """By how many the site's count is lower than what is known: if it counts placeholders, and if it does not.

    Beyond the shown comments a count may hold some that nobody sees; their number is that of the best complete visit.
    """
    if claimed is None:
        return None
    unseen = min((row["hidden"] for row in earlier if row["complete"] and row["hidden"] is not None), default=0)
    live = sum(row["status"] == "live" for row in rows)
    return live + unseen - claimed, sum(row["status"] != "deleted" for row in rows) + unseen - claimed


def _gaps(rows: Sequence[sqlite3.Row], pages: Mapping[str, set[str]], line: Sequence[str]) -> Iterator[str]:
    """The comments that one page would show, for it shows what stood before and behind them.

    `line` is all that the visit showed, from one end of the thread to the other: what stood at an end is missing there if one
    page shows both this end and its neighbour. It is empty where the visit may not have reached the ends.
    """
    waiting: list[str] = []
    first, last = (pages[line[0]], pages[line[-1]]) if line else (set[str](), set[str]())
    before = first
    for row in rows:
        if row["position"] is None:  # new in this visit
            continue
        if row["id"] not in pages:
            waiting.append(row["id"])
            continue
        if before & pages[row["id"]]:
            yield from waiting
        before, waiting = pages[row["id"]], []
    if before & last:
        yield from waiting


def _in_doubt(rows: Sequence[sqlite3.Row], pages: Mapping[str, set[str]]) -> Iterator[str]:
    """The comments whose name and words two pages show: one of these may be the missing one, and not the other once more."""
    twice = {(row["commenter_id"], row["text"]) for row in rows if len(pages.get(row["id"], ())) > 1}
    yield from (row["id"] for row in rows if (row["commenter_id"], row["text"]) in twice)


def _in_new_words(rows: Sequence[sqlite3.Row], pages: Mapping[str, set[str]]) -> Iterator[str]:
    """The comments without numbers that may be shown in other words, or under another name, and at another place: since they were
    seen last one came of the same name or words (or a placeholder of none), and of an age that may be theirs."""
    new: dict[_Likeness, list[tuple[str, Remark]]] = defaultdict(list)
    gone: dict[_Likeness, list[sqlite3.Row]] = defaultdict(list)
    for row in rows:
        if ":~" in row["id"] and row["id"] not in pages and row["status"] != "deleted":
            for likeness in {*_likenesses(row), _NAMELESS}:
                gone[likeness].append(row)
        elif ":~" in row["id"] and row["id"] in pages:
            for likeness in _likenesses(row):
                new[likeness].append((row["first_seen"], _aged(row)))
    for likeness, missing in gone.items():
        others = new.get(likeness, ())
        many = len(missing) * len(others) > _COMPARED
        for row in missing:
            aged = _aged(row)
            if many or any(came > row["last_seen"] and agree(aged, other, STALE) for came, other in others):
                yield row["id"]


def _likenesses(row: sqlite3.Row) -> Iterator[_Likeness]:
    if row["commenter_id"]:
        yield "name", row["commenter_id"]
    elif row["status"] == "hidden":
        yield _NAMELESS
    if row["text"]:
        yield "text", row["text"]


def _aged(row: sqlite3.Row) -> Remark:
    begin, end = (from_iso(row[name]) if row[name] else None for name in ("date_created_earliest", "date_created_latest"))
    return remark(None, None, begin, end)

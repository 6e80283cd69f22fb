"""What follows when a crawl ends; comments without numbers are kept as their pages show them until then."""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from newsarchive.catalogue.assembly import assemble
from newsarchive.catalogue.identity import Known, ShownPage, settle
from newsarchive.catalogue.pauses import by_visit
from newsarchive.catalogue.places import ORDER, place_comments, place_visit
from newsarchive.catalogue.remark import Remark, remark
from newsarchive.catalogue.store import Store
from newsarchive.catalogue.tallies import count_comments
from newsarchive.catalogue.visits import close_visits, look_back
from newsarchive.catalogue.whereabouts import settle_addresses
from newsarchive.items import Comment
from newsarchive.times import from_iso, to_iso

logger = logging.getLogger(__name__)

_OBSERVED = """
SELECT o.thread_id, o.capture_id, o.comment, c.url, c.url_key, c.captured_at, p.claimed, p.leads_to
FROM observations o JOIN captures c ON c.id = o.capture_id
LEFT JOIN thread_pages p ON p.capture_id = o.capture_id AND p.thread_id = o.thread_id
WHERE c.crawl_id = ? ORDER BY o.thread_id, c.captured_at, c.id, o.place
"""
_OBSERVE = """
INSERT INTO observations (capture_id, place, thread_id, comment) VALUES (?, ?, ?, ?)
ON CONFLICT DO UPDATE SET thread_id = excluded.thread_id, comment = excluded.comment
"""
_KNOWN = f"""
SELECT id, author_name, text, status, last_seen, date_created_earliest, date_created_latest, date_created_precision
FROM comments WHERE thread_id = ? AND id >= ? AND id < ? ORDER BY {ORDER}
"""
_SETTLED = "DELETE FROM observations WHERE capture_id IN (SELECT id FROM captures WHERE crawl_id = ?)"
_LAST = """
SELECT id, finished_at FROM crawls WHERE site_id = ? AND id <> ? ORDER BY number DESC, started_at DESC, id DESC LIMIT 1
"""
_TIMES = {one.name for one in fields(Comment) if "datetime" in str(one.type)}


def observe(store: Store, capture_id: str, comments: Iterable[Comment]) -> None:
    """Keep what a capture shows of comments without numbers until the crawl ends."""
    for place, comment in enumerate(comments):
        values = {one.name: getattr(comment, one.name) for one in fields(comment)}
        values |= {name: to_iso(values[name]) for name in _TIMES if values[name] is not None}
        row = [capture_id, place, comment.thread_id, json.dumps(values, ensure_ascii=False)]
        store.connection.execute(_OBSERVE, row)


def observed(connection: sqlite3.Connection, site_id: str) -> Iterator[tuple[str, int, Comment]]:
    """The comments without numbers that wait for the end of a site's crawl: capture, place on its page, comment."""
    rows = connection.execute(
        "SELECT o.capture_id, o.place, o.comment FROM observations o JOIN captures c ON c.id = o.capture_id WHERE c.site_id = ?",
        [site_id],
    )
    yield from ((row["capture_id"], row["place"], _comment(row["comment"])) for row in rows.fetchall())


def _comment(text: str) -> Comment:
    values: dict[str, Any] = json.loads(text)
    return Comment(**values | {name: from_iso(values[name]) for name in _TIMES if values.get(name) is not None})


def conclude(store: Store, crawl_id: str) -> None:
    """All that follows for articles and comments from a crawl that came to its end. The caller holds the transaction."""
    _settle_articles(store, crawl_id)
    _settle(store, crawl_id)
    close_visits(store.connection, crawl_id)
    place_comments(store.connection, crawl_id)


def conclude_unfinished(store: Store, site_id: str, crawl_id: str) -> bool:
    """The same for the crawl before this one, if it was cut off: what it saw counts, what it did not see proves nothing.

    Returns whether it was.
    """
    last = store.connection.execute(_LAST, [site_id, crawl_id]).fetchone()
    cut_off = last is not None and last["finished_at"] is None
    if cut_off:
        conclude_partly(store, last["id"])
    return cut_off


def conclude_partly(store: Store, crawl_id: str) -> None:
    """What follows from what a crawl saw, and nothing from what it did not see. The caller holds the transaction."""
    _settle_articles(store, crawl_id)
    _settle(store, crawl_id)
    look_back(store.connection, crawl_id)
    place_comments(store.connection, crawl_id)


def _settle_articles(store: Store, crawl_id: str) -> None:
    assemble(store, crawl_id)
    settle_addresses(store, crawl_id)


def _settle(store: Store, crawl_id: str) -> None:
    """Turn what a crawl observed into comments, revisions and sightings."""
    observed = store.connection.execute(_OBSERVED, [crawl_id])
    for thread_id, rows in groupby(observed.fetchall(), key=itemgetter("thread_id")):
        pages = [list(page) for _, page in groupby(rows, key=itemgetter("capture_id"))]
        store.connection.execute("SAVEPOINT thread")
        try:
            _settle_thread(store, thread_id, pages)
        except (OSError, sqlite3.OperationalError):
            raise  # the disk or the database, not the thread
        except Exception as error:  # whatever somebody's pipeline put into an item
            store.connection.execute("ROLLBACK TO thread")
            reason = f"cannot be stored: {type(error).__name__}: {error}"
            logger.warning("%s: %s", thread_id, reason)
            captures = [(reason, page[0]["capture_id"]) for page in pages]
            store.connection.executemany("UPDATE captures SET read_error = ? WHERE id = ?", captures)
        store.connection.execute("RELEASE thread")
    store.connection.execute(_SETTLED, [crawl_id])
    store.threads.forget()


def _settle_thread(store: Store, thread_id: str, pages: Sequence[list[sqlite3.Row]]) -> None:
    comments = {page[0]["capture_id"]: [_comment(row["comment"]) for row in page] for page in pages}
    before: list[str] = []
    for visit in by_visit([page[0] for page in pages]):
        if before:  # a later visit is compared with the thread as this one left it
            place_visit(store.connection, thread_id, before, complete=False)
        before = [page["capture_id"] for page in visit]
        _settle_visit(store, thread_id, [(page, comments[page["capture_id"]]) for page in visit])
    count_comments(store.connection, thread_id)


def _settle_visit(store: Store, thread_id: str, pages: Sequence[tuple[sqlite3.Row, list[Comment]]]) -> None:
    read = {page["url_key"] for page, _ in pages}
    whole = all(read.issuperset(json.loads(page["leads_to"] or "[]")) for page, _ in pages)
    shown = [
        ShownPage(page["url"], tuple(map(_remark, comments)), page["claimed"] if whole else None) for page, comments in pages
    ]
    prefix = f"{pages[0][1][0].site_id}:~"
    known = store.connection.execute(_KNOWN, [thread_id, prefix, prefix + "\x7f"]).fetchall()
    ids = settle(prefix, thread_id, [_known(row) for row in known], shown)
    for (page, comments), given in zip(pages, ids, strict=True):
        final: dict[str | None, str] = {comment.id: one for comment, one in zip(comments, given, strict=True)}
        settled = [
            replace(comment, id=one, parent_id=final.get(comment.parent_id, comment.parent_id), thread_id=thread_id)
            for comment, one in zip(comments, given, strict=True)
        ]
        store.put_comments(settled)
        store.threads.put_sightings(page["capture_id"], settled)


def _remark(comment: Comment) -> Remark:
    hidden = comment.status == "hidden"
    text = None if hidden else comment.text
    begin, end = comment.date_created_earliest, comment.date_created_latest
    return remark(comment.author_name, text, begin, end, hidden=hidden, precision=comment.date_created_precision)


def _known(row: sqlite3.Row) -> Known:
    begin, end = (_moment(row[name]) for name in ("date_created_earliest", "date_created_latest"))
    hidden, precision = row["status"] == "hidden", row["date_created_precision"]
    said = remark(row["author_name"], row["text"], begin, end, hidden=hidden, precision=precision)
    return Known(row["id"], replace(said, seen=from_iso(row["last_seen"]).timestamp()), row["status"] != "deleted")


def _moment(text: str | None) -> datetime | None:
    return from_iso(text) if text else None

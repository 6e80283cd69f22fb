"""Threads in the catalogue: their pages, their comments with revisions and votes, and which capture showed which comment."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from newsarchive.catalogue import ledger
from newsarchive.catalogue.rows import Rows
from newsarchive.catalogue.sights import Sight, Sights
from newsarchive.items import Comment, Placement, Thread

# A thread is as the latest page says that says anything of it.
_THREAD_LATEST = """
UPDATE threads SET url = coalesce((
        SELECT p.url FROM thread_pages p JOIN captures c ON c.id = p.capture_id
        WHERE p.thread_id = ?1 AND p.url IS NOT NULL ORDER BY c.captured_at DESC, c.id DESC LIMIT 1), url),
    status = coalesce((
        SELECT p.status FROM thread_pages p JOIN captures c ON c.id = p.capture_id
        WHERE p.thread_id = ?1 AND p.status IS NOT NULL ORDER BY c.captured_at DESC, c.id DESC LIMIT 1), status),
    comment_count_reported = (
        SELECT p.claimed FROM thread_pages p JOIN captures c ON c.id = p.capture_id
        WHERE p.thread_id = ?1 AND p.claimed IS NOT NULL ORDER BY c.captured_at DESC, c.id DESC LIMIT 1)
WHERE id = ?1
"""


_PLACEMENT = """
INSERT INTO placements (comment_id, parent_id, seen, capture_id) VALUES (?, ?, ?, ?)
ON CONFLICT (comment_id) DO UPDATE SET parent_id = excluded.parent_id, seen = excluded.seen, capture_id = excluded.capture_id
WHERE (excluded.seen, excluded.capture_id) > (seen, capture_id)
"""
_PLACED = """
UPDATE comments SET parent_id = told.parent_id FROM placements told JOIN thread_pages t ON t.capture_id = told.capture_id
WHERE comments.id = ? AND told.comment_id = comments.id AND t.thread_id = comments.thread_id
    AND comments.parent_id IS NOT told.parent_id
"""


_FORGET_COMMENTER = "DELETE FROM commenters WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM comments WHERE commenter_id = ?1)"


_SIGHTING = """
INSERT INTO sightings SELECT ?, id, ? FROM comments WHERE id = ?
ON CONFLICT DO UPDATE SET position = min(position, excluded.position)
"""
_KNOWN_AS = "SELECT thread_id FROM moved_threads WHERE id = ?"
# A list whose comments wait to be told apart, and of which none was told apart before.
_IS_NEW = """
SELECT 1 FROM observations WHERE thread_id = ?1 AND NOT EXISTS (SELECT 1 FROM comments WHERE thread_id = ?1) LIMIT 1
"""
_JOIN = (
    "UPDATE moved_threads SET thread_id = :kept WHERE thread_id = :other",
    "INSERT INTO moved_threads (id, thread_id) VALUES (:other, :kept)",
    "UPDATE thread_pages SET thread_id = :kept WHERE thread_id = :other",
    "UPDATE observations SET thread_id = :kept WHERE thread_id = :other",
    "UPDATE OR IGNORE thread_visits SET thread_id = :kept WHERE thread_id = :other",
    "DELETE FROM thread_visits WHERE thread_id = :other",
    "UPDATE articles SET thread_id = :kept WHERE thread_id = :other",
    "DELETE FROM threads WHERE id = :other",
)


def is_provisional(comment: Comment) -> bool:
    """Whether the platform gives the comment no number, so that its page alone does not tell which comment it is."""
    return comment.id.startswith(f"{comment.site_id}:~")


class Threads:
    """Writes threads and comments; every write is an upsert."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.sights = Sights(rows)
        self._remarks = lru_cache(maxsize=16)(self._live_remarks)  # comments without numbers change when a crawl ends, not before

    def forget(self) -> None:
        """Comments without numbers have changed."""
        self._remarks.cache_clear()

    def known_as(self, thread_id: str) -> str:
        """The key that the catalogue knows a thread by: its article may have had another address first."""
        row = self.rows.row(_KNOWN_AS, thread_id)
        return str(row["thread_id"]) if row else thread_id

    def join(self, kept: str, other: str) -> None:
        """Make one thread of the two of an article that moved, if the pages at the new address only now show its comments, and
        these have no numbers: they are told apart together with those that are known. The caller holds the transaction."""
        if kept == other or not self.rows.row(_IS_NEW, other):
            return
        for statement in _JOIN:
            self.rows.connection.execute(statement, {"kept": kept, "other": other})
        self.rows.connection.execute(_THREAD_LATEST, [kept])

    def known(self, comment: Comment) -> bool:
        """Whether storing this would change nothing but when it was last seen."""
        return self.sights.known(Sight.of(comment))

    def said(self, comment: Comment) -> bool:
        """Whether the thread has a live comment of this name and text, as the last crawl left it."""
        return hash((ledger.commenter_id(comment), comment.text)) in self._remarks(comment.thread_id)

    def _live_remarks(self, thread_id: str) -> frozenset[int]:
        said = "SELECT commenter_id, text FROM comments WHERE thread_id = ? AND +status = 'live'"
        return frozenset(hash(tuple(row)) for row in self.rows.connection.execute(said, [thread_id]))

    def amend(self, comment: Comment, comment_id: str) -> bool:
        """Write the revision that this comment's capture showed first as it is read now; `comment_id` is what it is known by.

        Returns whether it is the first revision of the comment.
        """
        if comment.status == "hidden":
            return False
        seen = ledger.comment_row(replace(comment, id=comment_id))
        old = self.rows.replace_revision("comment", seen, ledger.digest(comment.text), ("text",))
        if old is None:
            return False
        self.rows.show_latest("comment", comment_id, ("text",))
        row = self.rows.row("SELECT * FROM comments WHERE id = ?", comment_id) or seen
        if row["capture_id"] == comment.capture_id and row["commenter_id"] != seen["commenter_id"]:
            self.sights.sign([Sight.of(replace(comment, id=comment_id))])
            sign = "UPDATE comments SET author_name = ?, commenter_id = ? WHERE id = ?"
            self.rows.connection.execute(sign, [seen["author_name"], seen["commenter_id"], comment_id])
            self.rows.connection.execute(_FORGET_COMMENTER, [row["commenter_id"]])
        return bool(old["first_seen"] == row["first_seen"])

    def put_placements(self, placements: Sequence[Placement], seen: str, capture_id: str) -> None:
        """Keep the parents that an API tells for comments; they stand above the nesting that a page shows."""
        told = [(placement.comment_id, placement.parent_id, seen, capture_id) for placement in placements]
        self.rows.connection.executemany(_PLACEMENT, told)
        self.rows.connection.executemany(_PLACED, [(placement.comment_id,) for placement in placements])

    def put_thread(self, thread: Thread, site_id: str, capture_id: str, leads_to: Iterable[str]) -> None:
        """Store what one capture says of a thread; `leads_to` are the keys of the addresses of its other pages."""
        page = {
            "capture_id": capture_id,
            "thread_id": thread.id,
            "url": thread.url,
            "status": thread.status,
            "claimed": thread.comment_count_reported,
            "leads_to": json.dumps(sorted(leads_to)),
            "whole": int(thread.whole),
            "counts_hidden": int(thread.counts_hidden),
        }
        self.rows.upsert("threads", {"id": thread.id, "site_id": site_id, "platform": thread.platform})
        self.rows.upsert("thread_pages", page, ("capture_id", "thread_id"))
        self.rows.connection.execute(_THREAD_LATEST, [thread.id])

    def put_sightings(self, capture_id: str, shown: Iterable[Comment]) -> None:
        """Say that this capture showed these comments, and where. One that nobody stored (a pipeline dropped it) is left out."""
        self.rows.connection.executemany(_SIGHTING, ((capture_id, comment.position, comment.id) for comment in shown))

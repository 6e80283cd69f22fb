"""What a finished crawl means: which threads it saw whole, which comments are gone, and the counts that follow from it."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, field

_PAGES = """
SELECT p.thread_id, p.status, p.claimed, p.leads_to, c.captured_at, c.url_key
FROM thread_pages p JOIN captures c ON c.id = p.capture_id
WHERE c.crawl_id = ? AND c.truncated IS NULL AND c.read_error IS NULL
ORDER BY p.thread_id, c.captured_at, c.id
"""

_SEEN = """
INSERT INTO temp.seen SELECT DISTINCT s.comment_id, k.thread_id
FROM captures c JOIN sightings s ON s.capture_id = c.id JOIN comments k ON k.id = s.comment_id WHERE c.crawl_id = ?
"""

_DELETE = """
UPDATE comments SET status = 'deleted', deleted_seen = :seen_at
WHERE thread_id = :thread_id AND status = 'live' AND NOT EXISTS (SELECT 1 FROM temp.seen WHERE comment_id = comments.id)
"""

_COMMENT_COUNTS = """
UPDATE articles SET comment_count = (
    SELECT count(*) FROM comments WHERE comments.article_id = articles.id AND comments.status = 'live')
WHERE site_id = ? AND comment_count IS NOT (
    SELECT count(*) FROM comments WHERE comments.article_id = articles.id AND comments.status = 'live')
"""

_COMMENTERS = """
UPDATE commenters SET (comment_count, first_comment, last_comment) = (
    SELECT count(*), min(coalesce(date_created, first_seen)), max(coalesce(date_created, first_seen))
    FROM comments WHERE comments.commenter_id = commenters.id)
WHERE site_id = ?
"""

_SITE = """
UPDATE sites SET
    comment_platform = (
        SELECT platform FROM threads WHERE site_id = sites.id GROUP BY platform ORDER BY count(*) DESC, platform LIMIT 1),
    in_language = coalesce(in_language, (
        SELECT in_language FROM articles WHERE site_id = sites.id
        GROUP BY in_language ORDER BY count(*) DESC, in_language LIMIT 1))
WHERE id = ?
"""

# A comment counts under the day it was written where its words tell the day, else apart, under the day it was first seen.
_SITE_DAYS = """
INSERT INTO site_days (site_id, day, articles, comments, comments_edited, comments_deleted, comments_undated)
SELECT :site, day, sum(articles), sum(comments), sum(edited), sum(deleted), sum(undated) FROM (
    SELECT substr(date_published, 1, 10) AS day, 1 AS articles, 0 AS comments, 0 AS edited, 0 AS deleted, 0 AS undated
    FROM articles WHERE site_id = :site AND date_published IS NOT NULL
    UNION ALL SELECT substr(date_created, 1, 10), 0, 1, 0, 0, 0 FROM comments
    WHERE site_id = :site AND substr(date_created_earliest, 1, 10) = substr(date_created_latest, 1, 10)
    UNION ALL SELECT substr(first_seen, 1, 10), 0, 0, 0, 0, 1 FROM comments
    WHERE site_id = :site AND substr(date_created_earliest, 1, 10) IS NOT substr(date_created_latest, 1, 10)
    UNION ALL SELECT substr(first_seen, 1, 10), 0, 0, 0, 0, 1 FROM comments
    WHERE site_id = :site AND date_created_earliest IS NULL
    UNION ALL SELECT substr(deleted_seen, 1, 10), 0, 0, 0, 1, 0 FROM comments WHERE site_id = :site AND status = 'deleted'
    UNION ALL SELECT substr(r.first_seen, 1, 10), 0, 0, 1, 0, 0 FROM comment_revisions r JOIN comments k ON k.id = r.comment_id
    WHERE k.site_id = :site AND r.first_seen > k.first_seen
) GROUP BY day
"""


@dataclass(slots=True)
class _Visit:
    """The pages of one thread that one crawl read."""

    thread_id: str
    seen_at: str = ""
    status: str = "open"
    claimed: int | None = None
    read: set[str] = field(default_factory=set)
    wanted: set[str] = field(default_factory=set)

    def add(self, page: sqlite3.Row) -> None:
        self.seen_at = page["captured_at"]
        self.status = page["status"] or self.status
        self.claimed = page["claimed"] if page["claimed"] is not None else self.claimed
        self.read.add(page["url_key"])
        self.wanted.update(json.loads(page["leads_to"]))

    def verdict(self, found: int) -> tuple[bool, str]:
        """Whether the visit proves what the thread holds, and why it ended."""
        missing = len(self.wanted - self.read)
        if not missing:
            return True, "last page reached"
        if self.claimed is not None and found >= self.claimed:
            return True, "claimed count met"
        return False, f"{missing} pages not read"


def close_visits(connection: sqlite3.Connection, crawl_id: str) -> None:
    """Conclude a finished crawl: a row per thread it visited, and the comments that a whole visit proves to be gone.

    Deleted is only what a complete visit of a thread that is still open did not show. The caller holds the transaction.
    """
    visits: dict[str, _Visit] = {}
    for page in connection.execute(_PAGES, [crawl_id]):
        visits.setdefault(page["thread_id"], _Visit(page["thread_id"])).add(page)
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS seen (comment_id TEXT PRIMARY KEY, thread_id TEXT) WITHOUT ROWID")
    connection.execute("DELETE FROM temp.seen")
    connection.execute(_SEEN, [crawl_id])
    counts: dict[str, int] = dict(connection.execute("SELECT thread_id, count(*) FROM temp.seen GROUP BY thread_id").fetchall())
    for visit in visits.values():
        found = counts.get(visit.thread_id, 0)
        complete, reason = visit.verdict(found)
        connection.execute(
            "INSERT OR REPLACE INTO thread_visits (thread_id, crawl_id, seen_at, complete, found, claimed, stop_reason)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            [visit.thread_id, crawl_id, visit.seen_at, int(complete), found, visit.claimed, reason],
        )
        if complete and visit.status == "open":
            connection.execute(_DELETE, {"seen_at": visit.seen_at, "thread_id": visit.thread_id})


def recount(connection: sqlite3.Connection, site_id: str) -> None:
    """Bring the derived counts of a site up to date: per article, commenter and day, and what most of it is like."""
    for statement in (_COMMENT_COUNTS, _COMMENTERS, _SITE):
        connection.execute(statement, [site_id])
    connection.execute("DELETE FROM site_days WHERE site_id = ?", [site_id])
    connection.execute(_SITE_DAYS, {"site": site_id})

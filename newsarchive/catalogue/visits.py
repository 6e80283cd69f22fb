"""What a finished crawl means: which threads it saw whole, which comments are gone, and the counts that follow from it.

To call a comment deleted that is not is the worst this archive could do. So a visit must have read every page of its thread,
wholly, with one claimed count; it must show some comment that stood beside the missing one (or the platform may have changed);
and the site's own count must have dropped by at least as many as are missing. Where the drop is smaller (replies to a removed
comment vanish with it and are still counted; a page may have shifted between two requests), or the site claims no count, two
complete visits in a row must miss the comment.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, field

_PAGES = """
SELECT p.thread_id, p.status, p.claimed, p.leads_to, p.whole, c.captured_at, c.url_key
FROM thread_pages p JOIN captures c ON c.id = p.capture_id
WHERE c.crawl_id = ? AND c.truncated IS NULL AND c.read_error IS NULL
ORDER BY p.thread_id, c.captured_at, c.id
"""

_MOVED = "SELECT url_key FROM captures WHERE crawl_id = ? AND status BETWEEN 300 AND 399"

_SEEN = """
INSERT INTO temp.seen SELECT DISTINCT s.comment_id, k.thread_id, k.first_seen
FROM captures c JOIN sightings s ON s.capture_id = c.id JOIN comments k ON k.id = s.comment_id WHERE c.crawl_id = ?
"""

# The unary plus keeps SQLite from walking along the index of all live comments of the archive.
_LIVE = "thread_id = :thread_id AND +status = 'live'"
_MISSING = f"{_LIVE} AND last_seen >= :oldest AND NOT EXISTS (SELECT 1 FROM temp.seen WHERE comment_id = comments.id)"
_TWICE = """ AND NOT EXISTS (
    SELECT 1 FROM sightings s JOIN captures c ON c.id = s.capture_id
    WHERE s.comment_id = comments.id AND c.crawl_id = :previous)"""
_DELETE = f"UPDATE comments SET status = 'deleted', deleted_seen = :seen_at WHERE {_MISSING}"

_COMMENT_COUNT = """
UPDATE articles SET comment_count = (
    SELECT count(*) FROM comments WHERE comments.article_id = articles.id AND +comments.status = 'live')
WHERE thread_id = ?
"""

_COMMENTERS = """
UPDATE commenters SET (comment_count, first_comment, last_comment) = (
    SELECT count(*), min(coalesce(date_created, first_seen)), max(coalesce(date_created, first_seen))
    FROM comments WHERE comments.commenter_id = commenters.id)
WHERE id IN (SELECT k.commenter_id FROM temp.seen s JOIN comments k ON k.id = s.comment_id)
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

# Names that an older account left, and nothing shows any more.
_LEFT_OVER = (
    "DELETE FROM tags WHERE site_id = ? AND NOT EXISTS (SELECT 1 FROM article_tags WHERE tag_id = tags.id)",
    "DELETE FROM authors WHERE site_id = ? AND NOT EXISTS (SELECT 1 FROM article_authors WHERE author_id = authors.id)",
)

# A comment counts under the day it was written where its words tell the day, else apart, under the day it was first seen.
_SITE_DAYS = """
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
    WHERE k.site_id = :site AND k.revision_count > 0 AND r.first_seen > k.first_seen
) GROUP BY day
"""


@dataclass(slots=True)
class _Visit:
    """The pages of one thread that one crawl read."""

    thread_id: str
    seen_at: str = ""
    status: str = "open"
    whole: bool = True
    claims: set[int] = field(default_factory=set)
    read: set[str] = field(default_factory=set)
    wanted: set[str] = field(default_factory=set)

    def add(self, page: sqlite3.Row) -> None:
        self.seen_at = page["captured_at"]
        self.status = page["status"] or self.status
        self.whole = self.whole and bool(page["whole"])
        self.claims |= {page["claimed"]} - {None}
        self.read.add(page["url_key"])
        self.wanted.update(json.loads(page["leads_to"]))

    @property
    def claimed(self) -> int | None:
        """The number of comments that the site claims, where it claims one and the same on all pages."""
        return next(iter(self.claims)) if len(self.claims) == 1 else None

    def verdict(self) -> tuple[bool, str]:
        """Whether the visit shows all that the thread shows, and why it ended."""
        if missing := len(self.wanted - self.read):
            return False, f"{missing} pages not read"
        if not self.whole:
            return False, "parts of a page could not be read"
        if len(self.claims) > 1:
            return False, "the claimed count changed during the visit"
        return True, "last page reached"


def close_visits(connection: sqlite3.Connection, crawl_id: str) -> None:
    """Conclude a finished crawl: a row per thread it visited, and the comments that its visits prove to be gone.

    The caller holds the transaction.
    """
    visits: dict[str, _Visit] = {}
    for page in connection.execute(_PAGES, [crawl_id]):
        visits.setdefault(page["thread_id"], _Visit(page["thread_id"])).add(page)
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS seen (comment_id TEXT PRIMARY KEY, thread_id TEXT, first_seen TEXT)")
    connection.execute("CREATE INDEX IF NOT EXISTS temp.seen_thread ON seen(thread_id, first_seen)")
    connection.execute("DELETE FROM temp.seen")
    connection.execute(_SEEN, [crawl_id])
    counts: dict[str, int] = dict(connection.execute("SELECT thread_id, count(*) FROM temp.seen GROUP BY thread_id").fetchall())
    # The address of a page may only lead to its proper one, which the thread's other pages name.
    moved = {row["url_key"] for row in connection.execute(_MOVED, [crawl_id])}
    for visit in visits.values():
        visit.read |= visit.wanted & moved
        complete, reason = visit.verdict()
        if complete and visit.status == "open":
            _delete_missing(connection, visit)
            count_comments(connection, visit.thread_id)
        connection.execute(
            "INSERT OR REPLACE INTO thread_visits (thread_id, crawl_id, seen_at, complete, found, claimed, stop_reason)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            [visit.thread_id, crawl_id, visit.seen_at, int(complete), counts.get(visit.thread_id, 0), visit.claimed, reason],
        )
    connection.execute(_COMMENTERS)


def _delete_missing(connection: sqlite3.Connection, visit: _Visit) -> None:
    """Mark what a complete visit of an open thread did not show, as far as this proves that it is gone."""
    oldest = "SELECT min(first_seen) FROM temp.seen WHERE thread_id = ?"
    values = {"thread_id": visit.thread_id, "seen_at": visit.seen_at}
    values["oldest"] = connection.execute(oldest, [visit.thread_id]).fetchone()[0]
    live = connection.execute(f"SELECT count(*) FROM comments WHERE {_LIVE}", values).fetchone()[0]
    missing = connection.execute(f"SELECT count(*) FROM comments WHERE {_MISSING}", values).fetchone()[0]
    if not missing:
        return
    earlier = connection.execute(
        "SELECT crawl_id, complete, claimed - found AS hidden FROM thread_visits"
        " WHERE thread_id = :thread_id ORDER BY seen_at DESC",
        values,
    ).fetchall()
    if visit.claimed is not None:
        hidden = min((row["hidden"] for row in earlier if row["complete"] and row["hidden"] is not None), default=0)
        dropped = live + hidden - visit.claimed
        if dropped <= 0:
            return
        if dropped >= missing:
            connection.execute(_DELETE, values)
            return
    if earlier and earlier[0]["complete"]:
        connection.execute(_DELETE + _TWICE, values | {"previous": earlier[0]["crawl_id"]})


def count_comments(connection: sqlite3.Connection, thread_id: str) -> None:
    """Bring the number of live comments of a thread's article up to date."""
    connection.execute(_COMMENT_COUNT, [thread_id])


def describe_site(connection: sqlite3.Connection, site_id: str) -> None:
    """What most of a site is like: its comment platform, its language; and no names that nothing shows."""
    for statement in (_SITE, *_LEFT_OVER):
        connection.execute(statement, [site_id])


def days(connection: sqlite3.Connection, site_id: str) -> list[tuple[object, ...]]:
    """The rows of `site_days`, counted anew. It reads every comment of the site: hold no write transaction meanwhile."""
    return [tuple(row) for row in connection.execute(_SITE_DAYS, {"site": site_id})]


def put_days(connection: sqlite3.Connection, site_id: str, rows: list[tuple[object, ...]]) -> None:
    """Store the counted days of a site in the place of the old ones. The caller holds the transaction."""
    connection.execute("DELETE FROM site_days WHERE site_id = ?", [site_id])
    connection.executemany(
        "INSERT INTO site_days (site_id, day, articles, comments, comments_edited, comments_deleted, comments_undated)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        rows,
    )

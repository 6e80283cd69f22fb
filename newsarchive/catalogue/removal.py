"""Take articles and comments out of the catalogue as if no page had ever shown them, and their bytes out of its file."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable

from newsarchive.catalogue import counts, tallies
from newsarchive.catalogue.schema import transaction

_GONE = """
CREATE TEMP TABLE IF NOT EXISTS gone (id TEXT PRIMARY KEY);
CREATE TEMP TABLE IF NOT EXISTS gone_threads (id TEXT PRIMARY KEY);
CREATE TEMP TABLE IF NOT EXISTS gone_commenters (id TEXT PRIMARY KEY);
DELETE FROM gone; DELETE FROM gone_threads; DELETE FROM gone_commenters;
"""
# What follows from comments, while they are still there.
_NOTED = (
    "INSERT INTO gone_threads SELECT DISTINCT thread_id FROM comments WHERE id IN gone",
    "INSERT INTO gone_commenters SELECT DISTINCT commenter_id FROM comments WHERE id IN gone AND commenter_id IS NOT NULL",
)
# Others move up; a deleted one has the number of the comment before it.
_NUMBERED = """
UPDATE comments SET position = position - (
    SELECT count(*) FROM comments g WHERE g.thread_id = comments.thread_id AND g.id IN gone AND +g.status <> 'deleted'
        AND g.position <= comments.position)
WHERE thread_id IN gone_threads AND position IS NOT NULL AND id NOT IN gone
"""
# The number of a comment without number is made of its words: no reply may name it.
_ORPHANED = "UPDATE comments SET parent_id = NULL WHERE parent_id IN gone AND instr(parent_id, ':~') > 0"
_COMMENT_TABLES = ("comment_votes", "sightings", "placements", "comment_revisions")
_FOUND = """
UPDATE thread_visits SET found = (
    SELECT count(DISTINCT s.comment_id) FROM captures c JOIN sightings s ON s.capture_id = c.id
    JOIN comments k ON k.id = s.comment_id WHERE c.crawl_id = thread_visits.crawl_id AND k.thread_id = thread_visits.thread_id)
WHERE thread_id IN gone_threads
"""
_COMMENTERS = (
    """
    DELETE FROM commenters WHERE id IN gone_commenters
    AND NOT EXISTS (SELECT 1 FROM comments WHERE commenter_id = commenters.id)
    """,
    """
    UPDATE commenters SET (comment_count, first_comment, last_comment) = (
        SELECT count(*), min(coalesce(date_created, first_seen)), max(coalesce(date_created, first_seen))
        FROM comments WHERE comments.commenter_id = commenters.id)
    WHERE id IN gone_commenters
    """,
)
_ARTICLE_TABLES = ("article_revisions", "article_urls", "article_authors", "article_tags", "links", "media", "article_pages")
_OTHER_ARTICLE = """
UPDATE comments SET article_id = (
    SELECT id FROM articles WHERE thread_id = comments.thread_id AND id NOT IN gone ORDER BY first_seen, id LIMIT 1)
WHERE article_id IN gone
"""


def displace(connection: sqlite3.Connection, is_gone: Callable[[str], bool]) -> None:
    """Take away the places of comments that are gone and in no other table: a list of numbers told them, and shows no words."""
    alone = "SELECT comment_id FROM placements p WHERE NOT EXISTS (SELECT 1 FROM comments c WHERE c.id = p.comment_id)"
    with transaction(connection):
        gone = [row for row in connection.execute(alone).fetchall() if is_gone(row[0])]
        connection.executemany("DELETE FROM placements WHERE comment_id = ?", gone)


def remove(connection: sqlite3.Connection, site_id: str, *, comments: Iterable[str], articles: Iterable[str]) -> None:
    """Remove these rows and all that hangs on them; counts, numbers and places of the others follow.

    One transaction, and one for what charts show: that is counted between them, so that nobody waits for it.
    """
    for statement in _GONE.split(";"):
        connection.execute(statement)
    connection.execute("PRAGMA secure_delete = ON")
    with transaction(connection):
        connection.executemany("INSERT OR IGNORE INTO gone VALUES (?)", [(one,) for one in comments])
        _remove_comments(connection)
        connection.execute("DELETE FROM gone")
        connection.executemany("INSERT OR IGNORE INTO gone VALUES (?)", [(one,) for one in articles])
        _remove_articles(connection)
        for (thread_id,) in connection.execute("SELECT id FROM gone_threads").fetchall():
            tallies.count_comments(connection, thread_id)
        tallies.describe_site(connection, site_id)
    counts.recount(connection, site_id)


def _remove_comments(connection: sqlite3.Connection) -> None:
    for statement in (*_NOTED, _NUMBERED, _ORPHANED):
        connection.execute(statement)
    for table in _COMMENT_TABLES:
        connection.execute(f"DELETE FROM {table} WHERE comment_id IN gone")
    connection.execute("DELETE FROM comments WHERE id IN gone")
    for statement in (_FOUND, *_COMMENTERS):
        connection.execute(statement)


def _remove_articles(connection: sqlite3.Connection) -> None:
    connection.execute(_OTHER_ARTICLE)
    for table in _ARTICLE_TABLES:
        connection.execute(f"DELETE FROM {table} WHERE article_id IN gone")
    connection.execute("DELETE FROM moved_articles WHERE article_id IN gone")
    connection.execute("DELETE FROM articles WHERE id IN gone")


def scour(connection: sqlite3.Connection) -> bool:
    """Rewrite the catalogue's file, so that nothing removed is left in its pages, its index of words and its log.

    VACUUM gives rows new numbers, so the index is made anew. Returns False if a reader kept the log from being emptied; then
    old pages stay in it until the next time.
    """
    connection.execute("PRAGMA secure_delete = ON")
    for table in ("articles", "comments"):
        connection.execute(f"INSERT INTO {table}_fts({table}_fts) VALUES ('delete-all')")
    connection.execute("PRAGMA temp_store = FILE")  # a copy of the whole catalogue, for which the memory may be too small
    connection.execute("VACUUM")
    connection.execute("PRAGMA temp_store = MEMORY")
    for table in ("articles", "comments"):
        connection.execute(f"INSERT INTO {table}_fts({table}_fts) VALUES ('rebuild')")
    busy: int = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    return not busy

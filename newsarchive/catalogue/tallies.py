"""Counts that follow from other rows: comments of an article and of a commenter, a site's platform and language, its days."""

from __future__ import annotations

import sqlite3

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
    OR comment_count = 0
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


def count_commenters(connection: sqlite3.Connection) -> None:
    """Bring the counts of those up to date whose comments `temp.seen` names, and of those who were not counted yet.

    Their name may have been read anew from an earlier page.
    """
    connection.execute(_COMMENTERS)


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

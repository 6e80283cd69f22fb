"""Counts that follow from other rows: comments of an article and of a commenter, a site's platform and language."""

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

"""Filling a new catalogue in one go, as a rebuild does."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from newsarchive.catalogue.schema import transaction

_QUICK = ("journal_mode = MEMORY", "synchronous = OFF", "locking_mode = EXCLUSIVE", "cache_size = -65536", "temp_store = FILE")
# Indexes that only people's questions use.
_FOR_BROWSING = (
    *("crawls_started", "crawls_reason", "captures_url", "captures_site", "captures_purpose", "captures_time", "outcomes_at"),
    *(
        "outcomes_kind",
        "threads_site",
        "thread_visits_seen",
        "articles_site",
        "articles_date",
        "articles_section",
        "articles_language",
    ),
    *(
        "articles_comments",
        "articles_edited",
        "articles_edits",
        "articles_capture",
        "article_revisions_seen",
        "authors_site",
        "tags_site",
    ),
    *("commenters_site", "commenters_count", "comments_date", "comments_site", "comments_status", "comments_capture"),
    *("comments_site_status", "comments_edited", "comments_deleted", "comment_revisions_seen"),
    *("comments_not_live", "comments_language", "comments_upvotes", "articles_length"),
)
_OF_FULL_TEXT = "SELECT name, type, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_fts_%'"
_OF_BROWSING = f"SELECT name, type, sql FROM sqlite_master WHERE type = 'index' AND name IN {_FOR_BROWSING}"


@contextmanager
def bulk_load(connection: sqlite3.Connection) -> Iterator[None]:
    """Fill a new catalogue: what only makes it quick to search is made at the end, and a crash may leave it useless.

    The caller throws it away then. What is sorted for an index lies in a file: it may be larger than the memory.
    """
    for pragma in _QUICK:
        connection.execute(f"PRAGMA {pragma}")
    later = [tuple(row) for query in (_OF_FULL_TEXT, _OF_BROWSING) for row in connection.execute(query)]
    for name, kind, _ in later:
        connection.execute(f"DROP {kind} {name}")
    yield
    with transaction(connection):
        for _, _, sql in later:
            connection.execute(sql)
        for table in ("articles", "comments"):
            connection.execute(f"INSERT INTO {table}_fts({table}_fts) VALUES ('rebuild')")
    connection.execute("PRAGMA locking_mode = NORMAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA journal_mode = WAL")

"""The numbers and lists of the start page: what is in this archive."""

from __future__ import annotations

from typing import Any

from datasette.database import Database, QueryInterrupted

_QUERIES = {
    "totals": """
        SELECT (SELECT count(*) FROM articles) AS articles, (SELECT count(*) FROM comments) AS comments,
          (SELECT count(*) FROM comments WHERE status = 'deleted') AS deleted, (SELECT count(*) FROM captures) AS captures,
          (SELECT count(*) FROM warcs) AS warcs, (SELECT sum(bytes) FROM warcs) AS bytes,
          (SELECT min(date_published) FROM articles) AS earliest, (SELECT max(date_published) FROM articles) AS latest
    """,
    "sites": """
        SELECT s.id, s.name, s.url, s.in_language, (SELECT count(*) FROM articles WHERE site_id = s.id) AS articles,
          (SELECT count(*) FROM comments WHERE site_id = s.id) AS comments,
          (SELECT max(started_at) FROM crawls WHERE site_id = s.id) AS last_crawl
        FROM sites s ORDER BY articles DESC, s.id LIMIT 50
    """,
    "latest": """
        SELECT a.id, a.headline, a.url, a.date_published, a.section, a.comment_count, s.name AS site
        FROM articles a JOIN sites s ON s.id = a.site_id ORDER BY a.date_published DESC LIMIT 12
    """,
}


async def overview(database: Database) -> dict[str, list[dict[str, Any]]]:
    """The rows of `totals` (one), `sites` and `latest` (articles); a list is empty where Datasette's time limit cut it off."""
    return {name: await _rows(database, sql) for name, sql in _QUERIES.items()}


async def _rows(database: Database, sql: str) -> list[dict[str, Any]]:
    try:
        return [dict(row) for row in await database.execute(sql)]
    except QueryInterrupted:
        return []

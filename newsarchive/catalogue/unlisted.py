"""Addresses of known articles that a crawl was led to by no page: asked for, they tell what moved and what is gone."""

from __future__ import annotations

import sqlite3

from newsarchive.urls import url_key

_CHANGED = """
SELECT a.url, u.url AS former, u.url_key FROM article_urls u JOIN articles a ON a.id = u.article_id
JOIN crawls k ON k.site_id = a.site_id
WHERE k.id = ? AND u.kind = 'canonical' AND u.url <> a.url
    AND NOT EXISTS (SELECT 1 FROM captures c WHERE c.crawl_id = k.id AND c.url_key = u.url_key)
ORDER BY u.url_key
"""
_UNLISTED = """
SELECT a.url FROM articles a JOIN crawls k ON k.site_id = a.site_id
WHERE k.id = ? AND a.gone_seen IS NULL AND a.last_seen < k.started_at
    AND NOT EXISTS (
        SELECT 1 FROM article_urls u JOIN captures c ON c.url_key = u.url_key WHERE u.article_id = a.id AND c.crawl_id = k.id)
    AND NOT EXISTS (SELECT 1 FROM outcomes o WHERE o.crawl_id = k.id AND o.url = a.url)
ORDER BY a.last_seen < (
    SELECT o.started_at FROM crawls o WHERE o.site_id = k.site_id AND o.number < k.number ORDER BY o.number DESC LIMIT 1),
    a.last_seen, a.id
"""


def unlisted(connection: sqlite3.Connection, crawl_id: str) -> list[str]:
    """The addresses of the articles that a crawl, so far, was led to by none of their addresses; those that are gone apart.

    First the former addresses of articles that have another one now and nobody asked where they lead, then the articles that
    were seen in the crawl before, then those that were seen longest ago.
    """
    former = [row["former"] for row in connection.execute(_CHANGED, [crawl_id]) if url_key(row["url"]) != row["url_key"]]
    return former + [row["url"] for row in connection.execute(_UNLISTED, [crawl_id])]

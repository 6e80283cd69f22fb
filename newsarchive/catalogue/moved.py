"""Which articles are one: an article that moved to another address keeps the id by which it was known first."""

from __future__ import annotations

from newsarchive.catalogue import ledger, tallies
from newsarchive.catalogue.articles import REVISED
from newsarchive.catalogue.store import Store

_NOTE = (
    "UPDATE moved_articles SET article_id = :kept WHERE article_id = :other",
    "INSERT INTO moved_articles (id, article_id) VALUES (:other, :kept)",
    "UPDATE comments SET article_id = :kept WHERE article_id = :other",
    "UPDATE article_pages SET article_id = :kept WHERE article_id = :other",
    # An address that both had is a canonical one if it was one of either.
    """
    INSERT INTO article_urls (url_key, url, article_id, kind)
    SELECT url_key, url, :kept, kind FROM article_urls WHERE article_id = :other
    ON CONFLICT (url_key, article_id) DO UPDATE SET
        kind = CASE WHEN 'canonical' IN (kind, excluded.kind) THEN 'canonical' ELSE min(kind, excluded.kind) END
    """,
    "DELETE FROM article_urls WHERE article_id = :other",
)
_THREAD = "SELECT thread_id FROM articles WHERE id = ? AND thread_id IS NOT NULL"
_LISTS = ("article_tags", "links", "media")


def join(store: Store, kept: str, other: str) -> None:
    """Make one article of two rows: `kept`, which was known first, and `other`, which is the same at its new address.

    Revisions, addresses and comments of both are its own; tags, links and pictures are those that were seen last. The caller
    holds the transaction.
    """
    connection = store.connection
    threads = [row[0] for one in (kept, other) for row in connection.execute(_THREAD, [one])]
    if len(threads) == 2:
        store.threads.join(*threads)
    first, then = (store.rows.row("SELECT * FROM articles WHERE id = ?", one) for one in (kept, other))
    assert first is not None
    assert then is not None
    for statement in _NOTE:
        connection.execute(statement, {"kept": kept, "other": other})
    for row in connection.execute("SELECT * FROM article_revisions WHERE article_id = ?", [other]).fetchall():
        revision = dict(row) | {"id": kept}
        store.rows.put_revision("article", revision, row["digest"], REVISED)
        connection.execute("DELETE FROM article_revisions WHERE id = ?", [row["id"]])
    newer = then["last_seen"] >= first["last_seen"]
    for table in _LISTS:
        connection.execute(f"DELETE FROM {table} WHERE article_id = ?", [kept if newer else other])
        connection.execute(f"UPDATE {table} SET article_id = ? WHERE article_id = ?", [kept, other])
    connection.execute("DELETE FROM article_authors WHERE article_id = ?", [other])
    connection.execute("DELETE FROM articles WHERE id = ?", [other])
    store.upsert("articles", ledger.merge_article(first, {**then, "id": kept}))
    store.articles.show_latest(kept)
    for thread_id in {first["thread_id"], then["thread_id"]} - {None}:
        tallies.count_comments(connection, thread_id)

"""Write what was captured and read into the catalogue. Every write is an upsert; the caller holds the transaction."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from newsarchive.catalogue import ledger
from newsarchive.items import Article, Comment, Item, Placement, Thread
from newsarchive.text import fold
from newsarchive.times import to_iso
from newsarchive.urls import url_key

Row = Mapping[str, Any]


@cache
def _upsert_sql(table: str, columns: tuple[str, ...], key: tuple[str, ...]) -> str:
    values = ", ".join(f":{c}" for c in columns)
    changed = ", ".join(f"{c} = excluded.{c}" for c in columns if c not in key)
    action = f"UPDATE SET {changed}" if changed else "NOTHING"
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({values}) ON CONFLICT ({', '.join(key)}) DO {action}"


_SITE = """
INSERT INTO sites (id, name, url, in_language, country) VALUES (:id, :name, :url, :in_language, :country)
ON CONFLICT (id) DO UPDATE SET name = CASE excluded.name WHEN id THEN name ELSE excluded.name END,
    url = coalesce(excluded.url, url), in_language = coalesce(excluded.in_language, in_language),
    country = coalesce(excluded.country, country)
"""

_CANONICAL_FIRST = (
    " ON CONFLICT (url_key, article_id) DO UPDATE SET url = min(url, excluded.url),"
    " kind = CASE WHEN 'canonical' IN (kind, excluded.kind) THEN 'canonical' ELSE min(kind, excluded.kind) END"
)

# Names that differ in case only are one; which spelling shows must not depend on which came first.
_SPELT = " ON CONFLICT (id) DO UPDATE SET name = max(name, excluded.name)"

# A thread is as the latest page says that says anything of it.
_THREAD_LATEST = """
UPDATE threads SET status = coalesce((
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
UPDATE comments SET parent_id = (SELECT parent_id FROM placements WHERE comment_id = comments.id)
WHERE id = ? AND parent_id IS NOT (SELECT parent_id FROM placements WHERE comment_id = comments.id)
"""


class Store:
    """The catalogue's writer of rows, over a connection that `schema.prepare` opened."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def upsert(self, table: str, row: Row, key: tuple[str, ...] = ("id",)) -> None:
        """Insert `row`, or update the columns it names where its key is there already."""
        self.connection.execute(_upsert_sql(table, tuple(row), key), dict(row))

    def row(self, sql: str, *values: object) -> dict[str, Any] | None:
        """The first row of a query, or None."""
        found = self.connection.execute(sql, values).fetchone()
        return dict(found) if found else None

    def name_site(self, site_id: str, name: str) -> None:
        """Give a site the name that its front page states, where its file gives none."""
        self.connection.execute("UPDATE sites SET name = ? WHERE id = ? AND name = id", [name, site_id])

    def put_site(self, site: Row) -> None:
        """Store what a crawl's profile says of its site; what it leaves open stays as it is known."""
        self.connection.execute(_SITE, dict(site))

    # Articles

    def put(self, item: Item) -> None:
        """Store one sight of a (normalised) item; one that is known as it is only moves its last sight."""
        if self.known(item):
            self._saw_unchanged(item)
        elif isinstance(item, Article):
            self._put_article(item)
        else:
            self._put_comment(item)

    def known(self, item: Item) -> bool:
        """Whether storing this (normalised) item would change nothing but when it was last seen."""
        if isinstance(item, Article):
            return self._article_known(item)
        row = self.row("SELECT * FROM comments WHERE id = ?", item.id)
        if row is None or row["text"] != item.text or not self._begun("comment", item, ledger.digest(item.text)):
            return False
        return self._merged_comment(item, row) | {"last_seen": row["last_seen"]} == row

    def _article_known(self, article: Article) -> bool:
        row = self.row("SELECT * FROM articles WHERE id = ?", article.id)
        seen = ledger.article_row(article)
        if row is None or row["digest"] != seen["digest"] or not self._begun("article", article, seen["digest"]):
            return False
        merged = ledger.merge_article(row, seen)
        same = merged | {"last_seen": row["last_seen"]} == row
        known_urls = self._listed(article.id, "article_urls")
        same = same and all(url_key(address) in known_urls for address in (article.url, *article.aliases))
        return same and all(self._listed(article.id, table) == wanted for table, wanted in _lists(article).items())

    def _begun(self, kind: str, item: Item, digest: str) -> bool:
        """Whether this revision was first seen no later than now; a sight from before would set its beginning back."""
        revision = self.row(f"SELECT first_seen FROM {kind}_revisions WHERE id = ?", f"{item.id}@{digest}")
        return revision is not None and bool(revision["first_seen"] <= to_iso(item.captured_at))

    def _listed(self, article_id: str, table: str) -> list[str]:
        column = {"article_tags": "tag_id", "links": "url", "media": "url", "article_urls": "url_key"}[table]
        order = "position" if table in ("links", "media") else column
        return [
            r[0]
            for r in self.connection.execute(f"SELECT {column} FROM {table} WHERE article_id = ? ORDER BY {order}", [article_id])
        ]

    def _put_article(self, article: Article) -> None:
        """Store one sight of an article: its row, its revision, its addresses, authors, tags, links and media."""
        seen = ledger.article_row(article)
        row = self.row("SELECT * FROM articles WHERE id = ?", article.id)
        latest = row is None or seen["last_seen"] >= row["last_seen"]
        self.upsert("articles", ledger.merge_article(row, seen) if row else seen)
        authors = json.dumps(article.authors, ensure_ascii=False)
        self._put_revision("article", seen | {"authors": authors}, seen["digest"], _REVISED_ARTICLE)
        self._show_latest("article", article.id, ("digest", *ledger.ARTICLE_CONTENT))
        self.connection.execute(
            "UPDATE articles SET word_count = ? WHERE id = ? AND digest = ?", [seen["word_count"], article.id, seen["digest"]]
        )
        self._put_addresses(article)
        self._put_authors(article)
        if latest:
            self._put_lists(article)
        self.connection.execute(
            "UPDATE comments SET article_id = ? WHERE thread_id = ? AND article_id IS NULL", [article.id, article.thread_id]
        )

    def _put_addresses(self, article: Article) -> None:
        kinds = [(article.url, "canonical"), *((alias, "alias") for alias in article.aliases)]
        for address, kind in kinds:
            self.connection.execute(
                "INSERT INTO article_urls (url_key, url, article_id, kind) VALUES (?, ?, ?, ?)" + _CANONICAL_FIRST,
                [url_key(address), address, article.id, kind],
            )

    def _put_authors(self, article: Article) -> None:
        """The authors of the revision that the row shows now."""
        shown = self.row(
            "SELECT r.authors FROM articles a JOIN article_revisions r ON r.article_id = a.id AND r.digest = a.digest"
            " WHERE a.id = ?",
            article.id,
        )
        names: list[str] = json.loads(shown["authors"]) if shown else []
        self.connection.execute("DELETE FROM article_authors WHERE article_id = ?", [article.id])
        for position, name in enumerate(names, 1):
            author_id = f"{article.site_id}:{fold(name)}"
            self.connection.execute(
                "INSERT INTO authors (id, site_id, name) VALUES (?, ?, ?)" + _SPELT,
                [author_id, article.site_id, name],
            )
            self.connection.execute(
                "INSERT INTO article_authors (article_id, author_id, position) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                [article.id, author_id, position],
            )

    def _put_lists(self, article: Article) -> None:
        for name in article.tags:
            tag = [f"{article.site_id}:{fold(name)}", article.site_id, name]
            self.connection.execute("INSERT INTO tags (id, site_id, name) VALUES (?, ?, ?)" + _SPELT, tag)
        for table, values in _lists(article).items():
            self.connection.execute(f"DELETE FROM {table} WHERE article_id = ?", [article.id])
            for position, value in enumerate(values, 1):
                row = {"article_id": article.id} | (
                    {"tag_id": value} if table == "article_tags" else {"url": value, "position": position}
                )
                self.upsert(table, row, ("article_id", "tag_id" if table == "article_tags" else "url"))

    # Comments

    def _put_comment(self, comment: Comment) -> None:
        """Store one sight of a comment: its row, its revision, its author's row, its votes where they changed."""
        seen = ledger.comment_row(comment)
        row = self.row("SELECT * FROM comments WHERE id = ?", comment.id)
        if seen["commenter_id"]:
            identity = "account" if comment.author_id else "nick"
            who = [seen["commenter_id"], comment.site_id, comment.author_name or comment.author_id, identity]
            self.connection.execute("INSERT INTO commenters (id, site_id, name, identity) VALUES (?, ?, ?, ?)" + _SPELT, who)
        self.upsert("comments", self._merged_comment(comment, row))
        self._put_revision("comment", seen, ledger.digest(comment.text), ("text",))
        if row is not None:
            self._show_latest("comment", comment.id, ("text",))
        self._put_votes(comment, row)

    def _merged_comment(self, comment: Comment, row: Row | None) -> dict[str, Any]:
        """The comment's row after this sight, with its article and with the parent that an API told, where one did."""
        seen = ledger.comment_row(comment)
        merged = ledger.merge_comment(row, seen) if row else seen
        article = self.row("SELECT id FROM articles WHERE thread_id = ? ORDER BY first_seen, id LIMIT 1", comment.thread_id)
        placed = self.row("SELECT parent_id FROM placements WHERE comment_id = ?", comment.id)
        merged["article_id"] = article["id"] if article else None
        merged["parent_id"] = placed["parent_id"] if placed else merged["parent_id"]
        return merged

    def _put_votes(self, comment: Comment, row: Row | None) -> None:
        if (comment.upvotes, comment.downvotes) == ((row["upvotes"], row["downvotes"]) if row else (None, None)):
            return
        vote = {"comment_id": comment.id, "seen": to_iso(comment.captured_at), "up": comment.upvotes, "down": comment.downvotes}
        self.upsert("comment_votes", vote, ("comment_id", "seen"))

    def put_placement(self, placement: Placement, seen: str, capture_id: str) -> None:
        """Keep the parent that an API tells for a comment; it stands above the nesting that a page shows."""
        self.connection.execute(_PLACEMENT, [placement.comment_id, placement.parent_id, seen, capture_id])
        self.connection.execute(_PLACED, [placement.comment_id])

    def put_thread(self, thread: Thread, site_id: str, capture_id: str, leads_to: Iterable[str]) -> None:
        """Store what one capture says of a thread; `leads_to` are the keys of the addresses of its other pages."""
        page = {
            "capture_id": capture_id,
            "thread_id": thread.id,
            "status": thread.status,
            "claimed": thread.comment_count_reported,
            "leads_to": json.dumps(sorted(leads_to)),
            "whole": int(thread.whole),
        }
        row = {"id": thread.id, "site_id": site_id, "platform": thread.platform}
        self.upsert("threads", row | ({"url": thread.url} if thread.url else {}))
        self.upsert("thread_pages", page, ("capture_id", "thread_id"))
        self.connection.execute(_THREAD_LATEST, [thread.id])

    def put_sightings(self, capture_id: str, comment_ids: Iterable[str]) -> None:
        """Say that this capture showed these comments. A comment that nobody stored (a pipeline dropped it) is left out."""
        for comment_id in comment_ids:
            sighting = [capture_id, comment_id]
            self.connection.execute(
                "INSERT INTO sightings SELECT ?, id FROM comments WHERE id = ? ON CONFLICT DO NOTHING", sighting
            )

    def _saw_unchanged(self, item: Item) -> None:
        """Move the last sight of an item that is known as it is, and of the revision it shows."""
        kind = "article" if isinstance(item, Article) else "comment"
        seen = to_iso(item.captured_at)
        digest = ledger.article_row(item)["digest"] if isinstance(item, Article) else ledger.digest(item.text)
        self.connection.execute(f"UPDATE {kind}s SET last_seen = max(last_seen, ?) WHERE id = ?", [seen, item.id])
        self.connection.execute(
            f"UPDATE {kind}_revisions SET last_seen = max(last_seen, ?) WHERE id = ?", [seen, f"{item.id}@{digest}"]
        )

    # Revisions of either kind

    def _put_revision(self, kind: str, seen: Row, digest: str, columns: tuple[str, ...]) -> None:
        values = {name: seen[name] for name in (*columns, "first_seen", "last_seen", "capture_id")}
        revision = {"id": f"{seen['id']}@{digest}", f"{kind}_id": seen["id"], "digest": digest} | values
        self.connection.execute(_revision_sql(f"{kind}_revisions", tuple(revision)), revision)

    def _show_latest(self, kind: str, item_id: str, columns: tuple[str, ...]) -> None:
        """Let the row show the revision that was seen last, and count how often the text changed."""
        names = ", ".join((*columns, "capture_id"))
        self.connection.execute(
            f"UPDATE {kind}s SET ({names}) = (SELECT {names} FROM {kind}_revisions WHERE {kind}_id = ?1"
            " ORDER BY last_seen DESC, capture_id DESC LIMIT 1),"
            f" revision_count = (SELECT count(*) - 1 FROM {kind}_revisions WHERE {kind}_id = ?1) WHERE id = ?1",
            [item_id],
        )


_REVISED_ARTICLE = ("headline", "alternative_headline", "description", "section", "in_language", "date_published",
                    "date_published_raw", "date_modified", "date_modified_raw", "attribution", "authors", "text")  # fmt: skip


@cache
def _revision_sql(table: str, columns: tuple[str, ...]) -> str:
    """A revision is as its earliest sight shows it; later ones only stretch the time it was seen."""
    earlier = f"(excluded.first_seen, excluded.capture_id) < ({table}.first_seen, {table}.capture_id)"
    taken = (c for c in columns if c not in ("id", "digest", "first_seen", "last_seen"))
    changes = [f"{c} = CASE WHEN {earlier} THEN excluded.{c} ELSE {c} END" for c in taken]
    changes += ["first_seen = min(first_seen, excluded.first_seen)", "last_seen = max(last_seen, excluded.last_seen)"]
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(f':{c}' for c in columns)})"
        f" ON CONFLICT (id) DO UPDATE SET {', '.join(changes)}"
    )


def _lists(article: Article) -> dict[str, list[str]]:
    """The article's lists as the keys that their tables hold, in the tables' order."""
    return {
        "article_tags": sorted(f"{article.site_id}:{fold(name)}" for name in article.tags),
        "links": article.links,
        "media": article.media,
    }

"""Articles in the catalogue: their row, revisions, addresses, authors, tags, links and media."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from newsarchive.catalogue import ledger
from newsarchive.catalogue.rows import SPELT, Rows
from newsarchive.items import Article
from newsarchive.text import fold
from newsarchive.urls import url_key

_CANONICAL_FIRST = (
    " ON CONFLICT (url_key, article_id) DO UPDATE SET url = min(url, excluded.url),"
    " kind = CASE WHEN 'canonical' IN (kind, excluded.kind) THEN 'canonical' ELSE min(kind, excluded.kind) END"
)

REVISED = ("headline", "alternative_headline", "description", "section", "in_language", "date_published",
            "date_published_raw", "date_modified", "date_modified_raw", "attribution", "authors", "partial", "text")  # fmt: skip


_AMP = re.compile(r"(?:^|[/.])amp(?:[./]|$)|[?&](?:amp(?:=(?:1|true)?)?|outputtype=amp)(?:&|$)", re.IGNORECASE)
_KNOWN_AS = "SELECT article_id FROM moved_articles WHERE id = ?"
_SHOWN = """
SELECT a.id, a.site_id, a.text, r.authors FROM articles a JOIN article_revisions r ON r.article_id = a.id AND r.digest = a.digest
WHERE a.id = ?
"""
_FORGET_AUTHOR = "DELETE FROM authors WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM article_authors WHERE author_id = ?1)"


class Articles:
    """Writes articles; every write is an upsert."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows

    def known_as(self, article: Article) -> Article:
        """The article under the id that the catalogue knows it by: one that moved had another address first."""
        row = self.rows.row(_KNOWN_AS, article.id)
        return replace(article, id=row["article_id"]) if row else article

    def known(self, article: Article) -> bool:
        """Whether storing this would change nothing but when it was last seen."""
        row = self.rows.row("SELECT * FROM articles WHERE id = ?", article.id)
        seen = ledger.article_row(article)
        if row is None or row["digest"] != seen["digest"] or not self.rows.begun("article", article, seen["digest"]):
            return False
        merged = ledger.merge_article(row, seen)
        same = merged | {"last_seen": row["last_seen"]} == row
        known_urls = self._listed(article.id, "article_urls")
        same = same and all(url_key(address) in known_urls for address in (article.url, *article.aliases))
        return same and all(self._listed(article.id, table) == wanted for table, wanted in _lists(article).items())

    def _listed(self, article_id: str, table: str) -> list[str]:
        column = {"article_tags": "tag_id", "links": "url", "media": "url", "article_urls": "url_key"}[table]
        order = "position" if table in ("links", "media") else column
        sql = f"SELECT {column} FROM {table} WHERE article_id = ? ORDER BY {order}"
        return [row[0] for row in self.rows.connection.execute(sql, [article_id])]

    def put(self, article: Article) -> None:
        """Store one sight of an article: its row, its revision, its addresses, authors, tags, links and media."""
        seen = ledger.article_row(article)
        row = self.rows.row("SELECT * FROM articles WHERE id = ?", article.id)
        latest = row is None or seen["last_seen"] >= row["last_seen"]
        self.rows.upsert("articles", ledger.merge_article(row, seen) if row else seen)
        self.rows.put_revision("article", seen | _authors(article), seen["digest"], REVISED)
        self.show_latest(article.id)
        self.put_addresses(article)
        if latest:
            self._put_lists(article)
        self.rows.connection.execute(
            "UPDATE comments SET article_id = ? WHERE thread_id = ? AND article_id IS NULL", [article.id, article.thread_id]
        )

    def amend(self, article: Article) -> None:
        """Write the revision that this article's capture showed first as it is read now."""
        seen = ledger.article_row(article)
        old = self.rows.replace_revision("article", seen | _authors(article), seen["digest"], REVISED)
        if old and old["digest"] != seen["digest"]:
            self.show_latest(article.id)
            for name in set(json.loads(old["authors"])) - set(article.authors):
                gone = f"{article.site_id}:{fold(name)}"
                self.rows.connection.execute(_FORGET_AUTHOR, [gone])

    def show_latest(self, article_id: str) -> None:
        """Let the row show the revision that was seen last, with its authors and number of words."""
        self.rows.show_latest("article", article_id, ("digest", "partial", *ledger.ARTICLE_CONTENT))
        if shown := self.rows.row(_SHOWN, article_id):
            words = len((shown["text"] or "").split())
            self.rows.connection.execute("UPDATE articles SET word_count = ? WHERE id = ?", [words, article_id])
            self._put_authors(article_id, shown["site_id"], json.loads(shown["authors"]))

    def put_addresses(self, article: Article) -> None:
        """Store the addresses that this sight names: its own, those of its other forms, those of its pages."""
        others = [*article.aliases, *article.pages, *filter(None, [article.shown_at])]
        kinds = [
            (article.url, "canonical"),
            *((one, "amp" if _AMP.search(one.partition("://")[2]) else "alias") for one in others),
        ]
        for address, kind in kinds:
            self.rows.connection.execute(
                "INSERT INTO article_urls (url_key, url, article_id, kind) VALUES (?, ?, ?, ?)" + _CANONICAL_FIRST,
                [url_key(address), address, article.id, kind],
            )

    def _put_authors(self, article_id: str, site_id: str, names: list[str]) -> None:
        self.rows.connection.execute("DELETE FROM article_authors WHERE article_id = ?", [article_id])
        for position, name in enumerate(names, 1):
            author_id = f"{site_id}:{fold(name)}"
            self.rows.connection.execute(
                "INSERT INTO authors (id, site_id, name) VALUES (?, ?, ?)" + SPELT, [author_id, site_id, name]
            )
            self.rows.connection.execute(
                "INSERT INTO article_authors (article_id, author_id, position) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                [article_id, author_id, position],
            )

    def _put_lists(self, article: Article) -> None:
        for name in article.tags:
            tag = [f"{article.site_id}:{fold(name)}", article.site_id, name]
            self.rows.connection.execute("INSERT INTO tags (id, site_id, name) VALUES (?, ?, ?)" + SPELT, tag)
        for table, values in _lists(article).items():
            self.rows.connection.execute(f"DELETE FROM {table} WHERE article_id = ?", [article.id])
            for position, value in enumerate(values, 1):
                row = {"article_id": article.id} | (
                    {"tag_id": value} if table == "article_tags" else {"url": value, "position": position}
                )
                self.rows.upsert(table, row, ("article_id", "tag_id" if table == "article_tags" else "url"))


def _authors(article: Article) -> dict[str, str]:
    return {"authors": json.dumps(article.authors, ensure_ascii=False)}


def _lists(article: Article) -> dict[str, list[str]]:
    """The article's lists as the keys that their tables hold, in the tables' order."""
    return {
        "article_tags": sorted({f"{article.site_id}:{fold(name)}" for name in article.tags}),
        "links": article.links,
        "media": article.media,
    }

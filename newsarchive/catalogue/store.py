"""Write what was captured and read into the catalogue. Every write is an upsert; the caller holds the transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import replace

from newsarchive.catalogue import ledger
from newsarchive.catalogue.article_pages import ArticlePages, waits
from newsarchive.catalogue.articles import Articles
from newsarchive.catalogue.rows import Row, Rows
from newsarchive.catalogue.sights import Sight
from newsarchive.catalogue.threads import Threads, is_provisional
from newsarchive.items import Article, Comment, Item
from newsarchive.times import to_iso

_SITE = """
INSERT INTO sites (id, name, url, in_language, country) VALUES (:id, :name, :url, :in_language, :country)
ON CONFLICT (id) DO UPDATE SET name = CASE excluded.name WHEN id THEN name ELSE excluded.name END,
    url = coalesce(excluded.url, url), in_language = coalesce(excluded.in_language, in_language),
    country = coalesce(excluded.country, country)
"""


class Store:
    """The catalogue's writer, over a connection that `schema.prepare` opened."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.rows = Rows(connection)
        self.articles = Articles(self.rows)
        self.pages = ArticlePages(self.rows)
        self.threads = Threads(self.rows)

    def upsert(self, table: str, row: Row, key: tuple[str, ...] = ("id",)) -> None:
        """Insert `row`, or update the columns it names where its key is there already."""
        self.rows.upsert(table, row, key)

    def name_site(self, site_id: str, name: str) -> None:
        """Give a site the name that its front page states, where its file gives none."""
        self.connection.execute("UPDATE sites SET name = ? WHERE id = ? AND name = id", [name, site_id])

    def put_site(self, site: Row) -> None:
        """Store what a crawl's profile says of its site; what it leaves open stays as it is known."""
        self.connection.execute(_SITE, dict(site))

    def known(self, item: Item) -> bool:
        """Whether storing this (normalised) item would change nothing but when it was last seen.

        Which comment one without a number is shows only when the crawl ends; a live one of the same name and text counts.
        """
        if isinstance(item, Comment) and is_provisional(item):
            return self.threads.said(self.comment_known_as(item))
        if isinstance(item, Article) and waits(item):
            return self.pages.is_expected(self.articles.known_as(item))
        return self._unchanged(self.known_as(item))

    def known_as(self, item: Item) -> Item:
        """The item under the keys that the catalogue knows it and its thread by (`Articles.known_as`, `Threads.known_as`)."""
        return self.article_known_as(item) if isinstance(item, Article) else self.comment_known_as(item)

    def article_known_as(self, article: Article) -> Article:
        """The same for an article."""
        article = self.articles.known_as(article)
        return replace(article, thread_id=self.threads.known_as(article.thread_id)) if article.thread_id else article

    def comment_known_as(self, comment: Comment) -> Comment:
        """The same for a comment."""
        return replace(comment, thread_id=self.threads.known_as(comment.thread_id)) if is_provisional(comment) else comment

    def _unchanged(self, item: Item) -> bool:
        return self.articles.known(item) if isinstance(item, Article) else self.threads.known(item)

    def put(self, item: Item) -> None:
        """Store one sight of a (normalised) item; one that is known as it is only moves its last sight."""
        if isinstance(item, Comment):
            self.put_comments([item])
            return
        article = self.article_known_as(item)
        if self.articles.known(article):
            self._saw_unchanged(article)
        else:
            self.articles.put(article)

    def put_comments(self, comments: Iterable[Comment]) -> None:
        """Store one sight of each of these (normalised) comments."""
        self.threads.sights.put(Sight.of(self.comment_known_as(comment)) for comment in comments)

    @staticmethod
    def digest(item: Item) -> str:
        """The fingerprint by which revisions of a (normalised) item are told apart."""
        return str(ledger.article_row(item)["digest"]) if isinstance(item, Article) else ledger.digest(item.text)

    def _saw_unchanged(self, article: Article) -> None:
        """Move the last sight of an article that is known as it is, and of the revision it shows."""
        seen, revision = to_iso(article.captured_at), f"{article.id}@{self.digest(article)}"
        self.connection.execute("UPDATE articles SET last_seen = max(last_seen, ?) WHERE id = ?", [seen, article.id])
        self.connection.execute("UPDATE article_revisions SET last_seen = max(last_seen, ?) WHERE id = ?", [seen, revision])

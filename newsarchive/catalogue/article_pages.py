"""What each capture shows of an article: all of it, one of its pages, another form of it, or that there is none (any more).

What a page alone does not tell waits here until its crawl ends (`assembly`): the text of an article in several pages, which
account counts where an AMP or print page shows the article, too, and whether a page behind a paywall shows less than is known.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from newsarchive.catalogue import ledger
from newsarchive.catalogue.rows import Rows
from newsarchive.items import Article, Reading
from newsarchive.times import from_iso, to_iso
from newsarchive.urls import url_key

_OF_CAPTURE = ("capture_id", "captured_at")
_TIMES = tuple(one.name for one in fields(Article) if "datetime" in str(one.type) and one.name not in _OF_CAPTURE)
_LAST_PART = """
SELECT p.digest FROM article_pages p JOIN captures c ON c.id = p.capture_id WHERE p.article_id = ? AND p.part = ?
ORDER BY c.captured_at DESC, c.id DESC LIMIT 1
"""
_AMEND = """
UPDATE article_pages SET shows = 'part', part = :part, leads_to = :leads_to, digest = :new, article = :article
WHERE capture_id = :capture_id OR (article_id = :id AND part = :part AND digest = :old)
"""


def waits(article: Article) -> bool:
    """Whether the whole crawl must tell what this page means for its article."""
    return article.part is not None or article.shown_at is not None or article.paywalled is True


class ArticlePages:
    """Writes what captures show of articles."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows

    def keep(self, capture_id: str, reading: Reading, article: Article | None) -> None:
        """Keep what a capture shows; `article` is the reading's as the pipelines let it pass, under the id it is known by."""
        shown = article or reading.article
        waiting = article if article and waits(article) else None
        if shows := _shows(reading):
            row: dict[str, Any] = {
                "capture_id": capture_id,
                "article_id": shown and shown.id,
                "shows": shows,
                "part": shown and shown.part,
                "leads_to": _keys(_further(reading, shown)),
                "digest": waiting and ledger.article_row(waiting)["digest"],
                "article": to_json(waiting) if waiting else None,
            }
            self.rows.upsert("article_pages", row, ("capture_id",))

    def amend(self, article: Article) -> None:
        """Let every capture that showed the same part as this article's say what is read of it now."""
        shown = self.rows.row("SELECT digest FROM article_pages WHERE capture_id = ?", article.capture_id)
        self.rows.connection.execute(
            "INSERT INTO article_pages (capture_id, article_id, shows, part, leads_to) VALUES (?, ?, 'part', ?, '[]')"
            " ON CONFLICT DO NOTHING",
            [article.capture_id, article.id, article.part],
        )
        row = {
            "new": ledger.article_row(article)["digest"],
            "article": to_json(article),
            "leads_to": _keys(article.pages),
            "part": article.part,
        }
        where = {"capture_id": article.capture_id, "id": article.id, "old": shown and shown["digest"]}
        self.rows.connection.execute(_AMEND, row | where)

    def is_expected(self, article: Article) -> bool:
        """Whether a page that waits is as it was: a part has its words, any other shows an article that is known."""
        if article.part is None:
            return self.rows.row("SELECT 1 FROM articles WHERE id = ?", article.id) is not None
        last = self.rows.row(_LAST_PART, article.id, article.part)
        return last is not None and bool(last["digest"] == ledger.article_row(article)["digest"])


def _shows(reading: Reading) -> str | None:
    article = reading.article
    if article is None:
        return reading.absent or ("moved" if reading.moved_to else None)
    if article.part is not None:
        return "part"
    return "form" if article.shown_at else "paywalled" if article.paywalled else "article"


def _further(reading: Reading, shown: Article | None) -> Sequence[str]:
    return [reading.moved_to] if reading.moved_to else shown.pages if shown else ()


def _keys(urls: Sequence[str]) -> str:
    return json.dumps(sorted(map(url_key, urls)))


def to_json(article: Article) -> str:
    """An article as JSON, but for the capture that shows it and its time; `from_json` is its inverse."""
    values = {name: value for name, value in asdict(article).items() if name not in _OF_CAPTURE}
    values |= {name: to_iso(values[name]) for name in _TIMES if values[name] is not None}
    return json.dumps(values, ensure_ascii=False)


def from_json(text: str, *, capture_id: str, captured_at: datetime) -> Article:
    """The article that `to_json` wrote, as this capture shows it."""
    values: dict[str, Any] = json.loads(text)
    moments: dict[str, datetime] = {name: from_iso(values[name]) for name in _TIMES if values.get(name) is not None}
    return Article(**values | moments, capture_id=capture_id, captured_at=captured_at)

"""What a first look tells of a newspaper, out of the small archive that it left."""

from __future__ import annotations

import sqlite3
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from newsarchive.errors import UsageError
from newsarchive.probing.pattern import pattern_of
from newsarchive.probing.zone import country_of, zone_of
from newsarchive.times import from_iso

_SHARE = 0.2  # of a site's comments, from which their language is one to expect
_SEVERAL = 3  # comments
_OTHERS = """
SELECT url FROM captures WHERE status = 200 AND purpose IN ('article', 'listing') AND read_error IS NULL
AND id NOT IN (SELECT capture_id FROM articles) AND url NOT IN (SELECT url FROM articles) AND record_type = 'response'
"""
_LISTS = "SELECT url FROM captures WHERE purpose = ? AND status = 200 AND read_error IS NULL ORDER BY captured_at"
_SAMPLE = """
SELECT a.id, a.url, a.thread_id FROM articles a
ORDER BY (SELECT count(*) FROM comments WHERE article_id = a.id) DESC, a.word_count DESC LIMIT 1
"""
_DATES = """
SELECT date_published_raw AS raw, date_published AS at FROM articles
WHERE date_published_raw IS NOT NULL AND date_published IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Facts:
    """What can be said of a newspaper; None or empty where nothing sure can.

    `sample` is the address of the article that shows most, `thread` the key of its comments.
    """

    url: str
    title: str | None
    in_language: str | None
    languages: tuple[str, ...]
    country: str | None
    time_zone: str | None
    article_urls: str | None
    feeds: tuple[str, ...]
    sitemaps: tuple[str, ...]
    platforms: tuple[str, ...]
    articles: int
    comments: int
    sample: str
    thread: str | None


def facts_of(folder: Path, url: str) -> Facts:
    """The facts in the catalogue of a look. Raises UsageError where not one article was found."""
    connection = sqlite3.connect(f"{(folder / 'catalogue.db').as_uri()}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    try:
        sample = connection.execute(_SAMPLE).fetchone()
        if sample is None:
            raise UsageError(f"no article was found from {url}; is it the newspaper's front page, or a section of it?")
        return _facts(connection, url, sample)
    finally:
        connection.close()


def _facts(connection: sqlite3.Connection, url: str, sample: sqlite3.Row) -> Facts:
    def column(sql: str, *values: str) -> list[str]:
        return [row[0] for row in connection.execute(sql, values) if row[0] is not None]

    articles = column("SELECT url FROM articles")
    languages = Counter(column("SELECT in_language FROM articles"))
    country = country_of(urlsplit(url).hostname or "")
    dates = [(row["raw"], from_iso(row["at"])) for row in connection.execute(_DATES)]
    spoken = Counter(code for code in column("SELECT in_language FROM comments") if code not in ("und", "zxx"))
    return Facts(
        url=url,
        title=next(iter(column("SELECT name FROM sites WHERE name <> id")), None),
        in_language=languages.most_common(1)[0][0] if languages else None,
        languages=_expected(languages, spoken),
        country=country,
        time_zone=zone_of(country, dates),
        article_urls=pattern_of(articles, column(_OTHERS)),
        feeds=tuple(column(_LISTS, "feed")),
        sitemaps=tuple(column(_LISTS, "sitemap")),
        platforms=tuple(column("SELECT DISTINCT platform FROM threads ORDER BY 1")),
        articles=len(articles),
        comments=connection.execute("SELECT count(*) FROM comments").fetchone()[0],
        sample=sample["url"],
        thread=sample["thread_id"],
    )


def _expected(articles: Counter[str], comments: Counter[str]) -> tuple[str, ...]:
    """The languages to expect in comments: that of the articles, and those in which many of them are written."""
    often = [code for code, count in comments.most_common() if count >= max(_SEVERAL, _SHARE * comments.total())]
    found = dict.fromkeys([code for code, _ in articles.most_common(1)] + often)
    return tuple(found) if len(found) > 1 else ()

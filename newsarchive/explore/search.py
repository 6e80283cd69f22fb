"""Search in articles and comments: ranked or by date, filtered, with the words marked where they were found.

Ranking weighs every hit, so it is bounded: of a word with more than `MOST_RANKED` hits only those are ranked and filtered that
came into the archive last, and the page says so.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

MOST_RANKED = 20_000
PAGE_SIZE = 20

Kind = Literal["articles", "comments"]
# Signs that the cleaner of page text takes out, so that no text holds them.
_BEGIN, _END = "\x02", "\x03"

# What a filter asks for, by kind of row: fixed conditions, the value goes in as a parameter.
FILTERS: Mapping[Kind, Mapping[str, str]] = {
    "articles": {
        "site": "t.site_id = :site",
        "author": "EXISTS (SELECT 1 FROM article_authors x JOIN authors p ON p.id = x.author_id"
        " WHERE x.article_id = t.id AND p.name = :author COLLATE NOCASE)",
        "since": "t.date_published >= :since",
        "until": "t.date_published < date(:until, '+1 day')",
        "section": "t.section = :section COLLATE NOCASE",
        "language": "t.in_language = :language",
        "status": "CASE :status WHEN 'edited' THEN t.revision_count > 0 WHEN 'gone' THEN t.gone_seen IS NOT NULL ELSE 0 END",
    },
    "comments": {
        "site": "t.site_id = :site",
        "author": "t.author_name = :author COLLATE NOCASE",
        "since": "t.date_created >= :since",
        "until": "t.date_created < date(:until, '+1 day')",
        "section": "t.article_id IN (SELECT id FROM articles WHERE section = :section COLLATE NOCASE)",
        "language": "t.in_language = :language",
        "status": "CASE :status WHEN 'edited' THEN t.revision_count > 0 ELSE t.status = :status END",
    },
}
_DATES: Mapping[Kind, str] = {"articles": "t.date_published", "comments": "t.date_created"}
_SHOWN: Mapping[Kind, str] = {
    "articles": "SELECT t.*, s.name AS site FROM articles t JOIN sites s ON s.id = t.site_id WHERE t.rowid = ?",
    "comments": "SELECT t.*, s.name AS site, a.headline FROM comments t JOIN sites s ON s.id = t.site_id"
    " LEFT JOIN articles a ON a.id = t.article_id WHERE t.rowid = ?",
}
_SNIPPETS: Mapping[Kind, str] = {
    "articles": f"SELECT snippet(articles_fts, -1, '{_BEGIN}', '{_END}', '…', 40) FROM articles_fts"
    " WHERE articles_fts MATCH ? AND rowid = ?",
    "comments": f"SELECT snippet(comments_fts, 1, '{_BEGIN}', '{_END}', '…', 40) FROM comments_fts"
    " WHERE comments_fts MATCH ? AND rowid = ?",
}


@dataclass(frozen=True, slots=True)
class Hit:
    """A row that was found. `snippet` is a stretch of its text in pieces; the words that were searched for are marked True."""

    row: Mapping[str, Any]
    snippet: Sequence[tuple[bool, str]]


@dataclass(frozen=True, slots=True)
class Results:
    """A page of what was found; `total` counts what was looked at and fits. `capped`: there are more hits than that."""

    kind: Kind
    hits: Sequence[Hit]
    total: int
    capped: bool
    page: int = 1
    pages: int = field(default=1)


def search(
    connection: sqlite3.Connection,
    kind: Kind,
    expression: str,
    filters: Mapping[str, str],
    *,
    by_date: bool,
    page: int,
    size: int,
) -> Results:
    """The rows of this kind that match an FTS5 `expression` and all `filters` (see `FILTERS`), the best, or the latest, first."""
    conditions = "".join(f" AND {FILTERS[kind][name]}" for name in filters)
    order = f"{_DATES[kind]} DESC, t.rowid DESC" if by_date else "h.weight, t.rowid DESC"
    given = {"words": expression, "most": MOST_RANKED, **filters}
    hits = f"SELECT rowid AS number, {'0' if by_date else 'rank'} AS weight FROM {kind}_fts WHERE {kind}_fts MATCH :words"
    capped = connection.execute(
        f"SELECT count(*) > :most FROM (SELECT 1 FROM {kind}_fts WHERE {kind}_fts MATCH :words LIMIT :most + 1)", given
    ).fetchone()[0]
    if capped:
        hits += " ORDER BY rowid DESC LIMIT :most"
    found = connection.execute(
        f"WITH h AS MATERIALIZED ({hits}) SELECT t.rowid FROM h CROSS JOIN {kind} t ON t.rowid = h.number"
        f" WHERE 1{conditions} ORDER BY {order}",
        given,
    ).fetchall()
    pages = max(1, -(-len(found) // size))
    page = min(max(1, page), pages)
    shown = [_hit(connection, kind, expression, number) for (number,) in found[(page - 1) * size : page * size]]
    return Results(kind, shown, len(found), bool(capped), page, pages)


def _hit(connection: sqlite3.Connection, kind: Kind, expression: str, number: int) -> Hit:
    row = connection.execute(_SHOWN[kind], [number]).fetchone()
    snippet = connection.execute(_SNIPPETS[kind], [expression, number]).fetchone()
    return Hit(row, list(_pieces(snippet[0] or "")))


def _pieces(marked: str) -> Sequence[tuple[bool, str]]:
    first, *rest = marked.split(_BEGIN)
    pieces = [(False, first)]
    for part in rest:
        word, _, after = part.partition(_END)
        pieces += [(True, word), (False, after)]
    return [piece for piece in pieces if piece[1]]

"""Search in articles and comments: ranked or by date, filtered, with the words marked where they were found.

Both are bounded, and the page says so. Filters look at the rows of at most `MOST_FILTERED` hits, those that came into the archive
last; of what they let through, at most `MOST_RANKED` are weighed, again the last.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from newsarchive.explore.snippets import Pieces, snippets

MOST_RANKED = 20_000
MOST_FILTERED = 200_000
PAGE_SIZE = 20

Kind = Literal["articles", "comments"]
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
        "section": "EXISTS (SELECT 1 FROM articles a WHERE a.id = t.article_id AND a.section = :section COLLATE NOCASE)",
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
# What search looks in, and of which of these a snippet is: -1, the best. Of a comment it is the text, not the name that signs it.
_TEXTS: Mapping[Kind, tuple[tuple[str, ...], int]] = {
    "articles": (("headline", "alternative_headline", "description", "text"), -1),
    "comments": (("author_name", "text"), 1),
}
# The rowid from which on there are so many hits; none where there are fewer.
_BOUND = "SELECT rowid FROM {kind}_fts WHERE {kind}_fts MATCH :words ORDER BY rowid DESC LIMIT 1 OFFSET :filtered"


@dataclass(frozen=True, slots=True)
class Hit:
    """A row that was found. `snippet` is a stretch of its text in pieces; the words that were searched for are marked True."""

    row: Mapping[str, Any]
    snippet: Pieces


@dataclass(frozen=True, slots=True)
class Results:
    """A page of what was found; `total` counts what was looked at and fits. `capped`: the bound that was met, if any."""

    kind: Kind
    hits: Sequence[Hit]
    total: int
    capped: int | None
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
    given = {"words": expression, "filtered": MOST_FILTERED, "most": MOST_RANKED + 1, **filters}
    conditions = "".join(f" AND {FILTERS[kind][name]}" for name in filters)
    bound = connection.execute(_BOUND.format(kind=kind), given).fetchone() if filters else None
    if bound:
        given["bound"] = bound[0]
        conditions += " AND f.rowid > :bound"
    weight = _DATES[kind] if by_date else "-f.rank"
    rows = f"CROSS JOIN {kind} t ON t.rowid = f.rowid" if filters or by_date else ""
    sql = (
        f"SELECT number FROM (SELECT f.rowid AS number, {weight} AS weight FROM {kind}_fts f {rows}"
        f" WHERE {kind}_fts MATCH :words{conditions} ORDER BY f.rowid DESC LIMIT :most) ORDER BY weight DESC, number DESC"
    )
    found: list[int] = [number for (number,) in connection.execute(sql, given)]
    capped = MOST_FILTERED if bound else None
    if len(found) > MOST_RANKED:
        capped = MOST_RANKED
        found.remove(min(found))
    pages = max(1, -(-len(found) // size))
    page = min(max(1, page), pages)
    shown = [connection.execute(_SHOWN[kind], [number]).fetchone() for number in found[(page - 1) * size : page * size]]
    hits = [Hit(*one) for one in zip(shown, snippets(expression, shown, *_TEXTS[kind]), strict=True)]
    return Results(kind, hits, len(found), capped, page, pages)

"""The rows that are exported: articles and comments as the catalogue has them, one at a time.

What was taken down or restricted has no rows (docs/decisions/0008), so it is in no export.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

Table = Literal["articles", "comments"]
TABLES: tuple[Table, ...] = ("articles", "comments")

_NAMES = (
    "SELECT json_group_array(name) FROM (SELECT n.name FROM {link} l JOIN {table} n ON n.id = l.{key} WHERE l.article_id = a.id"
)
_SELECT: dict[Table, str] = {
    "articles": f"""
SELECT a.*, ({_NAMES.format(link="article_authors", table="authors", key="author_id")} ORDER BY l.position)) AS authors,
    ({_NAMES.format(link="article_tags", table="tags", key="tag_id")} ORDER BY n.name)) AS tags
FROM articles a WHERE {{limits}} ORDER BY a.rowid
""",
    "comments": """
SELECT c.*, a.url AS article_url, a.headline AS article_headline
FROM comments c LEFT JOIN articles a ON a.id = c.article_id WHERE {limits} ORDER BY c.rowid
""",
}
_WHEN: dict[Table, str] = {
    "articles": "coalesce(a.date_published, a.first_seen)",
    "comments": "coalesce(c.date_created, c.first_seen)",
}


@dataclass(frozen=True, slots=True)
class Scope:
    """What is exported: of one site, or all; of the days from `since` to `until`, both included (UTC).

    The day is that of publication or writing; where that is unknown, the day on which it was first seen.
    """

    site_id: str | None = None
    since: date | None = None
    until: date | None = None


def names(connection: sqlite3.Connection, table: Table) -> list[str]:
    """The names of an export's columns."""
    cursor = connection.execute(_SELECT[table].format(limits="0"))
    return [column[0] for column in cursor.description]


def rows(connection: sqlite3.Connection, table: Table, scope: Scope) -> Iterator[dict[str, Any]]:
    """The rows of a table within the scope; lists (authors, tags) as JSON."""
    site = "a.site_id" if table == "articles" else "c.site_id"
    cursor = connection.execute(*limits(_SELECT[table], site, _WHEN[table], scope))
    columns = [column[0] for column in cursor.description]
    for row in cursor:
        yield dict(zip(columns, row, strict=True))


def limits(sql: str, site: str, when: str, scope: Scope) -> tuple[str, list[str]]:
    """A query with the conditions of `scope` put in at `{limits}`, and their values; `site` and `when` are its expressions."""
    values: list[str] = []
    found = ["1"]
    behind = scope.until + timedelta(days=1) if scope.until else None
    for condition, value in (
        (f"{site} = ?", scope.site_id),
        (f"{when} >= ?", scope.since and scope.since.isoformat()),
        (f"{when} < ?", behind and behind.isoformat()),
    ):
        if value:
            found.append(condition)
            values.append(value)
    return sql.format(limits=" AND ".join(found)), values

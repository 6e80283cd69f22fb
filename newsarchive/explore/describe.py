"""Write docs/reference-catalogue.md: `python -m newsarchive.explore.describe > docs/reference-catalogue.md`."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

from newsarchive.catalogue import schema
from newsarchive.explore.metadata import Table, tables

_HEAD = """\
# The catalogue: tables and columns

`archive/catalogue.db` is a SQLite database, made from the WARC files: delete it, run `newsarchive rebuild`, and the same rows
come back. This page is written by `python -m newsarchive.explore.describe` from `newsarchive/explore/tables.toml`.

Times are UTC, ISO 8601 text with `Z` (`2026-11-05T06:30:00Z`), so they sort as text. Keys are natural text that survives a
rebuild. An unknown value is NULL, never an empty string; yes and no are 1 and 0. A column `article_id` holds the `id` of a row of
`articles`, and so on.
"""


def reference() -> str:
    """The reference in Markdown: a section per table, a line per column with its type, its key and its meaning."""
    with closing(schema.prepare(":memory:")) as connection:
        sections = [_section(connection, name, table) for name, table in tables().items()]
    return "\n".join([_HEAD, *sections, _FULL_TEXT])


def _section(connection: sqlite3.Connection, name: str, table: Table) -> str:
    heading = f"## {name}\n\n{table['description']}\n\n| column | type | meaning |\n| --- | --- | --- |\n"
    return heading + "".join(_lines(connection, name, table["columns"]))


def _lines(connection: sqlite3.Connection, table: str, meanings: dict[str, str]) -> Iterator[str]:
    targets = {row["from"]: row["table"] for row in connection.execute("SELECT * FROM pragma_foreign_key_list(?)", [table])}
    for column in connection.execute("SELECT * FROM pragma_table_info(?)", [table]):
        kind = column["type"].lower()
        kind += ", key" if column["pk"] else ", required" if column["notnull"] else ""
        kind += f", to `{targets[column['name']]}`" if column["name"] in targets else ""
        yield f"| `{column['name']}` | {kind} | {meanings[column['name']]} |\n"


_FULL_TEXT = """\
## Full text

`articles_fts` (headline, alternative_headline, description, text) and `comments_fts` (author_name, text) are FTS5 tables over the
tables of the same name; words are compared without case and accents, and signs that are no letters (emoji, too) part words:

    SELECT a.headline FROM articles a WHERE a.rowid IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH 'mvura')
"""

if __name__ == "__main__":
    print(reference(), end="")

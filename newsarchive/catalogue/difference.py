"""What differs between two catalogues of one archive: rows that came, went and changed, table by table and field by field."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from newsarchive.catalogue.temporary import keep_inside

OPERATIONAL = {
    "read_at",
    "next_visit",
}  # columns that are not derived from the WARC files; so are the table `warcs` and what is still to be counted
_EXAMPLES = 3
_TABLES = """
SELECT name FROM new.sqlite_master
WHERE type = 'table' AND name NOT LIKE '%sqlite_%' AND name NOT LIKE '%_fts%'
    AND name NOT IN ('warcs', 'counted_sites', 'uncounted_comments')
    AND name IN (SELECT name FROM old.sqlite_master) ORDER BY name
"""


@dataclass(frozen=True, slots=True)
class Change:
    """One kind of difference in a table: `field` is None where whole rows `came` or `went`; some of their keys as examples."""

    table: str
    kind: str
    field: str | None
    count: int
    examples: tuple[str, ...]

    def line(self) -> str:
        """The change in one line."""
        what = f"{self.table}.{self.field}" if self.field else self.table
        more = ", ..." if self.count > len(self.examples) else ""
        return f"{what}: {self.count} {self.kind} ({', '.join(self.examples)}{more})"


def differences(old: Path, new: Path) -> list[Change]:
    """All that differs, but for the operational tables and columns."""
    with closing(sqlite3.connect(":memory:", uri=True)) as connection:
        keep_inside(connection, new.parent)
        for name, path in (("old", old), ("new", new)):
            connection.execute(f"ATTACH ? AS {name}", [f"{path.resolve().as_uri()}?mode=ro"])
        tables = [row[0] for row in connection.execute(_TABLES)]
        return [change for table in tables for change in _of_table(connection, table)]


def _of_table(connection: sqlite3.Connection, table: str) -> Iterator[Change]:
    columns = {row[1]: row[5] for row in connection.execute(f"PRAGMA new.table_info({table})")}
    known = {row[1] for row in connection.execute(f"PRAGMA old.table_info({table})")}
    key = [name for name, part in columns.items() if part]
    same = " AND ".join(f"a.{name} IS b.{name}" for name in key)
    label = " || ' ' || ".join(f"coalesce(a.{name}, '')" for name in key)
    for kind, one, other in (("rows came", "new", "old"), ("rows went", "old", "new")):
        where = f"FROM {one}.{table} a WHERE NOT EXISTS (SELECT 1 FROM {other}.{table} b WHERE {same})"
        yield from _change(connection, Change(table, kind, None, 0, ()), label, where)
    joined = f"FROM old.{table} a JOIN new.{table} b ON {same}"
    shared = [name for name in columns if name in known and name not in key and name not in OPERATIONAL]
    if not shared:
        return
    counts = connection.execute(f"SELECT {', '.join(f'total(a.{c} IS NOT b.{c})' for c in shared)} {joined}").fetchone()
    for name, count in zip(shared, counts, strict=True):
        if count:
            yield from _change(
                connection, Change(table, "changed", name, 0, ()), label, f"{joined} WHERE a.{name} IS NOT b.{name}"
            )


def _change(connection: sqlite3.Connection, change: Change, label: str, where: str) -> Iterator[Change]:
    if count := connection.execute(f"SELECT count(*) {where}").fetchone()[0]:
        keys = tuple(str(row[0]) for row in connection.execute(f"SELECT {label} {where} LIMIT {_EXAMPLES}"))
        yield Change(change.table, change.kind, change.field, count, keys)

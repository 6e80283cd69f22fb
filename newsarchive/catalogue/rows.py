"""Rows of the catalogue, whatever their table: upserts, look-ups, and the revisions of either kind of item."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from functools import cache
from typing import Any

from newsarchive.items import Item
from newsarchive.times import to_iso

Row = Mapping[str, Any]

# Names that differ in case only are one; which spelling shows must not depend on which came first.
SPELT = " ON CONFLICT (id) DO UPDATE SET name = max(name, excluded.name)"


@cache
def _upsert_sql(table: str, columns: tuple[str, ...], key: tuple[str, ...]) -> str:
    values = ", ".join(f":{c}" for c in columns)
    changed = ", ".join(f"{c} = excluded.{c}" for c in columns if c not in key)
    action = f"UPDATE SET {changed}" if changed else "NOTHING"
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({values}) ON CONFLICT ({', '.join(key)}) DO {action}"


class Rows:
    """Reading and writing single rows over a connection that `schema.prepare` opened. The caller holds the transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def upsert(self, table: str, row: Row, key: tuple[str, ...] = ("id",)) -> None:
        """Insert `row`, or update the columns it names where its key is there already."""
        self.connection.execute(_upsert_sql(table, tuple(row), key), dict(row))

    def row(self, sql: str, *values: object) -> dict[str, Any] | None:
        """The first row of a query, or None."""
        found = self.connection.execute(sql, values).fetchone()
        return dict(found) if found else None

    def begun(self, kind: str, item: Item, digest: str) -> bool:
        """Whether this revision was first seen no later than now; a sight from before would set its beginning back."""
        revision = self.row(f"SELECT first_seen FROM {kind}_revisions WHERE id = ?", f"{item.id}@{digest}")
        return revision is not None and bool(revision["first_seen"] <= to_iso(item.captured_at))

    def put_revision(self, kind: str, seen: Row, digest: str, columns: tuple[str, ...]) -> None:
        """Store one sight of a revision of an article or comment (`kind`): its content, and the time it was seen."""
        values = {name: seen[name] for name in (*columns, "first_seen", "last_seen", "capture_id")}
        revision = {"id": f"{seen['id']}@{digest}", f"{kind}_id": seen["id"], "digest": digest} | values
        self.connection.execute(_revision_sql(f"{kind}_revisions", tuple(revision)), revision)

    def replace_revision(self, kind: str, seen: Row, digest: str, columns: tuple[str, ...]) -> Row | None:
        """Write the revision that the capture of `seen` showed first as `seen` has it, with the times it was seen at.

        Returns the row as it was; None if this capture showed no revision first.
        """
        found = f"SELECT * FROM {kind}_revisions WHERE {kind}_id = ? AND capture_id = ?"
        old = self.row(found, seen["id"], seen["capture_id"])
        if old and old["digest"] != digest:
            self.connection.execute(f"DELETE FROM {kind}_revisions WHERE id = ?", [old["id"]])
            times = {name: old[name] for name in ("first_seen", "last_seen")}
            self.put_revision(kind, dict(seen) | times, digest, columns)
        return old

    def show_latest(self, kind: str, item_id: str, columns: tuple[str, ...]) -> None:
        """Let the row show the revision that was seen last, and count how often the text changed."""
        names = ", ".join((*columns, "capture_id"))
        self.connection.execute(
            f"UPDATE {kind}s SET ({names}) = (SELECT {names} FROM {kind}_revisions WHERE {kind}_id = ?1"
            " ORDER BY last_seen DESC, capture_id DESC LIMIT 1),"
            f" revision_count = (SELECT count(*) - 1 FROM {kind}_revisions WHERE {kind}_id = ?1) WHERE id = ?1",
            [item_id],
        )


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

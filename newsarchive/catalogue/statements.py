"""What migrations are made of: scripts run inside a transaction, and a full-text index with its triggers."""

from __future__ import annotations

import sqlite3

from newsarchive.catalogue.migrating import Database


def full_text(table: str, columns: tuple[str, ...]) -> str:
    """FTS5 over `columns` of `table`, kept in step by triggers that fire only when an indexed value changes."""
    names = ", ".join(columns)
    new, old = (", ".join(f"{row}.{c}" for c in columns) for row in ("new", "old"))
    changed = " OR ".join(f"old.{c} IS NOT new.{c}" for c in columns)
    remove = f"INSERT INTO {table}_fts({table}_fts, rowid, {names}) VALUES ('delete', old.rowid, {old});"
    add = f"INSERT INTO {table}_fts(rowid, {names}) VALUES (new.rowid, {new});"
    return f"""
CREATE VIRTUAL TABLE {table}_fts USING fts5({names}, content="{table}", tokenize="unicode61 remove_diacritics 2");
CREATE TRIGGER {table}_fts_insert AFTER INSERT ON {table} BEGIN {add} END;
CREATE TRIGGER {table}_fts_delete AFTER DELETE ON {table} BEGIN {remove} END;
CREATE TRIGGER {table}_fts_update AFTER UPDATE OF {names} ON {table} WHEN {changed} BEGIN {remove} {add} END;
"""


def run(db: Database, script: str) -> None:
    """Run a script statement by statement, inside the caller's transaction (`executescript` would commit it)."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            db.execute(statement)
            statement = ""

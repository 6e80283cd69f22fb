"""The notes of takedowns in the WARC files: what was ordered, done and lifted, and never what the words were.

They stand in files of their own, of the kind `takedown`, so that a rebuild finds them before it reads a page.
"""

from __future__ import annotations

import socket
import sqlite3
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from newsarchive.catalogue import schema
from newsarchive.catalogue.store import Store
from newsarchive.errors import DamagedRecord
from newsarchive.vault import entries, manifest
from newsarchive.vault.replay import Note, info_of, read_warc
from newsarchive.vault.warc import WarcWriter
from newsarchive.vault.warcfile import files_in

KIND = "takedown"
ORDER, DONE, LIFTED = "takedown", "takedown-done", "takedown-lifted"

_INSERT = """
INSERT INTO takedowns (id, site_id, case_number, reason, kind, ordered_at)
VALUES (:id, :site, :case, :reason, :kind, :ordered_at) ON CONFLICT DO NOTHING
"""
_HASH = "INSERT INTO takedown_hashes (hash, takedown_id) VALUES (?, ?) ON CONFLICT DO NOTHING"
_CAPTURE = """
INSERT INTO takedown_captures (capture_id, takedown_id, payload_digest, blanked_at) VALUES (:id, :takedown, :payload_digest, :at)
ON CONFLICT DO UPDATE SET payload_digest = excluded.payload_digest, blanked_at = excluded.blanked_at
"""


def write(folder: Path, connection: sqlite3.Connection, kind: str, value: Mapping[str, Any], *, operator: str) -> None:
    """Write a note into a file of its own, durably, and tell the catalogue."""
    writer = WarcWriter(
        folder / "warc",
        prefix=str(value["site"])[:40],
        hostname=socket.gethostname(),
        info={"crawl-kind": KIND, "operator": operator, "description": f"takedown, case {value['case']}"},
    )
    writer.note(kind, dict(value), at=datetime.now(UTC))
    writer.sync()
    writer.close()
    with schema.transaction(connection):
        put(connection, kind, value)
        for closed in writer.closed:
            entries.put_warc(Store(connection), closed, None)
            manifest.append(folder, closed)


def put(connection: sqlite3.Connection, kind: str, value: Mapping[str, Any]) -> None:
    """The rows of a note."""
    if kind == ORDER:
        connection.execute(_INSERT, dict(value))
    if kind in {ORDER, DONE}:
        connection.executemany(_HASH, [(one, value["id"]) for one in value["hashes"]])
    if kind == DONE:
        connection.execute("UPDATE takedowns SET finished_at = ? WHERE id = ?", [value["finished_at"], value["id"]])
        connection.executemany(_CAPTURE, [one | {"takedown": value["id"]} for one in value["captures"]])
    if kind == LIFTED:
        connection.execute("UPDATE takedowns SET lifted_at = ? WHERE id = ?", [value["lifted_at"], value["id"]])
        connection.execute("DELETE FROM takedown_hashes WHERE takedown_id = ?", [value["id"]])


def gather(folder: Path, connection: sqlite3.Connection) -> list[str]:
    """Put the notes of all takedowns into a new catalogue, in their order; returns the names of the files they stand in."""
    notes: list[tuple[datetime, Note]] = []
    names = []
    for path in files_in(folder, "*.warc.gz"):
        if is_takedown(path):
            names.append(path.name)
            notes += [(note.at, note) for note in _records(path) if isinstance(note, Note)]
    with schema.transaction(connection):
        for _, note in sorted(notes, key=lambda one: one[0]):
            put(connection, note.kind, note.value)
    return names


def take_in(connection: sqlite3.Connection, path: Path) -> None:
    """The rows of the notes in one file, which a crash left without."""
    for note in _records(path):
        if isinstance(note, Note):
            put(connection, note.kind, note.value)


def is_takedown(path: Path) -> bool:
    """Whether a file holds notes of takedowns; only its first record is read."""
    info = info_of(path)
    return info is not None and info.fields.get("crawl-kind") == KIND


def _records(path: Path) -> Iterator[object]:
    try:
        yield from read_warc(path)
    except DamagedRecord:  # told by whoever reads the file for its pages
        return

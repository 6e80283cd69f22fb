"""Take down what a case names: keep it out from now on, blank its words in the WARC files, remove its rows.

Every step may be done again, and a takedown that was cut off is carried on from what the catalogue says of it: the order is
written first, and names by keyed hashes what goes; the rows, which tell the words to blank, go last. docs/decisions/0008.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from newsarchive.catalogue import removal, schema
from newsarchive.catalogue.settlement import observed
from newsarchive.catalogue.signs import forget_signs
from newsarchive.catalogue.store import Store
from newsarchive.errors import DamagedRecord, NotBlanked, UsageError
from newsarchive.items import Item
from newsarchive.reading import read
from newsarchive.times import to_iso
from newsarchive.vault import leftovers, locks
from newsarchive.vault.takedown import notes, replacing
from newsarchive.vault.takedown.blanking import Blanking
from newsarchive.vault.takedown.exchanges import exchanges
from newsarchive.vault.takedown.passages import Passages
from newsarchive.vault.takedown.scope import Scope, profile_of, scope_named, with_due
from newsarchive.vault.takedown.suppression import Suppression

logger = logging.getLogger(__name__)

Progress = Callable[[int, int], None]

_FILES = """
SELECT DISTINCT w.id, w.bytes, w.crawl_id FROM warcs w JOIN captures c ON c.warc_id = w.id
WHERE c.site_id = ? AND w.sha256 IS NOT NULL
"""
_DUE = "INSERT INTO takedown_captures (capture_id, takedown_id) VALUES (?, ?) ON CONFLICT DO NOTHING"
_LEFT = """
SELECT id FROM takedowns WHERE finished_at IS NULL
UNION SELECT takedown_id FROM takedown_captures WHERE blanked_at IS NULL ORDER BY 1
"""
_CHANGED = """
INSERT INTO takedown_captures (capture_id, takedown_id, payload_digest, blanked_at) VALUES (?, ?, ?, ?)
ON CONFLICT DO UPDATE SET payload_digest = excluded.payload_digest, blanked_at = excluded.blanked_at
"""


@dataclass(slots=True)
class Outcome:
    """What was done. `whole` and `remaining` are captures of which nothing could be left, or in which words remain; `unpacked`
    could not be changed, `damaged` not be searched."""

    captures: int = 0
    files: list[str] = field(default_factory=list)
    whole: list[str] = field(default_factory=list)
    remaining: list[str] = field(default_factory=list)
    unpacked: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    scoured: bool = True


def survey(folder: Path, connection: sqlite3.Connection, site_id: str, scope: Scope, progress: Progress) -> Outcome:
    """What carrying out would change in the WARC files; nothing is written."""
    outcome = Outcome()
    gone = frozenset((*scope.comments, *scope.articles))
    for path, group_done in _files(folder, connection, site_id, None, progress):
        for _ in _blanked(path, site_id, connection, scope, lambda item: item.id in gone, outcome, group_done):
            outcome.captures += 1
            if path.name not in outcome.files:
                outcome.files.append(path.name)
    return outcome


def order(
    folder: Path,
    connection: sqlite3.Connection,
    site_id: str,
    scope: Scope,
    *,
    case: str,
    reason: str,
    restrict: bool,
    operator: str,
) -> str:
    """Write a takedown's order: from now on nothing that it names comes in. Returns the takedown's id."""
    now = datetime.now(UTC)
    value = {
        "id": f"{site_id}-{now:%Y%m%dT%H%M%S%fZ}",
        "site": site_id,
        "case": case,
        "reason": reason,
        "kind": "restrict" if restrict else "forget",
        "ordered_at": to_iso(now),
        "hashes": sorted(scope.hashes),
    }
    notes.write(folder, connection, notes.ORDER, value, operator=operator)
    return str(value["id"])


def carry_out(
    folder: Path,
    connection: sqlite3.Connection,
    takedown_id: str,
    *,
    operator: str,
    progress: Progress = lambda done, total: None,
) -> Outcome:
    """Do what is left to do of a takedown. The caller holds the locks: the archive's, or after a crawl its site's."""
    row = connection.execute("SELECT * FROM takedowns WHERE id = ?", [takedown_id]).fetchone()
    site_id, began = row["site_id"], row["finished_at"] is None
    suppression, outcome = Suppression.of(folder, connection, takedown_id), Outcome()
    _take_observed(connection, suppression, row)
    scope = scope_named(connection, suppression, site_id) if began else Scope(hashes=frozenset(suppression.hashes))
    if row["kind"] == "forget":
        scope, crawls = with_due(folder, connection, suppression, takedown_id, scope)
        files = _files(folder, connection, site_id, None if began else crawls, progress)
        for path, group_done in files if scope.passages else ():
            _blank_file(folder, site_id, connection, path, suppression, scope, takedown_id, outcome, group_done)
        removal.displace(connection, partial(scope.names_comment, suppression.key))
        _finish_files(folder, connection, takedown_id, row["case_number"])
    if began:
        removal.remove(connection, site_id, comments=scope.comments, articles=scope.articles)
        if row["kind"] == "forget":
            forget_signs(connection, site_id)
        outcome.scoured = removal.scour(connection)
    _note_done(folder, connection, row, scope, operator)
    return outcome


def _take_observed(connection: sqlite3.Connection, suppression: Suppression, takedown: sqlite3.Row) -> None:
    """Take away what waits for the end of an interrupted crawl; the captures that showed it are blanked with the others."""
    with schema.transaction(connection):
        for capture_id, place, comment in observed(connection, takedown["site_id"]):
            if suppression.takedown_of(comment):
                connection.execute("DELETE FROM observations WHERE capture_id = ? AND place = ?", [capture_id, place])
                if takedown["kind"] == "forget":
                    connection.execute(_DUE, [capture_id, takedown["id"]])


def _further(progress: Progress, before: int, total: int, at: int) -> None:
    progress(before + at, total)


def _files(
    folder: Path, connection: sqlite3.Connection, site_id: str, crawls: set[str] | None, progress: Progress
) -> Iterator[tuple[Path, Callable[[int], None]]]:
    """The closed files with captures of a site (of these crawls), each with the function that is told how far one is in it."""
    rows = connection.execute(_FILES + " ORDER BY w.id", [site_id]).fetchall()
    if crawls is not None:
        rows = [row for row in rows if not crawls.isdisjoint((row["crawl_id"], row["id"]))]
    total, before = sum(row["bytes"] for row in rows), 0
    for row in rows:
        yield folder / "warc" / row["id"], partial(_further, progress, before, total)
        before += row["bytes"]
    progress(total, total)


def _blanked(
    path: Path,
    site_id: str,
    connection: sqlite3.Connection,
    scope: Scope,
    gone: Callable[[Item], bool],
    outcome: Outcome,
    group_done: Callable[[int], None],
) -> Iterator[Any]:
    """A site's exchanges in a file with the passages blanked, where they have them; an imported file may hold other sites."""
    elsewhere = {
        row[0] for row in connection.execute("SELECT id FROM captures WHERE warc_id = ? AND site_id <> ?", [path.name, site_id])
    }
    unreadable = {
        row[0] for row in connection.execute("SELECT id FROM captures WHERE warc_id = ? AND read_error IS NOT NULL", [path.name])
    }
    blanking = Blanking(Passages(scope.passages), gone, profile_of(path, site_id), read)
    with path.open("rb") as file:
        for group in exchanges(file):
            if isinstance(group, DamagedRecord):
                outcome.damaged.append(f"{path.name}: {group}")
                continue
            group_done(group[0].offset)
            if group[0].record_id in elsewhere:
                continue
            try:
                blanked = blanking.blank(group, readable=group[0].record_id not in unreadable)
            except NotBlanked as failure:
                logger.error("%s", failure)
                outcome.unpacked.append(group[0].record_id)
                continue
            if blanked:
                outcome.whole += [blanked.record_id] if blanked.whole else []
                outcome.remaining += [blanked.record_id] if blanked.remains else []
                yield blanked


def _blank_file(
    folder: Path,
    site_id: str,
    connection: sqlite3.Connection,
    path: Path,
    suppression: Suppression,
    scope: Scope,
    takedown_id: str,
    outcome: Outcome,
    group_done: Callable[[int], None],
) -> None:
    replacement, changed = replacing.Replacement(path), []
    for blanked in _blanked(
        path, site_id, connection, scope, lambda item: bool(suppression.takedown_of(item)), outcome, group_done
    ):
        replacement.put(blanked)
        changed.append((blanked.record_id, *blanked.payload_digest, blanked.payload_bytes))
    sha256 = replacement.close()
    if sha256 is None:
        return
    now = to_iso(datetime.now(UTC))
    with schema.transaction(connection):
        for record_id, before, after, size in changed:
            connection.execute("UPDATE captures SET payload_digest = ?, payload_bytes = ? WHERE id = ?", [after, size, record_id])
            connection.execute(_CHANGED, [record_id, takedown_id, before, now])
        connection.execute("UPDATE warcs SET sha256 = ? WHERE id = ?", [sha256, path.name])
    outcome.captures += len(changed)
    outcome.files.append(path.name)
    case = connection.execute("SELECT case_number FROM takedowns WHERE id = ?", [takedown_id]).fetchone()[0]
    replacing.finish(folder, connection, [(path.name, f"takedown, case {case}")])


def _finish_files(folder: Path, connection: sqlite3.Connection, takedown_id: str, case: str) -> None:
    """What a crash may have left undone of the files that this takedown changed."""
    rows = connection.execute(
        "SELECT DISTINCT c.warc_id FROM takedown_captures t JOIN captures c ON c.id = t.capture_id WHERE t.takedown_id = ?",
        [takedown_id],
    )
    replacing.finish(folder, connection, [(row[0], f"takedown, case {case}") for row in rows.fetchall()])


def _note_done(folder: Path, connection: sqlite3.Connection, row: sqlite3.Row, scope: Scope, operator: str) -> None:
    captures = connection.execute(
        "SELECT capture_id AS id, payload_digest, blanked_at AS at FROM takedown_captures"
        " WHERE takedown_id = ? AND blanked_at >= ? ORDER BY capture_id",
        [row["id"], row["finished_at"] or ""],
    )
    value = {
        "id": row["id"],
        "site": row["site_id"],
        "case": row["case_number"],
        "reason": row["reason"],
        "finished_at": to_iso(datetime.now(UTC)),
        "hashes": sorted(scope.hashes),
        "captures": [dict(one) for one in captures.fetchall()],
    }
    notes.write(folder, connection, notes.DONE, value, operator=operator)


def settle(folder: Path, connection: sqlite3.Connection, site_id: str, *, operator: str) -> None:
    """After a crawl: blank what it captured again of what is taken down. The caller holds the site's lock."""
    rows = connection.execute(
        "SELECT DISTINCT t.id FROM takedowns t JOIN takedown_captures c ON c.takedown_id = t.id"
        " WHERE t.site_id = ? AND t.finished_at IS NOT NULL AND c.blanked_at IS NULL ORDER BY t.id",
        [site_id],
    )
    for row in rows.fetchall():
        carry_out(folder, connection, row["id"], operator=operator)


@contextmanager
def opened(folder: Path, *, operator: str) -> Iterator[sqlite3.Connection]:
    """The archive for takedowns alone: no crawl, no rebuild beside it. One that was cut off is carried out first.

    Raises Locked if a crawl or a rebuild is running, UsageError if there is no catalogue.
    """
    if not (folder / "catalogue.db").exists():
        raise UsageError(f"{folder / 'catalogue.db'} is not there yet: there is nothing to take down")
    with locks.lock_archive(folder), closing(schema.prepare(str(folder / "catalogue.db"))) as connection:
        leftovers.put_in_order(folder, Store(connection))
        for row in connection.execute(_LEFT).fetchall():
            logger.warning("The takedown %s was cut off, and is carried out now", row["id"])
            carry_out(folder, connection, row["id"], operator=operator)
        yield connection


def lift(folder: Path, connection: sqlite3.Connection, case: str, *, operator: str) -> list[str]:
    """Lift the restrictions of a case; returns the takedowns. What they hid is back with the next rebuild.

    Raises UsageError if there is none, or if the case has removed words that nobody can give back.
    """
    rows = connection.execute(
        "SELECT * FROM takedowns WHERE case_number = ? AND lifted_at IS NULL AND kind = 'restrict' ORDER BY id", [case]
    ).fetchall()
    if not rows:
        raise UsageError(f"no restriction of case {case!r} is in force; what was forgotten cannot be given back")
    for row in rows:
        value = {"id": row["id"], "site": row["site_id"], "case": case, "lifted_at": to_iso(datetime.now(UTC))}
        notes.write(folder, connection, notes.LIFTED, value, operator=operator)
    return [row["id"] for row in rows]

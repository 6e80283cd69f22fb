"""What a crash left in the archive is put in order before a crawl begins: files are finished, records without rows get them.

It costs what a crash left, and no more: the archive's files are compared by name, and only those are opened that the catalogue
does not know as closed. That is a file which was being written, and one that was closed when the crash came before its rows; and
after a catalogue was lost all of them, but then what they say is read by a rebuild only.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

from newsarchive.catalogue import schema
from newsarchive.catalogue.counts import recount
from newsarchive.catalogue.store import Store
from newsarchive.errors import DamagedRecord
from newsarchive.urls import request_key
from newsarchive.vault import entries, fresh, locks, manifest
from newsarchive.vault.kept import Kept
from newsarchive.vault.recovery import KNOWN_END, account, recover
from newsarchive.vault.replay import CrawlInfo, Note, info_of, read_warc
from newsarchive.vault.takedown import notes as takedown_notes
from newsarchive.vault.warcfile import OPEN, files_in

logger = logging.getLogger(__name__)

_CLOSED = "SELECT id FROM warcs WHERE bytes IS NOT NULL"
_KNOWN = "SELECT 1 FROM captures WHERE id = ?"
_FINISHED = "SELECT finished_at FROM crawls WHERE id = ?"


def put_in_order(folder: Path, store: Store) -> None:
    """Finish every file that no living crawl holds, and give rows to what the catalogue does not know of its records.

    What a killed rebuild had half-made is cleared away. The caller shares the archive's lock. A file that is damaged, and not
    only cut, is told of and left as it is.
    """
    with locks.wait_for_recovery(folder):
        fresh.clear_away(folder)
        known = {row["id"] for row in store.connection.execute(_CLOSED)}
        for path in files_in(folder):
            if path.name not in known:
                try:
                    _take_in(folder, store, path)
                except DamagedRecord as damage:
                    logger.error("%s", damage)


def _take_in(folder: Path, store: Store, path: Path) -> None:
    """Take in one file; it counts as known when all that follows from it is done, so that a crash in here is made good, too."""
    if path.name.endswith(OPEN):
        known_end = store.connection.execute(KNOWN_END, [path.name.removesuffix(OPEN)]).fetchone()[0]
        closed = recover(path, known=known_end)
        if closed:
            logger.warning("%s was left open by a crash and is closed now", path.name)
    else:
        closed = account(path) if _crawl_of(path) or takedown_notes.is_takedown(path) else None
    if closed is None:
        return
    path = folder / "warc" / closed.name
    if info := _crawl_of(path):
        manifest.enter(folder, closed)
        for note in _index(store, path, info):
            _conclude(store, info, note)
        with schema.transaction(store.connection):
            entries.put_warc(store, closed, info["isPartOf"])
    elif takedown_notes.is_takedown(path):
        manifest.enter(folder, closed)
        with schema.transaction(store.connection):
            takedown_notes.take_in(store.connection, path)
            entries.put_warc(store, closed, None)


def _crawl_of(path: Path) -> dict[str, str] | None:
    """What the crawl that wrote the file says of itself; None for a file of another program."""
    info = info_of(path)
    return info.fields if info and "newsarchive-profile" in info.fields else None


def _records(path: Path) -> Iterator[CrawlInfo | Kept | Note]:
    """The whole records of a file; damage behind them is told, and stops nothing."""
    try:
        yield from read_warc(path)
    except DamagedRecord as damage:
        logger.warning("%s", damage)


def _index(store: Store, path: Path, info: dict[str, str]) -> list[Note]:
    """Rows for the records of a closed file that have none; returns what its crawl noted of its end."""
    ends, orphans = [], 0
    with schema.transaction(store.connection):
        crawl_id = info["isPartOf"]
        if store.connection.execute(_FINISHED, [crawl_id]).fetchone() is None:
            logger.warning("The catalogue did not know the crawl %s: `newsarchive rebuild` reads its pages into it", crawl_id)
        profile = entries.put_crawl(store, info)
        for record in _records(path):
            if isinstance(record, Kept) and not store.connection.execute(_KNOWN, [record.capture.record_id]).fetchone():
                key = request_key(record.page.url, record.page.method, record.page.request_body)
                entries.put_capture(store, record.capture, key, site_id=profile.site, crawl_id=crawl_id)
                orphans += 1
            elif isinstance(record, Note) and record.kind == "outcomes":
                entries.put_outcomes(store, crawl_id, record.value["outcomes"])
            elif isinstance(record, Note):
                ends.append(record)
    if orphans:
        logger.warning("%s: %d captures had no row, and have one now", path.name, orphans)
    return ends


def _conclude(store: Store, info: dict[str, str], note: Note) -> None:
    """How a crawl ended, or was stopped, where the crash came between its note and what follows from it."""
    row = store.connection.execute(_FINISHED, [info["isPartOf"]]).fetchone()
    if row["finished_at"] is None and note.kind == "end":
        site = entries.profile_of(info).site
        entries.close_crawl(store, site, note.value)
        recount(store.connection, site)
    elif row["finished_at"] is None and note.kind == "stop":
        with schema.transaction(store.connection):
            entries.stop_crawl(store, note.value)

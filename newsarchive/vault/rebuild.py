"""The catalogue again, from the WARC files alone: catalogue = f(WARCs, code)."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from newsarchive.catalogue import schema
from newsarchive.catalogue.normalise import normalise
from newsarchive.catalogue.store import Store
from newsarchive.errors import DamagedRecord, UsageError
from newsarchive.items import Item, Page, Profile, Reading
from newsarchive.reading.fingerprint import fingerprint
from newsarchive.reading.pool import ReadingPool
from newsarchive.urls import request_key
from newsarchive.vault import entries, locks, manifest, takedown_notes
from newsarchive.vault.again import Again
from newsarchive.vault.entries import ReadPage
from newsarchive.vault.exchange import Capture
from newsarchive.vault.recovery import account, recover
from newsarchive.vault.replay import CrawlInfo, Kept, Note, page_at, read_warc
from newsarchive.vault.suppression import Suppression
from newsarchive.vault.unfinished import serial
from newsarchive.vault.warcfile import OPEN

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class _Crawl:
    """One crawl: what it says of itself, and its files in their order."""

    fields: dict[str, str]
    files: list[Path] = field(default_factory=list)


def rebuild(
    folder: Path,
    pool: ReadingPool,
    *,
    into: Path | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Path:
    """Read every WARC under `folder` into a new catalogue, and put it in the old one's place when it is whole.

    `into` names another file to build instead, and leaves the old catalogue alone. `progress` is told how many bytes of how
    many are done. Crawls are stored by their start, captures by (time, record id). Raises Locked if a crawl is running and
    the old catalogue would be replaced, UsageError if there are no WARC files or `into` is there already.
    """
    if into and into.exists():
        raise UsageError(f"{into} is there already; remove it, or name another file")
    if not any((folder / "warc").glob("*.warc.gz*")):
        raise UsageError(f"there is no WARC file in {folder / 'warc'}: nothing to rebuild from")
    target = into or folder / "catalogue.db"
    fresh = target.with_name(target.name + ".rebuild")
    _remove(fresh)
    with nullcontext() if into else locks.lock_archive(folder):
        if not into:
            _finish_files(folder)
        _build(folder, fresh, pool, progress)
        if not into and target.exists():
            _compare(target, fresh)
        for suffix in ("-wal", "-shm"):  # they belong to the old catalogue
            target.with_name(target.name + suffix).unlink(missing_ok=True)
        fresh.replace(target)
    return target


def _build(folder: Path, fresh: Path, pool: ReadingPool, progress: Callable[[int, int], None]) -> None:
    crawls = _crawls(folder)
    total, done = sum(path.stat().st_size for crawl in crawls for path in crawl.files), 0
    connection = schema.prepare(str(fresh))
    store = Store(connection)
    takedowns = takedown_notes.gather(folder, connection)
    suppression = Suppression.of(folder, connection)
    for crawl in crawls:
        for length in _store_crawl(store, folder, crawl, pool, suppression):
            done += length
            progress(min(done, total), total)
    progress(total, total)
    connection.executemany("INSERT INTO warcs (id) VALUES (?)", [(name,) for name in takedowns])
    _describe_files(store, folder)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _compare(old: Path, fresh: Path) -> None:
    """Raise DamagedRecord if the new catalogue holds fewer captures than the old one: files are damaged, or not there."""
    counts = []
    for path in (old, fresh):
        with closing(sqlite3.connect(path)) as connection:
            counts.append(connection.execute("SELECT count(*) FROM captures").fetchone()[0])
    if counts[1] < counts[0]:
        raise DamagedRecord(
            f"the WARC files hold {counts[1]} captures, the catalogue {counts[0]}: files are damaged or missing (the log says"
            f" which). The catalogue stays as it was; the new one is {fresh}"
        )


def _remove(database: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)


def _finish_files(folder: Path) -> None:
    """Cut back and close what a crash left open."""
    for path in sorted((folder / "warc").glob(f"*.warc.gz{OPEN}")):
        if closed := recover(path):
            manifest.append(folder, closed)
            logger.warning("%s was left open by a crash and is closed now", path.name)


def _crawls(folder: Path) -> list[_Crawl]:
    """Every crawl of the archive by its start; only the first record of each file is read for it."""
    crawls: dict[str, _Crawl] = {}
    # A crawl's first file is the one with the lowest number: it may have gone on under an earlier date.
    for path in sorted((folder / "warc").glob("*.warc.gz*"), key=lambda path: (serial(path.name), path.name)):
        info = next(_records(path), None)
        if isinstance(info, CrawlInfo) and "isPartOf" in info.fields:
            crawls.setdefault(info.fields["isPartOf"], _Crawl(info.fields)).files.append(path)
        elif not takedown_notes.is_takedown(path):
            logger.warning("%s was not written by newsarchive; its pages are left out", path.name)
    return sorted(crawls.values(), key=lambda crawl: (crawl.fields["crawl-started"], crawl.fields["isPartOf"]))


def _records(path: Path) -> Iterator[CrawlInfo | Kept | Note]:
    """The whole records of a file; damage behind them is told, and stops nothing."""
    try:
        yield from read_warc(path)
    except DamagedRecord as damage:
        logger.warning("%s", damage)


def _store_crawl(store: Store, folder: Path, crawl: _Crawl, pool: ReadingPool, suppression: Suppression) -> Iterator[int]:
    """Store one crawl; yields the bytes of each page read."""
    crawl_id, notes = crawl.fields["isPartOf"], []
    captures: list[Capture] = []
    with schema.transaction(store.connection):
        profile = entries.open_crawl(store, crawl.fields)
        for path in crawl.files:
            entries.open_warc(store, path.name.removesuffix(OPEN), crawl_id)
        for record in (record for path in crawl.files for record in _records(path)):
            if isinstance(record, Kept):
                key = request_key(record.page.url, record.page.method, record.page.request_body)
                entries.put_capture(store, record.capture, key, site_id=profile.site, crawl_id=crawl_id)
                captures += [record.capture] if entries.readable(record.capture) else []
            elif isinstance(record, Note):
                notes.append(record)
        captures.sort(key=lambda capture: (capture.captured_at, capture.record_id))
        lengths = {capture.record_id: capture.length for capture in captures}
        read_by = fingerprint(profile)
        entries.name_reader(store, crawl_id, read_by)
        again = Again(store, folder, profile.site, read_by)
        for page, reading, error in pool.read_all(_pages(store, folder, captures), profile):
            passed = _passed(page, reading, error, suppression)
            _amend_earlier(again, pool, profile, passed.reading, suppression)
            entries.put_pages(store, [passed], profile.site)
            yield lengths[page.record_id]
        for note in notes:
            if note.kind == "outcomes":
                entries.put_outcomes(store, crawl_id, note.value["outcomes"])
            elif note.kind == "stop":
                entries.stop_crawl(store, note.value)
    for note in notes:
        if note.kind == "end":
            entries.close_crawl(store, profile.site, note.value)


def _amend_earlier(again: Again, pool: ReadingPool, profile: Profile, new: Reading, suppression: Suppression) -> None:
    """Read earlier captures again where the site's profile has changed since, as the crawl did."""
    for earlier, page in again.wanted(new):
        for _, reading, error in pool.read_all([page], profile):
            if error is None:
                again.amend(earlier, suppression.spare(reading, earlier.id)[0], new)


def _pages(store: Store, folder: Path, captures: list[Capture]) -> Iterator[Page]:
    """The pages of the captures; one whose bytes are not its own any more is flagged, and left out."""
    for capture in captures:
        try:
            yield page_at(folder / "warc", capture.warc, capture.offset, capture.length)
        except DamagedRecord as damage:
            logger.warning("%s", damage)
            entries.flag(store, capture.record_id, "damaged record")


def _passed(page: Page, reading: Reading, error: str | None, suppression: Suppression) -> ReadPage:
    """The page as a crawl lets it pass: without what is taken down, every item normalised."""
    reading, takedown = suppression.spare(reading, page.record_id)
    items: list[Item] = [reading.article] if reading.article else []
    normal = [normalise(item) for item in [*items, *reading.comments]]
    return ReadPage(page.record_id, page.captured_at, reading, normal, error, takedown)


def _describe_files(store: Store, folder: Path) -> None:
    """A row per file, with its size, digest and number of records."""
    with schema.transaction(store.connection):
        for warc_id, crawl_id in store.connection.execute("SELECT id, crawl_id FROM warcs").fetchall():
            path = folder / "warc" / warc_id
            if path.exists():  # a living crawl's file is still called .open, and has no size yet
                entries.put_warc(store, account(path), crawl_id)

"""The catalogue again, from the WARC files alone: catalogue = f(WARCs, code)."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import closing, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from newsarchive.catalogue import bulk, schema
from newsarchive.catalogue.counts import recount
from newsarchive.catalogue.difference import Change, differences
from newsarchive.catalogue.due import plan
from newsarchive.catalogue.store import Store
from newsarchive.errors import DamagedRecord, UsageError
from newsarchive.items import Profile, Reading
from newsarchive.reading.fingerprint import fingerprint
from newsarchive.reading.pool import ReadingPool
from newsarchive.vault import entries, fresh, locks, manifest
from newsarchive.vault.again import Again
from newsarchive.vault.entries import profile_of
from newsarchive.vault.imports import Taking, put_foreign
from newsarchive.vault.recovery import KNOWN_END, account, recover
from newsarchive.vault.registration import Registration, registration_in
from newsarchive.vault.replay import Note, info_of
from newsarchive.vault.reread import Captured, Part, Piece, read_parts
from newsarchive.vault.takedown import notes as takedown_notes
from newsarchive.vault.takedown.suppression import Suppression
from newsarchive.vault.unfinished import serial
from newsarchive.vault.warcfile import OPEN, ClosedWarc, files_in

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class _Crawl:
    """One crawl, or one import: what it says of itself, and its files in their order."""

    fields: Mapping[str, str]
    files: list[Path] = field(default_factory=list)
    registration: Registration | None = None

    @property
    def crawl_id(self) -> str:
        return self.fields.get("isPartOf", "")

    @property
    def profile(self) -> Profile | None:
        return None if self.registration else profile_of(self.fields)


@dataclass(frozen=True, slots=True)
class _Shelf:
    """Where a crawl is stored, and what that takes."""

    store: Store
    folder: Path
    pool: ReadingPool
    suppression: Suppression


def rebuild(
    folder: Path,
    pool: ReadingPool,
    *,
    into: Path | None = None,
    fewer: bool = False,
    told: Callable[[list[Change]], None] = lambda changes: None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Path:
    """Read every WARC under `folder` into a new catalogue, and put it in the old one's place when it is whole.

    `into` names another file to build instead, and leaves the old catalogue alone. `told` is given what differs between the
    old one and the new, before they are swapped, `progress` how many bytes of how many are done. Crawls are stored by their
    number, whatever the clock was set to between them, their records in the files' order. Raises Locked if another
    rebuild is at work, or if a crawl is running and the old catalogue would be replaced, UsageError if there are no WARC files
    or `into` is there already, DamagedRecord if the new one would hold fewer captures, unless `fewer` says that this is meant.
    """
    if into and into.exists():
        raise UsageError(f"{into} is there already; remove it, or name another file")
    if not files_in(folder):
        raise UsageError(f"there is no WARC file in {folder / 'warc'}: nothing to rebuild from")
    target = into or folder / "catalogue.db"
    made = target.with_name(target.name + fresh.MAKING)
    with locks.lock_rebuild(folder), nullcontext() if into else locks.lock_archive(folder):
        if not into:
            _finish_files(folder, target)
        _build(folder, made, pool, progress)
        if not into and target.exists():
            _compare(target, made, fewer=fewer)
            told(_changes(target, made))
        fresh.put_in_place(made, target)
    return target


def preview(folder: Path, pool: ReadingPool, *, progress: Callable[[int, int], None] = lambda done, total: None) -> list[Change]:
    """What a rebuild would change in the catalogue, which stays as it is. Raises UsageError if there is none."""
    if not (folder / "catalogue.db").exists():
        raise UsageError(f"there is no catalogue in {folder} to compare with")
    with locks.lock_rebuild(folder):
        made = folder / f"catalogue.db{fresh.PREVIEW}"
        try:
            _build(folder, made, pool, progress)
            return differences(folder / "catalogue.db", made)
        finally:
            fresh.remove(made)


def _changes(old: Path, made: Path) -> list[Change]:
    """What differs; nothing that can be told where the old catalogue cannot be read."""
    try:
        return differences(old, made)
    except sqlite3.DatabaseError as error:
        logger.warning("%s cannot be compared with: %s", old, error)
        return []


def _build(folder: Path, made: Path, pool: ReadingPool, progress: Callable[[int, int], None]) -> None:
    fresh.remove(made)
    crawls = _crawls(folder)
    total, done = sum(path.stat().st_size for crawl in crawls for path in crawl.files), 0
    with closing(schema.prepare(str(made))) as connection, bulk.bulk_load(connection):
        store = Store(connection)
        takedowns = takedown_notes.gather(folder, connection)
        suppression = Suppression.of(folder, connection)
        files = ((path, crawl.profile) for crawl in crawls for path in crawl.files)
        finished = {path for crawl in crawls for path in crawl.files if not path.name.endswith(OPEN)}
        accounts: dict[str, ClosedWarc] = {}
        parts = _noting(accounts, read_parts(files, pool, suppression, accounted=finished))
        last = {crawl.profile.site: crawl.crawl_id for crawl in crawls if crawl.profile}
        for crawl in crawls:
            store_it = _store_crawl if crawl.registration is None else _store_import
            counted = [crawl.profile.site] if crawl.profile and last[crawl.profile.site] == crawl.crawl_id else []
            for site in counted:  # as after the crawl before: this one may have no end
                recount(connection, site)
            for size in store_it(_Shelf(store, folder, pool, suppression), crawl, parts):
                done += size
                progress(done, total)
            for site in counted if _has_ended(connection, crawl.crawl_id) else ():
                recount(connection, site)
        for row in connection.execute("SELECT id FROM sites").fetchall():
            plan(connection, row["id"])
        registrations = [crawl.registration for crawl in crawls if crawl.registration]
        notes = [*takedowns, *(registration.path.name for registration in registrations)]
        connection.executemany("INSERT INTO warcs (id) VALUES (?)", [(name,) for name in notes])
        _describe_files(store, folder, accounts, {name for registration in registrations for name in registration.names})


def _noting(accounts: dict[str, ClosedWarc], parts: Iterator[tuple[Piece, Part]]) -> Iterator[tuple[Piece, Part]]:
    """The parts as they come; the accounts of files that come with them are noted."""
    for piece, part in parts:
        if part.closed:
            accounts[part.closed.name] = part.closed
        yield piece, part


def _has_ended(connection: sqlite3.Connection, crawl_id: str) -> bool:
    return connection.execute("SELECT 1 FROM crawls WHERE id = ? AND finished_at IS NOT NULL", [crawl_id]).fetchone() is not None


def _compare(old: Path, made: Path, *, fewer: bool) -> None:
    """Raise DamagedRecord if the new catalogue holds fewer captures than the old one: files are damaged, or not there."""
    counts = []
    for path in (old, made):
        with closing(sqlite3.connect(path)) as connection:
            try:
                counts.append(connection.execute("SELECT count(*) FROM captures").fetchone()[0])
            except sqlite3.DatabaseError:  # the old one may be damaged: that is what a rebuild is for
                counts.append(0)
    if counts[1] < counts[0] and not fewer:
        kept = made.replace(old.with_name(f"{old.name}.fewer"))
        raise DamagedRecord(
            f"the WARC files hold {counts[1]} captures, the catalogue {counts[0]}: files are damaged or missing (the log says"
            f" which). The catalogue stays as it was; the new one is {kept}. If this is meant: newsarchive rebuild --fewer"
        )


def _finish_files(folder: Path, catalogue: Path) -> None:
    """Cut back and close what a crash left open.

    Where damage stands before the end that the old catalogue knows, the file is left as it is: whole records may stand behind it.
    """
    for path in files_in(folder, f"*.warc.gz{OPEN}"):
        try:
            closed = recover(path, known=_known_end(catalogue, path.name.removesuffix(OPEN)))
        except DamagedRecord as damage:
            logger.error("%s", damage)
            continue
        if closed:
            manifest.append(folder, closed)
            logger.warning("%s was left open by a crash and is closed now", path.name)


def _known_end(catalogue: Path, warc: str) -> int:
    """Where the last record ends that a catalogue knows in a file; 0 for a catalogue that cannot be read."""
    if not catalogue.exists():
        return 0
    with closing(sqlite3.connect(f"{catalogue.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        try:
            return int(connection.execute(KNOWN_END, [warc]).fetchone()[0])
        except sqlite3.DatabaseError:  # that is what a rebuild is for
            return 0


def _crawls(folder: Path) -> list[_Crawl]:
    """Every crawl of the archive by its number; only the first record of each file is read for it."""
    crawls: dict[str, _Crawl] = {}
    strangers: list[Path] = []
    # A crawl's first file is the one with the lowest number: it may have gone on under an earlier date.
    for path in sorted(files_in(folder), key=lambda path: (serial(path.name), path.name)):
        info = info_of(path)
        if info and "newsarchive-profile" in info.fields:
            crawls.setdefault(info.fields["isPartOf"], _Crawl(info.fields)).files.append(path)
        elif registration := registration_in(path):
            files = [path.with_name(name) for name in registration.names if path.with_name(name).exists()]
            crawls[path.name] = _Crawl(registration.fields, files, registration)
        elif not takedown_notes.is_takedown(path):
            strangers.append(path)
    known = {name for crawl in crawls.values() if crawl.registration for name in crawl.registration.names}
    for path in strangers:
        if path.name not in known:
            logger.warning("%s was not written by newsarchive; its pages are left out (newsarchive import reads them)", path.name)
    return sorted(
        crawls.values(), key=lambda crawl: (entries.number_of(crawl.fields), crawl.fields["crawl-started"], crawl.crawl_id)
    )


def _store_crawl(shelf: _Shelf, crawl: _Crawl, parts: Iterator[tuple[Piece, Part]]) -> Iterator[int]:
    """Store one crawl, as it was crawled, from its parts, which come next; yields the bytes of each."""
    left = sum(path.stat().st_size for path in crawl.files)
    with schema.transaction(shelf.store.connection):
        profile = entries.open_crawl(shelf.store, crawl.fields)
        for path in crawl.files:
            entries.open_warc(shelf.store, path.name.removesuffix(OPEN), crawl.crawl_id)
        read_by = fingerprint(profile)
        entries.name_reader(shelf.store, crawl.crawl_id, read_by)
        again = Again(shelf.store, shelf.folder, profile.site, read_by)
    while left > 0:
        piece, part = next(parts)
        for damage in part.damage:
            logger.warning("%s", damage)
        _store_part(shelf, part, crawl.crawl_id, profile, again)
        left -= piece.span.end - piece.span.start
        yield piece.span.end - piece.span.start


def _store_import(shelf: _Shelf, crawl: _Crawl, parts: Iterator[tuple[Piece, Part]]) -> Iterator[int]:
    """Store what an import brought; yields the bytes of each part."""
    assert crawl.registration
    taking = Taking(shelf.store, crawl.registration, shelf.folder, shelf.pool, shelf.suppression)
    left = sum(path.stat().st_size for path in crawl.files)
    while left > 0:
        piece, part = next(parts)
        for damage in part.damage:
            logger.warning("%s", damage)
        taking.put(part)
        left -= piece.span.end - piece.span.start
        yield piece.span.end - piece.span.start
    taking.close()


def _store_part(shelf: _Shelf, part: Part, crawl_id: str, profile: Profile, again: Again) -> None:
    """Store what a part holds: first the captures and what was read of them, then what the crawl noted about itself."""
    captured = [found for found in part.found if isinstance(found, Captured)]
    notes = [found for found in part.found if isinstance(found, Note)]
    with schema.transaction(shelf.store.connection):
        for one in captured:
            entries.put_capture(shelf.store, one.capture, one.key, site_id=profile.site, crawl_id=crawl_id)
        pages = [one.page for one in captured if one.page]
        for page in sorted(pages, key=lambda page: (page.captured_at, page.capture_id)):
            _amend_earlier(shelf, again, profile, page.reading)
            entries.put_pages(shelf.store, [page], profile.site)
        for note in notes:
            if note.kind == "outcomes":
                entries.put_outcomes(shelf.store, crawl_id, note.value["outcomes"])
            elif note.kind == "stop":
                entries.stop_crawl(shelf.store, note.value)
    for note in notes:
        if note.kind == "end":
            entries.close_crawl(shelf.store, profile.site, note.value)


def _amend_earlier(shelf: _Shelf, again: Again, profile: Profile, new: Reading) -> None:
    """Read earlier captures again where the site's profile has changed since, as the crawl did."""
    for earlier, page in again.wanted(new):
        for _, reading, error in shelf.pool.read_all([page], profile):
            if error is None:
                again.amend(earlier, shelf.suppression.spare(reading, page.body_id)[0], new)


def _describe_files(store: Store, folder: Path, accounts: Mapping[str, ClosedWarc], foreign: Collection[str]) -> None:
    """A row per file, with its size, digest and number of records; those of other tools' files are not counted."""
    with schema.transaction(store.connection):
        for warc_id, crawl_id in store.connection.execute("SELECT id, crawl_id FROM warcs").fetchall():
            path = folder / "warc" / warc_id
            if path.exists():  # a living crawl's file is still called .open, and has no size yet
                put = put_foreign if warc_id in foreign else entries.put_warc
                put(store, accounts.get(warc_id) or account(path), crawl_id)

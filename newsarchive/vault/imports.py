"""WARC files of other tools read like our own.

A file is not copied: it gets a second name under `warc/` (a hard link), so that the archive stays whole by itself, and no name
in it leads elsewhere (`registration.py`). It may hold many sites: each gets a crawl of the kind `import`. What a crawl of
somebody else did not see proves nothing, so nobody's comment is deleted by it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from newsarchive.catalogue import counts, schema, tallies
from newsarchive.catalogue.settlement import conclude_partly
from newsarchive.catalogue.store import Store
from newsarchive.errors import DamagedRecord
from newsarchive.items import Page, Profile
from newsarchive.reading.fingerprint import fingerprint
from newsarchive.reading.pool import ReadingPool
from newsarchive.times import from_iso
from newsarchive.urls import site_id
from newsarchive.vault import entries, leftovers, locks, manifest
from newsarchive.vault.record import is_of_the_web
from newsarchive.vault.recovery import account
from newsarchive.vault.registration import KIND, Registration, check, link, register, registration_in
from newsarchive.vault.replay import page_seen_again
from newsarchive.vault.reread import Captured, Part, passed, read_parts
from newsarchive.vault.takedown import run as takedown
from newsarchive.vault.takedown.suppression import Suppression
from newsarchive.vault.warc import ClosedWarc
from newsarchive.vault.warcfile import files_in

_PLACE = "SELECT warc_id, warc_offset FROM captures WHERE id = ?"
_RESOLVE = """
UPDATE captures AS k SET revisit_of = coalesce(
    (SELECT o.id FROM captures o WHERE o.id = k.revisit_of AND o.site_id = k.site_id),
    (SELECT o.id FROM captures o WHERE o.url_key = k.url_key AND o.record_type = 'response'
        AND o.payload_digest = k.payload_digest AND o.captured_at <= k.captured_at ORDER BY o.captured_at DESC, o.id LIMIT 1))
WHERE crawl_id = ? AND record_type = 'revisit'
"""


# Revisits of whole answers, which show what these showed.
_SEEN_AGAIN = """
SELECT k.warc_id, k.warc_offset, k.warc_length, o.warc_id AS first_warc, o.warc_offset AS first_offset,
    o.warc_length AS first_length
FROM captures k JOIN captures o ON o.id = k.revisit_of
WHERE k.crawl_id = ? AND k.record_type = 'revisit' AND coalesce(k.status, 304) IN (200, 203, 304)
    AND o.record_type = 'response' AND o.status IN (200, 203) AND o.truncated IS NULL AND o.payload_bytes > 0
ORDER BY k.captured_at, k.id
"""


@dataclass(slots=True)
class Imported:
    """What an import brought: files, captures, their sites, what could not be read, and files that were `changed` meanwhile."""

    files: int = 0
    captures: int = 0
    sites: set[str] = field(default_factory=set)
    damage: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)


def import_warcs(
    folder: Path, paths: Sequence[Path], pool: ReadingPool, *, operator: str, progress: Callable[[int, int], None]
) -> Imported:
    """Register files and read them into the catalogue; an import that was cut off is carried on first.

    Raises UsageError for a file that cannot be taken, before any is taken; Locked while a crawl or a rebuild runs.
    """
    for path in paths:
        check(path)
    (folder / "warc").mkdir(mode=0o750, parents=True, exist_ok=True)
    with locks.lock_archive(folder), closing(schema.prepare(str(folder / "catalogue.db"))) as connection:
        store = Store(connection)
        leftovers.put_in_order(folder, store)
        begun = list(_cut_off(folder, connection))
        names = {name for registration in begun for name in registration.names}
        if linked := [link(folder, path) for path in paths if path.name not in names]:
            begun.append(register(folder, linked, operator, number=entries.next_number(connection)))
        files = [_files(folder, registration) for registration in begun]
        total, told = sum(path.stat().st_size for path in chain(*files)), 0
        done = Imported()
        for registration, its_files in zip(begun, files, strict=True):
            for size in _take_in(folder, store, pool, registration, its_files, done):
                told += size
                progress(told, total)
            for site in done.sites:
                takedown.settle(folder, connection, site, operator=operator)
    return done


def _cut_off(folder: Path, connection: sqlite3.Connection) -> Iterator[Registration]:
    """Imports that were registered and did not come to their end: their own file is the last of which the catalogue is told."""
    known = {row["id"] for row in connection.execute("SELECT id FROM warcs WHERE bytes IS NOT NULL")}
    for path in files_in(folder, f"{KIND}-*.warc.gz"):
        if path.name not in known and (registration := registration_in(path)):
            yield registration


def _files(folder: Path, registration: Registration) -> list[Path]:
    return [path for name in registration.names if (path := folder / "warc" / name).exists()]


def _take_in(
    folder: Path, store: Store, pool: ReadingPool, registration: Registration, files: Sequence[Path], done: Imported
) -> Iterator[int]:
    """Read what is registered, from the beginning; yields the bytes of each part. What an earlier attempt stored is passed by."""
    before = [_state(path) for path in files]
    closed = [account(path) for path in (*files, registration.path)]
    for one in closed:
        manifest.enter(folder, one)
    suppression = Suppression.of(folder, store.connection)
    taking = Taking(store, registration, folder, pool, suppression)
    for piece, part in read_parts(((path, None) for path in files), pool, suppression):
        done.damage += [*part.damage, *taking.put(part)]
        yield piece.span.end - piece.span.start
    done.changed += [path.name for path, state in zip(files, before, strict=True) if _state(path) != state]
    taking.close()
    with schema.transaction(store.connection):
        for one in closed[:-1]:
            put_foreign(store, one, None)
        entries.put_warc(store, closed[-1], None)
    done.files += len(files)
    done.captures += taking.captures
    done.sites |= taking.sites.keys()


def _state(path: Path) -> tuple[int, int]:
    """By which it is seen that a file was changed: size and time."""
    about = path.stat()
    return about.st_size, about.st_mtime_ns


def put_foreign(store: Store, closed: ClosedWarc, crawl_id: str | None) -> None:
    """The row of another tool's file; its records are not counted."""
    entries.put_warc(store, closed, crawl_id)
    store.connection.execute("UPDATE warcs SET records = NULL WHERE id = ?", [closed.name])


class Taking:
    """The catalogue's side of an import: a crawl for each site, begun when its first capture is seen."""

    def __init__(
        self, store: Store, registration: Registration, folder: Path, pool: ReadingPool, suppression: Suppression
    ) -> None:
        self._store, self._fields = store, registration.fields
        self._warcs, self._pool, self._suppression = folder / "warc", pool, suppression
        self.sites: dict[str, str] = {}
        self.captures = 0
        files = [(name,) for name in registration.names]  # of no one crawl
        store.connection.executemany("INSERT INTO warcs (id) VALUES (?) ON CONFLICT DO NOTHING", files)

    def put(self, part: Part) -> list[str]:
        """Store what a part of a file holds of the web; other records have nothing to say here.

        A record whose id is known is passed by: an attempt before this one stored it, or another record has its id, and that
        one's row is not touched. The latter is told.
        """
        captured = [one for one in part.found if isinstance(one, Captured) and is_of_the_web(one.capture.url)]
        told = []
        with schema.transaction(self._store.connection):
            for one in captured:
                site, place = site_id(one.capture.url), (one.capture.warc, one.capture.offset)
                if known := self._store.connection.execute(_PLACE, [one.capture.record_id]).fetchone():
                    self._crawl(site)
                    if tuple(known) != place:
                        told.append(f"{place[0]} at {place[1]}: its record id is that of the one in {known[0]} at {known[1]}")
                    continue
                entries.put_capture(self._store, one.capture, one.key, site_id=site, crawl_id=self._crawl(site))
                if one.page:
                    entries.put_pages(self._store, [one.page], site)
                self.captures += 1
        return told

    def close(self) -> None:
        """Conclude the import's crawls."""
        end = [self._fields["crawl-started"], "imported"]
        with schema.transaction(self._store.connection):
            for site, crawl_id in self.sites.items():
                self._store.connection.execute(
                    "UPDATE crawls SET finished_at = ?, finish_reason = ? WHERE id = ?", [*end, crawl_id]
                )
                self._store.connection.execute(_RESOLVE, [crawl_id])
                self._read_revisits(site, crawl_id)
                conclude_partly(self._store, crawl_id)
                tallies.describe_site(self._store.connection, site)
                counts.recount_inside(self._store.connection, site)

    def _read_revisits(self, site: str, crawl_id: str) -> None:
        """What was there already is seen again in them: whether an article or comment still stood then, only they tell."""
        rows = self._store.connection.execute(_SEEN_AGAIN, [crawl_id]).fetchall()
        for page, reading, error in self._pool.read_all(self._pages(rows), Profile(site=site)):
            entries.put_pages(self._store, [passed(page, reading, error, self._suppression)], site)

    def _pages(self, rows: Iterable[sqlite3.Row]) -> Iterator[Page]:
        for row in rows:
            with suppress(DamagedRecord):  # `verify` tells it
                yield page_seen_again(self._warcs, tuple(row)[:3], tuple(row)[3:])

    def _crawl(self, site: str) -> str:
        if site not in self.sites:
            started = from_iso(self._fields["crawl-started"])
            crawl_id, profile = f"{site}-{KIND}-{started:%Y%m%dT%H%M%S%fZ}", Profile(site=site)
            fields = entries.crawl_fields(
                crawl_id, started, profile, number=entries.number_of(self._fields), kind=KIND, config={}
            )
            entries.put_crawl(self._store, fields | {"software": self._fields["software"]})
            entries.name_reader(self._store, crawl_id, fingerprint(profile))
            self.sites[site] = crawl_id
        return self.sites[site]

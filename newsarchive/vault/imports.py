"""WARC files of other tools: linked into the archive, registered there, and read like our own.

A file is not copied: it gets a second name under `warc/` (a hard link), so that the archive stays whole by itself, and no name
in it leads elsewhere. What was imported when stands in a note in a WARC file of our own, `metadata://newsarchive/crawl/import`,
so that a rebuild finds it again. Such a file may hold many sites: each gets a crawl of the kind `import`. What a crawl of
somebody else did not see proves nothing, so nobody's comment is deleted by it.
"""

from __future__ import annotations

import errno
import os
import re
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from newsarchive import __version__
from newsarchive.catalogue import schema, tallies
from newsarchive.catalogue.settlement import conclude_partly
from newsarchive.catalogue.store import Store
from newsarchive.errors import DamagedRecord, UsageError
from newsarchive.items import Profile
from newsarchive.reading.fingerprint import fingerprint
from newsarchive.reading.pool import ReadingPool
from newsarchive.times import from_iso, to_iso
from newsarchive.urls import site_id
from newsarchive.vault import entries, locks, manifest
from newsarchive.vault.members import Members
from newsarchive.vault.record import take
from newsarchive.vault.recovery import account
from newsarchive.vault.replay import CrawlInfo, Note, Span, read_span
from newsarchive.vault.reread import Captured, Part, read_parts
from newsarchive.vault.takedown import run as takedown
from newsarchive.vault.takedown.suppression import Suppression
from newsarchive.vault.warc import ClosedWarc, WarcWriter

KIND = "import"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,200}\.warc\.gz")
_RESOLVE = """
UPDATE captures AS k SET revisit_of = coalesce(
    (SELECT o.id FROM captures o WHERE o.id = k.revisit_of),
    (SELECT o.id FROM captures o WHERE o.url_key = k.url_key AND o.record_type = 'response'
        AND o.payload_digest = k.payload_digest AND o.captured_at <= k.captured_at ORDER BY o.captured_at DESC, o.id LIMIT 1))
WHERE crawl_id = ? AND record_type = 'revisit'
"""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import brought: files, captures, and those that could not be read."""

    files: int
    captures: int
    sites: int
    damage: list[str]


def import_warcs(
    folder: Path, paths: Sequence[Path], pool: ReadingPool, *, operator: str, progress: Callable[[int, int], None]
) -> Imported:
    """Register files and read them into the catalogue. Raises UsageError for one that cannot be taken, before any is taken;
    Locked while a crawl or a rebuild runs."""
    for path in paths:
        check(path)
    (folder / "warc").mkdir(mode=0o750, parents=True, exist_ok=True)
    with locks.lock_archive(folder), closing(schema.prepare(str(folder / "catalogue.db"))) as connection:
        linked = [_link(folder, path) for path in paths]
        store = Store(connection)
        registration = _register(folder, linked, operator, number=entries.next_number(connection))
        taking = Taking(store, registration)
        suppression, done, total = Suppression.of(folder, connection), 0, sum(path.stat().st_size for path in linked)
        damage: list[str] = []
        for piece, part in read_parts(((path, None) for path in linked), pool, suppression):
            taking.put(part)
            damage += part.damage
            done += piece.span.end - piece.span.start
            progress(done, total)
        taking.close()
        with schema.transaction(connection):
            for path in linked:
                put_foreign(store, account(path), None)
            entries.put_warc(store, account(registration.path), None)
        for site in taking.sites:
            takedown.settle(folder, connection, site, operator=operator)
    return Imported(len(linked), taking.captures, len(taking.sites), damage)


@dataclass(frozen=True, slots=True)
class Registration:
    """A file of ours that registers files of others: its fields, and the names of those."""

    path: Path
    fields: Mapping[str, str]
    names: tuple[str, ...]


def registration_in(path: Path) -> Registration | None:
    """What a file registers; None for any other file."""
    records = read_span(Span(path, 0, path.stat().st_size, None))
    info = next(records, None)
    if not isinstance(info, CrawlInfo) or info.fields.get("crawl-kind") != KIND:
        return None
    notes = [record.value for record in records if isinstance(record, Note) and record.kind == KIND]
    names = (str(one["name"]) for note in notes for one in note["files"])
    return Registration(path, info.fields, tuple(name for name in names if _NAME.fullmatch(name)))


def put_foreign(store: Store, closed: ClosedWarc, crawl_id: str | None) -> None:
    """The row of another tool's file; its records are not counted."""
    entries.put_warc(store, closed, crawl_id)
    store.connection.execute("UPDATE warcs SET records = NULL WHERE id = ?", [closed.name])


class Taking:
    """The catalogue's side of an import: a crawl for each site, begun when its first capture is seen."""

    def __init__(self, store: Store, registration: Registration) -> None:
        self._store, self._fields = store, registration.fields
        self.sites: dict[str, str] = {}
        self.captures = 0
        files = [(name,) for name in registration.names]  # of no one crawl
        store.connection.executemany("INSERT INTO warcs (id) VALUES (?) ON CONFLICT DO NOTHING", files)

    def put(self, part: Part) -> None:
        """Store what a part of a file holds of the web; other records have nothing to say here."""
        captured = [
            one for one in part.found if isinstance(one, Captured) and one.capture.url.startswith(("http://", "https://"))
        ]
        with schema.transaction(self._store.connection):
            for one in captured:
                site = site_id(one.capture.url)
                entries.put_capture(self._store, one.capture, one.key, site_id=site, crawl_id=self._crawl(site))
                if one.page:
                    entries.put_pages(self._store, [one.page], site)
        self.captures += len(captured)

    def close(self) -> None:
        """Conclude the import's crawls."""
        end = [self._fields["crawl-started"], "imported"]
        with schema.transaction(self._store.connection):
            for site, crawl_id in self.sites.items():
                self._store.connection.execute(
                    "UPDATE crawls SET finished_at = ?, finish_reason = ? WHERE id = ?", [*end, crawl_id]
                )
                self._store.connection.execute(_RESOLVE, [crawl_id])
                conclude_partly(self._store, crawl_id)
                tallies.describe_site(self._store.connection, site)
                tallies.put_days(self._store.connection, site, tallies.days(self._store.connection, site))

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


def check(path: Path) -> None:
    """Raises UsageError, with what to do, for a file that is no WARC of one gzip member a record (WARC 1.1, Annex D)."""
    if not path.is_file():
        raise UsageError(f"there is no file {path}")
    if not _NAME.fullmatch(path.name):
        raise UsageError(
            f"{path.name!r} cannot be a name in the archive: letters, digits, `.`, `_` and `-`, and .warc.gz at the end"
        )
    try:
        with path.open("rb") as file:
            whole = take(Members(file.fileno()), 0) is not None
    except DamagedRecord as error:
        how = f"`warcio recompress {path} NEW.warc.gz` makes a file that is"
        raise UsageError(f"{path} is no WARC file that is packed record by record ({error}); {how}") from error
    if not whole:
        raise UsageError(f"{path} is empty")


def _link(folder: Path, path: Path) -> Path:
    """The file's place in the archive: where it lies there already, or a hard link."""
    place = folder / "warc" / path.name
    if place.exists() and not place.samefile(path):
        raise UsageError(f"the archive has another file {path.name}")
    if any(line.name == path.name for line in _lines(folder)):
        raise UsageError(f"{path.name} is in the archive already")
    if not place.exists():
        try:
            os.link(path, place, follow_symlinks=True)
        except OSError as error:
            if error.errno not in {errno.EXDEV, errno.EPERM, errno.EMLINK}:
                raise
            raise UsageError(
                f"{path} cannot be linked into the archive ({error.strerror}): move it to {place}, and import it from there"
            ) from error
    return place


def _lines(folder: Path) -> Iterator[manifest.Entry]:
    path = folder / manifest.NAME
    return manifest.read(path) if path.exists() else iter(())


def _register(folder: Path, linked: Sequence[Path], operator: str, *, number: int) -> Registration:
    """Write the note that says what is imported, and the lines of the manifest."""
    now = datetime.now(UTC)
    info = {
        "crawl-number": str(number),
        "crawl-kind": KIND,
        "crawl-started": to_iso(now),
        "software": f"newsarchive/{__version__}",
        "operator": operator,
    }
    writer = WarcWriter(folder / "warc", prefix=KIND, hostname=socket.gethostname(), info=info)
    closed = [account(path) for path in linked]
    files: list[dict[str, Any]] = [{"name": one.name, "bytes": one.bytes, "sha256": one.sha256} for one in closed]
    writer.note(KIND, {"files": files}, at=now)
    writer.sync()
    writer.close()
    for one in (*closed, *writer.closed):
        manifest.append(folder, one)
    return Registration(folder / "warc" / writer.closed[0].name, info, tuple(one.name for one in closed))

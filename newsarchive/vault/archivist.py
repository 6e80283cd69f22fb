"""The one writer of a crawl: bytes into WARC files, then rows into the catalogue, in groups.

Bytes before rows: append records -> flush -> fdatasync(WARC) -> COMMIT (SQLite, WAL, synchronous=FULL). A row never
outlives its record, whatever kills the process.
"""

from __future__ import annotations

import logging
import re
import socket
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any

from newsarchive.catalogue import schema
from newsarchive.catalogue.counts import recount
from newsarchive.catalogue.due import plan
from newsarchive.catalogue.signs import Known, known_signs, last_reader
from newsarchive.catalogue.store import Store
from newsarchive.catalogue.unlisted import unlisted
from newsarchive.errors import DamagedRecord
from newsarchive.items import Page, Profile, Reading
from newsarchive.reading.fingerprint import fingerprint, same_profile
from newsarchive.text import shown
from newsarchive.times import to_iso
from newsarchive.vault import entries, leftovers, locks, manifest
from newsarchive.vault.again import Again, Earlier
from newsarchive.vault.entries import ReadPage
from newsarchive.vault.exchange import Capture, Exchange
from newsarchive.vault.held import Held
from newsarchive.vault.originals import Originals
from newsarchive.vault.replay import page_at
from newsarchive.vault.room import check_room
from newsarchive.vault.takedown import run as takedown
from newsarchive.vault.takedown.suppression import Suppression
from newsarchive.vault.unfinished import Start, start_of
from newsarchive.vault.usable import catalogue_named, check_owner_writes
from newsarchive.vault.warc import WarcWriter

logger = logging.getLogger(__name__)

GROUP_SECONDS = 1.0
GROUP_RECORDS = 64
_USERINFO = re.compile(r"//[^/@\s]*@")


class Archivist:
    """Keeps one crawl of one site: `keep` for every exchange, `file` for every page read, `close` at the end.

    A crawl of the site that was interrupted goes on: `held` is what it had captured.
    """

    def __init__(
        self,
        folder: Path,
        profile: Profile,
        *,
        info: Mapping[str, str],
        config: Mapping[str, Any],
        kind: str,
        size_limit: int,
        free_bytes: int = 0,
    ) -> None:
        """Open the archive in `folder` for a crawl of `profile.site`; `free_bytes` of its disk stay free.

        Raises Locked if another crawl of the site runs, UnsafeFolder if everybody may write into the folder, LittleSpace,
        UnusableCatalogue.
        """
        _make_ready(folder, free_bytes)
        self.folder, self._free_bytes = folder, free_bytes
        self.profile = profile
        self._captures: list[tuple[Capture, str]] = []
        self._pages: list[ReadPage] = []
        self._outcomes: list[dict[str, str]] = []
        self._closed_warcs = 0
        self._committed_at = monotonic()
        with ExitStack() as opened, catalogue_named(folder / "catalogue.db"):
            opened.enter_context(locks.lock_site(folder, profile.site))
            opened.enter_context(locks.share_archive(folder))
            self.connection = opened.enter_context(closing(schema.prepare(str(folder / "catalogue.db"))))
            self.store = Store(self.connection)
            leftovers.put_in_order(folder, self.store)
            self.suppression = Suppression.of(folder, self.connection)
            self._operator = info.get("operator", "")
            self.originals = Originals(self.connection, folder)
            self._begin(start_of(folder, self.store, profile, kind), kind, config, info, size_limit)
            self.again = Again(self.store, folder, profile.site, fingerprint(profile))
            self.held = Held(self.connection, folder, self.crawl_id)
            self._opened = opened.pop_all()

    def _begin(self, start: Start, kind: str, config: Mapping[str, Any], info: Mapping[str, str], size_limit: int) -> None:
        """Open the crawl's next file, and then its row."""
        self.crawl_id, self.begun_at = start.crawl_id, start.begun_at
        fields = entries.crawl_fields(
            self.crawl_id, start.begun_at, self.profile, number=start.number, kind=kind, config=config
        ) | dict(info)
        self._warc = WarcWriter(
            self.folder / "warc",
            prefix=self.profile.site[:40],
            hostname=socket.gethostname(),
            info=fields,
            size_limit=size_limit,
            serial=start.serial,
            known=self.originals.of_payload,
        )
        self._warc.sync()
        with schema.transaction(self.connection):
            if not start.goes_on:
                entries.open_crawl(self.store, fields)
            entries.name_reader(self.store, self.crawl_id, fingerprint(self.profile))

    def keep(self, exchange: Exchange) -> Capture:
        """Append the exchange's records. They are safe, and in the catalogue, with the next commit."""
        capture = self._warc.keep(exchange)
        self._captures.append((capture, entries.capture_key(exchange)))
        if len(self._captures) >= GROUP_RECORDS:
            self.commit()
        return capture

    def known_signs(self) -> dict[str, Known]:
        """The signs under which the site's threads were last read; none where the newspaper's file has changed since."""
        before = last_reader(self.connection, self.profile.site)
        return known_signs(self.connection, self.profile.site) if same_profile(before, fingerprint(self.profile)) else {}

    def page_of(self, capture: Capture) -> Page:
        """The page of a capture as a replay gives it. Raises DamagedRecord."""
        return page_at(self.folder / "warc", capture.warc, capture.offset, capture.length)

    def miss(self, url: str, kind: str, detail: str) -> None:
        """Note an address that was wanted and left no capture: `kind` is dns, refused, timeout, tls, robots, guard, ..."""
        outcome = {"url": shown(url), "kind": kind, "detail": shown(detail[:500])}
        secretless = {name: _USERINFO.sub("//", value) for name, value in outcome.items()}
        self._outcomes.append(secretless | {"at": to_iso(datetime.now(UTC))})

    def file(self, page: ReadPage) -> None:
        """Put what was read from a page into the catalogue, with the next commit."""
        self._pages.append(page)

    def amend(self, earlier: Earlier, page: Page, reading: Reading, new: Reading) -> None:
        """Let the catalogue say of an earlier capture what today's reader says of it, before what is new is looked at."""
        spared, _ = self.suppression.spare(reading, page.body_id)
        with schema.transaction(self.connection):
            self.again.amend(earlier, spared, new)

    def commit_if_due(self) -> None:
        """Commit when a second has passed since the last time and something waits. Called by the crawl's clock.

        Raises LittleSpace when the disk is nearly full; the crawl can still be stopped in good order then.
        """
        if monotonic() - self._committed_at >= GROUP_SECONDS:
            self.commit()
            check_room(self.folder, self._free_bytes)

    def commit(self) -> None:
        """Make everything up to now durable: first the bytes, then the rows, in one transaction."""
        self._committed_at = monotonic()
        if not (self._captures or self._pages or self._outcomes):
            return
        if self._outcomes:
            self._warc.note("outcomes", {"crawl": self.crawl_id, "outcomes": self._outcomes}, at=datetime.now(UTC))
        self._warc.sync()
        with self._transaction():
            for capture, key in self._captures:
                entries.put_capture(self.store, capture, key, site_id=self.profile.site, crawl_id=self.crawl_id)
            entries.put_pages(self.store, self._pages, self.profile.site)
            entries.put_outcomes(self.store, self.crawl_id, self._outcomes)
            self._register_closed()
        self._captures, self._pages, self._outcomes = [], [], []

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with catalogue_named(self.folder / "catalogue.db"), schema.transaction(self.connection):
            yield

    def _register_closed(self) -> None:
        for closed in self._warc.closed[self._closed_warcs :]:
            entries.put_warc(self.store, closed, self.crawl_id)
            manifest.append(self.folder, closed)
        self._closed_warcs = len(self._warc.closed)

    def has_read(self, record_id: str) -> bool:
        """Whether a capture was read, and what was read is in the catalogue. What could not be read may be tried once more: the
        machine may have been to blame."""
        row = self.connection.execute("SELECT read_at, read_error FROM captures WHERE id = ?", [record_id]).fetchone()
        return row is not None and row["read_at"] is not None and row["read_error"] is None

    def unlisted(self) -> list[str]:
        """The addresses of the known articles that this crawl has asked for by none of their addresses."""
        self.commit()
        return unlisted(self.connection, self.crawl_id)

    def unread(self) -> Iterator[Page]:
        """The pages of this crawl that nobody has read; a capture whose bytes are not its own any more is flagged."""
        self.commit()
        for capture in self.held.unread():
            try:
                yield self.page_of(capture)
            except DamagedRecord as damage:
                logger.warning("%s", damage)
                entries.flag(self.store, capture.record_id, "damaged record")

    def close(self, finish_reason: str, stats: Mapping[str, Any]) -> None:
        """End the crawl: a last record says how it went, the file gets its final name, visits are concluded."""
        end = {"finished_at": to_iso(datetime.now(UTC)), "finish_reason": finish_reason}
        end = self._note_last("end", end, stats)
        with catalogue_named(self.folder / "catalogue.db"):
            entries.close_crawl(self.store, self.profile.site, end)
            recount(self.connection, self.profile.site)
            plan(self.connection, self.profile.site)
        self._register_last()
        takedown.settle(self.folder, self.connection, self.profile.site, operator=self._operator)

    def stop(self, reason: str, stats: Mapping[str, Any]) -> None:
        """Interrupt the crawl: all is kept, nothing is concluded, and the next crawl of the site goes on with it."""
        stop = self._note_last("stop", {"stopped_at": to_iso(datetime.now(UTC)), "reason": reason}, stats)
        with self._transaction():
            entries.stop_crawl(self.store, stop)
        self._register_last()

    def _note_last(self, kind: str, said: dict[str, Any], stats: Mapping[str, Any]) -> dict[str, Any]:
        self.commit()
        note = {"crawl": self.crawl_id, "stats": dict(stats)} | said
        self._warc.note(kind, note, at=datetime.now(UTC))
        self._warc.sync()
        self._warc.close()
        return note

    def _register_last(self) -> None:
        """Last of all: a file that the catalogue knows as closed is one from which everything has followed."""
        with self._transaction():
            self._register_closed()

    def release(self) -> None:
        """Let go of the catalogue and of the locks; may be called again."""
        self._opened.close()


def _make_ready(folder: Path, free_bytes: int) -> None:
    """Make the archive's folders where they are not there. Raises UnsafeFolder, LittleSpace."""
    for name in ("warc", "logs"):
        (folder / name).mkdir(mode=0o750, parents=True, exist_ok=True)
        check_owner_writes(folder, folder / name)
    check_room(folder, free_bytes)

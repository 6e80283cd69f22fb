"""The one writer of a crawl: bytes into WARC files, then rows into the catalogue, in groups.

Bytes before rows: append records -> flush -> fdatasync(WARC) -> COMMIT (SQLite, WAL, synchronous=FULL). A row never
outlives its record, whatever kills the process.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Mapping
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any

from newsarchive.catalogue import schema
from newsarchive.catalogue.store import Store
from newsarchive.items import Profile
from newsarchive.times import to_iso
from newsarchive.vault import entries, locks, manifest
from newsarchive.vault.entries import ReadPage
from newsarchive.vault.exchange import Capture, Exchange
from newsarchive.vault.warc import WarcWriter

GROUP_SECONDS = 1.0
GROUP_RECORDS = 64
_USERINFO = re.compile(r"//[^/@\s]*@")


class Archivist:
    """Keeps one crawl of one site: `keep` for every exchange, `file` for every page read, `close` at the end."""

    def __init__(
        self, folder: Path, profile: Profile, *, info: Mapping[str, str], config: Mapping[str, Any], kind: str, size_limit: int
    ) -> None:
        """Open the archive in `folder` for a crawl of `profile.site`. Raises Locked if another crawl of the site runs."""
        for name in ("warc", "logs"):
            (folder / name).mkdir(mode=0o750, parents=True, exist_ok=True)
        self.folder = folder
        self.profile = profile
        self._captures: list[tuple[Capture, str]] = []
        self._pages: list[ReadPage] = []
        self._outcomes: list[dict[str, str]] = []
        self._closed_warcs = 0
        self._committed_at = monotonic()
        with ExitStack() as opened:
            opened.enter_context(locks.lock_site(folder, profile.site))
            opened.enter_context(locks.share_archive(folder))
            self.connection = opened.enter_context(closing(schema.prepare(str(folder / "catalogue.db"))))
            self.store = Store(self.connection)
            started_at = datetime.now(UTC)
            self.crawl_id = f"{profile.site}-{started_at:%Y%m%dT%H%M%S%fZ}"
            fields = entries.crawl_fields(self.crawl_id, started_at, profile, kind=kind, config=config) | dict(info)
            self._warc = WarcWriter(
                folder / "warc", prefix=profile.site[:40], hostname=socket.gethostname(), info=fields, size_limit=size_limit
            )
            self._warc.sync()
            with schema.transaction(self.connection):
                entries.open_crawl(self.store, fields)
            self._held = opened.pop_all()

    def keep(self, exchange: Exchange) -> Capture:
        """Append the exchange's records. They are safe, and in the catalogue, with the next commit."""
        capture = self._warc.keep(exchange)
        self._captures.append((capture, entries.capture_key(exchange)))
        if len(self._captures) >= GROUP_RECORDS:
            self.commit()
        return capture

    def miss(self, url: str, kind: str, detail: str) -> None:
        """Note an address that was wanted and left no capture: `kind` is dns, refused, timeout, tls, robots, guard, ..."""
        outcome = {"url": url, "kind": kind, "detail": detail[:500]}
        secretless = {name: _USERINFO.sub("//", value) for name, value in outcome.items()}
        self._outcomes.append(secretless | {"at": to_iso(datetime.now(UTC))})

    def file(self, page: ReadPage) -> None:
        """Put what was read from a page into the catalogue, with the next commit."""
        self._pages.append(page)

    def commit_if_due(self) -> None:
        """Commit when a second has passed since the last time and something waits. Called by the crawl's clock."""
        if monotonic() - self._committed_at >= GROUP_SECONDS:
            self.commit()

    def commit(self) -> None:
        """Make everything up to now durable: first the bytes, then the rows, in one transaction."""
        self._committed_at = monotonic()
        if not (self._captures or self._pages or self._outcomes):
            return
        if self._outcomes:
            self._warc.note("outcomes", {"crawl": self.crawl_id, "outcomes": self._outcomes}, at=datetime.now(UTC))
        self._warc.sync()
        with schema.transaction(self.connection):
            for capture, key in self._captures:
                entries.put_capture(self.store, capture, key, site_id=self.profile.site, crawl_id=self.crawl_id)
            entries.put_pages(self.store, self._pages, self.profile.site)
            entries.put_outcomes(self.store, self.crawl_id, self._outcomes)
            self._register_closed()
        self._captures, self._pages, self._outcomes = [], [], []

    def _register_closed(self) -> None:
        for closed in self._warc.closed[self._closed_warcs :]:
            entries.put_warc(self.store, closed, self.crawl_id)
            manifest.append(self.folder, closed)
        self._closed_warcs = len(self._warc.closed)

    def close(self, finish_reason: str, stats: Mapping[str, Any]) -> None:
        """End the crawl: a last record says how it went, the file gets its final name, visits are concluded."""
        self.commit()
        end = {
            "crawl": self.crawl_id,
            "finished_at": to_iso(datetime.now(UTC)),
            "finish_reason": finish_reason,
            "stats": dict(stats),
        }
        self._warc.note("end", end, at=datetime.now(UTC))
        self._warc.sync()
        self._warc.close()
        with schema.transaction(self.connection):
            self._register_closed()
        entries.close_crawl(self.store, self.profile.site, end)

    def release(self) -> None:
        """Let go of the catalogue and of the locks; may be called again."""
        self._held.close()

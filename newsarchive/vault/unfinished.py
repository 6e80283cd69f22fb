"""Which crawl of a site goes on, and under which name a new one begins."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from newsarchive.catalogue.store import Store
from newsarchive.items import Profile
from newsarchive.times import from_iso
from newsarchive.vault.entries import next_number, profile_of
from newsarchive.vault.replay import info_of

# The last of the site that was begun; what a clock said at the time is no matter.
_LAST = """
SELECT id, number, kind, started_at, finished_at FROM crawls WHERE site_id = ?
ORDER BY number DESC, started_at DESC, id DESC LIMIT 1
"""
_FILES = "SELECT id FROM warcs WHERE crawl_id = ?"
_SERIAL = re.compile(r"[a-z0-9-]{1,40}-\d{17}-(\d{5,})-")


@dataclass(frozen=True, slots=True)
class Start:
    """Where a crawl starts: its id, its place among the crawls, when it was begun first, the serial number of its next file,
    and whether it goes on."""

    crawl_id: str
    number: int
    begun_at: datetime
    serial: int = 0
    goes_on: bool = False


def start_of(folder: Path, store: Store, profile: Profile, kind: str) -> Start:
    """The site's last crawl, where it was interrupted and was of this kind and profile; else a new one.

    A crawl has one profile, for its pages are read by it: who changes the newspaper's file begins anew.
    """
    last = store.connection.execute(_LAST, [profile.site]).fetchone()
    if last and last["finished_at"] is None and last["kind"] == kind:
        files = sorted((row["id"] for row in store.connection.execute(_FILES, [last["id"]])), key=serial)
        if files and _is_of(folder / "warc" / files[0], profile):
            return Start(last["id"], last["number"], from_iso(last["started_at"]), serial(files[-1]) + 1, goes_on=True)
    now = datetime.now(UTC)
    return Start(f"{profile.site}-{now:%Y%m%dT%H%M%S%fZ}", next_number(store.connection), now)


def serial(name: str) -> int:
    """The number of a file among its crawl's, from its name: their order, whatever the clock was set to in between."""
    found = _SERIAL.match(name)
    return int(found[1]) if found else 0


def _is_of(path: Path, profile: Profile) -> bool:
    info = info_of(path) if path.exists() else None
    return info is not None and profile_of(info.fields).to_json() == profile.to_json()

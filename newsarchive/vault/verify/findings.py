"""What a verification finds, in one clear line each."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from newsarchive.text import clean_line

CATALOGUE = "catalogue.db"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be: in which file, at which byte, and which address it hits.

    One that is no `fault` is told for the record: the next crawl puts it right by itself.
    """

    place: str
    what: str
    offset: int | None = None
    url: str | None = None
    fault: bool = True

    def line(self) -> str:
        """The finding in one line, for a person or for grep."""
        at = "" if self.offset is None else f" at {self.offset}"
        url = f": {self.url}" if self.url else ""
        return clean_line(f"{'' if self.fault else 'note: '}{self.place}{at}: {self.what}{url}")


@dataclass(frozen=True, slots=True)
class End:
    """How a crawl ended, as its last record says."""

    crawl: str
    finished_at: str
    finish_reason: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of one piece of the work. `bytes`, `records` and `captures` count what was read of the file `name`.

    `odd` is what no checksum covers, and is a fault only if the file is `altered`: the digest of the whole of it is wrong.
    """

    findings: tuple[Finding, ...] = ()
    name: str | None = None
    bytes: int = 0
    records: int = 0
    captures: int = 0
    ends: tuple[End, ...] = ()
    odd: tuple[Finding, ...] = ()
    altered: bool = False


def unreadable(error: sqlite3.DatabaseError) -> Finding:
    """What is to be said of a catalogue that SQLite gives up on."""
    return Finding(CATALOGUE, f"cannot be read: {error}; newsarchive rebuild makes it anew from the WARC files")

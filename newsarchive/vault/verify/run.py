"""One verification from end to end: what is checked, by whom, and what came of it."""

from __future__ import annotations

import json
import os
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from newsarchive.errors import UsageError
from newsarchive.vault import locks, manifest
from newsarchive.vault.verify import catalogue, chain
from newsarchive.vault.verify.files import Files
from newsarchive.vault.verify.findings import CATALOGUE, Checked, End, Finding, unreadable
from newsarchive.vault.workers import Task, cores, run_all

_MOST_ODD = 10_000
_ENDED = """
SELECT c.id, c.finished_at, c.finish_reason, json_group_array(w.id) AS files
FROM crawls c JOIN warcs w ON w.crawl_id = c.id WHERE c.finished_at IS NOT NULL GROUP BY c.id
"""


@dataclass(slots=True)
class Summary:
    """What was looked at and how much was found."""

    files: int = 0
    bytes: int = 0
    records: int = 0
    captures: int = 0
    faults: int = 0
    notes: int = 0

    def line(self) -> str:
        """The summary in one line."""
        notes = f", {self.notes} notes" if self.notes else ""
        wrong = f"{self.faults} faults{notes}" if self.faults else f"nothing wrong{notes}"
        return f"{wrong}: {self.files} files, {self.bytes} bytes, {self.records} records, {self.captures} captures were read"


def verify(
    folder: Path,
    *,
    report: Callable[[Finding], None],
    quick: bool = False,
    copy: Path | None = None,
    workers: int | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Summary:
    """Hold the archive in `folder` against itself; each finding is reported as it comes.

    `quick` leaves out what would read the WARC files through, `copy` is a manifest that was kept elsewhere, `progress` is
    told how many bytes of how many are done. Crawls may go on meanwhile. Raises UsageError if there is no archive, Locked
    while the catalogue is made anew.
    """
    if not folder.is_dir():
        raise UsageError(f"there is no archive in {folder}")
    with _shared(folder):
        return _Verification(folder, report, quick=quick).run(copy, workers or cores(), progress)


def _shared(folder: Path) -> TextIO | nullcontext[None]:
    """Keep rebuilds away; on a read-only medium there are none."""
    return locks.share_archive(folder) if os.access(folder, os.W_OK) else nullcontext()


class _Verification:
    def __init__(self, folder: Path, report: Callable[[Finding], None], *, quick: bool) -> None:
        self._folder, self._report, self._quick = folder, report, quick
        self._path = folder / CATALOGUE
        self._summary = Summary()
        self._faulty: set[str] = set()
        self._altered: set[str] = set()
        self._records: Counter[str] = Counter()
        self._ends: set[End] = set()
        self._odd: list[Finding] = []

    def run(self, copy: Path | None, workers: int, progress: Callable[[int, int], None]) -> Summary:
        files = Files(self._folder)
        self._tell(chain.faults(self._folder / manifest.NAME, copy))
        with self._opened(files) as connection:
            self._tell(files.compare())
            done = 0
            for checked in run_all(self._tasks(files, connection), workers=workers, preload=__name__):
                self._take(checked)
                done += checked.bytes
                progress(done, files.bytes)
            self._tell([finding for finding in self._odd if finding.place in self._altered])
            if connection is not None:
                self._tell(self._conclude(files, connection))
        self._summary.files = len(files)
        return self._summary

    @contextmanager
    def _opened(self, files: Files) -> Iterator[sqlite3.Connection | None]:
        """The catalogue, if there is one that can be read."""
        if not self._path.exists():
            if len(files):
                self._tell([Finding(CATALOGUE, "is not there; newsarchive rebuild makes it from the WARC files")])
            yield None
            return
        with closing(catalogue.connect(self._path)) as connection:
            try:
                files.look_up(self._path, connection)
            except sqlite3.DatabaseError as error:
                self._tell([unreadable(error)])
                yield None
            else:
                yield connection

    def _tasks(self, files: Files, connection: sqlite3.Connection | None) -> Iterator[Task[Checked]]:
        if connection is not None:
            yield from catalogue.tasks(self._path, quick=self._quick)
        yield from files.ends() if self._quick else files.tasks()

    def _take(self, checked: Checked) -> None:
        self._tell(checked.findings)
        self._summary.bytes += checked.bytes
        self._summary.records += checked.records
        self._summary.captures += checked.captures
        self._ends.update(checked.ends)
        self._odd.extend(checked.odd[: _MOST_ODD - len(self._odd)])
        if checked.altered and checked.name:
            self._altered.add(checked.name)
        if checked.name:
            self._records[checked.name] += checked.records

    def _tell(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            if finding.fault:
                self._summary.faults += 1
                self._faulty.add(finding.place)
            else:
                self._summary.notes += 1
            self._report(finding)

    def _conclude(self, files: Files, connection: sqlite3.Connection) -> Iterator[Finding]:
        """What only all files together tell: how many records there are, and whether each end of a crawl is proven."""
        if not self._quick:
            yield from files.miscounted({name: n for name, n in self._records.items() if name not in self._faulty})
        for row in connection.execute(_ENDED).fetchall():
            names = set(json.loads(row["files"]))
            if names & self._faulty or names & files.living.keys() or End(*row[:3]) in self._ends:
                continue
            what = f"crawl {row['id']}: no record in its files says that it ended {row['finished_at']} ({row['finish_reason']})"
            yield Finding(CATALOGUE, what)

"""The bundle: a ZIP file of records, manifest lines, a page in plain words, and a script that checks them."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
import zipfile
from collections.abc import Collection
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from newsarchive import __version__
from newsarchive.errors import UsageError
from newsarchive.evidence.account import html_page, text_page
from newsarchive.evidence.records import Taken, blanked_at, captures, manifest_lines, take_out
from newsarchive.evidence.spared import left_out
from newsarchive.evidence.subject import Subject, find_subject
from newsarchive.reading.pool import ReadingPool
from newsarchive.times import to_iso

LARGEST = 256 << 20  # bytes of packed records: a thread of a thousand pages has some 20 MB
_RECORDS = "records.warc.gz"
_LONGEST_NAME = 80
_CHECK = Path(__file__).with_name("check.py")


@dataclass(frozen=True, slots=True)
class Bundled:
    """What a bundle holds: of which article or comment, how many answers, and how many had to stay out."""

    subject: Subject
    answers: int
    left_out: int


def file_name(what: str) -> str:
    """A name for the bundle of this article or comment that is safe on every system: of letters, figures, `.` and `-`."""
    return f"evidence-{re.sub(r'[^A-Za-z0-9.-]+', '-', what).strip('-')[-_LONGEST_NAME:]}.zip"


def write_bundle(folder: Path, what: str, file: IO[bytes], *, limit: int = LARGEST, pool: ReadingPool | None = None) -> Bundled:
    """Write the evidence for the article or comment that `what` names (an id, or an article's address) to `file`, as ZIP.

    `folder` is the archive's, `pool` as for `spared.left_out`. Records that show what was taken down, and is not blanked, stay
    out. Raises UsageError if `what` names nothing, no record may be shown, or the records have more than `limit` bytes;
    DamagedRecord if they are not whole.
    """
    with closing(sqlite3.connect(f"{(folder / 'catalogue.db').as_uri()}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        connection.execute("BEGIN")  # one moment of the catalogue, though a crawl may be writing
        subject = find_subject(connection, what)
        rows = captures(connection, subject.shown_by)
        hidden = left_out(folder, connection, rows, pool)
        shown = {one: row for one, row in rows.items() if one not in hidden and row["revisit_of"] not in hidden}
        if not shown.keys() & subject.shown_by.keys():
            raise UsageError(f"every record that shows {subject.id} also shows what was taken down: nothing can be handed out")
        changed = {one: at for one in shown if (at := blanked_at(connection, one))}
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            with archive.open(zipfile.ZipInfo(_RECORDS, datetime.now(UTC).timetuple()[:6]), "w") as part:
                packed = _Digested(part)
                taken = list(take_out(folder / "warc", shown, subject.shown_by, packed, limit=limit))
            lines = manifest_lines(folder, {one.warc for one in taken})
            told = _told(subject, shown, taken, lines, changed, len(rows) - len(shown))
            _add_account(archive, told, lines, packed.sha256.hexdigest())
    return Bundled(subject, len(shown), len(rows) - len(shown))


def _told(
    subject: Subject,
    rows: dict[str, sqlite3.Row],
    taken: Collection[Taken],
    lines: dict[int, bytes],
    changed: dict[str, str],
    hidden: int,
) -> dict[str, Any]:
    """What evidence.json says, and the pages show."""
    answers = [dict(row) | {"proves": one.proves} for one in taken if (row := rows.get(one.id))]
    return {
        "kind": subject.kind,
        "id": subject.id,
        "made_at": to_iso(datetime.now(UTC).replace(microsecond=0)),
        "software": f"newsarchive/{__version__}",
        "catalogue": subject.row,
        "versions": subject.versions,
        "answers": [answer | {"words_blanked_at": changed.get(answer["id"])} for answer in answers],
        "left_out": hidden,
        "records": [asdict(one) for one in taken],
        "manifest": list(lines),
    }


class _Digested:
    """A part of the bundle while it is written, and the digest of what was."""

    def __init__(self, file: IO[bytes]) -> None:
        self.sha256 = hashlib.sha256()
        self._file = file

    def write(self, piece: bytes) -> None:
        self.sha256.update(piece)
        self._file.write(piece)


def _add_account(archive: zipfile.ZipFile, told: dict[str, Any], lines: dict[int, bytes], records: str) -> None:
    """Add what stands beside the records, whose SHA-256 is given, and all digests last."""
    parts = {
        "evidence.html": html_page(told).encode(),
        "evidence.txt": text_page(told).encode(),
        "evidence.json": json.dumps(told, ensure_ascii=False, indent=1).encode(),
        "manifest.jsonl": b"".join(line + b"\n" for line in lines.values()),
        "check.py": _CHECK.read_bytes(),
    }
    sums = {_RECORDS: records} | {name: hashlib.sha256(content).hexdigest() for name, content in parts.items()}
    parts["SHA256SUMS"] = "".join(f"{value}  {name}\n" for name, value in sorted(sums.items())).encode()
    for name, content in parts.items():
        archive.writestr(name, content)

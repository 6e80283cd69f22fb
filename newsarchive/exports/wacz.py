"""An archive in one file that replays without a server: WACZ 1.1.1 (specs.webrecorder.net/wacz/1.1.1)."""

from __future__ import annotations

import gzip
import hashlib
import json
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from newsarchive import __version__
from newsarchive.errors import DamagedRecord, UsageError
from newsarchive.exports.cdxj import check_shown, index_lines, left_out
from newsarchive.exports.tables import Scope
from newsarchive.times import to_iso

_STEP = 1 << 20
_BLOCK = 3000  # lines of the index that are packed together: what a reader fetches to look up one address
_FILES = """
SELECT id, sha256 FROM warcs WHERE closed_at IS NOT NULL
AND (?1 IS NULL OR EXISTS (SELECT 1 FROM captures c WHERE c.warc_id = warcs.id AND c.site_id = ?1)) ORDER BY id
"""
_OTHERS = "SELECT DISTINCT site_id FROM captures WHERE warc_id = ? AND site_id <> ?"
_PAGES = """
SELECT c.id, c.url, c.captured_at, r.headline FROM article_revisions r JOIN captures c ON c.id = r.capture_id
JOIN articles a ON a.id = r.article_id WHERE ?1 IS NULL OR a.site_id = ?1 ORDER BY c.captured_at, c.id
"""


def write_wacz(connection: sqlite3.Connection, folder: Path, file: Path, scope: Scope) -> list[str]:
    """Write the closed WARC files of `scope`, their index and the list of articles; returns what there is to say of it.

    Raises UsageError for days, for an archive in which something is restricted or still to be blanked (the files show it), and
    for a site whose files hold other sites, too; DamagedRecord for a file that is not as it was closed.
    """
    if scope.since or scope.until:
        raise UsageError("a WACZ holds whole WARC files: leave out --since and --until")
    files = connection.execute(_FILES, [scope.site_id]).fetchall()
    _check(connection, files, scope.site_id)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as packed:
        wacz = _Wacz(packed)
        for name, sha256 in files:
            if wacz.add(f"archive/{name}", _read(folder / "warc" / name)) != sha256:
                raise DamagedRecord(f"{name} is not as it was closed: run `newsarchive verify`")
        count = wacz.add_index(index_lines(connection, scope))
        wacz.add("pages/pages.jsonl", _pages(connection, scope.site_id))
        wacz.describe(scope.site_id)
    return [f"{len(files)} WARC files, {count} captures", *left_out(connection, scope, count)]


class _Wacz:
    """A WACZ while it is written: its parts, and what datapackage.json says of each. Nothing is deflated, as WARC files must
    not be: a reader takes single records out of them."""

    def __init__(self, packed: zipfile.ZipFile) -> None:
        self._packed = packed
        self._resources: list[dict[str, Any]] = []
        self._now = datetime.now(UTC).replace(microsecond=0)

    def add(self, path: str, pieces: Iterable[bytes]) -> str:
        """Store a part; returns its SHA-256, hexadecimal."""
        digest, size = hashlib.sha256(), 0
        with self._packed.open(zipfile.ZipInfo(path, self._now.timetuple()[:6]), "w", force_zip64=True) as part:
            for piece in pieces:
                part.write(piece)
                digest.update(piece)
                size += len(piece)
        told = {"name": path.rpartition("/")[2], "path": path, "hash": f"sha256:{digest.hexdigest()}", "bytes": size}
        self._resources.append(told)
        return digest.hexdigest()

    def add_index(self, lines: Iterator[str]) -> int:
        """Store the index, packed in blocks, and the list of these blocks (ZipNum); returns how many lines it has."""
        blocks, place, count = [_json_line("!meta 0 ", {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"})], 0, 0

        def pack() -> Iterator[bytes]:
            nonlocal place, count
            while block := list(islice(lines, _BLOCK)):
                piece = gzip.compress("".join(block).encode(), mtime=0)
                told = {"offset": place, "length": len(piece), "digest": f"sha256:{hashlib.sha256(piece).hexdigest()}"}
                blocks.append(_json_line(block[0].partition("{")[0], told | {"filename": "index.cdx.gz"}))
                place, count = place + len(piece), count + len(block)
                yield piece

        self.add("indexes/index.cdx.gz", pack())
        self.add("indexes/index.idx", blocks)
        return count

    def describe(self, site_id: str | None) -> None:
        """Store datapackage.json, which names all parts, and the digest of it."""
        told = {
            "profile": "data-package",
            "wacz_version": "1.1.1",
            "title": f"News archive of {site_id or 'all sites'}",
            "created": to_iso(self._now),
            "software": f"newsarchive/{__version__}",
            "resources": self._resources,
        }
        package = json.dumps(told, indent=2).encode()
        digest = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(package).hexdigest()}"}
        for name, content in (("datapackage.json", package), ("datapackage-digest.json", json.dumps(digest, indent=2).encode())):
            self._packed.writestr(zipfile.ZipInfo(name, self._now.timetuple()[:6]), content)


def _read(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_STEP):
            yield piece


def _pages(connection: sqlite3.Connection, site_id: str | None) -> Iterator[bytes]:
    """Every version of every article as a page, by its time."""
    yield _json_line("", {"format": "json-pages-1.0", "id": "pages", "title": "Articles"})
    for record_id, url, at, headline in connection.execute(_PAGES, [site_id]):
        yield _json_line("", {"id": record_id, "url": url, "ts": at, "title": headline or url})


def _check(connection: sqlite3.Connection, files: list[tuple[str, str]], site_id: str | None) -> None:
    check_shown(connection, site_id)
    if not files:
        raise UsageError("there is no closed WARC file to export")
    for name, _ in files:
        if site_id and (others := connection.execute(_OTHERS, [name, site_id]).fetchall()):
            raise UsageError(f"{name} also holds {', '.join(row[0] for row in others[:5])}: export all sites instead")


def _json_line(before: str, value: dict[str, Any]) -> bytes:
    """A line of JSON, with something before it."""
    return f"{before}{json.dumps(value)}\n".encode()

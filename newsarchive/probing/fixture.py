"""A newspaper's fixture: a small WARC file with an article and its comments as they were sent, and what is to be read from it.

A person corrects the JSON; the test (tests/sites) then shows what the readers make of the pages instead.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from newsarchive.items import Page, Profile, Reading
from newsarchive.reading import read
from newsarchive.times import to_iso
from newsarchive.vault.kept import Kept
from newsarchive.vault.members import Members
from newsarchive.vault.replay import read_warc
from newsarchive.vault.through import take

_OF_THREAD = """
SELECT id, warc_id, warc_offset FROM captures WHERE status = 200 AND record_type = 'response' AND (
    id IN (SELECT capture_id FROM thread_pages WHERE thread_id = ?) OR url = ?) ORDER BY captured_at LIMIT 6
"""
# Of the capture, not of the page: another copy of the page would have others.
_OF_CAPTURE = {"capture_id", "captured_at", "site_id", "in_language_score"}


def cut_out(archive: Path, thread: str | None, url: str, target: Path) -> None:
    """Copy the exchanges of an article and of its thread, byte for byte, into a file of their own, behind its warcinfo."""
    with closing(sqlite3.connect(f"{(archive / 'catalogue.db').as_uri()}?mode=ro", uri=True)) as connection:
        found = connection.execute(_OF_THREAD, [thread, url]).fetchall()
    with target.open("xb") as out:
        for at, (_, warc, offset) in enumerate(found):
            source = archive / "warc" / warc
            if at == 0:
                out.write(_member(source, 0))
            for piece in _exchange(source, offset):
                out.write(piece)


def _member(path: Path, offset: int) -> bytes:
    with path.open("rb") as file:
        record = take(Members(file.fileno()), offset)
        assert record is not None, "the catalogue names no place that is not there"
        file.seek(offset)
        return file.read(record.length)


def _exchange(path: Path, offset: int) -> Iterator[bytes]:
    """The packed records of the exchange at a place: answer, request, metadata."""
    with path.open("rb") as file:
        members, first, place = Members(file.fileno()), None, offset
        while (record := take(members, place)) and (first is None or record.tied_to(first)):
            first = first or record
            file.seek(place)
            yield file.read(record.length)
            place += record.length


def expected(path: Path, profile: Profile) -> list[dict[str, Any]]:
    """What the readers of today make of a fixture's pages: an object per page, as its JSON file has them."""
    pages = [found.page for found in read_warc(path) if isinstance(found, Kept)]
    return [_said(page, read(page, profile)) for page in pages]


def to_text(pages: list[dict[str, Any]]) -> str:
    """The JSON file: for people to read and to correct."""
    return json.dumps(pages, ensure_ascii=False, indent=1) + "\n"


def _said(page: Page, reading: Reading) -> dict[str, Any]:
    said: dict[str, Any] = {"url": page.url, "readers": list(reading.readers)}
    if reading.article:
        said["article"] = _fields(asdict(reading.article))
    if reading.thread:
        said["thread"] = _fields({name: getattr(reading.thread, name) for name in ("id", "status", "comment_count_reported")})
    said["comments"] = [_fields(asdict(comment)) for comment in reading.comments]
    return said


def _fields(item: dict[str, Any]) -> dict[str, Any]:
    """The fields that say something, as JSON values."""
    kept = {name: value for name, value in item.items() if name not in _OF_CAPTURE and value not in (None, [], "")}
    return {name: to_iso(value) if isinstance(value, datetime) else value for name, value in kept.items()}

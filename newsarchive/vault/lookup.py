"""The pages that a person names: an HTML file, a WARC file, an address in the archive, or a record id."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from lxml.cssselect import CSSSelector, SelectorError

from newsarchive.errors import DamagedRecord, UsageError
from newsarchive.items import Page, Profile
from newsarchive.reading import html_page
from newsarchive.reading.gate import is_page
from newsarchive.urls import canonical, site_id, url_key
from newsarchive.vault.kept import Kept
from newsarchive.vault.replay import CrawlInfo, info_of, page_at, read_warc
from newsarchive.vault.warcfile import OPEN

_RECORD = "urn:uuid:"
_GZIP, _UTF_16 = b"\x1f\x8b", (b"\xff\xfe", b"\xfe\xff")
_HEAD_BYTES = 4096
_CAPTURES = "SELECT id, status, captured_at, record_type, revisit_of, warc_id, warc_offset, warc_length FROM captures"
_OF_ADDRESS = f"{_CAPTURES} WHERE url_key = ? ORDER BY (status = 200 AND record_type = 'response') DESC, captured_at DESC LIMIT 1"
_OF_ARTICLE = f"""
{_CAPTURES} WHERE id = (
    SELECT a.capture_id FROM article_urls u JOIN articles a ON a.id = u.article_id WHERE u.url_key = ? ORDER BY a.id LIMIT 1)
"""
_OUTCOME = "SELECT kind, detail, at FROM outcomes WHERE url = ? ORDER BY at DESC LIMIT 1"


def find(folder: Path, what: str, *, url: str | None = None, record: str | None = None) -> Iterator[tuple[Page, Profile]]:
    """The pages that `what` names, each with the profile of its site; at least one.

    `folder` is the archive's, `url` where a file of HTML was saved from, `record` the one to take out of a WARC file.
    Raises UsageError where there is nothing to read, with what could be done.
    """
    path = Path(what)
    if path.is_dir():
        raise UsageError(f"{what} is a folder: name a file in it")
    if path.is_file():
        return _in_file(path, url, record, ours=path.resolve().parent == (folder / "warc").resolve())
    if url or record:
        raise UsageError(f"--url and --record go with a file, and {what!r} is none")
    if not what.startswith(_RECORD) and not canonical(what):
        raise UsageError(f"{what!r} is no file, no http address and no record id ({_RECORD}...)")
    return iter([_in_archive(folder, what)])


def _in_file(path: Path, url: str | None, record: str | None, *, ours: bool) -> Iterator[tuple[Page, Profile]]:
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if head.startswith(b"WARC/"):
        raise UsageError(f"{path} is not packed record by record: `warcio recompress {path} {path}.gz` makes a file that is")
    if head.startswith(_GZIP):
        if url:
            raise UsageError(f"--url goes with a page, and {path} is packed: in a WARC every record names its address")
        return _in_warc(path, record, ours=ours)
    if record:
        raise UsageError(f"--record goes with a WARC file, and {path} is none")
    if b"\x00" in head and not head.startswith(_UTF_16):
        raise UsageError(f"{path} holds binary data: it is neither a page nor a WARC file")
    if url and not canonical(url):
        raise UsageError(f"--url {url!r} is no http or https address")
    address = canonical(url or "") or path.resolve().as_uri()
    return iter(
        [(html_page(path.read_bytes(), address, datetime.now(UTC).replace(microsecond=0)), Profile(site=site_id(address)))]
    )


def _in_warc(path: Path, record: str | None, *, ours: bool) -> Iterator[tuple[Page, Profile]]:
    """The readable captures of a WARC, or the one of this record id, with the profile that the file names.

    A file that is not in the archive (`ours`) says nothing of which module is imported to read it.
    """
    profile, found = None, False
    for one in read_warc(path):
        if isinstance(one, CrawlInfo):
            named = _profile(one)
            profile = named if named is None or ours else replace(named, spider=None)
        elif isinstance(one, Kept) and record in {None, one.page.record_id} and _readable(one):
            found = True
            yield one.page, profile or Profile(site=site_id(one.page.url))
    if not found:
        raise UsageError(f"{path} holds no {f'readable capture {record}' if record else 'page that could be read'}")


def _readable(kept: Kept) -> bool:
    return kept.capture.status == 200 and kept.capture.record_type == "response" and is_page(kept.page)


def _in_archive(folder: Path, what: str) -> tuple[Page, Profile]:
    by_id = what.startswith(_RECORD)
    catalogue = folder / "catalogue.db"
    if not catalogue.exists():
        url = "..." if by_id else what
        raise UsageError(
            f"{catalogue} is not there yet: crawl something first (newsarchive demo, scrapy crawl news -a url={url})"
        )
    with closing(sqlite3.connect(f"{catalogue.as_uri()}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        row = _by_id(connection, what) if by_id else _by_address(connection, what)
    page = page_at(folder / "warc", row["warc_id"], row["warc_offset"], row["warc_length"])
    return page, _profile_of(folder / "warc" / row["warc_id"]) or Profile(site=site_id(page.url))


def _by_id(connection: sqlite3.Connection, record: str) -> sqlite3.Row:
    """The capture of this id; of a revisit, which holds no page, the capture it refers to."""
    row = _one(connection, f"{_CAPTURES} WHERE id = ?", record)
    if row is not None and row["record_type"] == "revisit" and row["revisit_of"]:
        row = _one(connection, f"{_CAPTURES} WHERE id = ?", row["revisit_of"])
    if row is None:
        raise UsageError(f"the archive has no capture {record}; the ids are those of the table captures")
    return row


def _by_address(connection: sqlite3.Connection, address: str) -> sqlite3.Row:
    """The newest whole answer of this address, or of the article that is known by it. Raises UsageError, with what was tried."""
    key = url_key(address)
    row = _one(connection, _OF_ADDRESS, key)
    if row is None or row["status"] != 200 or row["record_type"] != "response":
        article = _one(connection, _OF_ARTICLE, key)
        if article is None:
            raise UsageError(_nothing(address, row, _one(connection, _OUTCOME, canonical(address) or address)))
        return article
    return row


def _nothing(address: str, row: sqlite3.Row | None, outcome: sqlite3.Row | None) -> str:
    fetch = f"To fetch it: scrapy crawl news -a url={address} -a max_articles=1"
    if row is not None:
        return (
            f"the archive has no page of {address}: its newest capture, {row['id']} of {row['captured_at']},"
            f" is a {row['record_type']} with status {row['status'] or 'unknown'}. {fetch}"
        )
    if outcome is not None:
        why = f"{outcome['kind']}{': ' + outcome['detail'] if outcome['detail'] else ''}"
        return f"the archive has no capture of {address}: it was asked for until {outcome['at']} ({why}). {fetch}"
    return f"the archive has no capture of {address}. {fetch}"


def _one(connection: sqlite3.Connection, sql: str, value: str) -> sqlite3.Row | None:
    row: sqlite3.Row | None = connection.execute(sql, [value]).fetchone()
    return row


def _profile_of(warc: Path) -> Profile | None:
    info = info_of(warc if warc.exists() else warc.with_name(warc.name + OPEN))
    return _profile(info) if info else None


def _profile(info: CrawlInfo) -> Profile | None:
    """The profile that a file of ours names; None in other people's. Raises DamagedRecord for one that is none."""
    named = info.fields.get("newsarchive-profile")
    try:
        profile = Profile.from_json(json.loads(named)) if named else None
        for _, selector in profile.selectors if profile else ():
            CSSSelector(selector)
        return profile
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, SelectorError) as error:
        raise DamagedRecord(f"{info.warc} names a profile that is none: {error}") from error

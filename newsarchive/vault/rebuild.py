"""The catalogue again, from the WARC files alone: catalogue = f(WARCs, code)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from newsarchive.catalogue import schema
from newsarchive.catalogue.normalise import normalise
from newsarchive.catalogue.store import Store
from newsarchive.items import Item
from newsarchive.reading.pool import ReadingPool
from newsarchive.urls import request_key
from newsarchive.vault import entries
from newsarchive.vault.entries import ReadPage
from newsarchive.vault.exchange import Capture
from newsarchive.vault.recovery import account
from newsarchive.vault.replay import CrawlInfo, Kept, Note, page_at, read_warc


@dataclass(slots=True)
class _Crawl:
    """What the files of one crawl hold, without the pages themselves."""

    fields: dict[str, str]
    captures: list[tuple[Capture, str]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def rebuild(
    folder: Path,
    *,
    workers: int,
    seconds: float,
    megabytes: int,
    into: Path | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Path:
    """Read every closed WARC under `folder` into a new catalogue, and put it in the old one's place when it is whole.

    `workers`, `seconds` and `megabytes` bound the readers (`reading.pool`). `into` names another file to build instead,
    and leaves the old catalogue alone. `progress` is told how many of how many pages are read. Captures are stored by
    (time, record id), crawls by their start.
    """
    target = into or folder / "catalogue.db"
    fresh = target.with_name(target.name + ".rebuild")
    for leftover in _files(fresh):
        leftover.unlink(missing_ok=True)
    crawls = sorted(_crawls(folder), key=lambda crawl: (crawl.fields["crawl-started"], crawl.fields["isPartOf"]))
    total = sum(entries.readable(capture) for crawl in crawls for capture, _ in crawl.captures)
    connection = schema.prepare(str(fresh))
    store, done = Store(connection), 0
    pool = ReadingPool(workers=workers, seconds=seconds, megabytes=megabytes)
    try:
        for crawl in crawls:
            for _ in _store_crawl(store, folder, crawl, pool):
                done += 1
                progress(done, total)
    finally:
        pool.close()
    _put_files(store, folder)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    for leftover in _files(target):
        leftover.unlink(missing_ok=True)
    fresh.rename(target)
    return target


def _files(database: Path) -> list[Path]:
    return [database, database.with_name(database.name + "-wal"), database.with_name(database.name + "-shm")]


def _crawls(folder: Path) -> list[_Crawl]:
    """Every crawl of the archive, its files put together."""
    crawls: dict[str, _Crawl] = {}
    for path in sorted((folder / "warc").glob("*.warc.gz")):
        crawl: _Crawl | None = None
        for record in read_warc(path):
            if isinstance(record, CrawlInfo):
                crawl = crawls.setdefault(record.fields["isPartOf"], _Crawl(record.fields))
            elif crawl is not None and isinstance(record, Kept):
                key = request_key(record.page.url, record.page.method, record.page.request_body)
                crawl.captures.append((record.capture, key))
            elif crawl is not None and isinstance(record, Note):
                crawl.notes.append(record)
    return list(crawls.values())


def _store_crawl(store: Store, folder: Path, crawl: _Crawl, pool: ReadingPool) -> Iterator[None]:
    """Store one crawl in one transaction; yields once per page read."""
    crawl_id = crawl.fields["isPartOf"]
    with schema.transaction(store.connection):
        profile = entries.open_crawl(store, crawl.fields)
        captures = sorted(crawl.captures, key=lambda kept: (kept[0].captured_at, kept[0].record_id))
        for capture, key in captures:
            entries.put_capture(store, capture, key, site_id=profile.site, crawl_id=crawl_id)
        to_read = (capture for capture, _ in captures if entries.readable(capture))
        pages = (page_at(folder / "warc", capture.warc, capture.offset, capture.length) for capture in to_read)
        for page, reading, error in pool.read_all(pages, profile):
            entries.put_page(
                store, _judged(store, ReadPage(page.record_id, page.captured_at, reading, error=error)), profile.site
            )
            yield
        for note in crawl.notes:
            if note.kind == "outcomes":
                entries.put_outcomes(store, crawl_id, note.value["outcomes"])
            elif note.kind == "end":
                entries.close_crawl(store, profile.site, note.value)


def _judged(store: Store, page: ReadPage) -> ReadPage:
    """What the pipelines do in a crawl: every item normalised, and told apart by whether the catalogue holds it."""
    items: list[Item] = [page.reading.article] if page.reading.article else []
    for item in [*items, *page.reading.comments]:
        normal = normalise(item)
        (page.unchanged if store.known(normal) else page.stored).append(normal)
    return page


def _put_files(store: Store, folder: Path) -> None:
    """A row per file, with its size, digest and number of records."""
    with schema.transaction(store.connection):
        for warc_id, crawl_id in store.connection.execute("SELECT id, crawl_id FROM warcs").fetchall():
            entries.put_warc(store, account(folder / "warc" / warc_id), crawl_id)

"""How each kind of record becomes rows of the catalogue: one account, for the crawl and for the rebuild."""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from newsarchive import __version__
from newsarchive.catalogue import counts, schema, tallies
from newsarchive.catalogue.article_pages import waits
from newsarchive.catalogue.settlement import conclude, conclude_unfinished, observe
from newsarchive.catalogue.sights import Sight
from newsarchive.catalogue.signs import conclude_signs, put_signs
from newsarchive.catalogue.store import Store
from newsarchive.catalogue.threads import is_provisional
from newsarchive.items import Article, Comment, Item, Profile, Reading
from newsarchive.times import to_iso
from newsarchive.urls import request_key
from newsarchive.vault.exchange import Capture, Exchange
from newsarchive.vault.warc import ClosedWarc

logger = logging.getLogger(__name__)

_READ_BY = "UPDATE crawls SET read_by = CASE WHEN read_by IS NULL OR read_by = ?1 THEN ?1 ELSE '' END WHERE id = ?2"
_BLANKING_DUE = """
INSERT INTO takedown_captures (capture_id, takedown_id) SELECT ?1, id FROM takedowns WHERE id = ?2 AND kind = 'forget'
ON CONFLICT DO NOTHING
"""


@dataclass(slots=True)
class ReadPage:
    """A page that was read: its capture, what the reading says, and the items as the pipelines let them pass.

    `error` says why the page could not be read, `takedown` whose words stand in its bytes although they were taken down. What
    can be made of numbered comments where the page is read is made there: then `sights` has them, and not `items`.
    """

    capture_id: str
    captured_at: datetime
    reading: Reading
    items: list[Item] = field(default_factory=list)
    error: str | None = None
    takedown: str | None = None
    sights: list[Sight] = field(default_factory=list)


def crawl_fields(
    crawl_id: str, started_at: datetime, profile: Profile, *, number: int, kind: str, config: Mapping[str, Any]
) -> dict[str, str]:
    """What a crawl says of itself in the warcinfo record of each of its files; `number` is its place among the crawls."""
    return {
        "isPartOf": crawl_id,
        "crawl-number": str(number),
        "crawl-kind": kind,
        "crawl-started": to_iso(started_at),
        "software": f"newsarchive/{__version__}",
        "newsarchive-profile": json.dumps(profile.to_json(), ensure_ascii=False, sort_keys=True),
        "newsarchive-config": json.dumps(dict(config), ensure_ascii=False, sort_keys=True),
    }


def profile_of(fields: Mapping[str, str]) -> Profile:
    """The site's profile in a crawl's warcinfo fields."""
    return Profile.from_json(json.loads(fields["newsarchive-profile"]))


def number_of(fields: Mapping[str, str]) -> int:
    """A crawl's place among the archive's, in its warcinfo fields; 0 before there were numbers."""
    number = fields.get("crawl-number", "")
    return int(number) if number.isascii() and number.isdigit() else 0


def next_number(connection: sqlite3.Connection) -> int:
    """The number of the crawl that begins now. Crawls of two sites that begin at once may get the same: they share nothing."""
    number: int = connection.execute("SELECT coalesce(max(number), 0) + 1 FROM crawls").fetchone()[0]
    return number


def open_crawl(store: Store, fields: Mapping[str, str]) -> Profile:
    """The rows of a site and its new crawl; returns the profile.

    A crawl of the site that did not come to its end is concluded.
    """
    profile = put_crawl(store, fields)
    if conclude_unfinished(store, profile.site, fields["isPartOf"]):
        counts.recount_inside(store.connection, profile.site)
    return profile


def put_crawl(store: Store, fields: Mapping[str, str]) -> Profile:
    """The rows of a site and its crawl, from the warcinfo fields of the crawl's first file; returns the profile in them."""
    profile = profile_of(fields)
    url = profile.start_urls[0] if profile.start_urls else None
    site = {
        "id": profile.site,
        "name": profile.name or profile.site,
        "url": url,
        "in_language": profile.in_language,
        "country": profile.country,
    }
    store.put_site(site)
    crawl = {
        "id": fields["isPartOf"],
        "site_id": profile.site,
        "kind": fields["crawl-kind"],
        "number": number_of(fields),
        "started_at": fields["crawl-started"],
        "software": fields["software"],
        "config": fields["newsarchive-config"],
    }
    store.connection.execute(
        "INSERT INTO crawls (id, site_id, number, kind, started_at, software, config)"
        " VALUES (:id, :site_id, :number, :kind, :started_at, :software, :config) ON CONFLICT DO NOTHING",
        crawl,
    )
    return profile


def name_reader(store: Store, crawl_id: str, read_by: str) -> None:
    """Note with which code and profile a crawl's pages are read; of one that goes on with others nothing certain is known."""
    store.connection.execute(_READ_BY, [read_by, crawl_id])


def capture_key(exchange: Exchange) -> str:
    """The key under which an exchange's request is looked up (`urls.request_key`)."""
    return request_key(exchange.url, exchange.method, exchange.request.partition(b"\r\n\r\n")[2])


def open_warc(store: Store, name: str, crawl_id: str) -> None:
    """The row of a file as long as it is written: nothing but its name and its crawl."""
    store.connection.execute("INSERT INTO warcs (id, crawl_id) VALUES (?, ?) ON CONFLICT DO NOTHING", [name, crawl_id])


def put_capture(store: Store, capture: Capture, key: str, *, site_id: str, crawl_id: str) -> None:
    """The row of a capture, and of the file it stands in. What holds nothing to read counts as read."""
    open_warc(store, capture.warc, crawl_id)
    row = {
        "id": capture.record_id,
        "site_id": site_id,
        "crawl_id": crawl_id,
        "url": capture.url,
        "url_key": key,
        "captured_at": to_iso(capture.captured_at),
        "status": capture.status,
        "mime": capture.mime,
        "record_type": capture.record_type,
        "purpose": capture.purpose,
        "payload_digest": capture.payload_digest,
        "payload_bytes": capture.payload_bytes,
        "truncated": capture.truncated,
        "revisit_of": capture.revisit_of,
        "location": capture.location,
        "warc_id": capture.warc,
        "warc_offset": capture.offset,
        "warc_length": capture.length,
        "read_at": None if readable(capture) else to_iso(capture.captured_at),
    }
    store.upsert("captures", row)


def readable(capture: Capture) -> bool:
    """Whether an answer is given to the readers: 200 or 203, or a 304 to our question, whole, and with a body.

    A part would read as an edited page, and a requisite is none, whatever the server sends in its place.
    """
    answered = capture.status in (200, 203) or (capture.status == 304 and capture.record_type == "revisit")
    whole = capture.truncated is None and capture.payload_bytes > 0
    return whole and answered and capture.purpose != "requisite"


def put_pages(store: Store, pages: Iterable[ReadPage], site_id: str) -> None:
    """Everything that was read from these pages, by their time. A page that cannot be stored costs itself, not the others."""
    for page in sorted(pages, key=lambda page: (page.captured_at, page.capture_id)):
        store.connection.execute("SAVEPOINT page")
        try:
            _put_page(store, page, site_id)
        except (OSError, sqlite3.OperationalError):
            raise  # the disk or the database, not the page
        except Exception as error:  # whatever a hostile page, or somebody's pipeline, put into an item
            store.connection.execute("ROLLBACK TO page")
            logger.warning("Not stored: %s: %s: %s", page.capture_id, type(error).__name__, error)
            flag(store, page.capture_id, f"cannot be stored: {type(error).__name__}: {error}")
        store.connection.execute("RELEASE page")


def _put_page(store: Store, page: ReadPage, site_id: str) -> None:
    reading = page.reading
    thread = reading.thread and replace(reading.thread, id=store.threads.known_as(reading.thread.id))
    if reading.site_name:
        store.name_site(site_id, reading.site_name)
    if thread:
        pages = (request_key(f.url, f.method, f.body) for f in thread.pages)
        store.threads.put_thread(thread, site_id, page.capture_id, pages)
    put_signs(store.connection, page.capture_id, reading.signs)
    unnumbered = [store.comment_known_as(item) for item in page.items if isinstance(item, Comment) and is_provisional(item)]
    places = {comment.id: place for place, comment in enumerate(reading.comments)}
    observe(store, page.capture_id, sorted(unnumbered, key=lambda comment: places.get(comment.id, len(places))))
    article = next((store.article_known_as(item) for item in page.items if isinstance(item, Article)), None)
    store.pages.keep(page.capture_id, reading, article)
    for item in page.items:
        if isinstance(item, Article) and not waits(item):
            store.put(item)
    store.threads.sights.put(page.sights)
    store.put_comments(item for item in page.items if isinstance(item, Comment) and not is_provisional(item))
    store.threads.put_placements(reading.placements, to_iso(page.captured_at), page.capture_id)
    store.threads.put_sightings(page.capture_id, (comment for comment in reading.comments if not is_provisional(comment)))
    if thread:
        tallies.count_comments(store.connection, thread.id)
    if page.takedown:
        store.connection.execute(_BLANKING_DUE, [page.capture_id, page.takedown])
    if reading.noarchive:
        store.connection.execute("UPDATE captures SET noarchive = 1 WHERE id = ?", [page.capture_id])
    flag(store, page.capture_id, page.error or reading.failure)


def flag(store: Store, capture_id: str, error: str | None) -> None:
    """Say that a capture was read now, and what was wrong with it."""
    done = [to_iso(datetime.now(UTC)), error, capture_id]
    store.connection.execute("UPDATE captures SET read_at = ?, read_error = ? WHERE id = ?", done)


def put_outcomes(store: Store, crawl_id: str, outcomes: list[dict[str, str]]) -> None:
    """A row per address that was wanted and left no capture; the first account of each kind stands."""
    for outcome in outcomes:
        store.connection.execute(
            "INSERT INTO outcomes (crawl_id, url, kind, detail, at) VALUES (:crawl_id, :url, :kind, :detail, :at)"
            " ON CONFLICT DO NOTHING",
            outcome | {"crawl_id": crawl_id},
        )


def put_warc(store: Store, closed: ClosedWarc, crawl_id: str | None) -> None:
    """The row of a closed file: its size, digest and number of records."""
    row = {"id": closed.name, "crawl_id": crawl_id, "bytes": closed.bytes, "sha256": closed.sha256, "records": closed.records}
    store.upsert("warcs", row | {"closed_at": to_iso(closed.closed_at)})


def stop_crawl(store: Store, stop: Mapping[str, Any]) -> None:
    """Say why a crawl stopped before its end. It is not finished: the next one of its site goes on with it."""
    row = [stop["reason"], json.dumps(stop["stats"], sort_keys=True), stop["crawl"]]
    store.connection.execute("UPDATE crawls SET finish_reason = ?, stats = ? WHERE id = ? AND finished_at IS NULL", row)


def close_crawl(store: Store, site_id: str, end: Mapping[str, Any]) -> None:
    """Conclude a crawl from its last record: how it ended, which threads it saw whole, what follows from it.

    What charts show is then to be counted anew (`counts.recount`).
    """
    row = {"id": end["crawl"], "stats": json.dumps(end["stats"], sort_keys=True)}
    row |= {name: end[name] for name in ("finished_at", "finish_reason")}
    with schema.transaction(store.connection):
        store.connection.execute(
            "UPDATE crawls SET finished_at = :finished_at, finish_reason = :finish_reason, stats = :stats WHERE id = :id",
            row,
        )
        # A request that failed and was tried again may have left its capture after all.
        store.connection.execute(
            "DELETE FROM outcomes WHERE crawl_id = ?1 AND url IN (SELECT url FROM captures WHERE crawl_id = ?1)", [end["crawl"]]
        )
        conclude(store, end["crawl"])
        conclude_signs(store.connection, site_id, end["crawl"])
        tallies.describe_site(store.connection, site_id)

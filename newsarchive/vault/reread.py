"""A part of a WARC file read again in a worker process: from its bytes to what goes into the catalogue."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

from newsarchive.catalogue.normalise import normalise
from newsarchive.catalogue.sights import Sight
from newsarchive.catalogue.threads import is_provisional
from newsarchive.errors import DamagedRecord
from newsarchive.items import Article, Comment, Item, Page, Profile, Reading
from newsarchive.reading.pool import NO_MEMORY, ReadingPool, read_bounded
from newsarchive.urls import request_key, site_id
from newsarchive.vault.entries import ReadPage, readable
from newsarchive.vault.exchange import Capture
from newsarchive.vault.kept import Kept
from newsarchive.vault.recovery import account
from newsarchive.vault.replay import Note, Span, page_at, read_span, spans
from newsarchive.vault.takedown.suppression import Suppression
from newsarchive.vault.warcfile import ClosedWarc

SPAN = 1 << 18  # bytes of a file that a worker takes at once: some 25 pages, half a second of reading
_PATIENCE = 20  # how many times as long as one page a span may take
DAMAGED = "damaged record"


@dataclass(frozen=True, slots=True)
class Captured:
    """One capture, the key of its request, and what was read from it where there is something to read."""

    capture: Capture
    key: str
    page: ReadPage | None


@dataclass(slots=True)
class Part:
    """What a span of a file holds, in its order; `damage` is told for each place that could not be read. `closed` is the account
    of the whole file, where it was wanted."""

    found: list[Captured | Note] = field(default_factory=list)
    damage: list[str] = field(default_factory=list)
    closed: ClosedWarc | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A span of a file, the profile by which its pages are read (None: that of each page's site), what is taken down, and
    whether an account of the whole file is wanted with it."""

    span: Span
    profile: Profile | None
    suppression: Suppression
    accounted: bool = False


def read_parts(
    files: Iterable[tuple[Path, Profile | None]],
    pool: ReadingPool,
    suppression: Suppression,
    *,
    accounted: Container[Path] = (),
) -> Iterator[tuple[Piece, Part]]:
    """All that the files hold, in order; with the first part of those to be `accounted` for comes an account of the file.

    What breaks a worker is taken again page by page, to tell which page does.
    """
    pieces = (
        Piece(span, profile, suppression, path in accounted and not span.start)
        for path, profile in files
        for span in spans(path, SPAN)
    )
    for piece, part, _ in pool.share_out(reread, pieces, patience=_PATIENCE):
        if part is not None:
            yield piece, _with_room(part, piece, pool)
            continue
        for one, again, failure in pool.share_out(reread, singly(piece)):
            yield one, _with_room(again, one, pool) if again else unread(one, str(failure))


def _with_room(part: Part, piece: Piece, pool: ReadingPool) -> Part:
    """Pages for which there was no memory beside the record that they stand in are read as a crawl reads them: by themselves."""
    for at, one in enumerate(part.found):
        if isinstance(one, Captured) and one.page and one.page.error == NO_MEMORY:
            page = page_at(piece.span.path.parent, one.capture.warc, one.capture.offset, one.capture.length)
            reading, error = pool.read_alone(page, _profile_of(page, piece))
            part.found[at] = replace(one, page=passed(page, reading, error, piece.suppression))
    return part


def reread(piece: Piece, seconds: float) -> Part:
    """Read what a span holds, no page longer than `seconds` of CPU."""
    span = piece.span
    part = Part(closed=account(span.path) if piece.accounted else None)
    for record in read_span(span):
        if isinstance(record, DamagedRecord):
            part.damage.append(f"{span.path.name}: {record}")
        elif isinstance(record, Kept):
            part.found.append(_captured(record, piece, seconds))
        elif isinstance(record, Note):
            part.found.append(record)
    return part


def unread(piece: Piece, reason: str) -> Part:
    """What a span holds whose page no worker could read, for this reason."""
    part = Part()
    for record in read_span(piece.span):
        if isinstance(record, Kept):
            page = _failed(record, reason) if readable(record.capture) else None
            part.found.append(Captured(record.capture, _key(record), page))
        elif isinstance(record, Note):
            part.found.append(record)
    return part


def singly(piece: Piece) -> Iterator[Piece]:
    """The piece in pieces of one exchange each."""
    span = piece.span
    starts = [record.capture.offset for record in read_span(span) if isinstance(record, Kept)]
    bounds = [span.start, *(start for start in starts if start > span.start), span.end]
    for start, end in pairwise(bounds):
        yield replace(piece, span=replace(span, start=start, end=end))


def _captured(kept: Kept, piece: Piece, seconds: float) -> Captured:
    if not readable(kept.capture):
        page = None
    elif not kept.intact:
        page = _failed(kept, DAMAGED)
    else:
        reading, error = read_bounded(kept.page, _profile_of(kept.page, piece), seconds)
        page = passed(kept.page, reading, error, piece.suppression)
    return Captured(kept.capture, _key(kept), page)


def _profile_of(page: Page, piece: Piece) -> Profile:
    return piece.profile or Profile(site=site_id(page.url))


def passed(page: Page, reading: Reading, error: str | None, suppression: Suppression) -> ReadPage:
    """The page as a crawl lets it pass: without what is taken down, every item normalised. Where it leads to is left out."""
    reading, takedown = suppression.spare(reading, page.body_id)
    items: list[Item] = [reading.article] if reading.article else []
    normal = [normalise(item) for item in [*items, *reading.comments]]
    article = next((item for item in normal if isinstance(item, Article)), None)
    comments = tuple(item for item in normal if isinstance(item, Comment))
    slim = replace(reading, article=article, comments=comments, follow=())  # one copy of each is sent to the parent
    sights = [Sight.of(comment) for comment in comments if not is_provisional(comment)]
    rest = [item for item in normal if isinstance(item, Article) or is_provisional(item)]
    return ReadPage(page.record_id, page.captured_at, slim, rest, error, takedown, sights)


def _failed(kept: Kept, reason: str) -> ReadPage:
    return ReadPage(kept.capture.record_id, kept.capture.captured_at, Reading(), error=reason)


def _key(kept: Kept) -> str:
    return request_key(kept.page.url, kept.page.method, kept.page.request_body)

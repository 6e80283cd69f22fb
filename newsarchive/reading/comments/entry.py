"""A comment as a page or an answer shows it, and how it becomes a `Comment`: ids, parents, depth, place, time."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from newsarchive.items import Comment, comment_hash
from newsarchive.reading.comments.marks import interval
from newsarchive.reading.document import Document
from newsarchive.text import clean_block, clean_line, fold
from newsarchive.times import Interval, to_iso

_LONGEST_NAME = 2000  # characters, as everywhere in the catalogue; some readers type their comment into the field of the name
_EPOCH = (1e8, 1e10)  # seconds; a thousand times that are milliseconds


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in the page (or answer) of one comment.

    `id` is the platform's own, `parent` the id of the comment it answers, which may stand on another page. Where there are no
    ids, `under` is the place in this list (from 0) of the entry it answers. `words` is the time as the page shows it, `stamp`
    a machine's form of it (`moment`). `account` is the platform's id of the author's account, None for a mere nick. `hidden`
    means that the place is there and its text was taken away ("comment removed by a moderator").
    """

    text: str | None
    name: str | None = None
    words: str | None = None
    stamp: str | None = None
    id: str | None = None
    parent: str | None = None
    under: int | None = None
    account: str | None = None
    upvotes: int | None = None
    downvotes: int | None = None
    hidden: bool = False


def comments_of(
    document: Document, thread_id: str, entries: Sequence[Entry], *, scope: str = "", language: str | None = None
) -> tuple[Comment, ...]:
    """The comments of a page, in its order.

    `scope` stands before native ids that are unique within a part of the site only (`fr/`); no id has a `/` of its own.
    `language` is that of the article's page, where this is an answer that does not tell it (`marks.interval`).

    An entry without an id gets a provisional one of its thread, name and text, and of its place among equals on this page; the
    catalogue finds out which comment it is (`catalogue.identity`).
    """
    site, platform = document.profile.site, thread_id.partition(":")[0]
    ids = _ids(thread_id, entries)
    made = [
        _native(f"{site}:{platform}:{scope}", one.id) if one.id else f"{site}:~{given}"
        for one, given in zip(entries, ids, strict=True)
    ]
    parents, depths = [_parent(one, made, f"{site}:{platform}:{scope}") for one in entries], _depths(entries)
    times = [interval(document, (one.stamp, one.words), language) for one in entries]
    return tuple(
        _comment(document, thread_id, entry, made[at], parents[at], depths[at], at + 1, times[at])
        for at, entry in enumerate(entries)
    )


def _comment(
    document: Document,
    thread_id: str,
    entry: Entry,
    made: str,
    parent: str | None,
    depth: int | None,
    position: int,
    time: Interval | None,
) -> Comment:
    return Comment(
        id=made,
        site_id=document.profile.site,
        thread_id=thread_id,
        platform=thread_id.partition(":")[0],
        captured_at=document.page.captured_at,
        capture_id=document.page.record_id,
        author_name=clean_line((entry.name or "")[:_LONGEST_NAME]) or None,
        author_id=entry.account,
        parent_id=parent,
        depth=depth,
        position=position,
        date_created=time.earliest if time else None,
        date_created_precision=time.precision if time else None,
        date_created_earliest=time.earliest if time else None,
        date_created_latest=time.latest if time else None,
        date_created_raw=clean_line(entry.words or entry.stamp or "") or None,
        text=clean_block(entry.text or "") or None,
        upvotes=entry.upvotes,
        downvotes=entry.downvotes,
        status="hidden" if entry.hidden else "live",
    )


def _native(prefix: str, number: str) -> str:
    return prefix + number.replace("/", "%2F")


def _ids(thread_id: str, entries: Sequence[Entry]) -> list[str]:
    equals, found = Counter[tuple[str, str]](), []
    for entry in entries:
        same = fold(entry.name or ""), fold(entry.text or "")
        equals[same] += 1
        found.append(comment_hash(thread_id, *same, equals[same]))
    return found


def _parent(entry: Entry, made: Sequence[str], prefix: str) -> str | None:
    if entry.parent:
        return _native(prefix, entry.parent)
    return None if entry.under is None else made[entry.under]


def _depths(entries: Sequence[Entry]) -> list[int | None]:
    """How deep each entry hangs, 0 for one that answers the article; None where a parent stands on another page.

    A parent may stand before or behind its answers; a circle of parents has no depth.
    """
    places = {entry.id: at for at, entry in enumerate(entries) if entry.id}
    above = [places.get(one.parent) if one.parent else one.under for one in entries]
    depths: dict[int, int | None] = {}
    for start in range(len(entries)):
        way: list[int] = []
        at: int | None = start
        while at is not None and at not in depths:
            way.append(at)
            depths[at] = None  # met again before it is known: a circle
            at = above[at]
        for one in reversed(way):
            depths[one] = _depth(entries[one], above[one], depths)
    return [depths[at] for at in range(len(entries))]


def _depth(entry: Entry, above: int | None, depths: dict[int, int | None]) -> int | None:
    if above is None:
        return None if entry.parent else 0
    depth = depths[above]
    return None if depth is None else depth + 1


def moment(value: object) -> str | None:
    """A machine's time as text: ISO 8601 and the like as it is, an epoch in seconds, milliseconds or microseconds as ISO.

    None for what is no time.
    """
    if isinstance(value, str) and not value.strip().replace(".", "", 1).isdecimal():
        return clean_line(value) or None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        seconds = float(value)
    except OverflowError:  # a whole number of hundreds of digits
        return None
    if not math.isfinite(seconds) or seconds >= _EPOCH[1] * 1e6:
        return None
    while seconds >= _EPOCH[1]:
        seconds /= 1000
    return to_iso(datetime.fromtimestamp(int(seconds), UTC)) if seconds >= _EPOCH[0] else None

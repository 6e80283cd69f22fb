"""The ids that a page gives its comments, in an attribute or a permanent link; numbers that only count its rows are none."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from newsarchive.reading.comments.list_pieces import mark
from newsarchive.reading.comments.list_words import names_comment
from newsarchive.reading.document import Element

_LOOKED_AT = 24  # elements of a row
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_NUMBER = re.compile(r"[A-Za-z]*(\d{3,})")
_TOKEN = re.compile(r"[A-Za-z0-9]{5,}")
_ATTRIBUTES = (
    "data-comment-id",
    "data-commentid",
    "data-comment",
    "data-id",
    "data-post-id",
    "data-postid",
    "data-message-id",
    "id",
    "name",
)
_COUNTED = 1000  # numbers below are places on a page, or may be
_LONGEST = 64


def ids(rows: Sequence[tuple[Element, ...]]) -> tuple[list[str | None], dict[str, int]]:
    """The platform's own id of each row, all or none; and for every id in the page the row in which it stands."""
    parts = {part for row in rows for part in row}
    held: dict[tuple[str, str], dict[int, str]] = defaultdict(dict)
    names: dict[str, int] = {}
    for at, row in enumerate(rows):
        for place, attribute, value in _values(row, parts):
            held[place, attribute].setdefault(at, value)
            if attribute in ("id", "name"):
                names.setdefault(value, at)
    full = [key for key, values in held.items() if len(values) == len(rows)]
    for key in sorted(full, key=_rank):
        if found := _told([held[key][at] for at in range(len(rows))]):
            return list(found), names
    return [None] * len(rows), names


def _rank(key: tuple[str, str]) -> tuple[bool, int]:
    place, attribute = key
    return not (names_comment(attribute) or names_comment(place)), _ATTRIBUTES.index(
        attribute
    ) if attribute in _ATTRIBUTES else 99


def _values(row: tuple[Element, ...], parts: Collection[Element]) -> Iterator[tuple[str, str, str]]:
    """What names a row, or something at its head: place, attribute and value."""
    before = row[0].getprevious()
    if before is not None and before.tag == "a" and not len(before):
        yield from _named(before)
    for part in row:
        yield from _named(part)
        for one in islice(part.iterdescendants(), _LOOKED_AT):
            if one in parts:
                break
            if isinstance(one.tag, str):
                yield from _named(one)


def _named(element: Element) -> Iterator[tuple[str, str, str]]:
    for attribute in _ATTRIBUTES:
        value = element.get(attribute)
        if value and len(value) <= _LONGEST and (attribute != "name" or element.tag == "a"):
            yield mark(element), attribute, value
    href = element.get("href")
    if (
        href
        and "#" in href
        and element.tag == "a"
        and len(fragment := href.rpartition("#")[2]) <= _LONGEST
        and names_comment(fragment)
    ):
        yield mark(element), "href", fragment


def _told(values: Sequence[str]) -> tuple[str, ...]:
    """The part of these names that tells the rows apart; nothing if it is only a count."""
    if len(set(values)) < len(values):
        return ()
    rests = [_own(value) for value in values]
    numbers = [int(rest) for rest in rests if rest.isdecimal() and len(rest) < 20]
    if not all(rests) or len(set(rests)) < len(rests) or (numbers and min(numbers) < _COUNTED):
        return ()
    return tuple(rests)


def _own(value: str) -> str:
    """The part of a name that is one comment's own: a UUID, the number at its end, or what stands behind the last sign."""
    if found := _UUID.search(value):
        return found[0]
    last = re.split(r"[^A-Za-z0-9]", value)[-1]
    if number := _NUMBER.fullmatch(last):
        return number[1]
    told = any(map(str.isdigit, last)) or (last[1:] != last[1:].lower() and last != last.upper())
    return last if told and _TOKEN.fullmatch(last) else ""

"""Bring an item into the one form in which the catalogue keeps and compares it; doing it twice changes nothing."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from newsarchive.items import Item
from newsarchive.text import clean_block, clean_line
from newsarchive.urls import canonical

_BLOCKS = {"text", "description"}
_LINES = {
    *("headline", "alternative_headline", "section", "in_language", "attribution", "author_name"),
    *("date_published_raw", "date_modified_raw", "date_created_raw"),
}
_ADDRESSES = {"links", "media", "aliases", "pages"}
# What a page made to fill the disk may put into one row; its bytes stay in the WARC. Characters, and an SQLite-safe integer.
_LONGEST_BLOCK, _LONGEST_LINE, _LARGEST = 2_000_000, 2_000, 2**53


def normalise(item: Item) -> Item:
    """A copy of `item`: texts cleaned and bounded, lists without repetition, addresses canonical, empty strings as None.

    Ids and keys stay as they are. A number that no honest page shows (above 2**53) becomes None.
    """
    values: dict[str, Any] = {f.name: _value(f.name, getattr(item, f.name)) for f in fields(item)}
    return replace(item, **values)


def _value(name: str, value: Any) -> Any:
    if isinstance(value, str) and name in _BLOCKS:
        return clean_block(value[:_LONGEST_BLOCK]) or None
    if isinstance(value, str) and name in _LINES:
        return clean_line(value[:_LONGEST_LINE]) or None
    if isinstance(value, list):
        values = (canonical(v) if name in _ADDRESSES else clean_line(v[:_LONGEST_LINE]) for v in value)
        return list(dict.fromkeys(v for v in values if v))
    if isinstance(value, int) and abs(value) > _LARGEST:
        return None
    return value

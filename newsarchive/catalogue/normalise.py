"""Bring an item into the one form in which the catalogue keeps and compares it; doing it twice changes nothing."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from newsarchive.items import Item
from newsarchive.text import clean_block, clean_line
from newsarchive.urls import canonical

_BLOCKS = {"text", "description"}
_ADDRESSES = {"links", "media", "aliases"}


def normalise(item: Item) -> Item:
    """A copy of `item`: texts cleaned, lists without repetition, addresses canonical, empty strings as None."""
    values: dict[str, Any] = {f.name: _value(f.name, getattr(item, f.name)) for f in fields(item)}
    return replace(item, **values)


def _value(name: str, value: Any) -> Any:
    if isinstance(value, str):
        return (clean_block(value) if name in _BLOCKS else clean_line(value)) or None
    if isinstance(value, list):
        values = (canonical(v) if name in _ADDRESSES else clean_line(v) for v in value)
        return list(dict.fromkeys(v for v in values if v))
    return value

"""Bring an item into the one form in which the catalogue keeps and compares it; doing it twice changes nothing."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TypeVar

from newsarchive.items import Article, Comment
from newsarchive.text import clean_block, clean_line
from newsarchive.urls import canonical

AnyItem = TypeVar("AnyItem", Article, Comment)

_BLOCKS = {"text", "description"}
_ADDRESSES = {"links", "media", "aliases"}


def normalise(item: AnyItem) -> AnyItem:
    """A copy of `item`: texts cleaned, lists without repetition, addresses canonical, empty strings as None."""
    return replace(item, **{f.name: _value(f.name, getattr(item, f.name)) for f in fields(item)})


def _value(name: str, value: object) -> object:
    if isinstance(value, str):
        return (clean_block(value) if name in _BLOCKS else clean_line(value)) or None
    if isinstance(value, list):
        values = (canonical(v) if name in _ADDRESSES else clean_line(v) for v in value)
        return list(dict.fromkeys(v for v in values if v))
    return value

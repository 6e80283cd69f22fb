"""The time zone of a newspaper, from its country and the offsets in its dates; None where these leave more than one open."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

_OFFSET = re.compile(r"\d{2}:?\d{2}(?::?\d{2})?(?:\.\d+)?\s?([+-])(\d{2}):?(\d{2})$")
_OTHER_CODES = {"uk": "GB"}  # top-level domains that are no ISO 3166 code of their country


def country_of(host: str) -> str | None:
    """The country of a host's top-level domain; None for others (.com), and for those that all the world uses."""
    last = host.rpartition(".")[2].lower()
    code = _OTHER_CODES.get(last, last.upper())
    return code if code in _zones() and last not in ("tv", "me", "io", "co", "ai", "cc", "fm", "ws") else None


def zone_of(country: str | None, dates: Iterable[tuple[str, datetime]]) -> str | None:
    """The one zone of the country (IANA's zone.tab) in which all dates have the offset that they are written with.

    `dates` are words of dates and the instants that they mean. Without a country, or where several zones fit, nothing is sure.
    """
    offsets = [(at, offset) for raw, at in dates if (offset := _offset(raw)) is not None]
    named = _zones().get(country or "", ())
    fits = [name for name in named if all(at.astimezone(ZoneInfo(name)).utcoffset() == offset for at, offset in offsets)]
    halves = [datetime(2026, month, 1) for month in (1, 7)]  # noqa: DTZ001  # days of the zone's own clock
    same = {tuple(ZoneInfo(name).utcoffset(day) for day in halves) for name in fits}
    return fits[0] if len(same) == 1 else None


def _offset(raw: str) -> timedelta | None:
    found = _OFFSET.search(raw.strip())
    if not found:
        return None
    offset = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return -offset if found[1] == "-" else offset


@cache
def _zones() -> dict[str, tuple[str, ...]]:
    """The zones of each country, the capital's or largest one's first, as zone.tab has them."""
    zones: dict[str, list[str]] = {}
    for line in _table().splitlines():
        if line and not line.startswith("#"):
            code, _, name, *_ = line.split("\t")
            zones.setdefault(code, []).append(name)
    return {code: tuple(names) for code, names in zones.items()}


def _table() -> str:
    try:
        return (files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8")
    except (ModuleNotFoundError, FileNotFoundError):
        return Path("/usr/share/zoneinfo/zone.tab").read_text("utf-8")

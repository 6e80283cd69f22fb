"""Absolute dates of articles: the words a page writes them in, read as instants."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import dateparser

_ISO = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:[T ]+(\d{2}:\d{2}(?::\d{2})?)(?:[.,]\d+)?\s*(Z|[+-]\d{2}:?(?:\d{2})?)?)?(?![\d:])", re.IGNORECASE
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?(Z)?")
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?")
_NUMERIC = re.compile(r"\b(\d{1,2})[./-](\d{1,2})[./-](\d{4})\b")
_CLOCK = re.compile(r"\b(\d{1,2})[:.h](\d{2})(?::(\d{2}))?\s*([ap])?\.?(?:m\.?)?(?!\w)", re.IGNORECASE)
_LABEL = re.compile(
    r"^\W*(?:(?:first |last )?(?:published|updated|posted|modified|veröffentlicht|aktualisiert|publicado|publié"
    r"|pubblicato)(?: on| at| am)?)\W+",
    re.I,
)
_SLACK = timedelta(days=1)  # clocks differ, and a page may name its local time without an offset
_EARLIEST = 1990
_LONGEST = 200


def read_instant(raw: str, *, at: datetime, time_zone: str | None = None, language: str | None = None) -> datetime | None:
    """The UTC instant that `raw` means; None if it is no date, or one after `at`, when the page was captured.

    ISO 8601, RFC 5322, seconds or milliseconds since 1970, `d/m/y`, and words in the page's `language` (BCP 47) are
    read. Where no offset is given, `time_zone` (IANA) counts, else UTC. A day without an hour is its first instant.
    Day comes before month but in US English; if that would lie after `at`, the other order counts.
    """
    zone = _zone(time_zone)
    for found in _readings(" ".join(raw[:_LONGEST].split()), zone, language or "", at):
        if _EARLIEST <= found.year <= at.year + 1:
            instant = (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)
            if instant <= at + _SLACK:
                return instant
    return None


def _zone(name: str | None) -> tzinfo:
    try:
        return ZoneInfo(name) if name else UTC
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def _readings(raw: str, zone: tzinfo, language: str, at: datetime) -> Iterator[datetime]:
    """What `raw` can mean, most likely first."""
    for reader in (_iso, _compact, _epoch, _mail):
        try:
            found = reader(raw)
        except (ValueError, OverflowError, TypeError):
            continue
        if found:
            yield found
            return
    yield from _numeric(raw, language)
    if worded := _worded(raw, language, at):
        yield worded


def _iso(raw: str) -> datetime | None:
    if not (found := _ISO.search(raw)):
        return None
    day, clock, offset = found.groups()
    offset = {"Z": "+00:00", None: ""}.get(offset and offset.upper(), offset)
    return datetime.fromisoformat(f"{day}T{clock or '00:00'}{offset}")  # naive where the page is; read_instant sets the zone


def _compact(raw: str) -> datetime | None:
    if not (found := _COMPACT.fullmatch(raw)):
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC if found[7] else None)


def _epoch(raw: str) -> datetime | None:
    return datetime.fromtimestamp(int(raw[:10]), UTC) if _EPOCH.fullmatch(raw) else None


def _mail(raw: str) -> datetime | None:
    return parsedate_to_datetime(raw) if re.match(r"(?:\w{3}, )?\d{1,2} \w{3} \d{4} \d{2}:\d{2}", raw) else None


def _numeric(raw: str, language: str) -> Iterator[datetime]:
    if not (found := _NUMERIC.search(raw)):
        return
    first, second, year = (int(part) for part in found.groups())
    hour, minute, second_ = _clock(raw[: found.start()] + " " + raw[found.end() :])
    orders = [(second, first), (first, second)]
    for month, day in reversed(orders) if language.lower() in ("en-us", "en-ph") else orders:
        try:
            yield datetime(year, month, day, hour, minute, second_)  # noqa: DTZ001  the caller sets the zone
        except ValueError:
            continue


def _clock(raw: str) -> tuple[int, int, int]:
    if not (found := _CLOCK.search(raw)):
        return 0, 0, 0
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    if half := (found[4] or "").lower():
        hour = hour % 12 + (12 if half == "p" else 0)
    return (hour, minute, second) if hour < 24 and minute < 60 and second < 60 else (0, 0, 0)


def _worded(raw: str, language: str, at: datetime) -> datetime | None:
    """A date in words, by dateparser; English counts beside the page's language."""
    raw = _LABEL.sub("", raw)
    if len(raw) > 80 or not re.search(r"\d{4}", raw):
        return None
    languages = list(dict.fromkeys([language.partition("-")[0].lower() or "en", "en"]))
    settings = {"RELATIVE_BASE": at.replace(tzinfo=None), "REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"]}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # dateparser 1.5 on Python 3.13: strptime without a year
        found: datetime | None
        try:
            found = dateparser.parse(raw, languages=languages, settings=settings)
        except ValueError:  # a language dateparser does not know
            found = dateparser.parse(raw, languages=["en"], settings=settings)
        return found

"""What a newspaper's file says, checked before the first request: a slip of the pen must not cost a crawl."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from lxml.cssselect import CSSSelector, SelectorError

from newsarchive.endpoints import Endpoint
from newsarchive.errors import UsageError
from newsarchive.items import Profile
from newsarchive.reading.comments import NAMES
from newsarchive.reading.comments.endpoint_describe import described
from newsarchive.urls import canonical, site_id

_HOST = re.compile(r"(?:[\w-]+(?:\.[\w-]+)*|\[[0-9a-fA-F:]+\])(?::\d{1,5})?")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def profile_of(newspaper: Any, *, own_reader: bool) -> Profile:
    """The profile that a `NewsSite` declares. Raises UsageError with the field and what is wrong with it."""
    start_urls = _addresses(newspaper)
    for field in ("comment_hosts", "tls_exceptions"):
        _check_hosts(newspaper, field)
    _check_expected(newspaper)
    kind = type(newspaper)
    return Profile(
        site=site_id(start_urls[0]),
        name=newspaper.title,
        start_urls=start_urls,
        in_language=next(iter(_languages(newspaper, "in_language", [newspaper.in_language])), None),
        languages=_languages(newspaper, "languages", newspaper.languages),
        country=newspaper.country,
        time_zone=_time_zone(newspaper),
        article_urls=_pattern(newspaper),
        selectors=_selectors(newspaper),
        endpoints=_endpoints(newspaper),
        spider=f"{kind.__module__}:{kind.__qualname__}" if own_reader else None,
    )


def _wrong(newspaper: Any, field: str, value: object, wanted: str) -> UsageError:
    return UsageError(f"newspaper {newspaper.name!r}: {field} = {value!r} is wrong: {wanted}")


def _addresses(newspaper: Any) -> tuple[str, ...]:
    given = getattr(newspaper, "start_urls", None)
    if isinstance(given, str) or not given:
        raise _wrong(newspaper, "start_urls", given, 'a list of addresses is wanted, as ["https://gazette.example/"]')
    found = [canonical(str(url)) for url in given]
    if None in found:
        raise _wrong(newspaper, "start_urls", given[found.index(None)], "no http or https address")
    return tuple(url for url in found if url)


def _check_hosts(newspaper: Any, field: str) -> None:
    given = getattr(newspaper, field)
    for host in (given,) if isinstance(given, str) else given:
        if isinstance(given, str) or not _HOST.fullmatch(host):
            raise _wrong(
                newspaper, field, given, 'a list of hosts is wanted, as ("talk.gazette.example", "gazette.example:8443")'
            )


def _check_expected(newspaper: Any) -> None:
    """Minimums by name (docs/watching.md)."""
    given = newspaper.expected
    if not isinstance(given, Mapping) or not given.keys() <= {"articles", "comments", "pages"}:
        raise _wrong(newspaper, "expected", given, 'minimums are wanted, as {"articles": 20, "comments": 5}')
    if not all(isinstance(least, int) and least >= 0 for least in given.values()):
        raise _wrong(newspaper, "expected", given, "a minimum is a whole number, 0 or more")


def _languages(newspaper: Any, field: str, given: Sequence[str | None]) -> tuple[str, ...]:
    if isinstance(given, str):
        raise _wrong(newspaper, field, given, 'a list of codes is wanted, as ("en", "sn")')
    for code in given:
        if code is not None and not _LANGUAGE.fullmatch(code):
            raise _wrong(newspaper, field, code, 'a BCP 47 code is wanted, as "en" or "zh-Hant"')
    return tuple(code for code in given if code)


def _time_zone(newspaper: Any) -> str | None:
    name: str | None = newspaper.time_zone
    try:
        ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise _wrong(newspaper, "time_zone", name, 'an IANA name is wanted, as "Africa/Harare"') from None
    return name


def _pattern(newspaper: Any) -> str | None:
    pattern: str | None = newspaper.article_urls
    try:
        re.compile(pattern or "")
    except re.error as error:
        raise _wrong(newspaper, "article_urls", pattern, f"no regular expression ({error})") from None
    return pattern


def _selectors(newspaper: Any) -> tuple[tuple[str, str], ...]:
    for field, selector in newspaper.selectors.items():
        try:
            CSSSelector(selector)
        except SelectorError as error:
            raise _wrong(newspaper, f"selectors[{field!r}]", selector, f"no CSS selector ({error})") from None
    return tuple(sorted(newspaper.selectors.items()))


def _endpoints(newspaper: Any) -> tuple[Endpoint, ...]:
    """The comment platforms that the file describes: one table, or a list of them."""
    given = newspaper.comments
    tables = list(given) if isinstance(given, list | tuple) else [given] if given else []
    return tuple(described(table, where=f"newspaper {newspaper.name!r}: comments", taken=NAMES) for table in tables)

"""The key under which web archives look up an address: its host turned round, its path and query in one form (SURT).

There is no standard beside what the tools of the Internet Archive do; this was compared with their `surt` 0.3.1 (2026-11-28).
"""

from __future__ import annotations

import re
from ipaddress import IPv6Address
from urllib.parse import quote_from_bytes, unquote_to_bytes, urlsplit

from newsarchive.urls import canonical

_AS_IT_IS = "!\"$&'()*+,-./:;<=>?@[\\]^_`{|}~"
_WWW = re.compile(r"www\d*\.")
_SLASHES = re.compile(r"/{2,}")
_SESSION = re.compile(r"(?:jsessionid|phpsessid|sid)=[0-9a-z]{32}|aspsessionid[a-z]{8}=[a-z]{24}")
_PORTS = {"http": 80, "https": 443}


def surt(url: str) -> str:
    """`https://www.Example.com:8080/A/?b=2&a=1` gives `com,example:8080)/a?a=1&b=2`."""
    parts, known = (
        urlsplit(url),
        urlsplit(canonical(url) or url),
    )  # the host in ASCII, the rest as it was asked
    host = known.hostname or ""
    host = host[found.end() :] if (found := _WWW.match(host)) else host
    port = f":{known.port}" if known.port and known.port != _PORTS.get(known.scheme) else ""
    path = _SLASHES.sub("/", _one_form(parts.path) or "/")
    path = path.removesuffix("/") or "/"
    query = "&".join(sorted(one for one in _one_form(parts.query).split("&") if not _SESSION.fullmatch(one)))
    return f"{_turned(host)}{port}){path}{'?' if query else ''}{query}"


def _one_form(text: str) -> str:
    """Escapes undone as long as there are any, and done once; lower case."""
    raw = text.encode("utf-8", "replace")
    while (plain := unquote_to_bytes(raw)) != raw:
        raw = plain
    return quote_from_bytes(raw, safe=_AS_IT_IS).lower()


def _turned(host: str) -> str:
    try:
        return str(IPv6Address(host))
    except ValueError:
        return ",".join(reversed(host.split(".")))

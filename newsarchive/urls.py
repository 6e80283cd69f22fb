"""Addresses: their canonical form, the key they are compared by, their server, the id of the site they belong to, its scope."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import sha256
from ipaddress import IPv6Address
from urllib.parse import parse_qsl, quote, unquote_to_bytes, urlencode, urljoin, urlsplit, urlunsplit

import idna
from w3lib.url import safe_url_string

# Longer addresses are traps or data: servers need not take more (RFC 9110, 4.1), and few do.
MAX_LENGTH = 8000

# Parameters that name the reader's way to a page, not the page (the lists of Mozilla and Brave name the same), those of
# WordPress that show the same page with another reply form, and the session ids of the usual servers.
_TRACKING = re.compile(
    r"(?:amp;)*"
    r"(?:utm_\w+|fbclid|gclid|gclsrc|[gw]braid|dclid|msclkid|yclid|ttclid|twclid|igshi?d?|srsltid|mc_[ce]id|mkt_tok|oly_\w+_id"
    r"|vero_(?:id|conv)|_hsenc|_hsmi|__hs\w+|__s|_ga|_gl|_openstat|wt_mc|s_cid|at_\w+|cmpid|icid|ncid|ref_src"
    r"|replytocom|unapproved|moderation-hash|phpsessid|jsessionid|aspsessionid\w*|cfid|cftoken)(?:=.*)?"
    r"|(?:s|sid|sess|session|session_?id|oscsid|zenid)=[0-9a-f]{32,}",
    re.IGNORECASE,
)
# Java's `;jsessionid=`, and the folder in which ASP.NET keeps a session: `/(S(...))/`.
_SESSION_IN_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/;]*|/\((?:[A-Z]\([0-9a-z]{24}\))+\)(?=/|$)", re.IGNORECASE)
_DEFAULT_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]|\.(?!\.))*")
_EDGES = "".join(map(chr, range(0x21))) + "\x7f\xa0\ufeff\u200b\u200e\u200f\u2028\u2029"


def canonical(url: str, base: str | None = None) -> str | None:
    """The form in which an address is asked for: absolute, no fragment, no tracking, no session, no user information; or None.

    None stands for what cannot be asked over HTTP: another scheme, no host, a port that is no number, an endless address.
    The host is lower case and IDNA 2008-encoded (UTS 46), a default port is dropped, dot segments are resolved, the rest is
    percent-encoded as RFC 3986 wants it. What is canonical stays as it is.
    """
    if len(url) > MAX_LENGTH:
        return None
    try:
        return _canonical(urljoin(base, url.strip(_EDGES)) if base else url.strip(_EDGES))
    except ValueError:  # no address at all: a bad port, an open bracket, a lone surrogate, a host that IDNA refuses
        return None


@lru_cache(maxsize=1024)  # each address is asked for several times in a row: its form, its key, its site
def _canonical(url: str) -> str | None:
    parts = urlsplit(url)
    if parts.scheme not in _DEFAULT_PORTS or not (host := _host(parts.hostname or "")):
        return None
    port = "" if parts.port in (None, _DEFAULT_PORTS[parts.scheme]) else f":{parts.port}"
    parts = urlsplit(safe_url_string(urlunsplit((parts.scheme, host + port, parts.path, parts.query, ""))))
    query = "&".join(pair for pair in parts.query.split("&") if not _TRACKING.fullmatch(pair))
    found = urlunsplit((parts.scheme, parts.netloc, _resolved(_SESSION_IN_PATH.sub("", parts.path)), query, ""))
    return found if len(found) <= MAX_LENGTH else None


def _asciified(url: str) -> str:
    """Something that every URL parser takes, for what is no address: the same text gives the same key all the same."""
    return url.encode("ascii", "backslashreplace").decode().replace("[", "%5B").replace("]", "%5D")


def _host(name: str) -> str | None:
    if ":" in name:
        return f"[{IPv6Address(name.partition('%')[0]).compressed}]"
    ascii_name = name if name.isascii() else idna.encode(name, uts46=True).decode("ascii")
    return ascii_name.removesuffix(".") if _HOST.fullmatch(ascii_name) else None


def _resolved(path: str) -> str:
    """The path without its `.` and `..` segments (RFC 3986, 5.2.4)."""
    if "/." not in path:
        return path or "/"
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            kept[-1:] = []
        elif segment != ".":
            kept.append(segment)
    return "/" + "/".join(kept) + ("/" if segments[-1] in (".", "..") and kept else "")


def url_key(url: str) -> str:
    """The key by which two addresses count as one: no scheme, no `www.`, no slash at the end, parameters in order.

    It is for looking up, never for asking. `https://www.Example.com/a/?b=2&a=1` gives `example.com/a?a=1&b=2`.
    """
    parts = urlsplit(canonical(url) or _asciified(url))
    path = quote(unquote_to_bytes(parts.path), safe="/:@!$&'()*+,;=~-._").rstrip("/")
    # Latin-1 stands for "byte by byte": slugs of older sites are escaped in Windows-1251, GBK and their kin.
    query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True, encoding="latin-1")), encoding="latin-1")
    return parts.netloc.removeprefix("www.") + path + (f"?{query}" if query else "")


def request_key(url: str, method: str = "GET", body: bytes = b"") -> str:
    """The key of a request: `url_key`, and for another method than GET also the method and a digest of the body."""
    return url_key(url) if method == "GET" else f"{url_key(url)} {method} {sha256(body).hexdigest()[:32]}"


def site_id(url: str) -> str:
    """A site's id, from host and port: lower case, no `www.`, other signs as `-`: `127-0-0-1-8101`."""
    netloc = urlsplit(canonical(url) or _asciified(url)).netloc.rpartition("@")[2].lower().removeprefix("www.")
    return re.sub(r"[^a-z0-9]+", "-", netloc).strip("-")


def server_of(url: str) -> str:
    """The server that an address is asked from: `host:port` in lower case, without a usual port."""
    parts = urlsplit(url)
    return parts.netloc.rpartition("@")[2].lower().removesuffix(f":{_DEFAULT_PORTS.get(parts.scheme)}")


def same_site(url: str, other: str) -> bool:
    """Whether two addresses are of one site: the same host and port, `www.` and the scheme aside."""
    hosts = {urlsplit(address).netloc.removeprefix("www.") if address else None for address in (canonical(url), canonical(other))}
    return len(hosts) == 1 and None not in hosts

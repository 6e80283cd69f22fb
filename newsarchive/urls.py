"""Addresses: their canonical form, the key they are compared by, the id of the site they belong to, and its scope."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

from w3lib.url import safe_url_string

# Parameters that name the reader's way to a page, not the page (the lists of Mozilla and Brave name the same), and those of
# WordPress that show the same page with another reply form.
_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|_ga|_gl|wt_mc|at_\w+|cmpid|icid|ncid|ref_src"
    r"|replytocom|unapproved|moderation-hash|PHPSESSID|jsessionid)",
    re.IGNORECASE,
)
_DEFAULT_PORTS = {"http": 80, "https": 443}
_UNRESERVED = re.compile(r"%([0-9a-fA-F]{2})")


def canonical(url: str, base: str | None = None) -> str | None:
    """The form in which an address is asked for: absolute, no fragment, no tracking, no user information; or None.

    None stands for what cannot be asked over HTTP: another scheme, no host, a port that is no number.
    The host is lower case and IDNA-encoded, a default port is dropped, the rest is percent-encoded as RFC 3986 wants it.
    """
    try:
        parts = urlsplit(safe_url_string(urljoin(base, url.strip()) if base else url.strip()))
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in _DEFAULT_PORTS or not host:
        return None
    netloc = f"[{host}]" if ":" in host else host
    if port is not None and port != _DEFAULT_PORTS[parts.scheme]:
        netloc += f":{port}"
    query = "&".join(pair for pair in parts.query.split("&") if not _TRACKING.fullmatch(pair.partition("=")[0]))
    return urlunsplit((parts.scheme, netloc, parts.path or "/", query, ""))


def url_key(url: str) -> str:
    """The key by which two addresses count as one: no scheme, no `www.`, no slash at the end, parameters in order.

    It is for looking up, never for asking. `https://www.Example.com/a/?b=2&a=1` gives `example.com/a?a=1&b=2`.
    """
    parts = urlsplit(canonical(url) or url)
    host = (parts.netloc or "").removeprefix("www.")
    path = quote(unquote(parts.path), safe="/:@!$&'()*+,;=~-._").rstrip("/")
    query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True)))
    return host + path + (f"?{query}" if query else "")


def site_id(url: str) -> str:
    """A site's id, from host and port: lower case, no `www.`, other signs as `-`: `127-0-0-1-8101`."""
    netloc = urlsplit(canonical(url) or url).netloc.rpartition("@")[2].lower().removeprefix("www.")
    return re.sub(r"[^a-z0-9]+", "-", netloc).strip("-")


def same_site(url: str, other: str) -> bool:
    """Whether two addresses are of one site: the same host and port, `www.` and the scheme aside."""
    return site_id(url) == site_id(other)

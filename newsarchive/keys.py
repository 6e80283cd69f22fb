"""Keys of comment platforms: readers name them by a placeholder, the capture handler puts them in, and no request keeps them.

Some platforms answer only to a key that belongs to the person who asks, or to a query's id that belongs to one newspaper's
version of them. Those stand in the setting NEWSARCHIVE_KEYS (`disqus=AbC123, coral@talk.gazette.example=4f1e...`), never in a
site's file or an archive. A reader is pure and knows none: it writes `placeholder("disqus")` into the address, a header or the
body that it leads to, and that is what stands in the WARC, the catalogue and the logs.

A key goes to its own host and to no other: any page may write a placeholder into a link.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from newsarchive.errors import UsageError

_PREFIX = "newsarchive-key-"
_PLACEHOLDER = re.compile(_PREFIX + r"([a-z0-9]+)")
_ENTRY = re.compile(r"(?P<name>[a-z0-9]+)(?:@(?P<host>[a-z0-9.:-]+))?\s*=\s*(?P<key>[A-Za-z0-9._~-]{6,512})")
_HOSTS = {"disqus": "disqus.com"}  # platforms that have one host for everybody


def placeholder(name: str) -> str:
    """What stands for the key called `name` (lower case letters and digits) until a request goes over the wire."""
    return _PREFIX + name


@dataclass(frozen=True, slots=True)
class Keys:
    """The user's keys by name and host (with its port, where it has one)."""

    known: Mapping[tuple[str, str], str]

    @classmethod
    def parse(cls, text: str) -> Keys:
        """Read `name=key` and `name@host=key`, parted by commas. Raises UsageError, without the key, for what is neither.

        A key has 6 to 512 signs that need no percent-encoding, so that it looks the same wherever it stands.
        """
        found = {}
        for entry in filter(None, (part.strip() for part in text.split(","))):
            name = entry.partition("=")[0].strip()
            if not (read := _ENTRY.fullmatch(entry)):
                raise UsageError(f"NEWSARCHIVE_KEYS: {name!r}: name=key is wanted, the key of letters, digits and . _ ~ -")
            if not (host := read["host"] or _HOSTS.get(read["name"])):
                raise UsageError(f"NEWSARCHIVE_KEYS: {name!r}: say which host it is for, as {name}@talk.gazette.example=...")
            found[read["name"], host] = read["key"]
        return cls(found)

    def missing(self, url: str, *parts: str | bytes) -> str | None:
        """The name of the first key that a request to `url` wants and that is not known for its host; None if there is none.

        `parts` are the request's headers and body.
        """
        host = _host(url)
        texts = [part.decode("latin-1") if isinstance(part, bytes) else part for part in (url, *parts)]
        wanted = (name for text in texts for name in _PLACEHOLDER.findall(text))
        return next((name for name in wanted if (name, host) not in self.known), None)

    def fill(self, url: str, part: bytes) -> bytes:
        """A part of the request to `url` with the keys of its host in place of their names; all other names stay names."""
        for (name, host), key in self.known.items():
            if host == _host(url):
                part = re.sub(re.escape(placeholder(name)).encode() + rb"(?![a-z0-9])", key.encode(), part)
        return part

    def hide(self, part: bytes) -> bytes:
        """What was sent, or an address that an answer leads to, with the keys' names in their place."""
        for (name, _), key in self.known.items():
            part = part.replace(key.encode(), placeholder(name).encode())
        return part


def _host(url: str) -> str:
    return urlsplit(url).netloc.rpartition("@")[2].lower()

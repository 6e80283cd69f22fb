"""Keys of comment platforms: readers name them by a placeholder, the capture handler puts them in, and no record holds them.

Some platforms answer only to a key that belongs to the person who asks, or to a query's id that belongs to one newspaper's
version of them. Those stand in the setting NEWSARCHIVE_KEYS (`disqus=AbC123, coral=4f1e...`), never in a site's file or an
archive. A reader is pure and knows none: it writes `placeholder("disqus")` into the address, a header or the body that it leads
to, and that is what stands in the WARC, the catalogue and the logs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from newsarchive.errors import UsageError

_PREFIX = "newsarchive-key-"
_PLACEHOLDER = re.compile(_PREFIX + r"([a-z0-9]+)")
_ENTRY = re.compile(r"([a-z0-9]+)\s*=\s*([A-Za-z0-9._~-]{6,512})")


def placeholder(name: str) -> str:
    """What stands for the key called `name` (lower case letters and digits) until a request goes over the wire."""
    return _PREFIX + name


@dataclass(frozen=True, slots=True)
class Keys:
    """The user's keys by name."""

    known: Mapping[str, str]

    @classmethod
    def parse(cls, text: str) -> Keys:
        """Read `name=key` pairs, parted by commas. Raises UsageError, without the key, for what is none.

        A key has 6 to 512 signs that need no percent-encoding, so that it looks the same wherever it stands.
        """
        pairs = [entry.strip() for entry in text.split(",") if entry.strip()]
        found = [_ENTRY.fullmatch(pair) for pair in pairs]
        if None in found:
            name = pairs[found.index(None)].partition("=")[0].strip()
            raise UsageError(f"NEWSARCHIVE_KEYS: {name!r}: name=key is wanted, the key of letters, digits and . _ ~ -")
        return cls({one[1]: one[2] for one in found if one})

    def missing(self, *parts: str | bytes) -> str | None:
        """The name of the first key that these parts of a request want and that is not known; None if there is none."""
        texts = [part.decode("latin-1") if isinstance(part, bytes) else part for part in parts]
        return next((name for text in texts for name in _PLACEHOLDER.findall(text) if name not in self.known), None)

    def fill(self, part: bytes) -> bytes:
        """The part of a request with its keys in place of their names; one that is not known stays a name."""
        for name, key in self.known.items():
            part = re.sub(re.escape(placeholder(name)).encode() + rb"(?![a-z0-9])", key.encode(), part)
        return part

    def hide(self, part: bytes) -> bytes:
        """The inverse of `fill`: what was sent, with the keys' names in their place."""
        for name, key in self.known.items():
            part = part.replace(key.encode(), placeholder(name).encode())
        return part

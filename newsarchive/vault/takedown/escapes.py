"""A page's bytes as text without escapes, with a way back to the bytes: entities, JSON escapes, percent-encoding, UTF-8.

A passage may stand in a page as HTML, in an attribute, in JSON, in HTML in JSON, in a feed's escaped HTML, in an address.
Instead of asking which, every escape is undone that looks like one, layer by layer; what is looked for is treated alike.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import unquote

_UTF_8 = re.compile("[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_ESCAPE = re.compile(
    r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
    r"|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\[nrtbf\"'\\/]"
    r"|(?:%[0-9a-fA-F]{2})+"
)
_SIGNS = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}
_LAYERS = 4  # HTML in JSON in an attribute is three


@dataclass(slots=True)
class _Layer:
    """Where each piece of a text begins, there and in the text below; `whole` is the length below of an escape, else 0."""

    here: list[int] = field(default_factory=list)
    below: list[int] = field(default_factory=list)
    whole: list[int] = field(default_factory=list)

    def add(self, here: int, below: int, whole: int = 0) -> None:
        self.here.append(here)
        self.below.append(below)
        self.whole.append(whole)

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The range below of a range that is not empty; escapes that it touches are in it as a whole."""
        first, last = bisect_right(self.here, start) - 1, bisect_right(self.here, end - 1) - 1
        begin = self.below[first] + (0 if self.whole[first] else start - self.here[first])
        return begin, self.below[last] + (self.whole[last] or end - self.here[last])


class Plain:
    """`text` is what the bytes say without escapes; `source(start, end)` the bytes that a part of it stands for.

    `charset` is that of the page, if it is another than UTF-8 or Latin-1. Bytes that it does not know stand for nothing.
    """

    def __init__(self, body: bytes, charset: str | None = None) -> None:
        self._layers: list[_Layer] = []
        if charset is None:
            self.text = body.decode("latin-1")
            self._undo(_UTF_8, lambda found: found.encode("latin-1").decode("utf-8", "replace"))
        else:
            self.text = self._decode(body, charset)
        layers = 0
        while layers < _LAYERS and self._undo(_ESCAPE, _plain):
            layers += 1

    def source(self, start: int, end: int) -> tuple[int, int]:
        """The range of bytes that `text[start:end]`, which is not empty, was made of."""
        for layer in reversed(self._layers):
            start, end = layer.back(start, end)
        return start, end

    def _undo(self, escape: re.Pattern[str], plain: Callable[[str], str]) -> bool:
        """Undo one layer; False if there was nothing to undo."""
        layer, pieces, here, below = _Layer(), [], 0, 0
        for found in escape.finditer(self.text):
            said = plain(found[0])
            if said == found[0] or not said:
                continue
            if found.start() > below:
                layer.add(here, below)
                pieces.append(self.text[below : found.start()])
                here += found.start() - below
            layer.add(here, found.start(), len(found[0]))
            pieces.append(said)
            here, below = here + len(said), found.end()
        if not pieces:
            return False
        layer.add(here, below)
        self.text = "".join((*pieces, self.text[below:]))
        self._layers.append(layer)
        return True

    def _decode(self, body: bytes, charset: str) -> str:
        """The text in a charset whose signs may be of several bytes."""
        signs = body.decode(charset, "ignore")
        layer, below = _Layer(), 0
        for here, sign in enumerate(signs):
            coded = sign.encode(charset, "ignore")
            below = max(below, body.find(coded, below))
            layer.add(here, below, len(coded) or 1)
            below += len(coded)
        layer.add(len(signs), below)
        self._layers.append(layer)
        return signs


def plain(text: str) -> str:
    """A text of the catalogue treated as the page is: what looks like an escape in it is undone."""
    for _ in range(_LAYERS):
        text, before = _ESCAPE.sub(lambda found: _plain(found[0]) or found[0], text), text
        if text == before:
            break
    return text


def _plain(escape: str) -> str:
    if escape.startswith("&"):
        return unescape(escape)
    if escape.startswith("%"):
        return unquote(escape, errors="replace")
    if escape[1] in "ux":
        codes = [int(code, 16) for code in re.split(r"\\[ux]", escape)[1:]]
        units = b"".join(code.to_bytes(2, "little") for code in codes)
        return units.decode("utf-16-le", "replace")
    return _SIGNS.get(escape[1], escape[1])

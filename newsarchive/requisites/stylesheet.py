"""What a stylesheet asks for: other stylesheets, images, and one file of each font."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsarchive.items import Page, Profile
from newsarchive.reading.document import Document
from newsarchive.reading.gate import media_type

MOST = 60  # addresses of one stylesheet
_LONGEST = 1 << 20  # signs that are looked at
_IMPORT = re.compile(r"@import\s+(?:url\(\s*)?(?:\"([^\"\n]*)\"|'([^'\n]*)'|([^\"'()\s;]+))", re.IGNORECASE)
_URL = re.compile(r"url\(\s*(?:\"([^\"\n]*)\"|'([^'\n]*)'|([^\"'()\s]+))\s*\)", re.IGNORECASE)
_FONT = re.compile(r"@font-face\s*\{([^{}]*)\}", re.IGNORECASE)
_BEST_FONTS = (".woff2", ".woff")  # what browsers of our days take first; the others are for older ones


def in_stylesheet(page: Page) -> list[str]:
    """The addresses that a captured stylesheet asks for, each once; none in what is no stylesheet."""
    if media_type(page) != "text/css" or page.status != 200 or not page.whole:
        return []
    document = Document(page, Profile(site=""))
    found = dict.fromkeys(filter(None, map(document.absolute, in_css(document.text))))
    return list(found)[:MOST]


def in_css(css: str) -> Iterator[str]:
    """The addresses in the text of a stylesheet, as they are written; of a font's sources the one that browsers take first."""
    css = _without_comments(css[:_LONGEST])
    for found in _IMPORT.finditer(css):
        yield _written(found)
    css = _IMPORT.sub("", css)
    for face in _FONT.finditer(css):
        if sources := _urls(face[1]):
            named = [(source, source.partition("?")[0].partition("#")[0].lower()) for source in sources]
            yield next((one for end in _BEST_FONTS for one, path in named if path.endswith(end)), sources[0])
    yield from _urls(_FONT.sub("", css))


def _urls(css: str) -> list[str]:
    return [url for found in _URL.finditer(css) if not (url := _written(found)).lower().startswith(("data:", "#"))]


def _written(found: re.Match[str]) -> str:
    return next((group for group in found.groups() if group is not None), "")


def _without_comments(css: str) -> str:
    first, *rest = css.split("/*")
    return first + " ".join(piece.partition("*/")[2] for piece in rest)

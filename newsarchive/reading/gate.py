"""What is let through to the readers: answers of a type that they know, with nothing missing. Told before any parsing."""

from __future__ import annotations

import re

from newsarchive.items import Page

GZIP = b"\x1f\x8b"  # how a packed sitemap begins

_TEXT = re.compile(
    r"text/(?!css|csv|calendar|vcard|(?:x-)?(?:java|ecma)script).+"
    r"|application/(?:[\w.-]+[+-])?(?:xml|json|rss|atom|rdf|gzip(?:-compressed)?)"
)
_SCRIPT = re.compile(r"(?:text|application)/(?:x-)?(?:java|ecma)script")
_JSON = re.compile(rb"\s*(?:for ?\(;;\);|(?:/\*\*/\s*)?[\w.$]{1,100}\s*\()?\s*[\[{]")  # bare, guarded, or in a call (JSONP)
_UNNAMED = {"application/octet-stream", "binary/octet-stream", "application/unknown", "unknown/unknown", "*/*"}
_BINARY = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]|\A%PDF-")  # binary data bytes (WHATWG MIME Sniffing, section 3)
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_MOST_CONTROLS = 0.05  # a tenth of what is packed or random; a slip in a page is one or two
_MARKUP = re.compile(rb"\s*<[!?A-Za-z]")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_SNIFFED = 1445  # bytes, as in WHATWG MIME Sniffing, section 5.2
_TAIL = 8 << 10  # what stands behind `</html>`: comments of caches, a late script


def media_type(page: Page) -> str:
    """The media type as the server names it, lower case, without parameters; "" where it names none."""
    return re.split("[;,]", page.header("content-type") or "")[0].strip().lower()


def is_page(page: Page) -> bool:
    """Whether this is text, HTML, XML, JSON, a feed or a packed sitemap; if the server gives no type, by its first bytes."""
    mime = media_type(page)
    if "/" in mime and mime not in _UNNAMED:
        return bool(_TEXT.fullmatch(mime) or (_SCRIPT.fullmatch(mime) and _JSON.match(page.body)))
    return page.body.startswith((GZIP, *_UTF_16)) or not _BINARY.search(page.body, 0, _SNIFFED)


def is_binary(page: Page) -> bool:
    """Whether so much of the first bytes is no text that this is none, whatever the server calls it: a picture, a film.

    What begins as markup is text, whatever an element of it may hold.
    """
    head = page.body[:_SNIFFED]
    wide = head.startswith(_UTF_16) or re.search(r"utf-?(?:16|32)", page.header("content-type") or "", re.IGNORECASE)
    packed = head.startswith(GZIP)  # a sitemap, perhaps
    return not (wide or packed or _MARKUP.match(head)) and len(_CONTROL.findall(head)) > len(head) * _MOST_CONTROLS


def may_be_cut(page: Page) -> bool:
    """Whether HTML may go on where this body ends: only the end of the connection ended it, and there is no `</html>`.

    With neither a length nor chunks, an answer that a failing server cuts looks like a whole one (RFC 9112, section 6.3).
    """
    fields = {name.lower(): value.strip().lower() for name, value in page.headers}
    framed = fields.get("content-length", "")[:1].isdecimal() or "chunked" in fields.get("transfer-encoding", "")
    return not framed and b"</html" not in page.body[-_TAIL:].lower()

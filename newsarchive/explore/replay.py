"""What a browser is given of a capture: the page as it was, under a policy that lets it do nothing but show.

No header of the archived answer is sent on. HTML is written anew (`cleaning`), stylesheets lead to the archive only; pictures,
fonts, sound and film go out as they are; scripts, JSON, XML and all other text as plain text; anything else as a file to save.
An SVG goes out within a page of ours, as a picture: alone it would be a page, whose links lead out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from w3lib.encoding import html_to_unicode

from newsarchive.errors import ReadingFailed
from newsarchive.explore.cleaning import clean_page, clean_stylesheet
from newsarchive.explore.workshop import work
from newsarchive.items import Page
from newsarchive.vault.message import media_type

LARGEST_TEXT = 16 << 20  # bytes of a page or stylesheet that are shown; the record itself can be downloaded

_HTML = {"text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml", ""}
_SHOWN = re.compile(
    r"image/(?:png|jpe?g|pjpeg|gif|webp|avif|bmp|x-icon|vnd\.microsoft\.icon|svg\+xml)|font/[\w+-]+"
    r"|application/(?:x-)?font-[\w-]+|application/vnd\.ms-fontobject|(?:audio|video)/[\w.+-]+"
)
_TEXT = re.compile(r"text/.+|application/(?:[\w.-]+\+)?(?:json|xml|rss|javascript|x-javascript|ecmascript)")
_HOST = re.compile(r"[A-Za-z0-9.\-\[\]:]{1,255}")


@dataclass(frozen=True, slots=True)
class Shown:
    """What is sent: a body, its type, and whether it is to be saved instead of shown."""

    body: bytes
    content_type: str
    attached: bool = False


async def show(page: Page, replay: str, notice: str | None = None) -> Shown:
    """The page as it may be shown; `replay` is what the addresses in it begin with, up to `url=`; `notice` stands above HTML."""
    mime = media_type(page.headers) or ""
    if _SHOWN.fullmatch(mime):
        return Shown(page.body, mime)
    if len(page.body) > LARGEST_TEXT:
        return told(f"This is too long to be shown ({len(page.body):,} bytes). The record can be downloaded.")
    try:
        if mime in _HTML and page.body:
            cleaned = await work(clean_page, _decoded(page), page.url, replay, notice)
            return Shown(cleaned.encode("utf-8", "replace"), "text/html; charset=utf-8")
        if mime == "text/css":
            cleaned = await work(clean_stylesheet, _decoded(page), page.url, replay)
            return Shown(cleaned.encode("utf-8", "replace"), "text/css; charset=utf-8")
    except ReadingFailed as failure:
        return told(f"This page cannot be shown: {failure}. The record can be downloaded.")
    if not page.body:
        return told(f"This answer (status {page.status or 'unknown'}) has no content.")
    if _TEXT.fullmatch(mime):
        return Shown(_decoded(page).encode("utf-8", "replace"), "text/plain; charset=utf-8")
    return Shown(page.body, "application/octet-stream", attached=True)


def told(words: str) -> Shown:
    """A few words of ours in the place of a page."""
    page = f'<!DOCTYPE html><html lang="en"><title>Archive</title><body style="font:16px sans-serif;padding:2em">{escape(words)}'
    return Shown(page.encode(), "text/html; charset=utf-8")


def framed(picture: str) -> Shown:
    """A page of ours with nothing but the picture at this address."""
    page = f'<!DOCTYPE html><html lang="en"><title>Archive</title><body><img src="{escape(picture)}" alt="The archived picture">'
    return Shown(page.encode(), "text/html; charset=utf-8")


def headers(shown: Shown, host: str, path: str) -> dict[str, str]:
    """The headers under which it is shown: sandboxed, without scripts, with nothing but what lies under `path` of this host.

    `Cross-Origin-Resource-Policy` lets the sandboxed page, which has no origin, show its own pictures and fonts.
    """
    ours = f"{host}{path}" if _HOST.fullmatch(host) else "'none'"
    policy = (
        f"sandbox; default-src 'none'; img-src {ours} data:; style-src {ours} 'unsafe-inline'; font-src {ours} data:; "
        f"media-src {ours}; form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
    )
    given = {
        "content-security-policy": policy,
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "x-frame-options": "SAMEORIGIN",
        "cross-origin-resource-policy": "cross-origin",
        "cache-control": "no-store",
    }
    return given | ({"content-disposition": "attachment"} if shown.attached else {})


def address(path: str, moment: str) -> str:
    """What the addresses in a page of this moment begin with; an address, percent-encoded, follows."""
    return f"{path}at?time={quote(moment, safe='')}&url="


def _decoded(page: Page) -> str:
    """The body as text: by byte order mark, HTTP header, declaration in the page; else UTF-8 or Windows-1252."""
    try:
        fallback = page.body.decode("utf-8") and "utf-8"
    except UnicodeDecodeError:
        fallback = "windows-1252"
    return html_to_unicode(page.header("content-type"), page.body, default_encoding=fallback)[1]

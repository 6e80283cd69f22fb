"""A small archive, made without a crawl: pages of one thread, in every framing and coding, kept and read as a crawl does."""

from __future__ import annotations

import gzip
import sys
import zlib
from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape
from io import BytesIO
from pathlib import Path

import brotli

from newsarchive.catalogue.normalise import normalise
from newsarchive.items import Item, Profile
from newsarchive.reading import read
from newsarchive.vault.archivist import Archivist
from newsarchive.vault.entries import ReadPage
from newsarchive.vault.exchange import Exchange
from newsarchive.vault.replay import page_at

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

HOST = "https://gazette.example"
PROFILE = Profile(site="gazette-example", start_urls=(f"{HOST}/",), languages=("en",))
STORY = "The council met on Monday and talked about the bridge over the river for three hours, and for one more. "
Said = tuple[int, str, str]  # a comment's number, its writer's name, its text
NURSE = "One nurse for twelve beds, and the mayor’s “new” ambulance stands in Café Zürich’s yard since May 🙂"
SAID: tuple[Said, ...] = (
    (7, "Gogo Moyo", NURSE),
    (8, "Tendai", "Better than none, I would say."),
    (9, "Gogo Moyo", "Thanks!"),
    (11, "..", "They built a bridge where no river is, and a river where no bridge is, so what do you expect of them?"),
    (12, "Rudo", f"Gogo Moyo is right: {NURSE}"),
    (13, "Tino", "Thanks!"),
)  # fmt: skip


def page(said: Sequence[Said], number: int = 41, title: str = "A bridge without a river", edition: str = "") -> bytes:
    """An article with its thread, as WordPress shows it. Pages of two editions are not the same bytes."""
    items = "".join(
        f'<li class="comment" id="li-comment-{one}"><div id="comment-{one}"><cite class="fn">{escape(name)}</cite>'
        f'<div class="comment-content"><p>{escape(text)}</p></div>'
        f'<a class="comment-reply-link" href="?replytocom={one}#respond" aria-label="Reply to {escape(name)}">Reply</a></div>'
        "</li>"
        for one, name, text in said
    )
    return (
        f'<html><head><title>{title}</title><meta property="og:type" content="article"></head><body class="postid-{number}">'
        f'<article><h1>{title}</h1><p>{STORY * 4}</p><p>{STORY[::-1]}</p></article><div id="comments">'
        f'<ol class="commentlist">{items}'
        f'</ol><div id="respond"><form><input name="comment_post_ID" value="{number}"></form></div></div>'
        f"<!--{edition}--></body></html>"
    ).encode()


def feed(said: Sequence[Said], edition: str = "") -> bytes:
    """The thread's feed: escaped HTML, and in CDATA."""
    items = "".join(
        f"<item><title>By: {escape(name)}</title><dc:creator><![CDATA[{name}]]></dc:creator>"
        f"<description>{escape(escape(text))}</description><content:encoded><![CDATA[<p>{escape(text)}</p>]]></content:encoded></item>"
        for _, name, text in said
    )
    head = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Comments</title><!--{edition}-->'
    return f"{head}{items}</channel></rss>".encode()


def answer(body: bytes, *, coding: str = "", chunked: bool = False, mime: str = "text/html; charset=utf-8") -> bytes:
    """The answer of a server with this body."""
    pack = zlib.compressobj(6, zlib.DEFLATED, -15)
    coded = {
        "": body,
        "gzip": gzip.compress(body, 6, mtime=0),
        "deflate": zlib.compress(body),
        "raw": pack.compress(body) + pack.flush(),
        "br": brotli.compress(body, quality=5),
        "zstd": zstd.compress(body),
    }[coding]
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {mime}\r\n"
    head += f"Content-Encoding: {'deflate' if coding == 'raw' else coding}\r\n" if coding else ""
    if not chunked:
        return f"{head}Content-Length: {len(coded)}\r\n\r\n".encode() + coded
    chunks = b"".join(b"%x;n=v\r\n%b\r\n" % (len(coded[at : at + 700]), coded[at : at + 700]) for at in range(0, len(coded), 700))
    return f"{head}Transfer-Encoding: chunked\r\n\r\n".encode() + chunks + b"0\r\n\r\n"


def visit(folder: Path, answers: Sequence[tuple[str, bytes]], *, interrupted: bool = False) -> None:
    """Keep these answers of (path, bytes) as one crawl, and read them."""
    archive = Archivist(folder, PROFILE, info={"operator": "A. Tester"}, config={}, kind="visit", size_limit=10**9)
    for path, raw in answers:
        request = f"GET {path} HTTP/1.1\r\nHost: gazette.example\r\n\r\n".encode()
        exchange = Exchange(f"{HOST}{path}", "GET", request, BytesIO(raw), len(raw), datetime.now(UTC), 0.01, "article")
        capture = archive.keep(exchange)
        archive.commit()
        found = page_at(folder / "warc", capture.warc, capture.offset, capture.length)
        reading, takedown = archive.suppression.spare(read(found, PROFILE), capture.record_id)
        items: list[Item] = [reading.article] if reading.article else []
        normal = [normalise(item) for item in [*items, *reading.comments]]
        archive.file(ReadPage(capture.record_id, found.captured_at, reading, normal, takedown=takedown))
    if interrupted:
        archive.stop("a test", {})
    else:
        archive.close("finished", {})
    archive.release()


def answers(said: Sequence[Said] = SAID, *, edition: str = "") -> list[tuple[str, bytes]]:
    """The thread's page as all kinds of servers send it, another article, and a feed. A later visit of the same edition finds
    nothing changed."""
    story, other = page(said, edition=edition), page((), 42, "A mayor without a car", edition)
    return [
        ("/2026/10/a-bridge/", answer(story)),
        ("/2026/10/a-bridge/?form=gzip", answer(story, coding="gzip")),
        ("/2026/10/a-bridge/?form=deflate", answer(story, coding="deflate", chunked=True)),
        ("/2026/10/a-bridge/?form=raw", answer(story, coding="raw")),
        ("/2026/10/a-bridge/?form=chunked", answer(story, chunked=True)),
        ("/2026/10/a-bridge/?form=both", answer(story, coding="gzip", chunked=True)),
        ("/2026/10/a-mayor/", answer(other)),
        ("/2026/10/a-bridge/feed/", answer(feed(said, edition), coding="gzip", mime="application/rss+xml; charset=utf-8")),
    ]  # fmt: skip

"""Templates, and the small words and forms they use."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from newsarchive.demo.edition import LOCAL, Post

PAPER = "The Muunga Courier"
_URL = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")
_QUOTE = "❝"

Answers = Sequence[tuple[Post, "Answers"]]


@cache
def templates() -> Environment:
    """The environment in which every page is set; a name that a template needs and does not get is an error."""
    environment = Environment(
        loader=PackageLoader("newsarchive.demo"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    words = (slug, local, date_words, time_words, http_date, paragraphs, plain)
    environment.globals.update({word.__name__: word for word in words}, paper=PAPER)
    return environment


def slug(name: str) -> str:
    """A name as part of an address: `Tawanda Mhofu` gives `tawanda-mhofu`."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_name.lower()).strip("-")


def local(instant: datetime) -> datetime:
    """The same instant in the paper's time zone, two hours ahead of UTC all year."""
    return instant.astimezone(LOCAL)


def date_words(instant: datetime) -> str:
    """A date in print: `3 October 2026`."""
    return f"{local(instant).day} {local(instant):%B %Y}"


def time_words(instant: datetime) -> str:
    """A date and time in print: `3 October 2026 at 14:05`."""
    return f"{date_words(instant)} at {local(instant):%H:%M}"


def http_date(instant: datetime) -> str:
    """An instant as HTTP and RSS write it (RFC 9110, 5.6.7)."""
    return format_datetime(instant.astimezone(UTC), usegmt=True)


def paragraphs(text: str, *, links: bool = False) -> Markup:
    """A comment as HTML paragraphs; `links` makes addresses clickable, as WordPress does."""
    return Markup("\n").join(_paragraph(part, links) for part in text.split("\n\n"))


def _paragraph(text: str, links: bool) -> Markup:
    html = escape(text.removeprefix(_QUOTE).strip())
    if links:
        html = Markup(_URL.sub(lambda found: f'<a href="{found[0]}" rel="nofollow ugc">{found[0]}</a>', str(html)))
    html = Markup(f"<p>{html.replace(chr(10), Markup('<br />') + chr(10))}</p>")
    return Markup(f"<blockquote>{html}</blockquote>") if text.startswith(_QUOTE) else html


def plain(text: str) -> str:
    """A comment's text without the mark that makes a paragraph a quotation."""
    return text.replace(_QUOTE, "").strip()


def tree(posts: Sequence[Post]) -> Answers:
    """Posts in the order shown, as pairs of a post and the pairs below it."""
    top: list[tuple[Post, Answers]] = []
    below: dict[int, list[tuple[Post, Answers]]] = {}
    for post in posts:
        answers: list[tuple[Post, Answers]] = []
        below[post.id] = answers
        (top if post.parent is None else below[post.parent]).append((post, answers))
    return top

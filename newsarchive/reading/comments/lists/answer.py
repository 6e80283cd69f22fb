"""Comments as a JSON endpoint gives them: an object with a list of objects that have a name, an age and a text."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from lxml import etree, html

from newsarchive.reading.comments.entry import Entry, moment
from newsarchive.reading.comments.marks import block_text
from newsarchive.reading.counts import plausible
from newsarchive.reading.document import Document
from newsarchive.text import clean_block, clean_line
from newsarchive.urls import same_site

_LISTS = ("comments", "items", "results", "data", "replies", "posts", "list", "rows")
_NAMES = ("name", "author", "nick", "nickname", "author_name", "authorname", "username", "user", "display_name", "displayname")
_TIMES = (
    *("age", "ago", "date", "time", "created", "created_at", "createdat", "date_created", "datecreated"),
    *("published", "posted", "timestamp"),
)
_TEXTS = ("text", "body", "content", "comment", "message", *(_HTML := ("html", "content_html", "body_html", "text_html")))
_TITLES = ("title", "headline")
_TOTALS = ("total", "total_count", "totalcount", "comment_count", "commentcount")
# Tags that an editor or a server sets. A lone `<b>` in a plain field is what the reader typed.
_MARKED_UP = re.compile(r"<(?:/p|br|p|div|blockquote|[ou]l|li|pre)\b[^<>]*>|<a\s[^<>]*\bhref\b", re.IGNORECASE)
_ANY_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_STEPS = ("offset", "start", "skip", "from")
_PAGES = ("page", "p", "pg")


@dataclass(frozen=True, slots=True)
class Answer:
    """The comments of one answer, how many the site says there are, and the address of the next answer.

    `whole` is False where the answer holds an object that could not be read as a comment.
    """

    rows: tuple[Entry, ...]
    total: int | None
    next_url: str | None
    whole: bool = True


def read_answer(document: Document) -> Answer | None:
    """The comments of a JSON answer; None if it holds none and is no empty list of comments either."""
    value = document.json
    if not isinstance(value, dict):
        return None
    value = {key.lower(): one for key, one in value.items()}
    names = [*_LISTS, *value]
    objects = next((rows for name in names if _are_comments(rows := value.get(name), _says_comments(document.url, name))), None)
    if objects is None:
        return Answer((), _total(value, 0), None) if value.get("comments") == [] else None
    rows, total = tuple(_rows(objects)), _total(value, _seen(document.url, len(objects)))
    return Answer(rows, total, _next(document, value, len(objects), total), whole=len(rows) == len(objects))


def _says_comments(url: str, name: str) -> bool:
    return "comment" in name or "comment" in urlsplit(url).path.lower()


def _are_comments(objects: Any, said: bool) -> bool:
    """Whether these are comments; what has a headline is an article, unless the site says that it is a comment."""
    rows = [_lower(one) for one in objects if isinstance(one, dict)] if isinstance(objects, list) else []
    if not rows or len(rows) != len(objects) or not all(_first(row, _TEXTS) and _first(row, (*_NAMES, *_TIMES)) for row in rows):
        return False
    return said or not any(_first(row, _TITLES) for row in rows)


def _lower(value: Mapping[str, Any]) -> dict[str, Any]:
    return {key.lower(): one for key, one in value.items()}


def _first(value: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    return next((value[name] for name in names if value.get(name) not in (None, "")), None)


def _rows(objects: list[dict[str, Any]]) -> Iterator[Entry]:
    for value in map(_lower, objects):
        name, time = _first(value, _NAMES), _first(value, _TIMES)
        if isinstance(name, dict):
            name = _first(_lower(name), _NAMES)
        if text := _text(value):
            words = time if isinstance(time, str) else None
            shown = clean_line(name) if isinstance(name, str) else ""
            yield Entry(text, shown or None, words, stamp=None if words else moment(time))


def _text(value: Mapping[str, Any]) -> str:
    """The comment's text: of HTML what a browser shows; of a plain field the words, entities undone where it has no tags."""
    name = next(name for name in _TEXTS if value.get(name) not in (None, ""))
    text = value[name]
    if not isinstance(text, str):
        return ""
    if name in _HTML or _MARKED_UP.search(text):
        with suppress(etree.ParserError, ValueError):
            return block_text(html.fragment_fromstring(text.replace("\x00", ""), create_parent="div")) or ""
    return clean_block(text if _ANY_TAG.search(text) else unescape(text))


def _seen(url: str, size: int) -> float:
    """How many comments were shown up to the end of this answer of `size`; a later page does not tell: without bound."""
    query = dict(parse_qsl(urlsplit(url).query))
    if any((plausible(query.get(name)) or 0) > 1 for name in _PAGES):
        return math.inf
    return size + next((at for name in _STEPS if (at := plausible(query.get(name)))), 0)


def _total(value: Mapping[str, Any], seen: float) -> int | None:
    """How many comments the answer says there are. A mere `count` may be this answer's size: more than `seen` is believed."""
    total, count = plausible(_first(value, _TOTALS)), plausible(value.get("count"))
    return count if total is None and count is not None and count > seen else total


def _next(document: Document, value: Mapping[str, Any], size: int, total: int | None) -> str | None:
    """The next answer's address: what the answer says, else this one's with the offset or page moved on, if it has one."""
    if "next" in value:
        url = document.absolute(value["next"]) if isinstance(value["next"], str) else None
        return url if url and same_site(url, document.url) else None
    parts = urlsplit(document.url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    for name in (*_STEPS, *_PAGES):
        if (at := plausible(query.get(name))) is not None:
            after = at + (size if name in _STEPS else 1)
            if name in _STEPS and total is not None and after >= total:
                return None
            return document.absolute(urlunsplit(parts._replace(query=urlencode(query | {name: str(after)}))))
    return None

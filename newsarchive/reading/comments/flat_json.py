"""Comments as a JSON endpoint gives them: an object with a list of objects that have a name, an age and a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from lxml import etree, html

from newsarchive.reading.comments.marks import block_text, interval
from newsarchive.reading.document import Document
from newsarchive.text import clean_block, clean_line
from newsarchive.times import Interval, to_iso

_LISTS = ("comments", "items", "results", "data", "replies", "posts", "list", "rows")
_NAMES = ("name", "author", "nick", "nickname", "author_name", "authorname", "username", "user", "display_name", "displayname")
_TIMES = (
    *("age", "ago", "date", "time", "created", "created_at", "createdat", "date_created", "datecreated"),
    *("published", "posted", "timestamp"),
)
_TEXTS = ("text", "body", "content", "comment", "message", "html")
_TOTALS = ("total", "count", "total_count", "totalcount", "comment_count", "commentcount")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);")
_STEPS = ("offset", "start", "skip", "from")
_PAGES = ("page", "p", "pg")
_EPOCH = (1e8, 1e10)  # seconds; a thousand times that are milliseconds


@dataclass(frozen=True, slots=True)
class Row:
    """One comment of the answer."""

    name: str | None
    words: str | None
    when: Interval | None
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The comments of one answer, how many the site says there are, and the address of the next answer."""

    rows: tuple[Row, ...]
    total: int | None
    next_url: str | None


def read_answer(document: Document) -> Answer | None:
    """The comments of a JSON answer; None if it holds none and is no empty list of comments either."""
    value = document.json
    if not isinstance(value, dict):
        return None
    value = {key.lower(): one for key, one in value.items()}
    named = [value[name] for name in _LISTS if isinstance(value.get(name), list)]
    objects = next(
        (rows for rows in [*named, *(one for one in value.values() if isinstance(one, list))] if _are_comments(rows)), None
    )
    if objects is None:
        return Answer((), _total(value), None) if value.get("comments") == [] else None
    rows = tuple(_rows(document, objects))
    return Answer(rows, _total(value), _next(document, value, len(objects)))


def _are_comments(objects: list[Any]) -> bool:
    rows = [_lower(one) for one in objects if isinstance(one, dict)]
    return len(rows) == len(objects) > 0 and all(_first(row, _TEXTS) and _first(row, (*_NAMES, *_TIMES)) for row in rows)


def _lower(value: Mapping[str, Any]) -> dict[str, Any]:
    return {key.lower(): one for key, one in value.items()}


def _first(value: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    return next((value[name] for name in names if value.get(name) not in (None, "")), None)


def _rows(document: Document, objects: list[dict[str, Any]]) -> Iterator[Row]:
    for value in map(_lower, objects):
        name, time, text = _first(value, _NAMES), _first(value, _TIMES), _first(value, _TEXTS)
        if isinstance(name, dict):
            name = _first(_lower(name), _NAMES)
        if isinstance(text, str) and (plain := _plain(text)):
            words = _stamp(time) if isinstance(time, int | float) else time if isinstance(time, str) else None
            shown = clean_line(name) if isinstance(name, str) else ""
            yield Row(shown or None, words, interval(document, (words,)), plain)


def _stamp(epoch: float) -> str | None:
    seconds = epoch / 1000 if epoch >= _EPOCH[1] else epoch
    return to_iso(datetime.fromtimestamp(int(seconds), UTC)) if _EPOCH[0] <= seconds < _EPOCH[1] else None


def _plain(text: str) -> str:
    """The text of a field that may hold HTML."""
    if not _TAG.search(text):
        return clean_block(text)
    try:
        return block_text(html.fragment_fromstring(text.replace("\x00", ""), create_parent="div")) or ""
    except (etree.ParserError, ValueError):
        return clean_block(text)


def _total(value: Mapping[str, Any]) -> int | None:
    total = _first(value, _TOTALS)
    return total if isinstance(total, int) and not isinstance(total, bool) and total >= 0 else None


def _next(document: Document, value: Mapping[str, Any], size: int) -> str | None:
    """The next answer's address: what the answer says, else this one's with the offset or page moved on, if it has one."""
    if "next" in value:
        return document.absolute(value["next"]) if isinstance(value["next"], str) else None
    parts, total = urlsplit(document.url), _total(value)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    for name in (*_STEPS, *_PAGES):
        if (at := query.get(name, "")).isdecimal():
            after = int(at) + (size if name in _STEPS else 1)
            if name in _STEPS and total is not None and after >= total:
                return None
            return document.absolute(urlunsplit(parts._replace(query=urlencode(query | {name: str(after)}))))
    return None

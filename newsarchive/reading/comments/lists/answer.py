"""A page of comments as a JSON endpoint of the site's own gives it: the objects, how many there are in all, what comes next."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from newsarchive.reading.comments.entry import Entry
from newsarchive.reading.comments.lists.objects import are_comments, entries_of, first, plain
from newsarchive.reading.counts import plausible
from newsarchive.reading.document import Document
from newsarchive.urls import same_site

_LISTS = ("comments", "items", "results", "data", "replies", "posts", "list", "rows")
_TOTALS = ("total", "totalcount", "commentcount")
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
    value = plain(value)
    names = [*_LISTS, *value]
    objects = next(
        (rows for name in names if are_comments(rows := value.get(name), said=_says_comments(document.url, name))), None
    )
    if objects is None:
        return Answer((), _total(value, 0), None) if value.get("comments") == [] else None
    rows, whole = entries_of(objects)
    total = _total(value, _seen(document.url, len(objects)))
    return Answer(rows, total, _next(document, value, len(objects), total), whole=whole)


def _says_comments(url: str, name: str) -> bool:
    return "comment" in name or "comment" in urlsplit(url).path.lower()


def _seen(url: str, size: int) -> float:
    """How many comments were shown up to the end of this answer of `size`; a later page does not tell: without bound."""
    query = dict(parse_qsl(urlsplit(url).query))
    if any((plausible(query.get(name)) or 0) > 1 for name in _PAGES):
        return math.inf
    return size + next((at for name in _STEPS if (at := plausible(query.get(name)))), 0)


def _total(value: Mapping[str, Any], seen: float) -> int | None:
    """How many comments the answer says there are. A mere `count` may be this answer's size: more than `seen` is believed."""
    total, count = plausible(first(value, _TOTALS)), plausible(value.get("count"))
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

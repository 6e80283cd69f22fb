"""Answers of comment endpoints: values that may be of any type whatever the platform promises, and the discussion they make."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from newsarchive.items import Follow, Thread, ThreadStatus
from newsarchive.reading.comments.discussion import Discussion, thread_id
from newsarchive.reading.comments.entry import Entry, comments_of, moment
from newsarchive.reading.comments.marks import html_text
from newsarchive.reading.document import Document, Element
from newsarchive.text import clean, clean_block, clean_line

_LONGEST_ID = 300
_MARKED_UP = re.compile(r"<(?:/p|br|p|div|blockquote|[ou]l|li|pre|span|a)\b[^<>]{0,1000}>", re.IGNORECASE)
_NO_ZONE = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:\.\d{1,9})?")


def mapping(value: object) -> Mapping[str, Any]:
    """The value if it is an object; else an empty one."""
    return value if isinstance(value, dict) else {}


def listed(value: object) -> list[Any]:
    """The value if it is a list; else an empty one."""
    return value if isinstance(value, list) else []


def words(value: object) -> str | None:
    """The value if it is a text of at least one word, cleaned (JSON may name half of a surrogate pair)."""
    return clean(value) if isinstance(value, str) and value.strip() else None


def shown(value: object) -> str | None:
    """The words of a text that is HTML on one newspaper and plain, with entities, on another."""
    if not isinstance(value, str):
        return None
    return html_text(value) if _MARKED_UP.search(value) else clean_block(unescape(value)) or None


def nested(
    values: Sequence[Any], parent: str | None, replies: Callable[[Mapping[str, Any]], Sequence[Any]], name: str = "id"
) -> Iterator[tuple[Mapping[str, Any], str | None]]:
    """Comments and, behind each one, its `replies`, with the id of the one they hang under (`parent` for the outermost).

    `name` is that of the field in which a comment's id stands. What is no object comes as an empty one. A stack instead of
    recursion: an answer may nest as deep as JSON allows.
    """
    waiting = [(value, parent) for value in reversed(values)]
    while waiting:
        value, parent = waiting.pop()
        comment = mapping(value)
        yield comment, parent
        waiting += [(reply, identifier(comment.get(name))) for reply in reversed(replies(comment))]


def asked_json(document: Document) -> Mapping[str, Any]:
    """The object that stands in the request's body; an empty one if none does."""
    with suppress(ValueError, RecursionError):
        return mapping(json.loads(document.page.request_body))
    return {}


def identifier(value: object) -> str | None:
    """A native id, given as text or as a number; None for what is none."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    text = str(value)
    return (clean_line(text) or None) if len(text) <= _LONGEST_ID else None


def utc(value: object) -> str | None:
    """A machine's time as text (`entry.moment`), of a platform whose times are in UTC though they may not say so."""
    stamp = moment(value)
    return f"{stamp}Z" if stamp and _NO_ZONE.fullmatch(stamp) else stamp


def shared_thread_id(document: Document, platform: str, served: str, key: str) -> str:
    """The id of a thread on a host that serves more than one newspaper, `platform:SITE/SERVED:key`.

    `served` is the platform's word for the newspaper, or an address whose host tells the same. Two sites may show one thread
    (`www.` and `m.` of one paper); each keeps its own account of it, for what the one did not see proves nothing for the other.
    """
    host = urlsplit(served).netloc.removeprefix("www.") if "//" in served else served
    return thread_id(platform, document.profile.site, key, folder=host)


def leading(document: Document, thread_id: str, follow: Sequence[Follow | None], nodes: Sequence[Element] = ()) -> Discussion:
    """The discussion of an article's page that only says where its comments are asked for; None stands for what cannot be."""
    pages = tuple(one for one in follow if one)
    whole = len(pages) == len(follow)
    thread = Thread(thread_id, thread_id.partition(":")[0], url=document.url, status="open", pages=pages, whole=whole)
    return Discussion(thread, follow=pages, nodes=tuple(nodes))


def answered(
    document: Document,
    thread_id: str,
    entries: Sequence[Entry | None],
    follow: Sequence[Follow | None] = (),
    *,
    claimed: int | None = None,
    status: ThreadStatus | None = None,
    scope: str = "",
    language: str | None = None,
) -> Discussion:
    """The discussion of an endpoint's answer.

    An entry that is None could not be read, a follow that is None stands for more that cannot be asked for: then the thread is
    not whole. `scope` and `language` are those of `comments_of`.
    """
    read, pages = [one for one in entries if one], tuple(one for one in follow if one)
    thread = Thread(
        thread_id,
        thread_id.partition(":")[0],
        status=status,
        comment_count_reported=claimed,
        pages=pages,
        whole=len(read) == len(entries) and len(pages) == len(follow),
    )
    comments = comments_of(document, thread_id, read, scope=scope, language=language)
    return Discussion(thread, comments=comments, follow=pages, article_page=False)

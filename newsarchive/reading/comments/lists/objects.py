"""Comments as objects of JSON: a name, a time or an age, a text, under names that anybody may choose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from html import unescape
from typing import Any

from newsarchive.reading.comments.answers import words
from newsarchive.reading.comments.endpoint_json import word
from newsarchive.reading.comments.entry import Entry, moment
from newsarchive.reading.comments.marks import html_text
from newsarchive.reading.counts import plausible
from newsarchive.text import clean_block, clean_line

# Names of fields, in small letters and without signs: `author_name` and `authorName` are one.
_NAMES = (
    *("name", "author", "authorname", "nick", "nickname", "username", "user", "displayname", "fullname", "commenter"),
    *("commentername", "writer", "creator", "login", "screenname", "postedby", "byline"),
)
_TIMES = (
    *("age", "ago", "date", "time", "created", "createdat", "createdon", "createdtime", "datecreated", "creationdate"),
    *("published", "publishedat", "datepublished", "posted", "postedat", "postedon", "postdate", "timestamp", "datetime"),
    "submittedat",
)
_HTML = ("html", "contenthtml", "bodyhtml", "texthtml")
_TEXTS = ("text", "body", "content", "comment", "message", "commenttext", "commentbody", *_HTML)
_TITLES = ("title", "headline")
_IDS = ("id", "commentid", "uuid", "cid")
_PARENTS = ("parentid", "parent", "parentcommentid", "replyto", "replytoid", "inreplyto", "inreplytoid")
_REPLIES = ("replies", "children", "answers", "responses", "comments")
_UP, _DOWN = ("likes", "upvotes", "likecount", "up", "thumbsup", "votesup"), ("dislikes", "downvotes", "dislikecount", "down")
_VOTES = ("votes", "reactions", "rating")
# Tags that an editor or a server sets. A lone `<b>` in a plain field is what the reader typed.
_MARKED_UP = re.compile(r"<(?:/p|br|p|div|blockquote|[ou]l|li|pre)\b[^<>]*>|<a\s[^<>]*\bhref\b", re.IGNORECASE)
_ANY_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_SIGNS = re.compile(r"[\W_]+")
_MOST = 100_000  # comments of one list
Plain = dict[str, Any]


def plain(value: Mapping[str, Any]) -> Plain:
    """An object whose names are in small letters and without signs."""
    return {_SIGNS.sub("", name.lower()): one for name, one in value.items()}


def first(value: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    """What stands under the first of these names that says something."""
    return next((value[name] for name in names if value.get(name) not in (None, "")), None)


def are_comments(objects: Any, *, said: bool) -> bool:
    """Whether these are comments, all of them; what has a headline is an article, unless it is `said` that these are comments."""
    rows = [plain(one) for one in objects if isinstance(one, dict)] if isinstance(objects, list) else []
    if not rows or len(rows) != len(objects) or not all(first(row, _TEXTS) and first(row, (*_NAMES, *_TIMES)) for row in rows):
        return False
    return said or not any(first(row, _TITLES) for row in rows)


def entries_of(objects: Sequence[Mapping[str, Any]]) -> tuple[tuple[Entry, ...], bool]:
    """The entries of these comments, replies right behind theirs, and whether each could be read."""
    rows = list(_rows(objects))
    entries: list[Entry] = []
    places: dict[str, int] = {}  # of the numbers that the objects have among themselves
    kept: dict[int, int] = {}
    for at, (value, _) in enumerate(rows):
        if entry := _entry(value):
            kept[at] = len(entries)
            if number := word(first(value, _IDS)):
                places.setdefault(number, len(entries))
            entries.append(entry)
    for at, (value, under) in enumerate(rows):
        above = kept.get(under) if under is not None else places.get(_parent(value) or "")
        if at in kept and above is not None and above != kept[at]:
            entries[kept[at]] = replace(entries[kept[at]], under=above)
    return tuple(entries), len(entries) == len(rows)


def _rows(objects: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Plain, int | None]]:
    """The objects, each with the place of the one that holds it."""
    waiting: list[tuple[Mapping[str, Any], int | None]] = [(one, None) for one in reversed(objects)]
    for at in range(_MOST):
        if not waiting:
            return
        one, under = waiting.pop()
        value = plain(one)
        yield value, under
        replies: list[Plain] = next((value[name] for name in _REPLIES if are_comments(value.get(name), said=True)), [])
        waiting += [(reply, at) for reply in reversed(replies)]


def _parent(value: Plain) -> str | None:
    parent = first(value, _PARENTS)
    return word(first(plain(parent), _IDS) if isinstance(parent, dict) else parent)


def _entry(value: Plain) -> Entry | None:
    text, name, time = _text(value), first(value, _NAMES), first(value, _TIMES)
    if isinstance(name, dict):
        name = first(plain(name), ("displayname", *_NAMES))
    if not text:
        return None
    told = time if isinstance(time, str) else None
    votes = first(value, _VOTES)
    counts = {**value, **(plain(votes) if isinstance(votes, dict) else {})}
    return Entry(
        text,
        (clean_line(name) if isinstance(name, str) else "") or None,
        told,
        stamp=None if told else moment(time),
        upvotes=plausible(first(counts, _UP)),
        downvotes=plausible(first(counts, _DOWN)),
    )


def _text(value: Plain) -> str | None:
    """The comment's text: of HTML what a browser shows; of a plain field the words, entities undone where it has no tags."""
    name = next((name for name in _TEXTS if value.get(name) not in (None, "")), "")
    text = words(value.get(name))
    if text is None:
        return None
    if name in _HTML or _MARKED_UP.search(text):
        return html_text(text)
    return clean_block(text if _ANY_TAG.search(text) else unescape(text)) or None

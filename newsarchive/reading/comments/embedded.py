"""Comments in the state that a page's scripts start from: `__NEXT_DATA__`, `__NUXT_DATA__`, `window.__INITIAL_STATE__ = {...}`.

A page that a script draws often brings its comments along as JSON, and shows them nowhere in its HTML. What counts is the longest
list of objects with a writer, a time and a text under a name that speaks of comments. The numbers of these objects tell who
answers whom, and name no comment: they may be places in a list.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from newsarchive.items import Thread
from newsarchive.reading.comments.discussion import Discussion, thread_id
from newsarchive.reading.comments.entry import comments_of
from newsarchive.reading.comments.lists.key import home_of, thread_key
from newsarchive.reading.comments.lists.objects import are_comments, entries_of
from newsarchive.reading.comments.lists.words import names_comment
from newsarchive.reading.document import Document

PLATFORM = "list"
_SIGNS = ("omment", "iscussion", "replies")  # of which the source of every such page has one
_STATE = re.compile(r"^\s{0,20}(?:window\.|self\.|var |let |const )?[\w.$\[\]\"']{1,60}\s{0,3}=\s{0,3}(?=[{\[])")
_ELSEWHERE = re.compile(r"recent|latest|popular|related|top_?comment|widget|config|translation|messages|i18n", re.IGNORECASE)
_MOST = 200_000  # values that are looked at
_LEAST = 40  # characters of a script that can hold comments


def read_answer(document: Document) -> Discussion | None:
    """None: what is in a page is no answer."""
    return None


def read_page(document: Document) -> Discussion | None:
    """The comments in the page's own JSON; None if it has none."""
    if not any(sign in document.text for sign in _SIGNS):
        return None
    found = [entries_of(objects) for state in _states(document) for objects in _lists(state)]
    entries, whole = max(found, key=lambda one: len(one[0]), default=((), True))
    if not entries or not all(entry.words or entry.stamp for entry in entries):
        return None
    thread = Thread(
        id=thread_id(PLATFORM, document.url, thread_key(document)),
        platform=PLATFORM,
        url=home_of(document.url),
        status="open",
        whole=whole,
    )
    return Discussion(thread, comments_of(document, thread.id, entries))


def _states(document: Document) -> Iterator[Any]:
    for script in document.tree.iter("script"):
        text = script.text or ""
        if len(text) < _LEAST or not any(sign in text for sign in _SIGNS) or "ld+json" in script.get("type", ""):
            continue
        start = _STATE.match(text)
        if start or text.lstrip()[:1] in ("{", "["):
            try:
                yield json.JSONDecoder(strict=False).raw_decode(text[start.end() :] if start else text.lstrip())[0]
            except (ValueError, RecursionError):
                continue


def _lists(state: Any) -> Iterator[list[dict[str, Any]]]:
    """The lists of comments anywhere in a state."""
    waiting: list[tuple[Any, tuple[str, ...]]] = [(state, ())]
    for _ in range(_MOST):
        if not waiting:
            return
        value, way = waiting.pop()
        if isinstance(value, dict):
            waiting += [(one, (*way, str(name))) for name, one in value.items() if isinstance(one, dict | list)]
        elif isinstance(value, list):
            said = [name for name in way if names_comment(name)]
            if said and not any(map(_ELSEWHERE.search, way)) and are_comments(value, said=True):
                yield value
            else:
                waiting += [(one, way) for one in value if isinstance(one, dict | list)]

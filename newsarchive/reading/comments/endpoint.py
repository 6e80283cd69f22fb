"""Comment platforms that are described, not coded (`newsarchive.endpoints`): ours in `endpoints.toml`, and a newspaper's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urlsplit

from lxml.cssselect import CSSSelector

from newsarchive.endpoints import Endpoint, Question, Value
from newsarchive.items import Profile, Thread
from newsarchive.reading.comments.answers import shared_thread_id
from newsarchive.reading.comments.discussion import Discussion
from newsarchive.reading.comments.endpoint_answer import read
from newsarchive.reading.comments.endpoint_describe import presets
from newsarchive.reading.comments.endpoint_json import unwrapped
from newsarchive.reading.comments.endpoint_request import HOLE, Values, asked, leading, start, thread_names, written
from newsarchive.reading.comments.entry import comments_of
from newsarchive.reading.document import Document, Element
from newsarchive.text import clean_line

_MOST_ELEMENTS, _LONGEST = 200, 500_000  # of one selector, and characters in them, that are looked at


def read_page(document: Document) -> Discussion | None:
    """The first request for the thread of a page that uses a described platform."""
    return next((found for one in endpoints(document.profile) if (found := _asks(one, document))), None)


def read_declared(document: Document) -> Discussion | None:
    """The same, if the newspaper's own file describes the platform."""
    return next((found for one in document.profile.endpoints if (found := _asks(one, document))), None)


def read_answer(document: Document) -> Discussion | None:
    """The comments of an answer, known by its request."""
    page = document.page
    for endpoint in endpoints(document.profile):
        for question in filter(None, (endpoint.ask, endpoint.ask_replies)):
            values = asked(question, page.url, page.method, page.request_body)
            if values is not None and page.status in (200, 203) and not document.text.lstrip().startswith("<"):
                return _answered(document, endpoint, question, values)
    return None


def endpoints(profile: Profile) -> Iterator[Endpoint]:
    """What the newspaper's file describes, then the well-known platforms that it does not describe by itself."""
    yield from profile.endpoints
    own = {one.name for one in profile.endpoints}
    yield from (one for one in presets() if one.name not in own)


def _asks(endpoint: Endpoint, document: Document) -> Discussion | None:
    if document.mime and "html" not in document.mime:
        return None
    if endpoint.sign not in document.text or (endpoint.page and not _selected(document, endpoint.page)):
        return None
    values = _values(endpoint, document)
    follow = written(endpoint, endpoint.ask, values | start(endpoint.ask))
    if follow is None:
        return None
    thread = Thread(_key(document, endpoint, values, follow.url), endpoint.name, url=document.url, status="open", pages=(follow,))
    return Discussion(thread, follow=(follow,))


def _answered(document: Document, endpoint: Endpoint, question: Question, values: Values) -> Discussion:
    answer = read(endpoint, question, values, unwrapped(document.text))
    follow, key = tuple(answer.follow), _key(document, endpoint, values, document.url)
    comments = comments_of(document, key, answer.entries, scope=f"{_served(endpoint, values, document.url)}/")
    thread = Thread(
        key,
        endpoint.name,
        comment_count_reported=answer.total,
        pages=follow,
        whole=answer.whole,
        counts_hidden=bool(question.total_with_hidden),
    )
    return Discussion(thread, comments=comments, follow=follow, article_page=False)


def _key(document: Document, endpoint: Endpoint, values: Values, url: str) -> str:
    """The thread's id: the page and every answer name the same, for it is made of what the request says."""
    key = ":".join(values[name] for name in thread_names(endpoint))
    return shared_thread_id(document, endpoint.name, _served(endpoint, values, url), key)


def _served(endpoint: Endpoint, values: Values, url: str) -> str:
    """The host that answers, and the folder of its install: it counts comments by itself, and a newspaper may change it."""
    folder = _folder(endpoint, values)
    return urlsplit(url).netloc.removeprefix("www.") + (folder and f"/{folder}")


def _folder(endpoint: Endpoint, values: Values) -> str:
    """The folder of an install that does not live at the root of its host: its ids are its own."""
    base = leading(endpoint.ask.url)
    return urlsplit(values[base]).path.strip("/") if base else ""


def _values(endpoint: Endpoint, document: Document) -> dict[str, str]:
    """What the page tells of the values that the questions need; one that it does not tell is not there."""
    parts = urlsplit(document.url)
    page = {"url": document.url, "path": parts.path, "origin": f"{parts.scheme}://{parts.netloc}", "domain": parts.netloc}
    found: dict[str, str] = {}
    for value in endpoint.values:
        if value.name not in found and (text := _told(value, document, page)):
            found[value.name] = text
    base = leading(endpoint.ask.url)
    if base in found and (address := document.absolute(found[base])):
        found[base] = address
    return page | found


def _told(value: Value, document: Document, page: Values) -> str | None:
    if not value.css:
        return HOLE.sub(lambda hole: page.get(hole[1], hole[0]), value.text)
    left = _LONGEST
    for one in _selected(document, value.css):
        text = (one.get(value.attribute, "") if value.attribute else one.text_content())[:left]
        left -= len(text)
        if found := _part(value.pattern, text):
            return found
    return None


def _part(pattern: str, text: str) -> str:
    if not pattern:
        return clean_line(text)
    found = re.search(pattern, text)
    return clean_line(found[1 if found.re.groups else 0] or "") if found else ""


def _selected(document: Document, css: str) -> list[Element]:
    found: list[Element] = _selector(css)(document.tree)  # type: ignore[assignment]  # CSS selects nothing but elements
    return found[:_MOST_ELEMENTS]


@lru_cache(maxsize=256)
def _selector(css: str) -> CSSSelector:
    return CSSSelector(css)

"""The requests of a described endpoint: written from a question and its values, and known again by what was asked."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from urllib.parse import quote, unquote

from newsarchive.endpoints import Endpoint, Question
from newsarchive.items import Follow
from newsarchive.keys import placeholder
from newsarchive.urls import canonical

Values = Mapping[str, str]

HOLE = re.compile(r"\{([a-z_]+)\}")
PAGING = ("page", "offset", "cursor")
_COUNTED = frozenset(("page", "offset", "size"))
_OWN = frozenset((*PAGING, "size", "comment", "key"))  # what a question's holes hold besides the page's values
_ADDRESS = r"https?://[^?#]+?"
_JSON = re.compile(r'\s*[\[{]\s*["\[{\]}]')


def holes(question: Question) -> tuple[str, ...]:
    """The names of the holes in the address and the body, each once, in their order."""
    return tuple(dict.fromkeys(HOLE.findall(question.url) + HOLE.findall(question.body)))


def paging(question: Question) -> str | None:
    """How a question goes on: by `page`, `offset` or `cursor`; None if all comes at once."""
    return next((name for name in holes(question) if name in PAGING), None)


def thread_names(endpoint: Endpoint) -> tuple[str, ...]:
    """The values that make a thread's key: all that the question needs of the page, but for the endpoint's own address."""
    return tuple(name for name in holes(endpoint.ask) if name not in _OWN and name != leading(endpoint.ask.url))


def leading(template: str) -> str | None:
    """The name of the hole that an address begins with: its value is an address itself."""
    found = HOLE.match(template)
    return found[1] if found else None


def start(question: Question) -> dict[str, str]:
    """The values of a question's own holes when it is asked for the first time."""
    first = {"page": question.first or "1", "offset": question.first or "0", "cursor": question.first}
    return {"size": str(question.size), **{name: value for name, value in first.items() if name == paging(question)}}


def written(endpoint: Endpoint, question: Question, values: Values) -> Follow | None:
    """The request for these values; None if one is missing, or if its answer could not be known again."""
    filled = {**values, "key": placeholder(endpoint.name)}
    if not {*holes(question), *HOLE.findall("".join(value for _, value in question.headers))} <= filled.keys():
        return None
    at = leading(question.url)
    base = filled[at].rstrip("/") if at else ""
    url = canonical(base + _filled(question.url.removeprefix(f"{{{at}}}"), filled, lambda value: quote(value, safe="")))
    body = _filled(question.body, filled, _in_json if _is_json(question.body) else lambda value: quote(value, safe=""))
    if url is None or asked(question, url, question.method, body.encode()) is None:
        return None
    headers = tuple((name, _filled(value, filled, str)) for name, value in question.headers)
    return Follow(url, "comments", method=question.method, body=body.encode(), headers=_typed(question, headers))


def asked(question: Question, url: str, method: str, body: bytes) -> dict[str, str] | None:
    """The values that a request was written with; None if it is no such request."""
    if method != question.method:
        return None
    in_url = _pattern(question.url, r"[^&/?#]*", lead=leading(question.url)).fullmatch(url)
    if in_url is None:
        return None
    found = {name: unquote(value) for name, value in in_url.groupdict().items()}
    if (at := leading(question.url)) is not None:
        found[at] = in_url[at]
    in_body = _in_body(question.body, body) if question.body or body else {}
    if in_body is None or any(found.get(name, value) != value for name, value in in_body.items()):
        return None
    return found | in_body


def _in_body(template: str, body: bytes) -> dict[str, str] | None:
    text = body.decode("utf-8", "replace")
    if not _is_json(template):
        found = _pattern(template, r"[^&]*").fullmatch(text)
        return None if found is None else {name: unquote(value) for name, value in found.groupdict().items()}
    found = _pattern(template, r'(?:[^"\\]|\\.)*').fullmatch(text)
    try:
        return None if found is None else {name: str(json.loads(f'"{value}"')) for name, value in found.groupdict().items()}
    except ValueError:
        return None


@lru_cache(maxsize=256)
def _pattern(template: str, hole: str, *, lead: str | None = None) -> re.Pattern[str]:
    """The regular expression of all that a template can be filled to; a name that comes twice has one value.

    `lead` is the hole that an address begins with.
    """
    pieces, seen = [], set[str]()
    for at, piece in enumerate(HOLE.split(template)):
        if at % 2 == 0:
            pieces.append(re.escape(piece))
        elif piece in seen:
            pieces.append(f"(?P={piece})")
        else:
            seen.add(piece)
            kind = _ADDRESS if piece == lead else r"[0-9]{1,9}" if piece in _COUNTED else hole
            pieces.append(f"(?P<{piece}>{kind})")
    return re.compile("".join(pieces))


def _filled(template: str, values: Values, form: Callable[[str], str]) -> str:
    return HOLE.sub(lambda hole: form(values[hole[1]]), template)


def _is_json(body: str) -> bool:
    return bool(_JSON.match(body))


def _in_json(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)[1:-1]


def _typed(question: Question, headers: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """The headers, with the type of the body where the description names none."""
    if not question.body or any(name.lower() == "content-type" for name, _ in headers):
        return headers
    kind = "application/json" if _is_json(question.body) else "application/x-www-form-urlencoded"
    return (*headers, ("Content-Type", kind))

"""What a page's JSON-LD says of its article (schema.org), whatever shape the publisher gave it."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from newsarchive.reading.document import Document
from newsarchive.text import clean_line, fold
from newsarchive.urls import url_key

_ARTICLE = re.compile(
    r"(?:Article|BlogPosting|Report|NewsStory|Column|Liveblog)$|^(?:LiveBlogPosting|Review|Recipe|SocialMediaPosting)$"
)
_FIELD = re.compile(r'"(headline|datePublished|dateModified|articleSection|description)"\s*:\s*"((?:[^"\\\n]|\\.)*)"')
_AUTHOR = re.compile(r'"author"\s*:\s*[\[{][^\[\]{}]*?"name"\s*:\s*"((?:[^"\\\n]|\\.)*)"')
_DEEPEST = 6  # lists in lists and objects in objects beyond this are nonsense
_MANY = 3  # so many articles, none of them this page, are the teasers of a list
Object = dict[str, Any]


def article_object(document: Document) -> Object:
    """The JSON-LD object of the article that this page is about; empty if there is none.

    Of several, the one whose address is the page's own, else whose headline the page's title holds, else the first of two.
    """
    found = [one for one in _objects(document.json_ld) if is_article(one)]
    if not found:
        return _salvage(document)
    own = {url_key(address) for address in (document.url, *document.linked("canonical")) if address}
    title = fold(document.tree.findtext(".//title") or "") + fold(document.meta("og:title") or "")
    return next(
        (one for one in found if own & {url_key(address) for address in _addresses(one)}),
        next(
            (one for one in found if (name := fold(line(one.get("headline")) or "")) and name in title),
            found[0] if len(found) < _MANY else {},
        ),
    )


def is_article(one: Object) -> bool:
    """Whether an object's type, or one of its types, is a kind of article."""
    kinds = one.get("@type")
    return any(isinstance(kind, str) and _ARTICLE.search(kind) for kind in (kinds if isinstance(kinds, list) else [kinds]))


def named(document: Document, value: Any, depth: int = 0) -> list[Object]:
    """People and organisations in a JSON-LD value as objects with `name`; lists unfolded, `@id` references followed."""
    if isinstance(value, list) and depth < _DEEPEST:
        return [one for part in value for one in named(document, part, depth + 1)]
    if isinstance(value, str):
        return [{"name": value}]
    if not isinstance(value, dict):
        return []
    if "name" not in value and (reference := value.get("@id")):
        value = next((one for one in document.json_ld if one.get("@id") == reference and "name" in one), value)
    given = " ".join(part for part in (value.get("givenName"), value.get("familyName")) if isinstance(part, str))
    names = value.get("name") or given
    return [value | {"name": name} for name in (names if isinstance(names, list) else [names]) if isinstance(name, str) and name]


def line(value: Any) -> str | None:
    """A JSON-LD value that is one line of text, entities undone; the first of a list; None if it is no text."""
    text = _innermost(value, ("name", "@value"))
    return clean_line(html.unescape(text)) or None if text else None


def address(value: Any) -> str | None:
    """An address in a JSON-LD value: a text, or the `url`, `contentUrl` or `@id` of an object; the first of a list."""
    text = _innermost(value, ("url", "contentUrl", "@id"))
    return text.strip() or None if text else None


def _innermost(value: Any, names: tuple[str, ...]) -> str | None:
    """The text inside lists (their first part that is not empty) and objects (the first of `names` that they have)."""
    for _ in range(_DEEPEST):
        if isinstance(value, list):
            value = next(filter(None, value), None)
        elif isinstance(value, dict):
            value = next(filter(None, map(value.get, names)), None)
    return value if isinstance(value, str) else None


def lines(value: Any) -> list[str]:
    """A JSON-LD value that is a list of names: a list, or one text with commas."""
    parts = value if isinstance(value, list) else value.split(",") if isinstance(value, str) else [value]
    return [text for part in parts if (text := line(part))]


def _objects(found: list[Object]) -> Iterator[Object]:
    for one in found:
        yield one
        for name in ("mainEntity", "mainEntityOfPage"):
            inner = one.get(name)
            yield from (part for part in (inner if isinstance(inner, list) else [inner]) if isinstance(part, dict))


def _addresses(one: Object) -> list[str]:
    values = (one.get("url"), one.get("mainEntityOfPage"), one.get("@id"), one.get("isPartOf"))
    return [found.partition("#")[0] for value in values if (found := address(value)) and found.startswith("http")]


def _salvage(document: Document) -> Object:
    """The plain fields of an article in a script that is no valid JSON (a stray quote or comma is common)."""
    for script in document.tree.iter("script"):
        text = script.text or ""
        if "ld+json" not in script.get("type", "") or not re.search(r'"@type"\s*:\s*"\w*(?:Article|BlogPosting)"', text):
            continue
        found: Object = {
            name: json.loads(f'"{value}"', strict=False) for name, value in reversed(_FIELD.findall(text)) if _sound(value)
        }
        return found | {"author": [json.loads(f'"{name}"', strict=False) for name in _AUTHOR.findall(text) if _sound(name)]}
    return {}


def _sound(value: str) -> bool:
    return re.search(r'\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4})', value) is None

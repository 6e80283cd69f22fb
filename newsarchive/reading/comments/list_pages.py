"""Where a list of comments goes on: its other pages, the endpoint of its button; and the key of its thread."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from lxml import etree

from newsarchive.items import Follow
from newsarchive.reading.comments.list_words import names_comment
from newsarchive.reading.document import Document, Element
from newsarchive.text import clean_line

_KEY = re.compile(
    r"(?:article|art|post|thread|story|news|entry|content|item|object|topic|commentpost|n)id|article|post|thread|story|news"
)
_MORE = ("data-url", "data-href", "data-next", "data-next-url", "data-endpoint", "href")
_ENDPOINT = re.compile(r"/(?:api|json|ajax)\b|\.json\b|/comments?\b|[?&]format=json", re.IGNORECASE)
_MORE_WORDS = re.compile(r"more|load|older|next|all|mehr|weitere|suite|plus|más|mais|zvimwe", re.IGNORECASE)
_PAGING = re.compile(
    r"(?:[ck]omm?ent\w*?[-_]?)?(?:page|pagina|página|seite|pag|pg|p|cp|start|offset|from|skip|sida|side|str|strana|sivu"
    r"|pn)(?:no|num|number|index)?"
)
_PAGE_IN_PATH = re.compile(r"(?:/(?:comments?-)?(?:page|seite|pagina|p)[-/]?\d{1,4}|/comments/\d{1,4})/?$", re.IGNORECASE)
_TURN = re.compile(
    r"\d{1,4}|[\W_]*(?:next|prev(?:ious)?|older|newer|last|first|weiter|zurück|nächste|ältere|neuere|suivante?s?"
    r"|précédente?s?|siguiente"
    r"|anterior(?:es)?|próxim[ao]|seguente|precedente|volgende|vorige|nästa|neste|seuraava|następna|poprzednia|další"
    r"|следующая|далее|назад|下一页|上一页|次|前"
    r")?(?:\s(?:page|seite|comments?|kommentare))?[\W_]*",
    re.IGNORECASE,
)
_LONGEST_WORDS = 60


def outside(nodes: Sequence[Element], rows: Collection[Element]) -> Iterator[Element]:
    """The elements of a section that stand in none of its comments."""
    for node in nodes:
        walker = etree.iterwalk(node, events=("start",))
        for _, element in walker:
            if element in rows:
                walker.skip_subtree()
            else:
                yield element


def other_pages(document: Document, elements: Sequence[Element]) -> tuple[Follow, ...]:
    """The thread's other pages, and the endpoints of its buttons, that these elements lead to, on this host."""
    found: dict[str, Follow] = {}
    own = _stem(document.url)
    for element in elements:
        for name in _MORE:
            value = element.get(name)
            if not value or not (_ENDPOINT.search(value) or element.tag == "a"):
                continue
            words = clean_line(element.text_content()[:_LONGEST_WORDS])
            told = f"{element.get('class') or ''} {element.get('rel') or ''} {words}"
            more = _ENDPOINT.search(value) and _MORE_WORDS.search(told)
            if not (more or (element.tag == "a" and words and _TURN.fullmatch(words))):
                continue
            url = document.absolute(value)
            if (
                url
                and url != document.url
                and urlsplit(url).netloc == urlsplit(document.url).netloc
                and (more or _stem(url) == own)
            ):
                found.setdefault(url, Follow(url, "comments"))
    return tuple(found.values())


def is_comment_page(url: str) -> bool:
    """Whether an address is that of a further page of comments, by a parameter that says so, and no article's own."""
    return any(_PAGING.fullmatch(name.lower()) and names_comment(name) for name, _ in parse_qsl(urlsplit(url).query))


def thread_key(document: Document, nodes: Sequence[Element], follow: Sequence[Follow]) -> str:
    """The article's id as its endpoint or its section names it, else its address without what turns the comments' pages."""
    named = next((key for one in follow if (key := key_in_url(one.url))), None) or _key_in_page(nodes)
    if named:
        return named
    parts = urlsplit(_stem(document.url))
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _stem(url: str) -> str:
    parts = urlsplit(url)
    query = [
        (name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not _PAGING.fullmatch(name.lower())
    ]
    return urlunsplit(parts._replace(path=_PAGE_IN_PATH.sub("", parts.path).rstrip("/") or "/", query=urlencode(query)))


def key_in_url(url: str) -> str | None:
    """The article's id in an endpoint's address: a parameter's value, else the last number in the path."""
    parts = urlsplit(url)
    query = [(_key_name(name), value) for name, value in parse_qsl(parts.query)]
    numbers = [step for step in parts.path.split("/") if step.isdecimal()]
    named = [value for name, value in query if _KEY.fullmatch(name)] + [value for name, value in query if name == "id"]
    return next(filter(clean_line, named + numbers[::-1]), None)


def _key_name(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.lower().removeprefix("data-"))


def _key_in_page(nodes: Sequence[Element]) -> str | None:
    """The article's id in an attribute of the section or of what it holds, or in a hidden field of its form."""
    for element in (one for node in nodes for one in node.iter(etree.Element)):
        if element.tag == "input" and _KEY.fullmatch(_key_name(element.get("name", ""))) and clean_line(element.get("value", "")):
            return str(element.get("value"))
        for name, value in element.items():
            if name.startswith("data-") and _KEY.fullmatch(_key_name(name)) and clean_line(value):
                return str(value)
    return None

"""Where a list of comments goes on: its other pages, and the endpoint of its button."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from urllib.parse import parse_qsl, urlsplit

from lxml import etree

from newsarchive.items import Follow
from newsarchive.reading.comments.lists.key import handed_down, is_comments_alone, is_paging, keyed, without_page
from newsarchive.reading.comments.lists.words import names_comment
from newsarchive.reading.document import Document, Element
from newsarchive.text import clean_line

_MORE = ("data-url", "data-href", "data-next", "data-next-url", "data-endpoint", "href")
_ENDPOINT = re.compile(r"/(?:api|json|ajax)\b|\.json\b|/comments?\b|[?&]format=json", re.IGNORECASE)
_MORE_WORDS = re.compile(r"more|load|older|next|all|mehr|weitere|suite|plus|más|mais|zvimwe", re.IGNORECASE)
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


def other_pages(document: Document, elements: Sequence[Element], key: str) -> tuple[Follow, ...]:
    """The thread's other pages, and the endpoints of its buttons, that these elements lead to, on this host.

    `key` is the thread's: an endpoint's address names it, for its answer may not.
    """
    found: dict[str, Follow] = {}
    own, handed = without_page(document.url), handed_down(document.url)
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
            if url is None or url == document.url or urlsplit(url).netloc != urlsplit(document.url).netloc:
                continue
            is_own = without_page(url) == own
            asked = url if is_own and not handed else keyed(url, key) if is_own or more else None
            if asked:
                found.setdefault(asked, Follow(asked, "comments"))
    return tuple(found.values())


def is_comment_page(url: str) -> bool:
    """Whether an address is that of a page of comments, by its path or by a parameter that says so, and no article's own."""
    return is_comments_alone(url) or any(
        is_paging(name, value) and names_comment(name) for name, value in parse_qsl(urlsplit(url).query)
    )

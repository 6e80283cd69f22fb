"""Find the list of comments in a page by its structure: siblings that each hold a date or age, a short name and a text.

Class names give a hint that the list is one of comments, as do headings, forms and the words in them; what a comment is,
its structure tells. Lists of other articles look alike: their text is a link.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice, takewhile

from newsarchive.errors import UnknownAge
from newsarchive.reading.comments.marks import TextNode, interval, text_around
from newsarchive.reading.document import Document, Element
from newsarchive.text import clean_line
from newsarchive.times import Interval, parse_age, parse_moment

_MAYBE_TIME = re.compile(r"\d|ago|[Nn]ow|[Tt]oday|[Yy]esterday|apfuura|[Nn]hasi|[Nn]ezuro|[Ii]zvozvi")
_LONGEST_TIME, _LONGEST_NAME = 60, 60
_SILENT = frozenset(("script", "style", "noscript", "template", "textarea", "select", "option", "button"))
_SIGNS = (
    *("comment", "reply", "replies", "response", "discussion", "kommentar", "coment", "commenti", "reactie", "коммент"),
    *("nhaurirano", "mhinduro", "maonero", "评论", "コメント", "댓글", "تعليق"),
)
_ELSEWHERE = re.compile(
    r"(?:recent|latest|newest|neueste|letzte|derniers|últimos|popular|top)\W{0,2}(?:comment|kommentar|coment)", re.I
)
_PAGE = 'self::body | self::html | self::main | .//h1 | .//*[contains(@class, "entry-content")]'
_LABELS = ".//h1 | .//h2 | .//h3 | .//h4 | .//h5 | .//h6 | .//legend | .//textarea | .//form"
_CONTROLS = re.compile(
    r"(?:[\W\d]|\b(?:reply|report|abuse|flag|rate|like|dislike|share|quote|edit|delete|permalink|link|vote|up|down|pindura|antworten|melden"
    r"|répondre|signaler|responder|denunciar|rispondi)\b){1,60}",
    re.IGNORECASE,
)
_LONGEST_LABEL = 80
_NEAR = 3  # how far around or beside a list its signs are looked for
_MOST = 0.8  # the share of a list's entries that must be comments
_AROUND_NAME = " \t|·•,–—-:"


@dataclass(frozen=True, slots=True)
class Entry:
    """One comment of the list: who, when (in words, and what they mean), what."""

    element: Element
    name: str
    words: str
    when: Interval
    text: str


@dataclass(frozen=True, slots=True)
class FlatList:
    """The entries in page order, and the elements that show that they are comments: the section, its heading, its form."""

    entries: tuple[Entry, ...]
    nodes: tuple[Element, ...]


def find_list(document: Document) -> FlatList | None:
    """The page's longest list of comments; None if it shows none."""
    if not _has_sign(document.text):
        return None
    kinds: dict[tuple[str, ...], list[TextNode]] = defaultdict(list)
    for node in _dates(document):
        home = _home(node)
        kinds[node[1], home.tag, home.get("class", ""), home.getparent().tag].append(node)
    lists = [found for nodes in kinds.values() for found in _lists(document, nodes)]
    return max(lists, key=lambda found: len(found.entries), default=None)


def _home(node: TextNode) -> Element:
    """The element in which a text node stands."""
    return node[0] if node[1] == "text" else node[0].getparent()


def _words(node: TextNode) -> str:
    text = node[0].text if node[1] == "text" else node[0].tail
    return clean_line(text or "").strip(_AROUND_NAME)


def _dates(document: Document) -> Iterator[TextNode]:
    """Every text node that is a date or an age and nothing else."""
    for element in document.tree.iter():
        if not isinstance(element.tag, str) or element.getparent() is None:
            continue
        text, tail = (element.text or "").strip(), (element.tail or "").strip()
        dated = element.get("datetime") or (element.tag not in _SILENT and _is_date(document, (element, "text"), text))
        if text and dated:
            yield element, "text"
        if tail and _is_date(document, (element, "tail"), tail):
            yield element, "tail"


def _is_date(document: Document, node: TextNode, text: str) -> bool:
    if not 0 < len(text) < _LONGEST_TIME or not _MAYBE_TIME.search(text):
        return False
    words = clean_line(text).strip(_AROUND_NAME)
    for read in (parse_age, parse_moment):
        with suppress(UnknownAge):
            return bool(read(words, at=document.page.captured_at))
    hinted = any(_is_sign(above) for above in _home(node).iterancestors())  # other languages cost a hundred times as much
    return hinted and interval(document, (words,)) is not None


def _lists(document: Document, nodes: list[TextNode]) -> Iterator[FlatList]:
    """The lists that dates of one kind mark: an entry is the largest element around one date and no other."""
    count = Counter(above for node in nodes for above in _upwards(_home(node)))
    groups: dict[Element, list[tuple[Element, TextNode]]] = defaultdict(list)
    for node in nodes:
        alone = list(takewhile(lambda above: count[above] == 1, _upwards(_home(node))))
        if alone and len(nodes) > 1:
            groups[alone[-1].getparent()].append((alone[-1], node))
    if len(nodes) == 1:
        groups.update(_single(document, nodes[0]))
    for parent, members in groups.items():
        tag = Counter(element.tag for element, _ in members).most_common(1)[0][0]
        members = [(element, node) for element, node in members if element.tag == tag]
        if signs := _signs(parent, [element for element, _ in members]):
            entries = [entry for element, node in members if (entry := _entry(document, element, node))]
            if len(entries) >= _MOST * len(members):
                yield FlatList(tuple(entries), signs)


def _upwards(element: Element) -> Iterator[Element]:
    yield element
    yield from element.iterancestors()


def _single(document: Document, node: TextNode) -> dict[Element, list[tuple[Element, TextNode]]]:
    """A lone date marks a comment only inside what calls itself comments: its smallest element with a name and a text."""
    for element in _upwards(_home(node)) if any(map(_is_sign, _home(node).iterancestors())) else ():
        if element.xpath(_PAGE):
            break
        if _entry(document, element, node):
            parent = element.getparent()
            return {parent: [(element, node)]} if any(_is_sign(one) for one in islice(_upwards(parent), 2)) else {}
    return {}


def _entry(document: Document, element: Element, node: TextNode) -> Entry | None:
    """Name, time and text of one entry; None if one is missing, or the text is a link to somewhere else.

    The name stands right before the date, and the text after it; or the text comes first, and the name at its head if the
    date has a line of its own; or the date comes first.
    """
    before, after, beside = text_around(element, node)
    if before and (not after or ("\n" in before and _is_controls(after))):
        text, _, name = before.rpartition("\n") if beside else before.partition("\n")[::-1]
    elif before:
        name, text = before.rpartition("\n")[2], _without_controls(after)
    else:
        name, _, text = after.partition("\n")
    name, text = name.strip(_AROUND_NAME) or name, text.strip()
    linked = sum(len(clean_line(link.text_content())) for link in element.iter("a"))
    when = interval(document, (_home(node).get("datetime"), _words(node)))
    if not text or not 0 < len(name) <= _LONGEST_NAME or when is None or linked > len(name) + len(text) / 2:
        return None
    if any(heading.find(".//a") is not None for heading in element.iter("h1", "h2", "h3", "h4")):
        return None
    return Entry(element, name, _words(node), when, text)


def _without_controls(text: str) -> str:
    """The text without a last line that holds buttons and votes only, unless nothing else is left."""
    rest, _, last = text.rpartition("\n")
    return rest if rest.strip() and _is_controls(last) else text


def _is_controls(words: str) -> bool:
    return bool(_CONTROLS.fullmatch(words)) and any(sign.isalpha() for sign in words)


def _has_sign(words: str) -> bool:
    words = words.lower()
    return any(sign in words for sign in _SIGNS)


def _is_sign(element: Element) -> bool:
    return _has_sign(f"{element.get('id', '')} {element.get('class', '')} {element.get('aria-label', '')}")


def _signs(parent: Element, members: Sequence[Element]) -> tuple[Element, ...]:
    """What shows that this list is one of comments: an element around it, or the headings and forms beside it.

    A widget of the site's latest comments is none: its comments answer other articles.
    """
    found, within = None, frozenset(members)
    for above in islice(_upwards(parent), _NEAR + 1):
        if above.xpath(_PAGE):
            break
        labels = [one for one in above.xpath(_LABELS) if not any(up in within for up in one.iterancestors())]
        words = [
            f"{above.get('id')} {above.get('class')}",
            *(clean_line(one.text_content()) for one in labels if one.tag != "form"),
        ]
        if any(_ELSEWHERE.search(one[:_LONGEST_LABEL]) for one in words):
            return ()
        if found is None and (_is_sign(above) or any(map(_is_label, labels))):
            found = above
    return _beside(parent, members) if found is None else (found,)


def _beside(parent: Element, members: Sequence[Element]) -> tuple[Element, ...]:
    """The list, and the headings and forms of comments right before or after it."""
    rows = [parent] if not parent.xpath(_PAGE) else members
    near = [*islice(rows[0].itersiblings(preceding=True), _NEAR), *islice(rows[-1].itersiblings(), _NEAR)]
    labels = [one for one in near if isinstance(one.tag, str) and any(map(_is_label, [one, *one.xpath(_LABELS)]))]
    return (*rows, *labels) if labels else ()


def _is_label(element: Element) -> bool:
    if element.tag in ("form", "textarea"):
        return _is_sign(element) or element.tag == "textarea"
    return element.tag[0] == "h" and len(words := clean_line(element.text_content())) < _LONGEST_LABEL and _has_sign(words)

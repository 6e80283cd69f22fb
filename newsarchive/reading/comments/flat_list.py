"""Find the list of comments in a page by its structure: siblings that each hold a date or age, a short name and a text.

Class names give a hint that the list is one of comments, as do headings, forms and the words in them; what a comment is,
its structure tells. Lists of other articles look alike: their text is a link.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice, takewhile

from newsarchive.errors import UnknownAge
from newsarchive.reading.comments.flat_entry import AROUND_NAME, Entry, home, is_link, read_entry
from newsarchive.reading.comments.marks import TextNode, block_text, classes, interval
from newsarchive.reading.document import Document, Element
from newsarchive.text import clean_line
from newsarchive.times import parse_age, parse_moment

_MAYBE_TIME = re.compile(r"\d|ago|[Nn]ow|[Tt]oday|[Yy]esterday|apfuura|[Nn]hasi|[Nn]ezuro|[Ii]zvozvi")
_LONGEST_TIME = 60
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
_LONGEST_LABEL = 80
_NEAR = 3  # how far around or beside a list its signs are looked for
_MOST = 0.8  # the share of a list's entries that must be comments


@dataclass(frozen=True, slots=True)
class FlatList:
    """The entries in page order, and the elements that show that they are comments: the section, its heading, its form.

    `whole` is False where something stands among the entries, like them, that could not be read.
    """

    entries: tuple[Entry, ...]
    nodes: tuple[Element, ...]
    whole: bool = True


def find_list(document: Document) -> FlatList | None:
    """The page's longest list of comments; None if it shows none."""
    if not _has_sign(document.text):
        return None
    kinds: dict[tuple[str, ...], list[TextNode]] = defaultdict(list)
    for node in _dates(document):
        around = home(node)
        kinds[node[1], around.tag, around.get("class", ""), around.getparent().tag].append(node)
    lists = [found for nodes in kinds.values() for found in _lists(document, nodes)]
    longest = max(lists, key=lambda found: len(found.entries), default=None)
    return longest and _completed(document, longest, [node for nodes in kinds.values() for node in nodes])


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
    words = clean_line(text).strip(AROUND_NAME)
    for read in (parse_age, parse_moment):
        with suppress(UnknownAge):
            return bool(read(words, at=document.page.captured_at))
    hinted = any(_is_sign(above) for above in home(node).iterancestors())  # other languages cost a hundred times as much
    return hinted and interval(document, (words,)) is not None


def _lists(document: Document, nodes: list[TextNode]) -> Iterator[FlatList]:
    """The lists that dates of one kind mark: an entry is the largest element around one date and no other."""
    count = Counter(above for node in nodes for above in _upwards(home(node)))
    groups: dict[Element, list[tuple[Element, TextNode]]] = defaultdict(list)
    for node in nodes:
        alone = list(takewhile(lambda above: count[above] == 1, _upwards(home(node))))
        if alone and len(nodes) > 1:
            groups[alone[-1].getparent()].append((alone[-1], node))
    if len(nodes) == 1:
        groups.update(_single(document, nodes[0]))
    for parent, members in groups.items():
        tag = Counter(element.tag for element, _ in members).most_common(1)[0][0]
        members = [(element, node) for element, node in members if element.tag == tag]
        if signs := _signs(parent, [element for element, _ in members]):
            read = (read_entry(document, element, node) for element, node in members)
            entries = [entry for entry in read if entry and not is_link(entry)]
            if len(entries) >= _MOST * len(members):
                yield FlatList(tuple(entries), signs)


def _completed(document: Document, found: FlatList, dates: Sequence[TextNode]) -> FlatList:
    """The list with the items among its entries whose date has another class, or whose text has become a link."""
    known = {entry.element: entry for entry in found.entries}
    marks: dict[Element, list[TextNode]] = defaultdict(list)
    for node in dates:
        for above in _upwards(home(node)):
            marks[above].append(node)
    entries = {item: known.get(item) or _read_item(document, item, marks[item], found.entries[0]) for item in _items(known)}
    read = tuple(entry for entry in entries.values() if entry)
    nodes = dict.fromkeys((*found.nodes, *(entry.element for entry in read if entry.element not in known)))
    return FlatList(read, tuple(nodes), whole=len(read) == len(entries))


def _read_item(document: Document, item: Element, dates: Sequence[TextNode], like: Entry) -> Entry | None:
    """An item by its one date that stands in an element like the other entries' dates."""
    alike = [node for node in dates if (node[1], home(node).tag) == (like.node[1], home(like.node).tag)]
    return read_entry(document, item, alike[0]) if len(alike) == 1 else None


def _items(known: Collection[Element]) -> Iterator[Element]:
    """The entries and what stands beside them and looks like one: the same tag, a class that all entries share, a text.

    Without such a class, a form, a heading or a mere link is no item; on the page itself, outside a section, nothing is.
    """
    first = next(iter(known))
    parent, shared = first.getparent(), frozenset.intersection(*map(classes, known))
    bare = parent.xpath(_PAGE)
    for item in parent.iterchildren(first.tag):
        if item in known:
            yield item
        elif shared:
            if shared & classes(item) and block_text(item):
                yield item
        elif not bare and not item.xpath(_LABELS) and block_text(item, frozenset(item.iter("a"))):
            yield item


def _upwards(element: Element) -> Iterator[Element]:
    yield element
    yield from element.iterancestors()


def _single(document: Document, node: TextNode) -> dict[Element, list[tuple[Element, TextNode]]]:
    """A lone date marks a comment only inside what calls itself comments: its smallest element with a name and a text."""
    for element in _upwards(home(node)) if any(map(_is_sign, home(node).iterancestors())) else ():
        if element.xpath(_PAGE):
            break
        if (entry := read_entry(document, element, node)) and not is_link(entry):
            parent = element.getparent()
            return {parent: [(element, node)]} if any(_is_sign(one) for one in islice(_upwards(parent), 2)) else {}
    return {}


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

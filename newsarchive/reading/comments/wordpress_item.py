"""One comment of a WordPress page: the element that its number stands at, and what it holds, by the class names of themes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import islice

from lxml import etree

from newsarchive.reading.ancestry import from_above
from newsarchive.reading.comments.block import Block
from newsarchive.reading.comments.entry import Entry
from newsarchive.reading.comments.lists import times
from newsarchive.reading.comments.lists.traces import is_trace
from newsarchive.reading.comments.lists.wording import AFTER_NAME, BEFORE_NAME
from newsarchive.reading.comments.marks import block_text, classes
from newsarchive.reading.document import Document, Element
from newsarchive.text import clean_line

_ITEM_ID = re.compile(r"(?:li-|div-)?comment-(\d{1,12})")
_ITEM_TAGS = frozenset(("li", "div", "article", "section"))
_HEADS = frozenset(("dt", "h2", "h3", "h4", "h5", "h6", "p"))  # hold a comment's name at most; its text stands behind them
_DEEP = re.compile(r"(?:^|\s)depth-\d")  # the class of an element that holds a comment and those that answer it
_ANSWERS = "children"  # the list of the answers to a comment
_NAMES = ("fn", "wp-block-comment-author-name", "comment-author-name", "author-name", "epoch-author-link")
_AUTHORS = ("comment-author", "comment_author", "author", "thecomment-author")
_DATES = ("comment-metadata", "commentmetadata", "wp-block-comment-date", "comment-date", "comment-time", "comment-meta")
_TEXTS = ("comment-content", "wp-block-comment-content", "comment-text", "comment_text", "comment-entry", "commenttext")
_AROUND_TEXT = re.compile(
    r"(?:^|\s)(?:vcard|comment-author|comment-meta|commentmetadata|comment-metadata|comment-date|comment-time|reply|says|fn"
    r"|comment-reply-link|comment-edit-link|comment-respond|comment-awaiting-moderation"
    r"|comment-?number|comment-(?:shar(?:e|ing)|likes?|votes?|karma|rating|actions|tools))(?:\s|$)"
)
_BY_USER = "comment-author-"  # before the name in addresses of a registered author, whose comments are of class `byuser`
_MOST_NAMES = 10  # elements around an author's name
_MOST_LINKS = 3  # to a comment, of which one may tell its time


@dataclass(frozen=True, slots=True)
class Item:
    """One comment in the page: its number, the comment it hangs under, how deep; `own` are its elements without those
    of the comments that hang under it, which begin at the elements `nested`."""

    number: str
    element: Element
    parent: str | None = None
    depth: int = 0
    own: tuple[Element, ...] = ()
    nested: tuple[Element, ...] = ()

    def first(self, names: Iterable[str]) -> Element | None:
        """The comment's first element of one of these classes, the earlier names first."""
        return next((element for name in names for element in self.own if name in classes(element)), None)

    def permanent_links(self) -> list[Element]:
        """The links to this comment that are none to answer it."""
        mark = f"#comment-{self.number}"
        links = [one for one in self.own if one.tag == "a" and one.get("href", "").endswith(mark)]
        return [one for one in links if "reply" not in one.get("class", "")]


def items_of(document: Document) -> list[Item]:
    """The comments in page order; one comment's `li-comment-N`, `comment-N` and `div-comment-N` are one item, unless the first
    of them is but a heading of the others."""
    found: dict[str, Item] = {}
    others: set[str] = set()
    by_element: dict[Element, Item] = {}
    known: dict[Element, Item | None] = {}
    for element in document.marked("comment-"):
        number = _ITEM_ID.fullmatch(element.get("id", ""))
        if number is None or number[1] in found or number[1] in others:
            continue
        if element.tag in _HEADS or (element.tag in _ITEM_TAGS and is_trace(element)):
            others.add(number[1])
        if number[1] in others or element.tag not in _ITEM_TAGS:
            continue
        above = from_above(element.getparent(), known, partial(_answered, by_element))
        block = Block.of(element, partial(_is_other, number[1]))
        parent, depth = (above.number, above.depth + 1) if above else (None, 0)
        item = Item(number[1], element, parent, depth, block.own, block.nested)
        found[item.number] = by_element[element] = item
        if (shell := element.getparent()) is not None and shell not in by_element and _DEEP.search(shell.get("class") or ""):
            known[shell] = item
    return list(found.values())


def _answered(items: Mapping[Element, Item], element: Element, above: Item | None) -> Item | None:
    """The comment that what stands in an element answers: the element's own, the one before a list of answers, else `above`."""
    if (own := items.get(element)) or _ANSWERS not in classes(element):
        return own or above
    before = next(element.itersiblings(etree.Element, preceding=True), None)
    return above if before is None else items.get(before, above)


def _is_other(own: str, element: Element) -> bool:
    """Whether an element is a comment's, of another number than this one's own."""
    number = _ITEM_ID.fullmatch(element.get("id") or "")
    return number is not None and number[1] != own and element.tag in _ITEM_TAGS


def has_text_of_its_own(item: Item) -> bool:
    """Whether the theme marks the text; else it stands bare beside name and time."""
    return item.first(_TEXTS) is not None


def entry_of(item: Item) -> Entry:
    """What a comment's elements tell of it, as the themes of WordPress call them."""
    stamp, words = _time(item)
    names = item.element.get("class", "").split()  # of two that begin so, WordPress's own is the first
    account = next((one.removeprefix(_BY_USER) for one in names if one.startswith(_BY_USER)), None)
    registered = "byuser" in names
    return Entry(
        _text(item),
        name=_name(item),
        words=words,
        stamp=stamp,
        id=item.number,
        parent=item.parent,
        account=account if registered else None,
    )


def _name(item: Item) -> str | None:
    element = item.first(_NAMES)
    links, says = frozenset(item.permanent_links()), frozenset(one for one in item.own if "says" in classes(one))
    if element is None and (around := item.first(_AUTHORS)) is not None:
        names = (one for one in around.iter("cite", "strong", "b", "a") if one not in links)
        element = next((one for one in islice(names, _MOST_NAMES) if block_text(one)), None)
        if element is None:
            numbers = frozenset(
                one for one in around.iterdescendants(etree.Element) if (one.text_content() or "").strip("#. ").isdecimal()
            )
            line = clean_line(block_text(around, links | says | numbers) or block_text(around, links | says) or "")
            return AFTER_NAME.sub("", BEFORE_NAME.sub("", line)) or None
    if element is None:
        return None
    return clean_line(block_text(element, links | says) or "") or None


def _text(item: Item) -> str | None:
    around = [one for one in item.own if one.tag == "time" or _AROUND_TEXT.search(one.get("class", ""))]
    content = item.first(_TEXTS)
    return block_text(item.element if content is None else content, frozenset((*around, *item.nested)))


def says_day(words: str | None) -> bool:
    """Whether words say when a comment was written, with more than a clock: "#" and "Permalink" do not."""
    return bool(words and times.span(words) and not times.is_clock(words.strip(" @")))


def _time(item: Item) -> tuple[str | None, str | None]:
    """A comment's time for machines (`<time datetime>`, which names an offset), and in words."""
    links = item.permanent_links()
    stamped = next((one for one in item.own if one.tag == "time" or one.get("datetime")), None)
    dates = [told for one in (stamped, item.first(_DATES)) if one is not None for told in (_linked(one, links), one)]
    shown = [_said(one) for one in (*dates, *links[:_MOST_LINKS])]
    words = next(filter(says_day, shown), next(filter(times.may_hold, shown), None))
    return (None if stamped is None else stamped.get("datetime")), words


def _said(mark: Element) -> str:
    """The words of an element that tells the time; of one that may tell more, those that are one."""
    words = clean_line(mark.text_content())
    found = times.span(words) if mark.tag not in ("time", "a") else None
    return words[slice(*found)].strip() if found else words


def _linked(mark: Element, links: Iterable[Element]) -> Element:
    """The link to the comment in an element that tells the time, without the "(Edit)" beside it; else the element."""
    inside = frozenset(mark.iterdescendants("a")) if mark.tag != "time" else ()
    return next((one for one in links if one in inside), mark)

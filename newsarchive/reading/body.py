"""The text of an article: which paragraphs of its page are its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from newsarchive.reading.ancestry import from_above, lies_in
from newsarchive.reading.document import Element
from newsarchive.reading.furniture import is_byline, is_call, is_credit, is_date, is_marked, is_meter, is_teaser
from newsarchive.reading.prose import Paragraph, container, paragraphs
from newsarchive.reading.vote import key, voted_for
from newsarchive.text import clean_block, clean_line

_PLAIN = frozenset(
    {
        *("p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre"),
        *("figure", "table", "thead", "tbody", "tr", "th", "td"),
    }
)
_RESCUE = 1.5  # how much more prose the plain reading must hold before it is believed against trafilatura
_PURE = 0.75  # the share of prose, and of prose on one level, from which a container is believed to be the article
_BULK, _LEVEL = 0.6, 0.95  # the shares of prose, and of prose on one level, from which it is the article without a vote
_ENOUGH = 400  # characters of prose below which a container may be anything
_IMPURE = 0.35  # the share of prose below which a text is a heap of labels
_HEAD, _FOOT = 3, 3  # how many paragraphs from either end may be the line of the author, or of the source
_LINKS = 0.8  # the share of lines above the text that is links, from which they are a menu
_OPENING = 8  # how many paragraphs at the top may be headline, byline and date


@dataclass(frozen=True, slots=True)
class Body:
    """An article's text, the credit line and the author's line that stood in it, and its addresses as the page writes them.

    `unity` is the share of the prose that stands under one parent: near 1 in an article, small in a list of teasers.
    """

    text: str
    unity: float = 1.0
    attribution: str | None = None
    byline: str | None = None
    links: tuple[str, ...] = ()
    images: tuple[str, ...] = ()


def read_body(
    tree: Element, *, opening: Collection[str], without: Collection[Element] = (), selector: str | None = None
) -> Body | None:
    """The text under `tree`; None if there is no prose.

    `opening` holds what may stand above the text and is no part of it: headline, authors, section. `without` are elements to
    leave out; `selector` is the site's own word on where the text is. The tree stays as it is.
    """
    named = tree.cssselect(selector) if selector else ()
    chosen = [found for root in named for found in paragraphs(root, without)] if selector else _choose(tree, without)
    chosen, credit = _without_credit(_without_boxes(chosen))
    chosen = _opened([paragraph for paragraph in chosen if not _furniture(paragraph)], {key(line) for line in opening})
    chosen, byline = _without_byline(chosen)
    text = clean_block("\n\n".join(paragraph.text for paragraph in chosen))
    return Body(text, _stem(chosen)[1], credit, byline, *_addresses(chosen, tree, frozenset(without))) if text else None


def _choose(tree: Element, without: Collection[Element]) -> list[Paragraph]:
    """The paragraphs trafilatura voted for, or those of the page's container of prose where it plainly missed them.

    Where nearly all prose of the page stands side by side in one place there is nothing to vote on.
    """
    found = paragraphs(tree, without)
    root = container(found, tree)
    inside = set(root.iter())
    plain = [paragraph for paragraph in found if paragraph.element in inside and paragraph.linked < len(paragraph.text) / 2]
    if _is_plain(plain, found):
        return _filled([paragraph for paragraph in plain if paragraph.prose], found)
    voted = voted_for(tree, found, without)
    if _prose(voted) < _IMPURE * _length(voted):
        return plain
    covered = {id(paragraph) for paragraph in plain} >= {id(paragraph) for paragraph in voted if paragraph.prose}
    missed = covered and _prose(plain) > _RESCUE * _prose(voted)
    if missed and _prose(plain) > _PURE * _length(plain) and _stem(plain)[1] > _PURE:
        return plain
    return _filled(voted, found)


def _is_plain(plain: list[Paragraph], found: list[Paragraph]) -> bool:
    """Whether the container holds the prose of the page and little else, on one level: half of all articles."""
    prose = _prose(plain)
    return prose >= max(_ENOUGH, _BULK * _length(plain), _BULK * _prose(found)) and _stem(plain)[1] >= _LEVEL


def _stem(found: list[Paragraph]) -> tuple[Element, float]:
    """The parent under which most of the prose stands, and its share: large in an article, small in a list of teasers."""
    held: Counter[Element] = Counter()
    for paragraph in found:
        held[paragraph.element.getparent()] += paragraph.prose
    stem, prose = max(held.items(), key=lambda item: item[1], default=(None, 0))
    return stem, prose / (_prose(found) or 1)


def _filled(voted: list[Paragraph], found: list[Paragraph]) -> list[Paragraph]:
    """The paragraphs voted for and those of the same rank beside them that the vote left out: an end, a list, a table."""
    stem, share = _stem(voted)
    if share < _PURE:
        return voted
    chosen = {id(paragraph) for paragraph in voted}
    known: dict[Element, bool] = {}

    def is_part(one: Element, above: bool | None) -> bool:
        """Whether only mark-up of plain text stands between an element and the stem."""
        return one is stem or (bool(above) and one.tag in _PLAIN)

    free = (p for p in found if p.linked < len(p.text) / 2 or is_credit(p.text))
    chosen |= {id(p) for p in free if from_above(p.element, known, is_part)}
    return [p for p in found if id(p) in chosen]


def _prose(found: Iterable[Paragraph]) -> int:
    return sum(paragraph.prose for paragraph in found)


def _length(found: Iterable[Paragraph]) -> int:
    return sum(len(paragraph.text) for paragraph in found)


def _opened(found: list[Paragraph], known: Collection[str]) -> list[Paragraph]:
    """The paragraphs without what stands above a text: `known` lines (as keys), dates, and menus."""
    kept = []
    for place, paragraph in enumerate(found):
        if place < _OPENING:
            lines = [line for line in paragraph.text.split("\n") if key(line) not in known and not is_date(line)]
            if not lines or (len(lines) > 1 and paragraph.linked >= _LINKS * len(paragraph.text)):
                continue
            paragraph = replace(paragraph, text="\n".join(lines))
        kept.append(paragraph)
    return kept


def _without_boxes(found: list[Paragraph]) -> list[Paragraph]:
    """The paragraphs without those in a box among them that calls itself an ad, a share bar, or the like.

    Only between a paragraph and what holds most of them are names believed: a whole article may stand in a `with-ads`.
    """
    stem, known = _stem(found)[0], dict[Element, bool | None]()

    def boxed(one: Element, above: bool | None) -> bool | None:
        """Whether an element is such a box, or in one; None for what does not stand below the stem."""
        if one is stem:
            return False
        return None if above is None else above or is_marked(f"{one.get('class', '')} {one.get('id', '')}")

    return [paragraph for paragraph in found if not from_above(paragraph.element, known, boxed)]


def _without_credit(found: list[Paragraph]) -> tuple[list[Paragraph], str | None]:
    """The paragraphs without the credit line among the last few, and that line."""
    credits = [paragraph for paragraph in found[1:][-_FOOT:] if is_credit(paragraph.text)]
    taken = {id(paragraph) for paragraph in credits}
    credit = clean_line("; ".join(paragraph.text for paragraph in credits))
    return [paragraph for paragraph in found if id(paragraph) not in taken], credit or None


def _without_byline(found: list[Paragraph]) -> tuple[list[Paragraph], str | None]:
    """The paragraphs without lines at the top or the very end that only name the author, and the first such line."""
    ends = [*found[:_HEAD], *found[-1:]] if len(found) > 1 else []
    lines = {id(paragraph): clean_line(paragraph.text) for paragraph in ends if _names_author(paragraph)}
    return [paragraph for paragraph in found if id(paragraph) not in lines], next(iter(lines.values()), None)


def _names_author(paragraph: Paragraph) -> bool:
    bold = paragraph.element.xpath("string((.//strong | .//b)[1])")
    return is_byline(paragraph.text, set_apart=key(bold) == key(paragraph.text))


def _furniture(paragraph: Paragraph) -> bool:
    return is_call(paragraph.text) or is_meter(paragraph.text) or (paragraph.linked > 0 and is_teaser(paragraph.text))


def _addresses(found: list[Paragraph], tree: Element, without: frozenset[Element]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The `href` of links in these paragraphs, and the `src` of the images in the element that holds them."""
    known: dict[Element, bool] = {}
    elements = dict.fromkeys(paragraph.element for paragraph in found)
    links = [
        href
        for element in elements
        for one in element.iter("a")
        if (href := one.get("href")) and not lies_in(one, without, known)
    ]
    images = [
        src
        for one in container(found, tree).iter("img")
        for src in (one.get("src"), one.get("data-src"))
        if src and not lies_in(one, without, known)
    ]
    return tuple(dict.fromkeys(links)), tuple(dict.fromkeys(images))

"""The comment section of a page: the elements that are no part of the article, and the count that their heading claims."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import islice

from newsarchive.reading.counts import count_in, count_in_json_ld
from newsarchive.reading.document import Document, Element
from newsarchive.text import clean_line

_SECTION = re.compile(r"comment|respond", re.IGNORECASE)
_ENTRY = "entry-content"
_LIKELY = 40  # headings that may be the page's headline
_LEAST = 12  # characters of a headline that is no `h1`
_PAGE = ("body", "html", "main", "article")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def section(document: Document, roots: Sequence[Element]) -> tuple[Element, ...]:
    """The outermost elements that hold these and nothing of the article, in the order of `roots`."""
    outermost: dict[Element | None, Element] = {}  # siblings share theirs
    found: dict[Element, None] = {}
    around = _around_article(document) if roots else set()
    for root in roots:
        parent = root.getparent()
        if parent not in outermost:
            outermost[parent] = _outermost(root, around)
        outer = outermost[parent]
        found[root if outer.getparent() is parent else outer] = None
    return tuple(one for one in found if not any(above in found for above in one.iterancestors()))


def headlines(tree: Element) -> list[Element]:
    """The headings of the page itself: its `h1`; where it has none, a lesser one with which the page's title begins."""
    if found := [one for one in tree.iter("h1") if next(filter(str.strip, one.itertext()), None)]:
        return found
    title = clean_line(tree.findtext(".//title") or "")
    lesser = ((one, clean_line(one.text_content())) for one in islice(tree.iter("h2", "h3", "h4"), _LIKELY))
    return [one for one, words in lesser if len(words) >= _LEAST and title.startswith(words)]


def _around_article(document: Document) -> set[Element]:
    """The elements of the page that hold a part of its article."""
    found: set[Element] = set()
    texts = (one for one in document.marked(_ENTRY) if _ENTRY in one.get("class", ""))
    for entry in (*headlines(document.tree), *texts):
        at = entry.getparent()
        while at is not None and at not in found:
            found.add(at)
            at = at.getparent()
    return found


def _outermost(root: Element, around: set[Element]) -> Element:
    best = root
    for above in root.iterancestors():
        if above in around or above.tag in _PAGE:
            break
        if above.tag in ("ol", "ul") or _SECTION.search(f"{above.get('id')} {above.get('class')}"):
            best = above
    return best


def claimed_count(document: Document, nodes: Sequence[Element], comments: Collection[Element]) -> int | None:
    """The number of comments that the section's heading claims, or the article's JSON-LD; None if nothing does.

    The heading stands in the section or right before it, never within one of the `comments`.
    """
    for node in nodes:
        before = node.getprevious()
        for heading in ([] if before is None else [before]) + list(node.iter(*_HEADINGS)):
            if heading.tag in _HEADINGS and not any(above in comments for above in heading.iterancestors()):
                count = count_in(heading.text_content())
                if count is not None:
                    return count
    return count_in_json_ld(document)

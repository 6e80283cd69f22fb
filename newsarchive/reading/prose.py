"""The paragraphs of a page as a reader sees them, and the element that holds most of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from newsarchive.reading.document import Element

_INLINE = frozenset(
    {
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i"),
        *("ins", "kbd", "label", "mark", "nobr", "q", "ruby", "rb", "rt", "rp", "s", "samp", "small", "span", "strike"),
        *("strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
    }
)
_SILENT = frozenset(
    {
        *("script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "video", "audio"),
        *("canvas", "form", "button", "select", "input", "textarea", "nav", "aside", "footer", "figure", "figcaption"),
        *("head", "dialog", "menu", "map"),
    }
)
_LONG_ENOUGH = 60  # characters outside links from which a paragraph counts as prose, not as a label
_HOLDS = 0.75  # share of its parent's prose that a child must hold to be where the text stands


@dataclass(slots=True)
class Paragraph:
    """A run of text that a browser shows as one block: the block `element`, its words, how many characters are links."""

    element: Element
    text: str = ""
    linked: int = 0

    @property
    def prose(self) -> int:
        """Characters outside links, or 0 where that is too few to be a sentence."""
        free = len(self.text) - self.linked
        return free if free >= _LONG_ENOUGH and self.linked < len(self.text) / 2 else 0


def paragraphs(root: Element) -> list[Paragraph]:
    """The paragraphs under `root`, in page order; two line breaks in a row part paragraphs as a block does."""
    found = [Paragraph(root)]
    for element, text, in_link in _runs(root, root, False):
        last = found[-1]
        if not text:
            found.append(Paragraph(element))
        elif last.element is element:
            last.text += text
            last.linked += len(text.strip()) if in_link else 0
        else:
            found.append(Paragraph(element, text, len(text.strip()) if in_link else 0))
    for paragraph in found:
        paragraph.text = "\n".join(" ".join(line.split()) for line in paragraph.text.split("\v")).strip()
    return [paragraph for paragraph in found if paragraph.text]


def _runs(element: Element, block: Element, in_link: bool) -> Iterator[tuple[Element, str, bool]]:
    """(block, text, whether inside a link) in page order; an empty text is the end of a block, `\\v` a line break."""
    if element.text:
        yield block, element.text, in_link
    for child in element:
        tag = child.tag
        if not isinstance(tag, str) or (tag in _SILENT and not (tag == "figure" and child.find(".//table") is not None)):
            pass
        elif tag == "br":
            following = child.getnext()
            double = following is not None and following.tag == "br" and not (child.tail or "").strip()
            yield block, "" if double else "\v", in_link
        elif tag in _INLINE:
            yield from _runs(child, block, in_link or tag == "a")
        else:
            yield child, "", False
            yield from _runs(child, child, in_link)
            yield block, "", False
        if child.tail:
            yield block, child.tail, in_link


def container(found: list[Paragraph], root: Element) -> Element:
    """The smallest element under `root` that holds the bulk of the page's prose: go down while one child holds it."""
    held: Counter[Element] = Counter()
    for paragraph in found:
        if weight := paragraph.prose:
            held[paragraph.element] += weight
            for ancestor in paragraph.element.iterancestors():
                held[ancestor] += weight
    while children := [child for child in root if held[child]]:
        best = max(children, key=lambda child: held[child])
        if held[best] < _HOLDS * held[root]:
            break
        root = best
    return root

"""The paragraphs of a page as a reader sees them, and the element that holds most of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import chain

from newsarchive.reading.ancestry import from_above
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


def paragraphs(root: Element, without: Collection[Element] = ()) -> list[Paragraph]:
    """The paragraphs under `root` but for these elements, in page order; two line breaks in a row part paragraphs as a block
    does."""
    found: list[Paragraph] = []
    block, words, linked = root, list[str](), 0
    for element, text, in_link in chain(_runs(root, frozenset(without)), ((root, "", False),)):
        if text:
            if words or not text.isspace():
                words.append(text)
                linked += len(text.strip()) if in_link else 0
        else:
            if words and (line := _line("".join(words))):
                found.append(Paragraph(block, line, linked))
            block, words, linked = element, [], 0
    return found


def _line(text: str) -> str:
    """The words of a block with single spaces, its line breaks kept."""
    if "\v" not in text:
        return " ".join(text.split())
    return "\n".join(" ".join(line.split()) for line in text.split("\v")).strip()


def _runs(root: Element, without: frozenset[Element]) -> Iterator[tuple[Element, str, bool]]:
    """(block, text, whether inside a link) in page order; an empty text is the end of a block, `\\v` a line break.

    No recursion: a page nests deeper than Python does.
    """
    if root.text:
        yield root, root.text, False
    opened = [(root, root, False, iter(root))]
    while opened:
        element, block, in_link, children = opened[-1]
        for child in children:
            tag = child.tag
            if (
                not isinstance(tag, str)
                or child in without
                or (tag in _SILENT and not (tag == "figure" and child.find(".//table") is not None))
            ):
                pass
            elif tag == "br":
                yield block, "" if _is_double(child) else "\v", in_link
            else:
                inner = block if tag in _INLINE else child
                if inner is child:
                    yield child, "", False
                in_link = in_link or tag == "a"
                if text := child.text:
                    yield inner, text, in_link
                opened.append((child, inner, in_link, iter(child)))
                break
            if tail := child.tail:
                yield block, tail, in_link
        else:
            opened.pop()
            if opened:
                above = opened[-1]
                if block is element:
                    yield above[1], "", False
                if tail := element.tail:
                    yield above[1], tail, above[2]


def _is_double(line_break: Element) -> bool:
    following = line_break.getnext()
    return following is not None and following.tag == "br" and not (line_break.tail or "").strip()


def container(found: list[Paragraph], root: Element) -> Element:
    """The smallest element under `root` that holds the bulk of the page's prose: go down while one child holds it."""
    held: Counter[Element] = Counter()
    for paragraph in found:
        if weight := paragraph.prose:
            held[paragraph.element] += weight
    downwards: dict[Element, None] = {}
    for element in list(held):
        from_above(element, downwards, lambda one, told: None)
    for element in reversed(downwards):
        held[element.getparent()] += held[element]
    while children := [child for child in root if held[child]]:
        best = max(children, key=lambda child: held[child])
        if held[best] < _HOLDS * held[root]:
            break
        root = best
    return root

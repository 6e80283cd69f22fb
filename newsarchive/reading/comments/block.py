"""One comment's part of a page: its elements without those of the comments that hang under it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from newsarchive.reading.comments.marks import block_text, classes
from newsarchive.reading.document import Element
from newsarchive.text import clean_line


@dataclass(frozen=True, slots=True)
class Block:
    """The element of a comment and, in page order, the elements in it that are the comment's `own`.

    `nested` are the elements at which other comments (or what else is no part of this one) begin.
    """

    element: Element
    own: tuple[Element, ...]
    nested: tuple[Element, ...]

    @classmethod
    def of(cls, element: Element, is_other: Callable[[Element], bool]) -> Block:
        """The block of `element`; where `is_other` says so, another begins."""
        own: list[Element] = []
        nested: list[Element] = []
        waiting = list(reversed(element))
        while waiting:
            one = waiting.pop()
            if not isinstance(one.tag, str):
                continue
            if is_other(one):
                nested.append(one)
            else:
                own.append(one)
                waiting.extend(reversed(one))
        return cls(element, tuple(own), tuple(nested))

    def first(self, *names: str) -> Element | None:
        """The first element of one of these classes, the earlier names first."""
        return next((one for name in names for one in self.own if name in classes(one)), None)

    def having(self, *names: str) -> Iterator[Element]:
        """The elements of any of these classes, in page order."""
        return (one for one in self.own if classes(one).intersection(names))

    def text(self, part: Element | None = None, without: Collection[Element] = ()) -> str | None:
        """The text of one of the block's elements (all of it if None), in paragraphs, without other comments and `without`."""
        return block_text(self.element if part is None else part, frozenset((*without, *self.nested)))

    def line(self, part: Element | None, without: Collection[Element] = ()) -> str | None:
        """The text of an element as one line; None for no element, and where there is no text."""
        return None if part is None else clean_line(self.text(part, without) or "") or None

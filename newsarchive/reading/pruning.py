"""A page without some of its elements, for libraries that read a whole tree."""

from __future__ import annotations

from collections.abc import Collection
from copy import deepcopy
from itertools import compress

from newsarchive.reading.document import Element


def pruned(tree: Element, without: Collection[Element]) -> Element:
    """A copy of the tree without these elements, and what they hold; the text behind them stays."""
    own: Element = deepcopy(tree)
    for element in list(compress(own.iter(), map(frozenset(without).__contains__, tree.iter()))) if without else ():
        if element.getparent() is not None:
            element.drop_tree()
    return own

"""What the elements around an element say of it. Thousands that lie deep share their way up, which is walked once for all."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TypeVar

from newsarchive.reading.document import Element

T = TypeVar("T")


def from_above(element: Element | None, known: dict[Element, T], rule: Callable[[Element, T | None], T]) -> T | None:
    """What `rule` makes of an element and of what it made of its parent; `known` keeps it, for none is asked twice.

    Thousands of elements that lie deep share their way up, which would be walked for each of them.
    """
    way = []
    while element is not None and element not in known:
        way.append(element)
        element = element.getparent()
    told = None if element is None else known[element]
    for one in reversed(way):
        known[one] = told = rule(one, told)
    return told


def lies_in(element: Element, holders: Collection[Element], known: dict[Element, bool]) -> bool:
    """Whether one of the `holders` holds an element; `known` keeps what was found out on the way (`from_above`)."""
    held = from_above(element.getparent(), known, lambda one, told: bool(told) or one in holders)
    return held is True


def stands_in(element: Element, holds: Callable[[Element], bool], known: dict[Element, bool]) -> bool:
    """Whether an element around this one is such; `known` keeps what was found out on the way (`from_above`)."""
    return from_above(element.getparent(), known, lambda one, told: bool(told) or holds(one)) is True

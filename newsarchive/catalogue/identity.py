"""Which comment is which, where the platform gives comments no numbers: decided once per thread and crawl, at its end.

A pure function of what was known before the crawl and of all that its pages showed, in the order of their capture. So pages may
be read in any order, and a rebuild decides the same. docs/decisions/0005 says what proves what, and what stays open by nature.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from newsarchive.catalogue.matching import match
from newsarchive.catalogue.remark import GONE, Key, Remark, descent
from newsarchive.catalogue.sequence import Equals, Shown
from newsarchive.items import comment_hash

_PAGE_NUMBER = re.compile(r"(?:^|[/?&_-])(?:c?page|paged|pg|seite|pagina)[=/-](\d{1,6})(?!\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Known:
    """A comment of the catalogue; `present` is False for a deleted one."""

    id: str
    remark: Remark
    present: bool = True


@dataclass(frozen=True, slots=True)
class ShownPage:
    """What one capture shows of a thread, in its order; `url` is its address, `claimed` the number that it claims (None where
    not all pages were read, so that the number tells nothing)."""

    url: str
    remarks: tuple[Remark, ...]
    claimed: int | None = None


def settle(prefix: str, thread_id: str, known: Sequence[Known], pages: Sequence[ShownPage]) -> list[list[str]]:
    """The ids of the comments of each page.

    `known` stand in the thread's order, `pages` in the order of their capture. A new id is `prefix` and a hash.
    """
    ordered = sorted(known, key=lambda one: not one.present)
    present = [one.remark for one in ordered if one.present]
    shown, numbers = put_together(pages, present)
    remarks = [shown.latest[number] for number in shown.order]
    pairs = match([one.remark for one in ordered], len(present), remarks)
    fresh = _Fresh(prefix, thread_id, {one.id for one in known})
    ids = {
        number: ordered[pairs[place]].id if place in pairs else fresh.id(remarks[place])
        for place, number in enumerate(shown.order)
    }
    return [[ids[number] for number in page] for page in numbers]


def put_together(pages: Sequence[ShownPage], known: Iterable[Remark] = ()) -> tuple[Shown, list[list[int]]]:
    """All pages as one list, and the numbers in it of the comments of each page.

    Whether equal comments on two pages are one or two is told by what is `known`, unless otherwise there are as many as the site
    claims.
    """
    equals = _grouped(known)
    claims = {page.claimed for page in pages} - {None}
    one = _put_together(pages, equals, twice=False)
    if len(claims) == 1 and {len(one[0].order)} != claims:
        fewer = len(one[0].order) < min(filter(None, claims), default=0)
        other = _put_together(pages, equals if fewer else {}, twice=fewer)
        if {len(other[0].order)} == claims:
            return other
    return one


def _grouped(remarks: Iterable[Remark]) -> Equals:
    equals: dict[Key, list[Remark]] = defaultdict(list)
    for remark in remarks:
        equals[remark.key].append(remark)
    return equals


def _put_together(pages: Sequence[ShownPage], known: Equals, *, twice: bool) -> tuple[Shown, list[list[int]]]:
    shown = Shown(known, _grouped(one for page in pages for one in page.remarks), twice=twice)
    numbers: list[list[int]] = [[] for _ in pages]
    for at in page_order(pages):
        numbers[at] = shown.add(pages[at].remarks, at)
    return shown, numbers


def page_order(pages: Sequence[ShownPage]) -> list[int]:
    """The pages as the thread goes: by the number in their address, else as they were captured.

    The page without a number is the one that the others leave out: the first, or behind the last. Where the newest stand first
    on each page and the first page holds the oldest, the last page comes first.
    """
    found = [_PAGE_NUMBER.search(page.url) for page in pages]
    numbers = {int(one[1]) for one in found if one}
    home = next(number for number in range(1, len(numbers) + 2) if number not in numbers)
    places = [int(one[1]) if one else home for one in found] if numbers else [0] * len(pages)
    order = sorted(range(len(pages)), key=lambda at: (places[at], at))
    within = sum(descent(page.remarks) for page in pages)
    across = descent(one for at in order for one in pages[at].remarks if one.span) - within
    return sorted(order, key=lambda at: -places[at]) if numbers and within * across < 0 else order


class _Fresh:
    """Ids of new comments: of their thread, name and text, and the lowest number that no equal one has."""

    def __init__(self, prefix: str, thread_id: str, taken: set[str]) -> None:
        self.prefix, self.thread_id, self.taken = prefix, thread_id, taken
        self.ordinals: Counter[Key] = Counter()

    def id(self, remark: Remark) -> str:
        """An id that no comment has."""
        text = "" if remark.text == GONE else remark.text
        while True:
            self.ordinals[remark.key] += 1
            made = self.prefix + comment_hash(self.thread_id, remark.name, text, self.ordinals[remark.key])
            if made not in self.taken:
                self.taken.add(made)
                return made

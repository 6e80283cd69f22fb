"""The pages of a thread that one crawl captured, put together to one list, in which what two pages share stands once.

The end of a page may come again at the start of the next one (new comments moved it there while the crawl went on), a page may
come twice, hold all of another, or repeat in an endpoint what stood in the HTML. And two readers may say the same: of equal
comments on two pages, which are one and which are two shows in what stands around them, else in how many are known.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import inf

from newsarchive.catalogue.matching import between, in_step
from newsarchive.catalogue.pairs import Pairs, rising
from newsarchive.catalogue.remark import LOOSE, Agreed, Key, Remark, agree, agree_exactly, agree_in_words

Equals = Mapping[Key, Sequence[Remark]]

_CERTAIN = 4  # a run as long as this comes twice because two pages overlap, whatever its ages say
_MANY = 100  # equals whose ages are looked at
_TRIES = 5  # overlaps of one page that are looked at closely
_WINDOW = 20_000  # comments among which a page's equal and edited ones are looked for


class Shown:
    """The comments of a thread as its pages show them, numbered from 0. `order` holds the numbers as the thread goes, `latest`
    what the page captured last says of each."""

    def __init__(self, known: Equals, shown: Equals, *, twice: bool) -> None:
        """`known` are the comments of each name and text that are known already, `shown` those on all pages together; `twice`
        says that of equal comments at the border of two pages the second is another one."""
        self.order: list[int] = []
        self.latest: list[Remark] = []
        self._shown, self._twice = shown, twice
        several = {key: (known.get(key, ()), ones) for key, ones in shown.items() if len(ones) > 1}
        self._sure = {key: _paired(*both, (agree_exactly,)) for key, both in several.items()}
        self._known = {key: _paired(*both, (agree_exactly, agree_in_words)) for key, both in several.items()}
        self._joined: dict[Key, list[Remark]] = defaultdict(list)
        self._expected: dict[Remark, int] = {}
        self._left: dict[Remark, int] = {}
        self._seen: list[int] = []  # when each was seen last
        self._counts: Counter[Key] = Counter()
        self._where: dict[Key, int] = {}
        self._pages: dict[tuple[Key, ...], list[int]] = {}

    def add(self, page: Sequence[Remark], at: int) -> list[int]:
        """The numbers of a page's comments; those that no page showed before are put behind or between the others.

        `at` counts the captures by their time; pages come in the thread's order.
        """
        keys = tuple(one.key for one in page)
        self._expected = {one: _like(one, self._known) for one in set(page)}
        self._left = {one: _like(one, self._shown) - _like(one, self._joined) for one in set(page)}
        pairs = self._again(page, keys)
        if not pairs:
            run = self._overlap(page, keys)
            rest = any(key in self._where for key in keys[len(run) :])
            pairs = (self._inside(page, keys, more_than=len(run)) if rest else {}) or run
        numbers = self._numbered(page, pairs, at)
        self._insert(numbers, pairs)
        self._pages.setdefault(keys, numbers)
        return numbers

    def _again(self, page: Sequence[Remark], keys: tuple[Key, ...]) -> Pairs:
        """The whole page, if one before was the same."""
        numbers = self._pages.get(keys, [])
        pairs = dict(enumerate(numbers))
        return pairs if pairs and self._may_be_one(page, pairs) and not self._are_two(page) else {}

    def _overlap(self, page: Sequence[Remark], keys: tuple[Key, ...]) -> Pairs:
        """The start of the page, as far as it is the end of what came before: the length that fits best to what is known."""
        tail = self.order[-len(page) :]
        lengths = list(_borders(keys, [self.latest[number].key for number in tail]))
        costs = self._costs(page[: max(lengths, default=0)])
        for length in sorted(lengths, key=lambda length: costs[length])[:_TRIES]:
            pairs = dict(enumerate(tail[len(tail) - length :]))
            apart = _all_alike(page[:length]) and costs[0] <= costs[length]
            if not apart and not self._are_two(page[:length]) and self._may_be_one(page, pairs):
                return pairs
        return {}

    def _costs(self, run: Sequence[Remark]) -> list[tuple[int, int]]:
        """For each length of an overlap, how many more known ones would be missing, and how many fewer would be new. Known means
        that its age fits exactly: that rounding allows another one proves nothing."""
        left, sure = ({one: self._left[one] for one in run}, {one: _like(one, self._sure) for one in run})
        missing = new = 0
        costs = [(missing, new)]
        for one in run:
            left[one] -= 1
            lacking = left[one] < sure[one]
            missing, new = missing + lacking, new - (not lacking)
            costs.append((missing, new))
        return costs

    def _inside(self, page: Sequence[Remark], keys: tuple[Key, ...], *, more_than: int) -> Pairs:
        """What stands both here and in what came before, if more speaks for one list than against it, and for more than a run."""
        ranks = {number: rank for rank, number in enumerate(self.order)}
        for agreed, least in ((_loosely, _CERTAIN), (agree_in_words, 1)):
            posts = self._posts(page, keys, ranks, agreed)
            if len(rising(posts)) >= max(least, more_than + 1) and self._is_likely(posts, page):
                return self._filled(page, posts)
        return {}

    def _posts(self, page: Sequence[Remark], keys: tuple[Key, ...], ranks: Mapping[int, int], agreed: Agreed) -> Pairs:
        """The places of those that stand once in the page and once in what came before, and their places there; but for those of
        which as many are known already."""
        often = Counter(keys)
        return {
            at: ranks[self._where[key]]
            for at, key in enumerate(keys)
            if often[key] == self._counts[key] == 1
            and self._expected[page[at]] < self._left[page[at]]
            and agreed(page[at], self.latest[self._where[key]])
        }

    def _is_likely(self, posts: Pairs, page: Sequence[Remark]) -> bool:
        """Whether these speak for one list: one alone in the middle is sooner another reader's same words."""
        enough = 0 < len(posts) >= min(2, len(self.order)) and len(posts) > _contradictions(posts, len(self.order), len(page))
        return enough and not self._are_two([page[at] for at in posts])

    def _filled(self, page: Sequence[Remark], posts: Pairs) -> Pairs:
        low, high = max(0, min(posts.values()) - len(page)), max(posts.values()) + len(page) + 1
        window = self.order[low:high]
        pairs = {at: rank - low for at, rank in posts.items()}
        if len(window) <= _WINDOW:
            between([self.latest[number] for number in window], page, pairs)
        return {at: window[place] for at, place in pairs.items()}

    def _may_be_one(self, page: Sequence[Remark], pairs: Pairs) -> bool:
        agreed = _loosely if len(pairs) >= _CERTAIN else agree_in_words
        return all(agreed(page[at], self.latest[number]) for at, number in pairs.items())

    def _are_two(self, run: Sequence[Remark]) -> bool:
        """Whether these, shown once more, are other comments with the same words: as many are known already, or it is asked to
        take equals for two."""
        known = all(self._expected[one] >= self._left[one] for one in run)
        alone = self._twice and _all_alike(run) and self._expected[run[0]] < self._left[run[0]] - 1
        return known or alone

    def _numbered(self, page: Sequence[Remark], pairs: Pairs, at: int) -> list[int]:
        numbers = []
        for place, remark in enumerate(page):
            number = pairs.get(place, len(self.latest))
            if place in pairs:
                self._joined[remark.key].append(remark)
            if place not in pairs:
                self.latest.append(remark)
                self._seen.append(at)
                self._counts[remark.key] += 1
                self._where[remark.key] = number
            elif at >= self._seen[number]:
                self.latest[number], self._seen[number] = remark, at
            numbers.append(number)
        return numbers

    def _insert(self, numbers: Sequence[int], pairs: Pairs) -> None:
        """Put the new ones behind the one that the page shows before them; the first ones before the one behind them."""
        followers: dict[int | None, list[int]] = {None: []}
        before = first = None
        for place, number in enumerate(numbers):
            if place in pairs:
                before, first = number, number if first is None else first
                followers[number] = []
            else:
                followers[before].append(number)
        leading = followers.pop(None)
        filled = {number: behind for number, behind in followers.items() if behind}
        if first is None or (not leading and filled.keys() <= {self.order[-1]}):
            self.order += leading + [number for behind in filled.values() for number in behind]
            return
        order: list[int] = []
        for number in self.order:
            order += [*leading, number] if number == first else [number]
            order += filled.get(number, ())
        self.order = order


def _loosely(one: Remark, other: Remark) -> bool:
    return agree(one, other, LOOSE)


def _all_alike(run: Sequence[Remark]) -> bool:
    """Whether nothing tells these apart: no name, no word, no age. A row of others comes twice because pages overlap."""
    return all(one.key == run[0].key and agree_in_words(one, run[0]) for one in run)


def _like(remark: Remark, equals: Equals) -> int:
    """How many of these have its name, text and age."""
    found = equals.get(remark.key, ())
    return sum(agree_in_words(one, remark) for one in found) if len(found) <= _MANY else len(found)


def _paired(known: Sequence[Remark], shown: Sequence[Remark], ways: Sequence[Agreed]) -> list[Remark]:
    """Those shown that can be known ones, each another one; what one agreement pairs is not there for the next."""
    ones, others = (sorted(side, key=lambda one: one.span or (-inf, -inf)) for side in (known, shown))
    found: list[Remark] = []
    for agreed in ways:
        steps = list(in_step(ones, others, agreed))
        found += [others[other] for _, other in steps]
        taken, given = {one for one, _ in steps}, {other for _, other in steps}
        ones = [one for at, one in enumerate(ones) if at not in taken]
        others = [one for at, one in enumerate(others) if at not in given]
    return found


def _borders(start: Sequence[Key], end: Sequence[Key]) -> Iterator[int]:
    """The lengths, longest first, for which the start of one list is the end of the other (Knuth, Morris and Pratt)."""
    signs: list[Key | None] = [*start, None, *end]
    reach = [0] * len(signs)
    for at in range(1, len(signs)):
        length = reach[at - 1]
        while length and signs[at] != signs[length]:
            length = reach[length - 1]
        reach[at] = length + (signs[at] == signs[length])
    length = reach[-1] if end else 0
    while length:
        yield length
        length = reach[length - 1]


def _contradictions(pairs: Pairs, known: int, shown: int) -> int:
    """How many places two lists of these lengths hold different comments at, if these pairs are the same ones."""
    steps = rising(pairs)
    in_order = {other for _, other in steps}
    moved = [(one, other) for other, one in pairs.items() if other not in in_order]
    ones, others = sorted(one for one, _ in moved), sorted(other for _, other in moved)
    total, last = 0, (-1, -1)
    for step in [*steps, (known, shown)]:
        left = [
            end - begin - 1 - (bisect_left(side, end) - bisect_left(side, begin))
            for begin, end, side in zip(last, step, (ones, others), strict=True)
        ]
        total, last = total + min(left), step
    return total

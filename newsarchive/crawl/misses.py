"""The crawl's misses, with a bound: a trap that leads to a million addresses must not leave a million outcomes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator


class Misses:
    """Counts misses by their kind; those of a budget by its setting."""

    def __init__(self, most: int) -> None:
        """`most` is the number of misses that are listed of each kind."""
        self._most = most
        self._counted: Counter[tuple[str, str]] = Counter()

    def is_listed(self, kind: str, detail: str) -> bool:
        """Count a miss; False if its kind has had its share of the list."""
        cause = (kind, detail if kind == "budget" else "")
        self._counted[cause] += 1
        return self._counted[cause] <= self._most

    def rest(self) -> Iterator[tuple[str, str, str]]:
        """What was not listed, as one miss for each kind: the address `*`, the kind, and how many more there were."""
        for (kind, detail), count in self._counted.items():
            if count > self._most:
                yield "*", kind, f"{detail}: and {count - self._most} more".removeprefix(": ")

"""A queue in which nobody is starved: what waits, waits in a lane of its kind, and the lanes are served in turn.

Kinds form a tree (a server's folders), and turns are taken at every fork. So 50,000 addresses in one folder take as much of the
crawl as the thirty in the folder beside it, until those are done.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import Generic, TypeVar

_MOST_FORKS = 1000  # at one place; what would be one more waits in the last one's lane
_OVERFLOW = "..."

T = TypeVar("T")


class Lanes(Generic[T]):
    """Things that wait, each at the end of a path. First in, first out within a lane."""

    def __init__(self) -> None:
        self._forks: dict[str, Lanes[T]] = {}
        self._here: deque[T] = deque()
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def push(self, path: Sequence[str], thing: T) -> None:
        """Put a thing behind the others of its path."""
        self._size += 1
        if not path:
            self._here.append(thing)
            return
        name = path[0] if path[0] in self._forks or len(self._forks) < _MOST_FORKS else _OVERFLOW
        self._forks.setdefault(name, Lanes()).push(path[1:] if name == path[0] else (), thing)

    def pop(self) -> T:
        """Take the next thing; what ends here comes before the forks. Raises IndexError if nothing waits."""
        if self._here or not self._forks:
            thing = self._here.popleft()
        else:
            name = next(iter(self._forks))
            fork = self._forks.pop(name)
            thing = fork.pop()
            if fork:
                self._forks[name] = fork  # behind the others
        self._size -= 1
        return thing

    def cut_longest(self) -> list[T]:
        """Give up the later half of the longest lane (at every fork the way that more wait on); returns what was in it."""
        name, longest = max(self._forks.items(), key=lambda fork: len(fork[1]), default=("", None))
        if longest is None or len(self._here) >= len(longest):
            cut = [self._here.pop() for _ in range((len(self._here) + 1) // 2)]
        else:
            cut = longest.cut_longest()
            if not longest:
                del self._forks[name]
        self._size -= len(cut)
        return cut

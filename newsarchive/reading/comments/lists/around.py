"""The words that a template puts around its writers' names, in any language: "Added: Ann", "Ann opined:".

They are told by being the same around most names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

_LABEL = re.compile(r"([^:：]{2,25}?)\s?[:：]\s*(?=\S)")
_TAIL = re.compile(r"\S\s((?:\S+\s){0,2}\S+?)\s?(?:[:：]|\.{3}|…)$")
_LEAST = 2  # different names beside which the same words are no part of them


def shared_words(lines: Sequence[str]) -> tuple[re.Pattern[str], ...]:
    """The forms of the words that most of these lines begin with, up to a colon, or end with, before one."""
    told = set(lines)
    labels = Counter(found[1] for line in told if (found := _LABEL.match(line)))
    tails = Counter(tail for line in told for tail in _tails(line))
    label, tail = _shared(labels, len(told)), _shared(tails, len(told))
    forms = [rf"^{re.escape(label)}\s?(?:[:：]\s*|$)"] if label else []
    forms += [rf"(?:\s|^){re.escape(tail)}\W*$"] if tail else []
    dashed = sum(line.rstrip().endswith(".-") for line in told)
    forms += [r"\.-\s*$"] if dashed >= _LEAST and 4 * dashed >= 3 * len(told) else []
    return tuple(map(re.compile, forms))


def _tails(line: str) -> Iterator[str]:
    """The last word before a line's colon, the last two, the last three."""
    words = found[1].split() if (found := _TAIL.search(line)) else []
    for count in range(1, len(words) + 1):
        yield " ".join(words[-count:])


def _shared(said: Counter[str], lines: int) -> str:
    """The longest of these words that most lines say; empty if there are none."""
    usual = (words for words, count in said.items() if count >= _LEAST and 2 * count >= lines)
    return max(usual, key=len, default="")

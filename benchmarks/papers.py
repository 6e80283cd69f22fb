"""Made-up newspapers in made-up languages: which there are, who writes to them, and their words by Zipf's law."""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass, field

import numpy

SYLLABLES = {
    "en": ("st th wh br cl gr p s m t l n r d", "a e i o ea oo", "n t r s ng ck ll"),
    "sn": ("b ch d g k m n r s t v z mw nh zv", "a e i o u", ""),
    "fr": ("qu pr ch l m n s t v d j", "a e é i o ou eau", "s t x r"),
    "es": ("l m n ñ r s t c d g qu", "a e i o u ue", "s n r"),
    "pt": ("l m n r s t c d g lh nh", "a e i o ã õe", "s m"),
}


class Words:
    """Sentences of a made-up language by Zipf's law; `common` are its words, the most frequent first."""

    def __init__(self, language: str) -> None:
        dice = random.Random(language)
        heads, vowels, tails = (part.split() or [""] for part in SYLLABLES[language])
        syllables = ["".join(one) for one in itertools.product(heads, vowels, [*tails, ""])]
        made = {"".join(dice.choices(syllables, k=dice.choice((1, 2, 2, 3, 3, 4)))) for _ in range(80_000)}
        self.common = sorted(made)[:40_000]
        self.common.sort(key=lambda word: len(word) * dice.random())  # what is said often is short, as a rule
        self._weights = numpy.cumsum(1 / (numpy.arange(len(self.common)) + 3))
        self._dice, self._drawn, self._at = numpy.random.default_rng(dice.randrange(10**6)), list[str](), 0

    def some(self, count: int) -> str:
        if self._at + count > len(self._drawn):
            drawn = numpy.searchsorted(self._weights, self._dice.random(1_000_000) * self._weights[-1])
            self._drawn, self._at = [self.common[number] for number in drawn.tolist()], 0
        self._at += count
        return " ".join(self._drawn[self._at - count : self._at])

    def text(self, count: int) -> str:
        """In paragraphs of some 60 words."""
        return "\n\n".join(self.some(min(60, count - begin)).capitalize() + "." for begin in range(0, count, 60))


@dataclass(slots=True)
class Paper:
    """A newspaper: `share` of the articles, its languages, whether its comments have numbers, and whether they show ages only."""

    id: str
    share: float
    languages: tuple[str, str]
    platform: str
    aged: bool
    nicks: list[str] = field(default_factory=list)
    signed: set[int] = field(default_factory=set)


def papers(largest: str) -> list[Paper]:
    ids = [largest, *(f"paper-{number}-example" for number in range(2, 13))]
    second = {"en": "sn", "sn": "en", "fr": "en", "es": "en", "pt": "en"}
    first = ["en", "en", "sn", "en", "fr", "en", "es", "en", "pt", "en", "sn", "en"]
    return [
        Paper(one, 1 / (rank + 1.5), (first[rank], second[first[rank]]), ("wordpress", "list")[rank % 3 == 2], rank % 3 > 0)
        for rank, one in enumerate(ids)
    ]

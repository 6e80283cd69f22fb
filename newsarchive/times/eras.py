"""Years of eras as years of the common calendar: "平成31年", "令和元年", "民國108年"."""

from __future__ import annotations

import re

_BEFORE = {"昭和": 1925, "平成": 1988, "令和": 2018, "民國": 1911, "民国": 1911}  # the year before the era's first
_ERA = re.compile(rf"({'|'.join(_BEFORE)}) ?(元|\d{{1,4}})(?= ?年)")


def in_common_years(simple: str) -> str:
    """A simplified text whose years are counted in the common era."""
    return _ERA.sub(lambda found: str(_BEFORE[found[1]] + (1 if found[2] == "元" else int(found[2]))), simple)


def is_era(word: str) -> bool:
    """Whether a word names an era."""
    return word in _BEFORE

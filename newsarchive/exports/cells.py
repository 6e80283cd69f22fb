"""What a cell of Excel holds."""

from __future__ import annotations

from newsarchive.text import clean

LONGEST = 32_767  # UTF-16 units in a cell of Excel ("Excel specifications and limits")
_CUT = " [cut here: a cell of Excel holds no more]"


def fitting(text: str) -> tuple[str, bool]:
    """The cleaned text as far as a cell of Excel holds it, and whether that is all of it."""
    text = clean(text)
    units = text.encode("utf-16-le")
    if len(units) <= 2 * LONGEST:
        return text, True
    kept = units[: 2 * (LONGEST - len(_CUT))].decode("utf-16-le", "ignore")
    return kept + _CUT, False

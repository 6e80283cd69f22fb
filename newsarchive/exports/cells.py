"""Cells that no spreadsheet takes for a formula, and none refuses.

A cell that begins with one of `= + - @`, TAB, CR or LF is run as a formula by Excel, LibreOffice and Google Sheets (OWASP, "CSV
Injection"; in East Asian settings their full-width forms too), and readers of a newspaper write such comments.
"""

from __future__ import annotations

from newsarchive.text import clean

LONGEST = 32_767  # UTF-16 units in a cell of Excel ("Excel specifications and limits")
_BEGINNINGS = tuple("=+-@\t\r\n＝＋－＠")
_CUT = " [cut here: a cell of Excel holds no more]"


def quoted(text: str) -> str:
    """The text with an apostrophe before it, if a spreadsheet might run it; else as it is."""
    return f"'{text}" if text.startswith(_BEGINNINGS) else text


def fitting(text: str) -> tuple[str, bool]:
    """The cleaned text as far as a cell of Excel holds it, and whether that is all of it."""
    text = clean(text)
    units = text.encode("utf-16-le")
    if len(units) <= 2 * LONGEST:
        return text, True
    kept = units[: 2 * (LONGEST - len(_CUT))].decode("utf-16-le", "ignore")
    return kept + _CUT, False

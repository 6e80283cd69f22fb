"""The one cleaner: every text that came from the web passes here before it is stored, logged, printed or exported."""

from __future__ import annotations

import re
import unicodedata

# C0 and C1 controls but TAB and LF, and the bidi controls that can make a line lie about its order (Trojan Source,
# CVE-2021-42574). U+200C and U+200D stay: Persian spelling and family emoji are made with them.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]")
# What acts in a log or on a terminal: the same, and TAB, LF, marks of direction and what is half a code point.
_ACTING = re.compile(_FORBIDDEN.pattern.replace("]", "\t\n\u061c\u200e\u200f\ud800-\udfff]"))
_PILED = 16  # marks in a row; each of them is two in NFC at the most
_PILE = re.compile(rf"[^\w\s!-~]{{{_PILED},}}")  # a mark is no letter
_MOST_MARKS = 30  # on one letter, in Unicode's stream-safe text; sorting them takes the square of their number
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\n{3,}")


def clean(text: str) -> str:
    """Make text from a page safe to keep: no control, bidi or surrogate code points, NFC, line ends as LF.

    Words and spaces stay as they are; cleaning twice changes nothing.
    """
    if text.isascii() and text.isprintable():  # most lines are
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode("utf-8")
    text = _FORBIDDEN.sub("", text)
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _PILE.sub(_few_marks, text) if _may_be_piled(text) else text)


def _may_be_piled(text: str) -> bool:
    """Whether marks follow each other at one of the places that no pile leaves out: quicker than to look at all."""
    mark, step = unicodedata.combining, _PILED - 1
    return any(map(mark, text[::step])) and any(mark(text[at]) and mark(text[at + 1]) for at in range(0, len(text) - 1, step))


def _few_marks(found: re.Match[str]) -> str:
    """A run of signs without the combining marks that no writing piles so high."""
    kept, run = [], 0
    for sign in found[0]:
        marks = len(unicodedata.normalize("NFD", sign)) if unicodedata.combining(sign) else 0
        run = run + marks if marks else 0
        if run <= _MOST_MARKS:
            kept.append(sign)
    return "".join(kept)


def shown(text: str) -> str:
    """The text as one line in which nothing acts, and everything is seen: what `clean` would take out, line ends, marks of
    direction and the escape character of terminals stand there as `\\n`, `\\x1b`, `\\u202e`."""
    return _ACTING.sub(_escape, text)


def json_shown(json: str) -> str:
    """JSON in which such signs are escapes, that is the same JSON."""
    return _ACTING.sub(lambda found: f"\\u{ord(found[0]):04x}", json)


def _escape(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape", "surrogatepass").decode("ascii")


def clean_line(text: str) -> str:
    """Clean a text that is one line by nature (a headline, a nick): every run of white space becomes one space."""
    return " ".join(clean(text).split())


def clean_block(text: str) -> str:
    """Clean a text of several lines: spaces squeezed within a line, at most one empty line between paragraphs."""
    lines = (_SPACES.sub(" ", line).strip() for line in clean(text).split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def fold(text: str) -> str:
    """The form in which two texts are compared when identity is asked: NFKC, case folded, white space squeezed."""
    return " ".join(unicodedata.normalize("NFKC", clean(text)).casefold().split())


def unformulated(text: str) -> str:
    """The text with an apostrophe before it, if a spreadsheet might run it as a formula; else as it is.

    Excel, LibreOffice and Google Sheets run a cell that begins with one of `= + - @`, TAB, CR or LF (OWASP, "CSV Injection"; in
    East Asian settings their full-width forms too), and readers of a newspaper write such comments.
    """
    return f"'{text}" if text.startswith(_FORMULA) else text

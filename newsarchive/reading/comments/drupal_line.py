"""The line in which a Drupal theme says who wrote a comment and when: "Submitted by NAME on DATE", "DATE — NAME", "NAME | DATE".

The site's language and the theme make its words; what is common is that one part is a date, and that the name, where the theme
marks it, is known already.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsarchive.text import clean_line

_LONGEST = 300  # characters; no regular expression shall see a longer line
_BY = "by|von|par|por|da|di|de|door|av|af|przez|od|от|ot"
_ON = "on|am|le|el|il|op|den|em|w dniu|dnia|la|dne|a|в|,"
_NAME_FIRST = re.compile(rf"(?:.{{0,40}}?\b(?:{_BY})\b:? )?(?P<name>.+?),? ?(?:(?:{_ON}) )(?P<time>[^|]*\d.*)", re.IGNORECASE)
_SAID = "says|said|wrote|schrieb|a écrit|dice|escribió|disse"
_NAME_SAID = re.compile(rf"(?P<time>[^,]*\d[^,]*), (?P<name>[^\d,]+?) (?:{_SAID})[\s:….]*", re.IGNORECASE)
_SEPARATOR = re.compile(r" ?[—–|·•] ")
_BEFORE_NAME = re.compile(rf"^[\W_]*(?:[^\d,]{{0,40}}?\b(?:{_BY})\b:? )?", re.IGNORECASE)
_AROUND = " \t,;:|·•—–-"
_LEAD = re.compile(r"^(?:(?:submitted|posted|written|published|added)\b:? ?)?(?:(?:on|at) )?", re.IGNORECASE)
_STOP = re.compile(r"(?<=\d)\.$")
_PREPOSITION = re.compile(r"^(?:am|le|el|il|op|den|em|w dniu|dnia|la|dne|в) ", re.IGNORECASE)
_NOTE = re.compile(r"\s?(\([^()\d]{2,40}\))")  # "(not verified)", "(nicht überprüft)": an anonymous reader's name
_SAYS = re.compile(rf"\s+(?:{_SAID})?\s*[:…]*$", re.IGNORECASE)


def byline(lines: Sequence[str], marked: str | None) -> tuple[str | None, str | None]:
    """The name and the words of the time in the lines above a comment; `marked` is the name where the theme marks it."""
    lines = [line for text in lines if (line := clean_line(text)) and len(line) <= _LONGEST]
    dated = next((line for line in lines if _digits(line.replace(marked or "\n", "", 1))), None)
    if marked:
        return _around_name(dated, marked)
    if dated is None:
        return next((_tidy(line) for line in lines), None), None
    name, words = _split(dated)
    return name or next((_tidy(line) for line in lines if line != dated), None), words


def undated(words: str | None) -> str | None:
    """The words of a time without the preposition before it, which no reader of dates knows ("am Di, 21. April")."""
    return words and _PREPOSITION.sub("", words, count=1)


def _around_name(dated: str | None, marked: str) -> tuple[str | None, str | None]:
    name = _tidy(marked)
    if dated is None or marked not in dated:
        return name, dated and _time(dated)
    before, _, after = dated.partition(marked)
    if note := _NOTE.match(after):
        name, after = f"{name} {note[1]}", after[note.end() :]
    return name, _time(after if _digits(after) else before)


def _split(line: str) -> tuple[str | None, str]:
    """A line with name and date in it; the part with the most digits is the date."""
    parts = _SEPARATOR.split(line, maxsplit=3)
    if len(parts) > 1:
        words = max(parts, key=_digits)
        return _tidy(next(part for part in parts if part is not words)), _time(words)
    if found := _NAME_SAID.fullmatch(line) or _NAME_FIRST.fullmatch(line):
        return _tidy(found["name"]), _time(found["time"])
    return None, _time(line)


def _digits(text: str) -> int:
    return sum(sign.isdigit() for sign in text)


def _time(words: str) -> str:
    stripped = words.strip(_AROUND)
    return _STOP.sub("", _LEAD.sub("", stripped, count=1)).strip(_AROUND)


def _tidy(name: str) -> str | None:
    name = _BEFORE_NAME.sub("", name, count=1)
    return _SAYS.sub("", name.strip(_AROUND) + " ").strip(_AROUND) or None

"""The words of ages and dates in all languages, and in which of them a word is known."""

from __future__ import annotations

from functools import cache

from newsarchive.words import african, central, eastern, northern, romance, semitic, slavic, southern, western
from newsarchive.words.spelling import has_run
from newsarchive.words.tongue import DAYS_BACK, PHRASES, UNITS, Tongue, read_table

_ALIASES = {"no": "nb", "tl": "fil", "iw": "he", "in": "id", "bs": "hr", "sh": "hr", "mo": "ro"}


@cache
def tongues() -> dict[str, Tongue]:
    """All languages by their code, read from the tables once."""
    tables = (western, romance, northern, slavic, central, semitic, african, southern, eastern)
    return {code: read_table(code, block) for table in tables for code, block in table.TONGUES.items()}


def tongue_of(tag: str) -> Tongue | None:
    """The words for a BCP 47 tag; None where no table has its language."""
    code = tag.replace("_", "-").partition("-")[0].lower()
    return tongues().get(_ALIASES.get(code, code))


@cache
def speakers() -> dict[str, frozenset[str]]:
    """Which languages have a word at all, alone or within a phrase; a run of letters is filed under its first letter."""
    found: dict[str, set[str]] = {}
    for tongue in tongues().values():
        for key in (*tongue.ages, *tongue.dates):
            for word in key.split():
                found.setdefault(filed(word), set()).add(tongue.code)
    return {word: frozenset(codes) for word, codes in found.items()}


def filed(word: str) -> str:
    """Under which key `speakers` and `signs` file a word."""
    return word[0] if has_run(word) else word


@cache
def signs() -> frozenset[str]:
    """The words without one of which nothing with a number is a time, but a date in numbers: units, months, phrases."""
    return _keys({*UNITS.values(), *PHRASES, "month", "either", "jalali"})


@cache
def aging() -> frozenset[str]:
    """The words of which an age has one: units and phrases."""
    return _keys({*UNITS.values(), *PHRASES})


@cache
def phrases() -> frozenset[str]:
    """The words of ages that are one phrase: "yesterday"."""
    return _keys(set(PHRASES))


@cache
def units() -> frozenset[str]:
    """The words of units of more than one letter, which can stand without digits: "an hour ago"."""
    return frozenset(word for word in _keys(set(UNITS.values())) if has_run(word) or len(word) > 1)


@cache
def pasts() -> frozenset[str]:
    """The words that say "ago", the units in such a form among them."""
    forms = (key for tongue in tongues().values() for key in tongue.past)
    return _keys({"ago"}) | frozenset(word for key in forms for word in key.split())


@cache
def dated() -> frozenset[str]:
    """The words of which a date has one, or is all in numbers: months, days of the week, "today"."""
    return _keys({"month", "either", "jalali", "weekday", *DAYS_BACK})


@cache
def fillers() -> frozenset[str]:
    """Words that may stand in a date or beside it, and add nothing: "posted", "le", "at"."""
    return _keys({"fill"})


def _keys(kinds: set[str]) -> frozenset[str]:
    """The words with one of these senses; of a phrase the longest word."""
    known = [each for one in tongues().values() for each in (one.ages, one.dates)]
    keys = (key for each in known for key, (kind, _) in each.items() if kind in kinds)
    return frozenset(filed(max(key.split(), key=lambda word: (not word.isdigit(), len(word)))) for key in keys)

"""The words of a search, as a person writes them, as an expression of SQLite's full-text search that is always valid.

Words stand for themselves, whatever signs are in them. `"two words"` is a phrase, `mvur*` the beginning of words, `-word` must
not be there, and `OR` between two words means either.
"""

from __future__ import annotations

import re
from itertools import pairwise

from newsarchive.errors import UsageError

LONGEST = 300  # characters
MOST_WORDS = 20

_TERM = re.compile(r'(?P<not>-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_LETTER = re.compile(r"[^\W_]")


def expression(words: str) -> str:
    """The expression for FTS5. Raises UsageError, with what to do, where these are no words to search for."""
    if len(words) > LONGEST:
        raise UsageError(
            f"This is too long to be searched for ({len(words)} characters; {LONGEST} are the most): keep the rarest words."
        )
    found = [one for one in _TERM.finditer(words) if _LETTER.search(one[0])]
    if len(found) > MOST_WORDS:
        raise UsageError(f"These are too many words ({len(found)}; {MOST_WORDS} are the most): keep the rarest.")
    wanted = [one for one in found if not one["not"]]
    while wanted and wanted[0]["word"] == "OR":
        wanted.pop(0)
    while wanted and wanted[-1]["word"] == "OR":
        wanted.pop()
    if not wanted:
        raise UsageError(
            "Give a word that is to be found, too: those with - only leave out."
            if found
            else "Give a word to search for: letters or figures; signs and emoji are not indexed."
        )
    unwanted = [_term(one) for one in found if one["not"]]
    asked = _joined(wanted)
    return f"({asked}) NOT ({' OR '.join(unwanted)})" if unwanted else asked


def _joined(terms: list[re.Match[str]]) -> str:
    """All of the terms, of those with OR between them one."""
    groups = [[_term(terms[0])]]
    for before, term in pairwise(terms):
        if term["word"] != "OR" and before["word"] == "OR":
            groups[-1].append(_term(term))
        elif term["word"] != "OR":
            groups.append([_term(term)])
    return " AND ".join(f"({' OR '.join(group)})" if len(group) > 1 else group[0] for group in groups)


def _term(found: re.Match[str]) -> str:
    word = found["phrase"] if found["phrase"] is not None else found["word"]
    beginning = found["phrase"] is None and len(word) > 2 and word.endswith("*")
    quoted = word.rstrip("*").replace('"', "")
    return f'"{quoted}"' + ("*" if beginning else "")

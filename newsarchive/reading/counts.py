"""How many comments a page claims, in words, in JSON-LD or in an answer for machines."""

from __future__ import annotations

import re

from newsarchive.reading.document import Document
from newsarchive.text import clean_line

_MOST = 2**53  # what every reader of JSON and every database takes; no thread has more comments
_NUMBER = r"(?:\d{1,3}(?:[.,\s]\d{3})+|\d{1,7})"
_COUNT = re.compile(rf"(?:^|(?<=[^\w.,])){_NUMBER}(?![.,]?\w)")
_SOME_OF_ALL = re.compile(rf"({_NUMBER})\s(?:out\s)?(?:of|von|van|de|di|sur|из)\s(?:the\s)?({_NUMBER})(?![.,]?\w)", re.IGNORECASE)
_LONGEST = 300  # characters of a heading; no regular expression shall see a longer one
_QUOTED = re.compile(r"[“”„«»\"].*", re.DOTALL)
_ONE = re.compile(r"\W*(?:one|un|una|um|uma|ein|eine|één)\b", re.IGNORECASE)


def plausible(count: object) -> int | None:
    """A count as a page gives it, as a number or in digits; None if it is none, or beyond any thread (2**53)."""
    if isinstance(count, str) and count.isdecimal() and len(count) < len(str(_MOST)):
        count = int(count)
    return count if isinstance(count, int) and not isinstance(count, bool) and 0 <= count <= _MOST else None


def count_in(heading: str) -> int | None:
    """The number of comments that a heading claims ("17 thoughts on ...", "Comments (1,204)"); None if it claims none.

    Of "Showing 10 of 20" the whole counts. What stands in quotation marks is the article's headline, whose numbers count
    nothing.
    """
    words = _QUOTED.sub("", clean_line(heading[:_LONGEST]))
    if (found := _SOME_OF_ALL.search(words)) and (_digits(found[1]) or 0) <= (whole := _digits(found[2]) or 0):
        return whole
    if found := _COUNT.search(words):
        return _digits(found[0])
    return 1 if _ONE.match(words) else None


def _digits(number: str) -> int | None:
    return plausible(re.sub(r"\D", "", number))


def count_in_json_ld(document: Document) -> int | None:
    """The article's `commentCount` in its JSON-LD, or None."""
    counts = (plausible(thing.get("commentCount")) for thing in document.json_ld)
    return next((count for count in counts if count is not None), None)

"""When an article was published and when it was changed, as its page states it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from itertools import chain

import htmldate
from lxml import etree

from newsarchive.reading.ancestry import lies_in, stands_in
from newsarchive.reading.dates import read_instant
from newsarchive.reading.document import Document, Element
from newsarchive.reading.pruning import pruned
from newsarchive.reading.structured import Object, line

Stated = tuple[datetime | None, str | None]
_OFFSET = re.compile(r"(?:Z|GMT|UTC|[+-]\d{2}:?\d{2}|\d{10})$", re.IGNORECASE)
_CLOCK = timedelta(seconds=15)
_SAME_DAY = timedelta(hours=36)
_PUBLISHED = (
    *("article:published_time", "og:published_time", "og:article:published_time", "article:published:time"),
    *("datepublished", "parsely-pub-date", "dc.date.issued", "dcterms.created", "dc.date", "sailthru.date"),
    *("citation_publication_date", "publish-date", "publishdate", "pubdate", "cxenseparse:recs:publishtime", "date"),
)
_MODIFIED = (
    *("article:modified_time", "og:updated_time", "og:article:modified_time", "article:modified:time"),
    *("datemodified", "dcterms.modified", "last-modified", "lastmod"),
)
_ANYWHERE = frozenset[str]()
# The marks of a date, the surest first: a word that the element's marks hold, the condition, and what it must stand in; "" looks
# at every `time`.
_PUBLISHED_MARKS: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("datepublished", 'self::*[@itemprop="datePublished"]', _ANYWHERE),
    ("", 'self::time[contains(@class, "published") or contains(@class, "entry-date") or @pubdate]', _ANYWHERE),
    ("published", 'self::*[contains(@class, "published") and @title]', _ANYWHERE),
    ("", "self::time", frozenset(("article", "header", "main"))),
    (
        "date",
        'self::*[contains(concat(" ", @class, " "), " date ") or contains(@class, "-date ") or contains(@class, "__date")]',
        _ANYWHERE,
    ),
)
_MODIFIED_MARKS: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("datemodified", 'self::*[@itemprop="dateModified"]', _ANYWHERE),
    (
        "",
        'self::time[(contains(@class, "updated") and not(contains(@class, "published"))) or contains(@class, "modified")]',
        _ANYWHERE,
    ),
)
_CONDITIONS = {path: etree.XPath(path) for _, path, _ in (*_PUBLISHED_MARKS, *_MODIFIED_MARKS)}


def read_published(document: Document, article: Object, language: str | None, without: Collection[Element] = ()) -> Stated:
    """The instant of publication in UTC, and the words it was read from; (None, None) where the page gives none.

    A page that states no date is searched for one in its address and its mark-up by htmldate, for a day without an hour.
    """
    stated = (article.get("datePublished"), *map(document.meta, _PUBLISHED))
    words = chain(stated, _marked(document, _PUBLISHED_MARKS, without), (article.get("dateCreated"),))
    told = _first(document, "date", words, language)
    return told or _first(document, "date", _searched(document, without), language) or (None, None)


def read_modified(document: Document, article: Object, language: str | None, without: Collection[Element] = ()) -> Stated:
    """The instant of the last change that the page states, and its words; (None, None) where it states none, or just now."""
    stated = (article.get("dateModified"), *map(document.meta, _MODIFIED))
    words = chain(stated, _marked(document, _MODIFIED_MARKS, without))
    told = _first(document, "date_modified", words, language)
    # Some servers put their clock there, and would "change" the article at each visit.
    is_clock = told is not None and told[0] is not None and abs(told[0] - document.page.captured_at) <= _CLOCK
    return (None, None) if told is None or is_clock else told


def _first(document: Document, field: str, words: Iterable[object], language: str | None) -> Stated | None:
    """The first words that are a date, the profile's own before all.

    Words without an offset, where the site's zone is unknown, give way to later words with one that mean the same day.
    """
    zone, vague = document.profile.time_zone, None
    for word in chain(_own(document, field), words):
        raw = line(word)
        found = read_instant(raw, at=document.page.ages_from, time_zone=zone, language=language) if raw else None
        if found is None or raw is None:
            continue
        if zone or _OFFSET.search(raw):
            if vague is None or abs(found - vague[0]) <= _SAME_DAY:
                return found, raw
        elif vague is None:
            vague = found, raw
    return vague


def _own(document: Document, field: str) -> Iterator[str]:
    """The words of the element that the site's profile names for this date."""
    if selector := document.profile.selector(field):
        yield from map(_words, document.tree.cssselect(selector))


def _marked(document: Document, marks: Iterable[tuple[str, str, frozenset[str]]], without: Collection[Element]) -> Iterator[str]:
    """The words of the first mark of each kind; a comment's time is none of the article's."""
    barred, within = set(without), dict[Element, bool]()
    for word, condition, around in marks:
        held = dict[Element, bool]()
        for one in document.marked(word) if word else document.tree.iter("time"):
            if not _CONDITIONS[condition](one) or one in barred or (barred and lies_in(one, barred, within)):
                continue
            if not around or stands_in(one, partial(_is_one, around), held):
                yield _words(one)
                break


def _is_one(tags: Collection[str], element: Element) -> bool:
    return element.tag in tags


def _words(one: Element) -> str:
    return str(one.get("datetime") or one.get("content") or one.get("title") or one.text_content())


def _searched(document: Document, without: Collection[Element]) -> Iterator[str]:
    tree = pruned(document.tree, without) if without else document.tree
    latest = document.page.ages_from + timedelta(days=1)
    day = None
    with suppress(ValueError, OverflowError):  # it fails on dates that are none: a year of thirty digits, an offset of days
        day = htmldate.find_date(tree, original_date=True, extensive_search=False, max_date=latest, url=document.url)
    if day:
        yield day

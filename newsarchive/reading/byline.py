"""Who wrote an article: names of people, one by one, out of what a page gives for its author."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from newsarchive.reading.ancestry import lies_in, stands_in
from newsarchive.reading.document import Document, Element
from newsarchive.reading.structured import Object, named
from newsarchive.text import clean_line, fold

_META = (
    *("author", "article:author", "article:author:name", "og:article:author", "parsely-author", "sailthru.author"),
    *("dc.creator", "dcterms.creator", "byl", "byline", "citation_author", "cxenseparse:author", "authors"),
)
_LABELS = ("twitter:label1", "twitter:data1")  # Yoast SEO puts "Written by" in the site's language, and the name, here


def _is_remark(element: Element) -> bool:
    """Whether an element is a review or a comment, which has an author of its own."""
    kind = element.get("itemtype") or ""
    return "Review" in kind or "Comment" in kind


def _is_head(element: Element) -> bool:
    return element.tag == "header" or "entry-meta" in (element.get("class") or "")


@dataclass(frozen=True, slots=True)
class _Mark:
    """A byline's mark: a word that the element's marks hold, which element that is, what below it names the author, and what it
    must or must not stand in."""

    word: str
    path: Any
    below: Any = None
    around: Callable[[Element], bool] | None = None
    not_around: Callable[[Element], bool] | None = None


_AUTHOR = etree.XPath('self::*[@itemprop="author"]')
_BYLINE = etree.XPath('self::*[contains(concat(" ", @class, " "), " byline ")]')
# The surest first.
_MARKED = (
    _Mark("author", _AUTHOR, etree.XPath('.//*[@itemprop="name"]')),
    _Mark("author", _AUTHOR, not_around=_is_remark),
    _Mark("byline", _BYLINE, etree.XPath('.//*[contains(concat(" ", @class, " "), " author ")]//a')),
    _Mark("byline", _BYLINE, etree.XPath('.//a[contains(@href, "/author")]')),
    _Mark(
        "vcard",
        etree.XPath('self::*[contains(concat(" ", @class, " "), " author ") and contains(concat(" ", @class, " "), " vcard ")]'),
    ),
    _Mark("author", etree.XPath('self::a[contains(concat(" ", @rel, " "), " author ")]')),
    _Mark("author", etree.XPath('self::*[contains(concat(" ", @class, " "), " author ")]')),
    _Mark(
        "author",
        etree.XPath(
            'self::*[contains(@class, "author-name") or contains(@class, "authorName") or contains(@class, "author__name")]'
        ),
    ),
    _Mark("author", etree.XPath('self::*[contains(@class, "article-author")]')),
    _Mark("byline", etree.XPath('self::*[contains(concat(" ", translate(@class, "_-", "  "), " "), " byline ")]')),
    _Mark("author", etree.XPath('self::*[contains(@class, "author")]'), around=_is_head),
)
_LINKED: Any = etree.XPath('//a[contains(@href, "/author/") or contains(@href, "/autor/") or contains(@href, "/autoren/")]')
_BY = re.compile(
    r"^(?:(?:written|posted|published|reported|words|story|text|edited)\s+)?"
    r"(?:by|von|por|par|di|door|av|af|od|autor(?:in|en|es|a|zy)?|authors?|автор|text|texte|texto|tekst|na)\b\s*:?\s+(?=\S)",
    re.IGNORECASE,
)
_ALL_BY = re.compile(
    r"^(?:view|see|read|show)?\s*(?:all|more)\s+(?:(?:of|posts|articles|stories|by|from)\s+)+(.*?)(?:['’]s\s+\w+)?\W*$", re.I
)
_TAIL = re.compile(
    r"[\s,|•·–-]+(?:(?:first |last )?(?:published|updated|posted|veröffentlicht|aktualisiert)\b|\d"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d).*",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s*(?:[;|/&\n]|\s(?:and|und)\s)\s*", re.IGNORECASE)
_COMMA = re.compile(r"\s*[,،、]\s*")
_SOFT = re.compile(r"\s+(?:et|y|e|i|og|och|en|и|та|ve|na|le|ne|uye)\s+")
_ROLE = re.compile(
    r"\b(?:reporter|correspondent|editor|staff|writer|contributor|columnist|analyst|special to"
    r"|redakteur\w*|korrespondent\w*|journalist\w*|freelance\w*|bureau|news agency)\b",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"https?:|www\.|@|^\W*$|^\d|\d{4}|^(?:admin|administrator|anonymous|unknown|none|null|author|autor|guest|root|undefined|n/?a)$",
    re.IGNORECASE,
)
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}", re.IGNORECASE)
_ADDRESS = re.compile(r"<[^>]+>|\bhttps?:\S+|\bwww\.\S+|\S+@\S+")
_LONGEST, _LONGEST_LINE = 60, 400


def read_authors(
    document: Document, article: Object, publishers: Collection[str], without: Collection[Element] = ()
) -> list[str]:
    """The authors as the page names them, in its order: from JSON-LD, meta tags, or the byline, whichever has any first.

    `publishers` are names of the site and its owner, which are nobody's; `without` are elements that hold comments.
    """
    barred = {fold(name) for name in publishers if name}
    if selector := document.profile.selector("author"):
        return names([one.text_content() for one in document.tree.cssselect(selector)])
    stated = [str(one["name"]) for one in named(document, article.get("author")) or named(document, article.get("creator"))]
    return names(stated, barred) or names(_from_metas(document), barred) or names(_from_marks(document, without), barred)


def names(texts: list[str], barred: Collection[str] = ()) -> list[str]:
    """Single names out of bylines: "By Jane Doe and John Roe, Staff Writer" gives two; no address, domain or barred name."""
    people: dict[str, str] = {}
    for text in texts:
        text = _TAIL.sub("", _ALL_BY.sub(r"\1", clean_line(_ADDRESS.sub(" ", text[:_LONGEST_LINE]))))
        for name in _parted(_BY.sub("", text)):
            name = re.sub(r"\s*\([^)]*\)$", "", _BY.sub("", name)).strip(" ,.;:|–—-•·")
            if (
                1 < len(name) <= _LONGEST
                and not _NO_NAME.search(name)
                and not _DOMAIN.fullmatch(name)
                and fold(name) not in barred
            ):
                people.setdefault(fold(name), name)
    return list(people.values())


def _parted(text: str) -> list[str]:
    """One byline as single names; "Surname, Given" is one person, put into the usual order; roles are left out."""
    parts: list[str] = []
    for part in _SPLIT.split(text):
        pieces = [piece.strip() for piece in _COMMA.split(part) if piece.strip()]
        surname = len(pieces) == 2 and (" " not in pieces[0] or pieces[0][0].islower())  # "van Wyk, Pieter"
        if surname and not _ROLE.search(part) and len(pieces[1].split()) <= 2:
            pieces = [f"{pieces[1]} {pieces[0]}"]
        parts.extend([piece for piece in pieces if not _ROLE.search(piece)] or pieces)
    return [name for part in parts for name in _softly(part)]


def _softly(text: str) -> list[str]:
    """Two names joined by a word that also stands within names ("Ortega y Gasset"): only full names are parted."""
    parts = _SOFT.split(text)
    return parts if all(" " in part for part in parts) else [text]


def _from_metas(document: Document) -> list[str]:
    metas = [(one.get("name", "").lower(), one.get("property", "").lower(), one) for one in document.tree.iter("meta")]
    for wanted in _META:
        found = [one.get("content", "") for name, kind, one in metas if wanted in (name, kind)]
        if any(names([text]) for text in found):
            return found
    label, data = (document.meta(name) for name in _LABELS)
    return [data] if label and data and not re.search(r"\d", data) else []


def _from_marks(document: Document, without: Collection[Element]) -> list[str]:
    """The byline by its mark-up: the first kind of mark that is there; more names only from beside the first."""
    barred, within = set(without), dict[Element, bool]()
    for kind in _kinds(document):
        found = [one for one in kind if one not in barred and not (barred and lies_in(one, barred, within))]
        if found and names([found[0].text_content()]):
            beside = found[0].getparent()
            return [
                one.text_content()
                for one in found
                if one.getparent() is beside or one.getparent().getparent() is beside.getparent()
            ]
    return []


def _kinds(document: Document) -> Iterator[Iterable[Element]]:
    for mark in _MARKED:
        found = [one for marked in document.marked(mark.word) for one in mark.path(marked)]
        if mark.around or mark.not_around:
            found = list(_placed(found, mark))
        below = mark.below
        yield dict.fromkeys(one for outer in _outermost(found) for one in below(outer)) if below else found
    yield _LINKED(document.tree)


def _placed(found: Iterable[Element], mark: _Mark) -> Iterator[Element]:
    """Those that stand where the mark wants them."""
    within, outside = dict[Element, bool](), dict[Element, bool]()
    for one in found:
        if mark.around and not stands_in(one, mark.around, within):
            continue
        if not (mark.not_around and stands_in(one, mark.not_around, outside)):
            yield one


def _outermost(elements: Iterable[Element]) -> Iterator[Element]:
    """Of elements in page order those that stand in none before them: what is below the others is below these."""
    held: frozenset[Element] = frozenset()
    for one in elements:
        if one not in held:
            yield one
            held = frozenset(one.iterdescendants())

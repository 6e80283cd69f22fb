"""What a page says about its article besides headline, author, date and text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from newsarchive.reading.counts import plausible
from newsarchive.reading.document import Document, Element
from newsarchive.reading.structured import Object, address, line, lines, named
from newsarchive.text import fold
from newsarchive.urls import canonical

_COUNTS = ("comments-title", "comment-count", "comments-link")
_NUMBER = re.compile(r"\d{1,3}(?:[.,]\d{3})+\b|\d{1,7}")
_LOCALE = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?(?:[-_.@].*)?")
_TIERS = {"free": False, "metered": True, "locked": True}


def site_names(document: Document, article: Object) -> list[str]:
    """What the site calls itself: its publisher, its name for sharing, its host with and without the ending."""
    host = (canonical(document.url) or document.url).partition("://")[2].partition("/")[0].removeprefix("www.")
    names = [str(one["name"]) for one in named(document, article.get("publisher"))]
    names += [name for name in (document.meta("og:site_name"), document.meta("application-name"), document.profile.name) if name]
    return [*names, host, host.rpartition(".")[0], host.partition(".")[0]]


def language(document: Document, article: Object) -> str | None:
    """The BCP 47 tag of the page's language, in its usual letter case."""
    stated = (document.tree.get("lang"), document.tree.get("xml:lang"), line(article.get("inLanguage")))
    headers = (document.meta("og:locale", "content-language", "language"), document.page.header("content-language"))
    for one in (*stated, *headers, document.profile.in_language):
        if one and (found := _LOCALE.fullmatch(one.strip())):
            code, script, region = found.groups()
            return "-".join(part for part in (code.lower(), script and script.title(), region and region.upper()) if part)
    return None


def description(document: Document, article: Object) -> str | None:
    """The summary the publisher gives out."""
    return line(article.get("description")) or line(document.meta("og:description", "description", "twitter:description"))


def section(document: Document, article: Object) -> str | None:
    """The section of the paper: as stated, else the first category that the page's mark-up names."""
    stated = line(article.get("articleSection")) or line(document.meta("article:section", "parsely-section"))
    return stated or next(
        (line(one.text_content()) for one in document.marked("category") if one.tag == "a" and "category" in one.get("rel", "")),
        None,
    )


def tags(document: Document, article: Object) -> list[str]:
    """The keywords, each once, from the first source that has any."""
    metas = [one.get("content") for one in document.tree.iter("meta") if one.get("property") == "article:tag"]
    marked = [one.text_content() for one in document.marked("tag") if one.tag == "a" and one.get("rel") == "tag"]
    for found in (article.get("keywords"), metas, marked, document.meta("news_keywords", "parsely-tags", "keywords")):
        if words := lines(found):
            return list({fold(word): word for word in reversed(words)}.values())[::-1]
    return []


def other_headline(document: Document, article: Object, headline: str | None) -> str | None:
    """A second headline: stated as such, else the title for sharing where neither holds the other."""
    title = line(document.meta("og:title"))
    other = title if title and headline and fold(headline) not in fold(title) and fold(title) not in fold(headline) else None
    return line(article.get("alternativeHeadline")) or other


def main_image(document: Document, article: Object) -> str | None:
    """The address of the picture that stands for the article."""
    image = address(article.get("image")) or document.meta("og:image", "og:image:url", "twitter:image", "twitter:image:src")
    return document.absolute(image) if image else None


def paywalled(document: Document, article: Object) -> bool | None:
    """What the publisher states (`isAccessibleForFree`, `article:content_tier`); None where it states nothing."""
    free = article.get("isAccessibleForFree")
    if isinstance(free, bool | str):
        return str(free).rpartition("/")[2].lower() in ("false", "no", "0")
    return _TIERS.get((document.meta("article:content_tier") or "").lower())


def comment_count(document: Document, article: Object) -> int | None:
    """The number of comments the page claims."""
    stated = article.get("commentCount")
    marked = (one.get("content") or one.text_content() for one in document.marked("comment") if _counts(one))
    for text in [str(stated)] if isinstance(stated, int | str) else marked:
        if found := _NUMBER.search(text):
            return plausible(re.sub(r"\D", "", found[0]))
    return None


def _counts(marked: Element) -> bool:
    return marked.get("itemprop") == "commentCount" or any(name in marked.get("class", "") for name in _COUNTS)


def addresses(document: Document, found: Iterable[str]) -> list[str]:
    """Addresses in the text, absolute and canonical, each once; links within the page left out."""
    return list(dict.fromkeys(url for one in found if not one.startswith("#") and (url := document.absolute(one))))

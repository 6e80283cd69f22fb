"""The article on a page: what its publisher states for machines, then what its mark-up hints, then its text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import datetime

from lxml import html as lxml_html

from newsarchive.errors import LayoutChanged
from newsarchive.items import Article
from newsarchive.reading.body import Body, read_body
from newsarchive.reading.byline import names, read_authors
from newsarchive.reading.dates import read_instant
from newsarchive.reading.document import Document, Element
from newsarchive.reading.headline import read_headline
from newsarchive.reading.identity import aliases, article_id, article_url
from newsarchive.reading.pagetype import looks_like_article, says_article, says_no_article
from newsarchive.reading.structured import Object, address, article_object, line, lines, named
from newsarchive.text import clean_block, fold
from newsarchive.urls import canonical

_PUBLISHED = (
    *(
        "article:published_time",
        "og:published_time",
        "og:article:published_time",
        "article:published:time",
        "datepublished",
        "parsely-pub-date",
    ),
    *("dc.date.issued", "dcterms.created", "dc.date", "sailthru.date", "citation_publication_date", "publish-date"),
    *("publishdate", "pubdate", "cxenseparse:recs:publishtime", "date"),
)
_MODIFIED = (
    "article:modified_time",
    "og:updated_time",
    "og:article:modified_time",
    "datemodified",
    "dcterms.modified",
    "last-modified",
    "lastmod",
)
_PUBLISHED_MARKS = (
    '//time[@itemprop="datePublished"]/@datetime | //*[@itemprop="datePublished"]/@content',
    '//time[contains(@class, "published") or contains(@class, "entry-date")]/@datetime | //time[@pubdate]/@datetime',
    '//*[contains(@class, "published") and @title]/@title',
    "(//article//time | //header//time | //main//time)[1]/@datetime",
    '//*[@itemprop="datePublished"]//text()',
    "(//article//time | //header//time | //main//time)[1]//text()",
)
_MODIFIED_MARKS = (
    '//time[@itemprop="dateModified"]/@datetime | //*[@itemprop="dateModified"]/@content',
    '//time[contains(@class, "updated") and not(contains(@class, "published"))]/@datetime',
    '//time[contains(@class, "modified")]/@datetime',
)
_COUNTS = (
    '//*[@itemprop="commentCount" or contains(@class, "comments-title") or contains(@class, "comment-count")'
    ' or contains(@class, "comments-link")]'
)
_LOCALE = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?(?:[-_.@].*)?")
_FULLER = 1.5  # how much longer the text in JSON-LD must be before it is taken instead of the page's


def read_article(document: Document, *, without: Collection[Element] = ()) -> Article | None:
    """The article that this page is, or None if it is none: a front page, a list, a login, a protected post.

    `without` are elements that hold comments and comment forms; nothing of them is read. Pure: time is the page's
    `captured_at`. Raises LayoutChanged if the page says that it is an article and neither headline nor text is found.
    """
    stated = article_object(document)
    if says_no_article(document, stated):
        return None
    sites = _site_names(document, stated)
    headline = read_headline(document, stated, sites)
    authors = read_authors(document, stated, sites, without)
    section = _first(
        line(stated.get("articleSection")),
        document.meta("article:section", "parsely-section"),
        _text(document, '//a[contains(@rel, "category")]'),
    )
    opening = _opening(document, headline, authors, section, sites)
    body = read_body(document.tree, opening=opening, without=without, selector=document.profile.selector("text"))
    text = _fuller(body, stated)
    authors = authors or names([body.byline or ""] if body else [], {fold(site) for site in sites})
    if not says_article(document, stated) and not looks_like_article(document, len(text or "")):
        return None
    if not headline and not text:
        raise LayoutChanged(f"an article without headline and text: {document.url}")
    url = article_url(document, stated)
    article = Article(article_id(document, url), document.profile.site, url, document.page.captured_at, document.page.record_id)
    article.headline, article.text, article.authors, article.section = headline, text, authors, section
    article.in_language = _language(document, stated)
    article.attribution = body.attribution if body else None
    article.aliases = aliases(document, url)
    _add_dates(article, document, stated)
    _add_details(article, document, stated, body)
    return article


def _add_dates(article: Article, document: Document, stated: Object) -> None:
    zone, language, at = document.profile.time_zone, article.in_language, article.captured_at

    def first(words: Iterable[str | None]) -> tuple[datetime | None, str | None]:
        for raw in words:
            if raw and (instant := read_instant(raw, at=at, time_zone=zone, language=language)):
                return instant, raw.strip()
        return None, None

    published = (
        line(stated.get("datePublished")),
        *_metas(document, _PUBLISHED),
        *_marked(document, "date", _PUBLISHED_MARKS),
        line(stated.get("dateCreated")),
    )
    modified = (
        line(stated.get("dateModified")),
        *_metas(document, _MODIFIED),
        *_marked(document, "date_modified", _MODIFIED_MARKS),
    )
    article.date_published, article.date_published_raw = first(published)
    article.date_modified, article.date_modified_raw = first(modified)


def _add_details(article: Article, document: Document, stated: Object, body: Body | None) -> None:
    article.alternative_headline = line(stated.get("alternativeHeadline")) or _other(document, article.headline)
    article.description = _first(
        line(stated.get("description")), document.meta("og:description", "description", "twitter:description")
    )
    article.tags = _tags(document, stated)
    image = address(stated.get("image")) or document.meta("og:image", "og:image:url", "twitter:image", "twitter:image:src")
    article.main_image = document.absolute(image) if image else None
    article.paywalled = _paywalled(document, stated)
    article.comment_count_reported = _comment_count(document, stated)
    if body:
        article.links = _absolute(document, body.links)
        article.media = _absolute(document, body.images)


def _site_names(document: Document, stated: Object) -> list[str]:
    """What the site calls itself: its publisher, its name for sharing, its host with and without the ending."""
    host = (canonical(document.url) or document.url).partition("://")[2].partition("/")[0].removeprefix("www.")
    names = [str(one["name"]) for one in named(document, stated.get("publisher"))]
    names += [
        name for name in (document.meta("og:site_name"), document.meta("application-name"), document.profile.name, host) if name
    ]
    return [*names, host.rpartition(".")[0], host.partition(".")[0]]


def _opening(document: Document, headline: str | None, authors: list[str], section: str | None, sites: list[str]) -> list[str]:
    """Lines that may stand above the text and are no part of it."""
    titles = [headline, document.meta("og:title"), section, *(one.text_content() for one in document.tree.iter("h1"))]
    return [one for one in titles if one] + authors + [f"By {' and '.join(authors)}"] + sites


def _fuller(body: Body | None, stated: Object) -> str | None:
    """The text of the page, or that in JSON-LD where it is much longer (a page that scripts fill, or a closed one)."""
    text = body.text if body else ""
    whole = stated.get("articleBody")
    if isinstance(whole, str) and len(whole) > _FULLER * len(text) and len(whole) > 200:
        if re.search(r"</?\w+[^>]*>", whole):
            whole = "\n\n".join(str(part) for part in lxml_html.fromstring(f"<div>{whole}</div>").itertext())
        text = clean_block(whole)
    return text or None


def _language(document: Document, stated: Object) -> str | None:
    """The BCP 47 tag of the page's language, in its usual letter case."""
    html = document.tree if document.tree.tag == "html" else None
    given = (
        (html.get("lang") or html.get("xml:lang")) if html is not None else None,
        line(stated.get("inLanguage")),
        document.meta("og:locale", "content-language", "language"),
    )
    for one in (*given, document.page.header("content-language"), document.profile.in_language):
        if one and (found := _LOCALE.fullmatch(one.strip())):
            language, script, region = found.groups()
            return "-".join(part for part in (language.lower(), script and script.title(), region and region.upper()) if part)
    return None


def _tags(document: Document, stated: Object) -> list[str]:
    metas = [
        element.get("content") or "" for element in document.tree.iter("meta") if (element.get("property") or "") == "article:tag"
    ]
    marked = [one.text_content() for one in document.tree.xpath('//a[@rel="tag"]')]
    for found in (stated.get("keywords"), metas, marked, document.meta("news_keywords", "parsely-tags", "keywords")):
        if tags := lines(found):
            return list({fold(tag): tag for tag in reversed(tags)}.values())[::-1]
    return []


def _paywalled(document: Document, stated: Object) -> bool | None:
    """What the publisher states (`isAccessibleForFree`, `article:content_tier`); None where it states nothing."""
    free = stated.get("isAccessibleForFree")
    if isinstance(free, bool | str):
        return str(free).rpartition("/")[2].lower() in ("false", "no", "0")
    tier = (document.meta("article:content_tier") or "").lower()
    return {"free": False, "metered": True, "locked": True}.get(tier)


def _comment_count(document: Document, stated: Object) -> int | None:
    count = stated.get("commentCount")
    texts = (
        [str(count)]
        if isinstance(count, int | str)
        else [one.get("content") or one.text_content() for one in document.tree.xpath(_COUNTS)]
    )
    return next((int(re.sub(r"\D", "", found[0])) for text in texts if (found := re.search(r"\d+(?:[.,]\d{3})*", text))), None)


def _metas(document: Document, names: Iterable[str]) -> list[str | None]:
    return [document.meta(name) for name in names]


def _marked(document: Document, field: str, paths: Iterable[str]) -> Iterable[str]:
    if selector := document.profile.selector(field):
        for one in document.tree.cssselect(selector):
            yield one.get("datetime") or one.get("content") or one.text_content()
    for path in paths:
        yield from (str(found) for found in document.tree.xpath(path))


def _other(document: Document, headline: str | None) -> str | None:
    """The title for sharing, where it is another text than the headline and does not hold it."""
    title = line(document.meta("og:title"))
    return title if title and headline and fold(headline) not in fold(title) and fold(title) not in fold(headline) else None


def _absolute(document: Document, found: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(url for one in found if not one.startswith("#") and (url := document.absolute(one))))


def _text(document: Document, path: str) -> str | None:
    return next((one.text_content() for one in document.tree.xpath(path)), None)


def _first(*found: str | None) -> str | None:
    return next((text for one in found if (text := line(one))), None)

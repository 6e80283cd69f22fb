"""The article on a page: what its publisher states for machines, then what its mark-up hints, then its text."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from lxml import html

from newsarchive.errors import LayoutChanged
from newsarchive.items import Article
from newsarchive.reading import details
from newsarchive.reading.body import Body, read_body
from newsarchive.reading.byline import names, read_authors
from newsarchive.reading.document import Document, Element
from newsarchive.reading.headline import read_headline
from newsarchive.reading.identity import aliases, article_id, article_url, is_home
from newsarchive.reading.pagetype import looks_like_article, says_article, says_no_article
from newsarchive.reading.parts import read_part
from newsarchive.reading.published import read_modified, read_published
from newsarchive.reading.structured import Object, article_object
from newsarchive.text import clean_block, fold

_FULLER = 1.5  # how much longer the text in JSON-LD must be before it is taken instead of the page's
_WHOLE = 200  # characters under which a text in JSON-LD is a summary


def read_article(document: Document, *, without: Collection[Element] = ()) -> Article | None:
    """The article that this page is, or None if it is none: a front page, a list, a login, a protected post.

    `without` are elements that hold comments and comment forms; nothing of them is read. Pure: time is the page's
    `captured_at`. Raises LayoutChanged if the page says that it is an article and neither headline nor text is found.
    """
    if says_no_article(document, stated := article_object(document)):
        return None
    sites = details.site_names(document, stated)
    headline = read_headline(document, stated, sites)
    authors = read_authors(document, stated, sites, without)
    section = details.section(document, stated)
    body = read_body(
        document.tree,
        opening=[*_titles(document), *filter(None, (headline, section)), *authors, *sites],
        without=without,
        selector=document.profile.selector("text"),
    )
    text = _fuller(body, stated)
    shaped = looks_like_article(document, len(text or ""), body.unity if body else 0.0, commented=bool(without))
    if not shaped and (is_home(document.url) or not says_article(document, stated)):
        return None
    if not headline and not text:
        raise LayoutChanged(f"an article without headline and text: {document.url}")
    part = read_part(document, without)
    url = part.url if part and part.number > 1 else article_url(document, stated)
    article = Article(
        id=article_id(document, url),
        site_id=document.profile.site,
        url=url,
        captured_at=document.page.captured_at,
        capture_id=document.page.record_id,
        headline=headline,
        section=section,
        text=text,
        part=part.number if part else None,
        pages=list(part.pages) if part else [],
        authors=authors or names([body.byline or ""] if body else [], {fold(site) for site in sites}),
    )
    return _detailed(article, document, stated, body, without)


def _detailed(article: Article, document: Document, stated: Object, body: Body | None, without: Collection[Element]) -> Article:
    """The article with its dates and with what its publisher states beside the text."""
    in_language = details.language(document, stated)
    published, published_raw = read_published(document, stated, in_language, without)
    modified, modified_raw = read_modified(document, stated, in_language, without)
    return replace(
        article,
        alternative_headline=details.other_headline(document, stated, article.headline),
        description=details.description(document, stated),
        in_language=in_language,
        date_published=published,
        date_published_raw=published_raw,
        date_modified=modified,
        date_modified_raw=modified_raw,
        attribution=body.attribution if body else None,
        main_image=details.main_image(document, stated),
        paywalled=details.paywalled(document, stated),
        comment_count_reported=details.comment_count(document, stated),
        tags=details.tags(document, stated),
        links=details.addresses(document, body.links if body else ()),
        media=details.addresses(document, body.images if body else ()),
        aliases=aliases(document, article.url),
    )


def _titles(document: Document) -> list[str]:
    """Titles of the page, which its text may repeat on top."""
    return [document.meta("og:title") or "", *(one.text_content() for one in document.tree.iter("h1"))]


def _fuller(body: Body | None, stated: Object) -> str | None:
    """The text of the page, or that in JSON-LD where it is much longer (a page that scripts fill, or a closed one)."""
    text = body.text if body else ""
    whole = stated.get("articleBody")
    if isinstance(whole, str) and len(whole) > max(_WHOLE, _FULLER * len(text)):
        text = clean_block(whole)
        if re.search(r"</?\w+[^>]*>", text):
            text = clean_block("\n\n".join(str(part) for part in html.fromstring(f"<div>{text}</div>").itertext()))
    return text or None

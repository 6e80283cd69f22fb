"""The comment feed of a WordPress post: the newest ten, for a site that shows no comments and advertises no REST interface.

https://developer.wordpress.org/advanced-administration/wordpress/feeds/: `/POST/feed/` gives author, time to the second and
text; a reply begins with a line that links the comment it answers. It does not name the post, so the address that we ask does.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from lxml import etree

from newsarchive.items import Follow, Thread
from newsarchive.reading.comments import wordpress_rest
from newsarchive.reading.comments.discussion import Discussion, thread_id
from newsarchive.reading.comments.entry import Entry, comments_of
from newsarchive.reading.comments.marks import html_text
from newsarchive.reading.document import Document
from newsarchive.reading.wordpress import install
from newsarchive.urls import canonical

_POST = "comments_of"  # a parameter of ours that WordPress does not know and leaves alone
_FEEDS = '//link[@rel="alternate" and @type="application/rss+xml"]/@href'
_OF_POST = re.compile(r"/.+/feed/?$|[?&]feed=[\w-]+&p=\d|[?&]p=\d+&feed=")
_NUMBER = re.compile(r"#comment-(\d{1,12})$")
_REPLY = re.compile(r"\s*<p>[^<>]{1,60}<a href=\"[^\"<>]{1,2000}#comment-(\d{1,12})\">[^<>]{0,200}</a>\.?</p>")
_CONTENT, _CREATOR = "{http://purl.org/rss/1.0/modules/content/}encoded", "{http://purl.org/dc/elements/1.1/}creator"


def question(document: Document, post: str) -> tuple[Follow, ...]:
    """The feed of this post's comments, where the page names one besides those of the whole site."""
    home = document.url.partition("?")[0].rstrip("/")
    for href in document.tree.xpath(_FEEDS):
        url = document.absolute(str(href)) or ""
        if _OF_POST.search(url) and (url.startswith(f"{home}/feed") or f"p={post}" in url):
            asked = canonical(f"{url}{'&' if '?' in url else '?'}{_POST}={post}")
            return (Follow(asked, "comments"),) if asked else ()
    return ()


def read_answer(document: Document) -> Discussion | None:
    """The comments of such a feed; there may be more than its ten, so the thread is not whole. None for what is no such feed."""
    post = next(iter(parse_qs(urlsplit(document.url).query).get(_POST, [])), "")
    if not post.isdecimal() or document.page.status != 200:
        return None
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(document.page.body, parser=parser)
    except etree.XMLSyntaxError:
        return None
    if root is None:
        return None
    entries = [entry for item in root.iter("item") if (entry := _entry(item))]
    thread = Thread(
        thread_id(wordpress_rest.PLATFORM, document.url, post, folder=install(document)), wordpress_rest.PLATFORM, whole=False
    )
    comments = comments_of(document, thread.id, entries, scope=wordpress_rest.scope(document))
    return Discussion(thread, comments=comments, article_page=False)


def _entry(item: etree._Element) -> Entry | None:
    number = _NUMBER.search((item.findtext("guid") or item.findtext("link") or "").strip())
    if number is None:
        return None
    source = item.findtext(_CONTENT) or item.findtext("description") or ""
    reply = _REPLY.match(source)
    return Entry(
        html_text(source[reply.end() :] if reply else source),
        name=item.findtext(_CREATOR),
        stamp=(item.findtext("pubDate") or "").strip() or None,
        id=number[1],
        parent=reply[1] if reply else None,
    )

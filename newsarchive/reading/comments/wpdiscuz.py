"""wpDiscuz, a WordPress plugin: the comments that stand in the page, and more by POST to `wp-admin/admin-ajax.php`.

https://wordpress.org/plugins/wpdiscuz/ (version 7: `WpdiscuzWalker` prints the comments, `wpdLoadMoreComments` answers with
the same HTML in `data.comment_list`, beside `is_show_load_more` and `last_parent_id`). A comment's element is
`.wpd-comment#wpd-comm-ID_PARENT`. Up and down votes stand apart, or as one balance, which counts as votes of its sign. The
numbers are WordPress's own, so thread and comments are called as `wordpress` calls them: a site may switch the plugin on and off.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from lxml import etree, html

from newsarchive.items import Follow, Thread
from newsarchive.reading.comments import wordpress_rest
from newsarchive.reading.comments.answers import answered, identifier, mapping, words
from newsarchive.reading.comments.block import Block
from newsarchive.reading.comments.discussion import Discussion, thread_id
from newsarchive.reading.comments.entry import Entry, comments_of
from newsarchive.reading.comments.marks import classes, language_of
from newsarchive.reading.comments.scripts import assigned
from newsarchive.reading.comments.section import claimed_count, section
from newsarchive.reading.counts import plausible
from newsarchive.reading.document import Document, Element
from newsarchive.reading.identity import place
from newsarchive.reading.wordpress import install, without_comment_page
from newsarchive.urls import canonical, same_site

PLATFORM = wordpress_rest.PLATFORM
_ACTION = "wpdLoadMoreComments"
_ADMIN = "/wp-admin/admin-ajax.php"
_FORM_TYPE = (("Content-Type", "application/x-www-form-urlencoded"),)
_ITEM_ID = re.compile(r"wpd-comm-(\d{1,12})_(\d{1,12})")
_LAST = '//*[contains(@class, "wpd-load-more-submit")]/@data-lastparentid'
_SORTING = '//*[contains(@class, "wpdiscuz-sort-button-active")]/@data-sorting'
_FORM = '//form[contains(@class, "wpd_comm_form")]'
_SECTION = '//*[@id="wpdcom" or @id="wpdiscuz-comments" or @id="comments"]'
_NOT_TEXT = ("wpd-inline-feedback-wrapper", "wpd-comment-last-edited", "wpdiscuz-readmore")
_NOT_NAME = ("wpd-user-badge", "wpd-comment-label", "wpd-tooltip-content")
_DIGITS = 7  # of a number of loads
_LANGUAGE, _FOLDER = "page_language", "page_folder"  # fields of ours: what the page tells and its answers do not
_SLUG = re.compile(r"/author/([^/?#]{1,100})/?$")


def read_page(document: Document) -> Discussion | None:
    """The comments that a page with wpDiscuz shows, and the request for the rest."""
    if "wpdiscuz" not in document.text or not (post := assigned(document, "wc_post_id")) or not post.isdecimal():
        return None
    tree, ajax = document.tree, _ajax(document)
    blocks = _blocks(tree)
    nodes = section(document, [*(block.element for block in blocks), *tree.xpath(f"{_SECTION} | {_FORM}")])
    claimed = claimed_count(document, nodes, frozenset(block.element for block in blocks))
    last = next((str(one) for one in tree.xpath(_LAST) if str(one).isdecimal()), None)
    unseen = not blocks and bool(claimed)  # they come by a click, or when the reader scrolls there
    asked = {"sorting": next(map(str, tree.xpath(_SORTING)), ""), "offset": "0" if unseen else "1", "lastParentId": last or "0"}
    told = {name: value for name, value in ((_LANGUAGE, language_of(document)), (_FOLDER, install(document))) if value}
    follow = _follow(ajax, asked | {"isFirstLoad": str(int(unseen)), "postId": post} | told) if last or unseen else ()
    thread = Thread(
        id=thread_id(PLATFORM, document.url, post, folder=install(document)),
        platform=PLATFORM,
        url=without_comment_page(document.url),
        status="open" if tree.xpath(_FORM) else "closed",
        comment_count_reported=claimed,
        pages=follow,
        whole=assigned(document, "isLoadOnlyParentComments") in (None, "0"),
    )
    comments = comments_of(document, thread.id, list(map(_entry, blocks)), scope=wordpress_rest.scope(document))
    return Discussion(thread, comments, follow=follow, nodes=nodes)


def read_answer(document: Document) -> Discussion | None:
    """The comments of one load; None for what is no such answer."""
    asked = dict(parse_qsl(document.page.request_body.decode("utf-8", "replace")))
    post = asked.get("postId", "")
    if asked.get("action") != _ACTION or not post.isdecimal() or not urlsplit(document.url).path.endswith(_ADMIN):
        return None
    data = mapping(mapping(document.json).get("data"))
    entries = [_entry(block) for block in _blocks(_tree(words(data.get("comment_list")) or ""))]
    last, offset = identifier(data.get("last_parent_id")), asked.get("offset", "0")
    more = (
        entries
        and data.get("is_show_load_more")
        and last
        and last != asked.get("lastParentId")
        and offset.isdecimal()
        and len(offset) < _DIGITS
    )
    following = {"lastParentId": last or "0", "offset": str(int(offset) + 1) if more else "0", "isFirstLoad": "0"}
    follow = _follow(document.url, asked | following) if more else ()
    folder = asked.get(_FOLDER, "")
    thread = thread_id(PLATFORM, document.url, post, folder=folder)
    return answered(document, thread, entries, follow, scope=place(document, folder), language=asked.get(_LANGUAGE, ""))


def _ajax(document: Document) -> str:
    """Where the plugin asks: as its script says, else where the install has it."""
    stated = document.absolute(assigned(document, "url", after="wpdiscuzAjaxObj") or "") or ""
    folder = install(document)
    return (
        stated
        if stated.endswith(_ADMIN) and same_site(stated, document.url)
        else urljoin(document.url, f"/{folder + '/' if folder else ''}{_ADMIN[1:]}")
    )


def _follow(ajax: str, form: Mapping[str, str]) -> tuple[Follow, ...]:
    url, body = (
        canonical(ajax),
        urlencode({"action": _ACTION, "wpdType": ""} | dict(form)),
    )
    return (Follow(url, "comments", "POST", body.encode(), _FORM_TYPE),) if url else ()


def _tree(source: str) -> Element:
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True)
    try:
        return html.document_fromstring(source.replace("\x00", "").encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):  # an empty list
        return html.Element("html")


def _blocks(tree: Element) -> list[Block]:
    items = [one for one in tree.xpath('//*[starts-with(@id, "wpd-comm-")]') if "wpd-comment" in classes(one)]
    shown = {one.get("id"): one for one in reversed(items) if _ITEM_ID.fullmatch(one.get("id"))}
    others = frozenset(items)
    return [Block.of(one, others.__contains__) for one in items if shown.get(one.get("id")) is one and not _is_held(one)]


def _is_held(element: Element) -> bool:
    return "wpd-unapproved-comment" in classes(element)


def _entry(block: Block) -> Entry:
    number, parent = block.element.get("id").removeprefix("wpd-comm-").split("_")
    author, date, text = (block.first(f"wpd-comment-{part}") for part in ("author", "date", "text"))
    links = () if author is None else author.iter("a")
    registered = block.first("wpd-blog-guest") is None
    up, down = _votes(block)
    return Entry(
        text=block.text(text, list(block.having(*_NOT_TEXT))) if text is not None else None,
        name=block.line(author, list(block.having(*_NOT_NAME))),
        words=block.line(date),
        stamp=None if date is None else date.get("title"),
        id=number,
        parent=parent if parent not in ("0", number) else None,
        account=next((found[1] for one in links if registered and (found := _SLUG.search(one.get("href", "")))), None),
        upvotes=up,
        downvotes=down,
    )


def _votes(block: Block) -> tuple[int | None, int | None]:
    """Votes for and against."""
    up, down, both = (block.first(f"wpd-vote-result{kind}") for kind in ("-like", "-dislike", ""))
    if up is not None or down is not None:
        return _count(up), _count(down)
    if both is None:
        return None, None
    against = (both.get("title") or both.text or "").strip().startswith("-")
    return (None, _count(both)) if against else (_count(both), None)


def _count(mark: Element | None) -> int | None:
    """The number in the title ("1K" may stand in the page), whatever its sign."""
    return None if mark is None else plausible((mark.get("title") or mark.text or "").strip().removeprefix("-"))

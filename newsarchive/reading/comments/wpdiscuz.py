"""wpDiscuz, a WordPress plugin: the comments that stand in the page, and more by POST to `wp-admin/admin-ajax.php`.

https://wordpress.org/plugins/wpdiscuz/ (version 7: `WpdiscuzWalker` prints the comments, `wpdLoadMoreComments` answers with
the same HTML in `data.comment_list`, beside `is_show_load_more` and `last_parent_id`). The numbers are WordPress's own, so thread
and comments are called as `wordpress` calls them: a site may switch the plugin on and off.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from lxml import etree, html

from newsarchive.items import Follow, Thread
from newsarchive.reading.comments import wordpress_rest
from newsarchive.reading.comments.answers import answered, identifier, mapping, words
from newsarchive.reading.comments.discussion import Discussion, thread_id
from newsarchive.reading.comments.entry import comments_of
from newsarchive.reading.comments.marks import language_of
from newsarchive.reading.comments.scripts import assigned
from newsarchive.reading.comments.section import claimed_count, section
from newsarchive.reading.comments.wpdiscuz_item import blocks_of, entry_of
from newsarchive.reading.document import Document, Element
from newsarchive.reading.identity import place
from newsarchive.reading.wordpress import install, without_comment_page
from newsarchive.urls import canonical, same_site

PLATFORM = wordpress_rest.PLATFORM
_ACTION = "wpdLoadMoreComments"
_ADMIN = "/wp-admin/admin-ajax.php"
_FORM_TYPE = (("Content-Type", "application/x-www-form-urlencoded"),)
_LAST = '//*[contains(@class, "wpd-load-more-submit")]/@data-lastparentid'
_SORTING = '//*[contains(@class, "wpdiscuz-sort-button-active")]/@data-sorting'
_FORM = '//form[contains(@class, "wpd_comm_form")]'
_SECTION = '//*[@id="wpdcom" or @id="wpdiscuz-comments" or @id="comments"]'
_DIGITS = 7  # of a number of loads
_LANGUAGE, _FOLDER = "page_language", "page_folder"  # fields of ours: what the page tells and its answers do not


def read_page(document: Document) -> Discussion | None:
    """The comments that a page with wpDiscuz shows, and the request for the rest."""
    if "wpdiscuz" not in document.text or not (post := assigned(document, "wc_post_id")) or not post.isdecimal():
        return None
    tree, ajax = document.tree, _ajax(document)
    blocks = blocks_of(tree)
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
    comments = comments_of(document, thread.id, list(map(entry_of, blocks)), scope=wordpress_rest.scope(document))
    return Discussion(thread, comments, follow=follow, nodes=nodes)


def read_answer(document: Document) -> Discussion | None:
    """The comments of one load; None for what is no such answer."""
    asked = dict(parse_qsl(document.page.request_body.decode("utf-8", "replace")))
    post = asked.get("postId", "")
    if asked.get("action") != _ACTION or not post.isdecimal() or not urlsplit(document.url).path.endswith(_ADMIN):
        return None
    data = mapping(mapping(document.json).get("data"))
    entries = [entry_of(block) for block in blocks_of(_tree(words(data.get("comment_list")) or ""))]
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

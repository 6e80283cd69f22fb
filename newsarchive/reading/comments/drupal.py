"""Drupal's comments as its themes print them, from Drupal 5 to 10: in the page, with a pager (`?page=N`) for long threads.

Drupal prints `<a id="comment-N"></a>` before each comment, an element of class `comment`, and replies in `div.indented`
(`comment.tpl.php` of Drupal 5 to 7, `comment.html.twig` since, in core and in the themes Garland, Bartik, Classy, Olivero:
https://git.drupalcode.org/project/drupal). What a theme makes of the line "Submitted by NAME on DATE" differs: the name is found
by its mark (`.username`, RDFa, `comment__author`) or by its place in that line (`drupal_entry`, `drupal_line`).
"""

from __future__ import annotations

import re

from newsarchive.items import Thread
from newsarchive.reading.comments.block import Block
from newsarchive.reading.comments.discussion import Discussion, path_key, thread_id
from newsarchive.reading.comments.drupal_entry import answered, is_unseen, number_in, read_entry
from newsarchive.reading.comments.drupal_pages import other_pages, paged
from newsarchive.reading.comments.entry import Entry, comments_of
from newsarchive.reading.comments.marks import classes
from newsarchive.reading.comments.section import claimed_count, section
from newsarchive.reading.document import Document, Element
from newsarchive.reading.identity import place

PLATFORM = "drupal"
_HINTS = ("rupal", "data-comment-user-id", "sioct:Comment")  # of which every fingerprint has one
_FINGERPRINTS = (
    "Drupal.settings",
    "Drupal.behaviors",
    "drupal.js",
    "drupal-settings",
    "data-drupal-",
    "data-comment-user-id",
    "sioct:Comment",
)
_MARKS = "//*[@data-comment-user-id or starts-with(@id, 'comment-')]"
_FORMS = '//form[@id="comment-form" or contains(@class, "comment-form")]'
_LOGIN = '//a[contains(@href, "user/login") or contains(@href, "user/register")]'
_NODE = re.compile(r"(?:^|\s)(?:page-)?node-(\d{1,12})(?=\s|$)|/node/(\d{1,12})$")
_FOLDER = re.compile(r'"(?:basePath"|path":\{"baseUrl"):"((?:\\?/|[\w.~-]){1,200})"')
_DRAFTS = {"comment-preview", "comment-unpublished", "comment--unpublished", "preview", "unpublished"}


def read_answer(document: Document) -> Discussion | None:
    """None: Drupal's comments are pages of the newspaper itself."""
    return None


def read_page(document: Document) -> Discussion | None:
    """The part of a thread that a Drupal page shows, else None."""
    if not any(hint in document.text for hint in _HINTS) or not any(mark in document.text for mark in _FINGERPRINTS):
        return None
    numbers, forms = _numbers(document.tree), document.tree.xpath(_FORMS)
    if not (numbers or forms) or (not numbers and _shows_others(document.tree)):
        return None
    nodes = section(document, [*numbers, *forms])
    entries = _entries(document, numbers)
    read = [entry for entry in entries if entry.text or entry.name]
    home, page = paged(document.url)
    folder = _folder(document)
    thread = Thread(
        id=thread_id(PLATFORM, document.url, _node(document) or path_key(home), folder=folder),
        platform=PLATFORM,
        url=home,
        status="open" if forms or document.tree.xpath(_LOGIN) else "closed",
        comment_count_reported=claimed_count(document, nodes, frozenset(numbers)),
        pages=tuple(other_pages(document, nodes, home)),
        whole=len(read) == len(entries),
    )
    return Discussion(
        thread=thread,
        comments=comments_of(document, thread.id, read, scope=place(document, folder)),
        follow=thread.pages,
        nodes=nodes,
        article_page=page == 0 or not (read or thread.pages),
    )


def _numbers(tree: Element) -> dict[Element, str]:
    """The elements of the comments in page order, each with its number; an anchor stands for the comment right behind it."""
    found: dict[Element, str] = {}
    for mark in tree.xpath(_MARKS):
        number = number_in(mark.get("id", "")) or number_in(mark.get("about", ""))
        element = mark.getnext() if mark.tag == "a" and number else mark
        known = element is not None and isinstance(element.tag, str) and (element in found or _is_comment(element))
        if number and known and not _DRAFTS & classes(element):
            found.setdefault(element, number)
    seen: dict[str, Element] = {}
    return {element: number for element, number in found.items() if seen.setdefault(number, element) is element}


def _shows_others(tree: Element) -> bool:
    """Whether comments are numbered in a page that a theme made in its own way: the general reader may know what they are."""
    return any(number_in(mark.get("id", "")) for mark in tree.xpath(_MARKS))


def _is_comment(element: Element) -> bool:
    marked = element.get("data-comment-user-id") is not None or "Comment" in element.get("typeof", "")
    return marked or "comment" in classes(element)


def _entries(document: Document, numbers: dict[Element, str]) -> list[Entry]:
    entries: list[Entry] = []
    above: list[str] = []  # the last comment of each level
    depths: dict[Element, int] = {}
    for element, number in numbers.items():
        block = Block.of(element, lambda one: one in numbers or is_unseen(one))
        depth = _indents(element, depths)
        indented_under = above[min(depth, len(above)) - 1] if depth and above else None
        above[depth:] = [number]
        entries.append(read_entry(document, block, number, answered(block, number) or indented_under))
    return entries


def _indents(element: Element, known: dict[Element, int]) -> int:
    """How many `.indented` an element stands in; `known` remembers it for its ancestors."""
    way: list[Element] = []
    at = element.getparent()
    while at is not None and at not in known:
        way.append(at)
        at = at.getparent()
    depth = 0 if at is None else known[at]
    for one in reversed(way):
        depth += "indented" in classes(one)
        known[one] = depth
    return depth


def _node(document: Document) -> str | None:
    """The number of the node that is commented on, as the page's head tells it: forms and reply links go when comments close."""
    stated = [*document.tree.xpath("//body/@class"), *document.linked("shortlink", "canonical")]
    found = next((found for one in stated if (found := _NODE.search(str(one)))), None)
    return found and next(filter(None, found.groups()))


def _folder(document: Document) -> str:
    """The folder of this install, as its settings tell it; "" for the root of the host."""
    found = _FOLDER.search(document.text)
    return found[1].replace("\\", "").strip("/") if found else ""

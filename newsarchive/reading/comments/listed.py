"""Comments that stand in the page as a list, of any system in any language, and the JSON endpoint that loads more of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from math import log2
from operator import attrgetter

from newsarchive.items import Follow, Thread
from newsarchive.reading.comments.discussion import Discussion, thread_id
from newsarchive.reading.comments.entry import Entry, comments_of
from newsarchive.reading.comments.lists.anchors import anchors
from newsarchive.reading.comments.lists.answer import read_answer as read_list
from newsarchive.reading.comments.lists.content import ENOUGH, SURE, content
from newsarchive.reading.comments.lists.finder import lists
from newsarchive.reading.comments.lists.key import home_of, key_in_url, keyed, thread_key
from newsarchive.reading.comments.lists.pages import is_comment_page, other_pages, outside
from newsarchive.reading.comments.lists.reading import read_rows
from newsarchive.reading.comments.lists.replies import parents
from newsarchive.reading.comments.lists.rows import Found, spread, wrapped
from newsarchive.reading.comments.lists.section import beside, claimed, says_closed, strays
from newsarchive.reading.comments.lists.signs import PROMISING, context
from newsarchive.reading.comments.lists.stamps import stamp
from newsarchive.reading.comments.lists.targets import targets
from newsarchive.reading.comments.lists.template import Told
from newsarchive.reading.comments.lists.votes import read_votes
from newsarchive.reading.comments.lists.words import GONE
from newsarchive.reading.comments.section import section
from newsarchive.reading.counts import count_in_json_ld
from newsarchive.reading.document import Document, Element
from newsarchive.urls import same_site

PLATFORM = "list"
_RATED = 40  # lists whose surroundings are looked at
_TRIED = 6  # lists that are read to their end
_CALLED = 2.0  # points of surroundings from which a list with times calls itself one of comments


@dataclass(frozen=True, slots=True)
class List:
    """A list that was read: what it is made of, what stands beside it, what its records tell, the points of its surroundings
    (`near`) and all of its points."""

    found: Found
    beside: tuple[Element, ...]
    told: tuple[Told, ...]
    near: float
    score: float

    @property
    def size(self) -> int:
        """How many of its records have a text."""
        return sum(bool(one.text) for one in self.told)

    @property
    def weight(self) -> float:
        """What it counts against another list of the page: a longer one, but not one that looks less like comments."""
        return self.score + log2(max(self.size, 1))

    @property
    def lacks(self) -> bool:
        """Whether half of its records, or more, lack a text or a name."""
        return 2 * sum(not (one.text and one.name) for one in self.told) >= len(self.told)


def read_page(document: Document) -> Discussion | None:
    """The list of comments that a page shows; None for pages without comments."""
    if document.mime and "html" not in document.mime:
        return None
    best = best_list(document)
    return _discussion(document, best) if best else None


def best_list(document: Document) -> List | None:
    """The page's longest list of comments; None if it shows none."""
    marks = anchors(document.tree)
    best: List | None = None
    for kinds in (marks.times, marks.named):
        if best and best.near >= _CALLED and best.size > 1:
            break
        rated = [(found, context(found, marks)) for found in islice(lists(kinds, marks.page), _RATED)]
        rated = sorted((pair for pair in rated if pair[1] >= PROMISING), key=lambda pair: -pair[1] - log2(len(pair[0].rows)))
        for found, near in rated[:_TRIED]:
            if best is None or len(found.rows) > best.size:
                read = _read(found, near, marks.page)
                best = read if read and (best is None or read.weight > best.weight) else best
    return best


def _read(found: Found, near: float, page: frozenset[Element]) -> List | None:
    """A list that its records confirm, each item alone, or with what stands between it and the next."""
    best = _rated(found, near)
    if (best.lacks or best.score < ENOUGH) and len(found.rows[0]) == 1 and (wider := spread(found)):
        best = max(best, _rated(wider, near), key=_score)
    if near >= SURE and best.lacks:
        best = max(best, _rated(best.found, near, one_writer=True), key=_score)
    return replace(best, beside=tuple(beside(best.found, page))) if best.score >= ENOUGH else None


_score = attrgetter("score")


def _rated(found: Found, near: float, *, one_writer: bool = False) -> List:
    read = read_rows(found.rows, one_writer=one_writer)
    return List(found, (), read.told, near, near + content(near, read.records, read.told, read.template))


def _discussion(document: Document, best: List) -> Discussion:
    """The thread that a list shows; a record with a text, but without writer and time, could not be read."""
    readable = [at for at, one in enumerate(best.told) if one.text and (one.name or one.time) and not _is_form(best, at)]
    shown = _once(best, readable)
    rows, told = [best.found.rows[at] for at in shown], [best.told[at] for at in shown]
    elements = frozenset(part for row in best.found.rows for part in row)
    above = parents(best.found.root, rows, told, targets(wrapped(best.found.root, rows)))
    entries = [_entry(one, under) for one, under in zip(told, above, strict=True)]
    nodes = section(document, [*(part for row in rows for part in row), *best.beside])
    around = list(outside(nodes, elements))
    key = thread_key(document)
    follow = other_pages(document, around, key)
    thread = Thread(
        id=thread_id(PLATFORM, document.url, key),
        platform=PLATFORM,
        url=home_of(document.url),
        status="closed" if says_closed(around) else "open",
        comment_count_reported=claimed(best.found, nodes, around) or count_in_json_ld(document),
        pages=follow,
        whole=best.size == len(readable) and not strays(best.found, elements),
    )
    comments = comments_of(document, thread.id, entries)
    return Discussion(thread, comments, follow=follow, nodes=nodes, article_page=not is_comment_page(document.url))


def _is_form(best: List, at: int) -> bool:
    """Whether a record is the form in which a reader writes: it has a field, and no time where the first one has one."""
    told, row = best.told[at], best.found.rows[at]
    return bool(best.told[0].time) and not told.time and any(part.find(".//textarea") is not None for part in row)


def _once(best: List, shown: Sequence[int]) -> list[int]:
    """These rows without those that an earlier list of the page shows too: its best comments stand in the list of all again."""
    if len(best.found.starts) == 1:
        return list(shown)
    lists: dict[tuple[object, ...], tuple[int, int]] = {}
    kept = []
    for at in shown:
        told, place = best.told[at], bisect_right(best.found.starts, at)
        same = (told.name, told.text, tuple(piece.text for piece in told.time))
        if lists.setdefault(same, (place, at))[0] == place:
            kept.append(at)
    return kept


def _entry(told: Told, under: int | None) -> Entry:
    up, down = read_votes(told.head)
    hidden = bool(told.text) and GONE.match(told.text or "") is not None
    return Entry(
        text=None if hidden else told.text,
        name=told.name,
        words=told.when,
        stamp=stamp(told.time),
        under=under,
        upvotes=up,
        downvotes=down,
        hidden=hidden,
    )


def read_answer(document: Document) -> Discussion | None:
    """The answer of the site's own JSON endpoint."""
    if "json" not in document.mime or not _is_own(document):
        return None
    answer, key = read_list(document), key_in_url(document.url)
    if answer is None or key is None or document.page.status != 200:
        return None
    follow: tuple[Follow, ...] = ()
    following = keyed(answer.next_url, key) if answer.rows and answer.next_url else None
    if following and following != document.url:
        follow = (Follow(following, "comments"),)
    thread = Thread(
        thread_id(PLATFORM, document.url, key),
        PLATFORM,
        comment_count_reported=answer.total,
        pages=follow,
        whole=answer.whole,
    )
    comments = comments_of(document, thread.id, answer.rows)
    return Discussion(thread, comments=comments, follow=follow, article_page=False)


def _is_own(document: Document) -> bool:
    """Whether the newspaper itself answers; anybody's JSON could look like comments."""
    return not document.profile.start_urls or any(same_site(document.url, url) for url in document.profile.start_urls)

"""Comments without numbers: whatever happens to a list, each comment stays itself, and nobody is called deleted who is not."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from newsarchive.catalogue import schema
from newsarchive.catalogue.store import Store
from newsarchive.items import Comment, Follow, Profile, Reading, Thread, comment_hash
from newsarchive.text import fold
from newsarchive.times import parse_age, to_iso
from newsarchive.urls import request_key
from newsarchive.vault import entries
from newsarchive.vault.entries import ReadPage
from tests.catalogue.boards import HOME, HOUR, QUIET, VISITS, Board, Post, board_of_five, check, run, words

SITE, THREAD = "gazette-example", "list:gazette.example:7"
TABLES = ("comments", "comment_revisions", "commenters", "threads", "sightings", "thread_visits", "thread_pages", "observations",
          "comment_votes")  # fmt: skip
OTHERS = settings.get_current_profile_name() == "histories"  # of a seed (docs/decisions/0005), not the same every time
WAIT: Any = (5 * HOUR, [], [], "whole")


@cache
def _empty() -> sqlite3.Connection:
    return schema.prepare(":memory:")


class Catalogue:
    """The catalogue under test, over one board; `order` says in which order a crawl's pages are filed."""

    def __init__(self, order: Callable[[list[ReadPage]], list[ReadPage]]) -> None:
        connection = sqlite3.connect(":memory:", isolation_level=None)
        connection.row_factory = sqlite3.Row
        _empty().backup(connection)  # to apply all migrations each time would take longer than some histories
        self.store = Store(connection)
        self.order = order
        self.pages: list[ReadPage] = []
        self.crawls = self.captures = 0

    def open(self, now: datetime) -> None:
        self.crawls += 1
        fields = entries.crawl_fields(
            f"crawl{self.crawls}", now, Profile(SITE, start_urls=(HOME,)), number=self.crawls, kind="visit", config={}
        )
        entries.open_crawl(self.store, fields)
        self.store.upsert("warcs", {"id": f"w{self.crawls}", "crawl_id": f"crawl{self.crawls}"})

    def show(self, url: str, now: datetime, posts: Sequence[Post], leads_to: str | None, claimed: int | None) -> None:
        self.captures += 1
        capture = f"c{self.captures:04}"
        self.store.upsert("captures", {
            "id": capture, "site_id": SITE, "crawl_id": f"crawl{self.crawls}", "url": url, "url_key": request_key(url),
            "captured_at": to_iso(now), "record_type": "response", "purpose": "comments", "warc_id": f"w{self.crawls}",
            "warc_offset": 0, "warc_length": 1, "status": 200,
        })  # fmt: skip
        equals = Counter[tuple[str, str]]()
        comments = []
        for place, post in enumerate(posts, 1):
            same = fold(post.nick), fold(post.text)
            equals[same] += 1
            comment = Comment(f"{SITE}:~{comment_hash(THREAD, *same, equals[same])}", SITE, THREAD, "list", now, capture,
                              author_name=post.nick, position=place, text=post.text, downvotes=post.tag,
                              date_created_raw=words(post, now), status="hidden" if post.hidden else "live")  # fmt: skip
            if post.hidden:
                comment.text = "removed by a moderator"
            age = parse_age(words(post, now), at=now)
            comments.append(replace(comment, date_created=age.earliest, date_created_earliest=age.earliest,
                                    date_created_latest=age.latest, date_created_precision=age.precision))  # fmt: skip
        pages = (Follow(leads_to, "comments"),) if leads_to else ()
        thread = Thread(THREAD, "list", HOME, "open", claimed, pages)
        self.pages.append(ReadPage(capture, now, Reading(comments=tuple(comments), thread=thread), list(comments)))

    def close(self, now: datetime, *, finished: bool) -> None:
        for page in self.order(self.pages):
            entries.put_pages(self.store, [page], SITE)
        self.pages = []
        if finished:
            end = {"crawl": f"crawl{self.crawls}", "stats": {}, "finished_at": to_iso(now), "finish_reason": "finished"}
            entries.close_crawl(self.store, SITE, end)

    def rows(self) -> list[dict[str, Any]]:
        return [dict(row) for row in self.store.connection.execute("SELECT * FROM comments")]

    def nicks(self, board: Board) -> dict[str, set[str]]:
        """Whose comments each row stands for, by the votes that it was seen with."""
        nicks: dict[str, set[str]] = {}
        for comment_id, tag in self.store.connection.execute("SELECT comment_id, down FROM comment_votes"):
            nicks.setdefault(comment_id, set()).add(board.posts[tag - 1].nick)
        return nicks

    def dump(self) -> dict[str, list[tuple[Any, ...]]]:
        return {table: sorted(map(tuple, self.store.connection.execute(f"SELECT * FROM {table}")), key=repr) for table in TABLES}


# The same examples every time, and histories that were once told wrongly.
@settings(max_examples=500 if OTHERS else 150, derandomize=not OTHERS, database=None, deadline=None,
          suppress_health_check=[HealthCheck.too_slow])  # fmt: skip
@example(False, 5, False, False, [WAIT, WAIT, (5 * HOUR, [("edit", 1), ("double", 1), ("double", 2)], [], "whole")], Random(1))
@example(True, 3, False, True, [(1080 * HOUR, [("double", 45)], [], "whole")], Random(1))
@example(
    True,
    3,
    True,
    False,
    [
        (5 * HOUR, [], [[("remove", 45)]], "whole"),
        (5 * HOUR, [("double", 25)], [], "whole"),
        (HOUR / 3, [("add", 13), ("add", 45)], [[("add", 20)], [("add", 5)]], "whole"),
    ],
    Random(1),
)
@example(True, 3, False, True, [(HOUR / 3, [], [], "whole"), (HOUR / 3, [("double", 1)], [], "cut"),
         (HOUR / 3, [("double", 1), ("remove", 26)], [[("remove", 0)]], "whole")], Random(1))  # fmt: skip
# Slipped at one border in two visits in a row, the second page empty; of three equals shown for two, one only rounding allows;
# its place in the thread told by its time; slipped at the end, before a new one.
@example(
    True,
    3,
    False,
    False,
    [
        (1080 * HOUR, [], [[("hide", 48)]], "whole"),
        (48 * HOUR, [("remove", 19)], [[("remove", 44)]], "whole"),
        (48 * HOUR, [("restore", 50)], [[("remove", 14)]], "whole"),
    ],
    Random(1),
)
@example(
    True,
    2,
    False,
    False,
    [
        (5 * HOUR, [("late", 3), ("add", 31)], [], "whole"),
        (HOUR / 3, [("late", 5), ("double", 22)], [], "whole"),
        (5 * HOUR, [("double", 41)], [[("add", 37)]], "whole"),
    ],
    Random(1),
)
@example(
    False,
    5,
    True,
    False,
    [
        (HOUR / 3, [("add", 0)], [], "whole"),
        (HOUR / 3, [("add", 0)], [[("remove", 0)]], "whole"),
        (5 * HOUR, [("add", 0)], [[("edit", 33)]], "whole"),
    ],
    Random(1),
)
@example(
    False,
    4,
    False,
    False,
    [
        (5 * HOUR, [], [[("remove", 3)]], "whole"),
        (5 * HOUR, [("late", 45), ("double", 50)], [[("remove", 3)]], "whole"),
        (48 * HOUR, [], [], "whole"),
    ],
    Random(1),
)
# "Just now" is not "1 month ago" of two days before, although a month is wide.
@example(
    True,
    2,
    False,
    False,
    [
        (48 * HOUR, [("add", 20)], [], "whole"),
        (48 * HOUR, [("late", 33), ("add", 46), ("double", 28)], [[("remove", 41), ("remove", 16)], [("add", 16), ("add", 25)]],
         "whole"),
        (1080 * HOUR, [("late", 20)], [], "whole"),
        (48 * HOUR, [("add", 33), ("double", 30)], [], "cut"),
        (1080 * HOUR, [("edit", 22)], [], "whole"),
    ],
    Random(1),
)  # fmt: skip
# Of two equals each is nearest to another known one; of equals on two pages both are known, and one between them slipped.
@example(
    False,
    3,
    False,
    False,
    [
        (HOUR / 3, [("add", 0)], [], "whole"),
        (1080 * HOUR, [("late", 0), ("add", 0), ("add", 0)], [[("add", 7)]], "whole"),
        (1080 * HOUR, [("double", 6), ("add", 0), ("double", 11)], [], "whole"),
        (1080 * HOUR, [("add", 0), ("remove", 0), ("remove", 0)], [], "whole"),
        (1080 * HOUR, [("rename", 7)], [], "whole"),
    ],
    Random(1),
)
@example(
    True,
    5,
    False,
    False,
    [
        (5 * HOUR, [("double", 3)], [[("add", 21), ("add", 47)]], "whole"),
        (5 * HOUR, [("double", 2), ("remove", 0)], [], "whole"),
        (48 * HOUR, [], [[("add", 21)]], "whole"),
    ],
    Random(1),
)
# A preview shows two equals once more, and rounding allows a third; one came back among those that a cut visit left out.
@example(
    True,
    3,
    False,
    True,
    [
        (1080 * HOUR, [("add", 0)], [], "whole"),
        (1080 * HOUR, [("remove", 0)], [[("add", 12), ("add", 42)]], "whole"),
        (1080 * HOUR, [("double", 5), ("remove", 0), ("add", 0), ("double", 4)], [], "whole"),
        (1080 * HOUR, [], [], "cut"),
    ],
    Random(1),
)
@example(
    True,
    2,
    True,
    False,
    [
        (48 * HOUR, [("remove", 1)], [], "whole"),
        (48 * HOUR, [("edit", 1), ("restore", 0)], [], "cut"),
        (1080 * HOUR, [], [[("hide", 33)]], "whole"),
    ],
    Random(1),
)
# A visit that is cut off sees only new ones, all at the beginning: the others stand behind them.
@example(
    False,
    2,
    False,
    False,
    [
        (HOUR / 3, [("late", 30), ("late", 0), ("late", 30), ("add", 0)], [], "cut"),
        (HOUR / 3, [("late", 0)], [[("edit", 49), ("remove", 50)], [("edit", 4), ("hide", 0)]], "whole"),
    ],
    Random(1),
)
# Two readers say the same again: that is not a site that counts its hours anew.
@example(
    True,
    3,
    False,
    False,
    [(HOUR / 3, [("double", 0), ("add", 0), ("double", 1)], [], "cut"), (48 * HOUR, [("edit", 2)], [], "whole")],
    Random(1),
)
# One is edited while the site begins to show the other end first.
@example(True, 2, False, False, [(5 * HOUR, [("turn", 0), ("edit", 1)], [], "whole")], Random(1))
@given(st.booleans(), st.integers(2, 5), st.booleans(), st.booleans(), VISITS, st.randoms())
def test_a_flat_list_keeps_its_comments(
    newest_first: bool, size: int, counts: bool, preview: bool, visits: list[Any], random: Any
) -> None:
    """Whatever happens to a list of five comments, in up to ten visits, whole or cut off, and whatever is added to it: a comment
    whose name nobody else has is one row, with its first and last sight, its edits, its status, and a time that holds the true
    one; of equals there are not more rows than comments, and not more are called deleted than are gone. In a thread that claims
    its count, without equals or placeholders, what is gone is called deleted after two quiet visits, if one that stood beside it
    is there. Nothing depends on the order in which a crawl's pages are filed.

    Left out is what no page can tell (docs/decisions/0005): another name together with other words; an edit by somebody who wrote
    two, or who says the new words again before anybody saw them; one of a comment that is away, or that nobody has seen, and one
    while another comes back; equals that come back, or one that goes before anybody saw that it was said again; and between two
    requests what `boards.py` names there, and more than two things.
    """
    board = board_of_five(newest_first=newest_first, size=size, counts=counts)
    archives = [Catalogue(list), Catalogue(lambda pages: random.sample(pages, len(pages)))]
    try:
        run(board, archives, [QUIET, *visits, QUIET, QUIET], preview=preview)
        assert archives[0].dump() == archives[1].dump()
        assert all(len(nicks) == 1 for nicks in archives[0].nicks(board).values()), "two comments became one"
        check(board, archives[0].rows())
    finally:
        for archive in archives:
            archive.store.connection.close()


@pytest.mark.parametrize("edited", [False, True])
def test_pages_that_two_histories_share(edited: bool) -> None:
    """One is added and one removed between two requests, so that the last of a page comes again and the count stays; or the last
    is edited as it comes again. A thread in which nothing happens, and in which one reader wrote twice, shows the same pages."""
    busy, still = _board("Ann", "Ben", "Cat", "Dan"), _board("Ann", "Ben", "Ben", "Cat")
    pages = [_seen(busy, 1)]
    busy.add(busy.now - timedelta(minutes=1))
    busy.posts[3].public = False
    if edited:
        busy.posts[1].text = still.posts[2].text = "in other words"
    assert [*pages, _seen(busy, 2)] == [_seen(still, 1), _seen(still, 2)]


def _board(*nicks: str) -> Board:
    board = Board(newest_first=True, size=2, counts=True)
    for number, nick in enumerate(nicks):
        hours = [name for at, name in enumerate(nicks) if name not in nicks[:at]].index(nick) + 1
        board.add(board.now - hours * HOUR - timedelta(minutes=number), nick=nick)
        board.posts[-1].text = f"from {nick}"
    return board


def _seen(board: Board, number: int) -> list[tuple[str, str, str, int | None]]:
    posts, _, claimed = board.page(number)
    return [(post.nick, post.text, words(post, board.now), claimed) for post in posts]


class _Best(Board):
    """A list of five that a site sorts as it likes."""

    def visible(self) -> list[Post]:
        return [self.posts[at] for at in (3, 1, 4, 2, 0)]


@pytest.mark.parametrize(("kind", "rows"), [(Board, 5), (_Best, 6)])
def test_one_that_may_be_shown_under_another_name_and_elsewhere_is_not_called_deleted(kind: type[Board], rows: int) -> None:
    """Where the list shows its other end first it is known by its place; where all stand anywhere it is another row."""
    board, archive = board_of_five(newest_first=True, size=5, counts=True), Catalogue(list)
    run(board, [archive], [QUIET], preview=False)
    board.newest_first, board.posts[1].nick = False, "Ben"
    board = kind(**vars(board))
    run(board, [archive], [QUIET, QUIET, QUIET], preview=False)
    assert {row["status"] for row in archive.rows()} == {"live"}
    assert len(archive.rows()) == rows
    archive.store.connection.close()

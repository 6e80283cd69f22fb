"""What befalls a list of comments besides what its readers do, read from its pages and rebuilt from what was kept of them.

It closes and opens, goes and returns, turns round, is cut into other pages; another platform takes its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from newsarchive.catalogue.normalise import normalise
from newsarchive.reading import read
from newsarchive.times import to_iso
from newsarchive.vault.archivist import Archivist
from newsarchive.vault.entries import ReadPage
from newsarchive.vault.exchange import Exchange
from tests.catalogue.boards import HOUR, START, Board, Post, board_of_five, check, run, words
from tests.reading.comments.test_disqus import embed, post
from tests.vault.test_rebuild_boards import page
from tests.vault.visits import HOST, answer, begin, select, story, take


def dates(post: Post, now: datetime) -> str:
    """The minute at which a comment was written, in the place of its age."""
    return f"{post.written:%d %B %Y %H:%M}"


class Paper:
    """A newspaper with one article and its comments, and the archive of who visits it."""

    def __init__(self, folder: Path, board: Board) -> None:
        self.folder, self.board = folder, board
        self.notice, self.when = "", words
        self.archive: Archivist

    def open(self, now: datetime) -> None:
        self.archive = begin(self.folder)

    def show(self, url: str, now: datetime, posts: Sequence[Post], leads_to: str | None, claimed: int | None) -> None:
        shown = page(posts, now, leads_to, claimed, when=self.when, notice=self.notice)
        take(self.archive, url.removeprefix(HOST), answer(shown), at=now)

    def close(self, now: datetime, *, finished: bool) -> None:
        self.archive.close("finished", {})
        self.archive.release()

    def visit(self, times: int = 1) -> None:
        """Somebody comes, each time five hours after the last one."""
        run(self.board, [self], [(5 * HOUR, [], [], "whole")] * times, preview=False)

    def visit_without_list(self) -> None:
        """Somebody comes while the article shows no comments."""
        self.board.now += 5 * HOUR
        self.open(self.board.now)
        take(self.archive, "/7", answer(story("bridge")), at=self.board.now)
        self.close(self.board.now, finished=True)

    def rows(self) -> list[dict[str, Any]]:
        """The comments in their order, as a rebuild gives them too."""
        return select(self.folder, "SELECT * FROM comments ORDER BY position, status = 'deleted', id")

    def statuses(self) -> dict[str, str]:
        """Of each comment by its name."""
        return {row["author_name"]: row["status"] for row in self.rows()}

    def thread(self) -> str:
        """The status of the only thread."""
        (row,) = select(self.folder, "SELECT status FROM threads")
        return str(row["status"])


@pytest.fixture(params=[2, 5], ids=["three pages", "one page"])
def paper(request: pytest.FixtureRequest, tmp_path: Path) -> Paper:
    """It was visited once; the oldest of its five comments stand first, two or five on a page."""
    found = Paper(tmp_path, board_of_five(newest_first=False, size=request.param, counts=True))
    found.visit()
    return found


def test_one_that_was_approved_late_keeps_its_old_date(paper: Paper) -> None:
    paper.when = dates
    paper.board.add(START - 17 * HOUR)
    paper.visit(2)
    check(paper.board, paper.rows())
    late = next(row for row in paper.rows() if row["author_name"] == "nick 6")
    assert late["date_created"] == to_iso((START - 17 * HOUR).replace(second=0, microsecond=0))
    assert late["first_seen"] > to_iso(START + 5 * HOUR)


def test_two_neighbours_are_edited_at_once(paper: Paper) -> None:
    for number in (1, 2):
        paper.board.posts[number].text = f"other words {number}"
    paper.visit()
    check(paper.board, paper.rows())


def test_one_that_was_deleted_returns(paper: Paper) -> None:
    paper.board.posts[2].public = False
    paper.visit(2)
    assert paper.statuses()["nick 3"] == "deleted"
    paper.board.posts[2].public = True
    paper.visit()
    check(paper.board, paper.rows())
    assert {row["deleted_seen"] for row in paper.rows()} == {None}


def test_a_closed_thread_deletes_nobody_until_it_is_open_again(paper: Paper) -> None:
    paper.notice = "<p>Comments are closed.</p>"
    paper.board.posts[2].public = False
    paper.visit(2)
    assert (paper.thread(), set(paper.statuses().values())) == ("closed", {"live"})
    paper.notice = ""
    paper.board.add(paper.board.now)
    paper.visit(2)
    assert paper.thread() == "open"
    check(paper.board, paper.rows())


def test_a_section_goes_and_returns(paper: Paper) -> None:
    for _ in range(2):
        paper.visit_without_list()
    assert (paper.thread(), set(paper.statuses().values())) == ("removed", {"live"})
    paper.visit()
    assert paper.thread() == "open"
    check(paper.board, paper.rows())


def test_a_list_turns_round_and_back(paper: Paper) -> None:
    """Meanwhile one is edited, and one goes, which keeps its place."""
    paper.board.newest_first = True
    paper.board.posts[1].text, paper.board.posts[3].public = "other words", False
    paper.visit()
    assert [row["author_name"] for row in paper.rows()] == [f"nick {number}" for number in range(1, 6)]
    paper.visit()
    check(paper.board, paper.rows())
    paper.board.newest_first = False
    paper.visit(2)
    check(paper.board, paper.rows())
    assert [row["author_name"] for row in paper.rows()] == [f"nick {number}" for number in (5, 4, 3, 2, 1)]


@pytest.mark.parametrize("size", [1, 3, 4])
def test_a_list_is_cut_into_other_pages(paper: Paper, size: int) -> None:
    paper.board.size = size
    paper.board.add(paper.board.now)
    paper.board.posts[1].text = "other words"
    paper.visit()
    paper.board.posts[3].public = False
    paper.visit(2)
    check(paper.board, paper.rows())


WORDPRESS = story(
    "bridge",
    below="<div id='comments'><h2>3 Comments</h2><ol class='commentlist'>"
    + "".join(
        f"<li class='comment' id='comment-{number}'><cite class='fn'>Nick {number}</cite>"
        f"<time datetime='2026-10-0{number}T06:15:30Z'>then</time>"
        f"<div class='comment-content'><p>Text number {number}</p></div></li>"
        for number in (1, 2, 3)
    )
    + "</ol><form id='commentform'><input name='comment_post_ID' value='41'></form></div>",
)
DISQUS = story(
    "bridge",
    below=f"""<div id="disqus_thread"></div><script>var disqus_config = function () {{ this.page.url = '{HOST}/7';
    this.page.identifier = "41"; }}; var s = document.createElement('script'); s.src = '//valley-gazette.disqus.com/embed.js';
    </script>""",
)


def test_another_platform_takes_the_place_and_gives_it_back(tmp_path: Path) -> None:
    """The old one's comments are not deleted, and stand beside what the new one took over: no number says which is which."""
    now = START
    for shown in (WORDPRESS, DISQUS, DISQUS, WORDPRESS):
        now += timedelta(hours=5)
        archive = begin(tmp_path)
        take(archive, "/7", answer(shown), at=now)
        if shown is DISQUS:
            _take_embed(archive, now)
        archive.close("finished", {})
        archive.release()
        threads = {row["platform"]: row["status"] for row in select(tmp_path, "SELECT * FROM threads")}
        other = {"disqus": "open", "wordpress": "migrated"} if shown is DISQUS else {"wordpress": "open"}
        assert threads == {"disqus": "migrated"} | other if "disqus" in threads else other
    rows = select(tmp_path, "SELECT * FROM comments")
    assert {row["id"].partition(":")[2]: row["status"] for row in rows} == dict.fromkeys(
        ["wordpress:1", "wordpress:2", "wordpress:3", "disqus:1", "disqus:2"], "live"
    )
    seen = {row["platform"]: (row["first_seen"], row["last_seen"]) for row in rows}
    times = [to_iso(START + timedelta(hours=5 * visit)) for visit in range(1, 5)]
    assert seen == {"wordpress": (times[0], times[3]), "disqus": (times[1], times[2])}


def _take_embed(archive: Archivist, now: datetime) -> None:
    """Keep what Disqus answers, which is not the newspaper's host."""
    query = "base=default&f=valley-gazette&t_i=41&t_u=https%3A%2F%2Fgazette.example%2F7"
    raw = answer(embed(post(1, "<p>Text number 1</p>"), post(2, "<p>Text number 2</p>")))
    request = f"GET /embed/comments/?{query} HTTP/1.1\r\nHost: disqus.com\r\n\r\n".encode()
    asked = Exchange(f"https://disqus.com/embed/comments/?{query}", "GET", request, BytesIO(raw), len(raw), now, 0.01, "comments")
    capture = archive.keep(asked)
    archive.commit()
    reading = read(archive.page_of(capture), archive.profile)
    archive.file(ReadPage(capture.record_id, now, reading, [normalise(one) for one in reading.comments]))

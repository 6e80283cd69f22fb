"""Any sequence of visits to a list of comments without numbers: what the WARC files give again is what the crawls wrote."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsarchive.vault.archivist import Archivist
from tests.catalogue.boards import QUIET, VISITS, Post, board_of_five, check, run, words
from tests.vault.visits import HOST, answer, begin, select, story, take

OTHERS = settings.get_current_profile_name() == "histories"


class Warcs:
    """An archive that keeps whole pages. Of a visit that is cut off the pages behind the first are not read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.archive: Archivist

    def open(self, now: datetime) -> None:
        self.archive = begin(self.folder)

    def show(self, url: str, now: datetime, posts: Sequence[Post], leads_to: str | None, claimed: int | None) -> None:
        take(self.archive, url.removeprefix(HOST), answer(page(posts, now, leads_to, claimed)), at=now)

    def close(self, now: datetime, *, finished: bool) -> None:
        self.archive.close("finished", {})
        self.archive.release()


def page(
    posts: Sequence[Post],
    now: datetime,
    leads_to: str | None,
    claimed: int | None,
    *,
    when: Callable[[Post, datetime], str] = words,
    notice: str = "",
) -> str:
    """An article with some of its comments below, each with the words for its time, and what is said below these."""
    entries = "".join(
        f'<li><div class="who"><b>{escape(post.nick)}</b> <span class="age">{when(post, now)}</span></div>'
        f"<p>{'This comment was removed by a moderator' if post.hidden else escape(post.text)}</p></li>"
        for post in posts
    )
    count = "Comments" if claimed is None else f"{claimed} Comments"
    more = f'<a rel="next" href="{leads_to}">Older comments</a>' if leads_to else ""
    below = (
        f'<section class="comments" data-article-id="7"><h3>{count}</h3><ul class="flow">{entries}</ul>{more}{notice}</section>'
    )
    return story("bridge", below=below)


@settings(max_examples=60 if OTHERS else 8, derandomize=not OTHERS, database=None, deadline=None,
          suppress_health_check=[HealthCheck.too_slow])  # fmt: skip
@given(st.booleans(), st.integers(2, 5), st.booleans(), VISITS)
def test_a_rebuild_gives_the_same_rows(newest_first: bool, size: int, counts: bool, visits: list[Any]) -> None:
    board = board_of_five(newest_first=newest_first, size=size, counts=counts)
    with tempfile.TemporaryDirectory() as folder:
        run(board, [Warcs(Path(folder))], [QUIET, *visits, QUIET, QUIET], preview=False)
        check(board, select(Path(folder), "SELECT * FROM comments"))

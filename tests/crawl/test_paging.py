"""How far the pages of a thread are walked through: as long as they bring something that it has not shown."""

from __future__ import annotations

from newsarchive.crawl.paging import Paging
from newsarchive.items import Placement, Reading, Thread

THREAD = Thread(id="wordpress:gazette.example:7", platform="wordpress", url="https://gazette.example/7")


def parents(*pairs: tuple[int, int | None]) -> Reading:
    """A list of whom each comment answers."""
    return Reading(
        thread=THREAD, placements=tuple(Placement(f"g:wordpress:{one}", other and f"g:wordpress:{other}") for one, other in pairs)
    )


def test_a_list_of_parents_that_repeats_itself_leads_nowhere() -> None:
    paging = Paging()
    assert paging.brings_news(parents((1, None), (2, 1)))
    assert paging.brings_news(parents((3, None), (2, 1)))
    assert not paging.brings_news(parents((2, 1), (3, None)))
    assert not paging.brings_news(parents())
    assert paging.brings_news(parents((3, 2)))


def test_before_anything_was_shown_an_empty_page_may_tell_where_to_ask() -> None:
    assert Paging().brings_news(parents())

"""What happens to comments over time: hidden and shown again, votes, ages that contradict, threads that close or move."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest

from newsarchive.catalogue import visits
from newsarchive.catalogue.settlement import conclude, conclude_unfinished, observe
from newsarchive.catalogue.store import Store
from newsarchive.items import Comment, Thread
from newsarchive.times import to_iso
from newsarchive.urls import request_key
from tests.catalogue.test_store import (
    SITE,
    START,
    THREAD,
    a_comment,
    a_thread,
    an_article,
    at,
    claims,
    comment_in,
    deleted,
    dump,
    new_store,
    put,
)


def placeholder(number: int, **fields: Any) -> Comment:
    return a_comment(number, "This comment was removed by a moderator", status="hidden", **fields)


def test_a_placeholder_hides_the_comment_and_takes_nothing_from_it() -> None:
    store = new_store()
    put(store, 0, a_comment(0, "Words"))
    put(store, 1, placeholder(1, author_name=None))
    row = comment_in(store)
    assert (row["status"], row["text"], row["author_name"], row["revision_count"]) == ("hidden", "Words", "Mai Tino", 0)
    assert (row["last_seen"], row["capture_id"]) == (to_iso(at(1)), "c0")
    assert [r["text"] for r in store.connection.execute("SELECT text FROM comment_revisions")] == ["Words"]
    put(store, 2, a_comment(2, "Words"))
    assert (comment_in(store)["status"], comment_in(store)["revision_count"]) == ("live", 0)
    store.connection.close()


def test_a_comment_seen_only_as_a_placeholder_has_no_words() -> None:
    store = new_store()
    put(store, 0, placeholder(0))
    put(store, 1, placeholder(1))
    assert (comment_in(store)["status"], comment_in(store)["text"]) == ("hidden", None)
    assert store.connection.execute("SELECT count(*) FROM comment_revisions").fetchone()[0] == 0
    store.connection.close()


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_hidden_and_live_sights_may_come_in_any_order(order: tuple[int, ...]) -> None:
    sights = [a_comment(0, "first"), placeholder(1, author_name=None), a_comment(2, "second"), placeholder(3)]
    dumps = []
    for sequence in (range(4), order):
        store = new_store()
        for number in sequence:
            put(store, number, sights[number])
        dumps.append(dump(store))
        store.connection.close()
    assert dumps[0] == dumps[1]


def test_a_hidden_comment_that_vanishes_is_deleted_like_any_other() -> None:
    store = new_store(crawls=3, captures=1)
    put(store, 0, a_comment(0, id=a_thread(1)), placeholder(0, id=a_thread(2)), **claims(2))
    conclude(store, "crawl0")
    for crawl, gone in ((1, set()), (2, {2})):  # whether the site counts its placeholders is not known: two visits decide
        put(store, crawl, a_comment(crawl, id=a_thread(1)), **claims(1))
        conclude(store, f"crawl{crawl}")
        assert deleted(store) == gone
    store.connection.close()


def test_beside_a_placeholder_that_the_site_counts_one_visit_proves_a_deletion() -> None:
    store = new_store(crawls=3, captures=1)
    counted = claims(3) | {"counts_hidden": True}
    put(store, 0, a_comment(0, id=a_thread(1)), placeholder(0, id=a_thread(2)), a_comment(0, id=a_thread(3)), **counted)
    conclude(store, "crawl0")
    put(store, 1, a_comment(1, id=a_thread(1)), placeholder(1, id=a_thread(2)), **counted)
    conclude(store, "crawl1")
    assert deleted(store) == set()  # the count says that all three are there: a page was short
    put(store, 2, a_comment(2, id=a_thread(1)), placeholder(2, id=a_thread(2)), **counted | claims(2))
    conclude(store, "crawl2")
    assert deleted(store) == {3}
    store.connection.close()


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_votes_are_kept_where_they_changed_whatever_the_order(order: tuple[int, ...]) -> None:
    store = new_store()
    votes = [5, 6, 6, 5]
    for number in order:
        put(store, number, a_comment(number, upvotes=votes[number]))
    conclude(store, "crawl0")
    kept = store.connection.execute("SELECT seen, up FROM comment_votes ORDER BY seen").fetchall()
    assert [tuple(row) for row in kept] == [(to_iso(at(0)), 5), (to_iso(at(1)), 6), (to_iso(at(3)), 5)]
    assert comment_in(store)["upvotes"] == 5
    store.connection.close()


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_of_ages_that_contradict_the_first_seen_stands(order: tuple[int, int]) -> None:
    store = new_store()
    for number in order:
        begin = START + timedelta(days=10 * number)
        end = begin + timedelta(days=1)
        put(store, number, a_comment(number, date_created=begin, date_created_earliest=begin, date_created_latest=end,
                                     date_created_precision="day"))  # fmt: skip
    assert comment_in(store)["date_created_latest"] == to_iso(START + timedelta(days=1))
    store.connection.close()


def page_of(store: Store, number: int, url: str, shown: Sequence[int], leads_to: str | None, **thread: Any) -> None:
    """One page of a thread with numbers, at this address."""
    store.connection.execute("UPDATE captures SET url = ?, url_key = ? WHERE id = ?", [url, request_key(url), f"c{number}"])
    follow = (request_key(leads_to),) if leads_to else ()
    store.threads.put_thread(Thread(THREAD, "x", "https://gazette.example/7", **thread), SITE, f"c{number}", follow)
    comments = [a_comment(number, f"text {one}", id=a_thread(one), position=place) for place, one in enumerate(shown, 1)]
    for comment in comments:
        store.put(comment)
    store.threads.put_sightings(f"c{number}", comments)


LIST = "https://gazette.example/list?offset="


def reason(store: Store, crawl: int) -> tuple[Any, ...]:
    row = store.connection.execute(
        "SELECT complete, stop_reason FROM thread_visits WHERE crawl_id = ?", [f"crawl{crawl}"]
    ).fetchone()
    return tuple(row)


def test_a_list_that_repeats_itself_has_ended() -> None:
    store = new_store()
    page_of(store, 0, LIST + "0", (1, 2), LIST + "2")
    page_of(store, 1, LIST + "2", (1, 2), LIST + "4")
    conclude(store, "crawl0")
    assert reason(store, 0) == (1, "a page brought nothing new")
    store.connection.close()


def test_an_endpoint_that_repeats_the_page_leads_on_all_the_same() -> None:
    store = new_store()
    page_of(store, 0, "https://gazette.example/7", (1, 2), LIST + "0", status="open")
    page_of(store, 1, LIST + "0", (1, 2), LIST + "2")
    conclude(store, "crawl0")
    assert reason(store, 0) == (0, "1 pages not read")
    store.connection.close()


def test_behind_a_repetition_nobody_is_called_deleted() -> None:
    store = new_store(crawls=3, captures=2)
    page_of(store, 0, LIST + "0", (1, 2), LIST + "2", status="open")
    page_of(store, 1, LIST + "2", (3, 4), None)
    conclude(store, "crawl0")
    for crawl in (1, 2):
        page_of(store, 2 * crawl, LIST + "0", (1, 2), LIST + "2")
        page_of(store, 2 * crawl + 1, LIST + "2", (1, 2), LIST + "4")
        conclude(store, f"crawl{crawl}")
        assert reason(store, crawl) == (1, "a page brought nothing new")
    assert deleted(store) == set()
    store.connection.close()


def test_what_may_have_slipped_between_two_pages_is_not_called_deleted() -> None:
    store = new_store(crawls=4, captures=2)
    looks = [((1, 2), (3, 4)), ((1, 2), (4,)), ((1, 2), (4,)), ((1, 2, 4), ())]
    for crawl, (first, second) in enumerate(looks):
        page_of(store, 2 * crawl, LIST + "0", first, LIST + "2" if second else None, status="open")
        if second:
            page_of(store, 2 * crawl + 1, LIST + "2", second, None)
        conclude(store, f"crawl{crawl}")
        assert deleted(store) == ({3} if crawl == 3 else set())
    store.connection.close()


@pytest.mark.parametrize("reverse", [False, True])
def test_positions_run_through_all_pages_by_their_number(reverse: bool) -> None:
    store = new_store()
    urls = ["https://gazette.example/7?page=1", "https://gazette.example/7?page=2"]
    shown = [(1, 2, 3), (3, 4)]
    for number, page in enumerate(reversed(range(2)) if reverse else range(2)):
        page_of(store, number, urls[page], shown[page], None)
    conclude(store, "crawl0")
    positions = store.connection.execute("SELECT id, position FROM comments").fetchall()
    assert {row["id"]: row["position"] for row in positions} == {a_thread(number): number for number in (1, 2, 3, 4)}
    store.connection.close()


def test_depths_come_from_parents_on_other_pages_and_a_circle_has_none() -> None:
    store = new_store()
    put(store, 0, a_comment(0, id=a_thread(3), parent_id=a_thread(2)), a_comment(0, id=a_thread(2), parent_id=a_thread(1)))
    put(store, 1, a_comment(1, id=a_thread(1)), a_comment(1, id=a_thread(6), parent_id=a_thread(99), depth=4))
    put(store, 2, a_comment(2, id=a_thread(4), parent_id=a_thread(5)), a_comment(2, id=a_thread(5), parent_id=a_thread(4)))
    conclude(store, "crawl0")
    depths = {row["id"]: row["depth"] for row in store.connection.execute("SELECT id, depth FROM comments")}
    assert depths == {a_thread(number): depth for number, depth in ((1, 0), (2, 1), (3, 2), (4, None), (5, None), (6, 4))}
    store.connection.close()


def moved_to(thread_id: str | None) -> Callable[[Store], None]:
    def visit(store: Store) -> None:
        store.put(an_article(1, thread_id=thread_id))

    return visit


@pytest.mark.parametrize(("now", "status"), [(None, "removed"), ("disqus:gazette:7", "migrated"), (THREAD, "removed")])
def test_a_thread_that_its_article_does_not_show_any_more_is_not_open(now: str | None, status: str) -> None:
    store = new_store(crawls=2, captures=1)
    store.connection.execute("UPDATE captures SET url_key = 'gazette.example/7', purpose = 'article'")
    put(store, 0, an_article(0), a_comment(0), status="open")
    conclude(store, "crawl0")
    moved_to(now)(store)
    conclude(store, "crawl1")
    assert store.connection.execute("SELECT status FROM threads WHERE id = ?", [THREAD]).fetchone()[0] == status
    assert comment_in(store)["status"] == "live"
    store.connection.close()


def test_what_a_crawl_saw_that_was_cut_off_is_settled_by_the_next_one() -> None:
    store = new_store(crawls=2, captures=1)
    put(store, 0, status="open")
    observe(store, "c0", [a_comment(0, id=f"{SITE}:~provisional", position=1)])
    assert store.known(a_comment(1, id=f"{SITE}:~provisional")) is False
    conclude_unfinished(store, SITE, "crawl1")
    row = comment_in(store)
    assert (row["text"], row["position"], row["first_seen"]) == ("Zvakanaka", 1, to_iso(at(0)))
    assert store.known(a_comment(1, id=f"{SITE}:~provisional")) is True
    assert store.connection.execute("SELECT count(*) FROM observations").fetchone()[0] == 0
    assert store.connection.execute("SELECT count(*) FROM thread_visits").fetchone()[0] == 0
    store.connection.close()


def test_one_thread_that_cannot_be_stored_costs_itself() -> None:
    store = new_store()
    put(store, 0, status="open")
    put(store, 1, status="open")
    observe(store, "c0", [a_comment(0, id=f"{SITE}:~a", depth="deep")])
    conclude(store, "crawl0")
    error = store.connection.execute("SELECT read_error FROM captures WHERE id = 'c0'").fetchone()[0]
    assert error.startswith("cannot be stored")
    assert store.connection.execute("SELECT count(*) FROM comments").fetchone()[0] == 0
    store.connection.close()


def test_answers_without_numbers_point_at_the_settled_parent() -> None:
    store = new_store()
    put(store, 0, status="open")
    parent, answer = f"{SITE}:~a", f"{SITE}:~b"
    observe(store, "c0", [a_comment(0, "one", id=parent), a_comment(0, "two", id=answer, parent_id=parent)])
    conclude(store, "crawl0")
    rows = {row["text"]: row for row in store.connection.execute("SELECT * FROM comments")}
    assert rows["two"]["parent_id"] == rows["one"]["id"] != parent
    assert rows["two"]["depth"] == 1
    store.connection.close()


def test_pages_of_one_list_are_of_one_family() -> None:
    assert visits.family(LIST + "0") == visits.family(LIST + "20") != visits.family("https://gazette.example/7")

"""The ledger: whatever the order in which sights are stored, the rows are the same."""

from __future__ import annotations

import itertools
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsarchive.catalogue import counts, proof, schema, tallies, visits
from newsarchive.catalogue.normalise import normalise
from newsarchive.catalogue.settlement import conclude
from newsarchive.catalogue.store import Store
from newsarchive.items import Article, Comment, Placement, Thread
from newsarchive.times import to_iso

START = datetime(2026, 11, 1, 12, 0, 0, 1, tzinfo=UTC)
SITE, THREAD = "gazette-example", "wordpress:gazette.example:7"
TABLES = ("articles", "article_revisions", "article_urls", "article_authors", "article_tags", "comments", "comment_revisions",
          "commenters", "comment_votes", "placements", "threads", "thread_pages", "sightings", "thread_visits")  # fmt: skip


def new_store(path: str = ":memory:", *, crawls: int = 1, captures: int = 8) -> Store:
    """A catalogue with one site, and captures an hour apart: `c0` to `c7` of crawl 0, and so on."""
    store = Store(schema.prepare(path))
    store.upsert("sites", {"id": SITE, "name": "Gazette"})
    for crawl in range(crawls):
        store.upsert("crawls", {"id": f"crawl{crawl}", "site_id": SITE, "kind": "visit", "started_at": to_iso(START)})
        store.upsert("warcs", {"id": f"w{crawl}", "crawl_id": f"crawl{crawl}"})
    for number in range(captures * crawls):
        row = {"id": f"c{number}", "site_id": SITE, "crawl_id": f"crawl{number // captures}", "url": f"https://gazette.example/{number}",
               "url_key": f"gazette.example/{number}", "captured_at": to_iso(at(number)), "record_type": "response",
               "purpose": "article", "warc_id": f"w{number // captures}", "warc_offset": 0, "warc_length": 1}  # fmt: skip
        store.upsert("captures", row)
    return store


def at(number: int) -> datetime:
    """When capture `number` was made."""
    return START + timedelta(hours=number)


def a_comment(number: int, text: str = "Zvakanaka", **fields: Any) -> Comment:
    """The comment 1 as capture `number` shows it."""
    values = {
        "id": f"{SITE}:wordpress:1",
        "site_id": SITE,
        "thread_id": THREAD,
        "platform": "wordpress",
        "author_name": "Mai Tino",
    }
    return Comment(**(values | {"captured_at": at(number), "capture_id": f"c{number}", "text": text} | fields))


def an_article(number: int, text: str = "A story.", **fields: Any) -> Article:
    """The article 7 as capture `number` shows it."""
    values = {
        "id": f"{SITE}:post-7",
        "site_id": SITE,
        "url": "https://gazette.example/7",
        "headline": "A headline",
        "thread_id": THREAD,
    }
    return Article(**(values | {"captured_at": at(number), "capture_id": f"c{number}", "text": text} | fields))


def put(store: Store, number: int, *items: Article | Comment, pages: tuple[str, ...] = (), **thread: Any) -> None:
    """File one page as the archivist does."""
    shown = Thread(**({"id": THREAD, "platform": "wordpress", "url": "https://gazette.example/7"} | thread))
    store.threads.put_thread(shown, SITE, f"c{number}", pages)
    for item in map(normalise, items):
        store.put(item)
    store.threads.put_sightings(f"c{number}", [item for item in items if isinstance(item, Comment)])


def dump(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the ledger."""
    return {table: sorted(map(tuple, store.connection.execute(f"SELECT * FROM {table}")), key=repr) for table in TABLES}


def comment_in(store: Store) -> sqlite3.Row:
    row: sqlite3.Row = store.connection.execute("SELECT * FROM comments").fetchone()
    return row


def test_the_schema_is_strict_and_whole(tmp_path: Path) -> None:
    path = str(tmp_path / "catalogue.db")
    schema.prepare(path).close()
    connection = schema.prepare(path)
    assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    loose = connection.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0"
        " AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_sqlite%'"
    ).fetchall()
    assert [row["name"] for row in loose] == []
    assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert connection.execute("PRAGMA synchronous").fetchone()[0] == 2
    connection.close()


def test_many_crawls_may_start_on_a_new_archive_at_once(tmp_path: Path) -> None:
    script = "import sys; from newsarchive.catalogue import schema; schema.prepare(sys.argv[1]).close()"
    for number in range(3):
        path = tmp_path / f"catalogue-{number}.db"
        starts = [subprocess.Popen([sys.executable, "-c", script, path], stderr=subprocess.PIPE) for _ in range(4)]
        errors = [start.communicate(timeout=60)[1] for start in starts]
        assert errors == [b""] * 4


sights = st.lists(
    st.tuples(st.integers(0, 7), st.sampled_from("ABC"), st.integers(1, 3)), min_size=1, max_size=6, unique_by=lambda s: s[0]
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sights, st.randoms())
def test_the_order_of_storing_does_not_matter(seen: list[tuple[int, str, int]], random: Any) -> None:
    shuffled = list(seen)
    random.shuffle(shuffled)
    dumps = []
    for order in (sorted(seen), shuffled):
        store = new_store()
        for number, text, place in order:
            put(
                store,
                number,
                an_article(number, text, tags=[text], comment_count_reported=place),
                a_comment(number, text, position=place, upvotes=place),
                url=f"https://gazette.example/{text}" if place > 1 else None,
            )
        conclude(store, "crawl0")
        dumps.append(dump(store))
        store.connection.close()
    assert dumps[0] == dumps[1]


def test_an_edit_is_a_revision_and_the_row_shows_the_latest() -> None:
    store = new_store()
    for number, text in enumerate(["first", "first", "second", "second"]):
        put(store, number, a_comment(number, text))
    row = comment_in(store)
    assert (row["text"], row["capture_id"], row["revision_count"]) == ("second", "c2", 1)
    assert (row["first_seen"], row["last_seen"]) == (to_iso(at(0)), to_iso(at(3)))
    spans = store.connection.execute("SELECT text, first_seen, last_seen, capture_id FROM comment_revisions ORDER BY first_seen")
    assert [tuple(span) for span in spans] == [
        ("first", to_iso(at(0)), to_iso(at(1)), "c0"),
        ("second", to_iso(at(2)), to_iso(at(3)), "c2"),
    ]
    store.connection.close()


def test_an_edited_article_keeps_its_versions_and_a_new_section_is_no_edit() -> None:
    store = new_store()
    put(store, 0, an_article(0, authors=["Tendai Moyo"], section="News"))
    put(store, 1, an_article(1, authors=["Tendai Moyo"], section="World"))
    assert store.connection.execute("SELECT section, revision_count FROM articles").fetchone()[:] == ("World", 0)
    put(store, 2, an_article(2, authors=["Tendai Moyo", "Rudo Chirwa"], headline="Another", section="World"))
    row = store.connection.execute("SELECT headline, revision_count, capture_id FROM articles").fetchone()
    assert tuple(row) == ("Another", 1, "c2")
    names = store.connection.execute(
        "SELECT name FROM article_authors JOIN authors ON id = author_id ORDER BY position"
    ).fetchall()
    assert [name["name"] for name in names] == ["Tendai Moyo", "Rudo Chirwa"]
    store.connection.close()


def test_intervals_of_time_are_narrowed_and_contradictions_left_alone() -> None:
    store = new_store()
    month, week = timedelta(days=30), timedelta(days=7)
    wide = {"date_created_earliest": START - 2 * month, "date_created_latest": START - month, "date_created_precision": "month"}
    put(store, 0, a_comment(0, date_created=START - 2 * month, date_created_raw="1 month ago", **wide))
    narrow = {"date_created_earliest": START - month - week, "date_created_latest": START, "date_created_precision": "week"}
    put(store, 1, a_comment(1, date_created=START - month - week, date_created_raw="5 weeks ago", **narrow))
    row = comment_in(store)
    assert (row["date_created_earliest"], row["date_created_latest"]) == (to_iso(START - month - week), to_iso(START - month))
    assert (row["date_created_precision"], row["date_created_raw"]) == ("week", "1 month ago")
    later = {"date_created_earliest": START, "date_created_latest": START + week, "date_created_precision": "week"}
    put(store, 2, a_comment(2, date_created=START, date_created_raw="today", **later))
    assert comment_in(store)["date_created_latest"] == to_iso(START - month)
    store.connection.close()


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_an_api_s_parent_stands_above_the_page_s_nesting(order: tuple[int, ...]) -> None:
    store = new_store()
    put(store, 1)
    steps = (
        lambda: put(store, 0, a_comment(0, parent_id=f"{SITE}:wordpress:2")),
        lambda: store.threads.put_placements([Placement(f"{SITE}:wordpress:1", f"{SITE}:wordpress:3")], to_iso(at(1)), "c1"),
        lambda: put(store, 2, a_comment(2, parent_id=f"{SITE}:wordpress:2")),
    )
    for step in order:
        steps[step]()
    assert comment_in(store)["parent_id"] == f"{SITE}:wordpress:3"
    store.connection.close()


def test_a_list_of_one_thread_says_nothing_of_another_s_comments() -> None:
    store = new_store(crawls=2, captures=2)
    for crawl in (0, 1):
        put(
            store,
            crawl * 2,
            *(a_comment(crawl * 2, f"text {one}", id=a_thread(one)) for one in (1, 2, 3)[: 3 - 2 * crawl]),
            **OPEN,
        )
        store.threads.put_thread(Thread("wordpress:gazette.example:8", "wordpress"), SITE, f"c{crawl * 2 + 1}", ())
        store.threads.put_placements([Placement(a_thread(1), a_thread(2))], to_iso(at(crawl * 2 + 1)), f"c{crawl * 2 + 1}")
        conclude(store, f"crawl{crawl}")
    assert deleted(store) == set()
    assert [row["parent_id"] for row in store.connection.execute("SELECT parent_id FROM comments")] == [None] * 3
    store.connection.close()


def test_comments_find_their_article_whichever_comes_first() -> None:
    for order in ((0, 1), (1, 0)):
        store = new_store()
        items = (an_article(0), a_comment(1))
        for number in order:
            put(store, number, items[number])
        assert comment_in(store)["article_id"] == f"{SITE}:post-7"
        store.connection.close()


def a_thread(number: int) -> str:
    return f"{SITE}:wordpress:{number}"


def visit(store: Store, crawl: int, shown: Sequence[int], **thread: Any) -> None:
    """One crawl that reads the thread's one page and finds these comments there."""
    put(store, crawl, *(a_comment(crawl, f"text {number}", id=a_thread(number)) for number in shown), **thread)
    conclude(store, f"crawl{crawl}")


def deleted(store: Store) -> set[int]:
    rows = store.connection.execute("SELECT id FROM comments WHERE status = 'deleted'")
    return {int(row["id"].rpartition(":")[2]) for row in rows}


Look = tuple[Sequence[int], dict[str, Any]]


def claims(count: int) -> dict[str, Any]:
    return {"status": "open", "comment_count_reported": count}


OPEN: dict[str, Any] = {"status": "open"}

DELETIONS: dict[str, tuple[list[Look], list[set[int]]]] = {
    "the site's own count drops": ([((1, 2, 3), claims(3)), ((1, 3), claims(2))], [set(), {2}]),
    "new ones came, one went": ([((1, 2, 3), claims(3)), ((1, 3, 4, 5), claims(4))], [set(), {2}]),
    # replies vanish with the comment they answer, and are still counted
    "with its replies, sure when seen twice": (
        [((1, 2, 3), claims(3)), ((1,), claims(2)), ((1,), claims(2))],
        [set(), set(), {2, 3}],
    ),
    "without a count, sure when seen twice": ([((1, 2), OPEN), ((1,), OPEN), ((1,), OPEN)], [set(), set(), {2}]),
    "a page shifted between two requests": (
        [((1, 2, 3, 4), claims(4)), ((2, 4), claims(3)), ((2, 3, 4), claims(3))],
        [set(), set(), {1}],
    ),
}

INNOCENT: dict[str, list[Look]] = {
    "an endpoint that answers nothing": [((1, 2), claims(2)), ((1,), claims(2)), ((1,), claims(2))],
    "a button that nobody knows": [((1, 2), claims(2)), ((2, 3), claims(3)), ((3, 4), claims(4)), ((3, 4), claims(4))],
    "a changed platform": [((1, 2), OPEN), ((7, 8), OPEN), ((7, 8), OPEN)],
    "an empty section": [((1, 2), claims(2)), ((), OPEN), ((), OPEN)],
    "a closed thread": [((1, 2), OPEN), ((1,), {"status": "closed"}), ((1,), {"status": "closed"})],
    "pages not read": [((1, 2), OPEN), ((1,), OPEN | {"pages": ("g/2",)}), ((1,), OPEN | {"pages": ("g/2",)})],
    "a list read in part": [((1, 2), OPEN), ((1,), OPEN | {"whole": False}), ((1,), OPEN | {"whole": False})],
}


def look(looks: list[Look]) -> list[set[int]]:
    """What is deleted after each of these visits."""
    store = new_store(crawls=len(looks), captures=1)
    found = []
    for crawl, (shown, thread) in enumerate(looks):
        visit(store, crawl, shown, **thread)
        found.append(deleted(store))
    store.connection.close()
    return found


@pytest.mark.parametrize("case", DELETIONS)
def test_what_is_gone_is_deleted_when_that_is_sure(case: str) -> None:
    looks, expected = DELETIONS[case]
    assert look(looks) == expected


@pytest.mark.parametrize("case", INNOCENT)
def test_nobody_is_called_deleted_who_is_not(case: str) -> None:
    assert look(INNOCENT[case]) == [set()] * len(INNOCENT[case])


@pytest.mark.parametrize(
    ("listed", "gone"),
    [
        ((1, 3), {2}),  # 3 answers 2, so that no page shows it any more: it is there all the same
        ((1, 2, 3), set()),
        ((3,), set()),  # not a list of this thread's comments: one that is shown is missing there
        ((), set()),
    ],
)
def test_the_site_s_own_list_decides_at_once(listed: Sequence[int], gone: set[int]) -> None:
    store = new_store(crawls=2, captures=2)
    put(store, 0, *(a_comment(0, f"text {number}", id=a_thread(number)) for number in (1, 2, 3)), **claims(3))
    conclude(store, "crawl0")
    put(store, 2, a_comment(2, "text 1", id=a_thread(1)), **claims(2))
    put(store, 3)
    for number in listed:
        store.threads.put_placements([Placement(a_thread(number), None)], to_iso(at(3)), "c3")
    conclude(store, "crawl1")
    assert deleted(store) == gone
    store.connection.close()


def test_a_deleted_comment_may_come_back() -> None:
    store = new_store(crawls=3, captures=1)
    put(store, 0, an_article(0))
    visit(store, 0, (1, 2), **claims(2))
    visit(store, 1, (1,), **claims(1))
    gone = store.connection.execute("SELECT status, deleted_seen FROM comments WHERE id = ?", [a_thread(2)]).fetchone()
    assert tuple(gone) == ("deleted", to_iso(at(1)))
    assert store.connection.execute("SELECT comment_count FROM articles").fetchone()[0] == 1
    visit(store, 2, (1, 2), **claims(2))
    back = store.connection.execute("SELECT status, deleted_seen FROM comments WHERE id = ?", [a_thread(2)]).fetchone()
    assert tuple(back) == ("live", None)
    store.connection.close()


def test_a_broken_page_deletes_nobody() -> None:
    store = new_store(crawls=2, captures=1)
    visit(store, 0, (1, 2), **claims(2))
    store.connection.execute("UPDATE captures SET read_error = 'broken' WHERE id = 'c1'")
    visit(store, 1, (1,), **claims(1))
    assert deleted(store) == set()
    store.connection.close()


def test_a_page_s_address_that_only_leads_elsewhere_is_no_missing_page() -> None:
    store = new_store(crawls=2, captures=2)
    store.connection.execute("UPDATE captures SET status = 301 WHERE id = 'c3'")
    put(store, 0, a_comment(0), a_comment(0, "other", id=a_thread(2)), **claims(2))
    conclude(store, "crawl0")
    put(store, 2, a_comment(2), pages=("gazette.example/3",), **claims(1))
    conclude(store, "crawl1")
    assert deleted(store) == {2}
    store.connection.close()


def test_two_claims_in_one_visit_are_no_proof() -> None:
    store = new_store(crawls=2, captures=2)
    put(store, 0, a_comment(0), a_comment(0, "other", id=a_thread(2)), **claims(2))
    conclude(store, "crawl0")
    put(store, 2, a_comment(2), **claims(2))
    put(store, 3, **claims(1))
    conclude(store, "crawl1")
    assert deleted(store) == set()
    row = store.connection.execute("SELECT complete, stop_reason FROM thread_visits WHERE crawl_id = 'crawl1'").fetchone()
    assert tuple(row) == (0, "the claimed count changed during the visit")
    store.connection.close()


def test_no_query_of_a_crawl_s_end_walks_along_all_live_comments() -> None:
    store = new_store()
    visits.look_back(store.connection, "crawl0")
    for statement in (
        proof._MISSING,
        proof._THREAD.replace("?", ":thread_id"),
        tallies._COMMENT_COUNT.replace("?", ":thread_id"),
    ):
        plan = " ".join(row["detail"] for row in store.connection.execute("EXPLAIN QUERY PLAN " + statement, {"thread_id": "t"}))
        assert "comments_status" not in plan
        assert "SCAN comments" not in plan
    store.connection.close()


def test_full_text_stays_in_step_and_unchanged_rows_do_not_touch_it() -> None:
    store = new_store()
    put(store, 0, a_comment(0, "mvura yapera"))
    match = "SELECT count(*) FROM comments_fts WHERE comments_fts MATCH ?"
    assert store.connection.execute(match, ["mvura"]).fetchone()[0] == 1
    size = store.connection.execute("SELECT sum(length(block)) FROM comments_fts_data").fetchone()[0]
    for number in range(1, 5):
        put(store, number, a_comment(number, "mvura yapera", position=number))
    assert store.connection.execute("SELECT sum(length(block)) FROM comments_fts_data").fetchone()[0] == size
    put(store, 5, a_comment(5, "magetsi adzoka"))
    assert [store.connection.execute(match, [word]).fetchone()[0] for word in ("mvura", "magetsi")] == [0, 1]
    store.connection.execute("INSERT INTO comments_fts(comments_fts, rank) VALUES ('integrity-check', 1)")
    store.connection.close()


def test_days_count_only_comments_whose_day_is_known() -> None:
    store = new_store()
    second = {
        "date_created": START,
        "date_created_earliest": START,
        "date_created_latest": START,
        "date_created_precision": "second",
    }
    put(store, 0, an_article(0, date_published=START), a_comment(0, **second))
    month = second | {"date_created_earliest": START - timedelta(days=30), "date_created_precision": "month"}
    put(store, 1, a_comment(1, id=f"{SITE}:wordpress:2", **month))
    put(store, 2, a_comment(2, id=f"{SITE}:wordpress:3"))
    counts.recount(store.connection, SITE)
    days = {row["day"]: dict(row) for row in store.connection.execute("SELECT * FROM site_days")}
    assert days["2026-11-01"]["articles"] == 1
    assert days["2026-11-01"]["comments"] == 1
    assert days["2026-11-01"]["comments_undated"] == 2
    store.connection.close()


@given(st.text(max_size=60), st.lists(st.text(max_size=20), max_size=4))
def test_normalising_twice_changes_nothing(text: str, names: list[str]) -> None:
    once = normalise(an_article(0, text, headline=text, authors=names, tags=names, links=[*names, "https://gazette.example/a b"]))
    assert normalise(once) == once

"""The ledger: whatever the order in which sights are stored, the rows are the same."""

from __future__ import annotations

import itertools
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsarchive.catalogue import schema, visits
from newsarchive.catalogue.normalise import normalise
from newsarchive.catalogue.store import Store
from newsarchive.items import Article, Comment, Placement, Thread
from newsarchive.times import to_iso

START = datetime(2026, 11, 1, 12, 0, 0, 1, tzinfo=UTC)
SITE, THREAD = "gazette-example", "wordpress:gazette.example:7"
TABLES = ("articles", "article_revisions", "article_urls", "article_authors", "article_tags", "comments", "comment_revisions",
          "commenters", "placements", "threads", "sightings", "thread_visits")  # fmt: skip


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
    shown = Thread(THREAD, "wordpress", "https://gazette.example/7", **thread)
    store.put_thread(shown, SITE, f"c{number}", pages)
    for item in map(normalise, items):
        if store.known(item):
            store.saw_unchanged(item)
        elif isinstance(item, Article):
            store.put_article(item)
        else:
            store.put_comment(item)
    store.put_sightings(f"c{number}", [item.id for item in items if isinstance(item, Comment)])


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
                a_comment(number, text, position=place),
            )
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
    steps = (
        lambda: put(store, 0, a_comment(0, parent_id=f"{SITE}:wordpress:2")),
        lambda: store.put_placement(Placement(f"{SITE}:wordpress:1", f"{SITE}:wordpress:3"), to_iso(at(1)), "c1"),
        lambda: put(store, 2, a_comment(2, parent_id=f"{SITE}:wordpress:2")),
    )
    for step in order:
        steps[step]()
    assert comment_in(store)["parent_id"] == f"{SITE}:wordpress:3"
    store.connection.close()


def test_comments_find_their_article_whichever_comes_first() -> None:
    for order in ((0, 1), (1, 0)):
        store = new_store()
        items = (an_article(0), a_comment(1))
        for number in order:
            put(store, number, items[number])
        assert comment_in(store)["article_id"] == f"{SITE}:post-7"
        store.connection.close()


def conclude(store: Store, crawl: int) -> None:
    visits.close_visits(store.connection, f"crawl{crawl}")
    visits.recount(store.connection, SITE)


def test_a_whole_visit_without_the_comment_proves_its_deletion() -> None:
    store = new_store(crawls=3, captures=2)
    put(store, 0, an_article(0), a_comment(0))
    conclude(store, 0)
    assert comment_in(store)["status"] == "live"
    assert store.connection.execute("SELECT comment_count FROM articles").fetchone()[0] == 1
    put(store, 2, an_article(2))
    conclude(store, 1)
    assert (comment_in(store)["status"], comment_in(store)["deleted_seen"]) == ("deleted", to_iso(at(2)))
    assert store.connection.execute("SELECT comment_count FROM articles").fetchone()[0] == 0
    put(store, 4, a_comment(4))
    conclude(store, 2)
    assert (comment_in(store)["status"], comment_in(store)["deleted_seen"]) == ("live", None)
    store.connection.close()


@pytest.mark.parametrize(
    ("pages", "thread"), [(("gazette.example/7/page-2",), {}), ((), {"status": "closed"}), ((), {"status": "removed"})]
)
def test_a_page_not_read_or_a_thread_not_open_deletes_nobody(pages: tuple[str, ...], thread: dict[str, Any]) -> None:
    store = new_store(crawls=2, captures=2)
    put(store, 0, a_comment(0))
    conclude(store, 0)
    put(store, 2, pages=pages, **thread)
    conclude(store, 1)
    assert comment_in(store)["status"] == "live"
    store.connection.close()


def test_a_broken_page_deletes_nobody() -> None:
    store = new_store(crawls=2, captures=2)
    put(store, 0, a_comment(0))
    conclude(store, 0)
    store.connection.execute("UPDATE captures SET read_error = 'broken' WHERE id = 'c2'")
    put(store, 2)
    conclude(store, 1)
    assert comment_in(store)["status"] == "live"
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
    conclude(store, 0)
    days = {row["day"]: dict(row) for row in store.connection.execute("SELECT * FROM site_days")}
    assert days["2026-11-01"]["articles"] == 1
    assert days["2026-11-01"]["comments"] == 1
    assert days["2026-11-01"]["comments_undated"] == 2
    store.connection.close()


@given(st.text(max_size=60), st.lists(st.text(max_size=20), max_size=4))
def test_normalising_twice_changes_nothing(text: str, names: list[str]) -> None:
    once = normalise(an_article(0, text, headline=text, authors=names, tags=names, links=[*names, "https://gazette.example/a b"]))
    assert normalise(once) == once

"""What charts show: counted from articles and comments alone, and nothing put on a time at which it may not have been written."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest

from newsarchive.catalogue import counts
from tests.catalogue.test_store import SITE, START, a_comment, an_article, new_store, put

EXACT = ("2026-11-01T23:10:00Z", "2026-11-01T23:10:00Z")


def count(*comments: dict[str, Any]) -> sqlite3.Connection:
    """A catalogue with these comments, counted."""
    store = new_store()
    put(store, 0, an_article(0, date_published=START, in_language="sn"), a_comment(0))
    store.connection.execute("DELETE FROM sightings")
    store.connection.execute("DELETE FROM comment_revisions")
    template = dict(store.connection.execute("SELECT * FROM comments").fetchone())
    store.connection.execute("DELETE FROM comments")
    for number, comment in enumerate(comments):
        earliest, latest = comment.pop("written", EXACT)
        row = template | {"id": f"{SITE}:wordpress:{number}", "date_created_earliest": earliest, "date_created_latest": latest}
        row |= {"date_created": earliest} | comment
        names = ", ".join(row)
        store.connection.execute(f"INSERT INTO comments ({names}) VALUES ({', '.join('?' * len(row))})", list(row.values()))
    counts.recount(store.connection, SITE)
    return store.connection


def rows(connection: sqlite3.Connection, sql: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in connection.execute(sql)]


@pytest.mark.parametrize(
    ("written", "day", "month", "year", "hour"),
    [
        (EXACT, 1, 1, "2026", 1),
        (("2026-11-01T22:59:00Z", "2026-11-01T23:10:00Z"), 1, 1, "2026", 0),
        (("2026-11-01T23:00:00Z", "2026-11-02T00:10:00Z"), 0, 1, "2026", 0),
        (("2026-10-31T23:00:00Z", "2026-11-01T23:00:00Z"), 0, 0, "2026", 0),
        (("2025-12-31T23:00:00Z", "2026-11-01T23:00:00Z"), 0, 0, "", 0),
        ((None, None), 0, 0, "", 0),
        (("2026-11-01T23:00:00Z", None), 0, 0, "", 0),
    ],
)
def test_a_comment_counts_where_it_is_known_to_belong_and_else_apart(
    written: tuple[str, str], day: int, month: int, year: str, hour: int
) -> None:
    found = count({"written": written, "in_language": "sn"})
    assert rows(found, "SELECT sum(comments), sum(comments_undated) FROM site_days") == [(day, 1 - day)]
    assert rows(found, "SELECT sum(comments), sum(comments_undated) FROM site_months") == [(month, 1 - month)]
    assert rows(found, "SELECT year, in_language FROM site_languages WHERE comments") == [(year, "sn")]
    assert rows(found, "SELECT weekday, hour FROM site_hours") == ([(7, 23)] if hour else [])


def test_a_name_is_new_in_the_month_of_its_first_comment() -> None:
    october = ("2026-10-03T10:00:00Z", "2026-10-03T10:00:00Z")
    found = count({}, {}, {"written": october}, {"commenter_id": None})
    months = rows(found, "SELECT month, comments, commenters, new_commenters FROM site_months WHERE comments ORDER BY month")
    assert months == [("2026-10", 1, 1, 1), ("2026-11", 3, 1, 0)]


def test_removals_count_on_the_day_that_showed_them() -> None:
    found = count({"status": "deleted", "deleted_seen": "2026-11-09T01:00:00Z"}, {"status": "hidden"})
    assert rows(found, "SELECT day, comments_deleted FROM site_days WHERE comments_deleted") == [("2026-11-09", 1)]
    assert rows(found, "SELECT sum(comments) FROM site_days") == [(2,)]


def test_counting_again_changes_nothing() -> None:
    found = count({}, {"in_language": "en"})
    before = [rows(found, f"SELECT * FROM {table}") for table in counts.TABLES]
    counts.recount(found, SITE)
    assert [rows(found, f"SELECT * FROM {table}") for table in counts.TABLES] == before
    assert all(before)

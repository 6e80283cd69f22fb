"""What charts show: counted from articles and comments alone, and nothing put on a time at which it may not have been written."""

from __future__ import annotations

import sqlite3
from random import Random
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


MONTHS = ("2025-12", "2026-01", "2026-02")
LANGUAGES = (None, "en", "sn")


def written(chance: Random) -> dict[str, Any]:
    """When a comment may have been written, in what language, and by whom."""
    month = chance.choice(MONTHS)
    earliest = f"{month}-{chance.randint(1, 3):02}T{chance.randint(9, 11):02}:00:00Z"
    latest = chance.choice((earliest, f"{month}-02T23:00:00Z", "2026-03-01T00:00:00Z", None))
    commenter = chance.choice((None, f"{SITE}:~rudo", f"{SITE}:~tino"))
    about = {"in_language": chance.choice(LANGUAGES), "commenter_id": commenter, "first_seen": f"{month}-04T10:00:00Z"}
    return {"date_created_earliest": earliest, "date_created_latest": latest} | about


@pytest.mark.parametrize("seed", range(12))
def test_what_changed_is_counted_as_counting_all_would(seed: int) -> None:
    chance = Random(seed)
    found = count(*({} for _ in range(8)))
    for name in ("rudo", "tino"):
        found.execute(
            "INSERT INTO commenters (id, site_id, name, identity) VALUES (?, ?, ?, 'nick')", [f"{SITE}:~{name}", SITE, name]
        )
    template = dict(found.execute("SELECT * FROM comments LIMIT 1").fetchone())
    for visit in range(6):
        for number in range(chance.randint(0, 6)):
            some = f"{SITE}:wordpress:{chance.randint(0, 12)}"
            change = written(chance)
            match chance.choice(("came", "went", "changed", "named")):
                case "came":
                    row = template | change | {"id": f"{SITE}:wordpress:{visit}-{number}"}
                    names = ", ".join(row)
                    found.execute(f"INSERT INTO comments ({names}) VALUES ({', '.join('?' * len(row))})", list(row.values()))
                case "went":
                    found.execute("DELETE FROM comments WHERE id = ?", [some])
                case "changed":
                    found.execute(
                        f"UPDATE comments SET {', '.join(f'{name} = ?' for name in change)} WHERE id = ?",
                        [*change.values(), some],
                    )
                case _:
                    found.execute("UPDATE comments SET id = ? WHERE id = ?", [f"{some}-{visit}-{number}", some])
        counts.recount(found, SITE)
        told = [rows(found, f"SELECT * FROM {table} ORDER BY 1, 2, 3") for table in counts.TABLES]
        assert rows(found, "SELECT * FROM uncounted_comments") == []
        found.execute("DELETE FROM counted_sites")
        counts.recount(found, SITE)
        assert told == [rows(found, f"SELECT * FROM {table} ORDER BY 1, 2, 3") for table in counts.TABLES]


def test_many_changes_are_counted_from_the_first_comment_to_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    found = count({}, {}, {})
    monkeypatch.setattr(counts, "MOST_CHANGES", 1)
    found.execute("DELETE FROM comments WHERE id <> ?", [f"{SITE}:wordpress:0"])
    found.execute("UPDATE site_months SET comments = 999")
    counts.recount(found, SITE)
    assert rows(found, "SELECT sum(comments) FROM site_months") == [(1,)]

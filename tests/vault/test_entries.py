"""What one page may cost: itself, never its neighbours."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from newsarchive.catalogue import schema
from newsarchive.items import Comment, Reading, Thread
from newsarchive.vault.entries import ReadPage, put_pages
from tests.catalogue.test_store import SITE, a_comment, at, new_store


def a_page(number: int, **fields: Any) -> ReadPage:
    comment: Comment = a_comment(number, **({"text": f"text {number}", "id": f"{SITE}:wordpress:{number}"} | fields))
    thread = Thread(comment.thread_id, "wordpress")
    return ReadPage(f"c{number}", at(number), Reading(comments=(comment,), thread=thread), [comment])


@pytest.mark.parametrize(
    "fields",
    [
        {"position": "first"},
        {"upvotes": 10**30},
        {"text": "\ud800"},
        {"thread_id": "nobody's"},
        {"date_created": datetime(2026, 11, 1)},  # noqa: DTZ001  # somebody's pipeline made it naive
        {"author_name": object()},
    ],
)
def test_a_page_that_cannot_be_stored_is_flagged_and_the_others_are_stored(fields: dict[str, Any]) -> None:
    store = new_store()
    bad = a_page(1, **fields)
    if "thread_id" in fields:
        bad.reading = Reading(comments=bad.reading.comments)
    with schema.transaction(store.connection):
        put_pages(store, [a_page(2), bad, a_page(0)], SITE)
    stored = {row["id"] for row in store.connection.execute("SELECT id FROM comments")}
    assert stored == {f"{SITE}:wordpress:0", f"{SITE}:wordpress:2"}
    errors = {
        row["id"]: row["read_error"]
        for row in store.connection.execute("SELECT id, read_error FROM captures WHERE read_at IS NOT NULL")
    }
    assert errors["c1"].startswith("cannot be stored")
    assert errors["c0"] is errors["c2"] is None
    assert store.connection.execute("PRAGMA foreign_key_check").fetchall() == []
    store.connection.close()


def test_the_disk_s_faults_are_not_the_page_s() -> None:
    store = new_store()
    store.connection.execute("PRAGMA query_only = ON")
    with pytest.raises(Exception, match="readonly"):
        put_pages(store, [a_page(0)], SITE)
    store.connection.close()

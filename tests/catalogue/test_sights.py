"""Comments of a page stored at once are as if they came one by one."""

from __future__ import annotations

import random

from newsarchive.catalogue.store import Store
from newsarchive.items import Comment
from tests.catalogue.test_store import SITE, THREAD, a_comment, new_store


def _thread(store: Store) -> None:
    store.upsert("threads", {"id": THREAD, "site_id": SITE, "platform": "wordpress"})


def _rows(store: Store) -> list[list[tuple[object, ...]]]:
    tables = ("comments", "comment_revisions", "commenters", "comment_votes")
    return [sorted(map(tuple, store.connection.execute(f"SELECT * FROM {table}")), key=repr) for table in tables]


def _sights() -> list[Comment]:
    """Fifty comments in four captures: most stay as they are, some are edited, hidden, voted for, or stand twice on a page."""
    chance, sights = random.Random(4), []
    for number in range(4):
        for one in [*range(50), 7, 7]:
            text = f"remark {one}" + (" edited" if chance.random() < 0.1 else "")
            status = "hidden" if chance.random() < 0.1 else "live"
            name = f"Mai {one % 9}"
            sights.append(
                a_comment(
                    number, text, id=f"{SITE}:wordpress:{one}", author_name=name, status=status, upvotes=chance.choice([None, 2])
                )
            )
    return sights


def test_together_or_one_by_one() -> None:
    together, singly = new_store(), new_store()
    sights = _sights()
    for store in (together, singly):
        _thread(store)
    for number in range(4):
        together.put_comments(one for one in sights if one.capture_id == f"c{number}")
    for one in sights:
        singly.put(one)
    assert _rows(together) == _rows(singly)
    assert len(_rows(together)[0]) == 50
    assert together.known(max((one for one in sights if one.id.endswith(":3")), key=lambda one: one.captured_at))

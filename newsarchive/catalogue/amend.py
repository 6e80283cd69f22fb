"""What today's reader says of an earlier capture, in the place of what was read of it then: the same rows as a rebuild's.

The revision that this capture showed first is written anew, with the times at which it was seen. A comment without a number is
found by its place on the page, and its id follows from its name and words: where these were misread, it changes too.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count

from newsarchive.catalogue.matching import match
from newsarchive.catalogue.remark import remark
from newsarchive.catalogue.store import Store
from newsarchive.catalogue.threads import is_provisional
from newsarchive.items import Article, Comment, Item, comment_hash
from newsarchive.text import fold

_SHOWN = """
SELECT m.* FROM sightings s JOIN comments m ON m.id = s.comment_id
WHERE s.capture_id = ? AND m.id LIKE m.site_id || ':~%' ORDER BY s.position
"""
_RENAME = (
    "UPDATE comments SET id = :new WHERE id = :old",
    "UPDATE comments SET parent_id = :new WHERE parent_id = :old",
    "UPDATE comment_revisions SET comment_id = :new, id = :new || '@' || digest WHERE comment_id = :old",
    "UPDATE comment_votes SET comment_id = :new WHERE comment_id = :old",
    "UPDATE sightings SET comment_id = :new WHERE comment_id = :old",
)


def amend(store: Store, capture_id: str, items: Sequence[Item], *, only: Sequence[Item] | None) -> None:
    """Write the revisions that a capture showed first as `items`, what is read from it today, say; with `only` those that say
    the same as one of these. The caller holds the transaction."""
    items = [store.known_as(item) for item in items]
    allowed = None if only is None else {_said(store, store.known_as(item)) for item in only}
    comments = [item for item in items if isinstance(item, Comment) and is_provisional(item)]
    for item in items:
        if isinstance(item, Article) and (allowed is None or _said(store, item) in allowed):
            _amend_article(store, item)
        elif isinstance(item, Comment) and not is_provisional(item) and (allowed is None or _said(store, item) in allowed):
            store.threads.amend(item, item.id)
    shown = store.connection.execute(_SHOWN, [capture_id]).fetchall()
    for row, comment in _paired(shown, comments) if comments else ():
        if (allowed is None or _said(store, comment) in allowed) and store.threads.amend(comment, row["id"]):
            _rename(store.connection, row["id"], comment)
    store.threads.forget()


def _amend_article(store: Store, article: Article) -> None:
    """One page of an article is only part of what its revision says, until all are joined again at the crawl's end."""
    if article.part is not None:
        store.pages.amend(article)
        article = replace(article, partial=True, part=None)
    store.articles.amend(article)


def _said(store: Store, item: Item) -> tuple[str, ...]:
    if isinstance(item, Comment) and is_provisional(item):
        return item.thread_id, fold(item.author_name or ""), fold(item.text or "")
    return item.id, store.digest(item)


def _paired(rows: Sequence[sqlite3.Row], comments: Sequence[Comment]) -> Iterator[tuple[sqlite3.Row, Comment]]:
    """Which comment each row of one page is: by its place, or where the readers do not agree how many there are, by its words."""
    if len(rows) == len(comments):
        yield from zip(rows, comments, strict=True)
        return
    known = [remark(row["author_name"], row["text"], None, None) for row in rows]
    found = [remark(comment.author_name, comment.text, None, None) for comment in comments]
    for at, one in match(known, len(known), found).items():
        yield rows[one], comments[at]


def _rename(connection: sqlite3.Connection, old: str, comment: Comment) -> None:
    """Give a comment the id that follows from the name and words it was seen with first, if this is its first capture."""
    prefix = f"{comment.site_id}:~"
    for new in _ids(prefix, comment):
        if new == old:
            return
        if connection.execute("SELECT 1 FROM comments WHERE id = ?", [new]).fetchone() is None:
            break
    connection.execute("PRAGMA defer_foreign_keys = ON")  # until the end of the transaction
    for statement in _RENAME:
        connection.execute(statement, {"old": old, "new": new})


def _ids(prefix: str, comment: Comment) -> Iterator[str]:
    name, text = fold(comment.author_name or ""), fold(comment.text or "")
    return (prefix + comment_hash(comment.thread_id, name, text, ordinal) for ordinal in count(1))

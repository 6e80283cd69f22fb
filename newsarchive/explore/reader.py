"""An article with its versions and its comments, as the reader view shows them: what is read from the catalogue for it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Literal

from newsarchive.explore.thread import Place, Step, in_reading_order, page_of, steps
from newsarchive.explore.when import moment
from newsarchive.explore.wording import Piece, compare

PAGE_SIZE = 50  # comments on a page
MOST_CAPTURES = 100  # that are listed beside an article
Only = Literal["deleted", "edited", "hidden"]
Row = Mapping[str, Any]

_ARTICLE = "SELECT a.*, s.name AS site FROM articles a JOIN sites s ON s.id = a.site_id WHERE a.id = ?"
_AUTHORS = """
SELECT p.name FROM article_authors x JOIN authors p ON p.id = x.author_id WHERE x.article_id = ? ORDER BY x.position
"""
_TAGS = "SELECT t.name FROM article_tags x JOIN tags t ON t.id = x.tag_id WHERE x.article_id = ? ORDER BY t.name"
_CAPTURES = """
SELECT id, url, captured_at, status, record_type FROM captures
WHERE url_key IN (SELECT url_key FROM article_urls WHERE article_id = ?) ORDER BY captured_at DESC LIMIT ?
"""
_REVISIONS = "SELECT * FROM article_revisions WHERE article_id = ? ORDER BY last_seen, first_seen, id"
_VISITS = "SELECT * FROM thread_visits WHERE thread_id = ? ORDER BY seen_at DESC LIMIT 20"
_THREAD = "SELECT * FROM threads WHERE id = ?"
_PLACES = """
SELECT id, parent_id, status, revision_count FROM comments WHERE article_id = ?
ORDER BY position IS NULL, position, date_created_earliest, id
"""
# What a version says beside its text, in the order in which it is compared.
_SAID = (
    "headline",
    "alternative_headline",
    "description",
    "authors",
    "attribution",
    "section",
    "date_published",
    "date_modified",
)
_DATES = {"date_published", "date_modified"}


@dataclass(frozen=True, slots=True)
class Article:
    """An article and what stands around it. `versions` are its revisions, the current one last."""

    row: Row
    authors: Sequence[str]
    tags: Sequence[str]
    captures: Sequence[Row]
    versions: Sequence[Row]
    thread: Row | None
    visits: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions of an article: what changed in each field that did, and the text piece by piece."""

    before: Row
    after: Row
    fields: Sequence[tuple[str, Sequence[Piece]]]
    text: Sequence[Piece]


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment and what is known of it over time: `wordings` (the current one last), `votes` where they changed."""

    row: Row
    answers_to: Row | None = None
    wordings: Sequence[Row] = ()
    votes: Sequence[Row] = ()


@dataclass(frozen=True, slots=True)
class Thread:
    """A page of an article's comments. `counts` says how many are deleted, edited, hidden; `total` how many were asked for."""

    steps: Sequence[Step]
    comments: Mapping[str, Comment]
    counts: Mapping[str, int]
    total: int
    page: int
    pages: int
    only: Only | None = None
    size: int = field(default=PAGE_SIZE)


def find_article(connection: sqlite3.Connection, article_id: str) -> Article | None:
    """The article of this id with everything but its comments; None if the catalogue has none."""
    row = connection.execute(_ARTICLE, [article_id]).fetchone()
    if row is None:
        return None
    return Article(
        row,
        [name for (name,) in connection.execute(_AUTHORS, [article_id])],
        [name for (name,) in connection.execute(_TAGS, [article_id])],
        connection.execute(_CAPTURES, [article_id, MOST_CAPTURES]).fetchall(),
        connection.execute(_REVISIONS, [article_id]).fetchall(),
        connection.execute(_THREAD, [row["thread_id"]]).fetchone(),
        connection.execute(_VISITS, [row["thread_id"]]).fetchall(),
    )


def compare_versions(article: Article, before: str | None, after: str | None) -> Comparison | None:
    """The versions with these digests side by side; the last two where `before` is empty. None where there are not two."""
    by_digest = {row["digest"]: row for row in article.versions}
    if len(by_digest) < 2:
        return None
    old = by_digest.get(before or "", article.versions[-2])
    new = by_digest.get(after or "", article.versions[-1])
    changed = [(name, _said(old, name), _said(new, name)) for name in _SAID]
    fields = [(name, compare(was, is_now)) for name, was, is_now in changed if was != is_now]
    return Comparison(old, new, fields, compare(old["text"] or "", new["text"] or ""))


def find_thread(
    connection: sqlite3.Connection, article_id: str, *, page: int = 1, only: Only | None = None, at: str | None = None
) -> Thread:
    """A page of the article's comments, all or `only` those of a kind, each with what it answers; `at` names one to turn to."""
    rows = connection.execute(_PLACES, [article_id]).fetchall()
    kinds = {
        "deleted": {row["id"] for row in rows if row["status"] == "deleted"},
        "edited": {row["id"] for row in rows if row["revision_count"]},
        "hidden": {row["id"] for row in rows if row["status"] == "hidden"},
    }
    order = in_reading_order([(row["id"], row["parent_id"]) for row in rows])
    wanted = kinds[only] if only else None
    total = len(order if wanted is None else wanted)
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(1, _page_with(order, at) or page), pages)
    places = page_of(order, wanted, (page - 1) * PAGE_SIZE, PAGE_SIZE)
    comments = find_comments(connection, [place.id for place, _ in places])
    return Thread(list(steps(places)), comments, {kind: len(ids) for kind, ids in kinds.items()}, total, page, pages, only)


def find_comments(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, Comment]:
    """The comments of these ids, as far as the catalogue has them."""
    of = dict(_by(connection, "SELECT * FROM comments WHERE id IN ({})", ids, "id"))
    parents = [row["parent_id"] for rows in of.values() for row in rows if row["parent_id"]]
    answered = dict(_by(connection, "SELECT id, author_name FROM comments WHERE id IN ({})", parents, "id"))
    wordings = dict(_by(connection, _all_of("comment_revisions", "last_seen"), ids, "comment_id"))
    votes = dict(_by(connection, _all_of("comment_votes", "seen"), ids, "comment_id"))
    return {
        one: Comment(row, next(iter(answered.get(row["parent_id"], ())), None), wordings.get(one, ()), votes.get(one, ()))
        for one, (row,) in of.items()
    }


def _all_of(table: str, time: str) -> str:
    return f"SELECT * FROM {table} WHERE comment_id IN ({{}}) ORDER BY comment_id, {time}"


def _by(connection: sqlite3.Connection, sql: str, keys: Sequence[str], column: str) -> Iterator[tuple[str, list[Row]]]:
    """The rows of a query for some keys, by the key that each bears."""
    rows = connection.execute(sql.format(", ".join("?" * len(keys))), keys).fetchall()
    for key, some in groupby(sorted(rows, key=lambda row: str(row[column])), key=lambda row: str(row[column])):
        yield key, list(some)


def _page_with(order: Sequence[Place], comment_id: str | None) -> int | None:
    return next((number // PAGE_SIZE + 1 for number, place in enumerate(order) if place.id == comment_id), None)


def _said(version: Row, name: str) -> str:
    value = version[name]
    if value and name == "authors":
        return ", ".join(json.loads(value))
    return moment(value) if value and name in _DATES else value or ""

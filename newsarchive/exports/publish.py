"""A database for the public: made from nothing, so that what is left out was never in it, not even in a free page."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newsarchive.catalogue import schema
from newsarchive.catalogue.bulk import bulk_load
from newsarchive.catalogue.counts import TABLES, recount
from newsarchive.catalogue.temporary import keep_inside
from newsarchive.errors import UsageError
from newsarchive.exports.pseudonyms import Pseudonyms, publishing_key

Row = dict[str, Any]

# What may be left out with --without, and the tables that go with it.
OPTIONAL: Mapping[str, tuple[str, ...]] = {
    "comments": ("threads", "commenters", "comments", "comment_revisions", "comment_votes"),
    "votes": ("comment_votes",),
    "article-revisions": ("article_revisions",),
    "authors": ("authors", "article_authors"),
    "tags": ("tags", "article_tags"),
    "links": ("links",),
    "media": ("media",),
}
# How the archive works, and what readers of a page do not see: never published.
WITHHELD = (
    *(
        "outcomes",
        "signs",
        "sign_parts",
        "article_pages",
        "thread_pages",
        "thread_visits",
        "placements",
        "sightings",
        "observations",
    ),
    *(*TABLES, "counted_sites", "uncounted_comments"),  # counted anew, of what is published
    *("takedowns", "takedown_hashes", "takedown_captures"),
)
_PICKED = """
CREATE TEMP TABLE picked_sites AS SELECT id FROM sites WHERE :sites IS NULL OR id IN (SELECT value FROM json_each(:sites));
CREATE TEMP TABLE picked_articles AS SELECT a.id FROM articles a JOIN captures c ON c.id = a.capture_id
    WHERE a.site_id IN picked_sites AND NOT c.noarchive;
CREATE TEMP TABLE picked_comments AS SELECT k.id, k.thread_id, k.commenter_id, k.capture_id FROM comments k
    JOIN captures c ON c.id = k.capture_id WHERE :comments AND k.site_id IN picked_sites AND NOT c.noarchive
    AND (k.status = 'live' OR :removed) AND (k.article_id IS NULL OR k.article_id IN picked_articles);
CREATE TEMP TABLE picked_captures AS SELECT capture_id AS id FROM articles WHERE id IN picked_articles
    UNION SELECT capture_id FROM picked_comments
    UNION SELECT capture_id FROM article_revisions WHERE article_id IN picked_articles
    UNION SELECT capture_id FROM comment_revisions WHERE :removed AND comment_id IN (SELECT id FROM picked_comments);
CREATE INDEX temp.picked_ids ON picked_comments(id);
"""
_OF_ARTICLES = "article_id IN picked_articles"
_OF_COMMENTS = "comment_id IN (SELECT id FROM picked_comments)"
# Each table after those that it refers to.
PUBLISHED = {
    "sites": "id IN picked_sites",
    "crawls": "id IN (SELECT crawl_id FROM captures WHERE id IN picked_captures) OR id IN ("
    "SELECT w.crawl_id FROM warcs w JOIN captures c ON c.warc_id = w.id WHERE c.id IN picked_captures)",
    "warcs": "id IN (SELECT warc_id FROM captures WHERE id IN picked_captures)",
    "captures": "id IN picked_captures",
    "threads": "id IN (SELECT thread_id FROM picked_comments)",
    "moved_threads": "thread_id IN (SELECT thread_id FROM picked_comments)",
    "articles": "id IN picked_articles",
    "article_urls": _OF_ARTICLES,
    "moved_articles": _OF_ARTICLES,
    "article_revisions": _OF_ARTICLES,
    "authors": f"id IN (SELECT author_id FROM article_authors WHERE {_OF_ARTICLES})",
    "article_authors": _OF_ARTICLES,
    "tags": f"id IN (SELECT tag_id FROM article_tags WHERE {_OF_ARTICLES})",
    "article_tags": _OF_ARTICLES,
    "links": _OF_ARTICLES,
    "media": _OF_ARTICLES,
    "commenters": "id IN (SELECT commenter_id FROM picked_comments)",
    "comments": "id IN (SELECT id FROM picked_comments)",
    "comment_revisions": f":removed AND {_OF_COMMENTS}",
    "comment_votes": _OF_COMMENTS,
}
# Columns of the archive's own business: settings, errors, plans.
_EMPTIED = {
    "crawls": ("config", "stats", "read_by"),
    "captures": ("read_at", "read_by", "read_error", "revisit_of"),
    "threads": ("next_visit",),
    "articles": ("next_visit",),
}
_COUNTED = (
    """
    UPDATE articles SET comment_count = (SELECT count(*) FROM comments k WHERE k.article_id = articles.id AND k.status = 'live')
    """,
    """
    UPDATE commenters SET (comment_count, first_comment, last_comment) = (
        SELECT count(*), min(coalesce(date_created, first_seen)), max(coalesce(date_created, first_seen))
        FROM comments k WHERE k.commenter_id = commenters.id)
    """,
)


@dataclass(frozen=True, slots=True)
class Choice:
    """What is published: which sites (all, if none is named), without which of `OPTIONAL`, with or without the articles' texts.

    `removed` lets in what the site has removed: deleted and hidden comments, and earlier wordings of edited ones. `names` lets in
    the names of those who comment, else they have pseudonyms.
    """

    sites: Collection[str] = ()
    without: Collection[str] = ()
    texts: bool = True
    removed: bool = False
    names: bool = False


def publish(folder: Path, out: Path, choice: Choice) -> dict[str, int]:
    """Make the database `out` of the archive in `folder`; returns how many rows its tables have.

    It is there only when it is whole. Raises UsageError for a file that is there, and for sites that the archive has not.
    """
    if out.exists():
        raise UsageError(f"{out} is there already; remove it, or name another file")
    part = out.with_name(f"{out.name}.part")
    _remove(part)  # of a run that was killed
    try:
        with closing(sqlite3.connect(f"{(folder / 'catalogue.db').as_uri()}?mode=ro", uri=True)) as source:
            keep_inside(source, folder)
            counts = _fill(part, source, choice, Pseudonyms(publishing_key(folder), keep=choice.names))
        part.replace(out)
    finally:
        _remove(part)
    return counts


def _fill(part: Path, source: sqlite3.Connection, choice: Choice, pseudonyms: Pseudonyms) -> dict[str, int]:
    source.row_factory = sqlite3.Row
    source.execute("BEGIN")  # one moment of the catalogue, though a crawl may be writing
    values = _pick(source, choice)
    left_out = {table for name in choice.without for table in OPTIONAL[name]}
    with closing(schema.prepare(str(part))) as target:
        counts: dict[str, int] = {}
        with bulk_load(target):
            with schema.transaction(target):
                for table, condition in PUBLISHED.items():
                    if table not in left_out:
                        rows = _rows(source, table, condition, values, choice, pseudonyms)
                        counts[table] = _put(target, table, rows)
                for statement in _COUNTED:
                    target.execute(statement)
            for (site_id,) in target.execute("SELECT id FROM sites").fetchall():
                recount(target, site_id)
        target.execute("VACUUM")
        for table in ("articles", "comments"):  # VACUUM gives rows new numbers
            target.execute(f"INSERT INTO {table}_fts({table}_fts) VALUES ('rebuild')")
        target.execute("PRAGMA journal_mode = DELETE")  # a file of its own, that may lie where nobody can write
    return counts


def _pick(source: sqlite3.Connection, choice: Choice) -> Row:
    """Note which sites, articles, comments and captures are published; returns the conditions' values. Raises UsageError."""
    unknown = [one for one in choice.sites if source.execute("SELECT 1 FROM sites WHERE id = ?", [one]).fetchone() is None]
    if unknown:
        raise UsageError(f"there is no site {', '.join(unknown)} in the archive; `newsarchive sites` lists them")
    sites = json.dumps(list(choice.sites)) if choice.sites else None
    values = {"sites": sites, "comments": "comments" not in choice.without, "removed": choice.removed}
    for statement in _PICKED.split(";")[:-1]:
        source.execute(statement, values)
    return values


def _rows(
    source: sqlite3.Connection, table: str, condition: str, values: Row, choice: Choice, pseudonyms: Pseudonyms
) -> Iterator[Row]:
    """The rows of a table as they are published."""
    changes: dict[str, Callable[[Row], Row]] = {
        "commenters": pseudonyms.commenter,
        "comments": pseudonyms.comment,
        "comment_revisions": pseudonyms.of_comment,
        "comment_votes": pseudonyms.of_comment,
    }
    change = changes.get(table)
    emptied = dict.fromkeys(_EMPTIED.get(table, ()))
    if table in {"articles", "article_revisions"} and not choice.texts:
        emptied["text"] = None
    if table == "articles" and "comments" in choice.without:
        emptied["thread_id"] = None
    if table == "comments":
        pseudonyms.learn(source.execute("SELECT id, name FROM commenters"))
    for row in source.execute(f"SELECT * FROM {table} WHERE {condition}", values):
        told = dict(row) | emptied
        yield change(told) if change else told


def _put(target: sqlite3.Connection, table: str, rows: Iterator[Row]) -> int:
    names = [row["name"] for row in target.execute("SELECT name FROM pragma_table_info(?)", [table])]
    sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(f':{name}' for name in names)})"
    target.executemany(sql, rows)
    count: int = target.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    return count


def _remove(part: Path) -> None:
    for path in (part, *(Path(f"{part}{ending}") for ending in ("-wal", "-shm", "-journal", ".lock"))):
        path.unlink(missing_ok=True)

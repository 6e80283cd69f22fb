"""The catalogue by itself: SQLite's own checks, its schema, its full-text index, and what must always hold between its rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from newsarchive.catalogue import schema
from newsarchive.catalogue.temporary import keep_inside
from newsarchive.vault.verify.findings import CATALOGUE as NAME
from newsarchive.vault.verify.findings import Checked, Finding, unreadable

_MOST = 20  # findings of one kind that are told one by one
_TABLES = ("articles", "comments")

# Each query gives one row per break of the rule: what it is about, and the address where there is one.
RULES = {
    "the crawl says how it ended, but not when, or the other way round": (
        "SELECT id, NULL FROM crawls WHERE (finished_at IS NULL AND finish_reason = 'finished')"
        " OR (finished_at IS NOT NULL AND finish_reason IS NULL)"
    ),
    "the crawl is said to be finished, but this capture was not read": (
        "SELECT k.id, k.url FROM captures k JOIN crawls c ON c.id = k.crawl_id"
        " WHERE k.read_at IS NULL AND c.finish_reason = 'finished'"
    ),
    "the crawl is finished, but what this capture showed of comments waits to be told apart": (
        "SELECT DISTINCT o.capture_id, k.url FROM observations o JOIN captures k ON k.id = o.capture_id"
        " JOIN crawls c ON c.id = k.crawl_id WHERE c.finished_at IS NOT NULL"
    ),
    "the capture stands in a file of another crawl": (
        "SELECT k.id, k.url FROM captures k JOIN warcs w ON w.id = k.warc_id WHERE w.crawl_id <> k.crawl_id"
    ),
    "the capture is one of another site than its crawl": (
        "SELECT k.id, k.url FROM captures k JOIN crawls c ON c.id = k.crawl_id WHERE c.site_id <> k.site_id"
    ),
    "the capture refers to one that is not there": (
        "SELECT k.id, k.url FROM captures k WHERE k.revisit_of IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM captures o WHERE o.id = k.revisit_of)"
    ),
    "the file has a name that leads out of the archive": (
        "SELECT id, NULL FROM warcs WHERE id GLOB '*/*' OR id NOT GLOB '*.warc.gz' OR id GLOB '.*'"
    ),
    "the article is shown by a capture that counts as not read": (
        "SELECT a.id, a.url FROM articles a JOIN captures k ON k.id = a.capture_id WHERE k.read_at IS NULL"
    ),
    "the comment is shown by a capture that counts as not read": (
        "SELECT m.id, k.url FROM comments m JOIN captures k ON k.id = m.capture_id WHERE k.read_at IS NULL"
    ),
    "the article has not as many revisions as it says": (
        "SELECT a.id, a.url FROM articles a WHERE a.revision_count + 1 <>"
        " (SELECT count(*) FROM article_revisions r WHERE r.article_id = a.id)"
    ),
    "the article shows a content that is none of its revisions": (
        "SELECT a.id, a.url FROM articles a WHERE NOT EXISTS"
        " (SELECT 1 FROM article_revisions r WHERE r.id = a.id || '@' || a.digest)"
    ),
    "the comment was seen in no capture": (
        "SELECT m.id, NULL FROM comments m WHERE NOT EXISTS (SELECT 1 FROM sightings s WHERE s.comment_id = m.id)"
    ),
    "the comment's article is known, but the comment does not name it": (
        "SELECT m.id, a.url FROM comments m JOIN articles a ON a.thread_id = m.thread_id WHERE m.article_id IS NULL"
    ),
    "the comment is deleted without a time, or has the time and is not deleted": (
        "SELECT id, NULL FROM comments WHERE (status = 'deleted') <> (deleted_seen IS NOT NULL)"
    ),
}


@dataclass(frozen=True, slots=True)
class Structure:
    """SQLite's checks of pages, indexes, constraints and references; `quick` leaves out that indexes agree with their tables."""

    path: Path
    quick: bool

    def run(self) -> Checked:
        """Run them."""
        with closing(connect(self.path)) as connection:
            return _guarded(self._faults(connection))

    def _faults(self, connection: sqlite3.Connection) -> Iterator[Finding]:
        check = "quick_check" if self.quick else "integrity_check"
        yield from (Finding(NAME, line[0]) for line in connection.execute(f"PRAGMA {check}({_MOST})") if line[0] != "ok")
        for table, _, parent, _ in connection.execute("PRAGMA foreign_key_check"):
            yield Finding(NAME, f"a row of {table} refers to a row of {parent} that is not there")
        yield from _schema_faults(connection)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule between rows."""

    path: Path
    what: str

    def run(self) -> Checked:
        """Look for what breaks it."""
        with closing(connect(self.path)) as connection:
            return _guarded(self._faults(connection))

    def _faults(self, connection: sqlite3.Connection) -> Iterator[Finding]:
        found = connection.execute(f"SELECT * FROM ({RULES[self.what]}) LIMIT {_MOST}").fetchall()
        for key, url in found:
            yield Finding(NAME, f"{key}: {self.what}", url=url)
        if len(found) == _MOST:
            yield Finding(NAME, f"perhaps more of the same: {self.what}")


@dataclass(frozen=True, slots=True)
class FullText:
    """The full-text index of one table against the table. `quick` compares the numbers of rows only."""

    path: Path
    table: str
    quick: bool

    def run(self) -> Checked:
        """Check the index."""
        with closing(connect(self.path)) as connection:
            counted = _guarded(self._count(connection))
        return counted if self.quick or counted.findings else _guarded(self._compare())

    def _count(self, connection: sqlite3.Connection) -> Iterator[Finding]:
        sides = (
            (f"{self.table}", f"{self.table}_fts_docsize", "rowid", "id", "is not in"),
            (f"{self.table}_fts_docsize", f"{self.table}", "id", "rowid", "is only in"),
        )
        for one, other, key, match, what in sides:
            sql = f"SELECT count(*) FROM {one} o WHERE NOT EXISTS (SELECT 1 FROM {other} t WHERE t.{match} = o.{key})"
            if count := connection.execute(sql).fetchone()[0]:
                yield Finding(
                    NAME, f"{count} rows: what {what} {self.table}'s full-text index; newsarchive rebuild makes it anew"
                )

    def _compare(self) -> Iterator[Finding]:
        """FTS5's own comparison is a command that wants a write transaction, though it writes nothing: it is rolled back."""
        try:
            with closing(
                sqlite3.connect(f"{self.path.as_uri()}?mode=rw", uri=True, timeout=60, isolation_level=None)
            ) as connection:
                connection.execute("BEGIN IMMEDIATE")
                try:
                    connection.execute(f"INSERT INTO {self.table}_fts({self.table}_fts, rank) VALUES ('integrity-check', 1)")
                finally:
                    connection.execute("ROLLBACK")
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF not in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}:
                what = f"the full-text index of {self.table} does not agree with its table; newsarchive rebuild makes it anew"
                yield Finding(NAME, what)
            else:
                yield Finding(NAME, f"the full-text index of {self.table} could not be checked: {error}", fault=False)


def tasks(path: Path, *, quick: bool) -> Iterator[Structure | Rule | FullText]:
    """All that is checked of a catalogue, the long checks first."""
    yield Structure(path, quick)
    yield from (FullText(path, table, quick) for table in _TABLES)
    yield from (Rule(path, what) for what in RULES)


def connect(path: Path) -> sqlite3.Connection:
    """The catalogue for reading only."""
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=60)
    keep_inside(connection, path.parent)
    connection.row_factory = sqlite3.Row
    return connection


def _guarded(findings: Iterator[Finding]) -> Checked:
    """What was found until the database itself gave up."""
    found = []
    try:
        for finding in findings:
            found.append(finding)
    except sqlite3.DatabaseError as error:
        found.append(unreadable(error))
    return Checked(tuple(found))


def _schema_faults(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Whether this version's migrations were applied, all and no others, and whether the tables are as they leave them."""
    applied = {row[0] for row in connection.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = 'newsarchive'")}
    known = schema.names()
    if newer := applied - known:
        yield Finding(NAME, f"was written by a newer version of newsarchive ({', '.join(sorted(newer))})")
    elif missing := known - applied:
        yield Finding(
            NAME, f"is of an older version; the next crawl brings it up to date ({', '.join(sorted(missing))})", fault=False
        )
    else:
        with closing(schema.prepare(":memory:")) as fresh:
            ours, theirs = _objects(fresh), _objects(connection)
        for name in sorted(ours.keys() | theirs.keys()):
            if ours.get(name) != theirs.get(name):
                yield Finding(NAME, f"{name} is not as this version makes it")


def _objects(connection: sqlite3.Connection) -> dict[str, str | None]:
    return {row[0]: row[1] for row in connection.execute("SELECT name, sql FROM sqlite_master")}

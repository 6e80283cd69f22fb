"""The catalogue's tables, as numbered migrations. Times are ISO 8601 text in UTC (`Z`); keys are natural text."""

from __future__ import annotations

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database, Migrations

migrations = Migrations("newsarchive")

TABLES = """
CREATE TABLE sites (
    id TEXT PRIMARY KEY, name TEXT, url TEXT, in_language TEXT, country TEXT, comment_platform TEXT
) STRICT;

CREATE TABLE crawls (
    id TEXT PRIMARY KEY, site_id TEXT NOT NULL REFERENCES sites(id), kind TEXT NOT NULL, started_at TEXT NOT NULL,
    finished_at TEXT, finish_reason TEXT, software TEXT, config TEXT, stats TEXT
) STRICT;
CREATE INDEX crawls_site ON crawls(site_id, started_at);

CREATE TABLE warcs (
    id TEXT PRIMARY KEY, crawl_id TEXT REFERENCES crawls(id), bytes INTEGER, sha256 TEXT, records INTEGER, closed_at TEXT
) STRICT;

CREATE TABLE captures (
    id TEXT PRIMARY KEY, site_id TEXT NOT NULL REFERENCES sites(id), crawl_id TEXT NOT NULL REFERENCES crawls(id),
    url TEXT NOT NULL, url_key TEXT NOT NULL, captured_at TEXT NOT NULL, status INTEGER, mime TEXT, record_type TEXT NOT NULL,
    purpose TEXT NOT NULL, payload_digest TEXT, payload_bytes INTEGER, truncated TEXT, revisit_of TEXT,
    warc_id TEXT NOT NULL REFERENCES warcs(id), warc_offset INTEGER NOT NULL, warc_length INTEGER NOT NULL,
    read_at TEXT, read_error TEXT
) STRICT;
CREATE INDEX captures_url ON captures(url_key, captured_at);
CREATE INDEX captures_crawl ON captures(crawl_id, url_key);
CREATE INDEX captures_site ON captures(site_id, captured_at);
CREATE INDEX captures_purpose ON captures(purpose, status);
CREATE INDEX captures_warc ON captures(warc_id, warc_offset);
CREATE INDEX captures_unread ON captures(crawl_id) WHERE read_at IS NULL;

CREATE TABLE outcomes (
    crawl_id TEXT NOT NULL REFERENCES crawls(id), url TEXT NOT NULL, kind TEXT NOT NULL, detail TEXT, at TEXT NOT NULL,
    PRIMARY KEY (crawl_id, url, kind)
) STRICT;
CREATE INDEX outcomes_kind ON outcomes(kind);

CREATE TABLE threads (
    id TEXT PRIMARY KEY, site_id TEXT NOT NULL REFERENCES sites(id), platform TEXT NOT NULL, url TEXT,
    status TEXT NOT NULL DEFAULT 'open', comment_count_reported INTEGER, next_visit TEXT
) STRICT;
CREATE INDEX threads_site ON threads(site_id, platform);

CREATE TABLE thread_pages (
    capture_id TEXT NOT NULL REFERENCES captures(id), thread_id TEXT NOT NULL REFERENCES threads(id),
    status TEXT, claimed INTEGER, leads_to TEXT NOT NULL, whole INTEGER NOT NULL,
    PRIMARY KEY (capture_id, thread_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX thread_pages_thread ON thread_pages(thread_id);

CREATE TABLE thread_visits (
    thread_id TEXT NOT NULL REFERENCES threads(id), crawl_id TEXT NOT NULL REFERENCES crawls(id), seen_at TEXT NOT NULL,
    complete INTEGER NOT NULL, found INTEGER NOT NULL, claimed INTEGER, stop_reason TEXT,
    PRIMARY KEY (thread_id, crawl_id)
) STRICT;
CREATE INDEX thread_visits_crawl ON thread_visits(crawl_id);

CREATE TABLE articles (
    id TEXT PRIMARY KEY, site_id TEXT NOT NULL REFERENCES sites(id), thread_id TEXT, url TEXT NOT NULL,
    headline TEXT, alternative_headline TEXT, description TEXT, section TEXT, in_language TEXT,
    date_published TEXT, date_published_raw TEXT, date_modified TEXT, date_modified_raw TEXT,
    attribution TEXT, main_image TEXT, paywalled INTEGER, word_count INTEGER NOT NULL,
    comment_count INTEGER NOT NULL DEFAULT 0, comment_count_reported INTEGER, revision_count INTEGER NOT NULL DEFAULT 0,
    first_seen TEXT NOT NULL, last_seen TEXT NOT NULL, gone_seen TEXT, next_visit TEXT,
    capture_id TEXT NOT NULL REFERENCES captures(id), digest TEXT NOT NULL, text TEXT
) STRICT;
CREATE INDEX articles_site ON articles(site_id, date_published);
CREATE INDEX articles_date ON articles(date_published);
CREATE INDEX articles_thread ON articles(thread_id);
CREATE INDEX articles_section ON articles(section);
CREATE INDEX articles_capture ON articles(capture_id);

CREATE TABLE article_urls (
    url_key TEXT NOT NULL, url TEXT NOT NULL, article_id TEXT NOT NULL REFERENCES articles(id), kind TEXT NOT NULL,
    PRIMARY KEY (url_key, article_id)
) STRICT;
CREATE INDEX article_urls_article ON article_urls(article_id);

CREATE TABLE article_revisions (
    id TEXT PRIMARY KEY, article_id TEXT NOT NULL REFERENCES articles(id), digest TEXT NOT NULL,
    first_seen TEXT NOT NULL, last_seen TEXT NOT NULL, capture_id TEXT NOT NULL REFERENCES captures(id),
    headline TEXT, alternative_headline TEXT, description TEXT, section TEXT, in_language TEXT,
    date_published TEXT, date_published_raw TEXT, date_modified TEXT, date_modified_raw TEXT,
    attribution TEXT, authors TEXT, text TEXT
) STRICT;
CREATE INDEX article_revisions_article ON article_revisions(article_id, first_seen);

CREATE TABLE authors (
    id TEXT PRIMARY KEY, site_id TEXT NOT NULL REFERENCES sites(id), name TEXT NOT NULL, url TEXT
) STRICT;
CREATE INDEX authors_site ON authors(site_id, name);
CREATE TABLE article_authors (
    article_id TEXT NOT NULL REFERENCES articles(id), author_id TEXT NOT NULL REFERENCES authors(id), position INTEGER NOT NULL,
    PRIMARY KEY (article_id, author_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_authors_author ON article_authors(author_id);

CREATE TABLE tags (
    id TEXT PRIMARY KEY, site_id TEXT NOT NULL REFERENCES sites(id), name TEXT NOT NULL
) STRICT;
CREATE INDEX tags_site ON tags(site_id, name);
CREATE TABLE article_tags (
    article_id TEXT NOT NULL REFERENCES articles(id), tag_id TEXT NOT NULL REFERENCES tags(id),
    PRIMARY KEY (article_id, tag_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_tags_tag ON article_tags(tag_id);

CREATE TABLE links (
    article_id TEXT NOT NULL REFERENCES articles(id), url TEXT NOT NULL, position INTEGER NOT NULL,
    PRIMARY KEY (article_id, url)
) STRICT, WITHOUT ROWID;
CREATE TABLE media (
    article_id TEXT NOT NULL REFERENCES articles(id), url TEXT NOT NULL, position INTEGER NOT NULL,
    PRIMARY KEY (article_id, url)
) STRICT, WITHOUT ROWID;

CREATE TABLE commenters (
    id TEXT PRIMARY KEY, site_id TEXT NOT NULL REFERENCES sites(id), name TEXT NOT NULL, identity TEXT NOT NULL,
    comment_count INTEGER NOT NULL DEFAULT 0, first_comment TEXT, last_comment TEXT
) STRICT;
CREATE INDEX commenters_site ON commenters(site_id, name);

CREATE TABLE comments (
    id TEXT PRIMARY KEY, site_id TEXT NOT NULL REFERENCES sites(id), article_id TEXT REFERENCES articles(id),
    thread_id TEXT NOT NULL REFERENCES threads(id), parent_id TEXT, depth INTEGER, position INTEGER,
    commenter_id TEXT REFERENCES commenters(id), author_name TEXT,
    date_created TEXT, date_created_precision TEXT, date_created_earliest TEXT, date_created_latest TEXT, date_created_raw TEXT,
    in_language TEXT, text TEXT, upvotes INTEGER, downvotes INTEGER, status TEXT NOT NULL, platform TEXT NOT NULL,
    revision_count INTEGER NOT NULL DEFAULT 0, first_seen TEXT NOT NULL, last_seen TEXT NOT NULL, deleted_seen TEXT,
    capture_id TEXT NOT NULL REFERENCES captures(id)
) STRICT;
CREATE INDEX comments_article ON comments(article_id, date_created);
CREATE INDEX comments_thread ON comments(thread_id, position);
CREATE INDEX comments_parent ON comments(parent_id);
CREATE INDEX comments_commenter ON comments(commenter_id, date_created);
CREATE INDEX comments_date ON comments(date_created);
CREATE INDEX comments_site ON comments(site_id, date_created);
CREATE INDEX comments_status ON comments(status, date_created);
CREATE INDEX comments_capture ON comments(capture_id);

CREATE TABLE comment_revisions (
    id TEXT PRIMARY KEY, comment_id TEXT NOT NULL REFERENCES comments(id), digest TEXT NOT NULL,
    first_seen TEXT NOT NULL, last_seen TEXT NOT NULL, capture_id TEXT NOT NULL REFERENCES captures(id), text TEXT
) STRICT;
CREATE INDEX comment_revisions_comment ON comment_revisions(comment_id, first_seen);

CREATE TABLE comment_votes (
    comment_id TEXT NOT NULL REFERENCES comments(id), seen TEXT NOT NULL, up INTEGER, down INTEGER,
    PRIMARY KEY (comment_id, seen)
) STRICT, WITHOUT ROWID;

CREATE TABLE placements (
    comment_id TEXT PRIMARY KEY, parent_id TEXT, seen TEXT NOT NULL, capture_id TEXT NOT NULL REFERENCES captures(id)
) STRICT;

CREATE TABLE sightings (
    capture_id TEXT NOT NULL REFERENCES captures(id), comment_id TEXT NOT NULL REFERENCES comments(id),
    PRIMARY KEY (capture_id, comment_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sightings_comment ON sightings(comment_id);

CREATE TABLE site_days (
    site_id TEXT NOT NULL REFERENCES sites(id), day TEXT NOT NULL, articles INTEGER NOT NULL DEFAULT 0,
    comments INTEGER NOT NULL DEFAULT 0, comments_edited INTEGER NOT NULL DEFAULT 0,
    comments_deleted INTEGER NOT NULL DEFAULT 0, comments_undated INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (site_id, day)
) STRICT;
"""


def _full_text(table: str, columns: tuple[str, ...]) -> str:
    """FTS5 over `columns` of `table`, kept in step by triggers that fire only when an indexed value changes."""
    names = ", ".join(columns)
    new, old = (", ".join(f"{row}.{c}" for c in columns) for row in ("new", "old"))
    changed = " OR ".join(f"old.{c} IS NOT new.{c}" for c in columns)
    remove = f"INSERT INTO {table}_fts({table}_fts, rowid, {names}) VALUES ('delete', old.rowid, {old});"
    add = f"INSERT INTO {table}_fts(rowid, {names}) VALUES (new.rowid, {new});"
    return f"""
CREATE VIRTUAL TABLE {table}_fts USING fts5({names}, content="{table}", tokenize="unicode61 remove_diacritics 2");
CREATE TRIGGER {table}_fts_insert AFTER INSERT ON {table} BEGIN {add} END;
CREATE TRIGGER {table}_fts_delete AFTER DELETE ON {table} BEGIN {remove} END;
CREATE TRIGGER {table}_fts_update AFTER UPDATE OF {names} ON {table} WHEN {changed} BEGIN {remove} {add} END;
"""


def _run(db: Database, script: str) -> None:
    """Run a script statement by statement, inside the caller's transaction (`executescript` would commit it)."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            db.execute(statement)
            statement = ""


@migrations()
def m001_catalogue(db: Database) -> None:
    """The tables of the first catalogue, and full-text search over articles and comments."""
    _run(db, TABLES)
    _run(db, _full_text("articles", ("headline", "alternative_headline", "description", "text")))
    _run(db, _full_text("comments", ("author_name", "text")))


@migrations()
def m002_language(db: Database) -> None:
    """How sure the language of a comment is, and whether it is written in two."""
    db.execute("ALTER TABLE comments ADD COLUMN in_language_score REAL")
    db.execute("ALTER TABLE comments ADD COLUMN in_language_mixed INTEGER")


@migrations()
def m003_identity(db: Database) -> None:
    """What a running crawl saw of comments without numbers, and where on its page each comment stood."""
    db.execute("ALTER TABLE sightings ADD COLUMN position INTEGER")
    db.execute(
        "CREATE TABLE observations (capture_id TEXT NOT NULL REFERENCES captures(id), place INTEGER NOT NULL,"
        " thread_id TEXT NOT NULL REFERENCES threads(id), comment TEXT NOT NULL, PRIMARY KEY (capture_id, place))"
        " STRICT, WITHOUT ROWID"
    )


@migrations()
def m004_thread_urls(db: Database) -> None:
    """Where each page says that its thread is read: a thread's address is that of the latest page that names one."""
    db.execute("ALTER TABLE thread_pages ADD COLUMN url TEXT")


@migrations()
def m005_takedowns(db: Database) -> None:
    """What was taken down: orders, keyed hashes of what they name, captures whose bytes they concern. They refer to no other
    table: a rebuild reads the orders first, and then what they keep out."""
    _run(
        db,
        """
CREATE TABLE takedowns (
    id TEXT PRIMARY KEY, site_id TEXT NOT NULL, case_number TEXT NOT NULL, reason TEXT NOT NULL, kind TEXT NOT NULL,
    ordered_at TEXT NOT NULL, finished_at TEXT, lifted_at TEXT
) STRICT;
CREATE TABLE takedown_hashes (
    hash TEXT NOT NULL, takedown_id TEXT NOT NULL REFERENCES takedowns(id), PRIMARY KEY (hash, takedown_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE takedown_captures (
    capture_id TEXT NOT NULL, takedown_id TEXT NOT NULL REFERENCES takedowns(id), payload_digest TEXT, blanked_at TEXT,
    PRIMARY KEY (capture_id, takedown_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX takedown_captures_takedown ON takedown_captures(takedown_id, blanked_at);
""",
    )


def names() -> set[str]:
    """The names of all migrations that this version knows."""
    return {migration.name for migration in migrations.pending(Database(memory=True))}


@migrations()
def m006_readers(db: Database) -> None:
    """Which code, and which profile, a crawl's pages were read with into this catalogue."""
    db.execute("ALTER TABLE crawls ADD COLUMN read_by TEXT")


@migrations()
def m007_counted_places(db: Database) -> None:
    """Whether the number that a thread's page claims is known to hold the places of comments that were taken away."""
    db.execute("ALTER TABLE thread_pages ADD COLUMN counts_hidden INTEGER NOT NULL DEFAULT 0")


def prepare(path: str) -> sqlite3.Connection:
    """Open the catalogue at `path` (made if it is not there), bring its schema up to date, and return the connection.

    The connection is in autocommit: a writer opens `BEGIN IMMEDIATE` itself, because a plain BEGIN that reads and then
    writes fails at once beside another writer, whatever the busy timeout.
    """
    with _alone(path):
        connection = sqlite3.connect(path, timeout=60, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.row_factory = sqlite3.Row
        migrations.apply(Database(connection))
    return connection


# Indexes that only people's questions use.
_FOR_BROWSING = (
    *("captures_url", "captures_site", "captures_purpose", "outcomes_kind", "threads_site", "articles_site", "articles_date"),
    *("articles_section", "articles_capture", "authors_site", "tags_site", "commenters_site", "comments_date", "comments_site"),
    *("comments_status", "comments_capture"),
)
_OF_FULL_TEXT = "SELECT name, type, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_fts_%'"
_OF_BROWSING = f"SELECT name, type, sql FROM sqlite_master WHERE type = 'index' AND name IN {_FOR_BROWSING}"


@contextmanager
def bulk_load(connection: sqlite3.Connection) -> Iterator[None]:
    """Fill a new catalogue: what only makes it quick to search is made at the end, and a crash may leave it useless.

    The caller throws it away then.
    """
    for pragma in ("journal_mode = MEMORY", "synchronous = OFF", "locking_mode = EXCLUSIVE", "cache_size = -65536"):
        connection.execute(f"PRAGMA {pragma}")
    later = [tuple(row) for query in (_OF_FULL_TEXT, _OF_BROWSING) for row in connection.execute(query)]
    for name, kind, _ in later:
        connection.execute(f"DROP {kind} {name}")
    yield
    with transaction(connection):
        for _, _, sql in later:
            connection.execute(sql)
        for table in ("articles", "comments"):
            connection.execute(f"INSERT INTO {table}_fts({table}_fts) VALUES ('rebuild')")
    connection.execute("PRAGMA locking_mode = NORMAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA journal_mode = WAL")


@contextmanager
def _alone(path: str) -> Iterator[None]:
    """Only one process at a time makes a catalogue or changes its schema: cron may start many crawls in one minute."""
    if path == ":memory:":
        yield
        return
    with Path(f"{path}.lock").open("w", encoding="ascii") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """One write transaction, begun at once (BEGIN IMMEDIATE): it waits for other writers instead of failing half way."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:  # whatever ends the block, an interrupt too, must not leave a transaction open; it goes on its way
        if connection.in_transaction:  # SQLite itself may have rolled back: a full disk, an I/O error
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")

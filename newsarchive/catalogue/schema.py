"""The catalogue's tables, as numbered migrations. Times are ISO 8601 text in UTC (`Z`); keys are natural text."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from newsarchive.catalogue.migrating import Database, Migrations
from newsarchive.catalogue.statements import full_text, run
from newsarchive.catalogue.temporary import keep_inside
from newsarchive.durable import sync_folder

migrations = Migrations("newsarchive")

_IN_MEMORY = ":memory:"
_FIRST_TABLES = Path(__file__).with_name("tables.sql")
_BROWSING = Path(__file__).with_name("browsing.sql")
_BROWSING_DEEP = Path(__file__).with_name("browsing_deep.sql")
_CHARTS = Path(__file__).with_name("charts.sql")
_UNCOUNTED = Path(__file__).with_name("uncounted.sql")


@migrations()
def m001_catalogue(db: Database) -> None:
    """The tables of the first catalogue, and full-text search over articles and comments."""
    run(db, _FIRST_TABLES.read_text(encoding="utf-8"))
    run(db, full_text("articles", ("headline", "alternative_headline", "description", "text")))
    run(db, full_text("comments", ("author_name", "text")))


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
    run(
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


@migrations()
def m006_readers(db: Database) -> None:
    """Which code, and which profile, a crawl's pages were read with into this catalogue."""
    db.execute("ALTER TABLE crawls ADD COLUMN read_by TEXT")


@migrations()
def m007_counted_places(db: Database) -> None:
    """Whether the number that a thread's page claims is known to hold the places of comments that were taken away."""
    db.execute("ALTER TABLE thread_pages ADD COLUMN counts_hidden INTEGER NOT NULL DEFAULT 0")


@migrations()
def m008_noarchive(db: Database) -> None:
    """Whether a page asks not to be archived."""
    db.execute("ALTER TABLE captures ADD COLUMN noarchive INTEGER NOT NULL DEFAULT 0")


@migrations()
def m009_crawl_numbers(db: Database) -> None:
    """A crawl's place among the archive's, which no clock moves."""
    db.execute("ALTER TABLE crawls ADD COLUMN number INTEGER NOT NULL DEFAULT 0")


@migrations()
def m010_moves(db: Database) -> None:
    """Where answers send their readers, what each page shows of an article, and which articles are one."""
    db.execute("ALTER TABLE captures ADD COLUMN location TEXT")
    db.execute("ALTER TABLE articles ADD COLUMN partial INTEGER NOT NULL DEFAULT 0")
    db.execute("ALTER TABLE article_revisions ADD COLUMN partial INTEGER NOT NULL DEFAULT 0")
    run(
        db,
        """
CREATE TABLE article_pages (
    capture_id TEXT PRIMARY KEY REFERENCES captures(id), article_id TEXT, shows TEXT NOT NULL, part INTEGER,
    leads_to TEXT NOT NULL, digest TEXT, article TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX article_pages_article ON article_pages(article_id, part);
CREATE TABLE moved_articles (id TEXT PRIMARY KEY, article_id TEXT NOT NULL REFERENCES articles(id)) STRICT, WITHOUT ROWID;
CREATE INDEX moved_articles_article ON moved_articles(article_id);
CREATE INDEX articles_words ON articles(site_id, word_count);
CREATE INDEX articles_gone ON articles(site_id) WHERE gone_seen IS NOT NULL;
""",
    )


def names() -> set[str]:
    """The names of all migrations that this version knows."""
    return {migration.name for migration in migrations.pending(Database(memory=True))}


@migrations()
def m011_payloads(db: Database) -> None:
    """An index that tells whether a body is in the archive already."""
    db.execute("CREATE INDEX captures_payload ON captures(payload_digest) WHERE record_type = 'response'")


@migrations()
def m012_signs(db: Database) -> None:
    """The sign under which each thread was last read wholly, and what a running crawl was told of signs."""
    run(
        db,
        """
CREATE TABLE signs (
    thread_id TEXT PRIMARY KEY, site_id TEXT NOT NULL REFERENCES sites(id), url TEXT NOT NULL, digest TEXT NOT NULL,
    read TEXT NOT NULL
) STRICT;
CREATE INDEX signs_site ON signs(site_id);
CREATE TABLE sign_parts (
    capture_id TEXT NOT NULL REFERENCES captures(id), thread_id TEXT NOT NULL, digest TEXT NOT NULL, url TEXT,
    PRIMARY KEY (capture_id, thread_id)
) STRICT, WITHOUT ROWID;
""",
    )


@migrations()
def m013_read_again(db: Database) -> None:
    """With which code a capture was read again, and gave the same comments."""
    db.execute("ALTER TABLE captures ADD COLUMN read_by TEXT")


@migrations()
def m014_browsing_comments(db: Database) -> None:
    """How many comments there are of each site and status, or of the one given the other: told by an index alone."""
    run(
        db,
        """
CREATE INDEX comments_site_status ON comments(site_id, status);
DROP INDEX comments_status;
CREATE INDEX comments_status ON comments(status, date_created, site_id);
""",
    )


@migrations()
def m015_browsing_orders(db: Database) -> None:
    """What pages sort by, and what the ready-made questions ask for, stands in this order in an index."""
    run(db, _BROWSING.read_text(encoding="utf-8"))


@migrations()
def m016_charts(db: Database) -> None:
    """What charts show, counted by site."""
    db.execute("ALTER TABLE site_days ADD COLUMN articles_edited INTEGER NOT NULL DEFAULT 0")
    db.execute("ALTER TABLE site_days ADD COLUMN articles_gone INTEGER NOT NULL DEFAULT 0")
    run(db, _CHARTS.read_text(encoding="utf-8"))


@migrations()
def m017_moved_threads(db: Database) -> None:
    """Which threads are one: those of an article that moved, where the platform gives comments no numbers."""
    db.execute(
        "CREATE TABLE moved_threads (id TEXT PRIMARY KEY, thread_id TEXT NOT NULL REFERENCES threads(id)) STRICT, WITHOUT ROWID"
    )
    db.execute("CREATE INDEX moved_threads_thread ON moved_threads(thread_id)")


@migrations()
def m018_due(db: Database) -> None:
    """What of a site is due next, by an index alone."""
    for table in ("articles", "threads"):
        db.execute(f"CREATE INDEX {table}_due ON {table}(site_id, next_visit) WHERE next_visit IS NOT NULL")


@migrations()
def m019_what_captures_show(db: Database) -> None:
    """Which versions of articles and comments a capture showed first, as its page tells."""
    for table in ("article_revisions", "comment_revisions"):
        db.execute(f"CREATE INDEX {table}_capture ON {table}(capture_id)")


@migrations()
def m020_browsing_deep(db: Database) -> None:
    """What facets, sorts and filters of large tables ask for."""
    run(db, _BROWSING_DEEP.read_text(encoding="utf-8"))


@migrations()
def m021_ends_of_crawls(db: Database) -> None:
    """How crawls ended, and the last ones of each kind of a site: without their statistics and settings, which are long."""
    db.execute("CREATE INDEX crawls_reason ON crawls(finish_reason, started_at, site_id)")
    db.execute(
        "CREATE INDEX crawls_kind ON crawls(site_id, kind, coalesce(json_extract(config, '$.due'), 0), number, started_at, id)"
    )


@migrations()
def m022_uncounted(db: Database) -> None:
    """What has changed since a site was counted: so a crawl's end counts that, and not each of its comments again."""
    run(db, _UNCOUNTED.read_text(encoding="utf-8"))


@migrations()
def m023_ties(db: Database) -> None:
    """Articles of one number of comments in the order of their keys: of a large archive these are very many."""
    db.execute("CREATE INDEX articles_discussed ON articles(comment_count, id)")


def prepare(path: str) -> sqlite3.Connection:
    """Open the catalogue at `path` (made if it is not there), bring its schema up to date, and return the connection.

    The connection is in autocommit: a writer opens `BEGIN IMMEDIATE` itself, because a plain BEGIN that reads and then
    writes fails at once beside another writer, whatever the busy timeout.
    """
    with _alone(path):
        if path != _IN_MEMORY and not Path(path).exists():
            _make(Path(path))
        connection = sqlite3.connect(path, timeout=60, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA temp_store = MEMORY")  # what undoes a page or a statement: thousands of small writes
        if path != _IN_MEMORY:
            keep_inside(connection, Path(path).parent)
        connection.row_factory = sqlite3.Row
        migrations.apply(Database(connection))
    return connection


def _make(path: Path) -> None:
    """Make a catalogue that holds nothing yet. It gets its name when it is whole: a crash leaves none without its tables."""
    made = path.with_name(f"{path.name}.making")
    made.unlink(missing_ok=True)  # what a crash left
    with closing(sqlite3.connect(made, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")  # one wait for the disk instead of one for each migration
        keep_inside(connection, path.parent)
        migrations.apply(Database(connection))
    with made.open("rb") as file:
        os.fsync(file.fileno())
    made.rename(path)
    sync_folder(path.parent)


@contextmanager
def _alone(path: str) -> Iterator[None]:
    """Only one process at a time makes a catalogue or changes its schema: cron may start many crawls in one minute."""
    if path == _IN_MEMORY:
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

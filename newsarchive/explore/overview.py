"""The numbers and lists of the start page: what is in this archive, and how its sites are."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from datasette.database import Database
from datasette.utils import sqlite_timelimit

from newsarchive.watching.report import health

_MILLISECONDS = 3000
_TOTALS = """
SELECT (SELECT count(*) FROM articles) AS articles, (SELECT count(*) FROM comments WHERE deleted_seen IS NOT NULL) AS deleted,
  (SELECT count(*) FROM captures) AS captures, (SELECT count(*) FROM warcs) AS warcs, (SELECT sum(bytes) FROM warcs) AS bytes,
  (SELECT min(date_published) FROM articles) AS earliest, (SELECT max(date_published) FROM articles) AS latest
"""
# To count millions of comments takes too long: they stand in the days that are counted when a crawl ends, if one has ended.
_SITES = """
SELECT s.id, s.name, s.in_language, (SELECT count(*) FROM articles WHERE site_id = s.id) AS articles,
  coalesce((SELECT sum(comments + comments_undated) FROM site_days WHERE site_id = s.id),
    (SELECT count(*) FROM comments WHERE site_id = s.id)) AS comments
FROM sites s ORDER BY articles DESC, s.id
"""
_LATEST = """
SELECT a.id, a.headline, a.url, a.date_published, a.section, a.comment_count, s.name AS site
FROM articles a JOIN sites s ON s.id = a.site_id ORDER BY a.date_published DESC LIMIT 12
"""
_CRAWLS = """
SELECT c.id, c.site_id, s.name AS site, c.kind, c.started_at, c.finished_at, c.finish_reason
FROM crawls c JOIN sites s ON s.id = c.site_id ORDER BY c.started_at DESC LIMIT 6
"""
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Overview:
    """What the start page tells. `health` says by site what is wrong with it; nothing where all is well."""

    totals: Row | None = None
    sites: Sequence[Row] = ()
    latest: Sequence[Row] = ()
    crawls: Sequence[Row] = ()
    health: Mapping[str, str] = field(default_factory=dict)

    @property
    def comments(self) -> int:
        """All comments of all sites, as they were when the last crawl of each ended."""
        return sum(site["comments"] for site in self.sites)


_known: WeakKeyDictionary[Database, tuple[object, Overview]] = WeakKeyDictionary()


async def overview(database: Database) -> Overview:
    """The start page's numbers, counted anew where the catalogue has changed since; empty where that would take too long."""
    stamp = _stamp(Path(database.path))
    if database not in _known or _known[database][0] != stamp:
        _known[database] = (stamp, await database.execute_fn(_count))
    return _known[database][1]


def _stamp(path: Path) -> object:
    """What changes with every change of the catalogue: of its file, and of the log that SQLite writes before."""
    files = [file.stat() for file in (path, path.with_name(f"{path.name}-wal")) if file.exists()]
    return [(one.st_mtime_ns, one.st_size, one.st_ino) for one in files]


def _count(connection: sqlite3.Connection) -> Overview:
    try:
        with sqlite_timelimit(connection, _MILLISECONDS):
            sites, latest, crawls = (connection.execute(sql).fetchall() for sql in (_SITES, _LATEST, _CRAWLS))
            wrong = {
                site: "; ".join(f"{one.kind}: {one.reason}" for one in findings)
                for site, findings in health(connection, at=datetime.now(UTC)).items()
                if findings
            }
            return Overview(connection.execute(_TOTALS).fetchone(), sites, latest, crawls, wrong)
    except sqlite3.OperationalError:  # it was interrupted
        return Overview()

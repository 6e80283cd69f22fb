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

from newsarchive.watching.report import health, last_crawls

_MILLISECONDS = 3000
SHOWN = 50  # sites, those with the most articles; to look at the health of one takes 5 ms
_TOTALS = """
SELECT (SELECT count(*) FROM articles) AS articles, (SELECT count(*) FROM comments WHERE deleted_seen IS NOT NULL) AS deleted,
  (SELECT count(*) FROM captures) AS captures, w.warcs, w.bytes,
  (SELECT min(date_published) FROM articles) AS earliest, (SELECT max(date_published) FROM articles) AS latest
FROM (SELECT count(*) AS warcs, sum(bytes) AS bytes FROM warcs) w
"""
# To count millions of comments takes too long: they stand in the months that are counted when a crawl ends, if one has ended.
_SITES = """
SELECT s.id, s.name, s.in_language, (SELECT count(*) FROM articles WHERE site_id = s.id) AS articles,
  coalesce((SELECT sum(comments + comments_undated) FROM site_months WHERE site_id = s.id),
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
    """What the start page tells. `health` says of the `SHOWN` sites what is wrong; nothing where all is well."""

    totals: Row | None = None
    sites: Sequence[Row] = ()
    latest: Sequence[Row] = ()
    crawls: Sequence[Row] = ()
    health: Mapping[str, str] = field(default_factory=dict)
    shown: int = SHOWN

    @property
    def comments(self) -> int:
        """All comments of all sites, as they were when the last crawl of each ended."""
        return sum(site["comments"] for site in self.sites)


# What was counted when the catalogue was as it was; and what was wrong with each site while its last crawls stood as they did.
_known: WeakKeyDictionary[Database, tuple[object, Overview]] = WeakKeyDictionary()
_judged: WeakKeyDictionary[Database, dict[str, tuple[object, str]]] = WeakKeyDictionary()


async def overview(database: Database) -> Overview:
    """The start page's numbers, counted anew where the catalogue has changed since; empty where that would take too long."""
    stamp = _stamp(Path(database.path))
    if database not in _known or _known[database][0] != stamp:
        judged = _judged.setdefault(database, {})
        _known[database] = (stamp, await database.execute_fn(lambda connection: _count(connection, judged)))
    return _known[database][1]


def _stamp(path: Path) -> object:
    """What changes with every change of the catalogue: of its file, and of the log that SQLite writes before."""
    files = [file.stat() for file in (path, path.with_name(f"{path.name}-wal")) if file.exists()]
    return [(one.st_mtime_ns, one.st_size, one.st_ino) for one in files]


def _count(connection: sqlite3.Connection, judged: dict[str, tuple[object, str]]) -> Overview:
    try:
        with sqlite_timelimit(connection, _MILLISECONDS):
            sites, latest, crawls = (connection.execute(sql).fetchall() for sql in (_SITES, _LATEST, _CRAWLS))
            wrong = {site["id"]: _health(connection, site["id"], judged) for site in sites[:SHOWN]}
            return Overview(connection.execute(_TOTALS).fetchone(), sites, latest, crawls, wrong)
    except sqlite3.OperationalError:  # it was interrupted
        return Overview()


def _health(connection: sqlite3.Connection, site: str, judged: dict[str, tuple[object, str]]) -> str:
    """What is wrong with a site, judged anew when one of its last crawls has changed, and each hour: one may be overdue."""
    now = datetime.now(UTC)
    stands = (last_crawls(connection, site), now.replace(minute=0, second=0, microsecond=0))
    if site not in judged or judged[site][0] != stands:
        judged[site] = (stands, "; ".join(f"{one.kind}: {one.reason}" for one in health(connection, site, at=now)))
    return judged[site][1]

"""How each site is doing, out of the catalogue: its last crawl, its own past, and what is wrong with it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from newsarchive.times import from_iso
from newsarchive.watching.judge import Finding, judge
from newsarchive.watching.numbers import Numbers

_LOOKED_AT = 60  # crawls of a site: what is judged is compared with 30, and those with what was before
_HARMLESS = {"shutdown", "out_of_hours"}  # ends after which the next crawl goes on
_SITES = """
SELECT s.id, s.name, (SELECT count(*) FROM articles WHERE site_id = s.id) AS articles,
       (SELECT count(*) FROM comments WHERE site_id = s.id) AS comments,
       (SELECT count(*) FROM comments WHERE site_id = s.id AND status = 'deleted') AS deleted
FROM sites s WHERE s.id = coalesce(?, s.id) AND EXISTS (SELECT 1 FROM crawls WHERE site_id = s.id AND kind = 'visit')
ORDER BY s.id
"""
_COLUMNS = ("id", "name", "articles", "comments", "deleted")
# A crawl that asked for what is due only has fewer pages: it is compared with its like, and so is one that asked for all.
_CRAWLS = """
SELECT id, started_at, finished_at, finish_reason, config, stats FROM crawls
WHERE site_id = ?1 AND kind = 'visit' AND coalesce(json_extract(config, '$.due'), 0) = (
    SELECT coalesce(json_extract(config, '$.due'), 0) FROM crawls WHERE site_id = ?1 AND kind = 'visit'
    ORDER BY number DESC, started_at DESC, id DESC LIMIT 1)
ORDER BY number DESC, started_at DESC, id DESC LIMIT ?2
"""


@dataclass(frozen=True, slots=True)
class SiteReport:
    """One site: `crawls` are the numbers of its finished crawls, oldest first; `findings` what is wrong with it now.

    `spider` is the newspaper's name for `scrapy crawl`; the totals are those of the catalogue.
    """

    site: str
    name: str
    spider: str
    crawl_id: str
    started_at: datetime
    articles: int
    comments: int
    deleted: int
    crawls: tuple[Numbers, ...]
    findings: tuple[Finding, ...]

    @property
    def line(self) -> str:
        """The site's name, and what is wrong with it; or what its last crawl brought."""
        if self.findings:
            return f"{self.site}: " + "; ".join(f"{one.kind}: {one.reason}" for one in self.findings)
        if not self.crawls:
            return f"{self.site}: no crawl has come to its end yet"
        last = self.crawls[-1]
        return f"{self.site}: well; {last.answers} answers, {last.listed} articles listed, {last.comments} comments seen"


def report(connection: sqlite3.Connection, names: Sequence[str] = (), *, at: datetime) -> Iterator[SiteReport]:
    """The reports of all sites, or of those that are named by their id or their newspaper's name; `at` is now."""
    for row in connection.execute(_SITES, [None]).fetchall():
        found = _of_site(connection, dict(zip(_COLUMNS, row, strict=True)), at)
        if not names or {found.site, found.spider} & set(names):
            yield found


def report_of(connection: sqlite3.Connection, site: str, *, at: datetime) -> SiteReport | None:
    """The report of one site; None if it was never crawled."""
    row = connection.execute(_SITES, [site]).fetchone()
    return _of_site(connection, dict(zip(_COLUMNS, row, strict=True)), at) if row else None


def _of_site(connection: sqlite3.Connection, site: Mapping[str, Any], at: datetime) -> SiteReport:
    crawls = connection.execute(_CRAWLS, [site["id"], _LOOKED_AT]).fetchall()
    crawl_id, started_at, finished_at, reason, config, _ = crawls[0]
    said = json.loads(config or "{}")
    numbers = tuple(
        Numbers.of(from_iso(end), why, json.loads(stats or "{}")) for _, _, end, why, _, stats in reversed(crawls) if end
    )
    findings = judge(numbers, said.get("expected") or {}, at=at)
    if finished_at is None and reason and reason not in _HARMLESS:
        findings.append(Finding("stopped", f"its last crawl stopped before its end: {reason}"))
    return SiteReport(
        site=site["id"],
        name=site["name"] or site["id"],
        spider=said.get("spider", ""),
        crawl_id=crawl_id,
        started_at=from_iso(started_at),
        articles=site["articles"],
        comments=site["comments"],
        deleted=site["deleted"],
        crawls=numbers,
        findings=tuple(findings),
    )

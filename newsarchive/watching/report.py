"""How each site is doing, out of the catalogue: its last crawl, its own past, and what is wrong with it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from newsarchive.times import from_iso
from newsarchive.watching.judge import Finding, judge
from newsarchive.watching.numbers import Numbers

_LOOKED_AT = 60  # crawls of a site: what is judged is compared with 30, and those with what was before
_HARMLESS = {"shutdown", "out_of_hours"}  # ends after which the next crawl goes on
_TOTALS = """
SELECT s.id, s.name, (SELECT count(*) FROM articles WHERE site_id = s.id) AS articles,
       (SELECT count(*) FROM comments WHERE site_id = s.id) AS comments,
       (SELECT count(*) FROM comments WHERE site_id = s.id AND status = 'deleted') AS deleted
FROM sites s WHERE s.id = ?
"""
_VISITED = "SELECT id FROM sites s WHERE EXISTS (SELECT 1 FROM crawls WHERE site_id = s.id AND kind = 'visit') ORDER BY id"
_LAST = """
SELECT id, finished_at, finish_reason FROM crawls WHERE site_id = ? AND kind = 'visit'
ORDER BY number DESC, started_at DESC, id DESC LIMIT 2
"""
_COLUMNS = ("id", "name", "articles", "comments", "deleted")
# A crawl that asked for what is due only has fewer pages: it is compared with its like, and so is one that asked for all.
_CRAWLS = """
SELECT id, started_at, finished_at, finish_reason, config, stats FROM crawls
WHERE site_id = ? AND kind = 'visit' AND coalesce(json_extract(config, '$.due'), 0) = ?
ORDER BY number DESC, started_at DESC, id DESC LIMIT ?
"""
_STILL_NEWS = timedelta(days=1)  # what the other kind of crawl found: each morning's report tells it once


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


@dataclass(frozen=True, slots=True)
class _Watch:
    """What the crawls of a site tell; the totals are not in it: they take long to count."""

    spider: str
    crawl_id: str
    started_at: datetime
    crawls: tuple[Numbers, ...]
    findings: tuple[Finding, ...]


def report(connection: sqlite3.Connection, names: Sequence[str] = (), *, at: datetime) -> Iterator[SiteReport]:
    """The reports of all sites, or of those that are named by their id or their newspaper's name; `at` is now."""
    for (site,) in connection.execute(_VISITED).fetchall():
        watch = _watch(connection, site, at)
        if not names or {site, watch.spider} & set(names):
            yield _reported(connection, site, watch)


def report_of(connection: sqlite3.Connection, site: str, *, at: datetime) -> SiteReport | None:
    """The report of one site; None if it was never crawled."""
    visited = {row[0] for row in connection.execute(_VISITED)}
    return _reported(connection, site, _watch(connection, site, at)) if site in visited else None


def health(connection: sqlite3.Connection, site: str, *, at: datetime) -> tuple[Finding, ...]:
    """What is wrong now with a site; nothing if it was never crawled."""
    return _watch(connection, site, at).findings if last_crawls(connection, site) else ()


def last_crawls(connection: sqlite3.Connection, site: str) -> list[tuple[Any, ...]]:
    """How the last visits of a site stand: as long as they stand so, its health changes with the time of day at most."""
    return [tuple(row) for row in connection.execute(_LAST, [site])]


def _reported(connection: sqlite3.Connection, site: str, watch: _Watch) -> SiteReport:
    row: Mapping[str, Any] = dict(zip(_COLUMNS, connection.execute(_TOTALS, [site]).fetchone(), strict=True))
    return SiteReport(
        site=site,
        name=row["name"] or site,
        spider=watch.spider,
        crawl_id=watch.crawl_id,
        started_at=watch.started_at,
        articles=row["articles"],
        comments=row["comments"],
        deleted=row["deleted"],
        crawls=watch.crawls,
        findings=watch.findings,
    )


def _watch(connection: sqlite3.Connection, site: str, at: datetime) -> _Watch:
    kinds = (connection.execute(_CRAWLS, [site, due, _LOOKED_AT]).fetchall() for due in (False, True))
    last, *others = sorted((_judged(crawls, at) for crawls in kinds if crawls), key=lambda one: one.started_at, reverse=True)
    named = {one.kind for one in last.findings}
    earlier = [
        Finding(one.kind, f"{one.reason} (in the crawl of {other.started_at:%Y-%m-%d %H:%M} UTC)")
        for other in others
        for one in other.findings
        if other.started_at > at - _STILL_NEWS and one.kind not in named
    ]
    return replace(last, findings=(*last.findings, *earlier))


def _judged(crawls: Sequence[tuple[Any, ...]], at: datetime) -> _Watch:
    """What crawls of one kind tell, the last one first."""
    crawl_id, started_at, finished_at, reason, config, _ = crawls[0]
    said = json.loads(config or "{}")
    numbers = tuple(
        Numbers.of(from_iso(end), why, json.loads(stats or "{}")) for _, _, end, why, _, stats in reversed(crawls) if end
    )
    findings = judge(numbers, said.get("expected") or {}, at=at)
    if finished_at is None and reason and reason not in _HARMLESS:
        findings.append(Finding("stopped", f"its last crawl stopped before its end: {reason}"))
    return _Watch(said.get("spider", ""), crawl_id, from_iso(started_at), numbers, tuple(findings))

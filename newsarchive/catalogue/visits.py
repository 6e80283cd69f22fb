"""What a finished crawl means for the threads it visited: which of them it saw whole, and which comments are gone."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Collection
from dataclasses import dataclass, field
from itertools import groupby
from urllib.parse import parse_qsl, urlsplit

from newsarchive.catalogue.proof import delete_missing
from newsarchive.catalogue.tallies import count_commenters, count_comments
from newsarchive.urls import url_key

_PAGES = """
SELECT p.thread_id, p.capture_id, p.status, p.claimed, p.leads_to, p.whole, p.counts_hidden, c.captured_at, c.url, c.url_key,
    t.status AS thread_status, EXISTS (SELECT 1 FROM takedown_captures d WHERE d.capture_id IN (c.id, c.revisit_of)) AS spared
FROM thread_pages p JOIN captures c ON c.id = p.capture_id JOIN threads t ON t.id = p.thread_id
WHERE c.crawl_id = ? AND c.truncated IS NULL AND c.read_error IS NULL
ORDER BY p.thread_id, c.captured_at, c.id
"""

_MOVED = "SELECT url_key FROM captures WHERE crawl_id = ? AND status BETWEEN 300 AND 399 AND record_type = 'response'"

_SEEN = """
INSERT INTO temp.seen SELECT DISTINCT s.comment_id, k.thread_id, k.first_seen
FROM captures c JOIN sightings s ON s.capture_id = c.id JOIN comments k ON k.id = s.comment_id WHERE c.crawl_id = ?
"""

# Votes are kept where they changed.
_VOTES = """
DELETE FROM comment_votes WHERE (comment_id, seen) IN (
    SELECT comment_id, seen FROM (
        SELECT comment_id, seen, up, down, lag(seen) OVER sights AS before, lag(up) OVER sights AS up_before,
            lag(down) OVER sights AS down_before
        FROM comment_votes WHERE comment_id IN (SELECT comment_id FROM temp.seen)
        WINDOW sights AS (PARTITION BY comment_id ORDER BY seen)
    ) WHERE before IS NOT NULL AND up IS up_before AND down IS down_before
)
"""

# Threads of an article that this crawl read, none of whose pages it read; whether the article's own page showed it once.
_LEFT = """
SELECT DISTINCT t.id, t.url, a.thread_id AS now, c.url_key, EXISTS (
    SELECT 1 FROM thread_pages p JOIN captures d ON d.id = p.capture_id WHERE p.thread_id = t.id AND d.url_key = c.url_key
) AS shown FROM captures c
JOIN article_urls u ON u.url_key = c.url_key JOIN articles a ON a.id = u.article_id AND a.last_seen = c.captured_at
JOIN comments k ON k.article_id = a.id JOIN threads t ON t.id = k.thread_id
WHERE c.crawl_id = ?1 AND c.purpose = 'article' AND c.read_error IS NULL AND NOT EXISTS (
    SELECT 1 FROM thread_pages p JOIN captures d ON d.id = p.capture_id WHERE p.thread_id = t.id AND d.crawl_id = ?1)
"""


@dataclass(slots=True)
class _Visit:
    """The pages of one thread that one crawl read."""

    thread_id: str
    open: bool
    seen_at: str = ""
    whole: bool = True
    claims: set[int] = field(default_factory=set)
    counts_hidden: bool = False
    read: set[str] = field(default_factory=set)
    wanted: set[str] = field(default_factory=set)
    repeated: set[str] = field(default_factory=set)
    families: dict[str, set[str]] = field(default_factory=dict)
    ran_out: bool = False

    def add(self, page: sqlite3.Row, shown: Collection[str]) -> None:
        """Count in one page, and what it showed. One that repeats pages of its kind leads nowhere."""
        self.seen_at = page["captured_at"]
        self.open = self.open and page["status"] in (None, "open")
        self.whole = self.whole and bool(page["whole"])
        self.claims |= {page["claimed"]} - {None}
        self.counts_hidden = self.counts_hidden or bool(page["counts_hidden"])
        self.read.add(page["url_key"])
        before = self.families.setdefault(family(page["url"]), set())
        repeats = bool(shown) and before.issuperset(shown)
        (self.repeated if repeats else self.wanted).update(json.loads(page["leads_to"]))
        empty = not shown and not page["spared"]  # what was taken down stood there
        self.ran_out = self.ran_out or (any(self.families.values()) and empty)
        before.update(shown)

    @property
    def claimed(self) -> int | None:
        """The number of comments that the site claims, where it claims one and the same on all pages."""
        return next(iter(self.claims)) if len(self.claims) == 1 else None

    @property
    def to_the_end(self) -> bool:
        """Whether all was read that any page leads to, and not only all up to a page that brought nothing new. An empty page
        behind others does not show that nothing slipped between it and the one before."""
        return self.repeated <= self.read and not self.ran_out

    def verdict(self) -> tuple[bool, str]:
        """Whether the visit shows all that the thread shows, and why it ended."""
        if missing := len(self.wanted - self.read):
            return False, f"{missing} pages not read"
        if not self.whole:
            return False, "parts of a page could not be read"
        if len(self.claims) > 1:
            return False, "the claimed count changed during the visit"
        return True, "last page reached" if self.to_the_end else "a page brought nothing new"


def family(url: str) -> str:
    """What the addresses of one list's pages have in common: numbers and the values of parameters are left out."""
    parts = urlsplit(url)
    names = sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)})
    return re.sub(r"[0-9]+", "0", f"{parts.netloc}{parts.path}?{'&'.join(names)}")


def look_back(connection: sqlite3.Connection, crawl_id: str) -> None:
    """Note in `temp.seen` what a crawl showed, and keep of its votes those that changed. The caller holds the transaction."""
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS seen (comment_id TEXT PRIMARY KEY, thread_id TEXT, first_seen TEXT)")
    connection.execute("CREATE INDEX IF NOT EXISTS temp.seen_thread ON seen(thread_id, first_seen)")
    connection.execute("DELETE FROM temp.seen")
    connection.execute(_SEEN, [crawl_id])
    connection.execute(_VOTES)


def close_visits(connection: sqlite3.Connection, crawl_id: str) -> None:
    """Conclude a finished crawl: a row per thread it visited, and the comments that its visits prove to be gone.

    The caller holds the transaction.
    """
    look_back(connection, crawl_id)
    counts: dict[str, int] = dict(connection.execute("SELECT thread_id, count(*) FROM temp.seen GROUP BY thread_id").fetchall())
    # The address of a page may only lead to its proper one, which the thread's other pages name.
    moved = {row["url_key"] for row in connection.execute(_MOVED, [crawl_id])}
    for visit in _visits(connection, crawl_id):
        visit.read |= (visit.wanted | visit.repeated) & moved
        complete, reason = visit.verdict()
        connection.execute(
            "INSERT OR REPLACE INTO thread_visits (thread_id, crawl_id, seen_at, complete, found, claimed, stop_reason)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            [visit.thread_id, crawl_id, visit.seen_at, int(complete), counts.get(visit.thread_id, 0), visit.claimed, reason],
        )
        if complete and visit.open:
            delete_missing(
                connection,
                visit.thread_id,
                crawl_id,
                seen_at=visit.seen_at,
                claimed=visit.claimed,
                counts_hidden=visit.counts_hidden,
                to_the_end=visit.to_the_end,
            )
        count_comments(connection, visit.thread_id)
    for left in connection.execute(_LEFT, [crawl_id]).fetchall():
        if left["shown"] or (left["url"] and url_key(left["url"]) == left["url_key"]):
            status = "removed" if left["now"] in (None, left["id"]) else "migrated"
            connection.execute("UPDATE threads SET status = ? WHERE id = ?", [status, left["id"]])
    count_commenters(connection)


def _visits(connection: sqlite3.Connection, crawl_id: str) -> list[_Visit]:
    """The threads that a crawl visited, with what each of their pages showed."""
    visits = []
    for thread_id, pages in groupby(connection.execute(_PAGES, [crawl_id]).fetchall(), key=lambda page: page["thread_id"]):
        listed = list(pages)
        visit = _Visit(thread_id, open=listed[0]["thread_status"] == "open")
        for page in listed:
            shown = connection.execute("SELECT comment_id FROM sightings WHERE capture_id = ?", [page["capture_id"]])
            visit.add(page, {row["comment_id"] for row in shown})
        visits.append(visit)
    return visits

"""What of a site is due: the schedule's answer in `next_visit`, written at a crawl's end, and the pages to ask for then.

`plan` is a function of the other rows and of the site's last crawl, so a rebuild brings the same plan back.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby

from newsarchive.catalogue.schema import transaction
from newsarchive.items import Follow, Mention, Profile, Purpose
from newsarchive.schedule import DAY, Decay, Past, next_look, next_visit, price_of
from newsarchive.times import from_iso, to_iso
from newsarchive.urls import request_key, url_key

_VISITS = 1000.0  # a day, for a site whose last crawl says nothing of it
_LONGEST = 2.0  # days of a budget that a crawl may spend at once
_RECENT = 10  # crawls from which it is seen how often a day the site is crawled
_LISTS_HOLD = timedelta(days=1)

_CRAWLS = "SELECT started_at, finished_at, config FROM crawls WHERE site_id = ? ORDER BY number DESC, id DESC LIMIT ?"

# A visit that saw nothing of a thread (its article was read, and nothing else) tells nothing of it.
_THREADS = """
SELECT t.id, t.status, t.next_visit,
    coalesce(min(a.date_published), min(a.first_seen), (SELECT min(seen_at) FROM thread_visits WHERE thread_id = t.id)) AS born,
    (SELECT max(seen_at) FROM thread_visits WHERE thread_id = t.id AND (complete OR found)) AS visited
FROM threads t LEFT JOIN articles a ON a.thread_id = t.id WHERE t.site_id = ? GROUP BY t.id ORDER BY t.id
"""
# When something happened in a thread: a comment came (the middle of the time that its words allow), was edited, was deleted.
_CHANGES = """
SELECT thread_id, date_created_earliest AS earliest, min(date_created_latest, first_seen) AS latest, first_seen AS seen
FROM comments WHERE site_id = ?1
UNION ALL SELECT k.thread_id, NULL, NULL, r.first_seen FROM comment_revisions r JOIN comments k ON k.id = r.comment_id
WHERE k.site_id = ?1 AND r.first_seen > k.first_seen
UNION ALL SELECT thread_id, NULL, NULL, deleted_seen FROM comments WHERE site_id = ?1 AND deleted_seen IS NOT NULL
ORDER BY thread_id
"""
_ARTICLES = """
SELECT a.id, a.next_visit, a.last_seen, a.gone_seen, coalesce(a.date_published, a.first_seen) AS published, a.date_modified,
    (SELECT max(first_seen) FROM article_revisions WHERE article_id = a.id AND first_seen > a.first_seen) AS revised
FROM articles a WHERE a.site_id = ?
"""

_DUE = "SELECT id FROM {table} WHERE site_id = ? AND next_visit <= ? ORDER BY next_visit, id LIMIT ?"
# The pages that the last visit of a thread read.
_PAGES = """
SELECT DISTINCT c.url, c.url_key, c.purpose, EXISTS (SELECT 1 FROM sightings WHERE capture_id = c.id) AS shows
FROM thread_pages p JOIN captures c ON c.id = p.capture_id
WHERE p.thread_id = ?1 AND c.crawl_id = (
    SELECT d.crawl_id FROM thread_pages q JOIN captures d ON d.id = q.capture_id JOIN crawls k ON k.id = d.crawl_id
    WHERE q.thread_id = ?1 ORDER BY k.number DESC, k.id DESC LIMIT 1)
ORDER BY c.url
"""
_ADDRESS = "SELECT url FROM articles WHERE {column} = ?"
_IS_ARTICLE = "SELECT 1 FROM article_urls u JOIN articles a ON a.id = u.article_id WHERE u.url_key = ? AND a.site_id = ?"
_LAST_CAPTURE = "SELECT max(captured_at) FROM captures WHERE url_key = ? AND site_id = ? AND status < 500 AND status <> 429"
# The pages of an article in several.
_PARTS = "SELECT DISTINCT c.url FROM article_pages p JOIN captures c ON c.id = p.capture_id WHERE p.article_id = ? AND p.part > 1"
_THREAD_SHOWN = """
SELECT DISTINCT a.thread_id FROM articles a JOIN article_urls u ON u.article_id = a.id JOIN captures c ON c.url_key = u.url_key
JOIN thread_pages p ON p.capture_id = c.id AND p.thread_id = a.thread_id
WHERE a.id = ? AND EXISTS (SELECT 1 FROM sightings WHERE capture_id = c.id)
"""


# The thread of an article, and when it was last visited.
_THREAD_OF = """
SELECT a.thread_id, (SELECT max(seen_at) FROM thread_visits WHERE thread_id = a.thread_id AND (complete OR found)) AS visited
FROM article_urls u JOIN articles a ON a.id = u.article_id WHERE u.url_key = ? AND a.site_id = ? AND a.thread_id IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class _Means:
    """What a site's last crawls say of how much may be asked for: requests a day, rounds a day, and when the last one ended."""

    requests: float
    rounds: float
    at: str | None

    @classmethod
    def of(cls, connection: sqlite3.Connection, site_id: str) -> _Means:
        crawls = connection.execute(_CRAWLS, [site_id, _RECENT]).fetchall()
        ended = next((row for row in crawls if row["finished_at"]), None)
        if ended is None:
            return cls(_VISITS, 1.0, None)
        begun = [_hours(row["started_at"]) for row in crawls]
        gap = (max(begun) - min(begun)) / max(1, len(begun) - 1)
        requests = float(json.loads(ended["config"] or "{}").get("NEWSARCHIVE_VISITS") or _VISITS)
        return cls(requests, min(DAY, max(1.0, DAY / gap)) if gap else 1.0, ended["finished_at"])


def plan(connection: sqlite3.Connection, site_id: str) -> None:
    """Write when each thread and article of a site is to be visited next, as it looks at the end of its last crawl."""
    means = _Means.of(connection, site_id)
    if means.at is None:
        return
    threads = _planned_threads(connection, site_id, means)
    articles = _planned_articles(connection, site_id)
    with transaction(connection):
        connection.executemany("UPDATE threads SET next_visit = ? WHERE id = ?", threads)
        connection.executemany("UPDATE articles SET next_visit = ? WHERE id = ?", articles)


def _planned_threads(connection: sqlite3.Connection, site_id: str, means: _Means) -> list[tuple[str | None, str]]:
    """The threads whose next visit is another than it was."""
    now = _hours(means.at or "")
    changes = {
        thread_id: tuple(_moment_of(row) for row in rows)
        for thread_id, rows in groupby(connection.execute(_CHANGES, [site_id]), key=lambda row: row["thread_id"])
    }
    rows = connection.execute(_THREADS, [site_id]).fetchall()
    pasts = {row["id"]: _past(row, changes.get(row["id"], ())) for row in rows if row["born"]}
    decay = Decay(pasts.values())
    running = [pasts[row["id"]] for row in rows if row["status"] == "open" and row["born"]]
    price = price_of(decay, running, now, requests=means.requests, rounds=means.rounds)
    planned = []
    for row in rows:
        past = pasts.get(row["id"]) if row["status"] == "open" else None
        visit = _time(next_visit(decay, past, price, now)) if past else None
        if visit != row["next_visit"]:
            planned.append((visit, row["id"]))
    return planned


def _planned_articles(connection: sqlite3.Connection, site_id: str) -> list[tuple[str | None, str]]:
    planned = []
    for row in connection.execute(_ARTICLES, [site_id]):
        looked = _hours(row["last_seen"])
        changed = max(_hours(row[name]) for name in ("published", "date_modified", "revised") if row[name])
        look = None if row["gone_seen"] else _time(next_look(min(changed, looked), looked))
        if look != row["next_visit"]:
            planned.append((look, row["id"]))
    return planned


def _past(row: sqlite3.Row, changes: tuple[float, ...]) -> Past:
    born = min([_hours(row["born"]), *changes])
    return Past(born, _hours(row["visited"]) if row["visited"] else None, changes)


def _moment_of(row: sqlite3.Row) -> float:
    if not row["earliest"] or not row["latest"]:
        return _hours(row["seen"])
    return (_hours(row["earliest"]) + max(_hours(row["earliest"]), _hours(row["latest"]))) / 2


def _hours(moment: str) -> float:
    return from_iso(moment).timestamp() / 3600


def _time(hours: float | None) -> str | None:
    return None if hours is None else to_iso(datetime.fromtimestamp(round(hours * 3600), UTC))


class Due:
    """The pages of a site that one crawl asks for when it asks for what is due only."""

    def __init__(self, connection: sqlite3.Connection, profile: Profile, *, requests: float, now: datetime) -> None:
        """`requests` a day are the site's budget; what was not spent for two days may be spent at once."""
        self._connection, self._profile, self._now = connection, profile, now
        self._wanted: dict[str, Follow | None] = {}  # by key; None for what can be asked for only where a page leads to it
        last = _Means.of(connection, profile.site).at
        idle = (now.timestamp() / 3600 - _hours(last)) / DAY if last else _LONGEST
        self._left = int(requests * min(_LONGEST, max(0.0, idle))) + 1
        for thread_id in self._due("threads"):
            self._add_thread(thread_id)
        for article_id in self._due("articles"):
            self._add_article(article_id)

    def follows(self) -> list[Follow]:
        """The pages that are due and can be asked for directly."""
        return [follow for follow in self._wanted.values() if follow]

    def hear(self, mentions: Iterable[Mention]) -> list[Follow]:
        """The pages of threads in which somebody spoke since their last visit: they are due now. A comment that is there is
        worth its request, whatever is left of the budget."""
        planned = set(self._wanted)
        for mention in mentions:
            for row in self._connection.execute(_THREAD_OF, [url_key(mention.url), self._profile.site]).fetchall():
                if row["visited"] is None or row["visited"] < to_iso(mention.at):
                    self._add_thread(row["thread_id"])
        return [follow for key, follow in self._wanted.items() if follow and key not in planned]

    def spares(self, follow: Follow) -> str | None:
        """`not due` for a page that the archive knows and that need not be asked for now; what is new is asked for, and so are
        lists."""
        if follow.purpose in ("robots", "feed", "sitemap") or follow.url in self._profile.start_urls:
            return None
        key = request_key(follow.url, follow.method, follow.body)
        if key in self._wanted:
            return None
        if follow.purpose == "listing":
            return "not due" if self._was_captured(key, since=self._now - _LISTS_HOLD) else None
        return "not due" if self._was_captured(key) or self._is_article(key) else None

    def _due(self, table: str) -> list[str]:
        rows = self._connection.execute(_DUE.format(table=table), [self._profile.site, to_iso(self._now), max(0, self._left)])
        return [row["id"] for row in rows.fetchall()]

    def _add_thread(self, thread_id: str) -> None:
        """The pages on which a thread was seen last; where they cannot be asked for directly, the article that leads to them.

        What was asked by POST, or with header fields of a described platform, stands in the record only.
        """
        pages = self._connection.execute(_PAGES, [thread_id]).fetchall()
        shown = [row for row in pages if row["shows"] or row["purpose"] == "comments"] or pages
        hidden = [row for row in shown if row["purpose"] == "comments" and not self._is_plain(row)]
        for row in shown:
            self._want(row["url_key"], None if row in hidden else Follow(row["url"], _as_page(row["purpose"])))
        if hidden:
            for row in self._connection.execute(_ADDRESS.format(column="thread_id"), [thread_id]).fetchall():
                self._want(request_key(row["url"]), Follow(row["url"], "article"))

    def _add_article(self, article_id: str) -> None:
        for row in self._connection.execute(_ADDRESS.format(column="id"), [article_id]).fetchall():
            self._want(request_key(row["url"]), Follow(row["url"], "article"))
        for row in self._connection.execute(_PARTS, [article_id]).fetchall():
            self._want(request_key(row["url"]), None)  # where its first page still leads there
        for row in self._connection.execute(_THREAD_SHOWN, [article_id]).fetchall():
            self._add_thread(row["thread_id"])  # its comments are on the page: the visit is to be a whole one

    def _want(self, key: str, follow: Follow | None) -> None:
        if key not in self._wanted:
            self._wanted[key] = follow
            self._left -= 1

    def _is_plain(self, row: sqlite3.Row) -> bool:
        return not self._profile.endpoints and request_key(row["url"]) == row["url_key"]

    def _was_captured(self, key: str, since: datetime | None = None) -> bool:
        last = self._connection.execute(_LAST_CAPTURE, [key, self._profile.site]).fetchone()[0]
        return last is not None and (since is None or last > to_iso(since))

    def _is_article(self, key: str) -> bool:
        return self._connection.execute(_IS_ARTICLE, [key, self._profile.site]).fetchone() is not None


def _as_page(purpose: Purpose) -> Purpose:
    """Whatever led to it: a page that shows a thread is an article's."""
    return purpose if purpose == "comments" else "article"

"""What charts show, counted by site: its days, its months, the hours of its week, its languages.

Each crawl's end, rebuild and takedown counts a site anew, from its articles and comments alone. A comment counts under a day,
month or hour only if the page's words tell that it was written then; else apart, under the time when it was first seen.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from newsarchive.catalogue.schema import transaction

Counts = Mapping[str, list[tuple[object, ...]]]  # the rows of each table

_HOUR, _DAY, _MONTH, _YEAR = 13, 10, 7, 4  # characters of `2026-11-05T06:30:00Z`

_COMMENTS = """
SELECT substr(date_created_earliest, 1, 13), substr(date_created_latest, 1, 13), substr(first_seen, 1, 10),
    in_language, commenter_id FROM comments WHERE site_id = ?
"""
_ARTICLES = "SELECT substr(date_published, 1, 10), in_language, count(*) FROM articles WHERE site_id = ? GROUP BY 1, 2"
# In the order of their columns in `site_days`.
_SEEN = {
    "comments_edited": """
        SELECT substr(r.first_seen, 1, 10), count(*) FROM comment_revisions r JOIN comments k ON k.id = r.comment_id
        WHERE k.site_id = ? AND k.revision_count > 0 AND r.first_seen > k.first_seen GROUP BY 1
    """,
    "comments_deleted": """
        SELECT substr(deleted_seen, 1, 10), count(*) FROM comments WHERE site_id = ? AND status = 'deleted' GROUP BY 1
    """,
    "articles_edited": """
        SELECT substr(r.first_seen, 1, 10), count(*) FROM article_revisions r JOIN articles a ON a.id = r.article_id
        WHERE a.site_id = ? AND a.revision_count > 0 AND r.first_seen > a.first_seen GROUP BY 1
    """,
    "articles_gone": """
        SELECT substr(gone_seen, 1, 10), count(*) FROM articles WHERE site_id = ? AND gone_seen IS NOT NULL GROUP BY 1
    """,
}
_COLUMNS = {
    "site_days": ("site_id", "day", "articles", "comments", "comments_undated", *_SEEN),
    "site_months": ("site_id", "month", "articles", "comments", "comments_undated", "commenters", "new_commenters"),
    "site_hours": ("site_id", "weekday", "hour", "comments"),
    "site_languages": ("site_id", "year", "in_language", "articles", "comments"),
}
TABLES = tuple(_COLUMNS)


@dataclass(slots=True)
class _Comments:
    """A site's comments by the time in which each was written, where that is known, and apart by when they were first seen."""

    days: Counter[str] = field(default_factory=Counter)
    months: Counter[str] = field(default_factory=Counter)
    hours: Counter[str] = field(default_factory=Counter)
    undated_days: Counter[str] = field(default_factory=Counter)
    undated_months: Counter[str] = field(default_factory=Counter)
    languages: Counter[tuple[str, str]] = field(default_factory=Counter)
    signed: set[tuple[str, str]] = field(default_factory=set)  # in which months each commenter wrote

    def add(self, earliest: str | None, latest: str | None, seen: str, language: str | None, commenter: str | None) -> None:
        """Count one comment, written between two times (`2026-11-05T06`) and seen first on a day."""
        begun, ended = earliest or "", latest or " "
        if begun[:_DAY] == ended[:_DAY]:
            self.days[begun[:_DAY]] += 1
            if begun == ended:
                self.hours[begun] += 1
        else:
            self.undated_days[seen] += 1
        if begun[:_MONTH] == ended[:_MONTH]:
            self.months[begun[:_MONTH]] += 1
            if commenter:
                self.signed.add((commenter, begun[:_MONTH]))
        else:
            self.undated_months[seen[:_MONTH]] += 1
        self.languages[begun[:_YEAR] if begun[:_YEAR] == ended[:_YEAR] else "", language or ""] += 1


def count_site(connection: sqlite3.Connection, site_id: str) -> Counts:
    """A site's rows of the tables for charts. It reads every comment of the site: hold no write transaction meanwhile."""
    comments, days, months = _Comments(), Counter[str](), Counter[str]()
    languages = Counter[tuple[str, str]]()
    for row in connection.execute(_COMMENTS, [site_id]):
        comments.add(*row)
    for day, language, number in connection.execute(_ARTICLES, [site_id]):
        languages[(day or "")[:_YEAR], language or ""] += number
        if day:
            days[day] += number
            months[day[:_MONTH]] += number
    seen = [dict(map(tuple, connection.execute(sql, [site_id]).fetchall())) for sql in _SEEN.values()]
    writers = Counter(month for _, month in comments.signed)
    first = Counter(dict(sorted(comments.signed, reverse=True)).values())
    return {
        "site_days": _table(site_id, days, comments.days, comments.undated_days, *seen),
        "site_months": _table(site_id, months, comments.months, comments.undated_months, writers, first),
        "site_hours": [(site_id, *place, number) for place, number in sorted(_of_the_week(comments.hours).items())],
        "site_languages": [
            (site_id, *place, languages[place], comments.languages[place]) for place in sorted({*languages, *comments.languages})
        ],
    }


def put_counts(connection: sqlite3.Connection, site_id: str, counts: Counts) -> None:
    """Store a site's counts in the place of the old ones. The caller holds the transaction."""
    for table, columns in _COLUMNS.items():
        connection.execute(f"DELETE FROM {table} WHERE site_id = ?", [site_id])
        values = ", ".join("?" * len(columns))
        connection.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({values})", counts[table])


def recount(connection: sqlite3.Connection, site_id: str) -> None:
    """Count a site and store that, in a transaction of its own that does not wait for the counting."""
    counts = count_site(connection, site_id)
    with transaction(connection):
        put_counts(connection, site_id, counts)


def _table(site_id: str, *columns: Mapping[str, int]) -> list[tuple[object, ...]]:
    """A row for each time that one of the columns knows."""
    times = sorted({time for column in columns for time in column})
    return [(site_id, time, *(column.get(time, 0) for column in columns)) for time in times]


def _of_the_week(hours: Mapping[str, int]) -> Counter[tuple[int, int]]:
    """Hours (`2026-11-05T06`) as day of the week, from 1, Monday, and hour of the day."""
    found = Counter[tuple[int, int]]()
    for hour, number in hours.items():
        found[date.fromisoformat(hour[:_DAY]).isoweekday(), int(hour[_DAY + 1 :])] += number
    return found

"""What charts show, counted by site: its days, its months, the hours of its week, its languages.

Each crawl's end, rebuild and takedown brings a site's counts up to date, from its articles and comments alone: the comments that
changed since are taken out as they were counted, and counted as they are (`uncounted_comments`). A site that was never counted,
or changed much, is counted from the first comment to the last. A comment counts under a day, month or hour only if the page's
words tell that it was written then; else apart, under the time when it was first seen.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from newsarchive.catalogue.schema import transaction

Counts = Mapping[str, list[tuple[object, ...]]]  # the rows of each table

_HOUR, _DAY, _MONTH, _YEAR = 13, 10, 7, 4  # characters of `2026-11-05T06:30:00Z`

MOST_CHANGES = 10_000  # comments that are counted one by one

_Written = tuple[Any, ...]  # between which hours (`2026-11-05T06`), the day when it was seen first, its language, its commenter
_VALUES = (
    "substr({0}.date_created_earliest, 1, 13), substr({0}.date_created_latest, 1, 13), substr({0}.first_seen, 1, 10),"
    " {0}.in_language, {0}.commenter_id"
)
_COMMENTS = f"SELECT {_VALUES.format('comments')} FROM comments WHERE {{where}}"
_WENT = f"SELECT {_VALUES.format('u')} FROM uncounted_comments u WHERE u.site_id = ? AND u.was_counted"
_CAME = f"SELECT {_VALUES.format('k')} FROM uncounted_comments u JOIN comments k ON k.id = u.id WHERE u.site_id = ?"
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
    writers: Counter[str] = field(default_factory=Counter)  # how many names signed comments of a month
    new_writers: Counter[str] = field(default_factory=Counter)  # those of them that signed none of an earlier month

    def add(self, comment: _Written, number: int = 1) -> None:
        """Count one comment, or take it out (-1)."""
        earliest, latest, seen, language, _ = comment
        begun, ended = earliest or "", latest or " "
        if begun[:_DAY] == ended[:_DAY]:
            self.days[begun[:_DAY]] += number
            if begun == ended:
                self.hours[begun] += number
        else:
            self.undated_days[seen] += number
        if month := _month(comment):
            self.months[month] += number
        else:
            self.undated_months[seen[:_MONTH]] += number
        self.languages[begun[:_YEAR] if begun[:_YEAR] == ended[:_YEAR] else "", language or ""] += number


def _month(comment: _Written) -> str | None:
    """The month in which a comment was written, where that is known."""
    begun, ended = (comment[0] or "")[:_MONTH], (comment[1] or " ")[:_MONTH]
    return begun if begun == ended else None


def _months_of(comments: Sequence[_Written]) -> defaultdict[str, Counter[str]]:
    """In which months each commenter wrote how many of some comments."""
    found = defaultdict[str, Counter[str]](Counter)
    for comment in comments:
        if comment[4] and (month := _month(comment)):
            found[comment[4]][month] += 1
    return found


def _count_all(connection: sqlite3.Connection, site_id: str) -> Counts:
    """A site's rows of the tables for charts. It reads every comment of the site: hold no write transaction meanwhile."""
    comments = _Comments()
    signed = set[tuple[str, str]]()  # in which months each commenter wrote
    for row in connection.execute(_COMMENTS.format(where="site_id = ?"), [site_id]):
        comment = tuple(row)
        comments.add(comment)
        if comment[4] and (month := _month(comment)):
            signed.add((comment[4], month))
    comments.writers = Counter(month for _, month in signed)
    comments.new_writers = Counter(dict(sorted(signed, reverse=True)).values())
    return _counts(connection, site_id, comments)


def _count_changes(connection: sqlite3.Connection, site_id: str) -> Counts:
    """The same from what was counted before, and the comments that have changed since."""
    comments = _stored(connection, site_id)
    went = [tuple(row) for row in connection.execute(_WENT, [site_id])]
    came = [tuple(row) for row in connection.execute(_CAME, [site_id])]
    for comment in went:
        comments.add(comment, -1)
    for comment in came:
        comments.add(comment)
    left, joined = _months_of(went), _months_of(came)
    for commenter in {*left, *joined}:
        rows = connection.execute(_COMMENTS.format(where="commenter_id = ?"), [commenter])
        now = Counter(month for row in rows if (month := _month(tuple(row))))
        before = now + left[commenter]
        before.subtract(joined[commenter])
        for months, number in ((+before, -1), (now, 1)):
            comments.writers.update(dict.fromkeys(months, number))
            comments.new_writers.update(dict.fromkeys(sorted(months)[:1], number))
    return _counts(connection, site_id, comments)


def _stored(connection: sqlite3.Connection, site_id: str) -> _Comments:
    """What was counted of a site's comments before. Hours of the week stand under days of a known week."""
    comments = _Comments()
    for day, dated, undated in connection.execute(
        "SELECT day, comments, comments_undated FROM site_days WHERE site_id = ?", [site_id]
    ):
        comments.days[day], comments.undated_days[day] = dated, undated
    for month, dated, undated, writers, new in connection.execute(
        "SELECT month, comments, comments_undated, commenters, new_commenters FROM site_months WHERE site_id = ?", [site_id]
    ):
        comments.months[month], comments.undated_months[month] = dated, undated
        comments.writers[month], comments.new_writers[month] = writers, new
    for weekday, hour, number in connection.execute(
        "SELECT weekday, hour, comments FROM site_hours WHERE site_id = ?", [site_id]
    ):
        comments.hours[f"2024-01-{weekday:02}T{hour:02}"] = number  # 1 January 2024 was a Monday
    for year, language, number in connection.execute(
        "SELECT year, in_language, comments FROM site_languages WHERE site_id = ?", [site_id]
    ):
        comments.languages[year, language] = number
    return comments


def _counts(connection: sqlite3.Connection, site_id: str, comments: _Comments) -> Counts:
    """The rows of all tables, from counted comments and from all else, which is few or stands in indexes."""
    days, months, languages = Counter[str](), Counter[str](), Counter[tuple[str, str]]()
    for day, language, number in connection.execute(_ARTICLES, [site_id]):
        languages[(day or "")[:_YEAR], language or ""] += number
        if day:
            days[day] += number
            months[day[:_MONTH]] += number
    seen = [dict(map(tuple, connection.execute(sql, [site_id]).fetchall())) for sql in _SEEN.values()]
    return {
        "site_days": _table(site_id, days, comments.days, comments.undated_days, *seen),
        "site_months": _table(site_id, months, comments.months, comments.undated_months, comments.writers, comments.new_writers),
        "site_hours": [(site_id, *place, number) for place, number in sorted(_of_the_week(comments.hours).items()) if number],
        "site_languages": [
            (site_id, *place, languages[place], comments.languages[place])
            for place in sorted({*languages, *comments.languages})
            if languages[place] or comments.languages[place]
        ],
    }


def recount(connection: sqlite3.Connection, site_id: str) -> None:
    """Bring a site's counts up to date, in a transaction of its own that does not wait for the counting of very many."""
    if _changes(connection, site_id) is None:
        counts = _count_all(connection, site_id)
        with transaction(connection):
            _put(connection, site_id, counts)
    else:
        with transaction(connection):
            recount_inside(connection, site_id)


def recount_inside(connection: sqlite3.Connection, site_id: str) -> None:
    """The same inside of the caller's transaction."""
    count = _count_all if _changes(connection, site_id) is None else _count_changes
    _put(connection, site_id, count(connection, site_id))


def _changes(connection: sqlite3.Connection, site_id: str) -> int | None:
    """How many comments of a site have changed since it was counted; None if it never was, or they are very many."""
    if not connection.execute("SELECT 1 FROM counted_sites WHERE site_id = ?", [site_id]).fetchone():
        return None
    sql = "SELECT count(*) FROM (SELECT 1 FROM uncounted_comments WHERE site_id = ? LIMIT ?)"
    changes: int = connection.execute(sql, [site_id, MOST_CHANGES + 1]).fetchone()[0]
    return changes if changes <= MOST_CHANGES else None


def _put(connection: sqlite3.Connection, site_id: str, counts: Counts) -> None:
    for table, columns in _COLUMNS.items():
        connection.execute(f"DELETE FROM {table} WHERE site_id = ?", [site_id])
        values = ", ".join("?" * len(columns))
        connection.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({values})", counts[table])
    connection.execute("DELETE FROM uncounted_comments WHERE site_id = ?", [site_id])
    connection.execute("INSERT INTO counted_sites SELECT id FROM sites WHERE id = ? ON CONFLICT DO NOTHING", [site_id])


def _table(site_id: str, *columns: Mapping[str, int]) -> list[tuple[object, ...]]:
    """A row for each time that one of the columns knows."""
    times = sorted({time for column in columns for time, number in column.items() if number})
    return [(site_id, time, *(column.get(time, 0) for column in columns)) for time in times]


def _of_the_week(hours: Mapping[str, int]) -> Counter[tuple[int, int]]:
    """Hours (`2026-11-05T06`) as day of the week, from 1, Monday, and hour of the day."""
    found = Counter[tuple[int, int]]()
    for hour, number in hours.items():
        found[date.fromisoformat(hour[:_DAY]).isoweekday(), int(hour[_DAY + 1 :])] += number
    return found

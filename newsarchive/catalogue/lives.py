"""The lives of a site's threads as the archive knows them, for a schedule to be tried on (`rehearsal`).

What no visit ever saw is not known: what was removed before, and what came after a thread's last visit.
"""

from __future__ import annotations

import sqlite3
from itertools import groupby
from math import inf

from newsarchive.rehearsal import Life
from newsarchive.times import from_iso

_COMMENTS = """
SELECT t.id, (SELECT coalesce(min(date_published), min(first_seen)) FROM articles WHERE thread_id = t.id) AS born,
    k.date_created_earliest AS earliest, min(k.date_created_latest, k.first_seen) AS latest, k.first_seen, k.deleted_seen
FROM threads t JOIN comments k ON k.thread_id = t.id
WHERE t.id IN (SELECT thread_id FROM articles WHERE site_id = ? AND thread_id IS NOT NULL
    ORDER BY coalesce(date_published, first_seen) DESC LIMIT ?)
ORDER BY t.id
"""


def lives_of(connection: sqlite3.Connection, site_id: str, *, most: int) -> list[Life]:
    """The threads of a site's newest articles, at most so many, that have comments. Instants are hours since 1970."""
    lives = []
    for _, rows in groupby(connection.execute(_COMMENTS, [site_id, most]), key=lambda row: row[0]):
        comments, born = [], inf
        for _, printed, earliest, latest, first_seen, deleted_seen in rows:
            came = (_hours(earliest) + max(_hours(earliest), _hours(latest))) / 2 if earliest and latest else _hours(first_seen)
            comments.append((came, _hours(deleted_seen) if deleted_seen else inf))
            born = min(born, came, _hours(printed) if printed else inf)
        lives.append(Life(born, tuple(comments)))
    return lives


def _hours(moment: str) -> float:
    return from_iso(moment).timestamp() / 3600

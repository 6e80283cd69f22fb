"""Numbers that stand ready: of articles by site and language, of comments by site, status and language.

All are counted by site, year and language when a crawl ends; comments that are not live are few, and have an index of their own.
A site whose first crawl has not ended is counted here.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

COLUMNS = {"articles": ("site_id", "in_language"), "comments": ("site_id", "status", "in_language")}

_COUNTED = """
counted AS (
    SELECT site_id, in_language, sum({table}) AS number FROM site_languages GROUP BY 1, 2
    UNION ALL SELECT c.site_id, coalesce(c.in_language, ''), count(*) FROM sites s CROSS JOIN {table} c
        ON c.site_id = s.id WHERE s.id NOT IN (SELECT site_id FROM site_languages) GROUP BY 1, 2
)
"""
_TALLY = {
    "articles": f"WITH {_COUNTED.format(table='articles')}, tally AS (SELECT * FROM counted)",
    "comments": f"""
WITH {_COUNTED.format(table="comments")}, gone AS (
    SELECT site_id, status, coalesce(in_language, '') AS in_language, count(*) AS number
    FROM comments WHERE status <> 'live' GROUP BY site_id, status, comments.in_language
), tally AS (
    SELECT * FROM gone
    UNION ALL SELECT site_id, 'live', in_language, number - coalesce((SELECT sum(number) FROM gone g
        WHERE g.site_id = counted.site_id AND g.in_language = counted.in_language), 0) FROM counted
)
""",
}


def stands_ready(table: str, columns: Collection[str]) -> bool:
    """Whether the rows of a table are counted by these columns."""
    return set(columns) <= set(COLUMNS.get(table, ()))


def tallied(table: str, filters: Sequence[tuple[str, str]]) -> str:
    """What gives the number of rows for all that the table's columns have in common, where columns have values (`:p0`)."""
    conditions = " AND ".join(["number > 0", *(f"{column} = :{value}" for column, value in filters)])
    return f"{_TALLY[table]} SELECT {', '.join(COLUMNS[table])}, number FROM tally WHERE {conditions}"


def total(table: str, filters: Sequence[tuple[str, str]]) -> str:
    """What gives the number of all rows with these values."""
    return f"SELECT coalesce(sum(number), 0) FROM ({tallied(table, filters)})"

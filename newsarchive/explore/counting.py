"""The served database, which counts only as far as a page may wait.

SQLite counts the rows of a table without a pause in which it could be interrupted, whatever the time limit; not so a query's.
"""

from __future__ import annotations

from datasette.database import Database, QueryInterrupted

MOST_COUNTED = 100_000  # rows of a table, for the list of all tables


class Catalogue(Database):  # type: ignore[misc]  # Datasette has no types
    """A database that does not say how many rows a table has, if these are very many."""

    async def table_counts(self, limit: int = 10) -> dict[str, int | None]:
        """How many rows each table has; None above `MOST_COUNTED`, or where it takes more than `limit` milliseconds."""
        counts: dict[str, int | None] = {}
        for table in await self.table_names():
            sql = f"SELECT count(*) FROM (SELECT 1 FROM [{table}] LIMIT {MOST_COUNTED + 1})"
            try:
                number = int((await self.execute(sql, custom_time_limit=limit)).first()[0])
            except QueryInterrupted:
                number = MOST_COUNTED + 1
            counts[table] = number if number <= MOST_COUNTED else None
        return counts

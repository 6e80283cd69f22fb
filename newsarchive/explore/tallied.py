"""Facets of large tables whose numbers stand ready: how many comments there are of each site, and of each status.

A table's metadata names such a facet as `{ tallied = "site_id" }`. The rows that a filter lets through are counted as ever.
"""

from __future__ import annotations

from typing import Any

from datasette.facets import ColumnFacet

# By table and column. Comments are counted by site when a crawl ends; few of them are deleted or hidden.
_READY = {
    ("comments", "site_id"): """
        SELECT site_id AS value, sum(comments + comments_undated) AS count FROM site_days GROUP BY 1 ORDER BY 2 DESC, 1
    """,
    ("comments", "status"): """
        SELECT status AS value, count(*) AS count FROM comments WHERE status IN ('deleted', 'hidden') GROUP BY 1
        UNION ALL SELECT 'live', (SELECT count(*) FROM comments)
            - (SELECT count(*) FROM comments WHERE status IN ('deleted', 'hidden'))
        ORDER BY 2 DESC, 1
    """,
}


class _Told:
    """Datasette, but that a query is answered with the rows of another."""

    def __init__(self, datasette: Any, sql: str) -> None:
        self._datasette, self._sql = datasette, sql

    def __getattr__(self, name: str) -> Any:
        return getattr(self._datasette, name)

    async def execute(self, database: str, sql: str, *rest: Any, **more: Any) -> Any:
        """The rows of the query that stands ready, whatever is asked."""
        return await self._datasette.execute(database, self._sql)


class Tallied(ColumnFacet):  # type: ignore[misc]  # Datasette has no types
    """The facet of a column, told from what stands ready where that is known."""

    type = "tallied"
    ds: Any
    _configs: list[Any] | None = None

    def get_configs(self) -> Any:
        """The facets that are to be told now."""
        return super().get_configs() if self._configs is None else self._configs

    async def suggest(self) -> list[Any]:
        """None: such a facet is named by a table's metadata."""
        return []

    async def facet_results(self) -> Any:
        """The values of each column with their numbers, and the columns that took too long."""
        datasette: Any = self.ds
        results: list[Any] = []
        late: list[str] = []
        whole = not self.params and " where " not in self.sql.lower()
        for config in self.get_configs():
            ready = _READY.get((self.table, config["config"].get("simple"))) if whole else None
            self.ds, self._configs = _Told(datasette, ready) if ready else datasette, [config]
            told, timed_out = await super().facet_results()
            results += told
            late += timed_out
        return results, late

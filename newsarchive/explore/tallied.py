"""Facets of large tables: told from what stands ready, or counted as far as a page may wait, or not told."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from typing import Any

from datasette.database import Results
from datasette.facets import ColumnFacet

from newsarchive.explore.paging import from_the_first
from newsarchive.explore.tally import COLUMNS, stands_ready, tallied

MOST_COUNTED = 100_000  # rows of a table that a filter lets through
_SECONDS = 0.1  # from which on no further facet is begun

# What a table's page may be asked without its rows being others.
_HARMLESS = {"_sort", "_sort_desc", "_next", "_size", "_col", "_nocol", "_facet", "_facet_size", "_labels", "_nosuggest"}


class _Told:
    """Datasette, but that a query is answered with rows that are there already."""

    def __init__(self, datasette: Any, rows: list[dict[str, Any]]) -> None:
        self._datasette, self._rows = datasette, rows

    def __getattr__(self, name: str) -> Any:
        return getattr(self._datasette, name)

    async def execute(self, *asked: Any, **more: Any) -> Results:
        """The rows, whatever is asked."""
        return Results(self._rows, False, None)


class Tallied(ColumnFacet):  # type: ignore[misc]  # Datasette has no types
    """The facets that a table's metadata names."""

    type = "tallied"
    ds: Any
    sql: str
    request: Any
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
        self.sql = from_the_first(self.sql)
        few = " where " not in self.sql or (self.row_count is not None and self.row_count <= MOST_COUNTED)
        tally = await self._tally()
        begun = time.monotonic()
        for config in self.get_configs():
            column = config["config"].get("simple")
            ready = tally is not None and stands_ready(self.table, [column])
            if not ready and (not few or time.monotonic() > begun + _SECONDS):
                late.append(column)
                continue
            self.ds, self._configs = _Told(datasette, _counted(tally or (), column)) if ready else datasette, [config]
            told, timed_out = await super().facet_results()
            results += [one | {"type": "column"} for one in told]  # readers need not know how it was told
            late += timed_out
        return results, late

    async def _tally(self) -> Sequence[Any] | None:
        """The numbers that stand ready, if nothing but what is tallied is filtered by."""
        asked = [(name.removesuffix("__exact"), value) for name, value in self.get_querystring_pairs() if name not in _HARMLESS]
        if not self.get_configs() or not (self.table in COLUMNS and stands_ready(self.table, [name for name, _ in asked])):
            return None
        values = {f"v{place}": value for place, (_, value) in enumerate(asked)}
        sql = tallied(self.table, [(name, f"v{place}") for place, (name, _) in enumerate(asked)])
        rows: Sequence[Any] = (await self.ds.execute(self.database, sql, values)).rows
        return rows


def _counted(tally: Sequence[Any], column: str) -> list[dict[str, Any]]:
    """How many rows have each value of a column, most first; none where the column is empty."""
    counts = Counter[str]()
    for row in tally:
        if row[column]:
            counts[row[column]] += row["number"]
    return [{"value": value, "count": number} for value, number in sorted(counts.items(), key=lambda one: (-one[1], one[0]))]

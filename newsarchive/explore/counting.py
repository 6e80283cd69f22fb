"""The served database, which works for a page only as long as its reader may wait, and in a bounded memory.

SQLite counts the rows of a table without a pause in which it could be interrupted, whatever the time limit; not so a query's.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from copy import copy
from typing import Any, cast

from datasette.database import Database, QueryInterrupted, Results
from datasette.utils import sqlite_timelimit

from newsarchive.explore.metadata import catalogue
from newsarchive.explore.paging import in_order, in_parts, table_of_first_page
from newsarchive.explore.tally import stands_ready, total

MOST_COUNTED = 10_000  # rows of a table, for the list of all tables
MILLISECONDS = 60  # to count the rows that a table's page is about

_ALL = 10**12  # more rows than there are: a count with a bound can be interrupted
_COUNT = re.compile(r"select count\(\*\) from (?P<table>\S+) ")  # as Datasette writes it for a table's page
_EQUAL = re.compile(r'"(\w+)" = :(\w+)')
_FILTERS = re.compile(rf"{_COUNT.pattern}where (?P<filters>{_EQUAL.pattern}(?: and {_EQUAL.pattern})*) ")


class Catalogue(Database):  # type: ignore[misc]  # Datasette has no types
    """A database that does not say how many rows there are, if these are very many, and gives a table's pages by its indexes.

    What its tables are like is asked once: a migration while it is served shows when it is served anew.
    """

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self._known: dict[tuple[str, ...], Any] = {}

    async def execute(self, sql: str, params: Any = None, *rest: Any, **more: Any) -> Results:
        """The answer to a query. Raises QueryInterrupted where it takes too long, or more memory than the server may hold."""
        if found := _COUNT.match(sql):
            more["custom_time_limit"] = min(MILLISECONDS, more.get("custom_time_limit") or MILLISECONDS)
            sql = _count(sql, found["table"])
        elif table := table_of_first_page(sql):
            sql = in_order(sql, await self.primary_keys(table))
        try:
            return await super().execute(in_parts(sql), params, *rest, **more)
        except MemoryError as error:
            raise QueryInterrupted(error, sql, params) from error

    async def table_counts(self, limit: int = 10) -> dict[str, int | None]:
        """How many rows each table has, without those that SQLite keeps; None above `MOST_COUNTED`, or `limit` milliseconds."""
        names = [name for name in await self.table_names() if "columns" in catalogue()["tables"].get(name, {})]
        return cast(dict[str, int | None], await self.execute_fn(lambda connection: _counts(connection, names, limit)))

    async def table_columns(self, table: str) -> Any:
        """The names of its columns."""
        return await self._once("table_columns", table)

    async def table_column_details(self, table: str) -> Any:
        """Its columns with their types."""
        return await self._once("table_column_details", table)

    async def primary_keys(self, table: str) -> Any:
        """The columns of its key."""
        return await self._once("primary_keys", table)

    async def fts_table(self, table: str) -> Any:
        """Its full text, if it has one."""
        return await self._once("fts_table", table)

    async def foreign_keys_for_table(self, table: str) -> Any:
        """The keys of other tables that it holds."""
        return await self._once("foreign_keys_for_table", table)

    async def get_all_foreign_keys(self) -> Any:
        """Those of all tables, and the other way round."""
        return await self._once("get_all_foreign_keys")

    async def _once(self, method: str, *table: str) -> Any:
        if (method, *table) not in self._known:
            found = await getattr(super(), method)(*table)
            if not {*table} <= catalogue()["tables"].keys():  # a name that somebody made up
                return found
            self._known[(method, *table)] = found
        return copy(self._known[(method, *table)])


def _count(sql: str, table: str) -> str:
    """What counts a table's rows, in the quickest way that can be interrupted."""
    filters = _FILTERS.fullmatch(sql)
    asked = _EQUAL.findall(filters["filters"]) if filters else []
    if asked and stands_ready(table, [column for column, _ in asked]):
        return total(table, asked)
    if sql == f"select count(*) from {table} " and catalogue()["tables"].get(table, {}).get("hidden"):
        return f"select count(*) from (select 1 from {table} limit {_ALL})"
    return sql


def _counts(connection: sqlite3.Connection, names: Sequence[str], milliseconds: int) -> dict[str, int | None]:
    counts: dict[str, int | None] = {}
    for table in names:
        counts[table] = None
        with suppress(sqlite3.OperationalError), sqlite_timelimit(connection, milliseconds):
            sql = f"SELECT count(*) FROM (SELECT 1 FROM [{table}] LIMIT {MOST_COUNTED + 1})"
            number = int(connection.execute(sql).fetchone()[0])
            counts[table] = number if number <= MOST_COUNTED else None
    return counts

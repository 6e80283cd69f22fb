"""Filters by a day (`date_created__date=2020-05-05`) as a stretch of an index; Datasette asks for the day of every row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from newsarchive.explore.metadata import catalogue

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_LAST = "~"  # comes after all signs that times are written with


def stretches(filters: Mapping[str, str], table: str) -> tuple[list[str], dict[str, str]]:
    """Conditions, with their values, that hold for all rows which the filters by a day let through."""
    conditions: list[str] = []
    values: dict[str, str] = {}
    for place, (column, day) in enumerate(_days(filters, table)):
        conditions.append(f'"{column}" >= :day{place} and "{column}" < :end{place}')
        values |= {f"day{place}": day, f"end{place}": day + _LAST}
    return conditions, values


def _days(filters: Mapping[str, str], table: str) -> Iterator[tuple[str, str]]:
    """The columns of times, as their meaning says, with the days that are asked for."""
    meanings: Mapping[str, str] = catalogue()["tables"].get(table, {}).get("columns", {})
    for name in filters:
        column, _, condition = name.rpartition("__")
        if condition == "date" and "UTC" in meanings.get(column, "") and _DAY.fullmatch(filters[name]):
            yield column, filters[name]

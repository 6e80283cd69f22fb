"""A chart as the table that it is drawn from: what a reader, a spreadsheet and a script in the page are given alike."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any, Literal

from newsarchive.text import unformulated

Number = int | float | None
Line = tuple[str, *tuple[Number, ...]]
MOST_SERIES = 7  # that are told apart by colour; the rest stand together
REST = "all others"


@dataclass(frozen=True, slots=True)
class Chart:
    """A table with a name of its own: the heads of its columns, its lines, and how it is drawn.

    The first column is what stands below the chart: times (`2026`, `2026-11`, `2026-11-05`) or steps in their order. `drawn` are
    the columns that are drawn, all but the first if it is empty. `notes` say in sentences what is not in it. `unit` is what the
    numbers count.
    """

    name: str
    title: str
    heads: Sequence[str]
    lines: Sequence[Line]
    unit: str
    form: Literal["bars", "lines", "shares"] = "bars"
    scale: Literal["time", "steps"] = "time"
    drawn: Sequence[str] = ()
    notes: Sequence[str] = ()

    @property
    def series(self) -> Sequence[str]:
        """The heads of the columns that are drawn."""
        return self.drawn or self.heads[1:]

    @property
    def told(self) -> str:
        """What the chart shows, in a sentence, for those who do not see it."""
        if not self.lines:
            return f"{self.title}: nothing."
        columns = [self.heads.index(name) for name in self.series]
        sums = [sum(float(line[column] or 0) for column in columns) for line in self.lines]
        most = max(range(len(sums)), key=sums.__getitem__)
        span = f"{self.title}, from {self.lines[0][0]} to {self.lines[-1][0]}"
        return f"{span}: {', '.join(self.series)}. The most is at {self.lines[most][0]}: {sums[most]:,.10g} {self.unit}."

    def csv(self) -> str:
        """All of it as CSV (RFC 4180); no cell is run as a formula by a spreadsheet."""
        file = StringIO()
        writer = csv.writer(file)
        for line in (self.heads, *self.lines):
            writer.writerow([unformulated(cell) if isinstance(cell, str) else cell for cell in line])
        return file.getvalue()


def by_series(rows: Sequence[tuple[Any, ...]]) -> tuple[list[str], list[list[Line]]]:
    """Rows of (step, series, number, number ...) as a table for each number, with a column for each of the largest series and one
    for the rest: the heads of these columns, which are the same in all, and the lines of each table."""
    sums: dict[str, int] = {}
    for _, series, *numbers in rows:
        sums[series] = sums.get(series, 0) + sum(numbers)
    names = sorted((name for name in sums if sums[name]), key=lambda name: (-sums[name], name))
    heads = names if len(names) <= MOST_SERIES else [*names[: MOST_SERIES - 1], REST]
    column = {name: min(place, len(heads) - 1) for place, name in enumerate(names)}
    tables: list[dict[str, list[int]]] = [{} for _ in rows[0][2:]] if rows else []
    for step, series, *numbers in rows:
        for table, number in zip(tables, numbers, strict=True):
            if number:
                table.setdefault(step, [0] * len(heads))[column[series]] += number
    return heads, [[(step, *line) for step, line in sorted(table.items())] for table in tables]


def binned(counts: Sequence[tuple[int, int]]) -> list[Line]:
    """Rows of (size, how many have it) in steps of growing width: 0, 1, 2 to 4, 5 to 9, 10 to 19, 20 to 49 and so on."""
    steps = [(0, 0), (1, 1)]
    largest = max((size for size, _ in counts), default=0)
    while steps[-1][1] < largest:
        first = steps[-1][1] + 1
        steps.append((first, (5 * first // 2 if str(first)[0] == "2" else 2 * first) - 1))
    found = [sum(many for size, many in counts if first <= size <= last) for first, last in steps]
    return [(f"{a:,}" if a == b else f"{a:,} to {b:,}", many) for (a, b), many in zip(steps, found, strict=True)]

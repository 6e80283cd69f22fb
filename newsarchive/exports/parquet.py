"""A table as Parquet, for pandas, R and DuckDB: every value as the catalogue has it, and a codebook of its columns.

The library that writes it, pyarrow, takes 170 MB, so it is installed by those who want it.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from newsarchive.catalogue import schema
from newsarchive.errors import UsageError
from newsarchive.explore.metadata import tables

LISTS = ("authors", "tags")
_GROUP = 20_000  # rows that are in memory at once
# What an export has beside its table's columns.
_MORE = {
    "authors": "The authors' names, in the page's order.",
    "tags": "The keywords that the site gives the article.",
    "article_url": "The article's canonical address.",
    "article_headline": "The article's headline.",
}

Row = Mapping[str, Any]


class Parquet:
    """One table, zstd-compressed. Times stay ISO 8601 text in UTC, as in the catalogue; lists are lists.

    The codebook stands in the fields' metadata (`description`), and beside the file as `NAME.codebook.csv`.
    """

    def __init__(self, path: Path) -> None:
        try:
            import pyarrow as pa
            import pyarrow.parquet as pq
        except ImportError as error:
            raise UsageError('Parquet files need pyarrow (170 MB): pip install "newsarchive[parquet]"') from error
        self._pa, self._pq, self._path = pa, pq, path
        self._codebook = path.with_name(f"{path.name.removesuffix('.part').removesuffix('.parquet')}.codebook.csv")
        if self._codebook.exists():
            raise UsageError(f"{self._codebook} is there already; remove it, or name another file")
        self._lines: list[tuple[str, str, str]] = []

    def write(self, table: str, columns: Sequence[str], rows: Iterable[Row]) -> int:
        """Write the only table; returns how many rows."""
        types, meanings = _types(table), tables()[table]["columns"] | _MORE
        self._lines = [(name, "list of text" if name in LISTS else types.get(name, "text"), meanings[name]) for name in columns]
        fields = [self._field(*line) for line in self._lines]
        layout = self._pa.schema(fields, metadata={"description": tables()[table]["description"]})
        count, waiting = 0, iter(rows)
        with self._pq.ParquetWriter(self._path, layout, compression="zstd") as writer:
            while group := list(islice(waiting, _GROUP)):
                writer.write_table(self._pa.Table.from_pylist([_unfolded(row) for row in group], schema=layout))
                count += len(group)
        return count

    def close(self) -> str | None:
        """Write the codebook beside the file."""
        with self._codebook.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([("column", "type", "meaning"), *self._lines])
        return f"{self._codebook} says what the columns mean"

    def _field(self, name: str, kind: str, meaning: str) -> Any:
        text = self._pa.string()
        types = {"integer": self._pa.int64(), "real": self._pa.float64(), "list of text": self._pa.list_(text)}
        return self._pa.field(name, types.get(kind, text), metadata={"description": meaning})


def _types(table: str) -> dict[str, str]:
    """The columns' types in the catalogue, in lower case."""
    with closing(schema.prepare(":memory:")) as connection:
        return {row["name"]: row["type"].lower() for row in connection.execute("SELECT * FROM pragma_table_info(?)", [table])}


def _unfolded(row: Row) -> dict[str, Any]:
    return {name: json.loads(value) if name in LISTS else value for name, value in row.items()}

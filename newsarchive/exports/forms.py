"""The forms of an export: JSON lines and Parquet are faithful, CSV and Excel are safe in a spreadsheet."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any, Protocol
from weakref import finalize

from newsarchive.exports.cells import fitting
from newsarchive.exports.parquet import LISTS, Parquet
from newsarchive.text import clean, json_shown, unformulated

Row = Mapping[str, Any]
QUOTED = "quoted_cells"
MOST_ROWS = 1_048_576  # of a sheet ("Excel specifications and limits"), its line of names included


class Form(Protocol):
    """Writes tables into one file; `close` ends it, and says what of the rows is not in it as it was."""

    def write(self, table: str, columns: Sequence[str], rows: Iterable[Row]) -> int: ...

    def close(self) -> str | None: ...


class JsonLines:
    """An object per line, with its `table`; every value as the catalogue has it."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8", newline="\n")

    def write(self, table: str, columns: Sequence[str], rows: Iterable[Row]) -> int:
        """Append rows; returns how many."""
        count = 0
        for row in rows:
            count += 1
            lists = {name: json.loads(row[name]) for name in LISTS if name in row}
            self._file.write(json_shown(json.dumps({"table": table} | dict(row) | lists, ensure_ascii=False)) + "\n")
        return count

    def close(self) -> str | None:
        """End the file."""
        self._file.close()
        return None


class Csv:
    """One table as RFC 4180 has it, in UTF-8 with the mark by which Excel knows it.

    The last column names the cells of the row that got an apostrophe, so that a program can take it off again.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._quoted = 0

    def write(self, table: str, columns: Sequence[str], rows: Iterable[Row]) -> int:
        """Write the only table; returns how many rows."""
        writer = csv.writer(self._file)
        writer.writerow([*columns, QUOTED])
        count = 0
        for row in rows:
            count += 1
            cells = [_cell(name, row[name]) for name in columns]
            safe = [unformulated(cell) if isinstance(cell, str) else cell for cell in cells]
            changed = [name for name, cell, was in zip(columns, safe, cells, strict=True) if cell != was]
            self._quoted += len(changed)
            writer.writerow([*safe, " ".join(changed)])
        return count

    def close(self) -> str | None:
        """End the file."""
        self._file.close()
        if not self._quoted:
            return None
        return f"{self._quoted} cells begin with an apostrophe, so that no spreadsheet runs them; the column {QUOTED} names them"


class Excel:
    """A sheet per table, and another where one is full. Text is text: no formula, no link, whatever it begins with."""

    def __init__(self, path: Path) -> None:
        from xlsxwriter import Workbook

        # The rows wait in files, what readers wrote among them: beside the export, not in a folder of the whole machine.
        scratch = mkdtemp(prefix=f".{path.name}.", dir=path.parent)
        self._tidy = finalize(self, rmtree, scratch, ignore_errors=True)
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        # A million rows are a sheet of more than 2 GB, which needs ZIP64; smaller files are written as they always were.
        self._book = Workbook(path, options | {"tmpdir": scratch, "use_zip64": True})
        self._cut = 0

    def write(self, table: str, columns: Sequence[str], rows: Iterable[Row]) -> int:
        """Write a table; returns how many rows."""
        count, sheets, sheet, line = 0, 0, None, MOST_ROWS
        for row in rows:
            if line == MOST_ROWS:
                sheets, line = sheets + 1, 1
                sheet = self._sheet(table if sheets == 1 else f"{table} {sheets}", columns)
            self._write_row(sheet, line, [_cell(name, row[name]) for name in columns])
            count, line = count + 1, line + 1
        if sheet is None:
            self._sheet(table, columns)
        return count

    def _sheet(self, name: str, columns: Sequence[str]) -> Any:
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        self._write_row(sheet, 0, columns)
        return sheet

    def _write_row(self, sheet: Any, line: int, cells: Sequence[str | float | None]) -> None:
        for at, cell in enumerate(cells):
            if isinstance(cell, str):
                text, whole = fitting(cell)
                self._cut += not whole
                sheet.write_string(line, at, text)
            elif cell is not None:
                sheet.write_number(line, at, cell)

    def close(self) -> str | None:
        """End the file."""
        self._book.close()
        self._tidy()
        if not self._cut:
            return None
        return f"{self._cut} texts were cut, for a cell of Excel holds 32,767 characters; .jsonl and .csv have them whole"


ONE_TABLE = {".csv", ".parquet"}
FORMS: dict[str, Callable[[Path], Form]] = {".jsonl": JsonLines, ".csv": Csv, ".xlsx": Excel, ".parquet": Parquet}


def _cell(name: str, value: Any) -> str | float | None:
    """A value for a spreadsheet: lists joined, text clean."""
    if name in LISTS:
        value = "; ".join(json.loads(value))
    return clean(value) if isinstance(value, str) else value

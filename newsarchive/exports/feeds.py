"""Scrapy's own CSV feed (`-O items.csv`), with cells that no spreadsheet runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scrapy.exporters import CsvItemExporter
from scrapy.item import Field

from newsarchive.text import clean, unformulated


class SafeCsv(CsvItemExporter):
    """Writes an item per row; a cell that a spreadsheet would run as a formula begins with an apostrophe."""

    def serialize_field(self, field: Mapping[str, Any] | Field, name: str, value: Any) -> Any:
        """The value of one cell."""
        cell = super().serialize_field(field, name, value)
        return unformulated(clean(cell)) if isinstance(cell, str) else cell

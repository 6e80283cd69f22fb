"""What Datasette is told of the catalogue: titles, descriptions, labels, facets, sort orders, ready-made queries.

The words stand in `tables.toml` (tables and columns, the source of docs/reference-catalogue.md too) and `archive.toml`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

DATABASE = "catalogue"
STATIC = "newsarchive-static"
# What SQLite and the migrations keep for themselves; `hidden` hides every table whose name begins so, too.
_INTERNAL = ("articles_fts", "comments_fts", "_sqlite_migrations")

Table = dict[str, Any]


def tables() -> dict[str, Table]:
    """Every table of the catalogue by name, with `title`, `description`, `columns` (name to meaning) and Datasette's keys."""
    return _read("tables.toml")


@cache
def labels() -> Mapping[str, str]:
    """The column that names a row, by table; addresses are left out, they lead to the live page."""
    found = {name: table.get("label_column") for name, table in tables().items()}
    return {name: column for name, column in found.items() if column and column != "url"}


@cache
def catalogue() -> Mapping[str, Any]:
    """The part of `metadata` that tells of the catalogue: its tables and ready-made queries."""
    described: Mapping[str, Any] = metadata()["databases"][DATABASE]
    return described


def metadata() -> dict[str, Any]:
    """Datasette's metadata for an instance that serves one catalogue, under the name `catalogue`."""
    archive = _read("archive.toml")
    database = {
        "title": "Catalogue",
        "description": "All tables of the archive. Each table's page says what its columns mean.",
        "tables": {name: _told(table) for name, table in tables().items()} | {name: {"hidden": True} for name in _INTERNAL},
        "queries": archive.pop("queries"),
    }
    return archive | {"databases": {DATABASE: database}, "extra_css_urls": [f"/{STATIC}/explore.css"]}


def _told(table: Table) -> Table:
    """A table with its facets named as Datasette names those of a kind of their own (tallied.py)."""
    return table | ({"facets": [{"tallied": column} for column in table["facets"]]} if "facets" in table else {})


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files(__package__) / name).read_text("utf-8"))

"""Every table and column of the catalogue is explained, in Datasette and in the documentation."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from newsarchive.catalogue import schema
from newsarchive.explore.describe import reference
from newsarchive.explore.metadata import labels, metadata, tables
from newsarchive.watching import report

DOCUMENT = Path(__file__).parents[2] / "docs" / "reference-catalogue.md"


@pytest.fixture(scope="module")
def real_columns() -> dict[str, list[str]]:
    """The columns of every table that the migrations make, by table; SQLite's and FTS5's own tables left out."""
    with closing(schema.prepare(":memory:")) as db:
        names = [row["name"] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        ours = [name for name in names if "_fts" not in name and not name.startswith(("sqlite_", "_sqlite_"))]
        return {name: [row["name"] for row in db.execute("SELECT name FROM pragma_table_info(?)", [name])] for name in ours}


def test_every_table_and_column_is_explained(real_columns: dict[str, list[str]]) -> None:
    assert {name: list(table["columns"]) for name, table in tables().items()} == real_columns
    for table in tables().values():
        assert all(text.endswith((".", "...")) for text in (table["description"], *table["columns"].values()))


def test_the_reference_is_what_describe_writes() -> None:
    assert DOCUMENT.read_text("utf-8") == reference(), "run: python -m newsarchive.explore.describe > docs/reference-catalogue.md"


@pytest.mark.parametrize("key", ["label_column", "sort", "sort_desc", "facets", "main", "sortable_columns"])
def test_named_columns_exist(key: str, real_columns: dict[str, list[str]]) -> None:
    for name, table in tables().items():
        named: Any = table.get(key, [])
        assert set([named] if isinstance(named, str) else named) <= set(real_columns[name]), name


def test_rows_with_a_name_have_an_id(real_columns: dict[str, list[str]]) -> None:
    assert labels()["articles"] == "headline"
    assert all("id" in real_columns[table] for table in labels())


def test_internal_tables_are_hidden() -> None:
    shown = metadata()["databases"]["catalogue"]["tables"]
    assert all(shown[name].get("hidden") for name in ("thread_pages", "placements", "articles_fts", "_sqlite_migrations"))


# Tables that may have millions of rows.
LARGE = ("captures", "outcomes", "thread_visits", "articles", "article_revisions", "commenters", "comments", "comment_revisions")


def _plan(sql: str) -> str:
    with closing(schema.prepare(":memory:")) as db:
        return "; ".join(row["detail"] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}"))


@pytest.mark.parametrize("name", LARGE)
def test_a_large_table_is_shown_in_the_order_of_an_index(name: str) -> None:
    table = tables()[name]
    assert "TEMP B-TREE" not in _plan(f"SELECT * FROM {name} ORDER BY {table['sort_desc']} DESC LIMIT 51")


@pytest.mark.parametrize(("name", "facet"), [(name, facet) for name in LARGE for facet in tables()[name].get("facets", ())])
def test_the_facets_of_a_large_table_are_counted_in_an_index(name: str, facet: str) -> None:
    assert "COVERING INDEX" in _plan(f"SELECT {facet}, count(*) FROM {name} WHERE {facet} IS NOT NULL GROUP BY {facet}")


@pytest.mark.parametrize(
    ("question", "index"),
    [
        ("most_discussed", "articles_comments"),
        ("edited_articles", "articles_edited"),
        ("edited_comments", "comments_edited"),
        ("deleted_comments", "comments_deleted"),
        ("busiest_commenters", "commenters_count"),
        ("what_could_not_be_had", "outcomes_at"),
    ],
)
def test_a_question_goes_by_an_index(question: str, index: str) -> None:
    sql = re.sub(r":\w+", "''", metadata()["databases"]["catalogue"]["queries"][question]["sql"])
    assert f"INDEX {index}" in _plan(sql)


def test_a_site_s_health_is_found_without_reading_all_its_crawls() -> None:
    plan = _plan(report._CRAWLS.replace("?", "1"))
    assert "INDEX crawls_kind (site_id=? AND kind=? AND <expr>=?)" in plan
    assert "TEMP B-TREE" not in plan

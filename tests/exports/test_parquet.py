"""A Parquet file gives back the catalogue's values, in pandas too, with a codebook of all its columns."""

from __future__ import annotations

import csv
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from newsarchive.cli import main
from newsarchive.exports import parquet
from tests.exports.test_export import archive, export

__all__ = ["archive"]


def values(folder: Path, sql: str) -> list[dict[str, object]]:
    with closing(sqlite3.connect(folder / "catalogue.db")) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(sql)]


def test_every_value_comes_back_in_pandas(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "_GROUP", 5)  # the file has several groups of rows
    with closing(sqlite3.connect(archive / "catalogue.db")) as connection:
        connection.execute("UPDATE comments SET upvotes = 9007199254740993, in_language_score = 0.1 WHERE id = 's:3'")
        connection.commit()
    done = export(archive, "comments.parquet", "--table", "comments")
    assert done.exit_code == 0, done.output
    frame = pd.read_parquet(archive / "comments.parquet", dtype_backend="pyarrow")
    back = [{name: None if pd.isna(value) else value for name, value in row.items()} for row in frame.to_dict("records")]
    wanted = values(archive, "SELECT *, NULL AS article_url, NULL AS article_headline FROM comments ORDER BY rowid")
    assert back == wanted
    assert str(frame["upvotes"].dtype) == "int64[pyarrow]"


def test_lists_are_lists_and_days_limit(archive: Path) -> None:
    export(archive, "articles.parquet", "--table", "articles")
    frame = pd.read_parquet(archive / "articles.parquet")
    assert [list(names) for names in frame["authors"]] == [["Tino, Jr.", "=Jane"]]
    assert [list(names) for names in frame["tags"]] == [[]]
    export(archive, "days.parquet", "--table", "comments", "--since", "2026-10-03", "--until", "2026-10-04")
    assert list(pd.read_parquet(archive / "days.parquet")["id"]) == ["s:3", "s:4"]
    export(archive, "none.parquet", "--table", "comments", "--site", "other")
    assert pd.read_parquet(archive / "none.parquet").empty


def test_codebook_says_what_each_column_means(archive: Path) -> None:
    for table in ("articles", "comments"):
        done = export(archive, f"{table}.parquet", "--table", table)
        assert f"{table}.codebook.csv says what the columns mean" in done.output
        fields = pq.read_schema(archive / f"{table}.parquet")
        with (archive / f"{table}.codebook.csv").open(encoding="utf-8", newline="") as file:
            book = {row["column"]: row for row in csv.DictReader(file)}
        assert list(book) == fields.names
        for field in fields:
            assert field.metadata[b"description"].decode() == book[field.name]["meaning"] != ""
        assert fields.metadata[b"description"]


def test_refused_without_a_table_over_a_codebook_and_without_pyarrow(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "--table" in export(archive, "all.parquet").output
    (archive / "comments.codebook.csv").write_text("mine")
    assert export(archive, "comments.parquet", "--table", "comments").exit_code == 2
    assert (archive / "comments.codebook.csv").read_text() == "mine"
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    done = CliRunner().invoke(main, ["--dir", str(archive), "export", str(archive / "c.parquet"), "--table", "comments"])
    assert (done.exit_code, 'pip install "newsarchive[parquet]"' in done.output) == (2, True)
    assert not list(archive.glob("*.parquet*"))

"""A walk through every page of every table: what takes longer than it may, and how much memory the server takes.

    .venv/bin/python benchmarks/tour.py FOLDER [--rounds 2] [--clients 1] [--table WORD] [--bar 0.3]

FOLDER holds a catalogue.db (benchmarks/million.py makes a large one). What is asked for is what the pages themselves offer: each
table with all and with its main columns; every value of its facets; filters by days, sites, statuses and languages, by one and by
two at once; pages in the middle and near the end; a row of each table. Of all these every sort that they offer, and the next
pages. A page that takes longer than it may is asked for again, and printed if it does so twice, with the seconds by the clock and
those of the server's CPU (on a machine that does other work the clock tells little); then how many there are, and the server's
memory. The exit code is 1 where a page is too slow or fails.
"""

from __future__ import annotations

import sqlite3
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode, urljoin, urlsplit

import click
from datasette.utils import tilde_encode
from selectolax.lexbor import LexborHTMLParser
from served import Server, served

from newsarchive.explore.metadata import catalogue

FILTERED = ("site_id", "status", "in_language", "section", "purpose", "kind", "platform")  # columns that people filter by
TIMES = ("date_created", "date_published", "captured_at", "first_seen", "started_at", "at", "seen_at", "day", "month")
DAYS = ("2016-03-01", "2019-06-01", "2023-11-11")
NEXT = 3  # pages after one another


class Tour:
    """What was asked for, how long each page took, and what the pages offered."""

    def __init__(self, server: Server, bar: float) -> None:
        self.server, self.bar = server, bar
        self.asked: dict[str, float] = {}
        self.failed: dict[str, str] = {}

    def ask(self, path: str) -> str:
        """The page; a slow one is asked for once more, and the quicker of the two counts."""
        if path in self.asked:
            return ""
        page, took = self._ask(path)
        if took > self.bar:
            spent = self.server.cpu
            took = min(took, self._ask(path)[1])
            spent = self.server.cpu - spent
            if took > self.bar:
                print(f"{took:7.3f} {spent:5.2f} {path}", flush=True)
        self.asked[path] = took
        return page

    def _ask(self, path: str) -> tuple[str, float]:
        began = time.perf_counter()
        try:
            with urllib.request.urlopen(self.server.base + path) as answer:
                page = answer.read().decode("utf-8", "replace") if "html" in answer.headers["content-type"] else ""
        except urllib.error.HTTPError as error:
            self.failed[path] = f"status {error.code}"
            page = error.read().decode("utf-8", "replace")
        return page, time.perf_counter() - began

    def walk(self, table: str, path: str) -> None:
        """A page with its sorts and the pages after it; the table's own, without a filter, with its facets, too."""
        page = self.ask(path)
        if path == _whole(table):
            for one in dict.fromkeys(_offered(page, table, ".facet-results a")):
                self._leaf(self.ask(one), table)
        self._leaf(page, table)

    def _leaf(self, page: str, table: str) -> None:
        for sort in _offered(page, table, "th a"):
            self.ask(sort)
        for _ in range(NEXT):
            following = [link for link in _offered(page, table, "a") if "_next=" in link]
            if not following:
                return
            page = self.ask(following[0])


def _whole(table: str) -> str:
    columns = catalogue()["tables"][table].get("main", ())
    return f"/catalogue/{table}?{urlencode([('_col', name) for name in columns])}"


def _offered(page: str, table: str, *selectors: str) -> Iterator[str]:
    """Where a page of a table leads to, among this table's pages."""
    tree = LexborHTMLParser(page) if page else None
    for selector in selectors:
        for link in tree.css(selector) if tree else ():
            parts = urlsplit(urljoin(f"/catalogue/{table}", link.attributes.get("href") or ""))
            if parts.path == f"/catalogue/{table}":
                yield f"{parts.path}?{parts.query}"


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True))
@click.option("--rounds", default=1, help="How often the whole tour is made.")
@click.option("--clients", default=1, help="How many ask at the same time.")
@click.option("--table", default="", help="Only tables whose name has this word.")
@click.option("--bar", default=0.3, help="The seconds that a page may take.")
def main(folder: Path, rounds: int, clients: int, table: str, bar: float) -> None:
    """Ask for all pages of the catalogue in FOLDER."""
    names = [name for name in catalogue()["tables"] if "columns" in catalogue()["tables"][name] and table in name]
    with served(folder) as server:
        slow = sum(_tour(server, folder, names, clients, bar) for _ in range(rounds))
        most, now = server.memory
        print(f"memory of the server, MB: {most} at most, {now} now")
    sys.exit(1 if slow else 0)


def _tour(server: Server, folder: Path, names: list[str], clients: int, bar: float) -> int:
    tour = Tour(server, bar)
    starts = {name: list(_starts(folder, name)) for name in names}
    began = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        for done in [pool.submit(tour.walk, name, path) for name, paths in starts.items() for path in paths]:
            done.result()
    slow = [path for path, took in tour.asked.items() if took > bar]
    for path, reason in sorted(tour.failed.items()):
        print(f"{reason} {path}")
    print(
        f"{len(tour.asked):,} pages in {time.perf_counter() - began:.0f} s, {clients} at a time:"
        f" {len(slow)} of more than {bar} s, {len(tour.failed)} failed; the slowest took {max(tour.asked.values()):.3f} s",
        flush=True,
    )
    return len(slow) + len(tour.failed)


def _starts(folder: Path, table: str) -> Iterator[str]:
    """Where the tour of a table begins."""
    about = catalogue()["tables"][table]
    main = [("_col", name) for name in about.get("main", ())]
    yield f"/catalogue/{table}"
    yield _whole(table)
    with closing(sqlite3.connect(f"file:{folder / 'catalogue.db'}?mode=ro", uri=True)) as db:
        offered = _indexed(db, table) if "sortable_columns" in about else about["columns"]
        keys = [row[1] for row in sorted(db.execute(f"PRAGMA table_info({table})"), key=lambda row: row[5]) if row[5]]
        for column in TIMES:
            if column in offered:
                for day in DAYS:
                    yield from (
                        f"/catalogue/{table}?{urlencode([(f'{column}__{op}', day), *main])}" for op in ("lt", "gte", "date")
                    )
        for filters in _filters(db, table, offered):
            yield f"/catalogue/{table}?{urlencode([*filters, *main])}"
        for sort in {about.get("sort"), about.get("sort_desc"), *about.get("sortable_columns", ())} - {None}:
            yield from _deep(db, table, keys, sort, main)
        yield from _row(db, table, keys)


def _indexed(db: sqlite3.Connection, table: str) -> set[str]:
    """The columns that the page of a large table offers to filter by."""
    sql = "SELECT i.name FROM pragma_index_list(?) l, pragma_index_info(l.name) i WHERE i.seqno = 0"
    return {name for (name,) in db.execute(sql, [table])}


def _filters(db: sqlite3.Connection, table: str, offered: Collection[str]) -> Iterator[list[tuple[str, str]]]:
    """Values of the columns that people filter by: the most usual and the rarest; and two columns at once."""
    found = {}
    for column in FILTERED:
        if column in offered:
            values = [
                str(value) for (value,) in db.execute(f"SELECT {column} FROM {table} GROUP BY 1 ORDER BY count(*) DESC") if value
            ]
            found[column] = list(dict.fromkeys([*values[:2], *values[-1:]]))
            yield from ([(column, value)] for value in [*found[column], "no-such-value"])
    names = list(found)
    for place, first in enumerate(names):
        for second in names[place + 1 :]:
            yield from ([(first, one), (second, other)] for one in found[first] for other in found[second])


def _deep(db: sqlite3.Connection, table: str, keys: list[str], sort: str, main: list[tuple[str, str]]) -> Iterator[str]:
    """Pages in the middle of a table and near its end, in one order and the other."""
    (many,) = db.execute(f"SELECT count(*) FROM {table}").fetchone()
    for part in (0.5, 0.95):
        for order in ("_sort", "_sort_desc"):
            direction = " DESC" if order == "_sort_desc" else ""
            sql = f"SELECT {sort}, {', '.join(keys)} FROM {table} ORDER BY {sort}{direction} LIMIT 1 OFFSET ?"
            if row := db.execute(sql, [int(many * part)]).fetchone():
                place = ",".join("$null" if value is None else tilde_encode(str(value)) for value in row)
                yield f"/catalogue/{table}?{urlencode([(order, sort), ('_next', place), *main])}"


def _row(db: sqlite3.Connection, table: str, keys: list[str]) -> Iterator[str]:
    row = db.execute(f"SELECT {', '.join(keys)} FROM {table} LIMIT 1 OFFSET (SELECT count(*) / 2 FROM {table})").fetchone()
    if row:
        yield f"/catalogue/{table}/{','.join(tilde_encode(str(key)) for key in row)}"


if __name__ == "__main__":
    main()

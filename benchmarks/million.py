"""How long the pages over a large archive take: 200,000 articles and 2 million comments, made up.

    .venv/bin/python benchmarks/million.py make FOLDER [--articles 200000] [--comments 2000000]
    .venv/bin/python benchmarks/million.py ask FOLDER [--only WORD] [--rounds 5]

`make` writes FOLDER/catalogue.db (benchmarks/invented.py says of what). `ask` serves it in a process of its own and prints for
each page the bar, the median of some answers, the worst, the first, the server's CPU for one of them, and how long the answer is;
then the server's memory. Where a name stands for several pages, it is the median of their medians. Before each request the
catalogue is marked as changed, as a running crawl marks it every second. The exit code is 1 where a bar is not met.
"""

from __future__ import annotations

import os
import sqlite3
import statistics
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import click
from datasette.utils import tilde_encode
from invented import invent
from papers import Words
from served import Server, served

from newsarchive.explore.metadata import metadata, tables

START, SEARCH, FREQUENT, READER, CHARTS, TABLE = 0.3, 0.3, 1.0, 0.1, 0.5, 0.3  # seconds
MEMORY = 300  # MB
RANKS = (0, 1, 3, 7, 15, 30, 60, 120, 240, 480, 900, 1500, 2500, 4000, 6000, 9000, 13_000, 18_000, 24_000, 29_000)


@dataclass(frozen=True)
class Page:
    """A page, or some of a kind whose median counts, and how many seconds it may take; None: told, and no more."""

    name: str
    paths: tuple[str, ...]
    bar: float | None


@click.group()
def main() -> None:
    """Make a large catalogue, and ask it."""


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--articles", default=200_000)
@click.option("--comments", default=2_000_000)
@click.option("--largest", default="paper-1-example", help="The id of the site that has most of all this.")
def make(folder: Path, articles: int, comments: int, largest: str) -> None:
    """Write FOLDER/catalogue.db."""
    for line in invent(folder, articles, comments, largest):
        print(line, flush=True)
    print(f"{(folder / 'catalogue.db').stat().st_size / 1e9:.2f} GB")


@main.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True))
@click.option("--only", default="", help="Only pages whose name has this word.")
@click.option("--rounds", default=5)
def ask(folder: Path, only: str, rounds: int) -> None:
    """Time the pages over FOLDER/catalogue.db."""
    with closing(sqlite3.connect(folder / "catalogue.db")) as db:
        pages = [page for page in _pages(db) if only in page.name]
    missed = []
    with served(folder) as server:
        print(f"{'page':58} {'bar':>5} {'median':>7} {'worst':>7} {'first':>7} {'CPU':>6} {'bytes':>9}")
        missed += [page.name for page in pages if not _is_met(page, server, folder, rounds)]
        most, now = server.memory
    print(f"{'memory of the server, MB (bar, most, now)':58} {MEMORY:>5} {most:>7} {now:>7}")
    if most > MEMORY:
        missed.append("memory")
    print(f"not met: {'; '.join(missed) or 'none'}")
    sys.exit(1 if missed else 0)


def _is_met(page: Page, server: Server, folder: Path, rounds: int) -> bool:
    """Ask for a page, print how long it took, and say whether that is within its bar."""
    firsts, medians, worst, length, failed, spent = [], [], 0.0, 0, "", 0.0
    for path in page.paths:
        times = []
        before = server.cpu
        for _ in range(rounds + 1):
            os.utime(folder / "catalogue.db")
            began = time.perf_counter()
            try:
                with urllib.request.urlopen(server.base + path) as answer:
                    length = len(answer.read())
            except urllib.error.HTTPError as error:
                failed = f" status {error.code}: {path}"
                error.read()
            times.append(time.perf_counter() - began)
        spent += server.cpu - before
        firsts.append(times[0])
        medians.append(statistics.median(times[1:]))
        worst = max(worst, *times[1:])
    median, first = statistics.median(medians), max(firsts)
    met = not failed and (page.bar is None or median < page.bar)
    each = spent / len(page.paths) / (rounds + 1)
    told = f"{page.name:58} {page.bar or '':>5} {median:7.3f} {worst:7.3f} {first:7.3f} {each:6.3f} {length:>9,}"
    print(told + ("" if met else " MISSED") + failed, flush=True)
    return met


def _pages(db: sqlite3.Connection) -> Iterator[Page]:
    yield Page("start", ("/",), START)
    yield from _reading(db)
    yield from _searches()
    yield from _tables(db)
    yield from _rows(db)
    yield from _questions(db)
    yield from _pictures()


def _one(db: sqlite3.Connection, sql: str) -> str:
    return str(db.execute(sql).fetchone()[0])


def _reading(db: sqlite3.Connection) -> Iterator[Page]:
    longest = _one(db, "SELECT id FROM articles ORDER BY comment_count DESC LIMIT 1")
    usual = db.execute("SELECT id FROM articles WHERE comment_count BETWEEN 5 AND 60 ORDER BY word_count LIMIT 20 OFFSET 100")
    edited = db.execute("SELECT id FROM articles WHERE revision_count = 1 ORDER BY word_count DESC LIMIT 20")
    last = _one(db, f"SELECT id FROM comments WHERE article_id = '{longest}' ORDER BY position DESC LIMIT 1")
    thread = f"/-/article/{tilde_encode(longest)}"
    yield Page("article, 20 usual ones", tuple(f"/-/article/{tilde_encode(one)}" for (one,) in usual), READER)
    versions = tuple(f"/-/article/{tilde_encode(one)}?from=&to=" for (one,) in edited)
    yield Page("article, two versions compared, the 20 longest", versions, READER)
    yield Page("article with the longest thread", (thread,), READER)
    yield Page("article with the longest thread, page 50", (f"{thread}?page=50",), READER)
    yield Page("article with the longest thread, deleted ones", (f"{thread}?only=deleted",), READER)
    yield Page("article with the longest thread, at its last comment", (f"{thread}?comment={tilde_encode(last)}",), READER)
    comments = db.execute("SELECT id FROM comments WHERE revision_count = 1 LIMIT 20 OFFSET 100")
    yield Page("comment, 20 edited ones", tuple(f"/-/comment/{tilde_encode(one)}" for (one,) in comments), READER)
    front = _one(db, "SELECT id FROM captures WHERE purpose = 'feed' ORDER BY captured_at DESC LIMIT 1")
    yield Page("capture of an address with 4,000 captures", (f"/-/capture/{tilde_encode(front)}",), READER)


def _pictures() -> Iterator[Page]:
    for name in ("written", "changes", "threads", "hours", "commenters", "languages"):
        yield Page(f"picture {name}", (f"/-/pictures/{name}",), CHARTS)
    words = Words("en").common
    for kind in ("comments", "articles"):
        for told, ranks in (("five usual words", (60, 240, 900, 2500, 9000)), ("the five most frequent words", (0, 1, 2, 3, 4))):
            query = urlencode({"in": kind, "words": ",".join(words[rank] for rank in ranks)})
            yield Page(f"picture words in {kind}, {told}", (f"/-/pictures/words?{query}",), CHARTS)


def _searches() -> Iterator[Page]:
    words = Words("en").common
    mixed = [words[rank] for rank in RANKS]

    def found(name: str, *queries: dict[str, str], bar: float = SEARCH) -> Page:
        return Page(f"search {name}", tuple(f"/-/search?{urlencode(query)}" for query in queries), bar)

    for kind in ("comments", "articles"):
        yield found(f"in {kind}, 20 mixed words", *({"in": kind, "q": word} for word in mixed))
        yield found(f"in {kind}, the most frequent word", {"in": kind, "q": mixed[0]}, bar=FREQUENT)
        middle = {"in": kind, "q": words[100]}
        for extra in (
            {"site": "paper-2-example"}, {"site": "paper-12-example"}, {"since": "2020-01-01", "until": "2020-12-31"},
            {"language": "sn"}, {"status": "edited"}, {"section": "x"}, {"author": "x"}, {"sort": "date"}, {"page": "500"},
            {"status": "deleted" if kind == "comments" else "gone"},
        ):  # fmt: skip
            yield found(f"in {kind}, a frequent word, {', '.join(extra)}", middle | extra, bar=FREQUENT)
        yield found(f"in {kind}, the most frequent word, by date", {"in": kind, "q": mixed[0], "sort": "date"}, bar=FREQUENT)
        yield found(f"in {kind}, a phrase of frequent words", {"in": kind, "q": f'"{words[0]} {words[1]}"'}, bar=FREQUENT)
        yield found(f"in {kind}, two words", {"in": kind, "q": f"{words[50]} {words[900]}"})
        yield found(f"in {kind}, one without the other", {"in": kind, "q": f"{words[3]} -{words[0]}"}, bar=FREQUENT)
        yield found(f"in {kind}, either of two", {"in": kind, "q": f"{words[500]} OR {words[900]}"})
        yield found(f"in {kind}, words that begin with two letters", {"in": kind, "q": f"{words[300][:2]}*"}, bar=FREQUENT)
    yield found("in both, 20 mixed words", *({"q": word} for word in mixed))


def _tables(db: sqlite3.Connection) -> Iterator[Page]:
    """Every table as links lead to it, whole, deep in it, and with each value of each facet."""
    for table, about in tables().items():
        if about.get("hidden"):
            continue
        columns = [("_col", name) for name in about.get("main", ())]
        yield Page(f"table {table}", (f"/catalogue/{table}?{urlencode(columns)}",), TABLE)
        yield Page(f"table {table}, all columns", (f"/catalogue/{table}",), TABLE)
        for facet in about.get("facets", ()):
            values = [one for (one,) in db.execute(f"SELECT {facet} FROM {table} GROUP BY 1 ORDER BY count(*) DESC LIMIT 12")]
            paths = tuple(f"/catalogue/{table}?{urlencode([(facet, value), *columns])}" for value in values if value is not None)
            if paths:
                yield Page(f"table {table}, each {facet}", paths, TABLE)
    yield Page("table comments of a site, deleted", ("/catalogue/comments?site_id=paper-2-example&status=deleted",), TABLE)
    for table, sort in (("comments", "date_created"), ("articles", "date_published"), ("captures", "captured_at")):
        yield Page(f"table {table}, before a day", (f"/catalogue/{table}?{sort}__lt=2019-06-01",), TABLE)
        yield Page(f"table {table}, of a day", (f"/catalogue/{table}?{sort}__date=2020-05-05",), None)
    for table, column in (("comments", "upvotes"), ("articles", "word_count")):
        yield Page(f"table {table}, sorted by {column}", (f"/catalogue/{table}?_sort_desc={column}",), None)


def _rows(db: sqlite3.Connection) -> Iterator[Page]:
    """A row of every table as Datasette shows it, with what leads to it."""
    for table, about in tables().items():
        keys = [row[1] for row in sorted(db.execute(f"PRAGMA table_info({table})"), key=lambda row: row[5]) if row[5]]
        row = db.execute(f"SELECT {', '.join(keys)} FROM {table} LIMIT 1").fetchone()
        if row and not about.get("hidden"):
            yield Page(f"row of {table}", (f"/catalogue/{table}/{','.join(tilde_encode(str(key)) for key in row)}",), TABLE)


def _questions(db: sqlite3.Connection) -> Iterator[Page]:
    given = {
        "nick": _one(db, "SELECT name FROM commenters ORDER BY comment_count DESC LIMIT 1"),
        "crawl": _one(db, "SELECT id FROM crawls WHERE site_id = 'paper-2-example' ORDER BY number DESC LIMIT 1 OFFSET 20"),
        "headline": _one(db, "SELECT headline FROM articles ORDER BY id DESC LIMIT 1"),
    }
    for name, query in metadata()["databases"]["catalogue"]["queries"].items():
        wanted = {key: value for key, value in given.items() if f":{key}" in query["sql"]}
        sites = ["", "paper-2-example", "paper-12-example"] if ":site" in query["sql"] else [None]
        paths = [f"/catalogue/{name}?{urlencode(wanted | ({'site': site} if site is not None else {}))}" for site in sites]
        yield Page(f"question {name}", tuple(paths), TABLE)
    yield Page("tables and questions", ("/catalogue",), TABLE)


if __name__ == "__main__":
    main()

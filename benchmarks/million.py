# ruff: noqa: E501  # rows as they stand in the catalogue
"""A large archive's catalogue, made up: 200,000 articles and 2 million comments, and how long the pages over it take.

    .venv/bin/python benchmarks/million.py make FOLDER [--articles 200000] [--comments 2000000]
    .venv/bin/python benchmarks/million.py ask FOLDER

`make` writes FOLDER/catalogue.db (about 4 GB) by the migrations, as a rebuild would: bulk load, indexes and full text at the end.
Words are drawn by Zipf's law from 30,000 made-up ones, so a few are in most comments and most in a few. There are no WARC files.
`ask` serves it in a process of its own and prints a JSON line per page: median and worst of five answers in seconds, after one
that does not count; then the server's memory.
"""

from __future__ import annotations

import itertools
import json
import random
import sqlite3
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
from datasette.utils import tilde_encode

from newsarchive.catalogue import schema
from newsarchive.catalogue.bulk import bulk_load
from newsarchive.catalogue.tallies import days, put_days
from newsarchive.times import to_iso

BEGAN = datetime(2016, 1, 1, tzinfo=UTC)
DAYS = 3900
SITES = [f"paper-{number}-example" for number in range(8)]
SYLLABLES = [a + b for a in ("b", "ch", "d", "g", "k", "m", "n", "r", "s", "t", "v", "z", "mw", "nh") for b in "aeiou"]


class Words:
    """Sentences by Zipf's law. `common` are the words from the most frequent on."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        made = {"".join(self._random.choices(SYLLABLES, k=self._random.choice((1, 2, 2, 3, 3, 4)))) for _ in range(60_000)}
        self.common = sorted(made)[:30_000]
        self._random.shuffle(self.common)
        self._weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(self.common))))

    def text(self, count: int) -> str:
        return " ".join(self._random.choices(self.common, cum_weights=self._weights, k=count))


@click.group()
def main() -> None:
    """Make a large catalogue, and ask it."""


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--articles", default=200_000)
@click.option("--comments", default=2_000_000)
def make(folder: Path, articles: int, comments: int) -> None:
    """Write FOLDER/catalogue.db."""
    folder.mkdir(parents=True, exist_ok=True)
    began = time.perf_counter()
    with closing(schema.prepare(str(folder / "catalogue.db"))) as db:
        with bulk_load(db), schema.transaction(db):
            _fill(db, articles, comments)
        with schema.transaction(db):
            for site in SITES:
                put_days(db, site, days(db, site))
        db.execute("ANALYZE")
    size = (folder / "catalogue.db").stat().st_size
    print(json.dumps({"articles": articles, "comments": comments, "bytes": size, "seconds": round(time.perf_counter() - began)}))


def _insert(db: sqlite3.Connection, table: str, rows: Iterator[dict[str, object]]) -> None:
    first = next(rows)
    sql = f"INSERT INTO {table} ({', '.join(first)}) VALUES ({', '.join(f':{name}' for name in first)})"
    db.executemany(sql, itertools.chain([first], rows))


def _at(dice: random.Random) -> datetime:
    return BEGAN + timedelta(days=dice.triangular(0, DAYS, DAYS), seconds=dice.randrange(86_400))


def _fill(db: sqlite3.Connection, articles: int, comments: int) -> None:
    words, dice = Words(1), random.Random(2)
    _insert(db, "sites", ({"id": s, "name": s.title(), "url": f"https://{s}/", "in_language": "en"} for s in SITES))
    crawl = {"kind": "visit", "started_at": to_iso(BEGAN), "finished_at": to_iso(BEGAN), "finish_reason": "finished", "number": 1}
    _insert(db, "crawls", ({"id": f"{s}@1", "site_id": s, **crawl} for s in SITES))
    _insert(db, "warcs", iter([{"id": "made-up.warc.gz"}]))
    published = [_at(dice) for _ in range(articles)]
    _insert(db, "captures", (_capture(number, published[number]) for number in range(articles)))
    _insert(
        db,
        "threads",
        ({"id": f"made:{n}", "site_id": SITES[n % 8], "platform": "made", "status": "open"} for n in range(articles)),
    )
    counts: dict[int, int] = {}
    nicks = [f"Nick {words.text(1)} {number}" for number in range(80_000)]
    _insert(
        db,
        "commenters",
        ({"id": f"{SITES[n % 8]}:~{n}", "site_id": SITES[n % 8], "name": nicks[n], "identity": "nick"} for n in range(80_000)),
    )
    sections = words.common[1000:1020]
    rows = (_article(n, published[n], words, sections[n % 20]) for n in range(articles))
    _insert(db, "articles", rows)
    _insert(
        db,
        "article_urls",
        (
            {
                "url_key": f"{SITES[n % 8]}/{n}",
                "url": f"https://{SITES[n % 8]}/{n}",
                "article_id": f"{SITES[n % 8]}:{n}",
                "kind": "canonical",
            }
            for n in range(articles)
        ),
    )
    _insert(db, "comments", (_comment(n, articles, published, words, dice, nicks, counts) for n in range(comments)))
    _insert(
        db,
        "sightings",
        (
            {"capture_id": _record(a), "comment_id": f"{SITES[a % 8]}:made:{n}"}
            for n in range(comments)
            for a in [_thread(n, articles)]
        ),
    )
    db.executemany(
        "UPDATE articles SET comment_count = ? WHERE id = ?", ((count, f"{SITES[n % 8]}:{n}") for n, count in counts.items())
    )
    revised = (n for n in range(articles) if n % 50 == 0)
    _insert(db, "article_revisions", (_revision(n, turn, published[n], words) for n in revised for turn in (0, 1)))
    db.execute("UPDATE articles SET revision_count = 1 WHERE id IN (SELECT article_id FROM article_revisions)")


def _record(number: int) -> str:
    return f"urn:uuid:00000000-0000-4000-8000-{number:012}"


def _thread(number: int, articles: int) -> int:
    """Which article a comment belongs to: a tenth of them to 200 long threads, one of them endless, the rest anywhere."""
    if number % 100 == 0:
        return 0
    return number * 7919 % min(200, articles) if number % 10 == 0 else number * 104_729 % articles


def _capture(n: int, at: datetime) -> dict[str, object]:
    site = SITES[n % 8]
    return {"id": _record(n), "site_id": site, "crawl_id": f"{site}@1", "url": f"https://{site}/{n}", "url_key": f"{site}/{n}",
            "captured_at": to_iso(at), "status": 200, "mime": "text/html", "record_type": "response", "purpose": "article",
            "payload_digest": f"sha1:{n:032}", "payload_bytes": 40_000, "warc_id": "made-up.warc.gz", "warc_offset": n * 9000,
            "warc_length": 8000, "read_at": to_iso(at)}  # fmt: skip


def _article(n: int, at: datetime, words: Words, section: str) -> dict[str, object]:
    site, text = SITES[n % 8], words.text(180)
    return {"id": f"{site}:{n}", "site_id": site, "thread_id": f"made:{n}", "url": f"https://{site}/{n}",
            "headline": words.text(8).capitalize(), "section": section, "in_language": "en" if n % 3 else "sn",
            "date_published": to_iso(at), "word_count": 180, "first_seen": to_iso(at), "last_seen": to_iso(at),
            "capture_id": _record(n), "digest": f"{n:032}", "text": text}  # fmt: skip


def _revision(n: int, turn: int, at: datetime, words: Words) -> dict[str, object]:
    article_id, seen = f"{SITES[n % 8]}:{n}", to_iso(at + timedelta(days=turn))
    return {"id": f"{article_id}@{turn}", "article_id": article_id, "digest": str(turn), "first_seen": seen, "last_seen": seen,
            "capture_id": _record(n), "headline": words.text(8), "text": words.text(180)}  # fmt: skip


def _comment(
    n: int, articles: int, published: list[datetime], words: Words, dice: random.Random, nicks: list[str], counts: dict[int, int]
) -> dict[str, object]:
    article = _thread(n, articles)
    site, nick = SITES[article % 8], dice.randrange(10_000) * 8 + article % 8
    counts[article] = counts.get(article, 0) + 1
    at = to_iso(published[article] + timedelta(hours=dice.expovariate(0.1)))
    status = "deleted" if n % 200 == 7 else "live"
    wide = n % 10 == 3
    return {"id": f"{site}:made:{n}", "site_id": site, "article_id": f"{site}:{article}", "thread_id": f"made:{article}",
            "parent_id": f"{site}:made:{n - articles}" if n >= articles and n % 3 == 0 and n % 10 else None, "depth": 0,
            "position": counts[article], "commenter_id": f"{site}:~{nick}", "author_name": nicks[nick], "date_created": at,
            "date_created_precision": "month" if wide else "minute", "date_created_earliest": at, "date_created_latest": at,
            "in_language": "en" if n % 4 else "sn", "text": words.text(dice.randint(4, 40)), "status": status, "platform": "made",
            "first_seen": at, "last_seen": at, "deleted_seen": at if status == "deleted" else None, "capture_id": _record(article)}  # fmt: skip


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
def ask(folder: Path) -> None:
    """Time the pages over FOLDER/catalogue.db."""
    words = Words(1).common
    mixed = [
        words[rank]
        for rank in (0, 1, 3, 7, 15, 30, 60, 120, 240, 480, 900, 1500, 2500, 4000, 6000, 9000, 13_000, 18_000, 24_000, 29_000)
    ]
    code = "import sys, pathlib; from newsarchive.explore.serve import serve; serve(pathlib.Path(sys.argv[1]), port=0)"
    with subprocess.Popen([sys.executable, "-c", code, str(folder)], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        base = server.stdout.readline().partition(" at ")[2].split(" ")[0]
        try:
            for name, path in _pages():
                _report(name, [_seconds(base + path) for _ in range(6)][1:])
            for kind in ("comments", "articles"):
                times = [statistics.median(_seconds(f"{base}-/search?in={kind}&q={word}") for _ in range(3)) for word in mixed]
                _report(f"search in {kind}, 20 mixed words", times)
                _report(f"search in {kind}, the most frequent word", [times[0]])
            status = Path(f"/proc/{server.pid}/status").read_text("ascii")
            lines = (line.split() for line in status.splitlines())
            print(
                json.dumps(
                    {
                        "server": "memory",
                        **{line[0]: int(line[1]) >> 10 for line in lines if line[0] in {"VmRSS:", "VmHWM:", "RssAnon:"}},
                    }
                )
            )
        finally:
            server.terminate()


def _pages() -> list[tuple[str, str]]:
    endless, usual = (f"-/article/{tilde_encode(f'{SITES[n % 8]}:{n}')}" for n in (0, 1001))
    return [
        ("start", ""),
        ("article", usual),
        ("article, edited, compared", f"-/article/{tilde_encode(f'{SITES[4]}:100')}?from=0&to=1"),
        ("article of 20,000 comments", endless),
        ("article of 20,000 comments, page 200", f"{endless}?page=200"),
        ("comment", f"-/comment/{tilde_encode(f'{SITES[4]}:made:0')}".replace(SITES[4], SITES[0])),
        *((f"table {table}", f"catalogue/{table}") for table in ("articles", "comments", "captures", "commenters", "site_days")),
        ("table comments, deleted", "catalogue/comments?status=deleted"),
        *((f"query {name}", f"catalogue/{name}") for name in ("most_discussed", "edited_articles", "deleted_comments")),
    ]


def _seconds(url: str) -> float:
    began = time.perf_counter()
    try:
        with urllib.request.urlopen(url) as answer:
            answer.read()
    except urllib.error.HTTPError as error:
        error.read()
        return float("nan")
    return time.perf_counter() - began


def _report(name: str, times: list[float]) -> None:
    print(json.dumps({"page": name, "median": round(statistics.median(times), 3), "worst": round(max(times), 3)}), flush=True)


if __name__ == "__main__":
    main()

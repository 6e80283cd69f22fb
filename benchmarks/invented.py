# ruff: noqa: E501  # rows as they stand in the catalogue
"""A large archive's catalogue, made up: what twelve newspapers' crawls of eleven years would have left, without the WARC files.

Every paper is crawled each morning; an article is seen on the first morning and one, three and ten days later, with the comments that
it had by then. Rows go through the schema as a rebuild's do (`bulk_load`: indexes and full text at the end), then the product's own
code counts comments, commenters and days and plans the next visits. Nothing is analysed: the product does not do that either.
"""

from __future__ import annotations

import itertools
import json
import random
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from papers import SYLLABLES, Paper, Words, papers

from newsarchive.catalogue import schema, tallies
from newsarchive.catalogue.bulk import bulk_load
from newsarchive.catalogue.counts import recount_inside
from newsarchive.catalogue.due import plan
from newsarchive.catalogue.ledger import digest
from newsarchive.catalogue.visits import look_back

BEGAN, DAYS, DAY, HOUR = 1_451_606_400, 3980, 86_400, 3600  # 1 January 2016 to 24 November 2026
VISITS = (0, 1, 3, 10)  # days after the first morning
LONGEST_THREAD, PAGE = 5_000, 50

# fmt: off
ORDER = ("sites", "crawls", "warcs", "captures", "outcomes", "authors", "tags", "threads", "thread_pages", "thread_visits", "articles",
         "article_urls", "article_revisions", "article_pages", "article_authors", "article_tags", "links", "media", "commenters",
         "comments", "comment_revisions", "comment_votes", "sightings")
# fmt: on


class Shelf:
    """Rows that wait to be written, by table, in the order in which tables refer to each other."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db, self._rows = db, dict[tuple[str, tuple[str, ...]], list[tuple[object, ...]]]()

    def put(self, table: str, **row: object) -> None:
        self._rows.setdefault((table, tuple(row)), []).append(tuple(row.values()))

    def write(self) -> None:
        for (table, columns), rows in sorted(self._rows.items(), key=lambda one: ORDER.index(one[0][0])):
            marks = ", ".join("?" * len(columns))
            self._db.executemany(f"INSERT OR IGNORE INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)
            rows.clear()


def iso(moment: float) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(moment))


def record(dice: random.Random) -> str:
    made = f"{dice.getrandbits(128):032x}"
    return f"urn:uuid:{made[:8]}-{made[8:12]}-{made[12:16]}-{made[16:20]}-{made[20:]}"


def thread_sizes(articles: int, comments: int, dice: random.Random) -> list[int]:
    """How many comments each article has: half of them none, a few thousands, as many in all as were asked for."""
    weights = [dice.paretovariate(0.95) if dice.random() > 0.45 else 0.0 for _ in range(articles)]
    low, high = 0.0, float(comments)
    for _ in range(60):  # the factor at which the sizes, none above the longest, come to what was asked for
        factor = (low + high) / 2
        low, high = (factor, high) if sum(min(LONGEST_THREAD, int(w * factor)) for w in weights) < comments else (low, factor)
    return [min(LONGEST_THREAD, int(weight * high)) for weight in weights]


class Invention:
    """Writes the rows, article by article, in the order in which they came into the archive."""

    def __init__(self, db: sqlite3.Connection, largest: str) -> None:
        self.db, self.shelf, self.dice = db, Shelf(db), random.Random(2)
        self.words = {language: Words(language) for language in SYLLABLES}
        self.papers = papers(largest)
        self.offsets: dict[str, int] = {}
        self.numbers = itertools.count(1000)

    def found(self) -> None:
        """The newspapers, their names of readers and authors, a crawl for every day."""
        for paper in self.papers:
            words = self.words[paper.languages[0]]
            paper.nicks = [
                f"{words.common[300 + n % 20_000].capitalize()} {words.some(1)}" for n in range(int(40_000 * paper.share))
            ]
            url, language = f"https://{paper.id}/", paper.languages[0]
            self.shelf.put("sites", id=paper.id, name=f"The {words.some(2).title()}", url=url, in_language=language)
            for n in range(30):
                self.shelf.put("authors", id=f"{paper.id}:a{n}", site_id=paper.id, name=words.some(2).title())
            for n in range(2000):
                self.shelf.put("tags", id=f"{paper.id}:t{n}", site_id=paper.id, name=words.common[500 + n])
        for day in range(DAYS + 1):
            for paper in self.papers:
                self._crawl(paper, day)
            self.shelf.write()

    def _crawl(self, paper: Paper, day: int) -> None:
        crawl, begin = self._crawl_id(paper, day), BEGAN + day * DAY + 3 * HOUR
        seen = {"answers": 80, "article_pages": 45, "listed": 42, "articles": 45, "comments": 600, "threads": 40}
        stats = json.dumps({f"newsarchive/seen/{name}": count + self.dice.randrange(9) for name, count in seen.items()})
        self.shelf.put("crawls", id=crawl, site_id=paper.id, kind="visit", started_at=iso(begin), finished_at=iso(begin + 1800),
                       finish_reason="finished", software="newsarchive", config='{"due": false, "spider": "news"}', stats=stats,
                       number=day * 12 + self.papers.index(paper) + 1)  # fmt: skip
        self.shelf.put("warcs", id=f"{crawl}.warc.gz", crawl_id=crawl, bytes=9_000_000, sha256=f"{day:064x}", records=700,
                       closed_at=iso(begin + 1801))  # fmt: skip
        for n, purpose in enumerate(("robots", "listing", "sitemap", "feed", "listing", "listing")):
            kind = "revisit" if self.dice.random() < 0.4 else "response"
            self._capture(paper, crawl, f"{paper.id}/{purpose}{n}", begin + n, purpose, kind)
        for n in range(self.dice.choice((0, 0, 1, 3))):
            url, kind = f"https://{paper.id}/gone/{day}/{n}", self.dice.choice(("timeout", "robots", "budget"))
            self.shelf.put("outcomes", crawl_id=crawl, url=url, kind=kind, detail="made up", at=iso(begin + n))

    @staticmethod
    def _crawl_id(paper: Paper, day: int) -> str:
        return f"{paper.id}-{iso(BEGAN + day * DAY)[:10]}"

    def _capture(
        self, paper: Paper, crawl: str, key: str, at: float, purpose: str, kind: str = "response", status: int = 200
    ) -> str:
        capture, when = record(self.dice), f"{iso(at)[:-1]}.{self.dice.randrange(10**6):06}Z"
        offset = self.offsets.get(crawl, 0)
        self.offsets[crawl] = offset + 9000
        self.shelf.put("captures", id=capture, site_id=paper.id, crawl_id=crawl, url=f"https://{key}", url_key=key, captured_at=when,
                       status=status, mime="application/rss+xml" if purpose == "feed" else "text/html", record_type=kind,
                       purpose=purpose, payload_digest=f"sha1:{self.dice.getrandbits(160):032X}"[:37], payload_bytes=40_000,
                       warc_id=f"{crawl}.warc.gz", warc_offset=offset, warc_length=9000, read_at=when)  # fmt: skip
        return capture

    def tell(self, number: int, paper: Paper, published: int, size: int) -> None:
        """One article, its thread, all that its visits saw of them."""
        dice, words = self.dice, self.words[paper.languages[0]]
        first = (published - BEGAN) // DAY + 1
        days = [first + later for later in VISITS if first + later <= DAYS] or [DAYS]
        key = f"{paper.id}/{iso(published)[:7].replace('-', '/')}/{number}-{words.some(4).replace(' ', '-')}"
        article, thread = f"{paper.id}:post-{number}", f"{paper.platform}:{paper.id}:{number}"
        edits = 2 if dice.random() < 0.06 and len(days) > 1 else 1
        gone = dice.random() < 0.01
        seen: list[tuple[str, str]] = []  # capture, time
        for visit, day in enumerate(days):
            kind = "response" if visit < edits or size else "revisit"
            at = BEGAN + day * DAY + 3 * HOUR + 60 + number % 1500
            seen.append((self._capture(paper, self._crawl_id(paper, day), key, at, "article", kind), iso(at)))
        said = {"alternative_headline": None, "description": words.some(20), "section": words.common[1000 + number % 17],
                "in_language": paper.languages[0], "date_published": iso(published), "date_published_raw": iso(published),
                "attribution": None}  # fmt: skip
        headline, text = words.some(9).capitalize(), words.text(min(9000, int(dice.lognormvariate(5.7, 0.7)) + 30))
        for turn in range(edits):
            if turn:
                text += "\n\n" + words.text(40)
            capture, at = seen[turn]
            made = {"digest": digest(headline, text), "headline": headline, **said, "text": text}
            until = seen[-1][1] if turn == edits - 1 else at
            revision = f"{article}@{made['digest']}"
            names = json.dumps([f"Author {number % 30}"])
            self.shelf.put("article_revisions", id=revision, article_id=article, first_seen=at, last_seen=until, capture_id=capture,
                           authors=names, **made)  # fmt: skip
        self.shelf.put("threads", id=thread, site_id=paper.id, platform=paper.platform, url=f"https://{key}", status="open",
                       comment_count_reported=size)  # fmt: skip
        self.shelf.put("articles", id=article, site_id=paper.id, thread_id=thread, url=f"https://{key}", word_count=text.count(" ") + 1,
                       first_seen=seen[0][1], last_seen=seen[-1][1], gone_seen=seen[-1][1] if gone else None, capture_id=capture,
                       comment_count_reported=size, revision_count=edits - 1, **made)  # fmt: skip
        for address, kind in ((key, "canonical"), (f"{paper.id}?p={number}", "alias")):
            self.shelf.put("article_urls", url_key=address, url=f"https://{address}", article_id=article, kind=kind)
        self.shelf.put("article_authors", article_id=article, author_id=f"{paper.id}:a{number % 30}", position=1)
        for n in dice.sample(range(2000), 3):
            self.shelf.put("article_tags", article_id=article, tag_id=f"{paper.id}:t{n}")
        for n in range(5):
            self.shelf.put("links", article_id=article, url=f"https://{paper.id}/link/{dice.randrange(10**6)}", position=n + 1)
        self.shelf.put("media", article_id=article, url=f"https://{paper.id}/pictures/{number}.jpg", position=1)
        for capture, _ in seen:
            self.shelf.put("article_pages", capture_id=capture, article_id=article, shows="article", leads_to="[]")
        self._thread(paper, number, published, size, days, seen)

    def _thread(self, paper: Paper, number: int, published: int, size: int, days: list[int], seen: list[tuple[str, str]]) -> None:
        dice, thread = self.dice, f"{paper.platform}:{paper.id}:{number}"
        times = sorted(published + 600 + dice.expovariate(1 / (9 * HOUR)) for _ in range(size))
        visits = [BEGAN + day * DAY + 3 * HOUR + 60 + number % 1500 for day in days]
        pages: list[list[str]] = []  # of each visit, the captures of the thread's pages
        for day, at, (capture, when) in zip(days, visits, seen, strict=True):
            shown = sum(moment < at for moment in times)
            crawl, key = self._crawl_id(paper, day), f"{paper.id}/{number}/comment-page-"
            more = [self._capture(paper, crawl, f"{key}{n + 2}", at + n, "comments") for n in range(max(0, (shown - 1) // PAGE))]
            pages.append([capture, *more])
            for one in pages[-1]:
                self.shelf.put(
                    "thread_pages", capture_id=one, thread_id=thread, status="open", claimed=shown, leads_to="[]", whole=1
                )
            self.shelf.put("thread_visits", thread_id=thread, crawl_id=crawl, seen_at=when, complete=1, found=shown, claimed=shown,
                           stop_reason="last page reached")  # fmt: skip
        ids: list[tuple[str, int]] = []
        for position, moment in enumerate(times):
            first = next((n for n, at in enumerate(visits) if moment < at), None)
            if first is None:  # written after the last visit: nobody saw it
                break
            ids.append(self._comment(paper, number, position, moment, first, seen, pages, ids))

    def _comment(self, paper: Paper, number: int, position: int, moment: float, first: int, seen: list[tuple[str, str]],
                 pages: list[list[str]], before: list[tuple[str, int]]) -> tuple[str, int]:  # fmt: skip
        dice, at = self.dice, seen[first][1]
        native = f"wordpress:{next(self.numbers)}" if paper.platform == "wordpress" else f"~{dice.getrandbits(64):016x}"
        comment = f"{paper.id}:{native}"
        language = paper.languages[dice.random() < 0.3]
        words = self.words[language]
        text = words.some(min(900, int(dice.lognormvariate(2.8, 0.9)) + 1)).capitalize()
        parent, depth = None, 0
        if before and dice.random() < 0.4:
            parent, above = before[-1 - int(len(before) * dice.random() ** 4)]
            depth = above + 1
        nick = int(len(paper.nicks) * dice.random() ** 3)
        who, fate = f"{paper.id}:~{nick}", dice.random()
        if nick not in paper.signed:
            paper.signed.add(nick)
            self.shelf.put("commenters", id=who, site_id=paper.id, name=paper.nicks[nick], identity="nick")
        until = len(seen) - 1
        status, deleted, edited = "live", None, fate > 0.99
        if fate < 0.02 and first < until:
            until = dice.randrange(first, until)
            status, deleted = "deleted", seen[until + 1][1]
        elif fate < 0.023:
            status = "hidden"
        width, precision = self._width(paper, moment, at)
        begin = moment - moment % width
        wordings = [text, f"{text} {words.some(3)}"] if edited and first < until else [text]
        for turn, wording in enumerate(wordings):
            if status != "hidden":
                made = digest(wording)
                self.shelf.put("comment_revisions", id=f"{comment}@{made}", comment_id=comment, digest=made,
                               first_seen=seen[first + turn][1], last_seen=seen[until][1], capture_id=pages[first + turn][0], text=wording)  # fmt: skip
        self.shelf.put("comments", id=comment, site_id=paper.id, article_id=f"{paper.id}:post-{number}",
                       thread_id=f"{paper.platform}:{paper.id}:{number}", parent_id=parent, depth=depth, position=position + 1,
                       commenter_id=who, author_name=paper.nicks[nick], date_created=iso(begin), date_created_precision=precision,
                       date_created_earliest=iso(begin), date_created_latest=iso(begin + width - 1), date_created_raw="made up",
                       in_language=language, in_language_score=0.9, in_language_mixed=0,
                       text=None if status == "hidden" else wordings[-1], upvotes=position % 7, downvotes=position % 3,
                       status=status, platform=paper.platform, revision_count=len(wordings) - 1, first_seen=at,
                       last_seen=seen[until][1], deleted_seen=deleted,
                       capture_id=pages[first][min(position // PAGE, len(pages[first]) - 1)])  # fmt: skip
        for visit in range(first, until + 1):
            page = pages[visit][min(position // PAGE, len(pages[visit]) - 1)]
            self.shelf.put("sightings", capture_id=page, comment_id=comment, position=position % PAGE + 1)
        if position % 5 == 0:
            self.shelf.put("comment_votes", comment_id=comment, seen=at, up=position % 7, down=position % 3)
        return comment, depth

    @staticmethod
    def _width(paper: Paper, moment: float, seen: str) -> tuple[int, str]:
        """How exactly its page tells when a comment was written; an age is the less exact the older it is."""
        if not paper.aged:
            return 60, "minute"
        return (30 * DAY, "month") if int(moment) % 12 == 0 else (HOUR, "hour") if int(moment) % 3 else (DAY, "day")


def invent(folder: Path, articles: int, comments: int, largest: str) -> Iterator[str]:
    """Write FOLDER/catalogue.db; yields what is done, and in how many seconds."""
    folder.mkdir(parents=True, exist_ok=True)
    began, dice = time.perf_counter(), random.Random(3)
    # More in the later years.
    published = sorted(BEGAN + int(dice.triangular(0, DAYS - 1, DAYS - 1) * DAY) + dice.randrange(DAY) for _ in range(articles))
    sizes = thread_sizes(articles, comments, dice)

    def told(what: str) -> str:
        return f"{time.perf_counter() - began:7.0f} s  {what}"

    with closing(schema.prepare(str(folder / "catalogue.db"))) as db:
        with bulk_load(db):
            db.execute("PRAGMA cache_size = -1000000")  # a gigabyte: here nothing is measured yet
            invention = Invention(db, largest)
            shares = list(itertools.accumulate(paper.share for paper in invention.papers))
            with schema.transaction(db):
                invention.found()
                yield told("crawls")
                for number, (moment, size) in enumerate(zip(published, sizes, strict=True)):
                    paper = dice.choices(invention.papers, cum_weights=shares)[0]
                    invention.tell(number, paper, moment, size)
                    if number % 500 == 499 or number == articles - 1:
                        invention.shelf.write()
                    if number % 20_000 == 19_999:
                        yield told(f"{number + 1:,} articles")
            yield told("rows")
        yield told("indexes and full text")
        yield from (told(what) for what in _conclude(db))


def _conclude(db: sqlite3.Connection) -> Iterator[str]:
    with schema.transaction(db):
        for (thread,) in db.execute("SELECT id FROM threads").fetchall():
            tallies.count_comments(db, thread)
        look_back(db, "")
        tallies.count_commenters(db)
    yield "comments of articles and commenters counted"
    for (site,) in db.execute("SELECT id FROM sites").fetchall():
        with schema.transaction(db):
            tallies.describe_site(db, site)
            recount_inside(db, site)
        plan(db, site)
    yield "days counted, visits planned"
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

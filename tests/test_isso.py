"""A real Isso behind a static newspaper: all of its public comments, and what a second visit makes of changes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from newsarchive.reading.pool import ReadingPool
from newsarchive.times import to_iso
from newsarchive.vault.rebuild import rebuild
from tests.conftest import connect, crawl
from tests.isso_server import Isso, Told, static_paper

CLINIC, MARKET = "/2026/11/clinic/", "/2026/11/market/"
MARKET_THREAD = "market & co: 7"  # the thread's name where the page gives one
PROSE = "The council met on Tuesday and spoke for three hours about the roof, the pump and the road to the dam. " * 8
SPIDER = """
from spiders.news import News


class Small(News):
    name = "small"
    comments = {"preset": "isso", "ask": {"size": 5}, "ask_replies": {"size": 3}}
"""
COMMENTS = "SELECT * FROM comments ORDER BY id"


@dataclass
class Crawled:
    """Three visits of the newspaper: what Isso showed at each, and the catalogue's rows after it."""

    folder: Path
    site: str
    isso: str
    truths: list[dict[int, Told]] = field(default_factory=list)
    rows: list[dict[str, sqlite3.Row]] = field(default_factory=list)
    waiting: list[Told] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def comment(self, visit: int, number: int) -> sqlite3.Row:
        return self.rows[visit][self.id(number)]

    def id(self, number: int) -> str:
        """The id of the comment that Isso calls by this number."""
        return f"{self.site}:isso:{self.isso.partition('//')[2]}/{number}"


def article(headline: str, isso: str, thread: str) -> str:
    return (
        f"<!doctype html><html lang=en><head><title>{headline}</title><meta property=og:type content=article>"
        f'<meta property="article:published_time" content="2026-11-20T08:00:00+02:00"></head><body><article><h1>{headline}</h1>'
        f'<p>{PROSE}</p><p>{PROSE}</p></article><script data-isso="{isso}/" src="{isso}/js/embed.min.js"></script>'
        f'<section id="isso-thread" {thread}></section></body></html>'
    )


def talk(isso: Isso) -> list[Told]:
    """Leave some sixty comments: threads, long lists of replies, marks, signs, Shona, equal texts, no name."""
    first = isso.post(CLINIC, "Mvura haina kunaya gore rino, tinoda rubatsiro.", "Tendai")
    for number in range(11):
        isso.post(CLINIC, f"Ndinobvumirana newe, nhamba {number} 🙂", f"Reader {number % 4}", first.id)
    texts = [
        "**Bold** words and `code`, see [the plan](https://plan.example/)",
        "1 < 2 & 3 > 2, said\nthe <b>teacher</b>",
        "Same",
        "Same",
    ]
    marked = [isso.post(CLINIC, text, "Chipo & Sons") for text in texts]
    nobody = isso.post(CLINIC, "👩🏾‍🌾👏🏿 no name, only hands", None)
    answered = isso.post(CLINIC, "I take that back soon", "Rudo", nobody.id)
    isso.post(CLINIC, "A reply to a reply: Isso hangs it on the first", "Farai", answered.id)
    removed = isso.post(CLINIC, "This will be deleted, its replies stay", "Gogo")
    kept = [isso.post(CLINIC, f"Still here {number}", "Sekuru", removed.id) for number in range(5)]
    isso.delete(removed)
    isso.edit(marked[0], "**Bold** words, written anew")
    for number in range(27):
        isso.post(CLINIC, f"A plain remark, number {number}", f"Reader {number % 7}")
    top = [isso.post(MARKET_THREAD, f"Tomatoes are dear, {number}", "Amai Tino") for number in range(9)]
    isso.post(MARKET_THREAD, "Not at my stall", "Stall 7", top[4].id)
    return [first, marked[1], kept[2], top[8], top[7]]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    """The newspaper visited, its talk changed, and visited twice again. Pages of five comments, replies by three."""
    folder = tmp_path_factory.mktemp("isso")
    pages = {"/": f'<html><title>Gazette</title><a href="{CLINIC}">Clinic</a> <a href="{MARKET}">Market</a></html>'}
    with static_paper(pages) as (paper, asked), pytest.MonkeyPatch.context() as patch:
        isso = Isso(folder, paper)
        pages[CLINIC] = article("Clinic without water", isso.url, "")
        pages[MARKET] = article("Market stays open", isso.url, f'data-isso-id="{MARKET_THREAD.replace("&", "&amp;")}"')
        visits = Crawled(folder / "archive", paper.partition("//")[2].replace(".", "-").replace(":", "-"), isso.url)
        (folder / "small_paper.py").write_text(SPIDER)
        patch.setenv("PYTHONPATH", str(folder))
        changes = _changes(isso, visits)
        for _ in range(3):
            next(changes)
            with isso.running():
                done = _visit(visits.folder, paper, isso, spider="small", modules="spiders,small_paper")
            assert done == "", done
            visits.truths.append({number: Told(**vars(one)) for number, one in isso.told.items()})
            with closing(connect(visits.folder / "catalogue.db")) as connection:
                visits.rows.append({row["id"]: row for row in connection.execute(COMMENTS)})
        visits.asked = asked
        yield visits


def _visit(folder: Path, paper: str, isso: Isso, *, spider: str = "news", modules: str = "spiders") -> str:
    hosts = ",".join(url.partition("//")[2] for url in (paper, isso.url))
    options = ["-s", f"NEWSARCHIVE_ALLOW_PRIVATE={hosts}", "-s", f"SPIDER_MODULES={modules}"]
    done = crawl(folder, f"{paper}/", *options, spider=spider)
    return "" if done.returncode == 0 else done.stderr[-4000:]


def _changes(isso: Isso, visits: Crawled) -> Iterator[None]:
    """What readers and moderators do before the first visit, and before the second; nothing before the third."""
    with isso.running():
        first, gone, gone_reply, gone_last, edited = talk(isso)
    with isso.running(moderated="true"):
        visits.waiting = [
            isso.post(CLINIC, "Waiting, and never published", "Troll"),
            isso.post(CLINIC, "Late but fair", "Rudo", first.id),
        ]
    yield
    with isso.running():
        for one in (gone, gone_reply, gone_last):
            isso.delete(one)
        isso.delete(first)
        isso.edit(edited, "Tomatoes are cheap now")
        isso.approve(visits.waiting[1])
        isso.post(
            MARKET_THREAD, "New on the second day", "Newcomer", min(n for n, one in isso.told.items() if one.uri == MARKET_THREAD)
        )
    yield
    yield


def test_every_public_comment_is_there_with_parent_author_text_and_time_to_the_second(crawled: Crawled) -> None:
    told = crawled.truths[0]
    assert len(told) > 60
    assert {crawled.id(number) for number in told} == crawled.rows[0].keys()
    for one in told.values():
        row = crawled.comment(0, one.id)
        assert row["parent_id"] == (crawled.id(one.parent) if one.parent else None)
        assert row["author_name"] == (None if one.hidden else one.author)
        assert row["text"] == (None if one.hidden else one.text)
        assert row["status"] == ("hidden" if one.hidden else "live")
        assert (row["date_created"], row["date_created_precision"]) == (to_iso(one.created), "second")
        assert row["article_id"] is not None
        assert row["depth"] == (1 if one.parent else 0)
        assert row["thread_id"].endswith(f":{one.uri}")


def test_what_waits_for_a_moderator_is_not_found(crawled: Crawled) -> None:
    texts = [{row["text"] for row in rows.values()} for rows in crawled.rows]
    never, late = crawled.waiting
    assert never.text not in texts[0] | texts[1]
    assert late.text not in texts[0]
    assert crawled.comment(1, late.id)["text"] == late.text
    assert crawled.comment(1, late.id)["date_created"] == to_iso(late.created)
    assert crawled.comment(1, late.id)["first_seen"] > crawled.comment(0, min(crawled.truths[0]))["first_seen"]


def test_threads_are_asked_for_page_by_page_and_seen_whole(crawled: Crawled) -> None:
    with closing(connect(crawled.folder / "catalogue.db")) as connection:
        urls = [row["url"] for row in connection.execute("SELECT url FROM captures WHERE purpose = 'comments' AND status = 200")]
        visits = [dict(row) for row in connection.execute("SELECT * FROM thread_visits ORDER BY seen_at, thread_id")]
    assert sum("&nested_limit=5&" in url and "after=0&" not in url for url in urls) > 10
    assert sum("&parent=" in url for url in urls) >= 5
    assert [(one["complete"], one["found"] == one["claimed"]) for one in visits] == [(1, True)] * 6
    host = f"{crawled.site}/{crawled.isso.partition('//')[2]}"
    assert {one["thread_id"] for one in visits} == {f"isso:{host}:{CLINIC}", f"isso:{host}:{MARKET_THREAD}"}


def test_the_second_visit_shows_what_was_written_anew_taken_away_and_added(crawled: Crawled) -> None:
    before, after = crawled.truths[:2]
    assert len(after.keys() - before.keys()) == 2
    assert sum(one.hidden for one in after.values()) == sum(one.hidden for one in before.values()) + 1 == 2
    for one in after.values():
        row = crawled.comment(1, one.id)
        known = before.get(one.id)
        assert row["status"] == ("hidden" if one.hidden else "live")
        if not one.hidden:
            assert row["text"] == one.text
            assert row["revision_count"] == (0 if known is None else one.edits - known.edits)
        elif known is not None and not known.hidden:
            assert (row["text"], row["author_name"]) == (known.text, known.author)
        assert row["date_created"] == to_iso(one.created)


def test_who_deleted_what_is_told_when_it_is_proven(crawled: Crawled) -> None:
    """Isso counts the places of removed comments, and its reader says so: the count proves a deletion at once."""
    gone = crawled.truths[0].keys() - crawled.truths[1].keys()
    at_market = {number for number in gone if crawled.truths[0][number].uri == MARKET_THREAD}
    assert (len(gone), len(at_market)) == (3, 1)
    deleted = [{row["id"] for row in rows.values() if row["status"] == "deleted"} for rows in crawled.rows]
    ids = {crawled.id(number) for number in gone}
    assert deleted == [set(), ids, ids]
    assert crawled.truths[2] == crawled.truths[1]


def test_a_rebuild_gives_the_same_rows(crawled: Crawled, tmp_path: Path) -> None:
    pool = ReadingPool(workers=1, seconds=30, megabytes=2048)
    again = rebuild(crawled.folder, pool, into=tmp_path / "again.db")
    pool.close()
    tables = []
    for path in (crawled.folder / "catalogue.db", again):
        with closing(connect(path)) as connection:
            names = ("comments", "comment_revisions", "comment_votes", "threads", "thread_visits", "sightings", "articles")
            tables.append(
                {name: [tuple(row) for row in connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2")] for name in names}
            )
    assert tables[0] == tables[1]


def test_the_mark_in_the_page_is_enough(tmp_path: Path) -> None:
    pages = {"/": f'<html><title>Gazette</title><a href="{CLINIC}">Clinic</a></html>'}
    with static_paper(pages) as (paper, _):
        isso = Isso(tmp_path, paper)
        pages[CLINIC] = article("Clinic without water", isso.url, "")
        with isso.running():
            talk(isso)
            assert _visit(tmp_path / "archive", paper, isso) == ""
    with closing(connect(tmp_path / "archive" / "catalogue.db")) as connection:
        found = [row["text"] for row in connection.execute("SELECT text FROM comments WHERE status = 'live'")]
        asked = connection.execute("SELECT count(*) FROM captures WHERE purpose = 'comments' AND status = 200").fetchone()[0]
    assert sorted(found) == sorted(one.text for one in isso.told.values() if one.uri == CLINIC and not one.hidden)
    assert asked == 1

"""A crawl of the demo newspaper, from the outside: what must be in the archive, what must not, what visits change."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsarchive.demo.newspaper import Newspaper
from newsarchive.demo.server import serve
from newsarchive.text import fold
from newsarchive.times import from_iso
from tests.conftest import PROJECT, Visited, connect, crawl


@pytest.mark.parametrize("visit", [0, 1])
def test_every_article_is_there_with_its_fields(visited: Visited, visit: int) -> None:
    found = {row["url"]: row for row in visited.rows(visit, "SELECT * FROM articles")}
    for true in visited.truths[visit].articles:
        row = found[visited.url + true.path]
        assert row["headline"] == true.headline
        assert row["section"] == true.section
        assert row["attribution"] == true.attribution
        assert from_iso(row["date_published"]) == true.date_published
        assert fold(row["text"]) == fold(true.text)
        sql = "SELECT a.name FROM article_authors w JOIN authors a ON a.id = w.author_id WHERE w.article_id = ? ORDER BY position"
        assert tuple(author["name"] for author in visited.rows(visit, sql, row["id"])) == true.authors


@pytest.mark.parametrize("visit", [0, 1])
def test_there_are_no_other_articles(visited: Visited, visit: int) -> None:
    paths = {
        row["url"].removeprefix(visited.url) for row in visited.rows(visit, "SELECT url FROM articles WHERE gone_seen IS NULL")
    }
    assert paths == {true.path for true in visited.truths[visit].articles}


@pytest.mark.parametrize("visit", [0, 1])
def test_every_public_comment_is_there_and_no_other(visited: Visited, visit: int) -> None:
    articles = {true.id: visited.url + true.path for true in visited.truths[visit].articles}
    wanted = Counter((articles[c.article], c.author_name, fold(c.text)) for c in visited.truths[visit].comments)
    sql = "SELECT a.url, c.author_name, c.text FROM comments c JOIN articles a ON a.id = c.article_id WHERE c.status = 'live'"
    found = Counter((row["url"], row["author_name"], fold(row["text"])) for row in visited.rows(visit, sql))
    assert found - wanted == Counter()
    assert wanted - found == Counter()


def test_threads_keep_parents_and_exact_times(visited: Visited) -> None:
    rows = {row["id"]: row for row in visited.rows(0, "SELECT * FROM comments WHERE platform = 'wordpress'")}
    true_comments = [c for c in visited.truths[0].comments if c.id is not None]
    assert len(rows) == len(true_comments) > 100
    for true in true_comments:
        row = rows[f"{visited.site}:wordpress:{true.id}"]
        assert row["parent_id"] == (f"{visited.site}:wordpress:{true.parent}" if true.parent else None)
        assert row["depth"] == true.depth
        assert from_iso(row["date_created"]) == true.date_created
        assert row["date_created_precision"] == "second"


def test_ages_in_words_become_intervals_that_hold_the_truth(visited: Visited) -> None:
    rows = visited.rows(0, "SELECT c.*, a.url FROM comments c JOIN articles a ON a.id = c.article_id WHERE c.platform = 'list'")
    paths = {true.id: visited.url + true.path for true in visited.truths[0].articles}
    truth: dict[tuple[str, str, str], list[datetime]] = {}
    for true in visited.truths[0].comments:
        if true.id is None:
            truth.setdefault((paths[true.article], true.author_name, fold(true.text)), []).append(true.date_created)
    assert len(rows) > 50
    for row in rows:
        earliest, latest = from_iso(row["date_created_earliest"]), from_iso(row["date_created_latest"])
        moments = truth[row["url"], row["author_name"], fold(row["text"])]
        assert any(earliest <= moment <= latest for moment in moments), (row["date_created_raw"], earliest, latest, moments)
        assert row["date_created_raw"]


def test_nothing_that_is_not_public_is_in_the_catalogue(visited: Visited) -> None:
    for visit in (0, 1):
        secret = visited.truths[visit].not_public
        urls = {row["url"] for row in visited.rows(visit, "SELECT url FROM articles")}
        assert not urls & {visited.url + path for path in secret.urls}
        texts = [
            fold(row["text"] or "")
            for row in visited.rows(visit, "SELECT text FROM articles UNION ALL SELECT text FROM comment_revisions")
        ]
        later = {fold(c.text) for truth in visited.truths[: visit + 1] for c in truth.comments}
        for text in map(fold, secret.texts):
            if len(text) > 20 and text not in later:
                assert not any(text in one for one in texts), text


def test_robots_are_obeyed(visited: Visited) -> None:
    forbidden = visited.truths[0].forbidden
    assert forbidden
    assert not [target for requests in visited.requests for _, target, _ in requests if target.startswith(forbidden)]


def test_no_address_is_asked_twice_in_a_visit(visited: Visited) -> None:
    for requests in visited.requests:
        assert [target for target, times in Counter(target for _, target, _ in requests).items() if times > 1] == []


def test_the_second_edition_changes_what_it_changed(visited: Visited) -> None:
    edited = {
        row["url"].removeprefix(visited.url) for row in visited.rows(1, "SELECT url FROM articles WHERE revision_count > 0")
    }
    before, after = ({true.path: true for true in visited.truths[visit].articles} for visit in (0, 1))
    changed = {
        path
        for path in before.keys() & after.keys()
        if (before[path].text, before[path].headline) != (after[path].text, after[path].headline)
    }
    assert changed
    assert edited == changed
    deleted = {row["id"] for row in visited.rows(1, "SELECT id FROM comments WHERE status = 'deleted'")}
    ids = [{c.id for c in visited.truths[visit].comments} for visit in (0, 1)]
    assert deleted == {f"{visited.site}:wordpress:{number}" for number in ids[0] - ids[1]}
    assert deleted
    texts = [{c.id: c.text for c in visited.truths[visit].comments if c.id} for visit in (0, 1)]
    rewritten = {number for number in texts[0].keys() & texts[1].keys() if texts[0][number] != texts[1][number]}
    assert rewritten
    revised = {row["id"] for row in visited.rows(1, "SELECT id FROM comments WHERE revision_count > 0")}
    assert revised == {f"{visited.site}:wordpress:{number}" for number in rewritten}


def test_a_visit_without_news_changes_only_the_last_sight(visited: Visited) -> None:
    for table in ("articles", "comments", "article_revisions", "comment_revisions", "threads"):
        rows = [{row["id"]: row for row in visited.rows(visit, f"SELECT * FROM {table}")} for visit in (1, 2)]
        assert rows[0].keys() == rows[1].keys()
        for key, row in rows[0].items():
            later = rows[1][key]
            changed = {name for name, value in row.items() if value != later[name]} - {"next_visit"}  # when it will be worth one
            if later.get("platform") == "list" and "date_created_earliest" in changed:  # a quarter passed: an age says more now
                assert row["date_created_earliest"] < later["date_created_earliest"] <= later["date_created_latest"]
                changed -= {"date_created", "date_created_earliest", "date_created_latest"}
            assert changed <= {"last_seen"}, (table, key, changed)
    counts = [
        visited.rows(visit, "SELECT (SELECT count(*) FROM captures) c, (SELECT count(*) FROM sightings) s")[0] for visit in (1, 2)
    ]
    assert counts[1]["c"] > counts[0]["c"]
    assert counts[1]["s"] > counts[0]["s"]


def test_items_can_be_had_as_json_lines(visited: Visited) -> None:
    items = [json.loads(line) for line in (visited.folder / "items-0.jsonl").read_text(encoding="utf-8").splitlines()]
    assert sum("headline" in item for item in items) == len(visited.truths[0].articles)
    comments = {item["id"] for item in items if "author_name" in item}  # one that two pages show at once may come twice
    assert len(comments) == len(visited.truths[0].comments)
    unchanged = [json.loads(line) for line in (visited.folder / "items-2.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [item for item in unchanged if item.get("platform") != "list"] == []  # an age may have come to say more


def test_full_text_search_finds_a_shona_word_in_both_kinds_of_comment(visited: Visited) -> None:
    connection = connect(visited.catalogues[1])
    for table in ("articles", "comments"):
        assert connection.execute(f"SELECT count(*) FROM {table}_fts WHERE {table}_fts MATCH 'mvura'").fetchone()[0] > 0
    connection.close()


def test_what_the_crawl_says_of_itself_is_in_its_row(visited: Visited) -> None:
    rows = visited.rows(2, "SELECT * FROM crawls ORDER BY started_at")
    assert [row["finish_reason"] for row in rows] == ["finished"] * 3
    assert json.loads(rows[0]["stats"])["newsarchive/captures"] == len(visited.requests[0])
    assert visited.rows(0, "SELECT count(*) n FROM captures")[0]["n"] == len(visited.requests[0])


def test_the_site_is_called_what_it_calls_itself(visited: Visited) -> None:
    for visit in (0, 2):
        assert visited.rows(visit, "SELECT name, in_language, comment_platform FROM sites") == [
            {"name": "The Muunga Courier", "in_language": "en", "comment_platform": "wordpress"}
        ]


def test_redirects_and_missing_pages_are_captures_too(visited: Visited) -> None:
    statuses = {
        row["url"].removeprefix(visited.url): row["status"] for row in visited.rows(0, "SELECT url, status FROM captures")
    }
    truth = visited.truths[0]
    asked = {target for _, target, _ in visited.requests[0]}
    assert [statuses[old] for old, _ in truth.moved if old in asked] == [301] * sum(old in asked for old, _ in truth.moved)
    assert [statuses[path] for path in truth.missing if path in asked] == [404] * sum(path in asked for path in truth.missing)


@contextmanager
def served() -> Iterator[str]:
    with serve(Newspaper(now=datetime.now(UTC))) as newspaper:
        yield newspaper.url + "/"


def test_a_crawl_may_be_kept_short(tmp_path: Path) -> None:
    with served() as url:
        assert crawl(tmp_path, url, "-a", "max_articles=2").returncode == 0
    connection = connect(tmp_path / "catalogue.db")
    assert connection.execute("SELECT count(*) FROM captures WHERE purpose = 'article'").fetchone()[0] == 2
    left = [row["url"] for row in connection.execute("SELECT url FROM outcomes WHERE detail = 'max_articles = 2'")]
    connection.close()
    assert len(left) > 10
    assert len(set(left)) == len(left)


def test_what_waits_when_a_crawl_is_closed_for_good_has_an_outcome(tmp_path: Path) -> None:
    with served() as url:
        assert crawl(tmp_path, url, "-s", "CLOSESPIDER_PAGECOUNT=9").returncode == 0
    connection = connect(tmp_path / "catalogue.db")
    left = [tuple(row) for row in connection.execute("SELECT kind, detail FROM outcomes WHERE detail LIKE 'still waiting%'")]
    reasons = [row["finish_reason"] for row in connection.execute("SELECT finish_reason FROM crawls")]
    connection.close()
    assert len(left) > 5
    assert set(left) == {("budget", "still waiting: closespider_pagecount")}
    assert reasons == ["closespider_pagecount"]


def test_usage_errors_exit_with_2_and_say_what_to_do(tmp_path: Path) -> None:
    for word in ("file:///etc/passwd", "nonsense"):
        done = crawl(tmp_path, word)
        assert done.returncode == 2
        assert "say which newspaper" in done.stderr
        assert "Traceback" not in done.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["-a", "max_article=3"], "there is no argument 'max_article'"),
        (["-a", "max_articles=few"], "max_articles must be a whole number above 0"),
        (["-a", "time_zone=Africa/Harrare"], "an IANA name is wanted"),
        (["-a", "languages=en"], "a list of codes is wanted"),
        (["-a", "article_urls=("], "no regular expression"),
        (["-s", "NEWSARCHIVE_READERS=0"], "NEWSARCHIVE_READERS must be a number above 0"),
        (["-s", "NEWSARCHIVE_WARC_SIZE=much"], "NEWSARCHIVE_WARC_SIZE must be a number above 0"),
        (["-s", "NEWSARCHIVE_ALLOW_PRIVATE=nonsense"], "NEWSARCHIVE_ALLOW_PRIVATE"),
    ],
)
def test_a_slip_of_the_pen_is_told_before_anything_is_written(options: list[str], reason: str, tmp_path: Path) -> None:
    done = crawl(tmp_path, "http://127.0.0.1:9/", *options)
    assert done.returncode == 2, done.stderr[-2000:]
    assert reason in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.iterdir())


def test_the_log_may_lie_in_a_folder_that_is_not_there_yet(tmp_path: Path) -> None:
    with served() as url:
        log = tmp_path / "archive" / "logs" / "gazette.log"
        assert crawl(tmp_path / "archive", url, "-a", "max_articles=1", "-s", f"LOG_FILE={log}").returncode == 0
    assert "captures; new or changed: 1 articles" in log.read_text(encoding="utf-8")
    assert (tmp_path / "archive" / "catalogue.db").stat().st_mode & 0o007 == 0


def test_a_second_crawl_of_the_same_site_exits_with_75(tmp_path: Path) -> None:
    import fcntl

    with served() as url:
        port = url.rstrip("/").rpartition(":")[2]
        (tmp_path / "locks").mkdir()
        with (tmp_path / "locks" / f"127-0-0-1-{port}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            done = crawl(tmp_path, url)
    assert done.returncode == 75
    assert "another crawl of this site is running" in done.stderr


def test_a_site_that_does_not_answer_fails_and_leaves_its_outcome(tmp_path: Path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/"
        assert crawl(tmp_path, url).returncode == 1
    connection = connect(tmp_path / "catalogue.db")
    kinds = {row["kind"] for row in connection.execute("SELECT kind FROM outcomes")}
    connection.close()
    assert "refused" in kinds


def test_a_private_address_is_not_asked_unless_allowed(tmp_path: Path) -> None:
    with serve(Newspaper(now=datetime.now(UTC))) as newspaper:
        done = crawl(tmp_path, newspaper.url + "/", "-s", "NEWSARCHIVE_ALLOW_PRIVATE=")
        assert newspaper.requests == []
    assert done.returncode == 1
    connection = connect(tmp_path / "catalogue.db")
    assert {row["kind"] for row in connection.execute("SELECT kind FROM outcomes")} >= {"guard"}
    connection.close()


def test_a_look_with_scrapy_fetch_is_no_crawl(tmp_path: Path) -> None:
    with serve(Newspaper(now=datetime.now(UTC))) as newspaper:
        host = newspaper.url.partition("://")[2]
        options = ["-s", f"NEWSARCHIVE_DIR={tmp_path / 'archive'}", "-s", f"NEWSARCHIVE_ALLOW_PRIVATE={host}"]
        command = [sys.executable, "-m", "scrapy", "fetch", "--nolog", *options, newspaper.url + "/"]
        done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=60, check=False)
    assert "The Muunga Courier" in done.stdout
    assert not (tmp_path / "archive").exists()


@pytest.mark.parametrize("group", [False, True])
def test_a_terminated_crawl_closes_its_files_and_exits_with_143(group: bool, tmp_path: Path) -> None:
    """TERM for the crawl alone, and TERM for its whole process group, readers and all, as `timeout` sends it."""
    with serve(Newspaper(now=datetime.now(UTC))) as newspaper:
        host = newspaper.url.partition("://")[2]
        options = [f"NEWSARCHIVE_DIR={tmp_path}", f"NEWSARCHIVE_ALLOW_PRIVATE={host}", "DOWNLOAD_DELAY=0.2"]
        command = [sys.executable, "-m", "scrapy", "crawl", "news", "-a", f"url={newspaper.url}/"]
        for option in options:
            command += ["-s", option]
        process = subprocess.Popen(command, cwd=PROJECT, stderr=subprocess.PIPE, text=True, start_new_session=True)
        assert process.stderr is not None
        watch = threading.Timer(60, process.kill)
        watch.start()
        for line in process.stderr:
            if "Spider opened" in line:
                break
        while len(newspaper.requests) < 8 and process.poll() is None:
            threading.Event().wait(0.02)
        (os.killpg if group else os.kill)(process.pid, signal.SIGTERM)
        process.stderr.read()
        assert process.wait() == 143
        process.stderr.close()
        watch.cancel()
    assert not list((tmp_path / "warc").glob("*.open"))
    connection = connect(tmp_path / "catalogue.db")
    assert connection.execute("SELECT finish_reason FROM crawls").fetchone()[0] == "shutdown"
    assert connection.execute("SELECT count(*) FROM captures").fetchone()[0] >= 8
    assert connection.execute("SELECT count(*) FROM captures WHERE read_error IS NOT NULL").fetchone()[0] == 0
    connection.close()

"""`newsarchive read`: what a person sees of a page, and is told where there is nothing to see."""

from __future__ import annotations

import gzip
import json
import os
import pty
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click import unstyle
from click.testing import CliRunner, Result

from newsarchive.cli import main
from newsarchive.cli.show import to_json, to_lines
from newsarchive.items import Comment, Follow, Reading, Thread
from newsarchive.reading import html_page
from tests.conftest import PROJECT, Visited

URL = "https://gazette.example/2026/11/bridge-talks/"
AT = datetime(2026, 11, 2, 12, tzinfo=UTC)
STORY = "<p>" + "The council of the town met on Monday and talked about the bridge for three hours. " * 6 + "</p>"


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["read", *(str(word) for word in words)])


def in_archive(visited: Visited, *words: str | Path) -> Result:
    return CliRunner().invoke(main, ["--dir", str(visited.folder), "read", *(str(word) for word in words)])


def comment(number: int, text: str, **fields: object) -> Comment:
    known = {"site_id": "gazette-example", "thread_id": "t", "platform": "coral", "captured_at": AT, "capture_id": "urn:uuid:1"}
    return Comment(id=f"gazette-example:coral:{number}", text=text, **(known | fields))  # type: ignore[arg-type]


def shown(reading: Reading, width: int | None = None) -> str:
    return unstyle("\n".join(to_lines(html_page(STORY, URL, AT), reading, width)))


def discussion() -> Reading:
    first = comment(
        1,
        "Who pays for it? " * 12,
        author_name="Rudo",
        date_created_raw="3 hours ago",
        date_created_precision="hour",
        date_created=datetime(2026, 11, 2, 8, tzinfo=UTC),
        date_created_earliest=datetime(2026, 11, 2, 8, tzinfo=UTC),
        date_created_latest=datetime(2026, 11, 2, 9, tzinfo=UTC),
        upvotes=4,
        downvotes=1,
        in_language="en",
        in_language_score=0.98,
        in_language_mixed=True,
    )
    reply = comment(2, "We do.", author_name="Farai", depth=1, date_created_raw="99 years from now")
    gone = comment(3, "", depth=1, status="hidden")
    rest = Follow("https://gazette.example/api?page=2", "comments", method="POST", body=b'{"page": 2}')
    thread = Thread("coral:gazette.example:7", "coral", status="closed", comment_count_reported=5, pages=(rest,), whole=False)
    others = tuple(Follow(f"https://gazette.example/{n}/", "article") for n in range(30))
    return Reading(comments=(first, reply, gone), thread=thread, follow=(*others, rest), readers=("comments: coral",))


def test_a_thread_is_shown_with_all_that_is_known_of_it() -> None:
    text = shown(discussion())
    for expected in (
        "Read by: comments: coral",
        "Thread coral:gazette.example:7",
        "platform: coral; closed",
        "3 found here (1 of them hidden), the site claims 5: 2 missing; a crawl asks 1 more address for comments",
        "a comment may be missing here",
        'Rudo | 2026-11-02 08:00:00 UTC to 2026-11-02 09:00:00 UTC, to the hour "3 hours ago" | +4 -1 | en 0.98, mixed',
        '    Farai | "99 years from now" (not understood)',
        "    (no name) | no date | hidden",
        "    We do.",
        'POST https://gazette.example/api?page=2 {"page": 2}',
        "and 20 more",
    ):
        assert expected in text
    assert text.index("comments  POST") < text.index("article   https")


def test_lines_are_wrapped_for_a_terminal_and_left_alone_elsewhere() -> None:
    texts = [line for line in shown(discussion(), 60).splitlines() if "pays" in line]
    assert len(texts) > 2
    assert max(map(len, texts)) <= 60
    assert len([line for line in shown(discussion()).splitlines() if "pays" in line]) == 1


def test_a_very_deep_comment_still_has_room() -> None:
    deep = Reading(
        comments=(comment(1, "It is dark down here and the words go on. " * 3, depth=5000),), thread=Thread("t", "list")
    )
    assert max(len(line) for line in shown(deep, 60).splitlines()) < 120


def test_nothing_a_page_says_reaches_the_terminal_as_a_command() -> None:
    nasty = Reading(comments=(comment(1, "\x1b[2Jgone", author_name="\x1b]0;title\x07Rudo"),), thread=Thread("t\x1b[31m", "list"))
    assert "\x1b" not in shown(nasty)


def test_json_holds_everything_in_one_line() -> None:
    line = to_json(html_page(STORY, URL, AT), discussion())
    told = json.loads(line)
    assert "\n" not in line
    assert (told["url"], told["captured_at"]) == (URL, "2026-11-02T12:00:00Z")
    assert told["comments"][0]["date_created_latest"] == "2026-11-02T09:00:00Z"
    assert told["follow"][-1]["body"] == '{"page": 2}'
    assert set(told) > set(Reading.__dataclass_fields__)


@pytest.mark.parametrize(
    ("html", "why"),
    [
        (
            f'<meta property="og:type" content="article"><h1>Bridge talks</h1><article>{STORY}</article>',
            "none of the readers of comments",
        ),
        ('<html><body><a href="/a/">A</a> <a href="/b/">B</a></body></html>', "taken for a front page or a list"),
        ("%PDF-1.7 and so on", "taken for a front page or a list"),
    ],
)
def test_it_says_why_there_are_no_comments(html: str, why: str, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(html, encoding="utf-8")
    result = run(page, "--url", URL)
    assert result.exit_code == 0, result.output
    assert why in result.output


def test_a_file_without_its_address_says_so(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(f"<h1>Bridge talks</h1><article>{STORY}</article>", encoding="utf-8")
    assert "--url" in run(page).output
    assert "--url" not in run(page, "--url", URL).output


def test_every_page_of_a_warc_is_read_or_one_record_of_it(visited: Visited) -> None:
    warc = min(visited.folder.glob("warc/*.warc.gz"))
    pages = [json.loads(line) for line in run(warc, "--json").output.splitlines()]
    assert len({page["record_id"] for page in pages}) == len(pages) > 40
    with_comments = next(page for page in pages if len(page["comments"]) > 2)
    assert with_comments["article"]["headline"]
    one = run(warc, "--record", with_comments["record_id"], "--json")
    assert json.loads(one.output) == with_comments
    assert run(warc).output.count("Read by: ") == len(pages)


def test_a_revisit_is_read_from_the_capture_it_refers_to(visited: Visited, tmp_path: Path) -> None:
    shutil.copy(visited.catalogues[2], tmp_path / "catalogue.db")
    (tmp_path / "warc").symlink_to(visited.folder / "warc")
    with closing(sqlite3.connect(tmp_path / "catalogue.db")) as connection, connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(captures)")]
        changed = {"id": "'urn:uuid:again'", "record_type": "'revisit'", "revisit_of": "id", "status": "304"}
        values = ", ".join(changed.get(name, name) for name in columns)
        connection.execute(
            f"INSERT INTO captures SELECT {values} FROM captures WHERE id = (SELECT min(capture_id) FROM articles)"
        )
        first = connection.execute("SELECT revisit_of FROM captures WHERE id = 'urn:uuid:again'").fetchone()[0]
    result = CliRunner().invoke(main, ["--dir", str(tmp_path), "read", "urn:uuid:again", "--json"])
    assert json.loads(result.output)["record_id"] == first


def test_an_address_is_read_from_its_newest_whole_capture(visited: Visited) -> None:
    sql = """SELECT url, max(captured_at) AS at FROM captures
             WHERE purpose = 'article' AND status = 200 AND record_type = 'response' GROUP BY url_key
             HAVING count(*) > 1 LIMIT 1"""
    row = visited.rows(2, sql)[0]
    assert json.loads(in_archive(visited, row["url"], "--json").output)["captured_at"] == row["at"]


def test_an_address_without_a_page_says_what_is_there_instead(visited: Visited) -> None:
    row = visited.rows(
        2, "SELECT url, status FROM captures WHERE status >= 400 AND url_key NOT IN (SELECT url_key FROM article_urls)"
    )[0]
    for url, told in ((row["url"], f"with status {row['status']}"), (f"{visited.url}/never-asked/", "no capture of")):
        result = in_archive(visited, url)
        assert result.exit_code == 2
        assert told in result.output
        assert f"scrapy crawl news -a url={url}" in result.output


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("page.warc",), "warcio recompress"),
        (("page.warc.gz", "--url", URL), "every record names its address"),
        (("page.warc.gz",), "no WARC record"),
        (("page.html", "--record", "urn:uuid:1"), "--record goes with a WARC file"),
        (("page.html", "--url", "ftp://gazette.example/"), "no http or https address"),
        (("picture.png",), "binary data"),
        ((".",), "is a folder"),
        ((URL, "--url", URL), "go with a file"),
        (("nothing.html",), "no file, no http address and no record id"),
        ((URL,), f"scrapy crawl news -a url={URL}"),
    ],
)
def test_errors_say_what_to_do(words: tuple[str, ...], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("page.warc").write_bytes(b"WARC/1.1\r\nWARC-Type: warcinfo\r\n")
    Path("page.warc.gz").write_bytes(gzip.compress(b"no record"))
    Path("page.html").write_text(STORY, encoding="utf-8")
    Path("picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    result = CliRunner().invoke(main, ["--dir", str(tmp_path), "read", *words])
    assert result.exit_code in {1, 2}
    assert told in " ".join(result.output.split())


def test_a_pipe_that_closes_early_is_no_error(visited: Visited) -> None:
    warc = min(visited.folder.glob("warc/*.warc.gz"))
    command = f'"{sys.executable}" -m newsarchive.cli read "{warc}" | head -n 1'
    done = subprocess.run(command, shell=True, capture_output=True, text=True, timeout=120, check=False, cwd=PROJECT)
    assert done.stdout.startswith("Address: ")
    assert done.stderr == ""


def test_a_terminal_gets_wrapped_text_and_bold_names(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        f'<meta property="og:type" content="article"><h1>Bridge talks</h1><article>{STORY}</article>', encoding="utf-8"
    )
    reader, writer = pty.openpty()
    command = [sys.executable, "-m", "newsarchive.cli", "read", str(page), "--url", URL]
    done = subprocess.run(command, stdout=writer, timeout=120, check=False, cwd=PROJECT, env=os.environ | {"COLUMNS": "70"})
    os.close(writer)
    output = os.read(reader, 100_000).decode()
    os.close(reader)
    assert done.returncode == 0
    assert re.search(r"\x1b\[1mBridge talks", output)
    assert max(len(line) for line in unstyle(output).splitlines() if "council" in line) <= 70

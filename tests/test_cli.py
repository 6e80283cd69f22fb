"""The command line, as a person meets it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from newsarchive.cli import main
from newsarchive.vault import locks
from tests.conftest import PROJECT, Visited


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def test_help_shows_examples() -> None:
    for words in ((), ("--help",)):
        assert "scrapy crawl news -a url=" in run(*words).output


@pytest.mark.parametrize("command", list(main.commands))
def test_every_command_has_help(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert len(result.output.splitlines()) > 4


def test_sites_lists_what_is_there(visited: Visited) -> None:
    result = CliRunner(env={"COLUMNS": "240"}).invoke(main, ["--dir", str(visited.folder), "sites"])
    assert result.exit_code == 0
    assert visited.site in result.output
    assert "well" in result.output
    assert "never crawled" in next(line for line in result.output.splitlines() if "pindula" in line)


@pytest.mark.parametrize("command", [["sites"], ["serve"], ["read", "https://gazette.example/"]])
def test_without_an_archive_the_error_says_what_to_do(command: list[str], tmp_path: Path) -> None:
    result = run("--dir", tmp_path, *command)
    assert result.exit_code == 2
    assert "crawl" in result.output
    assert "Traceback" not in result.output


def test_a_page_of_the_archive_is_shown_as_a_thread(visited: Visited) -> None:
    true = next(
        article for article in visited.truths[1].articles if article.comments == "wordpress" and article.comment_count > 3
    )
    result = run("--dir", visited.folder, "read", visited.url + true.path)
    assert result.exit_code == 0
    assert true.headline in result.output
    assert true.text.splitlines()[0] in result.output
    assert "Read by: article, comments: wordpress" in result.output
    first = visited.truths[1].comments_of(true.id)[0]
    assert first.author_name in result.output


def test_a_record_is_read_as_json(visited: Visited) -> None:
    row = visited.rows(1, "SELECT capture_id, headline FROM articles LIMIT 1")[0]
    result = run("--dir", visited.folder, "read", row["capture_id"], "--json")
    assert json.loads(result.output)["article"]["headline"] == row["headline"]


def test_a_file_is_read_without_an_archive(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    text = "The council of the town met on Monday and talked about the bridge for three hours. " * 6
    page.write_text(
        f'<meta property="og:type" content="article"><h1>Bridge talks</h1><article><p>{text}</p></article>', encoding="utf-8"
    )
    result = run("--dir", tmp_path, "read", page, "--url", "https://gazette.example/2026/11/bridge-talks/")
    assert result.exit_code == 0
    assert "Bridge talks" in result.output
    assert "url: https://gazette.example/2026/11/bridge-talks/" in result.output


@pytest.mark.parametrize("what", ["ftp://gazette.example/", "no such file", "urn:uuid:0"])
def test_what_cannot_be_read_is_a_usage_error(visited: Visited, what: str) -> None:
    result = run("--dir", visited.folder, "read", what)
    assert result.exit_code == 2
    assert "Error" in result.output


def test_rebuild_says_where_the_catalogue_is(visited: Visited, tmp_path: Path) -> None:
    result = run("--dir", visited.folder, "rebuild", "--into", tmp_path / "again.db")
    assert result.exit_code == 0
    assert "again.db" in result.output
    assert (tmp_path / "again.db").stat().st_size > 100_000


def test_the_demo_crawls_twice_and_says_what_it_found(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "newsarchive.cli", "--dir", tmp_path, "demo"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, cwd=PROJECT)
    assert done.returncode == 0, done.stderr
    for word in ("articles", "comments", "edited articles", "edited comments", "deleted comments", "serve"):
        assert word in done.stdout


def test_what_cannot_be_done_beside_a_crawl_is_not_now(visited: Visited, tmp_path: Path) -> None:
    shutil.copytree(visited.folder, tmp_path / "archive")
    with locks.share_archive(tmp_path / "archive"):
        for words in (["rebuild"], ["forget", f"{visited.site}:~nobody", "--case", "1", "--reason", "a test"]):
            result = run("--dir", tmp_path / "archive", *words)
            assert (result.exit_code, "is running" in result.output) == (75, True)

"""`newsarchive crawl` as cron starts it: no home, no terminal, a bare environment."""

from __future__ import annotations

import os
import pty
import re
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from scrapy.settings import Settings

from newsarchive.demo.newspaper import Newspaper
from newsarchive.demo.server import Served, serve
from newsarchive.exits import NOT_NOW, TERMINATED, USAGE, WHOLE
from newsarchive.rounds import newspapers
from newsarchive.urls import site_id
from newsarchive.vault import locks
from tests.conftest import connect

_FILE = 'from newsarchive.site import NewsSite\n\nclass Site(NewsSite):\n    name = "{name}"\n    start_urls = ["{url}/"]\n'


@dataclass
class Press:
    """Two newspapers of one's own, and an archive."""

    folder: Path
    served: dict[str, Served]

    def command(self, *words: str, delay: float = 0) -> list[str]:
        hosts = ",".join(one.url.partition("//")[2] for one in self.served.values())
        settings = [f"NEWSARCHIVE_ALLOW_PRIVATE={hosts}", f"DOWNLOAD_DELAY={delay}"]
        options = [word for one in settings for word in ("-s", one)]
        newsarchive = Path(sys.executable).with_name("newsarchive")
        return ["/bin/sh", "-c", 'umask 077; exec "$@"', "sh", str(newsarchive), "crawl", *words, *options]

    @property
    def environment(self) -> dict[str, str]:
        return {
            "PATH": "/usr/bin:/bin",
            "LANG": "C",
            "NEWSARCHIVE_DIR": str(self.folder / "archive"),
            "NEWSARCHIVE_SITES": str(self.folder / "sites"),
        }

    def start(self, *words: str, delay: float = 0) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self.command(*words, delay=delay),
            cwd="/",
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *words: str) -> tuple[int | None, str]:
        with self.start(*words) as process:
            out, err = process.communicate(timeout=180)
        return process.returncode, out + err

    @property
    def log(self) -> str:
        (log,) = (self.folder / "archive" / "logs").glob("crawl-*.log")
        return log.read_text(encoding="utf-8")


@contextmanager
def press(folder: Path) -> Iterator[Press]:
    (folder / "sites").mkdir()
    newspaper = Newspaper(now=datetime.now(UTC))
    with serve(newspaper) as first, serve(newspaper) as second:
        served = {"courier": first, "herald": second}
        for name, one in served.items():
            (folder / "sites" / f"{name}.py").write_text(_FILE.format(name=name, url=one.url), encoding="utf-8")
        yield Press(folder, served)


def test_all_are_crawled_and_then_only_what_is_due_in_silence(tmp_path: Path) -> None:
    with press(tmp_path) as two:
        code, told = two.run("courier", "herald")
        assert code == WHOLE, told + two.log[-3000:]
        assert sorted(line.split(" ", 1)[1].partition(",")[0] for line in told.splitlines()) == [
            "courier: begins",
            "courier: whole: 79 pages",
            "herald: begins",
            "herald: whole: 79 pages",
        ]
        with closing(connect(tmp_path / "archive" / "catalogue.db")) as connection:
            counts = connection.execute("SELECT count(*) FROM comments WHERE status = 'live' GROUP BY site_id").fetchall()
            assert len({row[0] for row in counts}) == 1
            assert len(counts) == 2
        for one in two.served.values():
            one.requests.clear()
        assert two.run("--due", "--quiet") == (WHOLE, "")  # all of one's own, and none that came with the project
        for one in two.served.values():
            assert 0 < len(one.requests) < 30


def test_a_newspaper_whose_file_makes_no_sense_costs_the_others_nothing(tmp_path: Path) -> None:
    with press(tmp_path) as two:
        file = _FILE.format(name="gazette", url=two.served["herald"].url) + '    time_zone = "Nowhere/Land"\n'
        (tmp_path / "sites" / "gazette.py").write_text(file, encoding="utf-8")
        code, told = two.run("gazette", "courier", "-s", "NEWSARCHIVE_PAGES=5")
    assert code == USAGE, told
    assert "courier: whole: " in told
    assert "gazette: failed: " in told
    assert "Nowhere/Land" in told


def test_a_terminal_shows_a_table_that_moves(tmp_path: Path) -> None:
    with press(tmp_path) as two:
        ours, theirs = pty.openpty()
        command = two.command("courier", "herald", "-s", "NEWSARCHIVE_PAGES=5", delay=0.2)
        environment = two.environment | {"TERM": "xterm", "COLUMNS": "100"}
        with subprocess.Popen(command, cwd="/", env=environment, stdin=theirs, stdout=theirs, stderr=theirs) as process:
            os.close(theirs)
            told = b""
            with suppress(OSError):  # EIO: nobody holds the other end any more
                while piece := os.read(ours, 4096):
                    told += piece
        os.close(ours)
        assert process.returncode == WHOLE, told[-3000:]
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", told.decode())
    rows = [re.findall(r"[^\s│┃]+", line) for line in text.splitlines()]
    assert ["newspaper", "pages", "articles", "comments", "not", "due", "unread"] in rows
    for name in two.served:
        own = [row for row in rows if row[:1] == [name]]
        assert any(row[-1] == "..." for row in own), text[-1500:]
        assert own[-1][-1] == "whole"
        assert int(own[-1][1]) >= 5
    assert "begins" not in text


def test_of_two_at_once_one_works_and_one_says_that_it_does_not(tmp_path: Path) -> None:
    with press(tmp_path) as two, two.start("courier", "herald", "--due", delay=0.3) as first:
        while not all(one.requests for one in two.served.values()):
            assert first.poll() is None
            time.sleep(0.05)
        code, told = two.run("courier", "herald", "--due")
        assert code == NOT_NOW
        for name in ("courier", "herald"):
            assert f"{name}: left out: another crawl of this site is running" in told
            assert f"{name}: the crawl cannot begin: another crawl of this site is running" in two.log
        first.send_signal(signal.SIGTERM)
        _, said = first.communicate(timeout=60)
        assert first.returncode == TERMINATED
        assert "courier: stopped" in said
        assert "herald: stopped" in said
    with closing(connect(tmp_path / "archive" / "catalogue.db")) as connection:
        assert {row[0] for row in connection.execute("SELECT finish_reason FROM crawls")} == {"shutdown"}


def test_a_locked_site_is_left_out_and_the_others_are_crawled(tmp_path: Path) -> None:
    with press(tmp_path) as two:
        (tmp_path / "archive").mkdir()
        with locks.lock_site(tmp_path / "archive", site_id(two.served["herald"].url)):
            code, told = two.run("courier", "herald")
        assert code == WHOLE, told
        assert "herald: left out" in told
        assert two.served["courier"].requests
        assert not two.served["herald"].requests


def test_the_lines_for_cron_work_as_they_stand(tmp_path: Path) -> None:
    with press(tmp_path) as two:
        allowed = ",".join(one.url.partition("//")[2] for one in two.served.values())
        settings = {"NEWSARCHIVE_ALLOW_PRIVATE": allowed, "NEWSARCHIVE_OPERATOR": 'Jane "J" Doe, jane@example.org'}
        newsarchive = str(Path(sys.executable).with_name("newsarchive"))
        environment = two.environment | settings | {"NEWSARCHIVE_KEYS": "disqus=secret"}
        command = [newsarchive, "--dir", str(tmp_path / "a 100% archive"), "crontab"]
        printed = subprocess.run(command, env=environment, cwd="/", capture_output=True, text=True, check=True, timeout=60).stdout
    assert "secret=" not in printed
    assert "disqus" not in printed
    minutes, told = [], {}
    for line in printed.splitlines():
        if found := re.match(r"([A-Z_]+)=(['\"])(.*)\2$", line):
            told[found[1]] = found[3]
        elif not line.startswith("#"):
            minute, hour, *_, command_line = line.split(" ", 5)
            minutes.append((minute, hour))
            words = shlex.split(command_line.replace(r"\%", "%"))
            assert words[:3] == [newsarchive, "--dir", str(tmp_path / "a 100% archive")]
            looked = subprocess.run(["/bin/sh", "-c", f"{shlex.join(words)} --help"], env={"PATH": "/usr/bin:/bin"}, cwd="/")
            assert looked.returncode == 0
    assert len(set(minutes)) == 3
    assert told == settings | {"NEWSARCHIVE_SITES": str(tmp_path / "sites")}


def test_a_name_that_there_is_not_is_a_slip(tmp_path: Path) -> None:
    with press(tmp_path) as two:
        code, told = two.run("curier")
        assert code == USAGE
        assert "curier" in told


def test_without_names_all_that_have_a_file_are_crawled(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings()
    settings.setmodule("newsarchive.settings", priority="project")
    found = newspapers(settings, [])
    assert "pindula" in found
    assert "news" not in found

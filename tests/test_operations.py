"""The commands of docs/operations.md, as they stand there: an archive is backed up while it is crawled, restored, upgraded."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsarchive.demo.newspaper import Newspaper
from newsarchive.demo.server import serve
from tests.conftest import PROJECT, crawl

DOCUMENT = (PROJECT / "docs" / "operations.md").read_text("utf-8")
COUNTS = "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM comments), (SELECT count(*) FROM captures)"


def commands(heading: str) -> list[str]:
    """The blocks of commands below a heading."""
    section = DOCUMENT.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return [re.sub(r"^    ", "", block, flags=re.M) for block in re.findall(r"(?:^    .+\n)+", section, re.M)]


def run(heading: str, archive: Path, backup: Path) -> subprocess.CompletedProcess[str]:
    script = "set -euo pipefail\n" + "\n".join(commands(heading))
    environment = os.environ | {"NEWSARCHIVE_DIR": str(archive), "BACKUP": str(backup)}
    environment["PATH"] = f"{Path(sys.executable).parent}:{environment['PATH']}"
    done = subprocess.run(
        ["bash", "-c", script], cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def counts(archive: Path) -> tuple[int, int, int]:
    connection = sqlite3.connect(archive / "catalogue.db")
    found = tuple(connection.execute(COUNTS).fetchone())
    connection.close()
    return found  # type: ignore[return-value]


class Eventful(Newspaper):
    """Something is done when it has been asked a number of times."""

    at = -1

    def respond(self, method: str, target: str, headers: Iterable[tuple[str, str]]) -> tuple[int, list[tuple[str, str]], bytes]:
        self.at -= 1
        if self.at == 0:
            self.event()
        return super().respond(method, target, headers)

    def event(self) -> None:
        run("Back up, also while crawls run", self.archive, self.backup)

    archive: Path
    backup: Path


@pytest.fixture
def few() -> tuple[str, ...]:
    return ("-a", "max_articles=6")


def test_an_archive_is_backed_up_restored_moved_and_upgraded(tmp_path: Path, few: tuple[str, ...]) -> None:
    archive, backup = tmp_path / "archive", tmp_path / "backup"
    newspaper = Eventful(now=datetime.now(UTC))
    newspaper.archive, newspaper.backup = archive, backup
    with serve(newspaper) as served:
        assert crawl(archive, f"{served.url}/", *few).returncode == 0
        first = counts(archive)
        newspaper.at = 15  # in the midst of the second crawl
        assert crawl(archive, f"{served.url}/", *few).returncode == 0
    assert newspaper.at < 0
    whole = counts(archive)
    assert whole[2] > first[2]

    lost = tmp_path / "lost"
    archive.rename(lost)
    run("Restore", archive, backup)
    assert counts(archive) == first  # the second crawl's file was not closed yet

    shutil.rmtree(archive)
    lost.rename(archive)
    run("Back up, also while crawls run", archive, backup)
    shutil.rmtree(archive)
    run("Restore", archive, backup)
    assert counts(archive) == whole
    told = run("Move to another machine", archive, backup).stdout
    assert "127-0-0-1" in told

    connection = sqlite3.connect(archive / "catalogue.db")  # as it was before migration m008_noarchive
    connection.execute("ALTER TABLE captures DROP COLUMN noarchive")
    connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'm008_noarchive'")
    connection.commit()
    connection.close()
    run("Upgrade", archive, backup)
    assert counts(archive) == whole
    silent = run("From cron", archive, backup)
    assert (silent.stdout, silent.stderr) == ("", "")

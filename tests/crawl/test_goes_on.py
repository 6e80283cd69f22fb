"""A crawl that was killed goes on where the archive says it stood, and ends as if nothing had been."""

from __future__ import annotations

import json
import shutil
import signal
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from newsarchive.reading.pool import ReadingPool
from newsarchive.vault import manifest
from newsarchive.vault.archivist import GROUP_RECORDS
from newsarchive.vault.kept import Kept
from newsarchive.vault.rebuild import rebuild
from newsarchive.vault.replay import read_warc
from tests.killed import Press, printed, select, shown
from tests.vault.test_rebuild import rows

CONCURRENT = 16


@dataclass
class Killed:
    """A crawl killed twice and stopped once, before it came to its end; and one that nobody disturbed."""

    folder: Path
    undisturbed: dict[str, Counter[tuple[Any, ...]]]
    codes: list[int]
    asked: list[list[str]]
    after_stop: list[tuple[Any, ...]]
    stored_before: set[str]
    handed_on_last: set[str]


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    with printed() as press:
        yield press


@pytest.fixture(scope="module")
def killed(press: Press, tmp_path_factory: pytest.TempPathFactory) -> Killed:
    folder, other = (tmp_path_factory.mktemp(name) for name in ("killed", "undisturbed"))
    assert press.crawl(other) == 0
    codes, asked, after_stop, stored = [], [], [], []
    items = folder / "items.jsonl"
    for kill_at, with_signal in ((10, signal.SIGKILL), (30, signal.SIGKILL), (10, signal.SIGTERM), (0, signal.SIGKILL)):
        codes.append(press.crawl(folder, "-O", f"{items}", kill_at=kill_at, with_signal=with_signal))
        asked.append(press.asked)
        if with_signal == signal.SIGTERM:
            after_stop = select(folder, "SELECT finish_reason, finished_at FROM crawls")
            stored = select(folder, "SELECT id FROM articles")
    last = {json.loads(line)["id"] for line in items.read_text(encoding="utf-8").splitlines()}
    return Killed(folder, shown(other), codes, asked, after_stop, {row[0] for row in stored}, last)


def test_each_run_ends_as_it_was_made_to(killed: Killed) -> None:
    assert killed.codes == [-9, -9, 143, 0]


def test_it_ends_with_the_rows_of_an_undisturbed_crawl(killed: Killed) -> None:
    found = shown(killed.folder)
    for name, rows_of in killed.undisturbed.items():
        assert found[name] - rows_of == Counter(), name
        assert rows_of - found[name] == Counter(), name


def test_it_is_one_crawl(killed: Killed) -> None:
    assert select(killed.folder, "SELECT count(*), min(finish_reason) FROM crawls") == [(1, "finished")]
    assert select(killed.folder, "SELECT count(*) FROM captures WHERE read_at IS NULL") == [(0,)]


def test_a_stopped_crawl_is_not_finished(killed: Killed) -> None:
    assert killed.after_stop == [("shutdown", None)]


def test_what_was_stored_is_not_handed_on_again(killed: Killed) -> None:
    assert len(killed.stored_before) > 5
    assert killed.handed_on_last
    assert not killed.stored_before & killed.handed_on_last


def test_only_what_no_commit_had_reached_is_asked_for_again(killed: Killed) -> None:
    times = Counter(target for run in killed.asked for target in run)
    again = sum(times.values()) - len(times)
    assert again <= 2 * (CONCURRENT + GROUP_RECORDS)
    committed = set(killed.asked[0] + killed.asked[1] + killed.asked[2]) - set(killed.asked[3])
    assert len(committed) > 30
    stopped = Counter(killed.asked[2])
    assert not {target for target in stopped if target in killed.asked[3]} - set(killed.asked[2][10:])
    assert all(run.count("/robots.txt") == 0 for run in killed.asked[2:])


def test_nothing_is_appended_to_a_file_that_was_cut(killed: Killed) -> None:
    assert not list((killed.folder / "warc").glob("*.open"))
    kept = sum(isinstance(record, Kept) for path in (killed.folder / "warc").iterdir() for record in read_warc(path))
    assert select(killed.folder, "SELECT count(*) FROM captures") == [(kept,)]
    names = {path.name for path in (killed.folder / "warc").iterdir()}
    assert [line.name for line in manifest.read(killed.folder / manifest.NAME)] == sorted(names)
    assert manifest.broken_links(killed.folder / manifest.NAME) == []


def test_a_rebuild_gives_the_same_rows(killed: Killed, tmp_path: Path) -> None:
    shutil.copytree(killed.folder / "warc", tmp_path / "warc")
    pool = ReadingPool(workers=2, seconds=30, megabytes=2048)
    again = rows(rebuild(tmp_path, pool))
    pool.close()
    crawled = rows(killed.folder / "catalogue.db")
    for table in crawled:
        assert crawled[table] ^ again[table] == set(), table

"""A rebuild that is killed half way leaves the catalogue as it was; two at once do not spoil each other's work."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsarchive.errors import Locked
from newsarchive.reading.pool import ReadingPool
from newsarchive.vault.rebuild import preview, rebuild
from newsarchive.vault.verify.findings import Finding
from newsarchive.vault.verify.run import verify
from tests.conftest import PROJECT, Visited
from tests.vault.small_archive import SAID, answers, visit
from tests.vault.test_rebuild import rows

KILLED = """
import os, signal, sys
from pathlib import Path
from newsarchive.reading.pool import ReadingPool
from newsarchive.vault import reread
from newsarchive.vault.rebuild import preview, rebuild

def kill(done, total):
    if done > total * float(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)

reread.SPAN = 20_000
if __name__ == "__main__":
    what = {"rebuild": rebuild, "preview": preview}[sys.argv[2]]
    what(Path(sys.argv[1]), ReadingPool(workers=2, seconds=30, megabytes=2048), progress=kill)
"""


@pytest.fixture(scope="module")
def pool() -> Iterator[ReadingPool]:
    pool = ReadingPool(workers=2, seconds=30, megabytes=2048)
    yield pool
    pool.close()


@pytest.fixture
def archive(visited: Visited, tmp_path: Path) -> Path:
    shutil.copytree(visited.folder, tmp_path / "archive")
    return tmp_path / "archive"


def killed(archive: Path, what: str, part: float) -> int:
    """How a process ends that kills itself when so large a part is done.

    Its readers end, too: their pipes would keep this waiting.
    """
    script = archive.with_name("killed.py")
    script.write_text(KILLED)
    command = [sys.executable, str(script), str(archive), what, str(part)]
    return subprocess.run(command, cwd=PROJECT, env={"PYTHONPATH": str(PROJECT)}, capture_output=True, timeout=60).returncode


@pytest.mark.parametrize(("what", "part"), [("rebuild", 0), ("rebuild", 0.5), ("rebuild", 0.99), ("preview", 0.5)])
def test_what_was_half_made_goes_and_the_catalogue_stays(archive: Path, pool: ReadingPool, what: str, part: float) -> None:
    before = (archive / "catalogue.db").read_bytes()
    whole = rows(archive / "catalogue.db")
    assert killed(archive, what, part) == -signal.SIGKILL
    assert list(archive.glob("catalogue.db.*re*"))
    assert (archive / "catalogue.db").read_bytes() == before
    found: list[Finding] = []
    assert verify(archive, report=found.append, workers=1).faults == 0, found
    visit(archive, answers(SAID[:1])[:1])
    assert not list(archive.glob("catalogue.db.*re*"))
    rebuild(archive, pool)
    after = rows(archive / "catalogue.db")
    assert whole["comments"] <= after["comments"]
    assert {path.name for path in archive.glob("catalogue.db.*")} == {"catalogue.db.lock"}


def test_a_second_rebuild_says_why_it_ends_and_spoils_nothing(archive: Path, pool: ReadingPool) -> None:
    whole, tried = rows(archive / "catalogue.db"), []

    def another(done: int, total: int) -> None:
        if not tried:
            tried.append(done)
            with pytest.raises(Locked, match="another rebuild is at work"):
                rebuild(archive, pool)
            with pytest.raises(Locked, match="another rebuild is at work"):
                preview(archive, pool)
            with pytest.raises(Locked, match="being rebuilt"):
                visit(archive, answers(SAID[:1])[:1])

    rebuild(archive, pool, progress=another)
    assert tried
    assert rows(archive / "catalogue.db") == whole

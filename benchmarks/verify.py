"""What a verification costs beside `gzip -t` on the same files.

    .venv/bin/python benchmarks/verify.py ARCHIVE [--megabytes 200] [--rounds 3]

ARCHIVE is one that was crawled. Its exchanges are kept again and again, as one crawl would, until the files are large enough;
then CPU seconds and wall time are taken of `gzip -t`, of `newsarchive verify --workers 1`, and of one worker per core, in turn.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from newsarchive.items import Profile
from newsarchive.vault.archivist import Archivist
from newsarchive.vault.exchange import Exchange
from newsarchive.vault.members import Members
from newsarchive.vault.record import Record
from newsarchive.vault.through import take


def records(archive: Path) -> Iterator[Record]:
    for path in sorted((archive / "warc").glob("*.warc.gz")):
        with path.open("rb") as file:
            members, place = Members(file.fileno()), 0
            while record := take(members, place):
                yield record
                place += record.length


def exchanges(archive: Path) -> Iterator[Exchange]:
    response = None
    for record in records(archive):
        if record.kind == "response":
            response = record
        elif record.kind == "request" and response is not None:
            now, raw = datetime.now(UTC), response.block
            method = record.block.partition(b" ")[0].decode()
            yield Exchange(response.url, method, record.block, BytesIO(raw), len(raw), now, 0.1, "other")


def enlarge(archive: Path, folder: Path, size: int) -> None:
    profile = Profile(site="benchmark")
    archivist = Archivist(folder, profile, info={}, config={}, kind="visit", size_limit=1_000_000_000)
    while sum(path.stat().st_size for path in (folder / "warc").iterdir()) < size:
        for exchange in exchanges(archive):
            archivist.keep(exchange)
    archivist.commit()
    archivist.connection.execute("UPDATE captures SET read_at = captured_at")
    archivist.close("finished", {})
    archivist.release()


def cost(command: list[str | Path]) -> tuple[float, float]:
    """CPU and wall seconds of a command with all its processes."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after, ended = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, ended - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--megabytes", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="newsarchive-benchmark-") as name:
        folder = Path(name)
        enlarge(options.archive, folder, options.megabytes * 1_000_000)
        files = sorted((folder / "warc").iterdir())
        verify: list[str | Path] = [sys.executable, "-m", "newsarchive.cli", "--dir", folder, "verify", "--workers"]
        commands = {"gzip -t": ["gzip", "-t", *files], "one worker": [*verify, "1"], "all cores": [*verify, str(os.cpu_count())]}
        taken: dict[str, list[tuple[float, float]]] = {what: [] for what in commands}
        for _ in range(options.rounds):
            for what, command in commands.items():
                taken[what].append(cost(command))
    peer = statistics.median(cpu for cpu, _ in taken["gzip -t"])
    for what, costs in taken.items():
        cpu, wall = (statistics.median(cost[part] for cost in costs) for part in (0, 1))
        used = "" if what == "all cores" else f" {cpu:.2f} s CPU ({cpu / peer:.2f} of gzip -t),"  # the workers' is not known here
        print(f"{what}:{used} {wall:.2f} s")


if __name__ == "__main__":
    main()

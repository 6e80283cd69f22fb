"""What a rebuild costs beside reading, and what a second worker brings.

    .venv/bin/python benchmarks/rebuild.py ARCHIVE [--rounds 3]

The CPU of reading is the sum over all pages of `reading.read` in the workers; all else, of the main process and the workers, is
the cost beside it. Start-up of the processes is counted as cost, too.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from pathlib import Path

from newsarchive.items import Page, Profile, Reading
from newsarchive.reading import pool as pools
from newsarchive.vault import rebuild as rebuilding
from newsarchive.vault import reread

_bounded, _work = pools.read_bounded, reread.reread
_reading = 0.0


def timed(page: Page, profile: Profile, seconds: float) -> tuple[Reading, str | None]:
    """`read_bounded`, with its CPU added up."""
    global _reading
    began = time.process_time()
    try:
        return _bounded(page, profile, seconds)
    finally:
        _reading += time.process_time() - began


def work(piece: reread.Piece, seconds: float) -> reread.Part:
    """`reread`; leaves a note of the worker's CPU so far: of reading, and of all."""
    reread.read_bounded = timed  # type: ignore[attr-defined]  # put in the place of its own
    part = _work(piece, seconds)
    note = Path(os.environ["NEWSARCHIVE_BENCHMARK"]) / f"worker-{os.getpid()}"
    note.write_text(f"{_reading} {time.process_time()}", encoding="ascii")
    return part


def measure(archive: Path, folder: Path, workers: int) -> tuple[float, float, float, float]:
    """Wall seconds, CPU of reading, all other CPU of a rebuild, and what the main process has of it."""
    for path in folder.iterdir():
        path.unlink()
    began, before = time.monotonic(), time.process_time()
    pool = pools.ReadingPool(workers=workers, seconds=60, megabytes=2048)
    rebuilding.rebuild(archive, pool, into=folder / "catalogue.db")
    wall, main = time.monotonic() - began, time.process_time() - before
    pool.close()
    notes = [path.read_text(encoding="ascii").split() for path in folder.glob("worker-*")]
    reading, everything = (sum(float(note[part]) for note in notes) for part in (0, 1))
    return wall, reading, everything - reading + main, main


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    taken: dict[int, list[tuple[float, float, float, float]]] = {1: [], 2: []}
    reread.reread = work  # what is given to the workers
    with tempfile.TemporaryDirectory() as name:
        os.environ["NEWSARCHIVE_BENCHMARK"] = name  # before the first pool: the workers' parent keeps what it was told
        for _ in range(options.rounds):
            for workers, costs in taken.items():
                costs.append(measure(options.archive, Path(name), workers))
    for workers, costs in taken.items():
        wall, reading, other, main = (statistics.median(cost[part] for cost in costs) for part in range(4))
        share = other / (reading + other)
        print(
            f"{workers} workers: {wall:.1f} s; CPU: reading {reading:.1f} s, all else {other:.1f} s ({share:.0%} of all)", end=""
        )
        print(f", of which the main process {main:.1f} s")
    print(f"two workers are {statistics.median(a[0] / b[0] for a, b in zip(taken[1], taken[2], strict=True)):.2f} times as fast")


if __name__ == "__main__":
    main()

"""The manifest by itself, and against a copy that was kept elsewhere."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from newsarchive.errors import DamagedRecord, UsageError
from newsarchive.vault import manifest
from newsarchive.vault.verify.findings import Finding


def lines(path: Path) -> dict[str, manifest.Entry]:
    """What the manifest says of each file: its last line of that name (a file is only changed on purpose, by `forget`)."""
    told: dict[str, manifest.Entry] = {}
    for line in _whole_lines(path):
        try:
            entry = manifest.parse(line)
        except DamagedRecord:
            continue  # `faults` tells it
        told[entry.name] = entry
    return told


def faults(path: Path, copy: Path | None) -> Iterator[Finding]:
    """Lines that are none, that do not name the line before them, or that the copy has otherwise or not at all."""
    broken = manifest.broken_links(path) if path.exists() else []
    if _is_cut(path):
        broken = [number for number in broken if number <= sum(1 for _ in _whole_lines(path))]
        yield Finding(path.name, "the last line was cut by a crash; the next crawl writes it again", fault=False)
    for number in broken:
        yield Finding(path.name, f"line {number} is broken: it does not follow from the line before it, or is no line at all")
    if copy is not None:
        yield from _against(path, copy)


def _against(path: Path, copy: Path) -> Iterator[Finding]:
    """Every line of the copy must stand in the manifest, at its place; the manifest may have grown since."""
    if not copy.is_file():
        raise UsageError(f"there is no manifest {copy}")
    for number, (ours, theirs) in enumerate(zip_longest(_whole_lines(path), _whole_lines(copy)), 1):
        if theirs is None:
            return
        if ours != theirs:
            what = "is missing" if ours is None else "was changed"
            yield Finding(path.name, f"line {number} {what}: the copy {copy} has {theirs.decode('utf-8', 'replace')}")


def _whole_lines(path: Path) -> Iterator[bytes]:
    """The lines that have their end."""
    if path.exists():
        with path.open("rb") as file:
            yield from (line.removesuffix(b"\n") for line in file if line.endswith(b"\n"))


def _is_cut(path: Path) -> bool:
    """Whether the last line lacks its end."""
    if not path.exists() or not path.stat().st_size:
        return False
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read() != b"\n"

"""The chain of closed WARCs: what it takes, and what it shows."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tracemalloc
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsarchive.errors import DamagedRecord
from newsarchive.vault.manifest import FIRST, append, broken_links, read
from newsarchive.vault.warc import ClosedWarc

CLOSED = ClosedWarc("demo-1.warc.gz", 1000, "ab" * 32, 4, datetime(2026, 3, 1, tzinfo=UTC))
APPEND = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from newsarchive.vault.manifest import append
from newsarchive.vault.warc import ClosedWarc
for n in range(20):
    append(Path(sys.argv[1]), ClosedWarc(f"{sys.argv[2]}-{n}.warc.gz", n, "00" * 32, 1, datetime.now(UTC)))
"""


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    """A manifest of four files."""
    for number in range(4):
        append(tmp_path, replace(CLOSED, name=f"demo-{number}.warc.gz", bytes=number))
    return tmp_path / "manifest.jsonl"


def test_each_line_names_the_line_before(manifest: Path) -> None:
    lines = manifest.read_bytes().splitlines()
    entries = list(read(manifest))
    assert [(entry.name, entry.bytes) for entry in entries] == [(f"demo-{n}.warc.gz", n) for n in range(4)]
    assert [entry.previous for entry in entries] == [FIRST, *(hashlib.sha256(line).hexdigest() for line in lines[:3])]
    assert set(json.loads(lines[0])) == {"name", "bytes", "sha256", "previous"}
    assert broken_links(manifest) == []


def test_a_file_is_listed_once(manifest: Path) -> None:
    append(manifest.parent, replace(CLOSED, name="demo-3.warc.gz", bytes=3))
    assert len(list(read(manifest))) == 4
    append(manifest.parent, replace(CLOSED, name="demo-3.warc.gz", bytes=3, sha256="cd" * 32))
    assert len(list(read(manifest))) == 5
    assert broken_links(manifest) == []


def test_a_line_cut_by_a_crash_goes(manifest: Path) -> None:
    whole = manifest.read_bytes()
    manifest.write_bytes(whole[:-20])
    append(manifest.parent, replace(CLOSED, name="demo-3.warc.gz", bytes=3))
    assert manifest.read_bytes() == whole


def test_a_long_manifest_is_not_read_to_add_a_line(manifest: Path) -> None:
    with manifest.open("ab") as file:
        file.writelines([manifest.read_bytes()] * 4000)
    tracemalloc.start()
    append(manifest.parent, replace(CLOSED, name="demo-4.warc.gz"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    *_, before, last = manifest.read_bytes().splitlines()
    assert json.loads(last)["previous"] == hashlib.sha256(before).hexdigest()
    assert peak < 100_000


@pytest.mark.parametrize("length", [10, 4000, 4096, 9000])
def test_a_line_of_any_length_is_linked_to(length: int, tmp_path: Path) -> None:
    for name in ("first", "x" * length, "last"):
        append(tmp_path, replace(CLOSED, name=name))
    assert len(list(read(tmp_path / "manifest.jsonl"))) == 3
    assert broken_links(tmp_path / "manifest.jsonl") == []


@pytest.mark.parametrize("cut", [1, 5000])
def test_a_first_line_cut_by_a_crash_goes(cut: int, tmp_path: Path) -> None:
    (tmp_path / "manifest.jsonl").write_bytes(b"{" * cut)
    append(tmp_path, CLOSED)
    assert [entry.previous for entry in read(tmp_path / "manifest.jsonl")] == [FIRST]


@pytest.mark.parametrize(
    ("line", "change", "broken"),
    [
        (0, lambda line: line.replace(b'"bytes": 0', b'"bytes": 9'), [2]),
        (1, lambda line: line.replace(b"abab", b"abac"), [3]),
        (2, lambda line: b"nonsense", [3, 4]),
        (2, lambda line: b'{"name": "x"}', [3, 4]),
        (3, lambda line: line.replace(b'"previous": "', b'"previous": "0'), [4]),
    ],
)
def test_a_change_breaks_the_chain(manifest: Path, line: int, change: object, broken: list[int]) -> None:
    assert callable(change)
    lines = manifest.read_bytes().splitlines()
    lines[line] = change(lines[line])
    manifest.write_bytes(b"\n".join(lines) + b"\n")
    assert broken_links(manifest) == broken


def test_a_removed_line_breaks_the_chain(manifest: Path) -> None:
    lines = manifest.read_bytes().splitlines(keepends=True)
    manifest.write_bytes(b"".join(lines[:1] + lines[2:]))
    assert broken_links(manifest) == [2]


def test_reading_stops_at_what_is_no_line(manifest: Path) -> None:
    with manifest.open("ab") as file:
        file.write(b"[]\n")
    with pytest.raises(DamagedRecord):
        list(read(manifest))


def test_two_crawls_may_append_at_once(tmp_path: Path) -> None:
    crawls = [subprocess.Popen([sys.executable, "-c", APPEND, tmp_path, name]) for name in ("one", "two")]
    assert [crawl.wait() for crawl in crawls] == [0, 0]
    assert len(list(read(tmp_path / "manifest.jsonl"))) == 40
    assert broken_links(tmp_path / "manifest.jsonl") == []

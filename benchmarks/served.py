"""A catalogue served in a process of its own, and what that process holds."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_CODE = "import sys, pathlib; from newsarchive.explore.serve import serve; serve(pathlib.Path(sys.argv[1]), port=0)"


@dataclass(frozen=True)
class Server:
    """Where it answers, without a slash at the end, and its process."""

    base: str
    pid: int

    @property
    def cpu(self) -> float:
        """The seconds that it has spent so far, in all its threads."""
        fields = Path(f"/proc/{self.pid}/stat").read_text("ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def memory(self) -> tuple[int, int]:
        """What is resident, in MB: the most so far, and now."""
        lines = (line.split() for line in Path(f"/proc/{self.pid}/status").read_text("ascii").splitlines())
        held = {line[0]: int(line[1]) // 1024 for line in lines if line[0] in {"VmRSS:", "VmHWM:"}}
        return held["VmHWM:"], held["VmRSS:"]


@contextmanager
def served(folder: Path) -> Iterator[Server]:
    """The catalogue in a folder, on a free port."""
    with subprocess.Popen([sys.executable, "-c", _CODE, str(folder)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield Server(process.stdout.readline().partition(" at ")[2].split(" ")[0].rstrip("/"), process.pid)
        finally:
            process.terminate()

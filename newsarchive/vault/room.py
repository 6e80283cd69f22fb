"""How much of the disk must stay free: a crawl stops before it is full, while there is room to close what it has open."""

from __future__ import annotations

import shutil
from pathlib import Path

from newsarchive.errors import LittleSpace

_AT_MOST = 20  # a small disk is not closed to the archive by a floor that was set for a large one


def check_room(folder: Path, floor: int) -> None:
    """Raises LittleSpace if less than `floor` bytes, or a twentieth of the disk if that is less, are free where `folder` is."""
    usage = shutil.disk_usage(folder)
    wanted = min(floor, usage.total // _AT_MOST)
    if usage.free < wanted:
        raise LittleSpace(
            f"the disk of {folder} has {usage.free / 1e6:.1f} MB left, and {wanted / 1e6:.1f} MB are to stay free"
            " (NEWSARCHIVE_FREE_BYTES)"
        )

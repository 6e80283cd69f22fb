"""Write exchanges into a folder until it takes no more, and say what happened: `fill_disk.py FOLDER disk|limit`."""

from __future__ import annotations

import os
import resource
import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from newsarchive.errors import ArchiveFull
from newsarchive.vault.exchange import Exchange
from newsarchive.vault.kept import Kept
from newsarchive.vault.replay import read_warc, whole_part
from newsarchive.vault.warc import WarcWriter

REQUEST = b"GET / HTTP/1.1\r\nHost: a.example\r\n\r\n"
ANSWER = b"HTTP/1.1 200 OK\r\n\r\n" + os.urandom(9_000)


def keep(writer: WarcWriter) -> None:
    now = datetime.now(UTC)
    writer.keep(Exchange("http://a.example/", "GET", REQUEST, BytesIO(ANSWER), len(ANSWER), now, 0.1, "other"))


def fill(writer: WarcWriter) -> tuple[int, Exception]:
    kept = 0
    while True:
        try:
            keep(writer)
            kept += 1
            writer.sync()
        except (ArchiveFull, OSError) as error:
            return kept, error


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    if sys.argv[2] == "limit":
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
    writer = WarcWriter(folder, prefix="demo", hostname="host", info={})
    kept, error = fill(writer)
    (path,) = folder.iterdir()
    read = sum(isinstance(record, Kept) for record in read_warc(path))
    whole = whole_part(path)[0] == path.stat().st_size
    try:
        keep(writer)
    except OSError as refused:
        print(type(error).__name__, kept == read, kept > 5, whole, path.suffix, refused.strerror)

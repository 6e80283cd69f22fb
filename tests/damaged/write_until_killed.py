"""Write and sync exchanges for ever; a line on standard output for each that is safe: `write_until_killed.py FOLDER`."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from io import BytesIO
from itertools import count
from pathlib import Path

from newsarchive.vault.exchange import Exchange
from newsarchive.vault.warc import WarcWriter

if __name__ == "__main__":
    writer = WarcWriter(Path(sys.argv[1]), prefix="demo", hostname="host", info={}, size_limit=100_000)
    for number in count():
        raw = b"HTTP/1.1 200 OK\r\n\r\n" + os.urandom(20_000)
        request = b"GET / HTTP/1.1\r\nHost: news.example\r\n\r\n"
        url = f"http://news.example/{number}"
        writer.keep(Exchange(url, "GET", request, BytesIO(raw), len(raw), datetime.now(UTC), 0.1, "article"))
        if number % 3 == 0:
            writer.sync()
            print(url, flush=True)

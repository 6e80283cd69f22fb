"""Pages put into an archive by hand: a record in a WARC file, and the row of the capture that points at it."""

from __future__ import annotations

import sqlite3
from io import BytesIO
from pathlib import Path
from typing import Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newsarchive.urls import url_key
from tests.explore.conftest import capture, insert

WARC = "hand-0001.warc.gz"


def keep(db: sqlite3.Connection, folder: Path, number: int, url: str, body: bytes, mime: str = "text/html", **more: Any) -> str:
    """Keep an answer of this address as capture `number`; `fields` are more of its HTTP headers. Returns the capture's id."""
    fields, status = more.pop("fields", []), more.get("status", 200)
    record_id = f"urn:uuid:00000000-0000-4000-8000-{number:012}"
    head = StatusAndHeaders(f"{status} OK", [("Content-Type", mime), *fields], protocol="HTTP/1.1")
    (folder / "warc").mkdir(exist_ok=True)
    with (folder / "warc" / WARC).open("ab") as file:
        offset = file.seek(0, 2)
        writer = WARCWriter(file, gzip=True, warc_version="1.1")
        named = {"WARC-Record-ID": f"<{record_id}>", "WARC-Date": more.get("at", "2026-11-05T06:30:00Z")}
        record = writer.create_warc_record(url, "response", BytesIO(body), http_headers=head, warc_headers_dict=named)
        writer.write_record(record)
        record.raw_stream.close()
        length = file.tell() - offset
    if not db.execute("SELECT 1 FROM warcs WHERE id = ?", [WARC]).fetchone():
        insert(db, "warcs", id=WARC)
    place = {"warc_id": WARC, "warc_offset": offset, "warc_length": length}
    at = more.pop("at", "2026-11-05T06:30:00Z")
    capture(db, number, url, at, mime=mime, **(more | {"url_key": url_key(url)}))
    db.execute(
        "UPDATE captures SET warc_id = :warc_id, warc_offset = :warc_offset, warc_length = :warc_length WHERE id = :id",
        place | {"id": record_id},
    )
    return record_id

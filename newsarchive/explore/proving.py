"""The evidence for an article or a comment, made while somebody waits for it, as one ZIP file to save."""

from __future__ import annotations

import asyncio
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from datasette.utils import tilde_decode
from datasette.utils.asgi import NotFound, Request, Response

from newsarchive.errors import DamagedRecord, UsageError
from newsarchive.evidence.bundle import file_name, write_bundle
from newsarchive.explore.metadata import DATABASE
from newsarchive.explore.published import want_records
from newsarchive.explore.withheld import readers
from newsarchive.reading.pool import ReadingPool

if TYPE_CHECKING:  # Datasette loads the plugin while it is being imported itself
    from datasette.app import Datasette

LARGEST = 32 << 20  # bytes of packed records, which stand in memory while they are sent; the command writes larger ones
_KNOWN = "SELECT 1 FROM articles WHERE id = :id UNION ALL SELECT 1 FROM comments WHERE id = :id"


async def evidence_file(datasette: Datasette, request: Request) -> Response:
    """What `newsarchive evidence` writes. In its place a few words, where a takedown, damage or its size forbid it."""
    want_records(datasette)
    key = tilde_decode(request.url_vars["key"])
    catalogue = datasette.get_database(DATABASE)
    if not (await catalogue.execute(_KNOWN, {"id": key})).rows:
        raise NotFound(f"There is no article or comment {key} in this archive.")
    try:
        content = await asyncio.to_thread(_bundle, Path(catalogue.path).parent, key, readers())
    except UsageError as refused:
        return Response.text(f"No evidence can be handed out here: {refused}", status=403)
    except DamagedRecord as damage:
        return Response.text(f"The records cannot be read: {damage}", status=500)
    attached = {"content-disposition": f'attachment; filename="{file_name(key)}"'}
    return Response(content, headers=attached, content_type="application/zip")


def _bundle(folder: Path, what: str, pool: ReadingPool) -> bytes:
    file = BytesIO()
    write_bundle(folder, what, file, limit=LARGEST, pool=pool)
    return file.getvalue()

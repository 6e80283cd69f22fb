"""Captures that may not be handed out: they still show what was taken down, or is restricted."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection
from contextlib import closing, nullcontext
from pathlib import Path

from newsarchive import settings
from newsarchive.reading.pool import ReadingPool
from newsarchive.vault.lookup import find
from newsarchive.vault.takedown.suppression import Suppression

# Those that are known to show its words; and lists of a site of which something is hidden for now: they may show its headline or
# first words, which nobody reads there.
_KNOWN = """
SELECT d.capture_id, t.id FROM takedown_captures d JOIN takedowns t ON t.id = d.takedown_id
WHERE d.blanked_at IS NULL AND t.lifted_at IS NULL AND d.capture_id IN (SELECT value FROM json_each(?1))
UNION ALL
SELECT c.id, t.id FROM captures c JOIN takedowns t ON t.site_id = c.site_id
WHERE c.id IN (SELECT value FROM json_each(?1)) AND c.purpose IN ('feed', 'listing', 'signs', 'sitemap')
AND t.lifted_at IS NULL AND (t.kind = 'restrict' OR t.finished_at IS NULL)
"""


def left_out(
    folder: Path, connection: sqlite3.Connection, captures: Collection[str], pool: ReadingPool | None = None
) -> dict[str, str | None]:
    """Those of these captures that show what a takedown names, each with that takedown's id; None where it cannot be read.

    Each page is read again for it, under the readers' limits: by `pool`, or by one that is made for it, which must be in the
    main thread. Where nothing is taken down, nothing is read. Raises UsageError if the key of takedowns is lost.
    """
    suppression = Suppression.of(folder, connection)
    if not suppression.hashes:
        return {}
    hidden: dict[str, str | None] = dict(connection.execute(_KNOWN, [json.dumps(sorted(captures))]).fetchall())
    unsure = [one for one in captures if one not in hidden]
    with nullcontext(pool) if pool else closing(ReadingPool.of(vars(settings), workers=1)) as readers:
        for capture_id in unsure:
            for page, profile in find(folder, capture_id):
                for _, reading, failure in readers.read_all([page], profile):
                    takedown = suppression.spare(reading, page.record_id)[1]
                    if failure or takedown:
                        hidden[capture_id] = takedown
    return hidden

"""What a crawl leaves when it ends: its site's report, for people and for programs."""

from __future__ import annotations

import json
import logging
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from newsarchive.watching.forms import to_html, to_json, write_whole
from newsarchive.watching.report import report_of

logger = logging.getLogger(__name__)


def leave_report(folder: Path, site: str) -> None:
    """Write `reports/SITE.json` and `reports/SITE.html`, and log what is wrong. What fails here fails no crawl: all is in the
    catalogue, and `newsarchive report` tells it again."""
    try:
        with closing(sqlite3.connect(f"{(folder / 'catalogue.db').as_uri()}?mode=ro", uri=True, timeout=10)) as connection:
            found = report_of(connection, site, at=datetime.now(UTC))
        if found is None:
            return
        if found.findings:
            logger.warning("%s", found.line)
        told = json.dumps(to_json(found), ensure_ascii=False, indent=1)
        write_whole(folder / "reports" / f"{site}.json", told + "\n")
        write_whole(folder / "reports" / f"{site}.html", to_html([found]))
    except (OSError, sqlite3.Error) as error:
        logger.warning("No report was left of %s: %s", site, error)

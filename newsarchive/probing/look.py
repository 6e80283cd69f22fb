"""A first look at a newspaper: a small crawl, as polite and as guarded as any, into an archive that is thrown away."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from newsarchive.errors import UsageError

_PROJECT = Path(__file__).resolve().parent.parent.parent
# Enough for robots.txt, a sitemap and a feed, the front page, and some articles with their comments.
_SMALL = {"NEWSARCHIVE_PAGES": 40, "NEWSARCHIVE_SITEMAP_DEPTH": 1, "NEWSARCHIVE_THREAD_PAGES": 5, "LOG_LEVEL": "WARNING"}
_ARTICLES = 8
_LOGGED = re.compile(r"^\S+ \S+ \[\S+\] (?:WARNING|ERROR): (.+)$", re.MULTILINE)
_TOLD = 4  # lines of the log, the last of which says how it ended


def look_at(url: str, folder: Path, settings: Mapping[str, str]) -> None:
    """Crawl a little of the newspaper at `url` into `folder`. Raises UsageError, in the crawl's words, if it fails."""
    given = {"NEWSARCHIVE_DIR": str(folder), **_SMALL, **settings}
    words = [word for name, value in given.items() for word in ("-s", f"{name}={value}")]
    command = [sys.executable, "-m", "scrapy", "crawl", "news", "-a", f"url={url}", "-a", f"max_articles={_ARTICLES}", *words]
    done = subprocess.run(command, cwd=_PROJECT, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        said = _LOGGED.findall(done.stderr)[-_TOLD:] or done.stderr.split("\n")[-2:]
        raise UsageError(f"{url} could not be looked at: " + "; ".join(said))

"""What a crawl says of itself: the settings that shape it, for the record, and a line at its end."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any


def summary(site: str, stats: Mapping[str, Any], folder: Path) -> str:
    """One line on what the crawl brought home, and where it is."""

    def counted(prefix: str) -> str:
        found = {name.removeprefix(prefix): count for name, count in stats.items() if name.startswith(prefix)}
        return ", ".join(f"{count} {name}" for name, count in sorted(found.items())) or "nothing"

    return (
        f"{site}: {stats.get('newsarchive/captures', 0)} captures; new or changed: {counted('newsarchive/stored/')}; "
        f"as before: {counted('newsarchive/unchanged/')}; without an answer: {counted('newsarchive/missed/')}; "
        f"not readable: {stats.get('newsarchive/unread', 0)}. All of it is in {folder}"
    )


def config_of(spider: Any, settings: Any) -> dict[str, Any]:
    """What was set for this crawl and shapes what it finds, for the record; never a secret."""
    names = (
        "DOWNLOAD_DELAY",
        "CONCURRENT_REQUESTS_PER_DOMAIN",
        "DOWNLOAD_TIMEOUT",
        "DOWNLOAD_MAXSIZE",
        "DEPTH_LIMIT",
        "NEWSARCHIVE_THREAD_PAGES",
        "NEWSARCHIVE_VISITS",
        "NEWSARCHIVE_REQUISITES",
        "ROBOTSTXT_OBEY",
    )
    said = {"spider": spider.name, "expected": dict(getattr(spider, "expected", {}))}
    if span := getattr(spider, "span", None):
        said |= {name: str(day) for name in ("since", "until") if (day := getattr(span, name))}
    said["due"] = settings.getbool("NEWSARCHIVE_DUE")
    return said | {name: settings.get(name) for name in names}

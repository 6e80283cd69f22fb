"""A report in the forms in which others take it: JSON, one page of HTML, Prometheus' text format."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from statistics import median
from typing import Any
from uuid import uuid4

from jinja2 import Environment, PackageLoader

from newsarchive.text import clean_line
from newsarchive.times import to_iso
from newsarchive.watching.judge import PAST
from newsarchive.watching.numbers import COUNTS
from newsarchive.watching.report import SiteReport

_PAGES = Environment(loader=PackageLoader("newsarchive.watching", "."), autoescape=True, trim_blocks=True, lstrip_blocks=True)
_GAUGES = {
    "last_crawl_timestamp_seconds": "When the site's last finished crawl ended.",
    "healthy": "1 if nothing was found to be wrong with the site, else 0.",
    "finding": "1 for each kind of finding.",
    "articles": "Articles of the site in the catalogue.",
    "comments": "Comments of the site in the catalogue.",
    "crawl": "The counts of the last finished crawl.",
}


def to_json(report: SiteReport) -> dict[str, Any]:
    """The report as JSON values: the last crawl's numbers, the medians of those before it, and the findings."""
    past = report.crawls[-PAST - 1 : -1]
    usual = {name: median(getattr(one, name) for one in past) for name in COUNTS} if past else {}
    last = report.crawls[-1] if report.crawls else None
    return {
        "site": report.site,
        "name": report.name,
        "spider": report.spider,
        "healthy": not report.findings,
        "findings": [asdict(one) for one in report.findings],
        "crawl": report.crawl_id,
        "started_at": to_iso(report.started_at),
        "finished_at": to_iso(last.finished_at) if last else None,
        "finish_reason": last.finish_reason if last else None,
        "counts": {name: getattr(last, name) for name in COUNTS} if last else {},
        "unanswered": dict(last.unanswered) if last else {},
        "usual": usual,
        "catalogue": {"articles": report.articles, "comments": report.comments, "comments_deleted": report.deleted},
    }


def to_html(reports: Iterable[SiteReport]) -> str:
    """One page, which needs nothing else."""
    return _PAGES.get_template("report.html").render(sites=[to_json(one) for one in reports], names=COUNTS)


def to_prometheus(reports: Iterable[SiteReport]) -> str:
    """Gauges in the text format that node_exporter's textfile collector reads (Prometheus, "Exposition formats")."""
    samples: dict[str, list[str]] = {name: [] for name in _GAUGES}
    for one in reports:
        for name, labels, value in _samples(one):
            said = ",".join(f'{key}="{_escaped(text)}"' for key, text in ({"site": one.site} | labels).items())
            samples[name].append(f"newsarchive_{name}{{{said}}} {value}")
    lines: list[str] = []
    for name, told in samples.items():
        lines += [f"# HELP newsarchive_{name} {_GAUGES[name]}", f"# TYPE newsarchive_{name} gauge", *told]
    return "\n".join(lines) + "\n"


def _samples(report: SiteReport) -> Iterator[tuple[str, dict[str, str], float]]:
    yield "healthy", {}, int(not report.findings)
    for kind in sorted({one.kind for one in report.findings}):
        yield "finding", {"kind": kind}, 1
    yield "articles", {}, report.articles
    yield "comments", {}, report.comments
    if report.crawls:
        last = report.crawls[-1]
        yield "last_crawl_timestamp_seconds", {}, last.finished_at.timestamp()
        for name in COUNTS:
            yield "crawl", {"count": name}, getattr(last, name)


def _escaped(text: str) -> str:
    return clean_line(text).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def write_whole(path: Path, text: str) -> None:
    """Put a file in its place at once: who reads it meanwhile sees the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        beside.write_text(text, encoding="utf-8")
        os.replace(beside, path)  # noqa: PTH105  # Path.replace is the same call, and hides what matters
    finally:
        beside.unlink(missing_ok=True)

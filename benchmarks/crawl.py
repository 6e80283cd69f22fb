"""What archiving costs: a crawl of the demo newspaper into an archive, against plain Scrapy that only fetches the same pages.

    .venv/bin/python benchmarks/crawl.py [--rounds 3]

Prints one JSON line: requests, and the medians of wall and CPU seconds of either and of their ratios, round by round. The CPU
is that of the crawling process; the readers work in processes of their own beside it.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import click

from newsarchive.demo.newspaper import Newspaper
from newsarchive.demo.server import serve

PROJECT = Path(__file__).resolve().parent.parent
PLAIN = """
import scrapy, sys

class Plain(scrapy.Spider):
    name = "plain"
    custom_settings = {"LOG_LEVEL": "WARNING", "TELNETCONSOLE_ENABLED": False, "REMOTE_CONTROL_ENABLED": False,
                       "CONCURRENT_REQUESTS_PER_DOMAIN": 4, "HTTPERROR_ALLOW_ALL": True, "REDIRECT_ENABLED": False}
    async def start(self):
        for url in open(self.urls).read().split():
            yield scrapy.Request(url, dont_filter=True)
    def parse(self, response):
        return None
"""


def timed(command: list[str], folder: Path) -> tuple[float, float]:
    """Wall and CPU seconds of a command."""
    before, began = os.times(), time.monotonic()
    subprocess.run(command, cwd=folder, check=True, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    after = os.times()
    used = after.children_user - before.children_user + after.children_system - before.children_system
    return time.monotonic() - began, used


@click.command()
@click.option("--rounds", default=3, show_default=True)
def main(rounds: int) -> None:
    """Run both, in turn, and compare."""
    crawls, plains, requests = [], [], 0
    with serve(Newspaper(now=datetime.now(UTC))) as served, tempfile.TemporaryDirectory() as name:
        folder, host = Path(name), served.url.partition("://")[2]
        (folder / "plain.py").write_text(PLAIN, encoding="utf-8")
        for number in range(rounds):
            served.requests.clear()
            settings = {"NEWSARCHIVE_DIR": folder / str(number), "NEWSARCHIVE_ALLOW_PRIVATE": host, "DOWNLOAD_DELAY": 0}
            options = [word for key, value in settings.items() for word in ("-s", f"{key}={value}")]
            crawls.append(timed([sys.executable, "-m", "scrapy", "crawl", "news", "-a", f"url={served.url}/", *options], PROJECT))
            urls = [served.url + target for _, target, _ in served.requests]
            requests = len(urls)
            (folder / "urls.txt").write_text("\n".join(urls), encoding="utf-8")
            plains.append(timed([sys.executable, "-m", "scrapy", "runspider", "plain.py", "-a", "urls=urls.txt"], folder))
    report = {"requests": requests}
    for index, what in enumerate(("wall", "cpu")):
        report[f"crawl_{what}"] = statistics.median(run[index] for run in crawls)
        report[f"plain_{what}"] = statistics.median(run[index] for run in plains)
        report[f"ratio_{what}"] = statistics.median(
            ours[index] / other[index] for ours, other in zip(crawls, plains, strict=True)
        )
    click.echo(json.dumps({key: round(value, 3) for key, value in report.items()}))


if __name__ == "__main__":
    main()

"""`newsarchive crawl`: all newspapers, or those named, in one process."""

from __future__ import annotations

import os
import signal
from datetime import UTC, datetime
from pathlib import Path

import click

from newsarchive.exits import TERMINATED


@click.command("crawl")
@click.argument("names", nargs=-1, metavar="[NAME...]")
@click.option("--due", is_flag=True, help="Ask for lists, for what is new, and for known pages that are due (docs/visits.md).")
@click.option("--quiet", is_flag=True, help="Say nothing but what failed: for cron.")
@click.option("-s", "changed", multiple=True, metavar="NAME=VALUE", help="A setting, as in `scrapy crawl -s`.")
@click.pass_context
def crawl_command(ctx: click.Context, names: tuple[str, ...], due: bool, quiet: bool, changed: tuple[str, ...]) -> None:
    """Crawl the newspapers of these names, or all that have a file, side by side; if there are files of your own
    (NEWSARCHIVE_SITES), all of these.

    A newspaper that another crawl has in hand is left out. The exit code is 0 whole, 1 failed, 2 usage, 28 disk full, 75 if all
    were left out, 143 stopped by a signal. The log is logs/crawl-YYYY-MM.log in the archive's folder, or LOG_FILE.
    """
    signal.signal(signal.SIGTERM, lambda number, frame: os._exit(TERMINATED))  # until the reactor listens
    from scrapy.settings import Settings

    from newsarchive.cli.progress_table import telling
    from newsarchive.rounds import Round, newspapers

    settings = Settings()
    settings.setmodule("newsarchive.settings", priority="project")
    log = Path(ctx.obj) / "logs" / f"crawl-{datetime.now(UTC):%Y-%m}.log"
    settings.setdict({"NEWSARCHIVE_DIR": str(ctx.obj), "LOG_FILE": str(log), "LOGSTATS_INTERVAL": 0}, priority="cmdline")
    if due:
        settings.set("NEWSARCHIVE_DUE", True, priority="cmdline")
    settings.setdict(dict(_pair(one) for one in changed), priority="cmdline")
    found = newspapers(settings, names)
    Path(settings["LOG_FILE"]).parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    with telling(quiet=quiet) as told:
        code = Round(settings, found, told).run()
    ctx.exit(code)


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise click.BadParameter(f"{text!r} is no NAME=VALUE", param_hint="-s")
    return name, value

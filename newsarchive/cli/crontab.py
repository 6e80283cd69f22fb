"""`newsarchive crontab`: lines for cron that work as they stand."""

from __future__ import annotations

import os
import shlex
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

import click

from newsarchive.settings import sites_folder

_SECRET = "NEWSARCHIVE_KEYS"
_SAID_ELSEWHERE = {"NEWSARCHIVE_DIR", "NEWSARCHIVE_SITES", "NEWSARCHIVE_PROG", _SECRET}


@click.command("crontab")
@click.option(
    "--every", type=click.IntRange(1, 24), default=6, show_default=True, help="Hours between two rounds of what is due."
)
@click.pass_obj
def crontab_command(folder: Path, every: int) -> None:
    """Print lines for `crontab -e`: rounds of what is due, a whole crawl each Sunday, a report each morning.

    They name all by its whole path, carry the settings that stand in the environment now, begin at minutes of this archive's own,
    and say nothing as long as all is well. No lock file is needed: a site that is being crawled is left out.
    """
    click.echo("\n".join(lines(folder, every)))


def lines(folder: Path, every: int) -> Iterator[str]:
    """The crontab's lines."""
    minute = zlib.crc32(str(folder).encode()) % 60  # not all archives at the full hour
    yield "# newsarchive; what these lines print, cron sends to MAILTO"
    for name, value in sorted(_settings().items()):
        yield f"{name}={_in_quotes(value)}"
    if not os.environ.get("NEWSARCHIVE_OPERATOR"):
        yield "# NEWSARCHIVE_OPERATOR is not set, and without it no site is asked: set it, and print these lines again"
    if os.environ.get(_SECRET):
        yield f"# {_SECRET} is set here and is a secret: add its line by hand"
    yield f"{minute} {_hours(every, minute)} * * * {_command(folder, 'crawl', '--due', '--quiet')}"
    yield f"{(minute + 17) % 60} 1 * * 0 {_command(folder, 'crawl', '--quiet')}"
    yield f"{(minute + 34) % 60} 7 * * * {_command(folder, 'report', '--quiet')}"


def _hours(every: int, minute: int) -> str:
    return "*" if every == 1 else f"{minute % every}-23/{every}"


def _settings() -> dict[str, str]:
    """What the environment sets of ours, as far as it is no secret."""
    found = {name: value for name, value in os.environ.items() if name.startswith("NEWSARCHIVE_") and value}
    here = {name: value for name, value in found.items() if name not in _SAID_ELSEWHERE}
    folder = sites_folder()
    return here | ({"NEWSARCHIVE_SITES": str(folder)} if folder else {})


def _in_quotes(value: str) -> str:
    """A value as cron takes it: in quotes, else it cuts spaces off; there is no escape, and no line end."""
    line = " ".join(value.split())
    return f"'{line}'" if '"' in line else f'"{line}"'


def _command(folder: Path, *words: str) -> str:
    """A command with its whole path. An unescaped percent sign would end cron's line."""
    program = Path(sys.executable).with_name("newsarchive")
    return shlex.join([str(program), "--dir", str(folder), *words]).replace("%", r"\%")

"""`newsarchive ...`: what a person does with an archive, beside crawling (`scrapy crawl`). A module per group of commands."""

from __future__ import annotations

import os
from pathlib import Path

import click

from newsarchive import __version__, settings
from newsarchive.cli.add import add
from newsarchive.cli.browse import serve
from newsarchive.cli.cite import cite
from newsarchive.cli.crawl import crawl_command
from newsarchive.cli.crontab import crontab_command
from newsarchive.cli.demo import demo
from newsarchive.cli.evidence import evidence
from newsarchive.cli.export import export_command
from newsarchive.cli.forget import forget
from newsarchive.cli.group import CommandGroup
from newsarchive.cli.publish import publish
from newsarchive.cli.read import read_command
from newsarchive.cli.report import report_command
from newsarchive.cli.sites import sites
from newsarchive.cli.upkeep import import_command, rebuild, verify
from newsarchive.logs import make_safe

EXAMPLES = """
\b
Examples:
  newsarchive demo                          crawl the built-in newspaper twice and look at what changed
  scrapy crawl news -a url=https://any.example/
  newsarchive add https://any.example/      look at a newspaper, and write a file for it
  newsarchive crawl --due                   all newspapers with a file: what is new, and what is due
  newsarchive crontab                       lines for cron that do this, and report what is wrong
  newsarchive sites                         what the archive holds
  newsarchive report                        which sites are dead, blocked or redesigned
  newsarchive serve                         browse it with Datasette
  newsarchive read page.html --url https://any.example/2026/11/story/
  newsarchive verify                        check that everything is as it was kept
  newsarchive rebuild                       make the catalogue again from the WARC files
  newsarchive forget gazette-example:wordpress:1234 --case 17/2026 --reason "court order"

The archive is the folder archive/ of the project, or what --dir or the environment variable NEWSARCHIVE_DIR names.
"""


@click.group(cls=CommandGroup, epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
@click.option("--dir", "folder", type=click.Path(path_type=Path, file_okay=False), help="The archive's folder.")
@click.pass_context
def main(ctx: click.Context, folder: Path | None) -> None:
    """Keep news articles and their readers' comments, byte for byte, and browse them."""
    os.umask(os.umask(0) | 0o027)
    make_safe()
    ctx.obj = (Path.cwd() / folder).resolve() if folder else settings.archive_folder(vars(settings))


_COMMANDS = (
    crawl_command,
    crontab_command,
    demo,
    serve,
    add,
    sites,
    read_command,
    report_command,
    rebuild,
    verify,
    import_command,
    forget,
    export_command,
    evidence,
    cite,
    publish,
)
for command in _COMMANDS:
    main.add_command(command)

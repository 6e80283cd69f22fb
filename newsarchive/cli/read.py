"""`newsarchive read`: what is read from a page."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click

_WIDEST = 100  # columns of text on a terminal


@click.command("read")
@click.argument("what")
@click.option("--url", help="The address that a file of HTML was saved from: links and ids need it.")
@click.option("--record", help="The one record of a WARC file, urn:uuid:..., instead of all its pages.")
@click.option("--json", "as_json", is_flag=True, help="Print everything that was read: a JSON object per page, a line each.")
@click.pass_obj
def read_command(folder: Path, what: str, url: str | None, record: str | None, as_json: bool) -> None:
    """Show what is read from WHAT, by which reader, and why not more.

    WHAT is a file of HTML, a WARC file (.warc.gz), an address in the archive (its newest capture is read; nothing is
    fetched), or the id of a capture, urn:uuid:..., from the catalogue.
    """
    from newsarchive.cli.show import to_json, to_lines
    from newsarchive.reading import read
    from newsarchive.vault.lookup import find

    width = min(shutil.get_terminal_size().columns, _WIDEST) if sys.stdout.isatty() else None
    between = ""
    for page, profile in find(folder, what, url=url, record=record):
        reading = read(page, profile)
        click.echo(to_json(page, reading) if as_json else between + "\n".join(to_lines(page, reading, width)))
        between = "\n" + "#" * 60 + "\n"

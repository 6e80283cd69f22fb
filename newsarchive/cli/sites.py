"""`newsarchive sites`: what the archive holds of each site."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.console import Console
from rich.table import Column, Table

from newsarchive.cli.catalogue import open_catalogue
from newsarchive.text import clean_line

_SITES = """
SELECT s.id, s.name,
       (SELECT count(*) FROM articles WHERE site_id = s.id),
       (SELECT count(*) FROM comments WHERE site_id = s.id),
       (SELECT count(*) FROM comments WHERE site_id = s.id AND status = 'deleted'),
       count(c.id), substr(max(c.started_at), 1, 16), c.finish_reason
FROM sites s LEFT JOIN crawls c ON c.site_id = s.id GROUP BY s.id ORDER BY s.id
"""


@click.command()
@click.pass_obj
def sites(folder: Path) -> None:
    """List the sites of the archive: what is there of each, and when it was last crawled."""
    table = Table(
        *(Column(name, no_wrap=True) for name in ("site", "name", "articles", "comments", "deleted", "crawls", "last", "ended"))
    )
    for row in open_catalogue(folder).execute(_SITES):
        table.add_row(*(clean_line(str("" if value is None else value)) for value in row))
    # A site's name is text of the web: "[red]" in it is no mark-up.
    Console(width=None if sys.stdout.isatty() else 200, markup=False, emoji=False, highlight=False).print(table)

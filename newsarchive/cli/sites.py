"""`newsarchive sites`: the newspapers, and how it stands with each."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import click

from newsarchive.cli.catalogue import open_catalogue
from newsarchive.errors import NewsArchiveError
from newsarchive.text import clean_line

_COLUMNS = ("site", "newspaper", "name", "articles", "comments", "deleted", "crawls", "last", "health", "next due")
_SITES = """
SELECT s.id, s.name,
       (SELECT count(*) FROM articles WHERE site_id = s.id),
       (SELECT count(*) FROM comments WHERE site_id = s.id),
       (SELECT count(*) FROM comments WHERE site_id = s.id AND status = 'deleted'),
       (SELECT count(*) FROM crawls WHERE site_id = s.id),
       (SELECT substr(max(coalesce(finished_at, started_at)), 1, 16) FROM crawls WHERE site_id = s.id),
       substr((SELECT min(next_visit) FROM (
           SELECT min(next_visit) AS next_visit FROM articles WHERE site_id = s.id AND next_visit IS NOT NULL UNION ALL
           SELECT min(next_visit) FROM threads WHERE site_id = s.id AND next_visit IS NOT NULL)), 1, 16)
FROM sites s ORDER BY s.id
"""


@click.command()
@click.pass_obj
def sites(folder: Path) -> None:
    """List the newspapers: what the archive holds of each, its last crawl, how it is doing, when something of it is due."""
    from rich.console import Console
    from rich.table import Column, Table

    table = Table(*(Column(name, no_wrap=True) for name in _COLUMNS))
    declared = dict(_declared())
    with closing(open_catalogue(folder)) as connection:
        rows = [*_rows(connection, declared)]
    known = {row[0] for row in rows}
    rows += [(site, name, *[None] * 7, "never crawled") for site, name in declared.items() if site not in known]
    for row in rows:
        table.add_row(*(clean_line(str("" if value is None else value)) for value in row))
    # A site's name is text of the web: "[red]" in it is no mark-up.
    Console(width=None if sys.stdout.isatty() else 240, markup=False, emoji=False, highlight=False).print(table)


def _rows(connection: sqlite3.Connection, declared: dict[str, str]) -> Iterator[tuple[object, ...]]:
    from newsarchive.watching.report import report

    health = {one.site: one for one in report(connection, at=datetime.now(UTC))}
    for site, name, articles, comments, deleted, crawls, last, due in connection.execute(_SITES):
        watched = health.get(site)
        said = ", ".join(dict.fromkeys(one.kind for one in watched.findings)) or "well" if watched else None
        newspaper = declared.get(site) or (watched.spider if watched else None)
        yield site, newspaper, name, articles, comments, deleted, crawls, last, said, due


def _declared() -> Iterator[tuple[str, str]]:
    """The site's id and the name of each newspaper that has a file."""
    from scrapy.utils.project import get_project_settings

    from newsarchive.newspapers import Newspapers
    from newsarchive.site import NewsSite

    loader = Newspapers(get_project_settings())
    for name in loader.list():
        newspaper = loader.load(name)
        if issubclass(newspaper, NewsSite) and getattr(newspaper, "start_urls", None):
            try:
                yield newspaper().profile().site, name
            except NewsArchiveError as error:
                click.echo(clean_line(str(error)), err=True)

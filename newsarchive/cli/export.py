"""`newsarchive export`: articles, comments and captures for other programs."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Literal

import click

from newsarchive.cli.catalogue import open_catalogue


@click.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--table", type=click.Choice(["articles", "comments"]), help="Only these; a CSV or Parquet file wants one of them.")
@click.option("--site", help="Only of this site, by its id (`newsarchive sites`).")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Published, written or captured on this day (UTC) or later.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Published, written or captured on this day (UTC) or before.")
@click.pass_obj
def export_command(
    folder: Path,
    file: Path,
    table: Literal["articles", "comments"] | None,
    site: str | None,
    since: datetime | None,
    until: datetime | None,
) -> None:
    """Write articles and comments to FILE (.jsonl, .parquet, .csv, .xlsx), or captures (.cdxj, .wacz).

    JSON lines and Parquet hold every value as the catalogue has it. CSV is for spreadsheets: a cell that begins with = + - @
    TAB or CR gets an apostrophe before it, so that it is not run as a formula, and the last column, quoted_cells, names such
    cells. In Excel files such a text stays as it is, marked as text; texts of more than 32,767 characters are cut, which is
    said, and a full sheet is followed by another. What was taken down or restricted is in none.

    CDXJ is the index that replay tools use, for captures of the days and the site; WACZ holds the WARC files with their index.
    """
    from newsarchive.exports.export import export
    from newsarchive.exports.tables import Scope

    open_catalogue(folder).close()
    days = (moment.date() if moment else None for moment in (since, until))
    click.echo("\n".join(export(folder / "catalogue.db", file, table=table, scope=Scope(site, *days))))

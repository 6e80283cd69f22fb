"""`newsarchive cite`: a citation with its proof."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from newsarchive.cli.catalogue import open_catalogue


@click.command()
@click.argument("what", metavar="ARTICLE|COMMENT")
@click.option("--style", type=click.Choice(["chicago", "bibtex"]), default="chicago", show_default=True)
@click.pass_obj
def cite(folder: Path, what: str, style: Literal["chicago", "bibtex"]) -> None:
    """Print how to cite an article or a comment, with the time of its capture, its record, and the digest of its bytes."""
    from newsarchive.exports.citation import cite as cite_it

    open_catalogue(folder).close()
    click.echo(cite_it(folder / "catalogue.db", what, style))

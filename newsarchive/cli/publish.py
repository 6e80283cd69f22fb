"""`newsarchive publish`: a database for the public."""

from __future__ import annotations

from pathlib import Path

import click

from newsarchive.cli.catalogue import open_catalogue


@click.command()
@click.argument("out", metavar="OUT.db", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--site", "sites", multiple=True, help="Only this site, by its id; may be given several times.")
@click.option(
    "--without",
    multiple=True,
    type=click.Choice(["comments", "votes", "article-revisions", "authors", "tags", "links", "media"]),
    help="Leave these out; may be given several times.",
)
@click.option("--no-texts", is_flag=True, help="Articles without their texts: they are somebody's works.")
@click.option("--removed", is_flag=True, help="Also what the site removed: deleted and hidden comments, earlier wordings.")
@click.option("--names", is_flag=True, help="Keep the names of those who comment, instead of pseudonyms.")
@click.pass_obj
def publish(
    folder: Path, out: Path, sites: tuple[str, ...], without: tuple[str, ...], no_texts: bool, removed: bool, names: bool
) -> None:
    """Make a database for the public, OUT.db, which is served by `newsarchive serve` or any Datasette.

    It is made from nothing. Those who comment get pseudonyms, always the same ones as long as publish.key is in the archive's
    folder; deleted and hidden comments and earlier wordings of comments stay out, and so do pages that ask not to be archived,
    and all that was taken down or restricted. What people write of each other, and of themselves, stays in their texts.
    """
    from newsarchive.exports.publish import Choice
    from newsarchive.exports.publish import publish as publish_database

    open_catalogue(folder).close()
    choice = Choice(sites, without, texts=not no_texts, removed=removed, names=names)
    counts = publish_database(folder, out, choice)
    said = [f"{counts[table]} {table}" for table in ("articles", "comments", "commenters") if table in counts]
    click.echo(f"{out}: {', '.join(said)}")

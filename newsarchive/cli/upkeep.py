"""`newsarchive rebuild`, `verify`, `import`: what keeps the archive whole."""

from __future__ import annotations

from pathlib import Path

import click

from newsarchive import settings
from newsarchive.catalogue.difference import Change
from newsarchive.cli.progress import progress_bar
from newsarchive.errors import DamagedRecord, UsageError
from newsarchive.text import clean_line
from newsarchive.vault.verify.findings import Finding


@click.command()
@click.option(
    "--into", type=click.Path(path_type=Path, dir_okay=False), help="Build this file instead, and leave the catalogue alone."
)
@click.option(
    "--diff", is_flag=True, help="Only say what would change in the catalogue: after a change of reading code, for example."
)
@click.option("--fewer", is_flag=True, help="Replace the catalogue even if the new one holds fewer captures.")
@click.option("--workers", type=click.IntRange(1), show_default="one per core", help="Processes that read.")
@click.pass_obj
def rebuild(folder: Path, into: Path | None, diff: bool, fewer: bool, workers: int | None) -> None:
    """Make the catalogue again from the WARC files alone, and say what changed in it."""
    from newsarchive.reading.pool import ReadingPool
    from newsarchive.vault.rebuild import preview
    from newsarchive.vault.rebuild import rebuild as rebuild_catalogue
    from newsarchive.vault.workers import cores

    if diff and into:
        raise UsageError("--diff makes no file: leave out --into")
    pool = ReadingPool.of(vars(settings), workers=workers or cores())
    changes: list[Change] = []
    target = folder / "catalogue.db"
    with progress_bar("Reading") as told:
        try:
            if diff:
                changes = preview(folder, pool, progress=told)
            else:
                target = rebuild_catalogue(folder, pool, into=into, fewer=fewer, told=changes.extend, progress=told)
        finally:
            pool.close()
    for change in changes:
        click.echo(clean_line(change.line()))
    if diff:
        click.echo("Nothing was replaced." if changes else "A rebuild would change nothing.")
        return
    click.echo(f"{target} holds what the WARC files say.")


@click.command()
@click.option("--quick", is_flag=True, help="Leave out what would read the WARC files through: for cron.")
@click.option("--quiet", is_flag=True, help="Say nothing where nothing is wrong: for cron.")
@click.option(
    "--manifest",
    "copy",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A copy of manifest.jsonl that was kept elsewhere.",
)
@click.option("--workers", type=click.IntRange(1), show_default="one per core", help="Processes that read.")
@click.pass_context
def verify(ctx: click.Context, quick: bool, quiet: bool, copy: Path | None, workers: int | None) -> None:
    """Check that every byte is as it was kept, and that every row of the catalogue is proven.

    Prints a line per finding, with file, offset and address. The exit code is 1 if something is wrong.
    """
    from newsarchive.vault.verify.run import verify as verify_archive

    def tell(finding: Finding) -> None:
        if finding.fault or not quiet:
            click.echo(finding.line())

    with progress_bar("Verifying") as told:
        done = verify_archive(ctx.obj, report=tell, quick=quick, copy=copy, workers=workers, progress=told)
    if done.faults or not quiet:
        click.echo(done.line())
    ctx.exit(1 if done.faults else 0)


@click.command("import")
@click.argument("files", nargs=-1, required=True, metavar="WARC...", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--workers", type=click.IntRange(1), show_default="one per core", help="Processes that read.")
@click.pass_obj
def import_command(folder: Path, files: tuple[Path, ...], workers: int | None) -> None:
    """Take WARC files of other tools into the archive (wget, browsertrix, CC-NEWS), and read them.

    A file is not copied: it gets a second name, a hard link, in the archive's folder warc/.
    """
    from newsarchive.reading.pool import ReadingPool
    from newsarchive.vault.imports import import_warcs
    from newsarchive.vault.workers import cores

    pool = ReadingPool.of(vars(settings), workers=workers or cores())
    with progress_bar("Reading") as told:
        try:
            done = import_warcs(folder, files, pool, operator=settings.NEWSARCHIVE_OPERATOR, progress=told)
        finally:
            pool.close()
    for damage in done.damage:
        click.echo(clean_line(damage), err=True)
    click.echo(f"{done.files} files, {done.captures} captures of {len(done.sites)} sites")
    if done.changed:
        raise DamagedRecord(
            f"changed while it was read: {', '.join(done.changed)}; `newsarchive verify` tells what is not proven"
        )

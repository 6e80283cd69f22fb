"""`newsarchive evidence`: what proves an article or a comment, in one file."""

from __future__ import annotations

from pathlib import Path

import click

from newsarchive.cli.catalogue import open_catalogue
from newsarchive.errors import UsageError


@click.command()
@click.argument("what", metavar="ARTICLE|COMMENT")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="The ZIP file; else named after the id.")
@click.pass_obj
def evidence(folder: Path, what: str, output: Path | None) -> None:
    """Write what proves an article or a comment to one ZIP file, which is checked without newsarchive.

    It holds the records as they stand in the WARC files, the lines of the manifest that name these files, an account in plain
    words (evidence.html, evidence.txt), and check.py, which checks every digest and needs nothing but Python.
    """
    from newsarchive.evidence.bundle import file_name, write_bundle

    open_catalogue(folder).close()
    file = output or Path(file_name(what))
    if file.exists():
        raise UsageError(f"{file} is there already; remove it, or name another file (-o)")
    part = file.with_name(f"{file.name}.part")
    try:
        with part.open("w+b") as opened:
            done = write_bundle(folder, what, opened)
    except BaseException:  # an interrupt too: half a file is not left to look like a whole one
        part.unlink(missing_ok=True)
        raise
    part.replace(file)
    click.echo(f"{file}: {done.answers} answers that prove the {done.subject.kind} {done.subject.id}")
    if done.left_out:
        click.echo(f"{done.left_out} were left out: they show what was taken down")

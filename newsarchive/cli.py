"""`newsarchive ...`: what a person does with an archive, beside crawling (`scrapy crawl`)."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import click
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Column, Table

from newsarchive import __version__, settings
from newsarchive.catalogue.difference import Change
from newsarchive.errors import NewsArchiveError, UsageError
from newsarchive.logs import make_safe
from newsarchive.text import clean_line, shown

EXAMPLES = """
\b
Examples:
  newsarchive demo                          crawl the built-in newspaper twice and look at what changed
  scrapy crawl news -a url=https://any.example/
  newsarchive sites                         what the archive holds
  newsarchive serve                         browse it with Datasette
  newsarchive read page.html --url https://any.example/2026/11/story/
  newsarchive verify                        check that everything is as it was kept
  newsarchive rebuild                       make the catalogue again from the WARC files
  newsarchive forget gazette-example:wordpress:1234 --case 17/2026 --reason "court order"

The archive is the folder archive/ of the project, or what --dir or the environment variable NEWSARCHIVE_DIR names.
"""

_WIDEST = 100  # columns of text on a terminal

_SITES = """
SELECT s.id, s.name,
       (SELECT count(*) FROM articles WHERE site_id = s.id),
       (SELECT count(*) FROM comments WHERE site_id = s.id),
       (SELECT count(*) FROM comments WHERE site_id = s.id AND status = 'deleted'),
       count(c.id), substr(max(c.started_at), 1, 16), c.finish_reason
FROM sites s LEFT JOIN crawls c ON c.site_id = s.id GROUP BY s.id ORDER BY s.id
"""


class _Group(click.Group):
    """Commands whose expected errors end in one line and an exit code, never in a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # `newsarchive read ... | head`: click ends quietly
            raise
        except UsageError as error:
            raise click.UsageError(shown(str(error)), ctx) from error
        except (NewsArchiveError, OSError, OverflowError) as error:
            raise click.ClickException(shown(str(error))) from error
        except sqlite3.Error as error:
            raise click.ClickException(f"the catalogue cannot be used: {error}") from error


@click.group(cls=_Group, epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
@click.option("--dir", "folder", type=click.Path(path_type=Path, file_okay=False), help="The archive's folder.")
@click.pass_context
def main(ctx: click.Context, folder: Path | None) -> None:
    """Keep news articles and their readers' comments, byte for byte, and browse them."""
    os.umask(os.umask(0) | 0o027)
    make_safe()
    ctx.obj = (Path.cwd() / folder).resolve() if folder else settings.archive_folder(vars(settings))


@main.command()
@click.option("--port", default=0, show_default="a free one", help="Where on 127.0.0.1 the demo newspaper is served.")
@click.pass_obj
def demo(folder: Path, port: int) -> None:
    """Crawl the built-in newspaper twice, and say what was found and what changed between the visits."""
    from newsarchive.demo.visit import visit_twice

    visit_twice(folder, port=port, console=Console())


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8001, show_default=True)
@click.option("--open", "open_browser", is_flag=True, help="Open a browser window.")
@click.pass_obj
def serve(folder: Path, host: str, port: int, open_browser: bool) -> None:
    """Browse the archive with Datasette, on this machine only unless --host says otherwise."""
    from newsarchive.explore.serve import serve as serve_datasette

    serve_datasette(folder, host=host, port=port, open_browser=open_browser)


@main.command()
@click.pass_obj
def sites(folder: Path) -> None:
    """List the sites of the archive: what is there of each, and when it was last crawled."""
    table = Table(
        *(Column(name, no_wrap=True) for name in ("site", "name", "articles", "comments", "deleted", "crawls", "last", "ended"))
    )
    for row in _catalogue(folder).execute(_SITES):
        table.add_row(*(clean_line(str("" if value is None else value)) for value in row))
    # A site's name is text of the web: "[red]" in it is no mark-up.
    Console(width=None if sys.stdout.isatty() else 200, markup=False, emoji=False, highlight=False).print(table)


@main.command("read")
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
    from newsarchive.reading import read
    from newsarchive.show import to_json, to_lines
    from newsarchive.vault.lookup import find

    width = min(shutil.get_terminal_size().columns, _WIDEST) if sys.stdout.isatty() else None
    between = ""
    for page, profile in find(folder, what, url=url, record=record):
        reading = read(page, profile)
        click.echo(to_json(page, reading) if as_json else between + "\n".join(to_lines(page, reading, width)))
        between = "\n" + "#" * 60 + "\n"


@main.command()
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
    with _progress("Reading") as told:
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


@main.command()
@click.option("--quick", is_flag=True, help="Leave out what would read the WARC files through: for cron.")
@click.option(
    "--manifest",
    "copy",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A copy of manifest.jsonl that was kept elsewhere.",
)
@click.option("--workers", type=click.IntRange(1), show_default="one per core", help="Processes that read.")
@click.pass_context
def verify(ctx: click.Context, quick: bool, copy: Path | None, workers: int | None) -> None:
    """Check that every byte is as it was kept, and that every row of the catalogue is proven.

    Prints a line per finding, with file, offset and address. The exit code is 1 if something is wrong.
    """
    from newsarchive.vault.verify.run import verify as verify_archive

    with _progress("Verifying") as told:
        done = verify_archive(
            ctx.obj, report=lambda finding: click.echo(finding.line()), quick=quick, copy=copy, workers=workers, progress=told
        )
    click.echo(done.line())
    ctx.exit(1 if done.faults else 0)


@main.command("import")
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
    with _progress("Reading") as told:
        try:
            done = import_warcs(folder, files, pool, operator=settings.NEWSARCHIVE_OPERATOR, progress=told)
        finally:
            pool.close()
    for damage in done.damage:
        click.echo(clean_line(damage), err=True)
    click.echo(f"{done.files} files, {done.captures} captures of {done.sites} sites")


@contextmanager
def _progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show on a terminal how many bytes of how many are done; tell it by calling what this gives."""
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task(what, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


FORGET_EXAMPLES = """
\b
Examples:
  newsarchive forget https://any.example/2026/11/story/ --case 17/2026 --reason "court order of 3 November"
      shows what would go; nothing is changed
  newsarchive forget https://any.example/2026/11/story/ --case 17/2026 --reason "court order of 3 November" --yes
  newsarchive forget gazette-example:wordpress:1234 gazette-example:wordpress:1250 --case 18 --reason "erasure request" --yes
  newsarchive forget "gazette-example:~tendai m." --case 19 --reason "under review" --restrict --yes
  newsarchive forget --lift --case 19

Ids are those of the tables articles, comments and commenters. docs/takedown.md says what is done, and what remains.
"""


@main.command(epilog=FORGET_EXAMPLES)
@click.argument("what", nargs=-1)
@click.option("--case", required=True, help="The number under which you keep the request; it stands in the record.")
@click.option("--reason", help="Why, in words that do not repeat what is taken down; they stand in the record.")
@click.option("--restrict", is_flag=True, help="Hide it from the catalogue, and leave the WARC files as they are.")
@click.option("--lift", is_flag=True, help="Lift the restriction of this case.")
@click.option("--yes", is_flag=True, help="Do it. Without this it is only shown what would go.")
@click.pass_obj
def forget(folder: Path, what: tuple[str, ...], case: str, reason: str | None, restrict: bool, lift: bool, yes: bool) -> None:
    """Take down articles, comments or all comments of a commenter, from the WARC files and the catalogue, for good.

    WHAT is an article's address, or the id of an article, a comment or a commenter. Rebuilds and later crawls do not bring it
    back. A record in the archive says when, why and under which case it was removed, and not what it said.
    """
    from newsarchive.vault.takedown import report, targets
    from newsarchive.vault.takedown import run as takedown
    from newsarchive.vault.takedown import scope as reach
    from newsarchive.vault.takedown.suppression import make_key

    operator = settings.NEWSARCHIVE_OPERATOR
    if lift == bool(what) or not (lift or reason):
        raise UsageError("name what is to be taken down, with --case and --reason; or a case to --lift")
    with takedown.opened(folder, operator=operator) as connection:
        if lift:
            for one in takedown.lift(folder, connection, case, operator=operator):
                click.echo(f"{one} is lifted: `newsarchive rebuild` brings back what it hid")
            return
        named = [targets.resolve(connection, one) for one in what]
        site_id = named[0].site_id
        if any(target.site_id != site_id for target in named):
            raise UsageError("these belong to several sites; take down one site's at a time")
        scope = reach.scope_of(connection, make_key(folder), named)
        if not yes:
            with _progress("Looking") as told:
                outcome = None if restrict else takedown.survey(folder, connection, site_id, scope, told)
            click.echo("\n".join(report.plan_lines(named, scope, outcome)))
            click.echo("Nothing was changed. --yes does it" + ("." if restrict else "; it cannot be undone."))
            return
        ordered = takedown.order(
            folder, connection, site_id, scope, case=case, reason=reason or "", restrict=restrict, operator=operator
        )
        with _progress("Blanking") as told:
            outcome = takedown.carry_out(folder, connection, ordered, operator=operator, progress=told)
        click.echo("\n".join(report.done_lines(ordered, outcome)))


@main.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--table", type=click.Choice(["articles", "comments"]), help="Only these; a CSV file wants one of them.")
@click.option("--site", help="Only of this site, by its id (`newsarchive sites`).")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Published or written on this day (UTC) or later.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Published or written on this day (UTC) or before.")
@click.pass_obj
def export_command(
    folder: Path,
    file: Path,
    table: Literal["articles", "comments"] | None,
    site: str | None,
    since: datetime | None,
    until: datetime | None,
) -> None:
    """Write articles and comments to FILE: .jsonl, .csv or .xlsx.

    JSON lines hold every value as the catalogue has it. CSV is for spreadsheets: a cell that begins with = + - @ TAB or CR
    gets an apostrophe before it, so that it is not run as a formula, and the last column, quoted_cells, names such cells. In
    Excel files such a text stays as it is, marked as text; texts of more than 32,767 characters are cut, which is said, and
    a full sheet is followed by another. What was taken down or restricted is in none.
    """
    from newsarchive.exports.export import export
    from newsarchive.exports.tables import Scope

    _catalogue(folder).close()
    days = (moment.date() if moment else None for moment in (since, until))
    click.echo("\n".join(export(folder / "catalogue.db", file, table=table, scope=Scope(site, *days))))


def _catalogue(folder: Path) -> sqlite3.Connection:
    path = folder / "catalogue.db"
    if not path.exists():
        raise UsageError(f"{path} is not there yet: crawl something first (newsarchive demo, scrapy crawl news -a url=...)")
    return sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)


if __name__ == "__main__":
    sys.exit(main(prog_name=os.environ.get("NEWSARCHIVE_PROG", "newsarchive")))

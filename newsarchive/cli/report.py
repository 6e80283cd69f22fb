"""`newsarchive report`: what is wrong with the sites, by their own past."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import click

from newsarchive.cli.catalogue import open_catalogue
from newsarchive.errors import UsageError
from newsarchive.text import clean_line


@click.command("report")
@click.argument("names", nargs=-1, metavar="[NAME...]")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object per site, a line each.")
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), help="Write one page for people to this file.")
@click.option(
    "--prometheus",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write gauges for node_exporter's textfile collector to this file.",
)
@click.option("--quiet", is_flag=True, help="Say nothing of sites that are well: for cron.")
@click.option("--simulate", is_flag=True, help="Try schedules of visits on what the archive knows (docs/visits.md), and no more.")
@click.pass_context
def report_command(
    ctx: click.Context,
    names: tuple[str, ...],
    as_json: bool,
    html: Path | None,
    prometheus: Path | None,
    quiet: bool,
    simulate: bool,
) -> None:
    """Compare each site's last crawl with its own past, and say what is wrong: dead, blocked, redesigned, overdue.

    NAME is a newspaper's name or a site's id; without one all sites are looked at. The exit code is 1 if something is wrong.
    """
    from newsarchive.cli.simulate import simulate as try_schedules
    from newsarchive.watching import forms
    from newsarchive.watching.report import report

    with closing(open_catalogue(ctx.obj)) as connection:
        found = list(report(connection, names, at=datetime.now(UTC)))
        if simulate:
            click.echo("\n".join(try_schedules(connection, [one.site for one in found])))
            return
    unknown = set(names) - {name for one in found for name in (one.site, one.spider)}
    if unknown:
        raise UsageError(f"no crawl of {', '.join(sorted(unknown))} is in the archive; `newsarchive sites` shows those that are")
    for one in found:
        if one.findings or not quiet:
            click.echo(json.dumps(forms.to_json(one), ensure_ascii=True) if as_json else clean_line(one.line))
    if html:
        forms.write_whole(html, forms.to_html(found))
    if prometheus:
        forms.write_whole(prometheus, forms.to_prometheus(found))
    ctx.exit(1 if any(one.findings for one in found) else 0)

"""`newsarchive forget`: takedowns."""

from __future__ import annotations

from pathlib import Path

import click

from newsarchive import settings
from newsarchive.cli.progress import progress_bar
from newsarchive.errors import UsageError

EXAMPLES = """
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


@click.command(epilog=EXAMPLES)
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
            with progress_bar("Looking") as told:
                outcome = None if restrict else takedown.survey(folder, connection, site_id, scope, told)
            click.echo("\n".join(report.plan_lines(named, scope, outcome)))
            click.echo("Nothing was changed. --yes does it" + ("." if restrict else "; it cannot be undone."))
            return
        ordered = takedown.order(
            folder, connection, site_id, scope, case=case, reason=reason or "", restrict=restrict, operator=operator
        )
        with progress_bar("Blanking") as told:
            outcome = takedown.carry_out(folder, connection, ordered, operator=operator, progress=told)
        click.echo("\n".join(report.done_lines(ordered, outcome)))

"""`python -m newsarchive.demo`: serve the newspaper, for a look."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import click

from newsarchive.demo.newspaper import Newspaper
from newsarchive.demo.server import serve


@click.command()
@click.option("--port", default=8080, show_default=True, help="Port on 127.0.0.1; 0 takes any free one.")
@click.option("--edition", type=click.IntRange(1, 2), default=1, show_default=True, help="As first printed, or as changed later.")
@click.option("--now", type=click.DateTime(["%Y-%m-%dT%H:%M:%SZ"]), help="UTC instant all dates count back from (the present).")
def main(port: int, edition: int, now: datetime | None) -> None:
    """Serve The Muunga Courier, a made-up newspaper with made-up readers, until interrupted."""
    start = now.replace(tzinfo=UTC) if now else datetime.now(UTC)
    with serve(Newspaper(now=start, edition=edition), port=port) as served:
        click.echo(f"The Muunga Courier, edition {edition}: {served.url}/  (Ctrl-C ends)")
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            click.echo("Closed.")


if __name__ == "__main__":
    main(prog_name="python -m newsarchive.demo")

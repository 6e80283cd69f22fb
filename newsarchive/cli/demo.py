"""`newsarchive demo`."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.option("--port", default=0, show_default="a free one", help="Where on 127.0.0.1 the demo newspaper is served.")
@click.pass_obj
def demo(folder: Path, port: int) -> None:
    """Crawl the built-in newspaper twice, and say what was found and what changed between the visits."""
    from rich.console import Console

    from newsarchive.demo.visit import visit_twice

    visit_twice(folder, port=port, console=Console())

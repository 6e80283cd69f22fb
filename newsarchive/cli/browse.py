"""`newsarchive serve`."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8001, show_default=True)
@click.option("--open", "open_browser", is_flag=True, help="Open a browser window.")
@click.pass_obj
def serve(folder: Path, host: str, port: int, open_browser: bool) -> None:
    """Browse the archive with Datasette, on this machine only unless --host says otherwise."""
    from newsarchive.explore.serve import serve as serve_datasette

    serve_datasette(folder, host=host, port=port, open_browser=open_browser)

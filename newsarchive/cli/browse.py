"""`newsarchive serve`."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8001, show_default=True)
@click.option("--public", is_flag=True, help="Answer no SQL but the ready-made questions.")
@click.option("--open", "open_browser", is_flag=True, help="Open a browser window.")
@click.pass_obj
def serve(folder: Path, host: str, port: int, public: bool, open_browser: bool) -> None:
    """Browse the archive with Datasette, on this machine only unless --host says otherwise."""
    from newsarchive.explore.serve import serve as serve_datasette

    serve_datasette(folder, host=host, port=port, public=public, open_browser=open_browser)

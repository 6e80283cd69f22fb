"""`newsarchive serve`."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("database", required=False, metavar="[OUT.db]", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8001, show_default=True)
@click.option("--public", is_flag=True, help="Answer no SQL but the ready-made questions.")
@click.option("--open", "open_browser", is_flag=True, help="Open a browser window.")
@click.pass_obj
def serve(folder: Path, database: Path | None, host: str, port: int, public: bool, open_browser: bool) -> None:
    """Browse the archive with Datasette, on this machine only unless --host says otherwise.

    OUT.db is a database that `newsarchive publish` made; without it the archive itself is served.
    """
    from newsarchive.explore.serve import serve as serve_datasette

    serve_datasette(database or folder, host=host, port=port, public=public, open_browser=open_browser)

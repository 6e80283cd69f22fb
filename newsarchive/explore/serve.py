"""Serve an archive's catalogue in Datasette: read-only, on this machine only unless told otherwise."""

from __future__ import annotations

import signal
import socket
import sqlite3
import sys
import webbrowser
from collections.abc import Mapping
from contextlib import closing, suppress
from inspect import signature
from pathlib import Path

import uvicorn
from datasette.app import Datasette
from datasette.plugins import pm

from newsarchive import exits
from newsarchive.errors import UsageError
from newsarchive.explore.addressed import answering_to
from newsarchive.explore.counting import Catalogue
from newsarchive.explore.metadata import DATABASE, STATIC, metadata

# Measured with 2 million comments: suggesting facets took 2.5 s of a page (36 ms without); facets on columns without an
# index take about 1 s, which is more than a page may take: it says that it took too long.
SETTINGS: dict[str, int | bool] = {
    "suggest_facets": False,
    "facet_time_limit_ms": 150,
    "sql_time_limit_ms": 3000,
    "truncate_cells_html": 300,
    "default_page_size": 50,
}


# What SQLite may hold in this process, in all its connections: a query that sorts millions of rows fails instead, and says so.
MOST_HELD = 96 * 1024 * 1024  # bytes

# For readers who are not the archive's keepers: ready-made questions only, no SQL of their own.
PUBLIC: dict[str, int | bool] = {"default_allow_sql": False, "allow_download": False, "allow_csv_stream": False}


# How a database begins that is in one file (SQLite's file format, 1.3): a catalogue that crawls write has 2 and 2 at the end.
_SQLITE, _ONE_FILE = b"SQLite format 3\x00", b"\x01\x01"


def explorer(served: Path, *, settings: Mapping[str, int | bool] = SETTINGS) -> Datasette:
    """Datasette over the catalogue in the folder `served`, opened for reading only while crawls may write it.

    Not `immutable`: on a file that is being written, most requests would fail. `served` may also be the file of a database
    that `newsarchive publish` made: this one is. Raises UsageError if there is no catalogue, or the file is none of these.
    """
    published = served.is_file()
    catalogue = served if published else served / "catalogue.db"
    if not catalogue.is_file():
        raise UsageError(
            f"There is no catalogue in {served} yet: crawl a site first (scrapy crawl NAME), or set NEWSARCHIVE_DIR."
        )
    if published and not _is_published(catalogue):
        raise UsageError(f"{served} is no database that `newsarchive publish` made; without a file the archive itself is served.")
    datasette = _datasette(catalogue, settings)
    # Datasette names a database after its file, and would have one of its own class.
    datasette.remove_database(next(name for name, one in datasette.databases.items() if one.path == str(catalogue)))
    datasette.add_database(Catalogue(datasette, str(catalogue), is_mutable=not published), name=DATABASE)
    return datasette


def _is_published(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(20)
    return head.startswith(_SQLITE) and head.endswith(_ONE_FILE)


def _datasette(catalogue: Path, settings: Mapping[str, int | bool]) -> Datasette:
    here = Path(__file__).parent
    # Datasette 0.65.5 prints every exception, a mere 404 too, with all local variables where `rich` is installed (2026-11-05).
    pm.get_plugin("datasette.handle_exception").rich = None
    told = metadata()
    # Datasette 1.0 takes what is no mere description under another name.
    config = {"config": told} if "config" in signature(Datasette).parameters else {}
    return Datasette(
        [str(catalogue)],
        metadata=told,
        **config,
        settings=dict(settings),
        template_dir=str(here / "templates"),
        static_mounts=[(STATIC, str(here / "static"))],
    )


def serve(served: Path, *, host: str = "127.0.0.1", port: int = 8001, public: bool = False, open_browser: bool = False) -> None:
    """Serve what `explorer` takes until interrupted; port 0 takes a free one. The address is printed once it answers.

    `public` answers no SQL but the ready-made questions. TERM ends it with 143.

    Raises UsageError as `explorer` does, and if `host` and `port` cannot be listened on.
    """
    datasette = explorer(served, settings=SETTINGS | PUBLIC if public else SETTINGS)
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(f"PRAGMA hard_heap_limit = {MOST_HELD}")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family)
    except OSError as error:
        raise UsageError(f"Cannot listen on {host} port {port} ({error.strerror}): choose another port.") from error
    name = f"[{host}]" if ":" in host else host
    address = f"http://{name}:{listener.getsockname()[1]}/"
    print(f"Serving the archive in {served} at {address} (stop with Ctrl-C)", flush=True)
    if open_browser:
        webbrowser.open(address)
    server = uvicorn.Server(uvicorn.Config(answering_to(datasette.app(), host), log_level="warning", lifespan="on"))
    # Uvicorn ends in good order and then sends itself the signal again, which would leave the processes that parse pages behind.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(exits.TERMINATED))
    with suppress(KeyboardInterrupt):
        server.run(sockets=[listener])

"""The page of the search: its form, its filters, its results as links that can be shared."""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING, Any, get_args
from urllib.parse import urlencode

from datasette.utils import sqlite_timelimit
from datasette.utils.asgi import Request, Response

from newsarchive.errors import UsageError
from newsarchive.explore.beginnings import weigh
from newsarchive.explore.metadata import DATABASE
from newsarchive.explore.query import expression
from newsarchive.explore.rendering import render
from newsarchive.explore.search import FILTERS, PAGE_SIZE, Kind, Results, search

if TYPE_CHECKING:  # Datasette loads the plugin while it is being imported itself
    from datasette.app import Datasette

_MILLISECONDS = 3000
_BOTH = 6  # results of each kind, where both are shown
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_STATUSES = ("live", "deleted", "hidden", "edited", "gone")


async def search_page(datasette: Datasette, request: Request) -> Response:
    """What was found for `q`, in articles and comments, or in one of them (`in`)."""
    asked = {name: value.strip()[:500] for name in request.args if (value := request.args.get(name) or "").strip()}
    kinds = [kind for kind in get_args(Kind) if asked.get("in", kind) == kind] or list(get_args(Kind))
    shown: dict[str, Any] = {"asked": asked, "results": [], "advice": None, "statuses": _STATUSES}
    catalogue = datasette.get_database(DATABASE)
    shown["sites"] = (await catalogue.execute("SELECT id, coalesce(name, id) AS name FROM sites ORDER BY name LIMIT 500")).rows
    shown["address"] = lambda **changes: _address(datasette, asked, changes)
    if "q" in asked:
        try:
            shown["results"] = [await _results(datasette, kind, asked, alone=len(kinds) == 1) for kind in kinds]
        except UsageError as error:
            shown["advice"] = str(error)
        except sqlite3.OperationalError:  # SQLite's word for a query that was interrupted
            shown["advice"] = "This takes too long: add a rarer word."
    return await render(datasette, request, "search.html", shown)


async def _results(datasette: Datasette, kind: Kind, asked: dict[str, str], *, alone: bool) -> Results:
    words = expression(asked["q"])
    filters = {name: asked[name] for name in FILTERS[kind] if name in asked}
    for name in {"since", "until"} & filters.keys():
        if not _DAY.fullmatch(filters[name]):
            raise UsageError(f"A day is written like 2026-11-05, not {filters[name]!r}.")
    page = int(asked["page"]) if asked.get("page", "").isdecimal() and len(asked["page"]) < 7 else 1
    by_date, size = asked.get("sort") == "date", PAGE_SIZE if alone else _BOTH

    def find(connection: sqlite3.Connection) -> Results:
        with sqlite_timelimit(connection, _MILLISECONDS):
            weigh(connection, kind, words)
            return search(connection, kind, words, filters, by_date=by_date, page=page if alone else 1, size=size)

    found: Results = await datasette.get_database(DATABASE).execute_fn(find)
    return found


def _address(datasette: Datasette, asked: dict[str, str], changes: dict[str, str | int | None]) -> str:
    """This search with some of its words changed; what is None is left out."""
    words = {name: value for name, value in ({**asked, "page": None} | changes).items() if value is not None}
    return f"{datasette.urls.path('/-/search')}?{urlencode(words)}"

"""The pages of the pictures: a form, each chart as a table that a script draws, and each table as CSV."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, get_args
from urllib.parse import urlencode

from datasette.utils import sqlite_timelimit
from datasette.utils.asgi import NotFound, Request, Response

from newsarchive.errors import UsageError
from newsarchive.explore.charts import Chart
from newsarchive.explore.metadata import DATABASE
from newsarchive.explore.pictures import PICTURES, Asked, Picture, Step
from newsarchive.explore.rendering import render
from newsarchive.explore.shares import MOST_WORDS, Kind

if TYPE_CHECKING:  # Datasette loads the plugin while it is being imported itself
    from datasette.app import Datasette

_MILLISECONDS = 3000
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_CLOCK = re.compile(r"[+-]?\d{1,2}")


async def pictures_page(datasette: Datasette, request: Request) -> Response:
    """All pictures, each with its question."""
    return await render(datasette, request, "pictures.html", {})


async def picture_page(datasette: Datasette, request: Request) -> Response:
    """One picture."""
    name, picture = _picture(request)
    given = {name: value.strip()[:500] for name in request.args if (value := request.args.get(name) or "").strip()}
    shown: dict[str, Any] = {"name": name, "picture": picture, "given": given, "charts": [], "advice": None, "most": MOST_WORDS}
    catalogue = datasette.get_database(DATABASE)
    shown["sites"] = (await catalogue.execute("SELECT id, coalesce(name, id) AS name FROM sites ORDER BY name LIMIT 500")).rows
    shown["query"] = urlencode(given)
    try:
        shown["charts"] = await _charts(datasette, picture, given)
    except UsageError as error:
        shown["advice"] = str(error)
    return await render(datasette, request, "picture.html", shown)


async def chart_file(datasette: Datasette, request: Request) -> Response:
    """The table of one chart as CSV."""
    name, picture = _picture(request)
    given = {one: (request.args.get(one) or "").strip()[:500] for one in request.args}
    try:
        charts = {chart.name: chart for chart in await _charts(datasette, picture, given)}
    except UsageError as error:
        return Response.text(str(error), status=400)
    wanted = request.url_vars["chart"]
    if wanted not in charts:
        raise NotFound(f"The picture {name} has no chart {wanted} for this.")
    headers = {"content-disposition": f'attachment; filename="{name}-{wanted}.csv"'}
    return Response(charts[wanted].csv(), headers=headers, content_type="text/csv; charset=utf-8")


def _picture(request: Request) -> tuple[str, Picture]:
    name = request.url_vars["name"]
    if name not in PICTURES:
        raise NotFound(f"There is no picture {name}.")
    return name, PICTURES[name]


async def _charts(datasette: Datasette, picture: Picture, given: dict[str, str]) -> Sequence[Chart]:
    """Raises UsageError, with what to do, for what cannot be asked, and for what would take too long."""
    asked = _asked(given)

    def draw(connection: sqlite3.Connection) -> Sequence[Chart]:
        with sqlite_timelimit(connection, _MILLISECONDS):
            return picture.draw(connection, asked)

    try:
        found: Sequence[Chart] = await datasette.get_database(DATABASE).execute_fn(draw)
    except sqlite3.OperationalError as error:  # SQLite's word for a query that was interrupted
        raise UsageError("This takes too long: ask for fewer words, or rarer ones.") from error
    return found


def _asked(given: dict[str, str]) -> Asked:
    for name in ("since", "until"):
        if not _DAY.fullmatch(given.get(name) or "2026-11-05"):
            raise UsageError(f"A day is written like 2026-11-05, not {given[name]!r}.")
    clock = given.get("clock") or "0"
    if not _CLOCK.fullmatch(clock) or not -12 <= int(clock) <= 14:
        raise UsageError(f"A clock is some hours before or after UTC, from -12 to 14, not {clock!r}.")
    words = list(dict.fromkeys(word for part in given.get("words", "").split(",") if (word := part.strip())))
    if len(words) > MOST_WORDS:
        raise UsageError(f"{MOST_WORDS} words are the most that are compared; these are {len(words)}.")
    step: Step | None = next((one for one in get_args(Step) if one == given.get("step")), None)
    kind: Kind = next((one for one in get_args(Kind) if one == given.get("in")), "comments")
    days = {name: given.get(name, "") for name in ("site", "since", "until")}
    return Asked(**days, step=step, clock=int(clock), kind=kind, words=words)

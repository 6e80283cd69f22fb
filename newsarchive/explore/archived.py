"""The page as it was: a capture with what was kept around it, its page in a frame, its records to take away."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from datasette.utils import tilde_decode
from datasette.utils.asgi import NotFound, Request, Response

from newsarchive.errors import DamagedRecord
from newsarchive.explore import captures, replay
from newsarchive.explore.cleaning import AS_PART
from newsarchive.explore.metadata import DATABASE
from newsarchive.explore.policy import content_security_policy
from newsarchive.explore.published import holds_records, want_records
from newsarchive.explore.rendering import render
from newsarchive.explore.when import moment
from newsarchive.explore.withheld import withheld
from newsarchive.items import Page
from newsarchive.vault.message import media_type
from newsarchive.vault.replay import kept_at, page_at, raw_exchange

if TYPE_CHECKING:  # Datasette loads the plugin while it is being imported itself
    from datasette.app import Datasette

_MOST_REDIRECTS = 5
_SVG = "image/svg+xml"
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z")


async def capture_page(datasette: Datasette, request: Request) -> Response:
    """The page as it was, in a frame, and beside it what was kept: answer, headers, digests, place in the WARC."""
    row = await _capture(datasette, request)
    catalogue = datasette.get_database(DATABASE)
    content = await catalogue.execute_fn(lambda connection: captures.holder(connection, row))
    kept = holds_records(datasette)
    if kept and (found := await withheld(_folder(datasette), row["id"], content["id"])):
        return await render(datasette, request, "withheld.html", {"row": row, "withheld": found}, status=found.status)
    listed = await catalogue.execute_fn(lambda connection: captures.timeline(connection, row["url_key"], row["captured_at"]))
    in_all = await catalogue.execute("SELECT count(*) FROM captures WHERE url_key = ?", [row["url_key"]])
    articles = await catalogue.execute(
        "SELECT a.id, a.headline, a.url FROM article_urls u JOIN articles a ON a.id = u.article_id WHERE u.url_key = ? LIMIT 5",
        [row["url_key"]],
    )
    comments = await catalogue.execute("SELECT count(*) FROM sightings WHERE capture_id = ?", [row["id"]])
    shown: dict[str, Any] = {"row": row, "content": content, "listed": listed, "articles": articles.rows, "damage": None}
    shown |= {"comments": comments.first()[0], "in_all": in_all.first()[0]}
    try:
        found_there = await asyncio.to_thread(kept_at, _warcs(datasette), *_place(row)) if kept else (None, [])
        shown["kept"], shown["records"] = found_there
    except DamagedRecord as damage:
        shown |= {"damage": str(damage), "kept": None, "records": []}
    page = await render(datasette, request, "capture.html", shown)
    page.headers["content-security-policy"] = content_security_policy() + "; frame-src 'self'"
    return page


async def replayed(datasette: Datasette, request: Request) -> Response:
    """The page of one capture, to be shown in a frame."""
    want_records(datasette)
    row = await _capture(datasette, request)
    content = await datasette.get_database(DATABASE).execute_fn(lambda connection: captures.holder(connection, row))
    return await _shown(datasette, request, content, row["captured_at"])


async def replayed_at(datasette: Datasette, request: Request) -> Response:
    """The capture of the address `url` nearest to `time`, redirects followed: where links and pictures of archived pages lead."""
    want_records(datasette)
    url, time = request.args.get("url") or "", request.args.get("time") or ""
    catalogue = datasette.get_database(DATABASE)
    for _ in range(_MOST_REDIRECTS if _TIME.fullmatch(time) else 0):
        row = await catalogue.execute_fn(lambda connection, url=url: captures.nearest(connection, url, time))
        if row is None:
            break
        if not 300 <= (row["status"] or 0) < 400 or row["record_type"] == "revisit":
            content = await catalogue.execute_fn(lambda connection, row=row: captures.holder(connection, row))
            notice = f"{row['url']}, as captured on {moment(row['captured_at'])}"
            return await _shown(datasette, request, content, time, notice)
        page = await _archived(datasette, row)
        url = (captures.target(page.headers, page.url) if page else None) or ""
    return _given(request, replay.told(f"This address is not in the archive: {url[:500]}"), datasette, 404)


async def record_file(datasette: Datasette, request: Request) -> Response:
    """The capture's records, byte for byte as they stand in the WARC file: answer, request, metadata."""
    want_records(datasette)
    row = await _capture(datasette, request)
    if found := await withheld(_folder(datasette), row["id"]):
        return Response.text(found.told, status=found.status)
    try:
        records = await asyncio.to_thread(raw_exchange, _warcs(datasette), row["warc_id"], row["warc_offset"])
    except DamagedRecord as damage:
        return Response.text(f"The record cannot be read: {damage}", status=500)
    name = "".join(sign for sign in row["id"].rpartition(":")[2] if sign.isalnum() or sign == "-")[:80] or "record"
    attached = {"content-disposition": f'attachment; filename="{name}.warc.gz"'}
    content = b"".join(raw for _, raw in records)
    return Response(content, headers=attached, content_type="application/gzip")


async def _capture(datasette: Datasette, request: Request) -> captures.Row:
    key = tilde_decode(request.url_vars["key"])
    row: captures.Row | None = await datasette.get_database(DATABASE).execute_fn(
        lambda connection: captures.find_capture(connection, key)
    )
    if row is None:
        raise NotFound(f"There is no capture {key} in this archive.")
    return row


async def _archived(datasette: Datasette, row: captures.Row) -> Page | None:
    try:
        return await asyncio.to_thread(page_at, _warcs(datasette), *_place(row))
    except DamagedRecord:
        return None


async def _shown(datasette: Datasette, request: Request, row: captures.Row, time: str, notice: str | None = None) -> Response:
    if found := await withheld(_folder(datasette), row["id"]):
        return _given(request, replay.told(found.told), datasette, found.status)
    page = await _archived(datasette, row)
    if page is None:
        return _given(request, replay.told("The record is damaged: `newsarchive verify` says where."), datasette, 500)
    if media_type(page.headers) == _SVG and request.args.get("as") != "part":
        given = f"{request.query_string}{AS_PART}" if request.query_string else AS_PART[1:]
        return _given(request, replay.framed(f"{request.path}?{given}"), datasette, 200)
    shown = await replay.show(page, replay.address(_replay_path(datasette), time), notice)
    return _given(request, shown, datasette, 200)


def _given(request: Request, shown: replay.Shown, datasette: Datasette, status: int) -> Response:
    headers = replay.headers(shown, request.headers.get("host", ""), _replay_path(datasette))
    return Response(shown.body, status=status, headers=headers, content_type=shown.content_type)


def _replay_path(datasette: Datasette) -> str:
    return str(datasette.urls.path("/-/replay/"))


def _folder(datasette: Datasette) -> Path:
    return Path(datasette.get_database(DATABASE).path).parent


def _warcs(datasette: Datasette) -> Path:
    return _folder(datasette) / "warc"


def _place(row: captures.Row) -> tuple[str, int, int]:
    return row["warc_id"], row["warc_offset"], row["warc_length"]

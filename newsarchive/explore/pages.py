"""The routes of this package's own pages; those of articles and comments are here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, get_args

from datasette.utils import tilde_decode
from datasette.utils.asgi import NotFound, Request, Response

from newsarchive.explore import archived
from newsarchive.explore.metadata import DATABASE, metadata
from newsarchive.explore.picturing import chart_file, picture_page, pictures_page
from newsarchive.explore.proving import evidence_file
from newsarchive.explore.reader import Only, compare_versions, find_article, find_comments, find_thread
from newsarchive.explore.rendering import render
from newsarchive.explore.searching import search_page
from newsarchive.explore.wording import compare

if TYPE_CHECKING:
    from datasette.app import Datasette

View = Callable[["Datasette", Request], Awaitable[Response]]


async def article_page(datasette: Datasette, request: Request) -> Response:
    """An article for reading: text, versions, comments. `from` and `to` name the digests of two versions to compare."""
    key = tilde_decode(request.url_vars["key"])
    asked = request.args
    only: Only | None = next((kind for kind in get_args(Only) if kind == asked.get("only")), None)
    page = int(asked.get("page") or 1) if (asked.get("page") or "1").isdecimal() else 1
    catalogue = datasette.get_database(DATABASE)
    article = await catalogue.execute_fn(lambda connection: find_article(connection, key))
    if article is None:
        raise NotFound(f"There is no article {key} in this archive.")
    thread = await catalogue.execute_fn(
        lambda connection: find_thread(connection, key, page=page, only=only, at=asked.get("comment"))
    )
    comparing = "from" in asked or "to" in asked
    comparison = compare_versions(article, asked.get("from"), asked.get("to")) if comparing else None
    version = next((row for row in article.versions if row["digest"] == asked.get("version")), None)
    shown = {"article": article, "thread": thread, "comparison": comparison, "version": version, "at": asked.get("comment")}
    return await render(datasette, request, "article.html", shown)


async def comment_page(datasette: Datasette, request: Request) -> Response:
    """One comment with its wordings side by side, its votes, and every capture that showed it."""
    key = tilde_decode(request.url_vars["key"])
    catalogue = datasette.get_database(DATABASE)
    comment = (await catalogue.execute_fn(lambda connection: find_comments(connection, [key]))).get(key)
    if comment is None:
        raise NotFound(f"There is no comment {key} in this archive.")
    seen = await catalogue.execute(
        "SELECT c.id, c.url, c.captured_at, s.position FROM sightings s JOIN captures c ON c.id = s.capture_id"
        " WHERE s.comment_id = ? ORDER BY c.captured_at DESC LIMIT 200",
        [key],
    )
    article = await catalogue.execute("SELECT id, headline, url FROM articles WHERE id = ?", [comment.row["article_id"]])
    pairs = zip(comment.wordings, comment.wordings[1:], strict=False)
    changes = [(before, after, compare(before["text"] or "", after["text"] or "")) for before, after in pairs]
    shown = {"comment": comment, "seen": seen.rows, "article": article.first(), "changes": changes}
    return await render(datasette, request, "comment.html", shown)


async def start_page(datasette: Datasette, request: Request) -> Response:
    """The start page; Datasette's own would count the rows of every table each time."""
    return await render(datasette, request, "index.html", {"metadata": metadata()})


def routes() -> list[tuple[str, View]]:
    """What Datasette is told: each path's pattern, and what answers it."""
    return [
        (r"^/$", start_page),
        (r"^/-/article/(?P<key>[^/]+)$", article_page),
        (r"^/-/comment/(?P<key>[^/]+)$", comment_page),
        (r"^/-/search$", search_page),
        (r"^/-/pictures$", pictures_page),
        (r"^/-/pictures/(?P<name>[a-z]+)$", picture_page),
        (r"^/-/pictures/(?P<name>[a-z]+)/(?P<chart>[a-z]+)\.csv$", chart_file),
        (r"^/-/capture/(?P<key>[^/]+)$", archived.capture_page),
        (r"^/-/replay/at$", archived.replayed_at),
        (r"^/-/replay/(?P<key>[^/]+)$", archived.replayed),
        (r"^/-/record/(?P<key>[^/]+)$", archived.record_file),
        (r"^/-/evidence/(?P<key>[^/]+)$", evidence_file),
    ]

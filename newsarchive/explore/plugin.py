"""The Datasette plugin: pages for reading, safe headers, bounded connections, links between rows, words for the templates."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar, cast

from datasette import hookimpl as _hookimpl
from markupsafe import Markup

from newsarchive.explore import pages, when
from newsarchive.explore.days import stretches
from newsarchive.explore.links import Links
from newsarchive.explore.metadata import DATABASE, catalogue, labels
from newsarchive.explore.overview import Overview, overview
from newsarchive.explore.pictures import PICTURES
from newsarchive.explore.policy import App, guarded
from newsarchive.explore.published import holds_records
from newsarchive.explore.thread import DEEPEST
from newsarchive.urls import canonical

if TYPE_CHECKING:  # Datasette loads this module while it is being imported itself
    from datasette.app import Datasette
    from datasette.utils.asgi import Request
    from jinja2 import Environment

# A longer string or blob is an error: `hex(randomblob(2e8))` in a query would take 1 GB.
MAX_VALUE_BYTES = 8_000_000

# A row's name, shown as a link, is cut here; the page of the row itself shows it whole.
MAX_LABEL = 300

# As many rows of a large table that a filter lets through are sorted in another order than the table's own.
MOST_SORTED = 5_000

# Columns that hold a key of another table, in tables and in the answers of queries, foreign key or not.
REFERENCES = {
    "site_id": "sites",
    "crawl_id": "crawls",
    "warc_id": "warcs",
    "capture_id": "captures",
    "earlier_capture_id": "captures",
    "revisit_of": "captures",
    "thread_id": "threads",
    "article_id": "articles",
    "author_id": "authors",
    "tag_id": "tags",
    "commenter_id": "commenters",
    "comment_id": "comments",
    "parent_id": "comments",
}

# What may stand in a `lang` attribute (BCP 47, the common forms); a page may have named anything.
_LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")

_TIME = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?Z")

# The columns that an index of a table begins with.
_INDEXED = "SELECT i.name FROM pragma_index_list(?) l, pragma_index_info(l.name) i WHERE i.seqno = 0"

Hook = TypeVar("Hook", bound=Callable[..., object])

_FIELD = re.compile(r'<(?:select|input type="text") name="_(?:filter_)?(column|op|value|sort)(?:_\d+)?"')
_FIELD_NAMES = {"column": "Column", "op": "Condition", "value": "Value", "sort": "Sort by"}


def hookimpl(function: Hook) -> Hook:
    """Mark a function as one that Datasette calls, by its name; Datasette's own marker would lose its type."""
    return cast(Hook, _hookimpl(function))


@hookimpl
def asgi_wrapper() -> Callable[[App], App]:
    """Let only reading through, and put the safe headers on every answer."""
    return guarded()


@hookimpl
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Bound what one query may build, and leave nothing of it in /var/tmp."""
    conn.execute("PRAGMA temp_store = MEMORY")
    conn.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_VALUE_BYTES)


@hookimpl
def render_cell(row: Any, value: object, column: str, table: str | None, database: str, datasette: Datasette) -> object:
    """Show a row's name as a link to the row, a key of another row as a link that reads as that row's name, a time for people.

    Everything that a page said is escaped; it never becomes markup.
    """
    if database != DATABASE or not value:
        return None
    if isinstance(value, str) and (time := _TIME.fullmatch(value)):
        return Markup('<time datetime="{0}" title="{0}">{1} {2}</time>').format(value, *time.groups())
    if table and labels().get(table) == column:
        return _row_link(datasette, table, row["id"], str(value))
    if column not in REFERENCES:
        return None
    if isinstance(value, dict):  # Datasette looked the label up, for a page of a table
        return _row_link(datasette, REFERENCES[column], value["value"], value["label"])
    return _labelled(datasette, table, column, str(value))


async def _labelled(datasette: Datasette, table: str | None, column: str, key: str) -> Markup:
    """The link with the name of the row, where the key is a foreign one. Datasette's own way to it changes with 1.0."""
    database, target = datasette.get_database(DATABASE), REFERENCES[column]
    keys = await database.foreign_keys_for_table(table) if table else []
    label = catalogue()["tables"][target].get("label_column") if column in {one["column"] for one in keys} else None
    found = (await database.execute(f"SELECT {label} FROM {target} WHERE id = ?", [key])).first() if label else None
    return _row_link(datasette, target, key, found[0] if found else None)


def _row_link(datasette: Datasette, table: str, key: str, label: str | None) -> Markup:
    href = Links(datasette).reading(table, key)
    return Markup('<a class="row-link" href="{}" title="{}">{}</a>').format(href, key, (label or key)[:MAX_LABEL])


@hookimpl
def filters_from_request(request: Request, table: str) -> object:
    """What an index can answer of filters by a day; Datasette's own conditions stay beside it."""
    from datasette.filters import FilterArguments

    return FilterArguments(*stretches(request.args, table))


@hookimpl
def register_facet_classes() -> list[type]:
    """Facets whose numbers stand ready."""
    from newsarchive.explore.tallied import Tallied  # it builds on Datasette's, which may not be there yet

    return [Tallied]


@hookimpl
def register_routes() -> list[tuple[str, pages.View]]:
    """The pages for reading."""
    return pages.routes()


@hookimpl
def prepare_jinja2_environment(env: Environment, datasette: Datasette) -> None:
    """What this package's templates call, error pages too: the start page's numbers, links to rows and tables, times."""

    async def archive_overview() -> Overview:
        return await overview(datasette.get_database(DATABASE))

    async def filters_of(table: str, columns: Sequence[str], filters: Any) -> Sequence[str]:
        if "sortable_columns" not in catalogue()["tables"].get(table, {}):
            return columns
        indexed = (await datasette.get_database(DATABASE).execute(_INDEXED, [table])).rows
        return [name for name in columns if name in {row[0] for row in indexed} | {one[0] for one in filters.selections()}]

    async def site_names() -> Sequence[Any]:
        sql = "SELECT id, coalesce(name, id) AS name FROM sites ORDER BY name LIMIT 500"
        return (await datasette.get_database(DATABASE).execute(sql)).rows  # type: ignore[no-any-return]  # Datasette has no types

    def sorts_of(table: str, columns: Sequence[dict[str, Any]], filters: Any, rows: int | None) -> list[dict[str, Any]]:
        about = catalogue()["tables"].get(table, {})
        offered = about.get("sortable_columns", [one["name"] for one in columns])
        if filters.pairs and "sortable_columns" in about and (rows is None or rows > MOST_SORTED):
            offered = [about.get("sort_desc")]
        return [one | {"sortable": one["sortable"] and one["name"] in offered} for one in columns]

    links = Links(datasette)
    env.globals |= {
        "archive_overview": archive_overview,
        "filters_of": filters_of,
        "site_names": site_names,
        "sorts_of": sorts_of,
        "catalogue": catalogue(),
        "links": links,
        "holds_records": partial(holds_records, datasette),
        "row_url": links.reading,
        "browse_url": links.browse,
        "anchor": links.anchor,
        "deepest": DEEPEST,
        "pictures": PICTURES,
    }
    env.tests |= {"language_tag": _LANGUAGE_TAG.fullmatch, "web_address": lambda url: canonical(url) is not None}
    env.filters |= {"day": when.day, "moment": when.moment, "written": when.written, "named_fields": named_fields}


def named_fields(page: str) -> Markup:
    """A page of a table, its filters' fields with names that are read aloud."""
    # It is what Jinja has rendered: in an escaped text no such field can stand.
    return Markup(_FIELD.sub(lambda found: f'{found[0]} aria-label="{_FIELD_NAMES[found[1]]}"', page))

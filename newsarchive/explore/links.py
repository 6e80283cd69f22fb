"""The addresses of this package's own pages, and of a table's page with its main columns only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from datasette.utils import tilde_encode

from newsarchive.explore.metadata import DATABASE, catalogue

if TYPE_CHECKING:  # Datasette loads the plugin while it is being imported itself
    from datasette.app import Datasette

# Tables whose rows have a page for reading; the page leads on to the row itself.
READABLE = {"articles": "article", "comments": "comment", "captures": "capture"}


@dataclass(frozen=True, slots=True)
class Links:
    """Makes addresses for one Datasette, under whatever path it is served."""

    datasette: Datasette

    def to(self, kind: str, key: str, **query: str | int | None) -> str:
        """The page of an `article`, `comment` or `capture`, the `record`, the `evidence`; `query` without what is None."""
        words = urlencode({name: value for name, value in query.items() if value is not None})
        return self._path(f"/-/{kind}/{tilde_encode(key)}") + (f"?{words}" if words else "")

    def row(self, table: str, key: str) -> str:
        """A row as Datasette shows it."""
        return str(self.datasette.urls.row(DATABASE, table, tilde_encode(key)))

    def reading(self, table: str, key: str) -> str:
        """Where a row is best read: its own page, if its table has such pages, else the row."""
        return self.to(READABLE[table], key) if table in READABLE else self.row(table, key)

    def browse(self, table: str, **filters: str) -> str:
        """A table's page with its main columns only, and the rows that match `filters` (`article_id="..."`)."""
        columns = catalogue()["tables"].get(table, {}).get("main", ())
        query = urlencode([*filters.items(), *(("_col", column) for column in columns)])
        return (
            f"{self.datasette.urls.table(DATABASE, table)}?{query}" if query else str(self.datasette.urls.table(DATABASE, table))
        )

    def search(self, **query: str) -> str:
        """The search, with what is to be searched for."""
        return self._path("/-/search") + (f"?{urlencode(query)}" if query else "")

    def picture(self, name: str | None = None, **query: str) -> str:
        """A picture by its name, with what it is to show; without a name all pictures."""
        return self._path("/-/pictures" + (f"/{name}" if name else "")) + (f"?{urlencode(query)}" if query else "")

    def anchor(self, comment_id: str) -> str:
        """The name of a comment's place on its article's page."""
        return f"c-{tilde_encode(comment_id)}"

    def _path(self, path: str) -> str:
        return str(self.datasette.urls.path(path))

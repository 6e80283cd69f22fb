"""Databases made by `newsarchive publish`: articles, comments and their proofs, without the archive's WARC files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from datasette.utils.asgi import NotFound

from newsarchive.explore.metadata import DATABASE

if TYPE_CHECKING:  # Datasette loads the plugin while it is being imported itself
    from datasette.app import Datasette


def holds_records(datasette: Datasette) -> bool:
    """Whether the records themselves are beside the catalogue: not beside a published one, which is the only immutable one."""
    return bool(datasette.get_database(DATABASE).is_mutable)


def want_records(datasette: Datasette) -> None:
    """Raises NotFound, in words for a reader, where the records are not there."""
    if not holds_records(datasette):
        raise NotFound("This database was made for the public, and holds what proves a page (digests, places), not the page.")

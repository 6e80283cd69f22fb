"""A page of this package: a template over what was found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import Request, Response

if TYPE_CHECKING:  # Datasette loads the plugin while it is being imported itself
    from datasette.app import Datasette


async def render(datasette: Datasette, request: Request, template: str, shown: Mapping[str, Any], status: int = 200) -> Response:
    """The template with what it shows; Jinja escapes all of it."""
    return Response.html(await datasette.render_template(template, dict(shown), request=request), status=status)

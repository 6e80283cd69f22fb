"""What every page of the instance may do, and nothing else: the headers on each answer."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Awaitable, Callable, MutableMapping
from functools import cache, partial
from importlib.resources import files
from typing import Any

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]


@cache
def content_security_policy() -> str:
    """A policy under which Datasette's own pages work and nothing else does: no other host, no script from a cell.

    Scripts are files of this server, or one of the few that Datasette's templates hold, each named by its SHA-256.
    Datasette sets `style` attributes in its pages, so styles may be inline.
    """
    scripts = " ".join(f"'sha256-{digest}'" for digest in _inline_scripts())
    return (
        f"default-src 'none'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def _inline_scripts() -> list[str]:
    """The SHA-256 (Base64) of each script inside Datasette's templates, as the installed version renders it."""
    found: set[str] = set()
    for template in (files("datasette") / "templates").iterdir():
        if template.name.endswith(".html"):
            found.update(re.findall(r"<script>(.*?)</script>", template.read_text("utf-8"), re.DOTALL))
    rendered = (script.replace("{{ datasette_allow_facet }}", "true") for script in sorted(found))
    return [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in rendered]


def guarded() -> Callable[[App], App]:
    """What lets only reading through, and puts the safe headers on every answer; a page that sets one itself keeps its own."""
    headers = {
        b"content-security-policy": content_security_policy().encode(),
        b"x-content-type-options": b"nosniff",
        b"referrer-policy": b"no-referrer",
        b"x-frame-options": b"DENY",
    }

    def wrap(app: App) -> App:
        async def with_headers(scope: Message, receive: Receive, send: Send) -> None:
            reading = scope["type"] != "http" or scope["method"] in {"GET", "HEAD"}
            await (app if reading else _refuse)(scope, receive, partial(_send, send, headers))

        return with_headers

    return wrap


async def _refuse(scope: Message, receive: Receive, send: Send) -> None:
    """The answer to what would change something: nothing here can be changed."""
    told = [(b"allow", b"GET, HEAD"), (b"content-type", b"text/plain")]
    await send({"type": "http.response.start", "status": 405, "headers": told})
    await send({"type": "http.response.body", "body": b"Only GET and HEAD are answered here."})


async def _send(send: Send, headers: dict[bytes, bytes], message: Message) -> None:
    if message["type"] == "http.response.start":
        own = list(message.get("headers", []))
        present = {name.lower() for name, _ in own}
        message["headers"] = own + [item for item in headers.items() if item[0] not in present]
    await send(message)

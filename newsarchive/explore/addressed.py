"""Which names this server answers to.

A page of the web may make its own name lead to 127.0.0.1 (DNS rebinding) and would then be let read what is served there. Its
requests bear its name in `Host`, so they are refused.
"""

from __future__ import annotations

from newsarchive.explore.policy import App, Message, Receive, Send

_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "[::1]"})
_EVERYWHERE = frozenset({"", "0.0.0.0", "::"})  # by whatever name the machine has
_TOLD = b"This archive is not served under this name. Use the address that `newsarchive serve` prints."


def answering_to(app: App, host: str) -> App:
    """The application, for requests to this machine's own names and to `host`, at which it listens; if that is every address of
    the machine, its names are not known, and all are answered."""
    if host in _EVERYWHERE:
        return app
    names = _THIS_MACHINE | {(f"[{host}]" if ":" in host else host).lower()}

    async def answer(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and _named(scope) not in names:
            await send({"type": "http.response.start", "status": 421, "headers": [(b"content-type", b"text/plain")]})
            await send({"type": "http.response.body", "body": _TOLD})
        else:
            await app(scope, receive, send)

    return answer


def _named(scope: Message) -> str:
    """The name in `Host`, without its port; none where there are two."""
    hosts = [value.decode("latin-1").lower() for name, value in scope["headers"] if name == b"host"]
    host = hosts[0] if len(hosts) == 1 else ""
    name, _, port = host.rpartition(":")
    return name if port.isdigit() and name else host

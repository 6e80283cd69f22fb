"""The newspaper on loopback: a server of the standard library around `Newspaper.respond`."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import socket
from typing import Any

from newsarchive.demo.newspaper import Newspaper


@dataclass
class Served:
    """A newspaper that is being served at `url` (no slash at the end). `newspaper` may be replaced while it runs.

    `requests` is the log: method, target and status of every answer, in the order they were given.
    """

    url: str
    newspaper: Newspaper
    requests: list[tuple[str, str, int]] = field(default_factory=list)


@contextmanager
def serve(newspaper: Newspaper, *, port: int = 0) -> Iterator[Served]:
    """Serve on 127.0.0.1 for as long as the context lasts; port 0 takes any free one."""
    served = Served("", newspaper)
    server = ThreadingHTTPServer(("127.0.0.1", port), partial(_Handler, served))
    server.daemon_threads = True
    served.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "Courier/1.0"
    sys_version = ""
    wbufsize = -1  # one packet for a small answer, not two: the second would wait for the first's acknowledgement

    def __init__(self, served: Served, request: socket, client: Any, server: ThreadingHTTPServer) -> None:
        self.served = served
        super().__init__(request, client, server)

    def do_GET(self) -> None:
        """Answer, and write the answer into the log."""
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        status, headers, body = self.served.newspaper.respond(self.command, self.path, self.headers.items())
        self.served.requests.append((self.command, self.path, status))
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    do_HEAD = do_POST = do_PUT = do_DELETE = do_GET

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the log is `Served.requests`."""

"""A real Isso on loopback with a static newspaper in front of it, and a list of what it shows."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import quote
from urllib.request import Request, urlopen

ISSO = Path(sys.executable).with_name("isso")
_CONFIGURATION = """\
[general]
dbpath = {folder}/comments.db
host = {paper}/
notify = stdout
[moderation]
enabled = {moderated}
[server]
listen = http://127.0.0.1:{port}
[guard]
enabled = false
[markup]
renderer = mistune
"""


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Told:
    """A comment as Isso confirmed it: the truth that a crawl must find."""

    id: int
    uri: str
    parent: int | None
    author: str | None
    text: str
    created: datetime
    hidden: bool = False
    edits: int = 0
    cookie: str = ""


@dataclass
class Isso:
    """A running Isso. `told` are its public comments by their number; `log` is what it writes."""

    folder: Path
    paper: str
    port: int = field(default_factory=free_port)
    told: dict[int, Told] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @contextmanager
    def running(self, *, moderated: str = "false") -> Iterator[Isso]:
        """Let Isso answer for as long as the context lasts; `moderated` is the word of its configuration."""
        text = _CONFIGURATION.format(folder=self.folder, paper=self.paper, moderated=moderated, port=self.port)
        configuration = self.folder / "isso.cfg"
        configuration.write_text(text, encoding="utf-8")
        with (self.folder / "isso.log").open("a") as log:
            process = subprocess.Popen([sys.executable, ISSO, "-c", configuration, "run"], stdout=log, stderr=log)
            try:
                self._wait_for(process)
                yield self
            finally:
                process.terminate()
                process.wait(20)

    def _wait_for(self, process: subprocess.Popen[bytes]) -> None:
        deadline = monotonic() + 30
        while monotonic() < deadline:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                try:
                    process.wait(0.05)
                except subprocess.TimeoutExpired:
                    continue
                break
        raise AssertionError(f"Isso does not answer: {(self.folder / 'isso.log').read_text()[-2000:]}")

    def post(self, uri: str, text: str, author: str | None = None, parent: int | None = None) -> Told:
        """Leave a comment. It counts as told if it is public at once."""
        asked = {"text": text, "author": author, "parent": parent, "title": "An article"}
        status, cookie, given = self._ask("POST", f"/new?uri={quote(uri, safe='')}", asked)
        at = datetime.fromtimestamp(int(given["created"]), UTC)
        one = Told(given["id"], uri, given["parent"], author, text, at, cookie=cookie)
        if status == 201:
            self.told[one.id] = one
        return one

    def edit(self, one: Told, text: str) -> None:
        """Let the author of a comment write it anew."""
        _, one.cookie, _ = self._ask("PUT", f"/id/{one.id}", {"text": text, "author": one.author}, one.cookie)
        one.text, one.edits = text, one.edits + 1

    def delete(self, one: Told) -> None:
        """Let the author delete a comment; Isso keeps its place where others answer it."""
        _, _, left = self._ask("DELETE", f"/id/{one.id}", None, one.cookie)
        if left is None:
            del self.told[one.id]
        else:
            one.hidden = True

    def approve(self, one: Told) -> None:
        """Let a moderator publish a comment that waits, over the link that Isso writes into its log."""
        link = re.search(rf"/id/{one.id}/activate/(\S+)", (self.folder / "isso.log").read_text())
        assert link is not None
        with urlopen(Request(self.url + link[0], method="POST")) as answer:
            assert answer.status == 200
        self.told[one.id] = one

    def _ask(self, method: str, path: str, value: object, cookie: str = "") -> tuple[int, str, Any]:
        headers = {"Content-Type": "application/json", "Cookie": cookie}
        body = None if value is None else json.dumps(value).encode()
        with urlopen(Request(self.url + path, data=body, headers=headers, method=method), timeout=20) as answer:
            given = json.loads(answer.read())
            return answer.status, (answer.headers["Set-Cookie"] or "").partition(";")[0], given


@contextmanager
def static_paper(pages: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
    """Serve pages by their path; give the address (no slash at its end) and the list of what was asked."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # one packet for a small answer

        def do_GET(self) -> None:
            asked.append(self.path)
            page = pages.get(self.path)
            body = (page or "nothing here").encode()
            self.send_response(200 if page else 404)
            self.send_header("Content-Type", "text/plain" if self.path.endswith(".txt") else "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing: `asked` is the log."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

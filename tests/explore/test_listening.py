"""A server of its own: which names it answers to, and that it ends in good order."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys

import httpx
import pytest
from datasette.utils import tilde_encode

from newsarchive.explore.addressed import answering_to
from newsarchive.explore.policy import Message, Receive, Send
from tests.conftest import PROJECT, Visited


@pytest.mark.parametrize(
    ("host", "status"),
    [("127.0.0.1", 200), ("LOCALHOST:{port}", 200), ("[::1]:{port}", 200), ("evil.example", 421), ("evil.example:{port}", 421),
     ("127.0.0.1.evil.example", 421), ("evil.example:127.0.0.1", 421), ("", 421)],
)  # fmt: skip
def test_a_request_for_another_name_is_refused(server: str, host: str, status: int) -> None:
    port = server.rstrip("/").rpartition(":")[2]
    for path in ("", "catalogue/articles.json", "newsarchive-static/charts.js"):
        answer = httpx.get(server + path, headers={"Host": host.format(port=port)})
        assert answer.status_code == status
        assert ("evil" in answer.text) is False


def test_the_given_host_is_answered_and_every_name_where_all_addresses_are_listened_at() -> None:
    async def app(scope: Message, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def status(host: str, name: str) -> int:
        transport = httpx.ASGITransport(answering_to(app, host))  # type: ignore[arg-type]
        async with httpx.AsyncClient(transport=transport) as client:
            return (await client.get(f"http://{name}/")).status_code

    asked = {
        ("archive.example", "archive.example"): 200,
        ("archive.example", "evil.example"): 421,
        ("0.0.0.0", "any.example"): 200,
    }
    assert {pair: asyncio.run(status(*pair)) for pair in asked} == asked


def test_term_ends_it_with_143_and_leaves_nothing_behind(visited: Visited) -> None:
    page = visited.rows(2, "SELECT capture_id FROM articles")[0]["capture_id"]
    command = [sys.executable, "-m", "newsarchive.cli", "--dir", str(visited.folder), "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=PROJECT) as process:
        assert process.stdout
        assert process.stderr
        address = process.stdout.readline().partition(" at ")[2].split(" ")[0]
        assert httpx.get(f"{address}-/replay/{tilde_encode(page)}").status_code == 200  # parsed in a process of its own
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 143
        assert process.stderr.read() == ""

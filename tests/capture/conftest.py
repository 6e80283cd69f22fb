"""A server that sends exactly the bytes it was told to, and a crawl in a process of its own that tells what it kept."""

from __future__ import annotations

import base64
import json
import os
import socket
import ssl
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Ending = Literal["keep", "close", "reset", "stall", "deaf"]
Answer = tuple[Ending, *tuple[bytes, ...]]


@dataclass
class Server:
    """Listens on 127.0.0.1; `heard` has the number of the connection and the bytes of each request, by path.

    To a path it sends its answer's parts one after the other, then comes the ending: `keep` the connection, `close` it,
    `reset` it, `stall` until the client goes, or stay `deaf`: take the next request and close without a word, as a server
    whose keep-alive has run out does.
    """

    answers: Mapping[str, Answer]
    context: ssl.SSLContext | None = None
    heard: dict[str, list[tuple[int, bytes]]] = field(default_factory=dict)
    _listener: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))

    @property
    def port(self) -> int:
        return int(self._listener.getsockname()[1])

    def start(self) -> Server:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def stop(self) -> None:
        self._listener.close()

    def requests(self, path: str) -> list[bytes]:
        return [raw for _, raw in self.heard.get(path, [])]

    def connections(self, path: str) -> list[int]:
        return [number for number, _ in self.heard.get(path, [])]

    def _accept(self) -> None:
        number = 0
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            number += 1
            threading.Thread(target=self._serve, args=(connection, number), daemon=True).start()

    def _serve(self, connection: socket.socket, number: int) -> None:
        try:
            if self.context:
                connection = self.context.wrap_socket(connection, server_side=True)
            with connection:
                while raw := _read_request(connection):
                    path = raw.split(b" ")[1].decode().partition("?")[0]
                    self.heard.setdefault(path, []).append((number, raw))
                    if not _send(connection, self.answers[path]):
                        return
        except OSError:
            return  # a client that goes away, or that does not trust the certificate


def _read_request(connection: socket.socket) -> bytes:
    raw = b""
    while b"\r\n\r\n" not in raw and (piece := connection.recv(65536)):
        raw += piece
    head, _, body = raw.partition(b"\r\n\r\n")
    length = next((int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0)
    while len(body) < length and (piece := connection.recv(65536)):
        raw, body = raw + piece, body + piece
    return raw


def _send(connection: socket.socket, answer: Answer) -> bool:
    ending, *parts = answer
    for part in parts:
        connection.sendall(part)
    if ending == "reset":
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    elif ending in {"stall", "deaf"}:
        connection.recv(65536)
    elif ending == "close" and isinstance(connection, ssl.SSLSocket):
        connection.unwrap()
    return ending == "keep"


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[..., Server]]:
    servers: list[Server] = []

    def start(answers: Mapping[str, Answer], context: ssl.SSLContext | None = None) -> Server:
        servers.append(Server(answers, context).start())
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


@dataclass(frozen=True)
class Crawled:
    """What a crawl said of itself: the exchanges kept, the misses, the responses and failures that its spider saw; by path."""

    kept: dict[str, list[dict[str, Any]]]
    missed: dict[str, list[dict[str, Any]]]
    responses: dict[str, dict[str, Any]]
    failures: dict[str, str]
    log: str


@pytest.fixture(scope="session")
def crawl() -> Callable[..., Crawled]:
    """Crawl `requests` (keywords of scrapy.Request) with `settings`, in a process of its own: a reactor runs only once."""

    def run(requests: list[dict[str, Any]], environment: Mapping[str, str] | None = None, **settings: Any) -> Crawled:
        env = {**os.environ, **(environment or {})}
        script = Path(__file__).with_name("crawl_process.py")
        job = json.dumps({"requests": requests, "settings": settings})
        done = subprocess.run(
            [sys.executable, script], input=job, capture_output=True, text=True, timeout=60, check=False, env=env
        )
        assert done.returncode == 0, done.stderr
        said = json.loads(done.stdout, object_hook=_with_bytes)
        return Crawled(_by_path(said["kept"]), _by_path(said["missed"]), said["responses"], said["failures"], done.stderr)

    return run


def _by_path(rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["path"], []).append(row)
    return found


def _with_bytes(value: dict[str, Any]) -> Any:
    return base64.b64decode(value["base64"]) if value.keys() == {"base64"} else value


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A self-signed certificate for localhost, with its key, in one PEM file."""
    return self_signed(tmp_path_factory.mktemp("tls") / "localhost.pem", x509.SubjectAlternativeName([x509.DNSName("localhost")]))


@pytest.fixture(scope="session")
def nameless_certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same without the extension that names hosts."""
    return self_signed(tmp_path_factory.mktemp("tls") / "nameless.pem")


def self_signed(path: Path, *extensions: x509.ExtensionType, begins: timedelta = timedelta(days=-1)) -> Path:
    """Write a certificate of the common name localhost, with its key; it holds for two days."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    first = datetime.now(UTC) + begins
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(first)
        .not_valid_after(first + timedelta(days=2))
    )
    for extension in extensions:
        builder = builder.add_extension(extension, critical=False)
    built = builder.sign(key, hashes.SHA256())
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(secret + built.public_bytes(serialization.Encoding.PEM))
    return path

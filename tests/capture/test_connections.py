"""Where a crawl connects to, and over what: the guard, kept-alive connections, TLS."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509

from newsarchive.capture.tls import iana_name
from tests.capture.conftest import self_signed

PAGE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"
ONE_BY_ONE = {"CONCURRENT_REQUESTS": 1, "CONCURRENT_REQUESTS_PER_DOMAIN": 1}


def test_answers_on_one_connection_are_kept_apart(serve: Callable[..., Any], crawl: Callable[..., Any]) -> None:
    answers = {f"/{number}": ("keep", b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n%d" % number) for number in range(5)}
    server = serve(answers)
    requests = [{"url": f"http://127.0.0.1:{server.port}{path}"} for path in answers]
    crawled = crawl(requests, NEWSARCHIVE_ALLOW_PRIVATE=f"127.0.0.1:{server.port}", **ONE_BY_ONE)
    assert {number for path in answers for number in server.connections(path)} == {1}
    for path, (_, answer) in answers.items():
        [kept] = crawled.kept[path]
        assert (kept["response"], [kept["request"]]) == (answer, server.requests(path))


def test_a_request_sent_again_after_a_stale_connection_is_kept_once(serve: Callable[..., Any], crawl: Callable[..., Any]) -> None:
    server = serve({"/before": ("deaf", PAGE), "/after": ("keep", PAGE)})
    requests = [{"url": f"http://127.0.0.1:{server.port}/{path}"} for path in ("before", "after")]
    crawled = crawl(requests, NEWSARCHIVE_ALLOW_PRIVATE=f"127.0.0.1:{server.port}", **ONE_BY_ONE)
    assert server.connections("/after") == [2]
    [kept] = crawled.kept["/after"]
    assert (kept["response"], [kept["request"]]) == (PAGE, server.requests("/after"))
    assert crawled.missed == {}


@pytest.fixture(scope="module")
def full() -> Iterator[int]:
    """The port of a listener whose queue is full, so that connecting to it takes for ever."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener, ExitStack() as waiting:
        for _ in range(4):
            client = waiting.enter_context(socket.socket())
            client.setblocking(False)
            client.connect_ex(listener.getsockname())
        yield listener.getsockname()[1]


@pytest.fixture(scope="module")
def lured(serve: Callable[..., Any], crawl: Callable[..., Any], full: int) -> tuple[Any, Any]:
    """A crawl that is led to private addresses in every way, beside a server that must not hear of it."""
    inner = serve({"/secret": ("keep", PAGE)})
    targets = {
        "/to-name": f"http://localhost:{inner.port}/secret",
        "/to-address": "http://169.254.169.254/latest",
        "/to-rebound": "http://rebound.example/rebound",
        "/to-file": "file:///etc/passwd",
    }
    answers = {
        path: ("keep", f"HTTP/1.1 302 Go\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n".encode()) for path, to in targets.items()
    }
    outer = serve(answers)
    with socket.create_server(("127.0.0.1", 0)) as closing:
        closed = closing.getsockname()[1]
    start = [f"http://127.0.0.1:{outer.port}{path}" for path in targets]
    start += ["http://localhost/by-name", "http://nowhere.invalid/lost", f"http://127.0.0.1:{closed}/closed"]
    start += ["https://rebound.example/over-tls", f"http://listed.example:{inner.port}/secret", "http://127.1/short"]
    start += [f"http://127.0.0.1:{full}/full", f"https://127.0.0.1:{outer.port}/no-tls", "http://hanging.example/hanging"]
    start += [f"http://someone@127.0.0.1:{outer.port}/someone"]
    allowed = f"127.0.0.1:{outer.port},127.0.0.1:{closed},127.0.0.1:{full},listed.example:{inner.port}"
    return inner, crawl([{"url": url} for url in start], DOWNLOAD_TIMEOUT=0.7, NEWSARCHIVE_ALLOW_PRIVATE=allowed)


@pytest.mark.parametrize("path", ["/latest", "/rebound", "/by-name", "/over-tls", "/short", "/someone"])
def test_a_private_address_is_not_connected_to(path: str, lured: tuple[Any, Any]) -> None:
    _, crawled = lured
    assert [miss["kind"] for miss in crawled.missed[path]] == ["guard"]
    assert crawled.failures[path] == "Blocked"
    assert path not in crawled.kept


def test_only_the_listed_name_led_to_the_private_server(lured: tuple[Any, Any]) -> None:
    inner, crawled = lured
    assert [b"Host: listed.example:" in heard for heard in inner.requests("/secret")] == [True]
    assert [kept["url"] for kept in crawled.kept["/secret"]] == [f"http://listed.example:{inner.port}/secret"]
    assert [miss["kind"] for miss in crawled.missed["/secret"]] == ["guard"]


def test_a_redirect_to_a_file_is_not_followed(lured: tuple[Any, Any]) -> None:
    assert lured[1].responses["/to-file"]["status"] == 302


@pytest.mark.parametrize(
    ("path", "kind", "error"),
    [
        ("/lost", "dns", "CannotResolveHostError"),
        ("/closed", "refused", "DownloadConnectionRefusedError"),
        ("/full", "timeout", "DownloadTimeoutError"),
        ("/no-tls", "timeout", "DownloadTimeoutError"),
        ("/hanging", "timeout", "DownloadTimeoutError"),
    ],
)
def test_an_address_that_cannot_be_reached_is_a_miss(path: str, kind: str, error: str, lured: tuple[Any, Any]) -> None:
    _, crawled = lured
    assert [miss["kind"] for miss in crawled.missed[path]] == [kind]
    assert crawled.failures[path] == error


def tls_server(serve: Callable[..., Any], certificate: Path, newest: ssl.TLSVersion) -> Any:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    context.maximum_version = newest
    return serve({"/page": ("keep", PAGE), "/open-ended": ("close", b"HTTP/1.0 200 OK\r\n\r\nhi")}, context)


def test_a_certificate_that_nobody_vouches_for_is_refused(
    serve: Callable[..., Any], crawl: Callable[..., Any], certificate: Path
) -> None:
    server = tls_server(serve, certificate, ssl.TLSVersion.TLSv1_3)
    crawled = crawl([{"url": f"https://localhost:{server.port}/page"}], NEWSARCHIVE_ALLOW_PRIVATE=f"localhost:{server.port}")
    assert crawled.kept == server.heard == {}
    [miss] = crawled.missed["/page"]
    assert (miss["kind"], miss["detail"]) == ("tls", "CertificateError: the certificate is refused: self-signed certificate")
    assert crawled.failures["/page"] == "DownloadFailedError"


@pytest.mark.parametrize(
    ("days", "why"), [(-9, "certificate has expired"), (9, "certificate is not yet valid or the system clock is incorrect")]
)
def test_a_trusted_certificate_holds_in_its_time_only(
    days: int, why: str, tmp_path: Path, serve: Callable[..., Any], crawl: Callable[..., Any]
) -> None:
    names = x509.SubjectAlternativeName([x509.DNSName("localhost")])
    dated = self_signed(tmp_path / "dated.pem", names, begins=timedelta(days=days))
    server = tls_server(serve, dated, ssl.TLSVersion.TLSv1_3)
    requests = [{"url": f"https://localhost:{server.port}/page"}]
    crawled = crawl(requests, {"SSL_CERT_FILE": str(dated)}, NEWSARCHIVE_ALLOW_PRIVATE=f"localhost:{server.port}")
    assert crawled.kept == server.heard == {}
    [miss] = crawled.missed["/page"]
    assert (miss["kind"], miss["detail"]) == ("tls", f"CertificateError: the certificate is refused: {why}")


def test_a_trusted_certificate_holds_for_its_own_host_only(
    serve: Callable[..., Any], crawl: Callable[..., Any], certificate: Path
) -> None:
    server = tls_server(serve, certificate, ssl.TLSVersion.TLSv1_3)
    requests = [
        {"url": f"https://{host}:{server.port}/{path}"} for host, path in (("localhost", "page"), ("other.example", "open-ended"))
    ]
    allowed = f"localhost:{server.port},other.example:{server.port}"
    crawled = crawl(requests, {"SSL_CERT_FILE": str(certificate)}, NEWSARCHIVE_ALLOW_PRIVATE=allowed)
    [kept] = crawled.kept["/page"]
    assert (kept["response"], kept["tls_verified"]) == (PAGE, True)
    [miss] = crawled.missed["/open-ended"]
    assert (miss["kind"], miss["detail"]) == ("tls", "CertificateError: the certificate is not for other.example")


def test_a_trusted_certificate_without_names_is_refused(
    serve: Callable[..., Any], crawl: Callable[..., Any], nameless_certificate: Path
) -> None:
    server = tls_server(serve, nameless_certificate, ssl.TLSVersion.TLSv1_3)
    requests = [{"url": f"https://localhost:{server.port}/page"}]
    trusted = {"SSL_CERT_FILE": str(nameless_certificate)}
    crawled = crawl(requests, trusted, NEWSARCHIVE_ALLOW_PRIVATE=f"localhost:{server.port}")
    assert crawled.kept == server.heard == {}
    [miss] = crawled.missed["/page"]
    assert (miss["kind"], "its names cannot be told" in miss["detail"]) == ("tls", True)


def test_without_verification_the_answer_is_kept_and_says_so(
    serve: Callable[..., Any], crawl: Callable[..., Any], certificate: Path
) -> None:
    servers = [tls_server(serve, certificate, newest) for newest in (ssl.TLSVersion.TLSv1_3, ssl.TLSVersion.TLSv1_2)]
    requests = [{"url": f"https://localhost:{server.port}/{path}"} for server in servers for path in ("page", "open-ended")]
    allowed = ",".join(f"localhost:{server.port}" for server in servers)
    crawled = crawl(requests, NEWSARCHIVE_ALLOW_PRIVATE=allowed, DOWNLOAD_VERIFY_CERTIFICATES=False)
    kept = sorted(crawled.kept["/page"], key=lambda row: row["protocol"], reverse=True)
    assert [row["response"] for row in kept] == [PAGE, PAGE]
    assert [row["tls_verified"] for row in kept] == [False, False]
    assert [row["protocol"] for row in kept] == [["http/1.1", "tls/1.3"], ["http/1.1", "tls/1.2"]]
    assert kept[0]["cipher_suite"].startswith("TLS_AES_")
    assert kept[1]["cipher_suite"].startswith("TLS_ECDHE_ECDSA_WITH_")
    assert {row["request"] for row in kept} == {raw for server in servers for raw in server.requests("/page")}
    assert [row["truncated"] for row in crawled.kept["/open-ended"]] == [None, None]
    assert "localhost" in crawled.responses["/page"]["certificate"]


def test_a_server_that_the_newspaper_excepts_is_not_verified_and_its_host_s_other_ports_are(
    serve: Callable[..., Any], crawl: Callable[..., Any], certificate: Path
) -> None:
    excepted, other = (tls_server(serve, certificate, ssl.TLSVersion.TLSv1_3) for _ in range(2))
    requests = [{"url": f"https://localhost:{port}/page"} for port in (excepted.port, other.port, excepted.port)]
    allowed = ",".join(f"localhost:{server.port}" for server in (excepted, other))
    crawled = crawl(requests, NEWSARCHIVE_ALLOW_PRIVATE=allowed, tls_exceptions=[f"localhost:{excepted.port}"])
    assert [row["tls_verified"] for row in crawled.kept["/page"]] == [False, False]
    assert [(miss["kind"], f":{other.port}/" in miss["url"]) for miss in crawled.missed["/page"]] == [("tls", True)]
    assert other.heard == {}


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl tells the names of the cipher suites")
def test_cipher_suites_bear_the_names_of_the_registry() -> None:
    lines = subprocess.run(["openssl", "ciphers", "-stdname"], capture_output=True, text=True, check=True).stdout.splitlines()
    pairs = [(line.split()[0], line.split()[2]) for line in lines]
    usual = [(standard, ours) for standard, ours in pairs if "PSK" not in standard and "SRP" not in standard]
    assert len(usual) > 20
    assert [iana_name(ours) for _, ours in usual] == [standard for standard, _ in usual]
    assert iana_name("PSK-NULL-SHA") is None


class Hesitant(ssl.SSLContext):
    """Lets a client in when it is told to."""

    go: threading.Event
    let_in: datetime

    def wrap_socket(self, sock: socket.socket, *rest: Any, **more: Any) -> ssl.SSLSocket:
        assert self.go.wait(30)
        self.let_in = datetime.now(UTC)
        return super().wrap_socket(sock, *rest, **more)


class Heard(dict[str, list[tuple[int, bytes]]]):
    """What a server hears, and word to another when it has heard the last."""

    def __init__(self, last: str, go: threading.Event) -> None:
        self._last, self._go = last, go

    def setdefault(self, path: str, default: Any = None) -> Any:
        if path == self._last:
            self._go.set()
        return super().setdefault(path, default)


def test_the_delay_counts_from_when_a_request_was_sent(
    serve: Callable[..., Any], crawl: Callable[..., Any], certificate: Path
) -> None:
    slow = Hesitant(ssl.PROTOCOL_TLS_SERVER)
    slow.load_cert_chain(certificate)
    slow.go = threading.Event()
    pages = {f"/{number}": ("keep", PAGE) for number in range(3)}
    server, beside = serve(pages, slow), serve(pages)
    beside.heard = Heard("/2", slow.go)  # after two delays: longer than one, so that Scrapy's own count is over
    requests = [{"url": f"https://localhost:{server.port}/{number}"} for number in range(2)]
    requests += [{"url": f"http://127.0.0.1:{beside.port}/{number}"} for number in range(3)]
    settings = {"DOWNLOAD_DELAY": 0.3, "DOWNLOAD_DELAY_JITTER": 0, "CONCURRENT_REQUESTS_PER_DOMAIN": 1}
    allowed = f"localhost:{server.port},127.0.0.1:{beside.port}"
    crawled = crawl(requests, NEWSARCHIVE_ALLOW_PRIVATE=allowed, DOWNLOAD_VERIFY_CERTIFICATES=False, **settings)
    rows = (row for path in ("/0", "/1") for row in crawled.kept[path] if row["url"].startswith("https"))
    first, second = (datetime.fromisoformat(row["began_at"]) for row in rows)
    assert second - slow.let_in >= timedelta(seconds=0.3)
    assert first < slow.let_in

"""When the machine fails, a crawl stops, says why in one line and by its exit code, and what was whole is kept."""

from __future__ import annotations

import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from newsarchive.demo.newspaper import Newspaper
from newsarchive.demo.server import serve
from newsarchive.errors import LittleSpace
from newsarchive.vault.room import check_room
from tests.conftest import PROJECT, crawl
from tests.killed import printed, select, shown


def start(folder: Path, url: str, *options: str, before: Callable[[], None] | None = None) -> subprocess.Popen[str]:
    """A crawl that is running."""
    settings = [
        f"NEWSARCHIVE_DIR={folder}",
        f"NEWSARCHIVE_ALLOW_PRIVATE={url.partition('://')[2].strip('/')}",
        "DOWNLOAD_DELAY=0",
    ]
    words = [word for setting in settings for word in ("-s", setting)]
    command = [sys.executable, "-m", "scrapy", "crawl", "news", "-a", f"url={url}", *words, *options]
    return subprocess.Popen(command, cwd=PROJECT, stderr=subprocess.PIPE, text=True, preexec_fn=before)


def test_a_catalogue_that_is_none_is_left_alone_and_told_of(tmp_path: Path) -> None:
    (tmp_path / "catalogue.db").write_bytes(b"not a database, whatever it may be" * 99)
    before = (tmp_path / "catalogue.db").read_bytes()
    done = crawl(tmp_path, "http://127.0.0.1:9/")
    assert done.returncode == 1
    assert "newsarchive rebuild" in done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "catalogue.db").read_bytes() == before


def test_a_folder_into_which_everybody_may_write_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    done = crawl(tmp_path, "http://127.0.0.1:9/")
    tmp_path.chmod(0o700)
    assert done.returncode == 1
    assert "everybody may write" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "catalogue.db").exists()


def test_a_file_that_may_not_grow_ends_the_crawl_which_goes_on_later(tmp_path: Path) -> None:
    """RLIMIT_FSIZE: whichever of WARC and catalogue comes to it first."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, 1_500_000))

    with printed() as press:
        assert press.crawl(tmp_path / "whole") == 0
        with start(tmp_path / "small", f"{press.served.url}/", before=limit) as process:
            assert process.stderr is not None
            errors = [line for line in process.stderr if "[newsarchive" in line and "ERROR" in line]
        assert process.returncode in (1, 28)
        assert len(errors) == 1
        assert select(tmp_path / "small", "SELECT finished_at, finish_reason FROM crawls") == [(None, None)]
        assert press.crawl(tmp_path / "small") == 0
    assert shown(tmp_path / "small") == shown(tmp_path / "whole")


def test_some_of_the_disk_stays_free(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = type("Usage", (), {"total": 10_000_000_000, "free": 90_000_000})
    monkeypatch.setattr("shutil.disk_usage", lambda folder: usage)  # a test cannot fill the disk it runs on
    with pytest.raises(LittleSpace, match="NEWSARCHIVE_FREE_BYTES"):
        check_room(tmp_path, 100_000_000)
    check_room(tmp_path, 80_000_000)
    usage.total = 1_000_000_000  # a twentieth of a small disk is enough
    check_room(tmp_path, 100_000_000)


def test_crawls_of_several_sites_share_a_catalogue(tmp_path: Path) -> None:
    with ExitStack() as stack:
        papers = [stack.enter_context(serve(Newspaper(now=datetime.now(UTC)))) for _ in range(3)]
        crawls = [stack.enter_context(start(tmp_path, f"{paper.url}/", "-a", "max_articles=5")) for paper in papers]
        logs = [process.communicate(timeout=120)[1] for process in crawls]
    assert [process.returncode for process in crawls] == [0, 0, 0], logs
    assert not [log for log in logs if "locked" in log]
    assert select(tmp_path, "SELECT count(*), count(finished_at) FROM crawls") == [(3, 3)]


@contextmanager
def answering(body: bytes) -> Iterator[str]:
    """A server that answers everything with this page, but for its robots.txt."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            content = b"" if self.path == "/robots.txt" else body
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_an_answer_that_cannot_be_written_down_is_asked_for_again(tmp_path: Path) -> None:
    """One that is large waits on the disk: where that is full, the answer would seem to have broken off."""
    page = b"<html><!--" + b"-" * 3_000_000 + b"--><p>It was a long day.</p></html>"  # next to nothing in a WARC

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000))

    with answering(page) as url:
        with start(tmp_path, url, before=limit) as process:
            log = process.communicate(timeout=120)[1]
        assert process.returncode == 28, log
        assert "no space left for" in log
        assert select(tmp_path, f"SELECT count(*) FROM captures WHERE url = '{url}'") == [(0,)]
        with start(tmp_path, url) as process:
            process.communicate(timeout=120)
    assert process.returncode == 0
    rows = select(tmp_path, f"SELECT status, truncated, payload_bytes FROM captures WHERE url = '{url}'")
    assert rows == [(200, None, len(page))]


@contextmanager
def stalling() -> Iterator[tuple[str, threading.Event]]:
    """A server that begins an answer and never ends it; the event says that it was asked."""
    asked, over = threading.Event(), threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(404 if self.path == "/robots.txt" else 200)
            self.send_header("Content-Length", "0" if self.path == "/robots.txt" else "1000")
            self.end_headers()
            if self.path != "/robots.txt":
                self.wfile.write(b"<p>It was")
                self.wfile.flush()
                asked.set()
                over.wait(60)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", asked
    finally:
        over.set()
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.mark.parametrize(("signals", "reason", "left_open"), [(1, "shutdown", 0), (2, None, 1)])
def test_a_signal_ends_a_crawl_although_its_server_stalls(
    signals: int, reason: str | None, left_open: int, tmp_path: Path
) -> None:
    with stalling() as (url, asked), start(tmp_path, url) as process:
        assert asked.wait(60)
        assert process.stderr is not None
        process.send_signal(signal.SIGINT)
        for line in process.stderr:
            if "Closing spider" in line:
                break
        if signals == 2:
            process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
    assert process.returncode == 143
    assert select(tmp_path, "SELECT finish_reason, finished_at FROM crawls") == [(reason, None)]
    assert len(list((tmp_path / "warc").glob("*.open"))) == left_open
    assert select(tmp_path, "SELECT count(*) FROM outcomes") == [(0,)]
    assert select(tmp_path, f"SELECT count(*) FROM captures WHERE url = '{url}'") == [(0,)]

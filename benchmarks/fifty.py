"""Fifty newspapers in one round: the demo newspaper on 127.0.1.1 to 127.0.1.50, one of them sick.

    .venv/bin/python benchmarks/fifty.py [--sites 50] [--delay 4] [--pages 79] [--port 8351]

The last site is sick: it answers 503, or resets the connection, in turn. Prints one JSON line: how the round ended; seconds;
shares of a core that the crawling process took, and it and its readers together; the load of the machine before and after; MiB of
memory, the most that the crawling process held, and the most that it and its readers held together (pages that they share count
once); and of the well sites, how long the gaps between two requests were, as ratios to the delay that was set: the least, the
median and the greatest of the sites' means and medians, as the servers saw them and as the crawl sent them (the dates of the
records).
"""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import statistics
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from contextlib import closing, suppress
from datetime import UTC, datetime
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any

import click

from newsarchive.demo.newspaper import Newspaper
from newsarchive.times import from_iso
from newsarchive.urls import site_id

PROJECT = Path(__file__).resolve().parent.parent
NEWSPAPER = """
from newsarchive.site import NewsSite

class Site(NewsSite):
    name = "{name}"
    start_urls = ["http://{host}/"]
"""


class Handler(BaseHTTPRequestHandler):
    """The newspaper, or a sick server; notes when it was asked."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1

    def __init__(self, newspaper: Newspaper | None, asked: list[float], *rest: Any) -> None:
        self.newspaper, self.asked = newspaper, asked
        super().__init__(*rest)

    def do_GET(self) -> None:
        """Answer."""
        self.asked.append(time.monotonic())
        if self.newspaper is None and len(self.asked) % 2:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
            self.connection.close()
            return
        if self.newspaper is None:
            self.send_response(503)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        status, headers, body = self.newspaper.respond(self.command, self.path, self.headers.items())
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def finish(self) -> None:
        """A connection that was reset has nothing to be flushed."""
        if not self.wfile.closed and self.connection.fileno() >= 0:
            super().finish()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """The crawl has hung up; that is its business."""


def descent(pid: int) -> list[int]:
    """A process and all that it started."""
    found, wanted = [], [pid]
    while wanted:
        found.append(wanted.pop())
        with suppress(OSError):
            for task in Path(f"/proc/{found[-1]}/task").iterdir():
                wanted += map(int, (task / "children").read_text().split())
    return found


def proportional(pid: int) -> float:
    """MiB that a process holds; its share of pages that others hold too."""
    with suppress(OSError, StopIteration):
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
        return int(next(line for line in rollup.splitlines() if line.startswith("Pss:")).split()[1]) / 1024
    return 0.0


def cpu_seconds(pid: int) -> float:
    """Seconds of CPU that a process took; proc(5), `stat`, fields 14 and 15."""
    with suppress(OSError):
        user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
    return 0.0


@click.command(help=__doc__)
@click.option("--sites", default=50)
@click.option("--delay", default=4.0)
@click.option("--pages", default=79, help="Requests to each site after which its crawl ends.")
@click.option("--port", default=8351)
@click.option("--keep", type=click.Path(path_type=Path, file_okay=False), help="Keep the archive in this folder.")
def main(sites: int, delay: float, pages: int, port: int, keep: Path | None) -> None:
    """Serve, crawl, measure."""
    asked: dict[str, list[float]] = defaultdict(list)
    newspaper = Newspaper(now=datetime.now(UTC))
    with tempfile.TemporaryDirectory(prefix="fifty-") as name:
        folder, hosts = Path(name), [f"127.0.1.{number}:{port}" for number in range(1, sites + 1)]
        (folder / "sites").mkdir()
        for number, host in enumerate(hosts, 1):
            handler = partial(Handler, None if number == sites else newspaper, asked[host])
            server = Server((host.partition(":")[0], port), handler)
            threading.Thread(target=server.serve_forever, daemon=True).start()
            (folder / "sites" / f"site{number:02}.py").write_text(NEWSPAPER.format(name=f"site{number:02}", host=host))
        before = os.getloadavg()[0]
        outcome = crawl(folder, keep or folder / "archive", hosts, delay, pages) | {"load": [before, os.getloadavg()[0]]}
        well = hosts[:-1]
        told = {"asked": gaps([asked[host] for host in well], delay), "sent": gaps(sent(keep or folder / "archive", well), delay)}
        click.echo(json.dumps(outcome | told | {"sick_requests": len(asked[hosts[-1]])}))


def crawl(folder: Path, archive: Path, hosts: list[str], delay: float, pages: int) -> dict[str, Any]:
    """One round over all of them, its end, its time, its CPU, its memory."""
    names = [f"site{number:02}" for number in range(1, len(hosts) + 1)]
    settings = [f"DOWNLOAD_DELAY={delay}", "DOWNLOAD_DELAY_JITTER=0", f"NEWSARCHIVE_ALLOW_PRIVATE={','.join(hosts)}"]
    settings += [f"NEWSARCHIVE_PAGES={pages}"]
    command = [sys.executable, "-m", "newsarchive.cli", "--dir", archive, "crawl", *names]
    command += [word for one in settings for word in ("-s", one)]
    environment = os.environ | {"NEWSARCHIVE_SITES": str(folder / "sites")}
    began, together = time.monotonic(), 0.0
    with subprocess.Popen(command, cwd=PROJECT, env=environment, stderr=subprocess.PIPE, text=True) as process:
        lines: list[str] = []
        reader = threading.Thread(target=lambda: lines.extend(process.stderr or ()), daemon=True)
        reader.start()
        most, used, used_by_one = 0.0, 0.0, 0.0
        while process.poll() is None:
            family = descent(process.pid)
            together = max(together, sum(map(proportional, family)))
            used, used_by_one = max(used, sum(map(cpu_seconds, family))), max(used_by_one, cpu_seconds(process.pid))
            status = Path(f"/proc/{process.pid}/status").read_text()
            most = max(most, *(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0.0)
            time.sleep(1)
        reader.join()
    seconds = time.monotonic() - began
    ends = [line.strip() for line in lines if ": begins" not in line]
    return {
        "exit_code": process.returncode,
        "whole": sum(": whole" in line for line in ends),
        "others": [line for line in ends if ": whole" not in line],
        "seconds": round(seconds),
        "cpu": [round(used_by_one / seconds, 2), round(used / seconds, 2)],
        "most_mib": round(most),
        "with_readers_mib": round(together),
    }


def sent(archive: Path, hosts: list[str]) -> list[list[float]]:
    """When the crawl sent its requests, by host."""
    with closing(sqlite3.connect(archive / "catalogue.db")) as connection:
        sql = "SELECT captured_at FROM captures WHERE site_id = ? ORDER BY captured_at"
        return [
            [from_iso(moment).timestamp() for (moment,) in connection.execute(sql, [site_id(f"http://{host}/")])]
            for host in hosts
        ]


def gaps(times: list[list[float]], delay: float) -> dict[str, Any]:
    """How the delay held."""
    of_sites = [[(later - before) / delay for before, later in pairwise(one)] for one in times if len(one) > 1]
    means, medians = (sorted(map(average, of_sites)) for average in (statistics.mean, statistics.median))
    every = [gap for one in of_sites for gap in one]
    return {
        "means": [round(means[at], 3) for at in (0, len(means) // 2, -1)],
        "medians": [round(medians[at], 3) for at in (0, len(medians) // 2, -1)],
        "shortest": round(min(every), 3),
        "below_0.95": sum(gap < 0.95 for gap in every),
        "above_1.05": sum(gap > 1.05 for gap in every),
        "all": len(every),
    }


if __name__ == "__main__":
    main()

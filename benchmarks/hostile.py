"""One crawl of a bad web with all its traps on, audited: ../shared/tools/hostile.py, which is not part of this project.

    ../shared/tools/netns_run.sh .venv/bin/python benchmarks/hostile.py

The script beside it gives an empty network namespace, so that nothing that a trap leads to leaves the machine. The cases' own
addresses are the start pages of one newspaper, whose every link is an article's. Prints the audit's findings and one JSON line:
seconds, exit code, good stories captured of thirty, and the most memory that any one process held, in MiB.
"""

from __future__ import annotations

import html
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from newsarchive.items import Profile
from newsarchive.reading.document import Document
from newsarchive.vault.kept import Kept
from newsarchive.vault.replay import read_warc

PROJECT = Path(__file__).resolve().parent.parent
NEWSPAPER = """
from newsarchive.site import NewsSite

class Herald(NewsSite):
    name = "herald"
    start_urls = {start_urls!r}
    article_urls = "."
"""


@click.command(help=__doc__)
@click.option("--tool", type=click.Path(path_type=Path), default=PROJECT.parent / "shared" / "tools" / "hostile.py")
@click.option("--port", default=8900)
@click.option("--seconds", default=1800, help="After this the crawl is stopped.")
@click.argument("scrapy_options", nargs=-1)
def main(tool: Path, port: int, seconds: int, scrapy_options: tuple[str, ...]) -> None:
    """Serve, crawl, audit."""
    if not tool.is_file():
        raise click.UsageError(f"{tool} is not here")
    asked = [sys.executable, str(tool), "expect", "--port", str(port), "--tls"]
    expected = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    with tempfile.TemporaryDirectory(prefix="hostile-") as name:
        folder = Path(name)
        (folder / "expect.json").write_text(expected)
        log = folder / "requests.jsonl"
        serve = [sys.executable, str(tool), "serve", "--port", str(port), "--log", str(log), "--tls", "--metadata"]
        with subprocess.Popen(serve, stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout is not None
            server.stdout.readline()  # it listens
            outcome = crawl(folder, json.loads(expected), seconds, scrapy_options)
            server.terminate()
        with (folder / "results.jsonl").open("w") as results:
            results.writelines(json.dumps(row) + "\n" for row in rows(folder / "archive"))
        audit = [sys.executable, str(tool), "audit", str(log), "--expect", str(folder / "expect.json")]
        subprocess.run([*audit, "--results", str(folder / "results.jsonl")], check=False)
        click.echo(json.dumps(outcome | {"stories": stories(folder / "archive", port)}))


def crawl(folder: Path, expected: dict[str, Any], seconds: int, options: tuple[str, ...]) -> dict[str, Any]:
    """Crawl all the cases at once; how it ended, how long it took, and what memory it took."""
    spiders = folder / "spiders_of_the_bench"
    spiders.mkdir()
    start_urls = [expected["base"], *(case["url"] for case in expected["cases"])]
    (spiders / "__init__.py").write_text(NEWSPAPER.format(start_urls=start_urls))
    settings = {
        "NEWSARCHIVE_DIR": folder / "archive",
        "NEWSARCHIVE_ALLOW_PRIVATE": ",".join(expected["allow"]),
        "SPIDER_MODULES": spiders.name,
        "DOWNLOAD_DELAY": 0,
        "LOG_FILE": folder / "crawl.log",
    }
    words = [word for name, value in settings.items() for word in ("-s", f"{name}={value}")]
    command = [sys.executable, "-m", "scrapy", "crawl", "herald", *words, *options]
    began, most = time.monotonic(), 0
    with subprocess.Popen(command, cwd=PROJECT, env=os.environ | {"PYTHONPATH": str(folder)}) as process:
        while process.poll() is None:
            most = max([most, *map(peak, family(process.pid))])
            time.sleep(0.2)
            if time.monotonic() - began > seconds:
                process.terminate()
    return {"seconds": round(time.monotonic() - began), "exit": process.returncode, "most_megabytes": most}


def family(process: int) -> Iterator[int]:
    """A process, its children, and theirs."""
    yield process
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return
    for child in children:
        yield from family(int(child))


def peak(process: int) -> int:
    """The most memory that a process ever held, in MiB (VmHWM); 0 where it is gone."""
    try:
        found = re.search(r"VmHWM:\s*(\d+) kB", Path(f"/proc/{process}/status").read_text())
    except OSError:
        return 0
    return int(found[1]) // 1024 if found else 0


def rows(archive: Path) -> Iterator[dict[str, Any]]:
    """What the crawl has to show of each address, as the audit wants it: from the WARC files, and from the outcomes."""
    for path in sorted((archive / "warc").iterdir()):
        for kept in read_warc(path):
            if isinstance(kept, Kept):
                text = Document(kept.page, Profile("bench")).text[:200_000]
                title = re.search(r"<title>(.*?)</title>", text, re.DOTALL)
                plain = html.unescape(re.sub(r"<[^>]*>", " ", text))
                capture = kept.capture
                told = {"url": capture.url, "status": capture.status, "error": None, "truncated": capture.truncated}
                yield told | {"bytes": capture.payload_bytes, "title": title[1] if title else "", "text": plain[:5000]}
    connection = sqlite3.connect(archive / "catalogue.db")
    for url, kind, detail in connection.execute("SELECT url, kind, detail FROM outcomes"):
        yield {"url": url, "status": None, "error": f"{kind}: {detail}", "truncated": None, "bytes": 0, "title": "", "text": ""}
    connection.close()


def stories(archive: Path, port: int) -> int:
    """How many of the thirty good stories were captured."""
    connection = sqlite3.connect(archive / "catalogue.db")
    sql = "SELECT count(DISTINCT url) FROM captures WHERE status = 200 AND url GLOB ?"
    found: int = connection.execute(sql, [f"http://127.0.0.1:{port}/news/*.html"]).fetchone()[0]
    connection.close()
    return found


if __name__ == "__main__":
    main()

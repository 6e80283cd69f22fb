"""`newsarchive ...`: what a person does with an archive, beside crawling (`scrapy crawl`)."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Column, Table

from newsarchive import __version__, settings
from newsarchive.errors import NewsArchiveError, UsageError
from newsarchive.items import Page, Profile, Reading
from newsarchive.reading import read, read_html
from newsarchive.text import clean_block, clean_line
from newsarchive.urls import canonical, url_key

EXAMPLES = """
\b
Examples:
  newsarchive demo                          crawl the built-in newspaper twice and look at what changed
  scrapy crawl news -a url=https://any.example/
  newsarchive sites                         what the archive holds
  newsarchive serve                         browse it with Datasette
  newsarchive read page.html --url https://any.example/2026/11/story/
  newsarchive rebuild                       make the catalogue again from the WARC files

The archive is the folder archive/ of the project, or what --dir or the environment variable NEWSARCHIVE_DIR names.
"""


_SITES = """
SELECT s.id, s.name,
       (SELECT count(*) FROM articles WHERE site_id = s.id),
       (SELECT count(*) FROM comments WHERE site_id = s.id),
       (SELECT count(*) FROM comments WHERE site_id = s.id AND status = 'deleted'),
       count(c.id), substr(max(c.started_at), 1, 16), c.finish_reason
FROM sites s LEFT JOIN crawls c ON c.site_id = s.id GROUP BY s.id ORDER BY s.id
"""


class _Group(click.Group):
    """Commands whose expected errors end in one line and an exit code, never in a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except UsageError as error:
            raise click.UsageError(str(error), ctx) from error
        except (NewsArchiveError, OSError, OverflowError) as error:
            raise click.ClickException(str(error)) from error
        except sqlite3.Error as error:
            raise click.ClickException(f"the catalogue cannot be used: {error}") from error


@click.group(cls=_Group, epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
@click.option("--dir", "folder", type=click.Path(path_type=Path, file_okay=False), help="The archive's folder.")
@click.pass_context
def main(ctx: click.Context, folder: Path | None) -> None:
    """Keep news articles and their readers' comments, byte for byte, and browse them."""
    os.umask(os.umask(0) | 0o027)
    ctx.obj = (Path.cwd() / folder).resolve() if folder else settings.archive_folder(vars(settings))


@main.command()
@click.option("--port", default=0, show_default="a free one", help="Where on 127.0.0.1 the demo newspaper is served.")
@click.pass_obj
def demo(folder: Path, port: int) -> None:
    """Crawl the built-in newspaper twice, and say what was found and what changed between the visits."""
    from newsarchive.demo.visit import visit_twice

    visit_twice(folder, port=port, console=Console())


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8001, show_default=True)
@click.option("--open", "open_browser", is_flag=True, help="Open a browser window.")
@click.pass_obj
def serve(folder: Path, host: str, port: int, open_browser: bool) -> None:
    """Browse the archive with Datasette, on this machine only unless --host says otherwise."""
    from newsarchive.explore.serve import serve as serve_datasette

    serve_datasette(folder, host=host, port=port, open_browser=open_browser)


@main.command()
@click.pass_obj
def sites(folder: Path) -> None:
    """List the sites of the archive: what is there of each, and when it was last crawled."""
    table = Table(
        *(Column(name, no_wrap=True) for name in ("site", "name", "articles", "comments", "deleted", "crawls", "last", "ended"))
    )
    for row in _catalogue(folder).execute(_SITES):
        table.add_row(*(clean_line(str("" if value is None else value)) for value in row))
    Console(width=None if sys.stdout.isatty() else 200).print(table)


@main.command("read")
@click.argument("what")
@click.option("--url", help="The address that a file was saved from.")
@click.option("--json", "as_json", is_flag=True, help="Print the reading as JSON.")
@click.pass_obj
def read_command(folder: Path, what: str, url: str | None, as_json: bool) -> None:
    """Show what is read from WHAT: an HTML file, an address in the archive (its newest capture), or a record id."""
    reading = _reading_of(folder, what, url)
    click.echo(json.dumps(asdict(reading), ensure_ascii=False, indent=2, default=_json_value) if as_json else _as_text(reading))


@main.command()
@click.option(
    "--into", type=click.Path(path_type=Path, dir_okay=False), help="Build this file instead, and leave the catalogue alone."
)
@click.pass_obj
def rebuild(folder: Path, into: Path | None) -> None:
    """Make the catalogue again from the WARC files alone."""
    from newsarchive.reading.pool import ReadingPool
    from newsarchive.vault.rebuild import rebuild as rebuild_catalogue

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("Reading", total=None)
        pool = ReadingPool.of(vars(settings))
        try:
            target = rebuild_catalogue(
                folder, pool, into=into, progress=lambda done, total: progress.update(task, completed=done, total=total)
            )
        finally:
            pool.close()
    click.echo(f"{target} holds what the WARC files say.")


def _catalogue(folder: Path) -> sqlite3.Connection:
    path = folder / "catalogue.db"
    if not path.exists():
        raise UsageError(f"{path} is not there yet: crawl something first (newsarchive demo, scrapy crawl news -a url=...)")
    return sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)


def _reading_of(folder: Path, what: str, url: str | None) -> Reading:
    if url and not canonical(url):
        raise UsageError(f"--url {url!r} is no http or https address")
    if Path(what).is_file():
        content = Path(what).read_bytes()
        if b"\x00" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise UsageError(f"{what} is no HTML file: it holds binary data")
        return read_html(content, url or Path(what).resolve().as_uri(), captured_at=datetime.now(UTC))
    page, profile = _captured(folder, what)
    return read(page, profile)


def _captured(folder: Path, what: str) -> tuple[Page, Profile]:
    """The page and profile of a record id, or of the newest readable capture of an address."""
    from newsarchive.vault.replay import CrawlInfo, page_at, read_warc
    from newsarchive.vault.warcfile import OPEN

    by_id = what.startswith("urn:uuid:")
    if not by_id and not canonical(what):
        raise UsageError(f"{what!r} is no file, no http address and no record id (urn:uuid:...)")
    where, value = ("id = ?", what) if by_id else ("url_key = ? AND status = 200", url_key(what))
    row = (
        _catalogue(folder)
        .execute(
            f"SELECT warc_id, warc_offset, warc_length FROM captures WHERE {where} ORDER BY captured_at DESC LIMIT 1", [value]
        )
        .fetchone()
    )
    if row is None:
        advice = "" if by_id else f"; to make one: scrapy crawl news -a url={what} -a max_articles=1"
        raise UsageError(f"the archive has no capture {'' if by_id else 'of '}{what}{advice}")
    closed = folder / "warc" / row[0]
    info = next(iter(read_warc(closed if closed.exists() else closed.with_name(closed.name + OPEN))))
    assert isinstance(info, CrawlInfo), "the first record of a file is its warcinfo"
    return page_at(folder / "warc", *row), Profile.from_json(json.loads(info.fields["newsarchive-profile"]))


def _json_value(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _as_text(reading: Reading) -> str:
    """The reading as a person reads it: head, text, thread, and where the page leads."""
    lines = [f"Read by: {', '.join(reading.readers) or 'no reader'}"]
    if reading.article:
        article = reading.article
        lines += ["", article.headline or "(no headline)", "=" * 60]
        lines += [f"{name}: {value}" for name, value in _head(article) if value]
        lines += ["", article.text or "(no text)"]
    if reading.thread:
        claimed = (
            "" if reading.thread.comment_count_reported is None else f" (the site claims {reading.thread.comment_count_reported})"
        )
        lines += [
            "",
            f"{len(reading.comments)} comments here{claimed}, thread {reading.thread.id}, {reading.thread.status}",
            "-" * 60,
        ]
    for comment in reading.comments:
        indent = "    " * (comment.depth or 0)
        lines += ["", f"{indent}{comment.author_name or '(no name)'} | {comment.date_created_raw or 'no date'}"]
        lines += [indent + line for line in (comment.text or "").splitlines()]
    lines += ["", f"Leads to {len(reading.follow)} addresses"] + [
        f"  {follow.purpose:9} {follow.url}" for follow in reading.follow
    ]
    return clean_block("\n".join(lines)) if not reading.comments else "\n".join(lines)


def _head(article: Any) -> list[tuple[str, Any]]:
    names = ("url", "date_published", "date_modified", "section", "in_language", "attribution", "thread_id")
    return [
        ("authors", ", ".join(article.authors)),
        ("tags", ", ".join(article.tags)),
        *((name, getattr(article, name)) for name in names),
    ]


if __name__ == "__main__":
    sys.exit(main(prog_name=os.environ.get("NEWSARCHIVE_PROG", "newsarchive")))

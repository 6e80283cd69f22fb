"""`newsarchive add`: a newspaper's file, made from a first look at it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, cast

import click

from newsarchive.errors import UsageError
from newsarchive.text import clean_line
from newsarchive.urls import canonical

if TYPE_CHECKING:
    from newsarchive.items import Profile
    from newsarchive.probing.facts import Facts
    from newsarchive.site import NewsSite


@click.command("add")
@click.argument("url")
@click.option("--name", help="What the newspaper is called; made from its host if left out.")
@click.option("-s", "settings", multiple=True, metavar="NAME=VALUE", help="A setting for the look, as `scrapy crawl` takes it.")
def add(url: str, name: str | None, settings: tuple[str, ...]) -> None:
    """Look at the newspaper at URL, and write its file, with an article and its comments as a test.

    The look is a small crawl (40 pages), under the same guard, robots.txt and delays as any other. What it found, and how the
    sample is read, is shown. Files go into the folder NEWSARCHIVE_SITES, if that is set.
    """
    from newsarchive.probing import files, fixture
    from newsarchive.probing.facts import facts_of
    from newsarchive.probing.look import look_at

    address = canonical(url)
    if not address:
        raise UsageError(f"{url!r} is no http or https address")
    wrong = [one for one in settings if "=" not in one]
    if wrong:
        raise UsageError(f"-s {wrong[0]!r}: NAME=VALUE is wanted")
    called = name or files.name_of(address)
    file, sample = files.places(called)
    warc, told = sample.with_name(f"{called}.warc.gz"), sample.with_name(f"{called}.json")
    with TemporaryDirectory(prefix="newsarchive-add-") as looked:
        click.echo(f"Looking at {address} ...")
        look_at(address, Path(looked), dict(one.split("=", 1) for one in settings))
        facts = facts_of(Path(looked), address)
        warc.parent.mkdir(parents=True, exist_ok=True)
        fixture.cut_out(Path(looked), facts.thread, facts.sample, warc)
    written = [warc]
    try:
        file.write_text(files.declaration(called, facts), encoding="utf-8")
        written.append(file)
        profile = _loaded(called)
        told.write_text(fixture.to_text(fixture.expected(warc, profile)), encoding="utf-8")
    except BaseException:  # an interrupt too: half of a newspaper's files is not left to look like all
        for one in written:
            with suppress(OSError):
                one.unlink()
        raise
    _show(facts, warc, profile)
    click.echo("\nWritten:" + "".join(f"\n  {path}" for path in (file, warc, told)))
    click.echo(f"Correct in {told.name} what was read wrongly: the test in tests/sites then shows the difference.")
    click.echo(f"To crawl: newsarchive crawl {called}")


def _loaded(name: str) -> Profile:
    """The profile that the new file declares, loaded as every command does it."""
    from scrapy.utils.project import get_project_settings

    from newsarchive.newspapers import Newspapers

    newspaper = cast("type[NewsSite]", Newspapers(get_project_settings()).load(name))
    return newspaper().profile()


def _show(facts: Facts, warc: Path, profile: Profile) -> None:
    """What was found, and the sample as `newsarchive read` shows it."""
    from newsarchive.cli.show import to_lines
    from newsarchive.reading import read
    from newsarchive.vault.kept import Kept
    from newsarchive.vault.replay import read_warc

    said = {
        "name": facts.title,
        "language": facts.in_language,
        "of comments": ", ".join(facts.languages),
        "country": facts.country,
        "time zone": facts.time_zone or "not sure: name it in the file if dates are written without an offset",
        "feeds": ", ".join(facts.feeds) or "none",
        "sitemaps": ", ".join(facts.sitemaps) or "none",
        "comments": ", ".join(facts.platforms) or "none found",
        "articles' addresses": facts.article_urls or "no pattern: they are told by their shape",
        "in the look": f"{facts.articles} articles, {facts.comments} comments",
    }
    for what, value in said.items():
        if value:
            click.echo(f"{what + ':':21}{clean_line(value)}")
    for found in read_warc(warc):
        if isinstance(found, Kept):
            click.echo("\n" + "#" * 60)
            click.echo("\n".join(to_lines(found.page, read(found.page, profile), None)))

"""How a crawl behaves towards a site: it says who asks, keeps to the hours, and does with `noarchive` what the operator sets."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from scrapy.settings import Settings

from newsarchive.demo.newspaper import Newspaper
from newsarchive.demo.server import serve
from newsarchive.errors import UsageError
from newsarchive.manners import check_contact
from newsarchive.site import NewsSite
from newsarchive.vault.replay import CrawlInfo, read_warc
from tests.conftest import PROJECT, connect, crawl
from tests.other_hours import not_now

OPERATOR = "Jane Doe, Example University <jane.doe@a.example>"
COUNTS = "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM comments), (SELECT sum(noarchive) FROM captures)"


class Listening(Newspaper):
    """Hears what the crawl says of itself, and asks that a section is not archived."""

    heard: list[dict[str, str]]
    tag: str | None = None

    def respond(self, method: str, target: str, headers: Iterable[tuple[str, str]]) -> tuple[int, list[tuple[str, str]], bytes]:
        fields = [*headers]
        self.heard.append({name.lower(): value for name, value in fields})
        status, answered, body = super().respond(method, target, fields)
        return status, [*answered, ("X-Robots-Tag", self.tag)] if self.tag and status == 200 else answered, body


def newspaper(tag: str | None = None) -> Listening:
    made = Listening(now=datetime.now(UTC))
    made.heard, made.tag = [], tag
    return made


def counts(folder: Path) -> tuple[int, int, int]:
    connection = connect(folder / "catalogue.db")
    found = tuple(connection.execute(COUNTS).fetchone())
    connection.close()
    return found  # type: ignore[return-value]


def test_nobody_is_asked_without_a_contact_address(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "scrapy", "crawl", "news", "-a", "url=https://gazette.example/"]
    options = ["-s", f"NEWSARCHIVE_DIR={tmp_path / 'archive'}", "-s", "NEWSARCHIVE_OPERATOR=Jane Doe"]
    done = subprocess.run([*command, *options], cwd=PROJECT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "NEWSARCHIVE_OPERATOR" in done.stderr
    assert "jane.doe@example.org" in done.stderr
    assert not (tmp_path / "archive").exists()


@pytest.mark.parametrize("url", ["http://127.0.1.7:8000/", "http://[::1]/", "http://localhost:8000/", "http://a.localhost/"])
def test_this_machine_may_be_asked_without_one(url: str) -> None:
    check_contact("not named", [url])
    with pytest.raises(UsageError):
        check_contact("not named", [url, "https://gazette.example/"])
    check_contact(OPERATOR, [url, "https://gazette.example/"])


def test_a_site_hears_who_asks_and_so_does_the_archive(tmp_path: Path) -> None:
    made = newspaper()
    said = {"OPERATOR": OPERATOR, "MANDATE": "legal deposit", "RETENTION": "ten years"}
    words = [word for name, value in said.items() for word in ("-s", f"NEWSARCHIVE_{name}={value}")]
    with serve(made) as served:
        assert crawl(tmp_path, f"{served.url}/", "-a", "max_articles=2", *words).returncode == 0
    assert {(one["from"], OPERATOR in one["user-agent"]) for one in made.heard} == {("jane.doe@a.example", True)}
    info = next(iter(read_warc(next((tmp_path / "warc").iterdir()))))
    assert isinstance(info, CrawlInfo)
    wanted = {
        "operator": OPERATOR,
        "description": "legal deposit",
        "retention": "ten years",
        "robots": "obey",
        "http-header-from": "jane.doe@a.example",
    }
    assert wanted.items() <= info.fields.items()


def test_a_newspapers_file_sets_its_own() -> None:
    class Gazette(NewsSite):
        name = "gazette"
        operator = OPERATOR
        mandate = "agreed with the publisher"
        robots = "ignore"
        hours = "22:00-06:00"

    settings = Settings({"NEWSARCHIVE_OPERATOR": "somebody", "NEWSARCHIVE_MANDATE": "by hand"}, priority="project")
    settings.set("NEWSARCHIVE_MANDATE", "by hand", "cmdline")
    Gazette.update_settings(settings)
    assert settings["NEWSARCHIVE_OPERATOR"] == OPERATOR
    assert settings["NEWSARCHIVE_MANDATE"] == "by hand"
    assert settings["NEWSARCHIVE_HOURS"] == "22:00-06:00"
    assert not settings.getbool("ROBOTSTXT_OBEY")
    Gazette.robots = "perhaps"
    with pytest.raises(UsageError, match="robots is wrong"):
        Gazette.update_settings(settings)
    with pytest.raises(UsageError, match="NEWSARCHIVE_HOURS"):
        Gazette(hours="")


def test_outside_of_its_hours_a_site_is_not_asked(tmp_path: Path) -> None:
    made = newspaper()
    with serve(made) as served:
        done = crawl(tmp_path, f"{served.url}/", "-s", f"NEWSARCHIVE_HOURS={not_now()}")
    assert done.returncode == 75
    assert "is asked at" in done.stderr
    assert made.heard == []


def test_a_crawl_ends_with_its_hours_and_the_next_one_goes_on(tmp_path: Path) -> None:
    made = newspaper()
    with serve(made) as served:
        evening = crawl(tmp_path, f"{served.url}/", "-s", f"EXTENSIONS={json.dumps({'tests.night_falls.NightFalls': 1})}")
        assert evening.returncode == 75, evening.stderr[-2000:]
        asked = len(made.heard)
        assert crawl(tmp_path, f"{served.url}/").returncode == 0
        paths = [path for _, path, _ in served.requests]
    assert 12 <= asked < len(paths)
    assert len(paths) == len(set(paths))
    connection = connect(tmp_path / "catalogue.db")
    assert [tuple(row) for row in connection.execute("SELECT finish_reason FROM crawls")] == [("finished",)]
    connection.close()


def test_noarchive_is_recorded_and_omitted_where_that_is_set(tmp_path: Path) -> None:
    with serve(newspaper("noarchive, nosnippet")) as served:
        for policy in ("record", "omit"):
            folder = tmp_path / policy
            words = ("-a", "max_articles=4", "-s", f"NEWSARCHIVE_NOARCHIVE={policy}")
            assert crawl(folder, f"{served.url}/", *words).returncode == 0
        wrong = crawl(tmp_path / "wrong", f"{served.url}/", "-s", "NEWSARCHIVE_NOARCHIVE=perhaps")
    assert wrong.returncode == 2
    articles, comments, marked = counts(tmp_path / "record")
    assert articles >= 4
    assert comments > 5
    assert marked > articles
    none, silent, marked = counts(tmp_path / "omit")
    assert (none, silent) == (0, 0)
    assert marked > 4  # the pages are kept, and say it; their links were followed
    assert _rebuilt(tmp_path / "omit") == counts(tmp_path / "omit")


def _rebuilt(folder: Path) -> tuple[int, int, int]:
    command = [sys.executable, "-m", "newsarchive.cli", "--dir", str(folder), "rebuild", "--workers", "1"]
    subprocess.run(command, cwd=PROJECT, capture_output=True, timeout=120, check=True)
    return counts(folder)

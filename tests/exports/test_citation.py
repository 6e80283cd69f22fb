"""Citations name who, what, where and when, and the record that proves it."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from newsarchive.catalogue import schema
from newsarchive.cli import main

RECORD = "urn:uuid:00000000-0000-4000-8000-000000000001"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    with closing(schema.prepare(str(tmp_path / "catalogue.db"))) as connection:
        connection.executescript(f"""
        INSERT INTO sites (id, name) VALUES ('s', 'The Gazette');
        INSERT INTO crawls (id, site_id, kind, started_at) VALUES ('k', 's', '', '');
        INSERT INTO warcs (id) VALUES ('w'); INSERT INTO threads (id, site_id, platform) VALUES ('t', 's', 'list');
        INSERT INTO captures (id, site_id, crawl_id, url, url_key, captured_at, record_type, purpose, warc_id, warc_offset,
            warc_length, payload_digest) VALUES
            ('{RECORD}', 's', 'k', 'http://s/', 's', '2026-11-28T06:05:04.123456Z', 'response', 'article', 'w',
            0, 0, 'sha1:ABC');
        INSERT INTO articles (id, site_id, url, headline, date_published, word_count, first_seen, last_seen, capture_id, digest)
            VALUES ('s:/a', 's', 'http://s.example/a_{{b}}', 'Rain & {{100%}} of_it \\ ~now', '2026-11-05T22:00:00Z', 2,
            '', '', '{RECORD}', '');
        INSERT INTO authors (id, site_id, name) VALUES ('x', 's', 'Jane Doe'), ('y', 's', 'Tino and Sons');
        INSERT INTO article_authors VALUES ('s:/a', 'y', 1), ('s:/a', 'x', 2);
        INSERT INTO comments (id, site_id, thread_id, article_id, author_name, text, date_created, date_created_precision,
            date_created_earliest, date_created_latest, status, platform, first_seen, last_seen, capture_id) VALUES
            ('s:list:1', 's', 't', 's:/a', 'Gogo', 'Line one' || char(10) || 'and {"more " * 30}', '2026-03-08T00:00:00Z',
             'month', '2026-03-08T00:00:00Z', '2026-04-07T00:00:00Z', 'live', 'list', '', '', '{RECORD}'),
            ('s:list:2', 's', 't', 's:/a', NULL, NULL, NULL, NULL, NULL, NULL, 'hidden', 'list', '', '', '{RECORD}');
        """)
    return tmp_path


def cite(archive: Path, what: str, style: str = "chicago") -> str:
    done = CliRunner().invoke(main, ["--dir", str(archive), "cite", what, "--style", style])
    assert done.exit_code == 0, done.output
    return done.output.rstrip("\n")


PROOF = f"Captured November 28, 2026, 06:05:04 UTC, WARC record {RECORD}, payload sha1:ABC."


def test_article_in_the_chicago_style(archive: Path) -> None:
    said = "Tino and Sons and Jane Doe, “Rain & {100%} of_it \\ ~now,” The Gazette, November 5, 2026, http://s.example/a_{b}."
    assert cite(archive, "s:/a") == f"{said} {PROOF}"


def test_comment_in_the_chicago_style(archive: Path) -> None:
    said = cite(archive, "s:list:1")
    assert said.startswith("Gogo, “Line one and more more")
    assert "more…,” comment on “Rain & {100%} of_it \\ ~now,” The Gazette, between March 8, 2026 and April 7, 2026, http" in said
    assert "\n" not in said
    assert cite(archive, "s:list:2").startswith("“(no words),” comment on “Rain & {100%} of_it \\ ~now,” The Gazette, n.d., http")


def test_bibtex_is_balanced_and_escaped(archive: Path) -> None:
    entry = cite(archive, "s:/a", "bibtex")
    assert entry.startswith("@misc{s-2026-11-05-00000001,\n  author = {{Tino and Sons} and {Jane Doe}},\n")
    assert (
        "title = {{Rain \\& \\textbraceleft{}100\\%\\textbraceright{} of\\_it \\textbackslash{} \\textasciitilde{}now}}" in entry
    )
    assert "year = {2026},\n  month = {11},\n  url = {http://s.example/a_%7Bb%7D},\n  urldate = {2026-11-28}," in entry
    assert entry.count("{") == entry.count("}")
    comment = cite(archive, "s:list:1", "bibtex")
    assert "  year" not in comment
    assert re.search(r"note = \{between March 8, 2026 and April 7, 2026\. Captured .* payload sha1:ABC\.\}", comment)


def test_what_is_not_there_is_told(archive: Path) -> None:
    with closing(sqlite3.connect(archive / "catalogue.db")) as connection:
        connection.execute("INSERT INTO commenters (id, site_id, name, identity) VALUES ('s:~gogo', 's', 'Gogo', 'nick')")
        connection.commit()
    for what, said in (("s:~gogo", "is a commenter"), ("nothing", "no id of an article")):
        done = CliRunner().invoke(main, ["--dir", str(archive), "cite", what])
        assert (done.exit_code, said in done.output) == (2, True)

"""The page as it was: opened from its WARC, shown under a policy that lets it do nothing, with its proof beside it."""

from __future__ import annotations

import asyncio
import gzip
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path

import httpx
import pytest
from datasette.app import Datasette
from datasette.utils import tilde_encode
from lxml import html
from warcio.archiveiterator import ArchiveIterator

from newsarchive.explore import captures
from newsarchive.explore.serve import explorer
from tests.explore.conftest import SEEN, make_catalogue
from tests.explore.kept import WARC, keep

STORY = "https://gazette.example/2026/11/story/"
GIF = b"GIF89a\x01\x00\x01\x00\x80\x00\x00" + bytes(3) + b"\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
OLD = b'<!doctype html><title>S</title><link rel=stylesheet href=/s.css><img src=/p.gif><p>Old <a href="/moved">m</a>'
XML = b"<?xml version='1.0'?><x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>"
PAGES: list[tuple[int, str, bytes, str, dict[str, object]]] = [
    (100, STORY, OLD, "text/html",
     {"fields": [("Set-Cookie", "a=b"), ("Content-Security-Policy", "default-src *"), ("X-Other", "<b>")]}),
    (101, STORY, b"<p>New", "text/html", {"at": "2026-11-07T06:30:00Z"}),
    (102, "https://gazette.example/s.css", b"p{color:red;background:url(p.gif)}", "text/css", {}),
    (103, "https://gazette.example/p.gif", GIF, "image/gif", {}),
    (104, "https://gazette.example/app.js", b"alert(1)", "text/javascript", {}),
    (105, "https://gazette.example/feed.xml", XML, "application/xml", {}),
    (106, "https://gazette.example/moved", b"", "text/html", {"status": 301, "fields": [("Location", STORY)]}),
    (107, "https://gazette.example/paper.pdf", b"%PDF-1.4", "application/pdf", {}),
    (108, "https://gazette.example/latin", "Café".encode("latin-1"), "text/html; charset=iso-8859-1", {}),
    (109, "https://gazette.example/deep", b"<div>" * 300_000, "text/html", {}),
    (110, "https://gazette.example/empty", b"", "text/html", {"status": 404}),
    (112, "https://gazette.example/map.svg", b"<svg><a href='https://else.example/'/></svg>", "image/svg+xml", {}),
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kept")
    make_catalogue(folder / "catalogue.db")
    with closing(sqlite3.connect(folder / "catalogue.db")) as db, db:
        for number, url, body, mime, more in PAGES:
            keep(db, folder, number, url, body, mime, **more)
        again = keep(db, folder, 111, STORY, b"", at="2026-11-08T06:30:00Z")
        db.execute("UPDATE captures SET record_type = 'revisit', revisit_of = ? WHERE id = ?", [name(101), again])
    return folder


@pytest.fixture(scope="module")
def archive(folder: Path) -> Iterator[Datasette]:
    instance = explorer(folder)
    yield instance
    for database in instance.databases.values():
        database.close()
    instance.executor.shutdown()


def name(number: int) -> str:
    return f"urn:uuid:00000000-0000-4000-8000-{number:012}"


def get(datasette: Datasette, path: str, **params: str) -> httpx.Response:
    response: httpx.Response = asyncio.run(datasette.client.get(path, params=params))
    return response


def of(kind: str, number: int) -> str:
    return f"/-/{kind}/{tilde_encode(name(number))}"


def test_a_page_is_shown_from_its_record_and_leads_to_the_archive(archive: Datasette) -> None:
    answer = get(archive, of("replay", 100))
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    tree = html.fromstring(answer.content)
    assert tree.xpath("string(//p)") == "Old m"
    prefix = "/-/replay/at?time=2026-11-05T06%3A30%3A00Z&url=https%3A%2F%2Fgazette.example%2F"
    assert [str(one) for one in tree.xpath("//@href | //@src")] == [prefix + end for end in ("s.css", "p.gif&as=part", "moved")]


def test_no_archived_header_is_sent_on_and_the_policy_lets_it_only_show(archive: Datasette) -> None:
    for number, *_ in PAGES:
        headers = get(archive, of("replay", number)).headers
        policy = headers["content-security-policy"]
        assert policy.startswith("sandbox; default-src 'none'; img-src localhost/-/replay/ data:; ")
        assert "script" not in policy
        assert "allow-" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert not {"set-cookie", "x-other", "location"} & set(headers)


@pytest.mark.parametrize(
    ("number", "mime", "content"),
    [
        (102, "text/css; charset=utf-8", "p{color:red;background:url(\"/-/replay/at?"),
        (104, "text/plain; charset=utf-8", "alert(1)"),
        (105, "text/plain; charset=utf-8", "<?xml"),
        (107, "application/octet-stream", "%PDF-1.4"),
        (108, "text/html; charset=utf-8", "<html><head></head><body>Café"),
        (109, "text/html; charset=utf-8", "<!DOCTYPE html><html lang=\"en\"><title>Archive</title>"),
        (110, "text/html; charset=utf-8", "<!DOCTYPE html><html lang=\"en\"><title>Archive</title>"),
    ],
)  # fmt: skip
def test_what_kind_of_thing_is_shown_as_what(archive: Datasette, number: int, mime: str, content: str) -> None:
    answer = get(archive, of("replay", number))
    assert answer.headers["content-type"] == mime
    assert answer.content.decode("utf-8").startswith(content)
    assert ("content-disposition" in answer.headers) == (number == 107)


def test_a_picture_goes_out_as_it_is(archive: Datasette) -> None:
    answer = get(archive, of("replay", 103))
    assert (answer.content, answer.headers["content-type"]) == (GIF, "image/gif")
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"


def test_an_svg_is_a_picture_and_no_page(archive: Datasette) -> None:
    alone = get(archive, of("replay", 112))
    nearest = get(archive, "/-/replay/at", time=SEEN, url="https://gazette.example/map.svg")
    for answer in (alone, nearest):
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        (picture,) = html.fromstring(answer.content).xpath("//*[@href or @src]")
        assert picture.tag == "img"
        shown = asyncio.run(archive.client.get(picture.get("src")))
        assert (shown.content, shown.headers["content-type"]) == (PAGES[-1][2], "image/svg+xml")


@pytest.mark.parametrize(
    ("time", "words"),
    [("2020-01-01T00:00:00Z", "Old"), (SEEN, "Old"), ("2026-11-07T00:00:00Z", "New"), ("2030-01-01T00:00:00Z", "New")],
)
def test_a_link_leads_to_the_capture_nearest_in_time(archive: Datasette, time: str, words: str) -> None:
    assert f"<p>{words}" in get(archive, "/-/replay/at", time=time, url=STORY).text
    assert f"<p>{words}" in get(archive, "/-/replay/at", time=time, url="http://www.gazette.example/moved").text


def test_what_the_archive_has_not_is_said(archive: Datasette) -> None:
    for url, time in (("https://else.example/<b>", SEEN), ("", SEEN), (STORY, "x' OR 1")):
        answer = get(archive, "/-/replay/at", time=time, url=url)
        assert answer.status_code == 404
        assert "<b>" not in answer.text
        assert answer.headers["content-security-policy"].startswith("sandbox;")


def test_a_revisit_shows_what_it_refers_to(archive: Datasette) -> None:
    assert "New" in get(archive, of("replay", 111)).text
    page = get(archive, of("capture", 111)).text
    assert of("capture", 101) in page
    assert "nothing had changed" in " ".join(page.split())


def test_beside_it_stands_what_was_kept(archive: Datasette) -> None:
    tree = html.fromstring(get(archive, of("capture", 100)).text)
    words = " ".join(tree.text_content().split())
    assert "status 200 · text/html" in words
    assert name(100) in words
    assert "its bytes are those of its digests" in words
    assert "<b>" in [cell.text for cell in tree.cssselect(".headers td")]
    frame = tree.cssselect("iframe")[0]
    assert (frame.get("sandbox"), frame.get("src")) == ("", of("replay", 100))
    listed = [a.get("href") for a in tree.cssselect("#timeline a")]
    assert listed == [of("capture", number) for number in (111, 101, 100)]


def test_of_many_captures_the_nearest_in_time_are_listed(archive: Datasette, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(captures, "MOST_LISTED", 1)
    tree = html.fromstring(get(archive, of("capture", 100)).text)
    everything, *listed = [a.get("href") for a in tree.cssselect("#timeline a")]
    assert listed == [of("capture", number) for number in (101, 100)]
    assert everything.startswith("/catalogue/captures?url_key=")


def test_the_record_can_be_taken_away_byte_for_byte(archive: Datasette, folder: Path) -> None:
    answer = get(archive, of("record", 100))
    assert answer.headers["content-disposition"] == 'attachment; filename="00000000-0000-4000-8000-000000000100.warc.gz"'
    assert (folder / "warc" / WARC).read_bytes().startswith(answer.content)
    record = next(iter(ArchiveIterator(BytesIO(answer.content))))
    assert record.rec_headers["WARC-Record-ID"] == f"<{name(100)}>"
    assert b"Old" in gzip.decompress(answer.content)


def test_damage_is_said_and_breaks_nothing(tmp_path: Path) -> None:
    make_catalogue(tmp_path / "catalogue.db")
    with closing(sqlite3.connect(tmp_path / "catalogue.db")) as db, db:
        keep(db, tmp_path, 100, STORY, b"<p>Old")
    file = tmp_path / "warc" / WARC
    file.write_bytes(file.read_bytes()[:-20])
    instance = explorer(tmp_path)
    assert "Damaged" in get(instance, of("capture", 100)).text
    assert get(instance, of("replay", 100)).status_code == 500
    assert get(instance, of("record", 100)).status_code == 500
    for path in (of("capture", 1), of("replay", 1)):  # its file is not there at all
        assert get(instance, path).status_code in {200, 500}
    for database in instance.databases.values():
        database.close()
    instance.executor.shutdown()

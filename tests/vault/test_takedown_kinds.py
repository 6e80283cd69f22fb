"""What may be taken down, and how: an article, a comment, a nick; restricted, lifted, refused; cut off and carried on."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from newsarchive.cli import main
from newsarchive.errors import UsageError
from newsarchive.reading.comments.wordpress_rest import PARENTS
from newsarchive.reading.pool import ReadingPool
from newsarchive.vault.rebuild import rebuild
from newsarchive.vault.verify.findings import Finding
from newsarchive.vault.verify.run import verify
from tests.conftest import PROJECT
from tests.vault.small_archive import SAID, answer, answers, page, visit
from tests.vault.test_rebuild import Board, rows
from tests.vault.test_takedown import payloads, query, squeezed

CASE = ("--case", "7", "--reason", "erasure request")
NURSE, BRIDGE = SAID[0][2], SAID[3][2]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two crawls of the thread."""
    folder = tmp_path_factory.mktemp("small")
    for edition in ("first", "second"):
        visit(folder, answers(edition=edition))
    assert len(query(folder, "SELECT * FROM comments")) == len(SAID)
    return folder


@pytest.fixture
def folder(archive: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(archive, tmp_path / "archive"))


def forget(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["--dir", str(folder), "forget", *words])


def texts(folder: Path) -> dict[str, str]:
    return {row["id"]: row["text"] for row in query(folder, "SELECT id, text FROM comments")}


def in_how_many(folder: Path, text: str) -> int:
    return sum(squeezed(text) in said for _, said in payloads(folder))


def assert_whole(folder: Path, tmp_path: Path) -> None:
    """Nothing wrong with files and rows, and a rebuild gives the same rows."""
    findings: list[Finding] = []
    verify(folder, report=findings.append)
    assert findings == []
    pool = ReadingPool(workers=1, seconds=30, megabytes=2048)
    try:
        rebuilt = rebuild(folder, pool, into=tmp_path / "again.db")
    finally:
        pool.close()
    kept, again = rows(folder / "catalogue.db"), rows(rebuilt)
    for table in kept:
        assert kept[table] ^ again[table] == set(), table


def test_a_comment_goes_from_every_framing_and_coding(folder: Path, tmp_path: Path) -> None:
    assert in_how_many(folder, BRIDGE) == 14
    done = forget(folder, "gazette-example:wordpress:11", *CASE, "--yes")
    assert done.exit_code == 0, done.output
    assert in_how_many(folder, BRIDGE) == 0
    assert texts(folder) == {f"gazette-example:wordpress:{n}": text for n, _, text in SAID if n != 11}
    assert len(query(folder, "SELECT * FROM takedown_captures")) == 14
    assert_whole(folder, tmp_path)


@pytest.mark.parametrize("coding", ["br", "zstd"])
def test_a_comment_goes_from_codings_that_nobody_asked_for(coding: str, tmp_path: Path) -> None:
    folder, story = tmp_path / "archive", page(SAID)
    visit(folder, [(f"/2026/10/a-bridge/?{n}", answer(story, coding=coding, chunked=bool(n))) for n in range(2)])
    assert (in_how_many(folder, BRIDGE), len(texts(folder))) == (2, len(SAID))
    assert forget(folder, "gazette-example:wordpress:11", *CASE, "--yes").exit_code == 0
    assert in_how_many(folder, BRIDGE) == 0
    assert texts(folder) == {f"gazette-example:wordpress:{n}": text for n, _, text in SAID if n != 11}
    assert_whole(folder, tmp_path)


def test_a_quotation_stays_its_writers_and_is_told(folder: Path, tmp_path: Path) -> None:
    shown = forget(folder, "gazette-example:wordpress:7", *CASE)
    assert "1 comments of others quote it" in shown.output
    assert "gazette-example:wordpress:12" in shown.output
    assert "Nothing was changed" in shown.output
    assert len(texts(folder)) == len(SAID)
    assert query(folder, "SELECT * FROM takedowns") == []
    forget(folder, "gazette-example:wordpress:7", *CASE, "--yes")
    assert texts(folder)["gazette-example:wordpress:12"] == SAID[4][2]
    assert in_how_many(folder, NURSE) == 12  # nobody reads the feed, so there it went
    forget(folder, "gazette-example:wordpress:12", *CASE, "--yes")
    assert in_how_many(folder, NURSE) == 0
    assert_whole(folder, tmp_path)


def test_equal_words_of_somebody_else_stay(folder: Path, tmp_path: Path) -> None:
    forget(folder, "gazette-example:~gogo moyo", *CASE, "--yes")
    assert texts(folder) == {f"gazette-example:wordpress:{n}": text for n, name, text in SAID if name != "Gogo Moyo"}
    assert in_how_many(folder, "Thanks!") == 12  # nobody reads the feed, so there they went
    assert in_how_many(folder, "By: Gogo Moyo") == 0
    assert in_how_many(folder, "Reply to Gogo Moyo") == 0
    assert in_how_many(folder, "Gogo Moyo is right") == 12
    assert_whole(folder, tmp_path)


def test_a_later_visit_shows_it_again_to_nobody(folder: Path, tmp_path: Path) -> None:
    new = "And now they want to build another one, says my neighbour's cousin in the council."
    forget(folder, "gazette-example:~..", *CASE, "--yes")
    visit(folder, answers((*SAID, (14, "..", new))))
    assert in_how_many(folder, BRIDGE) == 0
    assert in_how_many(folder, new) == 0
    assert not {"gazette-example:wordpress:11", "gazette-example:wordpress:14"} & texts(folder).keys()
    assert_whole(folder, tmp_path)


def test_what_revisits_show_goes_with_the_page_that_they_refer_to(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    for _ in range(2):
        visit(folder, answers())
    revisits = query(folder, "SELECT id FROM captures WHERE record_type = 'revisit'")
    assert len(revisits) == 7  # the feed is too small for one
    assert forget(folder, "gazette-example:wordpress:11", *CASE, "--yes").exit_code == 0
    assert in_how_many(folder, BRIDGE) == 0
    assert_whole(folder, tmp_path)
    visit(folder, answers())
    assert in_how_many(folder, BRIDGE) == 0
    assert texts(folder) == {f"gazette-example:wordpress:{n}": text for n, _, text in SAID if n != 11}
    (tmp_path / "later").mkdir()
    assert_whole(folder, tmp_path / "later")


def test_an_article_goes_and_its_readers_stay(folder: Path, tmp_path: Path) -> None:
    done = forget(folder, "https://gazette.example/2026/10/a-mayor/", *CASE, "--yes")
    assert done.exit_code == 0, done.output
    assert in_how_many(folder, "A mayor without a car") == 0
    assert [row["headline"] for row in query(folder, "SELECT headline FROM articles")] == ["A bridge without a river"]
    forget(folder, query(folder, "SELECT id FROM articles")[0]["id"], *CASE, "--yes")
    assert in_how_many(folder, "talked about the bridge over the river") == 0
    assert query(folder, "SELECT * FROM articles") == []
    assert len(texts(folder)) == len(SAID)
    visit(folder, answers())
    assert query(folder, "SELECT * FROM articles") == []
    assert in_how_many(folder, "talked about the bridge over the river") == 0
    assert_whole(folder, tmp_path)


def test_what_is_restricted_is_hidden_and_comes_back(folder: Path, tmp_path: Path) -> None:
    before = {path.name: path.read_bytes() for path in (folder / "warc").iterdir()}
    shown = texts(folder)
    assert forget(folder, "gazette-example:wordpress:11", *CASE, "--restrict", "--yes").exit_code == 0
    assert "gazette-example:wordpress:11" not in texts(folder)
    assert {name: (folder / "warc" / name).read_bytes() for name in before} == before
    visit(folder, answers(edition="third"))
    assert "gazette-example:wordpress:11" not in texts(folder)
    assert in_how_many(folder, BRIDGE) == 21
    assert_whole(folder, tmp_path)
    assert forget(folder, "--lift", "--case", "8").exit_code == 2
    assert forget(folder, "--lift", "--case", "7").exit_code == 0
    pool = ReadingPool(workers=1, seconds=30, megabytes=2048)
    rebuild(folder, pool)
    pool.close()
    assert texts(folder) == shown


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (("..",), "gazette-example:~.."),
        (("gogo moyo",), "2 comments"),
        (("nobody",), "no id of an article"),
        (("https://gazette.example/nowhere/",), "knows no article of the address"),
        ((), "name what is to be taken down"),
    ],
)
def test_what_is_not_one_thing_is_refused(archive: Path, what: tuple[str, ...], said: str) -> None:
    done = forget(archive, *what, *CASE, "--yes")
    assert done.exit_code == 2
    assert said in done.output
    assert query(archive, "SELECT * FROM takedowns") == []


def test_without_its_key_the_archive_takes_nothing_in(folder: Path) -> None:
    forget(folder, "gazette-example:wordpress:11", *CASE, "--yes")
    (folder / "takedown.key").unlink()
    with pytest.raises(UsageError, match=r"takedown\.key is missing"):
        visit(folder, answers())
    pool = ReadingPool(workers=1, seconds=30, megabytes=2048)
    with pytest.raises(UsageError, match=r"takedown\.key is missing"):
        rebuild(folder, pool)
    pool.close()


def test_what_an_interrupted_crawl_saw_goes_too(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    said = [("Rudo", "4 days ago", "Build it"), ("Tendai Moyo", "5 days ago", "The bridge is old"), ("Tino", "6 days ago", "No")]
    new = ("Tendai Moyo", "1 hour ago", "And nobody mends it, as I have said for years")
    path = "/2026/11/the-bridge/"
    visit(folder, [(path, answer(Board.article(said).encode()))])
    visit(folder, [(path, answer(Board.article([new, *said[:2]]).encode()))], interrupted=True)
    assert len(query(folder, "SELECT * FROM observations")) == 3
    done = forget(folder, "gazette-example:~tendai moyo", *CASE, "--yes")
    assert done.exit_code == 0, done.output
    assert len(query(folder, "SELECT * FROM observations")) == 1
    assert in_how_many(folder, new[2]) == in_how_many(folder, "The bridge is old") == 0
    visit(folder, [(path, answer(Board.article([new, *said[:2]]).encode(), coding="gzip"))])
    assert {row["text"] for row in query(folder, "SELECT text FROM comments")} == {"Build it", "No"}
    assert in_how_many(folder, new[2]) == 0
    assert_whole(folder, tmp_path)


def test_damage_is_told_and_what_stands_around_it_is_done(folder: Path) -> None:
    first = query(folder, "SELECT warc_id, warc_offset FROM captures ORDER BY warc_id, warc_offset LIMIT 1")[0]
    path = folder / "warc" / first["warc_id"]
    content = bytearray(path.read_bytes())
    content[first["warc_offset"] + 200] ^= 0xFF
    path.write_bytes(content)
    done = forget(folder, "gazette-example:wordpress:11", *CASE, "--yes")
    assert done.exit_code == 0, done.output
    assert "1 places in the files are damaged, and could not be searched" in done.output
    assert path.name in done.output
    assert "words were blanked in 13 captures" in done.output


CUT = """
import os, sys
from pathlib import Path
left = [int(sys.argv[1])]
def dying(name, owner):
    whole = getattr(owner, name)
    def step(*args, **kwargs):
        left[0] -= 1
        if left[0] == 0:
            os._exit(9)
        return whole(*args, **kwargs)
    setattr(owner, name, step)
for name in ("fsync", "fdatasync", "replace", "rename", "open", "write"):
    dying(name, os)
from newsarchive.catalogue import removal, schema
from newsarchive.vault.takedown import notes
dying("scour", removal), dying("remove", removal), dying("transaction", schema), dying("write", notes)
from newsarchive.cli import main
main(["--dir", sys.argv[2], "forget", "gazette-example:wordpress:11", "--case", "7", "--reason", "x", "--yes"])
"""


def test_a_takedown_that_is_cut_off_anywhere_is_carried_on(archive: Path, tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(PROJECT)}
    cut = 0
    for step in range(1, 400, 7):
        folder = Path(shutil.copytree(archive, tmp_path / f"cut-{step}"))
        command = [sys.executable, "-c", CUT, str(step), str(folder)]
        code = subprocess.run(command, env=environment, capture_output=True, timeout=60, check=False).returncode
        if code == 0:
            break
        assert code == 9
        cut += 1
        ordered = bool(query(folder, "SELECT name FROM sqlite_master WHERE name = 'takedowns'"))
        again = forget(folder, "gazette-example:wordpress:11", *CASE, "--yes")
        assert again.exit_code == 0 or (ordered and "is no id" in again.output), again.output
        assert in_how_many(folder, BRIDGE) == 0
        assert not list((folder / "warc").glob("*.blanked"))
        assert_whole(folder, folder)
    assert cut > 3


def test_replies_stand_as_deep_as_before(tmp_path: Path) -> None:
    """The page shows them side by side, and only the site's list of parents tells."""
    parents = [{"id": 7, "parent": 0}, {"id": 8, "parent": 7}, {"id": 9, "parent": 8}, {"id": 11, "parent": 9}]
    route = f"/wp-json/wp/v2/comments?post=41&per_page=100&_fields={PARENTS}&page=1"
    said = [one for one in SAID if one[0] in {7, 8, 9, 11}]
    visits = [("/2026/10/a-bridge/", answer(page(said))), (route, answer(json.dumps(parents).encode(), mime="application/json"))]
    folder = tmp_path / "archive"
    visit(folder, visits)
    depths = "SELECT depth FROM comments ORDER BY position"
    assert [row["depth"] for row in query(folder, depths)] == [0, 1, 2, 3]
    assert forget(folder, "gazette-example:wordpress:8", "--case", "1", "--reason", "x", "--yes").exit_code == 0
    assert [row["depth"] for row in query(folder, depths)] == [0, 2, 3]
    visit(folder, visits)
    assert [row["depth"] for row in query(folder, depths)] == [0, 2, 3]
    assert_whole(folder, tmp_path)


def test_the_place_of_what_a_later_crawl_learns_to_be_gone_is_not_kept(tmp_path: Path) -> None:
    """A list of numbers that comes first does not say who wrote what; a rebuild knows it by then."""
    folder = tmp_path / "archive"
    visit(folder, [("/2026/10/a-bridge/", answer(page(SAID)))])
    assert forget(folder, "gazette-example:~..", *CASE, "--yes").exit_code == 0
    later = (*SAID, (14, "..", "And who is to pay for all of it, if not the people of this town?"))
    numbers = json.dumps([{"id": one, "parent": 0} for one, _, _ in later]).encode()
    route = f"/wp-json/wp/v2/comments?post=41&per_page=100&_fields={PARENTS}&page=1"
    visit(folder, [(route, answer(numbers, mime="application/json")), ("/2026/10/a-bridge/", answer(page(later, edition="2")))])
    assert_whole(folder, tmp_path)

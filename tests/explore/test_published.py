"""A database made for the public is served alone, under any name: for reading, without what only the archive itself can show."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner
from datasette.utils import tilde_encode

from newsarchive.cli import main
from newsarchive.errors import UsageError
from newsarchive.explore.serve import explorer
from tests.conftest import PROJECT
from tests.vault.small_archive import answers, visit

COMMENT = tilde_encode("gazette-example:wordpress:8")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    visit(folder, answers()[:1])
    return folder


@pytest.fixture(scope="module")
def database(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published database, where nobody may write."""
    path = tmp_path_factory.mktemp("public") / "gazette in public.db"
    done = CliRunner().invoke(main, ["--dir", str(archive), "publish", str(path)])
    assert done.exit_code == 0, done.output
    path.chmod(0o444)
    path.parent.chmod(0o555)
    return path


@pytest.fixture(scope="module")
def served(database: Path) -> Iterator[httpx.Client]:
    """`newsarchive serve OUT.db --public`, with no archive on the machine."""
    missing = str(database.parent / "none")
    command = [sys.executable, "-m", "newsarchive.cli", "--dir", missing, "serve", str(database), "--public", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=PROJECT) as process:
        assert process.stdout
        address = process.stdout.readline().partition(" at ")[2].split(" ")[0]
        try:
            with httpx.Client(base_url=address, timeout=30) as client:
                yield client
        finally:
            process.terminate()


def linked(page: str) -> list[str]:
    return re.findall(r'href="(/[^"#]*)', page.replace("&amp;", "&"))


def test_reader_view_search_and_questions_answer(served: httpx.Client) -> None:
    article = served.get("/catalogue/articles.json?_shape=array").json()[0]["id"]
    page = served.get(f"/-/article/{tilde_encode(article)}").text
    assert "The council met on Monday" in page
    assert "Better than none" in page
    assert "Tendai" not in page  # who has a pseudonym
    assert "Better than none" in served.get(f"/-/comment/{COMMENT}").text
    assert "mayor" in served.get("/-/search?q=ambulance").text
    assert served.get("/catalogue.json?sql=select+1").status_code == 403
    assert "How it is" not in served.get("/").text  # crawls' numbers are not published: nobody can tell


def test_every_link_of_the_pages_answers(served: httpx.Client) -> None:
    found = {"/", f"/-/comment/{COMMENT}"}
    for path in ("/", "/catalogue/articles", f"/-/comment/{COMMENT}", *linked(served.get("/catalogue/articles").text)):
        found |= {one for one in linked(served.get(path).text) if "/static" not in one}
    assert any(one.startswith("/-/capture/") for one in found)
    assert any(one.startswith("/-/article/") for one in found)
    assert not any(one.startswith(("/-/replay/", "/-/record/", "/-/evidence/")) for one in found)
    assert {one: status for one in sorted(found) if (status := served.get(one).status_code) != 200} == {}


def test_proof_stands_without_the_page(served: httpx.Client) -> None:
    capture = served.get("/catalogue/captures.json?_shape=array").json()[0]
    page = served.get(f"/-/capture/{tilde_encode(capture['id'])}").text
    assert capture["payload_digest"] in page
    assert "<iframe" not in page
    for kind, key in (("replay", capture["id"]), ("record", capture["id"]), ("evidence", "gazette-example:wordpress:8")):
        answer = served.get(f"/-/{kind}/{tilde_encode(key)}")
        assert answer.status_code == 404
        assert "made for the public" in answer.text


def test_the_working_catalogue_is_not_taken_for_one(archive: Path) -> None:
    for path in (archive / "catalogue.db", archive / "manifest.jsonl"):
        with pytest.raises(UsageError, match="is no database that `newsarchive publish` made"):
            explorer(path)

"""The evidence button: the bundle of the command, under a safe name, checked by its own script; nothing that is taken down."""

from __future__ import annotations

import asyncio
import io
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner
from datasette.app import Datasette
from datasette.utils import tilde_encode
from lxml import html

from newsarchive.cli import main
from newsarchive.explore.serve import explorer
from tests.explore.conftest import opened
from tests.vault.small_archive import SAID, answer, answers, page, visit

COMMENT = "gazette-example:wordpress:8"
RIVER = "gazette-example:wordpress:11"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    visit(tmp_path, answers()[:1])
    return tmp_path


@pytest.fixture
def datasette(folder: Path) -> Iterator[Datasette]:
    with opened(explorer(folder)) as instance:
        yield instance


def get(datasette: Datasette, path: str) -> httpx.Response:
    response: httpx.Response = asyncio.run(datasette.client.get(path))
    return response


def restrict(folder: Path, what: str) -> None:
    words = ["--dir", str(folder), "forget", what, "--case", "3", "--reason", "under review", "--restrict", "--yes"]
    assert CliRunner().invoke(main, words).exit_code == 0


def buttons(datasette: Datasette, path: str) -> list[str]:
    return [str(one) for one in html.fromstring(get(datasette, path).text).xpath("//a[text()='Download the evidence']/@href")]


def test_the_button_gives_a_bundle_that_checks_itself(datasette: Datasette, tmp_path: Path) -> None:
    article = get(datasette, "/catalogue/articles.json?_shape=array").json()[0]["id"]
    for kind, key, name in (("comment", COMMENT, "gazette-example-wordpress-8"), ("article", article, "gazette-example-")):
        (link,) = buttons(datasette, f"/-/{kind}/{tilde_encode(key)}")
        answered = get(datasette, link)
        assert answered.headers["content-type"] == "application/zip"
        assert answered.headers["content-disposition"].startswith(f'attachment; filename="evidence-{name}')
        target = tmp_path / f"bundle-{kind}"
        zipfile.ZipFile(io.BytesIO(answered.content)).extractall(target)
        done = subprocess.run([sys.executable, "-I", "check.py"], cwd=target, capture_output=True, text=True, check=False)
        assert (done.returncode, "All digests are right." in done.stdout) == (0, True)


def test_what_is_taken_down_is_refused(datasette: Datasette, folder: Path) -> None:
    restrict(folder, RIVER)
    assert get(datasette, f"/-/evidence/{tilde_encode(RIVER)}").status_code == 404
    refused = get(datasette, f"/-/evidence/{tilde_encode(COMMENT)}")
    assert (refused.status_code, "also shows what was taken down" in refused.text) == (403, True)


def test_pages_that_show_what_is_restricted_stay_out(datasette: Datasette, folder: Path) -> None:
    visit(folder, [("/2026/10/a-bridge/", answer(page([one for one in SAID if one[0] != 11])))])
    restrict(folder, RIVER)
    answered = get(datasette, f"/-/evidence/{tilde_encode(COMMENT)}")
    assert answered.status_code == 200
    with zipfile.ZipFile(io.BytesIO(answered.content)) as packed:
        assert b'"left_out": 1' in packed.read("evidence.json")
        assert all(b"a river where no bridge is" not in packed.read(name) for name in packed.namelist())


def test_unknown_things_are_not_found(datasette: Datasette) -> None:
    for key in ("nothing", "gazette-example:~tendai", "https://gazette.example/2026/10/a-bridge/"):
        assert get(datasette, f"/-/evidence/{tilde_encode(key)}").status_code == 404

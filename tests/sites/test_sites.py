"""Each newspaper's fixture is read as its JSON file says; `newsarchive add` writes both, and a person corrects the second.

Those of NEWSARCHIVE_SITES are read, too, where it is set.
"""

from __future__ import annotations

import json
from difflib import unified_diff
from pathlib import Path
from typing import cast

import pytest
from scrapy.utils.project import get_project_settings

from newsarchive.newspapers import Newspapers
from newsarchive.probing.fixture import expected, to_text
from newsarchive.settings import sites_folder
from newsarchive.site import NewsSite

FOLDERS = [Path(__file__).parent, *filter(None, [sites_folder()])]
FIXTURES = sorted(path for folder in FOLDERS for path in folder.glob("*.json"))


@pytest.mark.skipif(not FIXTURES, reason="no newspaper has a fixture yet")
@pytest.mark.parametrize("told", FIXTURES, ids=lambda path: path.stem)
def test_a_newspaper_is_read_as_a_person_says(told: Path) -> None:
    newspaper = cast("type[NewsSite]", Newspapers(get_project_settings()).load(told.stem))
    found = to_text(expected(told.with_suffix(".warc.gz"), newspaper().profile()))
    wanted = to_text(json.loads(told.read_text("utf-8")))
    difference = unified_diff(wanted.splitlines(), found.splitlines(), str(told), "as it is read", lineterm="")
    assert found == wanted, "\n".join(difference)

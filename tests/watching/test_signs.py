"""What stands in a newspaper's place, and what only looks like it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from newsarchive.items import Follow, Profile, Reading
from newsarchive.reading import html_page, read
from newsarchive.watching.signs import sign_of

URL = "https://gazette.example/2026/11/rain/"
GUARDED = "<script>window._cf_chl_opt = {}; /* /cdn-cgi/challenge-platform/ */</script>"
LONG = "<p>" + "The river rose by a metre in the night, and the bridge at the mill was closed. " * 6 + "</p>"


def sign(html: str, **headers: str) -> str | None:
    page = html_page(f"<html>{html}</html>", URL, datetime.now(UTC))
    page = replace(page, headers=(*page.headers, *((name.replace("_", "-"), value) for name, value in headers.items())))
    return sign_of(page, read(page, Profile(site="gazette-example")))


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        (f"<head><title>Just a moment...</title></head><body>{GUARDED}</body>", "challenge"),
        ("<head><title>Access denied</title></head><body>Error 1020</body>", "challenge"),
        ('<body><script src="/_Incapsula_Resource?SWJIYLWA=1"></script></body>', "challenge"),
        ("<body><h1>This domain is for sale</h1></body>", "parked"),
        ("<body><h1>Welcome to nginx!</h1></body>", "parked"),
        ("<body></body>", "empty"),
        ("<body><div id=root></div><script>var state = {text: 'a long text that is none'}</script></body>", "empty"),
        ("<body><h1>Nothing was found for the words that you have looked for</h1></body>", None),
    ],
)
def test_a_page_in_a_newspapers_place(html: str, wanted: str | None) -> None:
    assert sign(html) == wanted


def test_headers_of_a_defence() -> None:
    assert sign("<p>Wait</p>", cf_mitigated="challenge") == "challenge"
    assert sign("<p>Wait</p>", x_amzn_waf_action="captcha") == "challenge"


def test_an_honest_page_may_hold_the_scripts_of_a_defence() -> None:
    assert sign(f"<head><title>Rain</title>{GUARDED}</head><body><article><h1>Rain</h1>{LONG}</article></body>") is None
    front = html_page(f"<html><body>{GUARDED}</body></html>", URL, datetime.now(UTC))
    assert sign_of(front, Reading(follow=(Follow(URL, "article"),))) is None

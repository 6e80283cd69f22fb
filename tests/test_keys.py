"""Keys: put in on the wire, to their own host only, and absent from what is kept of a request."""

import pytest

from newsarchive.errors import UsageError
from newsarchive.keys import Keys, placeholder

KEYS = Keys.parse("disqus=Ab.C-1_23~x, coral@talk.gazette.example:8443=4f1e99aa")
ASKED = f"https://disqus.com/list?api_key={placeholder('disqus')}"
TALK = "https://talk.gazette.example:8443/api/graphql"


def test_a_request_is_filled_and_hidden_again() -> None:
    sent = KEYS.fill(ASKED, ASKED.encode())
    assert sent == b"https://disqus.com/list?api_key=Ab.C-1_23~x"
    assert KEYS.hide(sent) == ASKED.encode()
    assert KEYS.fill(TALK, placeholder("coral").encode()) == b"4f1e99aa"


@pytest.mark.parametrize(
    "host", ["evil.example", "disqus.com.evil.example", "www.disqus.com", "disqus.com:8443", "disqus.com@evil.example"]
)
def test_a_key_goes_to_no_other_host(host: str) -> None:
    """Any page may write a placeholder into a link; only its own host gets the key."""
    url = f"https://{host}/{placeholder('disqus')}/{placeholder('coral')}"
    assert KEYS.fill(url, url.encode()) == url.encode()
    assert KEYS.missing(url) == "disqus"


def test_a_name_is_not_part_of_a_longer_one() -> None:
    assert KEYS.fill(ASKED, b"newsarchive-key-disqus2") == b"newsarchive-key-disqus2"


def test_a_missing_key_is_named() -> None:
    assert KEYS.missing(TALK, b"", placeholder("vuukle")) == "vuukle"
    assert KEYS.missing(TALK, f'{{"id": "{placeholder("coral")}"}}'.encode()) is None
    assert KEYS.missing(ASKED, b"{}") is None


@pytest.mark.parametrize("text", ["disqus", "Disqus=abcdefgh", "disqus=ab cd efg", "disqus=short", "=abcdefgh", "coral=abcdefgh"])
def test_a_slip_is_told_without_the_key(text: str) -> None:
    with pytest.raises(UsageError) as told:
        Keys.parse(f"disqus=4f1e99aa, {text}")
    assert "NEWSARCHIVE_KEYS" in str(told.value)
    assert text.partition("=")[2] not in str(told.value) or not text.partition("=")[2]

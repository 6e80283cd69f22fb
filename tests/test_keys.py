"""Keys: put in on the wire, absent from every record."""

import pytest

from newsarchive.errors import UsageError
from newsarchive.keys import Keys, placeholder

KEYS = Keys.parse("disqus=Ab.C-1_23~x, coral=4f1e99aa")


def test_a_request_is_filled_and_hidden_again() -> None:
    asked = f"https://disqus.example/list?api_key={placeholder('disqus')}&q={placeholder('coral')}".encode()
    sent = KEYS.fill(asked)
    assert sent == b"https://disqus.example/list?api_key=Ab.C-1_23~x&q=4f1e99aa"
    assert KEYS.hide(sent) == asked


def test_a_name_is_not_part_of_a_longer_one() -> None:
    assert KEYS.fill(b"newsarchive-key-disqus2") == b"newsarchive-key-disqus2"


def test_a_missing_key_is_named() -> None:
    assert KEYS.missing("https://a.example/", b"", placeholder("vuukle")) == "vuukle"
    assert KEYS.missing(f"https://a.example/?k={placeholder('coral')}", b"{}") is None


@pytest.mark.parametrize("text", ["disqus", "Disqus=abcdefgh", "disqus=ab cd efg", "disqus=short", "=abcdefgh"])
def test_a_slip_is_told_without_the_key(text: str) -> None:
    with pytest.raises(UsageError) as told:
        Keys.parse(f"coral=4f1e99aa, {text}")
    assert "NEWSARCHIVE_KEYS" in str(told.value)
    assert text.partition("=")[2] not in str(told.value) or not text.partition("=")[2]

"""The quick look lets no page go by that holds a passage, and most others."""

from __future__ import annotations

import json
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsarchive.vault.takedown.passages import Passages
from newsarchive.vault.takedown.row import Passage
from newsarchive.vault.takedown.sieve import Sieve

SIGNS = st.text(st.sampled_from("abcdefghij Tendai.,!?'\"&<>éüßñжд中😂-…"), min_size=1, max_size=90).filter(str.strip)


def in_every_form(text: str) -> list[bytes]:
    html = escape(text)
    numbered = "".join(f"&#{ord(sign)};" if not sign.isascii() else escape(sign) for sign in text)
    forms = [html, numbered, json.dumps(text), json.dumps(text, ensure_ascii=False), escape(html)]
    return [f"<p>And <b>{form}</b> too</p>".encode() for form in forms]


@settings(deadline=None)
@given(SIGNS)
def test_what_would_be_found_is_let_through(text: str) -> None:
    sieve = Sieve([text], beginning=28, part=48)
    passages = Passages([Passage(text)])
    passages._sieve = Sieve(["<"], beginning=28, part=48)  # every page passes, so that the finder decides alone
    for body in in_every_form(text):
        if passages.find(body):
            assert sieve.may_hold(body), body


@pytest.mark.parametrize("text", ["The council met on Friday and nobody came", "Thanks a lot, Tendai!", "Дождь идёт"])
def test_other_pages_go_by(text: str) -> None:
    sieve = Sieve([text], beginning=28, part=48)
    assert not sieve.may_hold(b"<p>Somebody wrote something else on a Monday, and thanked the council for its patience.</p>")

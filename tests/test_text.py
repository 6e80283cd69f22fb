"""The one cleaner."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.text import clean, clean_block, clean_line, fold

ANY = st.text(alphabet=st.characters(codec=None), max_size=80)


@given(ANY)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    for cleaner in (clean, clean_line, clean_block, fold):
        assert cleaner(cleaner(text)) == cleaner(text)


@given(st.text(alphabet="a\u0301\u0323\u0344\u0308\u202a\u3099\ufffe", min_size=30, max_size=200))
def test_piles_of_marks_are_cut_once(text: str) -> None:
    for cleaner in (clean, clean_line, clean_block, fold):
        assert cleaner(cleaner(text)) == cleaner(text)
    assert "\u0301" * 31 not in clean(text)


@pytest.mark.parametrize("at", range(20))
def test_piles_anywhere(at: int) -> None:
    assert clean("é" * at + "\u0344" * 16 + "b" * at) == "é" * at + "\u0308\u0301" * 15 + "b" * at


def test_thirty_marks_on_a_letter_stay() -> None:
    assert clean("x" + "\u0323" * 30) == "x" + "\u0323" * 30
    assert clean("x" + "\u0323" * 40 + "q" + "\u0323" * 2) == "x" + "\u0323" * 30 + "q" + "\u0323" * 2
    assert clean("—" * 50 + "😂" * 50) == "—" * 50 + "😂" * 50


@given(ANY)
def test_what_is_clean_can_be_stored_and_shown(text: str) -> None:
    cleaned = clean(text)
    connection = sqlite3.connect(":memory:")
    assert connection.execute("SELECT ?", [cleaned]).fetchone()[0] == cleaned
    connection.close()
    assert not set(cleaned) & {"\x00", "\x1b", "\u202e", "\u2066", "\x85", "\r"}


def test_words_emoji_and_scripts_stay() -> None:
    for text in ("Jah🇿🇼Tsvarie-07", "👨‍👩‍👧‍👦 Family", "محمد", "نمی‌خواهم", "Žižek", "ⓢⓣⓨⓛⓔ"):
        assert clean_line(text) == text


def test_blocks_keep_paragraphs_and_lose_the_rest() -> None:
    assert clean_block("  one  two \r\n\r\n\r\n\r\n three\t4 ") == "one two\n\nthree 4"

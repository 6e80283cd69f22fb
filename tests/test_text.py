"""The one cleaner."""

from __future__ import annotations

import sqlite3

from hypothesis import given
from hypothesis import strategies as st

from newsarchive.text import clean, clean_block, clean_line, fold

ANY = st.text(alphabet=st.characters(codec=None), max_size=80)


@given(ANY)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    for cleaner in (clean, clean_line, clean_block, fold):
        assert cleaner(cleaner(text)) == cleaner(text)


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

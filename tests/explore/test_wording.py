"""Two wordings compared: both can be read out of the pieces, whatever they are, and only what changed is marked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newsarchive.explore.wording import Piece, compare

WORDS = st.text(st.sampled_from("ab \n.é"), max_size=60)


def test_only_the_changed_words_are_marked() -> None:
    before, after = "Rain came.\n\nTwo people died on Monday.", "Rain came.\n\nThree people died on Monday."
    assert compare(before, after) == [
        Piece("kept", "Rain came.\n\n"),
        Piece("removed", "Two"),
        Piece("added", "Three"),
        Piece("kept", " people died on Monday."),
    ]


@given(WORDS, WORDS)
def test_both_wordings_can_be_read(before: str, after: str) -> None:
    pieces = compare(before, after)
    assert "".join(piece.text for piece in pieces if piece.change != "added") == before
    assert "".join(piece.text for piece in pieces if piece.change != "removed") == after
    assert all(piece.text for piece in pieces)


def test_long_texts_without_anything_in_common_are_not_compared_word_by_word() -> None:
    pieces = compare("yes no " * 50_000 + ".", "left right " * 50_000 + ".")
    assert [piece.change for piece in pieces] == ["removed", "added"]


def test_changes_parted_by_a_space_are_one() -> None:
    assert compare("The last six minutes were played.", "United have said that they will play.") == [
        Piece("removed", "The last six minutes were played"),
        Piece("added", "United have said that they will play"),
        Piece("kept", "."),
    ]

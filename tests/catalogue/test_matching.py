"""Comments without numbers, rule by rule: what was known, what the pages of a visit show, and which is which."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from newsarchive.catalogue.identity import Known, ShownPage, settle
from newsarchive.catalogue.remark import GONE, Remark
from newsarchive.catalogue.remark import remark as of_fields
from newsarchive.times import parse_age

HOUR = 3600.0
Told = str | tuple[str, float] | Remark  # "name words", with the hours at which it begins to have been written within the hour


def remark(told: Told) -> Remark:
    if isinstance(told, Remark):
        return told
    said, hours = told if isinstance(told, tuple) else (told, None)
    name, _, text = said.partition(" ")
    span = None if hours is None else (hours * HOUR, (hours + 1) * HOUR)
    return Remark(name, text, span, told=span)


def hidden(name: str, hours: float | None = None) -> Remark:
    """A placeholder."""
    return replace(remark(name if hours is None else (name, hours)), text=GONE, hidden=True)


def which(known: list[Told], *pages: list[Told], claimed: int | None = None, seen: float | None = None) -> list[list[int | str]]:
    """For each page the numbers (from 1) of the known comments that it shows; "a", "b" are new ones."""
    before = [
        Known(str(number), replace(remark(one), seen=None if seen is None else seen * HOUR))
        for number, one in enumerate(known, 1)
    ]
    shown = [ShownPage(f"https://a.example/{at}", tuple(map(remark, page)), claimed) for at, page in enumerate(pages)]
    ids = settle("~", "t", before, shown)
    new = list(dict.fromkeys(one for page in ids for one in page if one[0] == "~"))
    return [[int(one) if one[0] != "~" else "abcdefgh"[new.index(one)] for one in page] for page in ids]


SAME_WORDS: dict[str, tuple[list[Told], list[Told], list[int | str]]] = {
    "they move": (["Ann one", "Ben two", "Cat three"], ["Cat three", "Ann one", "Ben two"], [3, 1, 2]),
    "one is new": (["Ann one", "Ben two"], ["Dan four", "Ann one", "Ben two"], ["a", 1, 2]),
    "equals stand where they stood": (["Ann +1", "Ben two", "Ann +1"], ["Ann +1", "Ben two"], [1, 2]),
    "equals are told apart by their ages": ([("Ann +1", 9), ("Ann +1", 5)], [("Ann +1", 5)], [2]),
    "another age is another comment": ([("Ann +1", 1)], [("Ann +1", 90)], ["a"]),
    "a page waited in a cache": ([("Ann one", 5)], [("Ann one", 6.1)], [1]),
    "two are said again, each after another time": (
        [("Ann one", 5), ("Ben two", 3)],
        [("Ann one", 15), ("Ben two", 16)],
        ["a", "b"],
    ),
    "the site counts its hours anew": ([("Ann one", 5), ("Ben two", 3)], [("Ann one", 15), ("Ben two", 13)], [1, 2]),
}


@pytest.mark.parametrize("case", SAME_WORDS)
def test_the_same_words(case: str) -> None:
    known, page, expected = SAME_WORDS[case]
    assert which(known, page) == [expected]


def test_what_was_written_after_the_known_one_was_seen_is_another() -> None:
    month = Remark("Ann", "+1", (0, 700 * HOUR))
    assert which([month], [("Ann +1", 705)], seen=699) == [["a"]]
    assert which([month], [("Ann +1", 705)], seen=710) == [[1]]


@pytest.mark.parametrize("days", [90, 92, 119])
def test_months_of_any_length_are_told_by_their_words(days: int) -> None:
    now = datetime(2027, 4, 30, 12, tzinfo=UTC)
    age = parse_age("3 months ago", at=now)
    told = of_fields("Ann", "+1", age.earliest, age.latest, precision=age.precision).told
    assert told is not None
    assert told[0] <= (now - timedelta(days=days)).timestamp() <= told[1] < age.latest.timestamp()


EDITS: dict[str, tuple[list[Told], list[Told], list[int | str]]] = {
    "between two neighbours": (["Ann one", "Ben two", "Cat three"], ["Ann one", "Ben 2", "Cat three"], [1, 2, 3]),
    "at an end, by its age": ([("Ann one", 5), ("Ben two", 3)], [("Ann one", 5), ("Ben 2", 3)], [1, 2]),
    "at an end, of no age": (["Ann one", "Ben two"], ["Ann one", "Ben 2"], [1, "a"]),
    "of another age": ([("Ann one", 5), ("Ben two", 3)], [("Ann one", 5), ("Ben 2", 90)], [1, "a"]),
    "at an end, of an age that is not its own": (
        [("Ann one", 900), Remark("Ben", "two", (0, 700 * HOUR))], [("Ann one", 900), ("Ben 2", 705)], [1, "a"]),
    "it has moved, and is old, but not as old": (
        [("Ann one", 5), Remark("Ben", "two", (0, 80 * HOUR)), ("Cat 3", 1)], [("Ann one", 5), ("Cat 3", 1), ("Ben 2", 100)],
        [1, 3, "a"]),
    "of two candidates": (["Ann one", "Ben two", "Ben 2", "Cat 3"], ["Ann one", "Ben zwei", "Cat 3"], [1, "a", 4]),
    "of as many candidates as were there": (
        ["Ann one", "Ben two", "Ben 2", "Cat 3"], ["Ann one", "Ben zwei", "Ben deux", "Cat 3"], [1, 2, 3, 4]),
    "of as many, at an end": ([("Ann one", 5), ("Ben 2", 3), ("Ben 3", 3)], [("Ann one", 5), ("Ben b", 3), ("Ben c", 3)],
        [1, "a", "b"]),
    "it tells equals apart": ([("Ann +1", 9), ("Ben two", 9), ("Ann +1", 9)], [("Ann +1", 9), ("Ben 2", 9)], [1, 2]),
    "it has moved, and is old": (
        [("Ann one", 5), ("Ben two", 3), ("Cat 3", 1)], [("Ann one", 5), ("Cat 3", 1), ("Ben 2", 3)], [1, 3, 2]),
    "the neighbour before it has moved": (
        [("Ann one", 5), ("Ben two", 300), ("Cat 3", 1)], [("Ben 2", 300), ("Cat 3", 1), ("Ann one", 5)], [2, 3, 1]),
    "the other end comes first": ([("Ann one", 5), ("Ben two", 3), ("Cat 3", 1)], [("Cat 3", 1), ("Ben 2", 3), ("Ann one", 5)],
        [3, 2, 1]),
    "the other end comes first, and no age tells": (
        ["Ann one", "Ben two", "Cat 3", "Dan 4"], ["Dan 4", "Cat three", "Ben two", "Ann one"], [4, 3, 2, 1]),
    "with another name": (["Ann one", "Ben two", "Cat three"], ["Ann one", "Bob two", "Cat three"], [1, 2, 3]),
    "with another name, of another age": ([("Ann one", 5), ("Ben two", 3)], [("Ann one", 5), ("Bob two", 90)], [1, "a"]),
    "all guests have another name": ([("Guest one", 5), ("Guest two", 3)], [("Anon one", 5), ("Anon two", 3)], [1, 2]),
    "a placeholder with its name": ([("Ann one", 5), ("Ben two", 3)], [("Ann one", 5), hidden("Ben", 3)], [1, 2]),
    "a placeholder without": (["Ann one", "Ben two", "Cat three"], ["Ann one", hidden(""), "Cat three"], [1, 2, 3]),
    "a placeholder stays one": (
        ["Ann one", replace(remark("Ben two"), hidden=True), "Cat 3"], [hidden("Ben"), "Ann one", "Cat 3"], [2, 1, 3]),
}  # fmt: skip


@pytest.mark.parametrize("case", EDITS)
def test_other_words(case: str) -> None:
    known, page, expected = EDITS[case]
    assert which(known, page, seen=200 if "old" in case else None) == [expected]


PAGES: dict[str, tuple[list[Told], list[list[Told]], int | None, list[list[int | str]]]] = {
    "the end comes again": ([], [["Ann one", "Ben two"], ["Ben two", "Cat 3"]], None, [["a", "b"], ["b", "c"]]),
    "a page comes again": ([], [["Ann +1", "Ann +1"], ["Cat 3"], ["Ann +1", "Ann +1"]], None, [["a", "b"], ["c"], ["a", "b"]]),
    "a page shows part of another": (
        [], [["Ann one", "Ben two", "Cat 3", "Dan 4"], ["Ben two", "Cat 3"]], None, [["a", "b", "c", "d"], ["b", "c"]]),
    "an edit in what comes again": (
        [], [["Ann one", "Ben two", "Cat 3"], ["Ann one", "Ben 2", "Cat 3", "Dan 4"]], None,
        [["a", "b", "c"], ["a", "b", "c", "d"]]),
    "one's words elsewhere are another's": (
        [], [["Ann one", "Ben two", "Cat 3"], ["Dan 4", "Ben two", "Eve 5"]], None, [["a", "b", "c"], ["d", "e", "f"]]),
    "two readers' words elsewhere are others', too": (
        [], [["Ann one", "Ben two", "Cat 3", "Dan 4"], ["Ann one", "Ben two", "Eve 5", "Fay 6"]], None,
        [["a", "b", "c", "d"], ["e", "f", "g", "h"]]),
    "equals at the border are one": ([], [["Ann one", "Ben +1"], ["Ben +1", "Cat 3"]], None, [["a", "b"], ["b", "c"]]),
    "two, for two are known": (
        ["Ann one", "Ben +1", "Ben +1", "Cat 3"], [["Ann one", "Ben +1"], ["Ben +1", "Cat 3"]], None, [[1, 2], [3, 4]]),
    "three, for three are known": (
        ["Ann one", "Ben +1", "Ben +1", "Ben +1", "Cat 3"], [["Ann one", "Ben +1", "Ben +1"], ["Ben +1", "Ben +1", "Cat 3"]],
        None, [[1, 2, 3], [3, 4, 5]]),
    "two, though rounding allows three": (
        [("Ben +1", 1.3), ("Ben +1", 1.3), "Cat 3", ("Ben +1", 0)],
        [[("Ben +1", 1.3), ("Ben +1", 1.3)], [("Ben +1", 1.3), ("Ben +1", 1.3), "Cat 3"]], None, [[1, 2], [1, 2, 3]]),
    "two, for so many are claimed": ([], [["Ann one", "Ben +1"], ["Ben +1", "Cat 3"]], 4, [["a", "b"], ["c", "d"]]),
    "one, for so many are claimed": (
        ["Ann one", "Ben +1", "Ben +1", "Cat 3"], [["Ann one", "Ben +1"], ["Ben +1", "Cat 3"]], 3, [[1, 3], [3, 4]]),
    "their ages tell": ([], [[("Ann one", 9), ("Ben +1", 5)], [("Ben +1", 1), ("Cat 3", 1)]], None, [["a", "b"], ["c", "d"]]),
    "yesterday is not just now": (
        [], [["Ann one", Remark("Ben", "+1", (0, 48 * HOUR), told=(0, 24 * HOUR))], [("Ben +1", 47), "Cat 3"]], None,
        [["a", "b"], ["c", "d"]]),
    "two, for each is nearest to a known one": (
        ["Dan 4", ("Ben +1", 0), ("Ben +1", 2.2), "Cat 3"], [["Dan 4", ("Ben +1", 0)], [("Ben +1", 1.1), "Cat 3"]], None,
        [[1, 2], [3, 4]]),
    "as many as are known tell nothing of the others": (
        [("Ann +1", 1.2), ("Eve +1", 1.2), ("Dan 4", 1), ("Ann +1", 0), ("Eve +1", 0)],
        [[("Ann +1", 1.2), ("Eve +1", 1.2), ("Dan 4", 1)], [("Dan 4", 1), ("Ann +1", 0), ("Eve +1", 0)]], None,
        [[1, 2, 3], [3, 4, 5]]),
    "ages that jump in a long run": (
        [], [[(f"Ann {at}", 9.0) for at in range(5)], [*((f"Ann {at}", 19.0) for at in range(5)), ("Cat 3", 1)]], None,
        [["a", "b", "c", "d", "e"], ["a", "b", "c", "d", "e", "f"]]),
}  # fmt: skip


@pytest.mark.parametrize("case", PAGES)
def test_pages_of_one_visit(case: str) -> None:
    known, pages, claimed, expected = PAGES[case]
    assert which(known, *pages, claimed=claimed) == expected

"""Outcomes are bounded, and what is not listed is counted."""

from __future__ import annotations

from newsarchive.crawl.misses import Misses


def test_the_first_are_listed_and_the_others_are_counted() -> None:
    misses = Misses(3)
    listed = [misses.is_listed("budget", "NEWSARCHIVE_PAGES = 9") for _ in range(10)]
    assert listed == [True] * 3 + [False] * 7
    assert all(misses.is_listed("budget", "NEWSARCHIVE_QUEUE = 5") for _ in range(3))
    assert all(misses.is_listed("guard", f"host {number}") for number in range(3))
    assert not misses.is_listed("guard", "host 4")
    assert list(misses.rest()) == [
        ("*", "budget", "NEWSARCHIVE_PAGES = 9: and 7 more"),
        ("*", "guard", "and 1 more"),
    ]

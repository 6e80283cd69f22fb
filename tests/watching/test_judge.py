"""The judging alone: what is named, what is not, and how often noise is taken for news."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from newsarchive.watching.judge import Finding, judge
from newsarchive.watching.numbers import Numbers

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
EVERY = timedelta(hours=6)
WELL = Numbers(BEGIN, answers=120, listed=60, article_pages=30, articles=29, threads=20, comments=90, without_authors=6)


def history(change: Callable[[Numbers], Numbers] = lambda one: one, *, before: int = 8, after: int = 1) -> list[Numbers]:
    """So many crawls in which all is well, and so many after something changed."""
    made = [WELL] * before + [change(WELL)] * after
    return [replace(one, finished_at=BEGIN + place * EVERY) for place, one in enumerate(made)]


def judged(crawls: list[Numbers], expected: dict[str, int] | None = None) -> list[Finding]:
    return judge(crawls, expected or {}, at=crawls[-1].finished_at + EVERY)


CHANGES: list[tuple[str, str, Callable[[Numbers], Numbers]]] = [
    ("dead", "dns: 2", lambda one: Numbers(BEGIN, unanswered=(("dns", 2),), forbidden=1)),
    ("dead", "refused: 2", lambda one: Numbers(BEGIN, unanswered=(("refused", 2),))),
    ("dead", "errors of the server", lambda one: Numbers(BEGIN, answers=3, errors=3)),
    ("dead", "not there", lambda one: Numbers(BEGIN, answers=3, gone=3)),
    ("dead", "empty", lambda one: Numbers(BEGIN, answers=2, empty=1, gone=1)),
    ("dead", "parked", lambda one: Numbers(BEGIN, answers=4, parked=1, gone=3)),
    ("blocked", "1 of 1 answers", lambda one: Numbers(BEGIN, answers=1, blocked=1)),
    ("blocked", "40 of 120", lambda one: replace(one, blocked=40, articles=20, article_pages=20)),
    ("blocked", "robots.txt forbids everything", lambda one: Numbers(BEGIN, forbidden=1)),
    ("redesigned", "lead to 0 articles", lambda one: replace(one, listed=0, article_pages=0, articles=0, without_authors=0)),
    ("redesigned", "not read as the articles", lambda one: replace(one, articles=2, threads=2, without_authors=0)),
    ("redesigned", "lack text", lambda one: replace(one, without_text=29)),
    ("redesigned", "lack date_published", lambda one: replace(one, without_date_published=25)),
    ("redesigned", "comments are gone", lambda one: replace(one, threads=0, comments=0)),
    ("errors", "60 of 120", lambda one: replace(one, errors=60)),
]


@pytest.mark.parametrize(("kind", "reason", "change"), CHANGES)
@pytest.mark.parametrize("after", [1, 40])
def test_what_is_wrong_is_named_as_long_as_it_lasts(
    kind: str, reason: str, change: Callable[[Numbers], Numbers], after: int
) -> None:
    found = judged(history(change, after=after))
    assert [one.kind for one in found] == [kind], found
    assert reason in found[0].reason


@pytest.mark.parametrize(("kind", "reason", "change"), CHANGES)
def test_what_is_well_again_is_well(kind: str, reason: str, change: Callable[[Numbers], Numbers]) -> None:
    crawls = [*history(change, after=3), *history()]
    assert judged([replace(one, finished_at=BEGIN + place * EVERY) for place, one in enumerate(crawls)]) == []


def test_comments_whose_platform_is_silent_are_missed_after_some_crawls() -> None:
    def quiet(one: Numbers) -> Numbers:
        return replace(one, comments=0)

    assert judged(history(quiet, after=4)) == []
    assert "none in 5 crawls" in judged(history(quiet, after=5))[0].reason


def test_few_pages_of_several_crawls_are_taken_together() -> None:
    """With conditional requests a crawl reads only what is new: two articles, say."""
    small = replace(WELL, article_pages=2, articles=2, threads=1, comments=1, without_authors=0)
    crawls = [small] * 12 + [replace(small, articles=0)] * 5
    dated = [replace(one, finished_at=BEGIN + place * EVERY) for place, one in enumerate(crawls)]
    assert judged(dated[:13]) == []  # two pages may fail by chance
    assert [one.kind for one in judged(dated)] == ["redesigned"]


def test_a_new_site_has_no_past_and_is_named_only_where_that_is_sure() -> None:
    assert judged(history(lambda one: replace(one, listed=0, articles=2), before=1)) == []
    assert [one.kind for one in judged([Numbers(BEGIN, answers=1, blocked=1)])] == ["blocked"]


def test_declared_minimums_are_held_and_take_the_place_of_the_past() -> None:
    few = history(lambda one: replace(one, listed=1))
    assert [one.kind for one in judged(few)] == ["redesigned"]
    assert [one.reason for one in judged(few, {"articles": 5})] == ["1 articles, at least 5 are expected"]
    assert judged(few, {"articles": 0}) == []
    assert judged(history(lambda one: replace(one, threads=0, comments=0)), {"comments": 0}) == []


def test_a_site_that_nobody_crawls_any_more_is_overdue() -> None:
    crawls = history()
    assert judge(crawls, {}, at=crawls[-1].finished_at + timedelta(days=2)) == []
    late = judge(crawls, {}, at=crawls[-1].finished_at + timedelta(days=4))
    assert [(one.kind, "every 6 h" in one.reason) for one in late] == [("overdue", True)]
    weekly = [replace(one, finished_at=BEGIN + place * timedelta(days=7)) for place, one in enumerate(crawls)]
    assert judge(weekly, {}, at=weekly[-1].finished_at + timedelta(days=20)) == []


def noisy(random: Random, at: datetime) -> Numbers:
    """A crawl of a small newspaper with conditional requests: mostly a few new articles, at night none; some lack an author, some
    have no comments yet; a server that stumbles now and then."""
    night = random.random() < 0.3
    pages = random.randrange(0, 3) if night else random.randrange(1, 25)
    articles = sum(random.random() < 0.93 for _ in range(pages))
    threads = sum(random.random() < (0.2 if night else 0.6) for _ in range(articles))
    listed = max(5, round(random.gauss(60, 12)))
    failing = random.random() < 0.03
    return Numbers(
        at,
        answers=listed + 20,
        errors=random.randrange(10, 25) if failing else random.randrange(0, 2),
        blocked=random.randrange(0, 3),
        gone=random.randrange(0, 4),
        listed=listed,
        article_pages=pages,
        articles=articles,
        without_authors=sum(random.random() < 0.3 for _ in range(articles)),
        without_date_published=sum(random.random() < 0.05 for _ in range(articles)),
        threads=threads,
        comments=sum(random.randrange(0, 12) for _ in range(threads)),
    )


def test_noise_is_seldom_taken_for_news() -> None:
    """Twenty sites, four crawls a day, 90 days: of 7,200 reports at most a few in a thousand are false alarms."""
    alarms = 0
    for site in range(20):
        random = Random(site)
        crawls = [noisy(random, BEGIN + place * EVERY) for place in range(360)]
        for place in range(0, 360, 6):
            alarms += bool(judged(crawls[max(0, place - 59) : place + 1]))
    assert alarms <= 6, f"{alarms} of 1200"


def test_a_redesign_is_seen_through_the_noise() -> None:
    for site in range(20):
        random = Random(site)
        crawls = [noisy(random, BEGIN + place * EVERY) for place in range(60)]
        broken = [replace(one, articles=0, threads=0, comments=0, without_authors=0) for one in crawls[-6:]]
        assert "redesigned" in [one.kind for one in judged(crawls[:-6] + broken)], site

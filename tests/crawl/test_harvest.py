"""What counts as news: words, not titles that are easily made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from newsarchive.crawl.budgets import Budgets, Limits
from newsarchive.crawl.harvest import FoundOn, brings_news, kind_of_finder, repeats
from newsarchive.items import Article, Follow, Purpose, Reading

STORY = "The council met on Monday and talked about the bridge for three hours and then for one more until it was night. " * 2
ARTICLE = Article("a", "site", "http://news.example/1", datetime(2026, 11, 1, tzinfo=UTC), "urn:1", headline="Story", text=STORY)


@pytest.fixture
def budgets() -> Budgets:
    """The account of a crawl that has seen one story."""
    account = Budgets(Limits(100, 100, 100, 1))
    shown = Reading(article=ARTICLE)
    assert not repeats(account, shown)
    assert brings_news(account, shown, "article")
    return account


def reading(headline: str, text: str | None) -> Reading:
    return Reading(article=replace(ARTICLE, headline=headline, text=text))


def test_an_article_under_another_address_or_number_repeats(budgets: Budgets) -> None:
    assert repeats(budgets, reading("Story 2", STORY))
    assert not repeats(budgets, reading("Another", STORY))
    assert not repeats(budgets, Reading())


@pytest.mark.parametrize(
    ("headline", "text", "news"),
    [
        ("Shoes: red, small", STORY, False),
        ("Another title", "Subscribe to read on.", True),
        ("Story", STORY.replace("Monday", "Tuesday"), True),
    ],
)
def test_a_title_alone_is_news_only_where_there_is_little_text(headline: str, text: str, news: bool, budgets: Budgets) -> None:
    assert brings_news(budgets, reading(headline, text), "article") is news


@pytest.mark.parametrize(("purpose", "news"), [("sitemap", True), ("feed", True), ("listing", False)])
def test_a_list_of_articles_is_news_until_they_bring_none(purpose: Purpose, news: bool, budgets: Budgets) -> None:
    listing = Reading(follow=tuple(Follow(f"http://news.example/story/{number}", "article") for number in range(3)))
    assert brings_news(budgets, listing, purpose) is news
    for number in range(2):
        budgets.settle(f"http://news.example/story/{number}", news=False)
    assert not brings_news(budgets, listing, purpose)


@pytest.mark.parametrize(
    ("depth", "readers", "kind"),
    [(0, ("links",), "start"), (0, ("sitemap",), "list"), (2, ("feed",), "list"), (2, ("article",), "page")],
)
def test_a_list_for_machines_is_none_of_the_newspaper_s_own_front(depth: int, readers: tuple[str, ...], kind: FoundOn) -> None:
    assert kind_of_finder(depth, Reading(readers=readers)) == kind

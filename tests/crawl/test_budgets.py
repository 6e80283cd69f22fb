"""What a form of address is, and when an address is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.crawl.budgets import Budgets, Limits, form_of

SITE = "http://news.example"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/2026/11/27/rain-came/", "/2026/12/01/sun-is-here/"),
        ("/calendar/2026/11/", "/calendar/2031/1/"),
        ("/a/b/x", "/a/b/a/b/a/b/x"),
        ("/s12.xml", "/s99999.xml"),
        ("/x/0a1b2c3d4e5f60718293/page", "/x/ffee00112233445566aa/page"),
        ("/list?page=2&sort=a", "/list?sort=b&page=77"),
        ("/" + "/".join("abcdefgh") + "/1", "/" + "/".join("abcdefxyz") + "/1"),
    ],
)
def test_the_same_kind_of_page_has_one_form(one: str, other: str) -> None:
    assert form_of(SITE + one) == form_of(SITE + other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("/news/1", "/calendar/1"), ("/list?page=1", "/list?q=1"), ("/list", "/list?q=1"), ("/en/news/1", "/fr/news/1")],
)
def test_another_kind_has_another(one: str, other: str) -> None:
    assert form_of(SITE + one) != form_of(SITE + other)


def test_a_port_is_another_server() -> None:
    assert form_of("http://news.example:81/a/b") != form_of(f"{SITE}/a/b")


@given(st.lists(st.text(alphabet="ab1/?&=-.%", max_size=12), max_size=30))
def test_a_form_is_short_whatever_the_address(pieces: list[str]) -> None:
    assert len(form_of(f"{SITE}/" + "/".join(pieces))) <= 8


def budgets(*, pages: int = 1000, host: int = 1000, depth: int = 1000, barren: int = 10) -> Budgets:
    return Budgets(Limits(pages, host, depth, barren))


def test_pages_without_news_use_up_their_form_s_budget_and_no_other_s() -> None:
    account = budgets()
    for day in range(10):
        assert account.barren(f"{SITE}/calendar/2026/{day}/") is None
        account.settle(f"{SITE}/calendar/2026/{day}/", news=False)
    assert account.barren(f"{SITE}/calendar/2027/1/") == "NEWSARCHIVE_BARREN_PAGES = 10"
    assert account.barren(f"{SITE}/news/1") is None


def test_a_page_with_news_earns_for_itself_and_for_what_led_to_it() -> None:
    account = budgets()
    for number in range(100):
        account.settle(f"{SITE}/section/page/{number}", news=False)
        account.settle(f"{SITE}/story/{number}", news=True, via=[f"{SITE}/section/page/{number}"])
    assert account.barren(f"{SITE}/section/page/100") is None
    assert account.barren(f"{SITE}/story/100") is None


def test_news_earns_once_where_a_page_was_led_to_by_its_own_kind() -> None:
    account = budgets(barren=3)
    account.settle(f"{SITE}/story/1", news=True, via=[f"{SITE}/story/0"])
    for number in range(2, 6):
        assert account.barren(f"{SITE}/story/{number}") is None
        account.settle(f"{SITE}/story/{number}", news=False)
    assert account.barren(f"{SITE}/story/6")


def test_a_maze_of_forms_uses_up_its_section() -> None:
    account = budgets()
    for number in range(20):
        name = "x" * (number + 1)
        assert account.barren(f"{SITE}/shop/list/{name}/?{name}=1") is None
        account.settle(f"{SITE}/shop/list/{name}/?{name}=1", news=False)
    assert account.barren(f"{SITE}/shop/list/y/?z=1") == "NEWSARCHIVE_BARREN_PAGES = 10"
    assert account.barren(f"{SITE}/shop/other/y/?z=1") is None


def test_a_maze_of_parameters_uses_up_its_page() -> None:
    account = budgets()
    for number in range(20):
        url = f"{SITE}/shop?{'x' * (number + 1)}=1"
        assert account.barren(url) is None
        account.settle(url, news=False)
    assert account.barren(f"{SITE}/shop?y=1")
    assert account.barren(f"{SITE}/shop") is None
    assert account.barren(f"{SITE}/news?y=1") is None


@pytest.mark.parametrize(
    ("limits", "asked", "told"),
    [
        ({"pages": 3}, [("http://a.example/", 0), ("http://b.example/", 0), ("http://c.example/", 9)], "NEWSARCHIVE_PAGES = 3"),
        ({"host": 3}, [(f"{SITE}/a", 0), (f"{SITE}/b/c", 1), (f"{SITE}/d", 2)], "NEWSARCHIVE_HOST_PAGES = 3"),
        ({"depth": 3}, [(f"{SITE}/{name}", 5) for name in "abc"], "NEWSARCHIVE_DEPTH_PAGES = 3"),
        ({"depth": 3}, [(f"{SITE}/{name}", 3) for name in "abc"], None),
    ],
)
def test_what_is_always_new_is_bounded_by_numbers(limits: dict[str, int], asked: list[tuple[str, int]], told: str | None) -> None:
    account = budgets(**limits)
    for url, depth in asked:
        assert account.exceeded(url, depth) is None
        account.spend(url, depth)
        account.settle(url, news=True)
    assert account.exceeded(f"{SITE}/next", asked[-1][1]) == told


STORY = "The council met on Monday and talked about the bridge for three hours and then for one more until it was night " * 2


@pytest.mark.parametrize(
    ("title", "text", "new"),
    [
        ("Story", STORY, False),
        ("Another title", STORY, True),
        ("Story", STORY.replace("Monday", "Tuesday"), True),
        ("Story 2", "27. " + STORY, False),
        ("Story", None, True),
    ],
)
def test_news_are_words_that_were_not_seen_before(title: str, text: str | None, new: bool) -> None:
    account = budgets()
    assert account.are_new("Story", STORY)
    assert account.are_new(title, text) is new
    assert not account.are_new(title, text)

"""Small pages that were made to cost, or to crash a reader: each is read under the limits of a crawl, comments and all.

What grows with the square takes more than these limits give; how long one takes is for benchmarks to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from lxml import html
from scrapy.settings import Settings

from newsarchive import settings
from newsarchive.items import Page, Profile
from newsarchive.reading import Reading, html_page, read
from newsarchive.reading.comments import markup
from newsarchive.reading.comments.lists.learning import learn
from newsarchive.reading.comments.lists.pieces import read_records
from newsarchive.reading.document import Document
from newsarchive.reading.pool import ReadingPool

AT = datetime(2026, 5, 5, tzinfo=UTC)
NEWS = Profile(site="courier", start_urls=("https://courier.example/",))
STORY = f"<h1>Bridge opens</h1><article><p>{'The bridge over the river opens in May. ' * 12}</p></article>"


@pytest.fixture(scope="module", autouse=True)
def pool() -> Iterator[None]:
    """The readers of a crawl, with the limits that it has where nothing is set."""
    global readers
    readers = ReadingPool.of(Settings({key: value for key, value in vars(settings).items() if key.isupper()}), workers=1)
    yield
    readers.close()


readers: ReadingPool


def under_limits(page: Page) -> Reading:
    """The page as a crawl reads it."""
    ((_, found, error),) = readers.read_all([page], NEWS)
    assert error is None
    return found


def cheaply(body: str, head: str = "") -> Reading:
    """A story with this below it, as a crawl reads it."""
    return under_limits(
        html_page(
            f"<html><head><title>t</title>{head}</head><body>{STORY}{body}</body></html>", "https://courier.example/bridge", AT
        )
    )


def row(at: int, *, name: str = "", beside: str = "", cls: str = "comment", who: str = "author") -> str:
    return (
        f'<div class="{cls}"><b class={who}>{name or f"Reader{at}"}</b> <span class=date>{at % 28 + 1} April 2026</span>{beside}'
        f"<p>remark number {at} says a thing or two</p></div>"
    )


def thread(*rows: str) -> str:
    return f"<div id=comments>{''.join(rows)}</div>"


@pytest.mark.parametrize("mark", [f'class="{"ab " * 100_000}"', f'id="{"x" * 300_000}"', f'style="{"margin:a;" * 40_000}"'])
def test_long_marks_of_an_element_that_holds_many(mark: str) -> None:
    rows = [row(at) for at in range(1000)]
    assert len(cheaply(thread(row(1000), f"<div {mark}>", *rows, "</div>")).comments) >= 1000


@pytest.mark.parametrize("control", ["\x01", "\x0c", "\x1b", "\ufffe"])
def test_control_characters_in_texts_and_tags(control: str) -> None:
    row = f"<x{control}y class=comment><b class=author>Ann%d</b> <i>%d April 2026</i><p>Yes{control}%d</p>"
    beside = f"<!--{control}--><div class='{control * 3000}'>a{control}b</div>c{control}"
    found = cheaply(thread(*(row % (at, at, at) for at in (1, 2, 3))) + beside)
    assert [one.text for one in found.comments] == ["Yes 1", "Yes 2", "Yes 3"]


@pytest.mark.parametrize("mark", ["_", "comment", "c1-", "-"])
def test_ids_and_classes_that_begin_alike_again_and_again(mark: str) -> None:
    long = (mark * 2000)[:1990]
    elements = [f"<i id='{long}{at}' class='{long}{at}'></i>" for at in range(400)]
    assert len(cheaply("".join(elements) + thread(*(row(at, cls=f"comment {long}") for at in range(100)))).comments) == 100


def test_the_page_itself_is_no_comment() -> None:
    page = '<section id="isso-thread"></body>0d<section id="isso-thread"></section>0d'
    assert not read(html_page(page, "https://courier.example/bridge", AT), NEWS).comments


def test_letters_under_piles_of_combining_marks() -> None:
    pile = "a" + "\u0301" * 40_000 + "\u0323" * 40_000
    found = cheaply(thread(*(row(at) for at in range(5)), row(7, beside=f"<p>{pile}</p>")) + f"<p>{pile}</p>")
    assert len(found.comments) == 6


def letters(at: int) -> str:
    """A word of its own for each number, without digits."""
    return "".join(chr(ord("a") + int(digit)) for digit in f"{at:05}")


def test_names_under_a_class_of_their_own_in_every_row() -> None:
    found = cheaply(thread(*(row(at, who=f"author-{letters(at)}") for at in range(1000))))
    assert [one.author_name for one in found.comments] == [f"Reader{at}" for at in range(1000)]


def test_words_beside_the_name_with_another_number_in_every_row() -> None:
    rows = html.fragment_fromstring(thread(*(row(at, beside=f" <i>reply {at}</i>") for at in range(300))))
    template = learn(read_records((one,) for one in rows))
    assert len(template.words) == 50


def test_a_record_with_words_outside_all_elements() -> None:
    first = "<div class='comment'><a href='http://x.example'>{name}</a> | {time}"
    assert cheaply(f"{first}<div class='comment'>59962<guid isPermaLink='false'>52284").readers


DEEP, HIGH = "<div>" * 1800, "</div>" * 1800


def test_marks_of_authors_and_dates_that_lie_deep() -> None:
    marks = "<i class=author></i><i rel=author></i><time></time><i class=date></i>"
    assert cheaply(f"{DEEP}{marks * 6000}{HIGH}").article


def test_paragraphs_and_links_that_lie_deep() -> None:
    paragraphs = "".join(f"<div><p>{'The river is high today. ' * 3}<a href=/p/{at}>more</a></p></div>" for at in range(8000))
    assert cheaply(f"{DEEP}{paragraphs}{HIGH}").article


def wordpress(body: str) -> Reading:
    form = "<div id=respond class=comment-respond><form id=commentform></form></div>"
    return cheaply(f"<div id=comments>{body}{form}</div>", '<link rel=shortlink href="https://courier.example/?p=7">')


def test_headings_and_comments_that_lie_deep() -> None:
    assert len(wordpress(f"<div id=comment-5></div>{DEEP}{'<h3></h3>' * 15_000}{HIGH}").comments) == 1
    items = "".join(f"<div><li id=comment-{at}>a</li></div>" for at in range(15_000))
    assert len(wordpress(f"{DEEP}{items}{HIGH}").comments) == 15_000


def test_links_to_comment_pages_that_lie_deep() -> None:
    assert wordpress(f"<div id=comment-5>{DEEP}{'<a href=?cpage=2></a>' * 15_000}{HIGH}</div>").comments


def test_a_comment_with_thousands_of_links_to_itself() -> None:
    links = "<a href=#comment-5>a</a>" * 20_000
    found = wordpress(f"<li id=comment-5><div class=comment-author>{links}{'<b></b>' * 20_000}<b>Ann</b></div><p>Yes</p></li>")
    assert found.comments[0].text == "Yes"


def test_a_comment_deeper_than_a_program_calls_itself() -> None:
    assert [one.text for one in wordpress(f"<li id=comment-5>{'<div>' * 1500}Yes{'</div>' * 1500}</li>").comments] == ["Yes"]


def test_comments_nested_in_the_author_of_the_one_above() -> None:
    opened = "<div itemscope itemprop=comment><div itemprop=author>" * 900
    page = html_page(f"{STORY}{opened}{'<b></b>' * 20_000}{'</div></div>' * 900}", "https://courier.example/bridge", AT)
    assert markup.read_page(Document(page, NEWS)) is None
    assert under_limits(page).article  # the author of the article is looked for in the same marks


@pytest.mark.parametrize(
    "when", ["2026-11-20T08:00:00+99:00", "2026-11-20T08:00:00+٣2:00", f"{'9' * 30}-11-20", f"{'9' * 25} Nov"]
)
def test_dates_that_are_none(when: str) -> None:
    times = f'<time datetime="{when}">{when}</time>'
    found = cheaply(
        f"{times}{thread(*(row(at, beside=times) for at in range(3)))}",
        f"<meta property=article:published_time content='{when}'>",
    )
    assert len(found.comments) == 3


def test_a_page_number_of_thousands_of_digits() -> None:
    url = f"https://c.example/api/open/comments?page={'9' * 5000}&appId=a&pageId=b"
    body = b'{"data":{"data":[{"id":"a","by_nickname":"x","parsedContent":"y"}]}}'
    assert not read(Page(url, 200, (("Content-Type", "application/json"),), body, AT, "urn:uuid:0"), NEWS).comments

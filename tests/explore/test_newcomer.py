"""What somebody who has read nothing finds in three clicks, on a desk and on a phone; and nobody is shut out."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path

import pytest
from datasette.utils import tilde_encode
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from newsarchive.explore.pictures import PICTURES
from tests.conftest import Visited

SIZES = {"desk": (1300, 900), "phone": (390, 844)}
# CodeMirror's own field, which Datasette puts on its page of SQL, has no name (Datasette 0.65.5).
EXCLUDED = ".CodeMirror"
AXE = """
const done = arguments[arguments.length - 1];
axe.run({exclude: [arguments[0]]}, {iframes: false, resultTypes: ['violations']}).then(told => done(told.violations
  .filter(one => ['serious', 'critical'].includes(one.impact)).map(one => one.id + ': ' + one.nodes[0].html)));
"""


@pytest.fixture(params=SIZES)
def window(request: pytest.FixtureRequest, browser: webdriver.Chrome) -> Iterator[webdriver.Chrome]:
    """The browser, as wide as a desk's or a phone's."""
    width, height = SIZES[request.param]
    phone = request.param == "phone"
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": phone}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    yield browser
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def click(browser: webdriver.Chrome, words: str) -> None:
    link = browser.find_element(By.PARTIAL_LINK_TEXT, words)
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", link)
    link.click()


def test_a_deleted_comment(window: webdriver.Chrome, served: str, visited: Visited) -> None:
    text = visited.rows(2, "SELECT text FROM comments WHERE status = 'deleted'")[0]["text"]
    window.get(served)
    click(window, "deleted since")
    assert text[:60] in window.find_element(By.CSS_SELECTOR, "td.col-text").text
    window.find_element(By.CSS_SELECTOR, "td.col-article_id a").click()
    click(window, " deleted")
    assert text in [words.text for words in window.find_elements(By.CSS_SELECTOR, "li.deleted > .comment > .words")]


def test_the_earlier_version_of_an_edited_article(window: webdriver.Chrome, served: str, visited: Visited) -> None:
    window.get(served)
    click(window, "what was changed in them")
    earlier = window.find_element(By.CSS_SELECTOR, "td.col-earlier_headline").text
    window.find_element(By.CSS_SELECTOR, "td.col-article_id a").click()
    click(window, "What was changed")
    assert window.find_elements(By.CSS_SELECTOR, "#text ins, #text del")
    assert earlier in window.find_element(By.TAG_NAME, "main").text or window.find_elements(By.CSS_SELECTOR, ".field del")


def test_the_archived_page_of_an_article(window: webdriver.Chrome, served: str) -> None:
    window.get(served)
    link = window.find_element(By.CSS_SELECTOR, "[aria-labelledby=latest] .article-line a")
    headline = link.text
    link.click()
    click(window, "The page as it was")
    window.switch_to.frame(window.find_element(By.TAG_NAME, "iframe"))
    assert headline in window.find_element(By.TAG_NAME, "body").text
    window.switch_to.default_content()


def test_what_somebody_searches_for(window: webdriver.Chrome, served: str) -> None:
    window.get(served)
    window.find_element(By.CSS_SELECTOR, "input[type=search]").send_keys("council", Keys.ENTER)
    words = window.find_element(By.CSS_SELECTOR, ".hits mark").text
    assert words.lower() == "council"
    click(window, window.find_element(By.CSS_SELECTOR, ".hits .title").text)
    assert window.find_elements(By.CSS_SELECTOR, "article.story, .comments")


def test_how_often_a_word_was_said(window: webdriver.Chrome, served: str) -> None:
    window.get(served)
    click(window, "words over time")
    window.find_element(By.CSS_SELECTOR, "input[type=search]").send_keys("council, road", Keys.ENTER)
    drawn = window.find_element(By.CSS_SELECTOR, ".drawing svg[viewBox]")
    assert drawn.size["width"] <= window.execute_script("return window.innerWidth")
    window.find_element(By.CSS_SELECTOR, "figure.chart summary").click()
    heads = [head.text for head in window.find_elements(By.CSS_SELECTOR, "figure.chart th[scope=col]")]
    assert heads == ["Month", "all comments", "council", "road", "council %", "road %"]


def test_no_serious_fault_of_access_and_no_page_wider_than_the_window(
    window: webdriver.Chrome, served: str, visited: Visited
) -> None:
    package = importlib.util.find_spec("axe_playwright_python")
    assert package
    assert package.origin
    axe = (Path(package.origin).parent / "axe.min.js").read_text("utf-8")
    edited = tilde_encode(
        visited.rows(2, "SELECT id FROM articles WHERE revision_count > 0 ORDER BY comment_count DESC")[0]["id"]
    )
    deleted = visited.rows(2, "SELECT id, article_id, capture_id FROM comments WHERE status = 'deleted'")[0]
    pages = [
        *("", "catalogue", f"-/article/{edited}", f"-/article/{edited}?from=", f"-/comment/{tilde_encode(deleted['id'])}"),
        *(
            f"-/article/{tilde_encode(deleted['article_id'])}",
            f"-/capture/{tilde_encode(deleted['capture_id'])}",
            "-/search?q=the",
        ),
        *("-/search?q=-no", "catalogue/articles", "catalogue/comments?status=deleted", "catalogue/deleted_comments?site="),
        *(f"catalogue/articles/{edited}", "nothing", "-/pictures"),
        *(f"-/pictures/{name}?words=the,and" for name in PICTURES),
    ]
    window.set_script_timeout(120)
    for page in pages:
        window.get(served + page)
        window.execute_script(axe)
        assert window.execute_async_script(AXE, EXCLUDED) == [], page
        wide, width = window.execute_script("return [document.documentElement.scrollWidth, window.innerWidth]")
        assert wide <= width + 1, page

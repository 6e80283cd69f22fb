"""The newspaper in a real browser: its one button works, and no page is wider than a telephone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import partial

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from newsarchive.demo.newspaper import Newspaper
from newsarchive.demo.server import Served, serve

PHONE = {"deviceMetrics": {"width": 390, "height": 844, "pixelRatio": 1.0}}
pytestmark = pytest.mark.skipif(not (shutil.which("chromedriver") and shutil.which("chromium")), reason="no Chromium here")


@pytest.fixture
def browser() -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    for argument in ("--headless", "--no-sandbox", "--disable-gpu", "--no-proxy-server", "--disable-background-networking"):
        options.add_argument(argument)
    options.add_experimental_option("mobileEmulation", PHONE)
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
    yield driver
    driver.quit()


@pytest.fixture
def served(newspaper: Newspaper) -> Iterator[Served]:
    with serve(newspaper) as served:
        yield served


def test_the_button_brings_the_whole_flat_list(served: Served, browser: webdriver.Chrome) -> None:
    truth = served.newspaper.truth()
    story = next(article for article in truth.articles if article.comment_count == 47)
    browser.get(served.url + story.path)
    for wanted in (40, 47):
        browser.find_element(By.CSS_SELECTOR, "button.more").click()
        items = WebDriverWait(browser, 10, 0.05).until(partial(_items, wanted))
    assert not browser.find_elements(By.CSS_SELECTOR, "button.more")
    shown = [(item.find_element(By.TAG_NAME, "b").text, item.find_element(By.CSS_SELECTOR, ".who").text) for item in items]
    assert shown == [(c.author_name, f"{c.author_name} {c.age}") for c in truth.comments_of(story.id)]


def _items(wanted: int, browser: webdriver.Chrome) -> list[WebElement]:
    items = browser.find_elements(By.CSS_SELECTOR, ".comment-flow > li")
    return items if len(items) == wanted else []


def test_every_kind_of_page_fits_a_telephone(served: Served, browser: webdriver.Chrome) -> None:
    kinds = {article.comments: article.path for article in served.newspaper.truth().articles}
    bridge = next(article.path for article in served.newspaper.truth().articles if article.comment_count == 62)
    for path in ("/", "/section/news/", "/about/", bridge, f"{bridge}comment-page-2/", f"{bridge}print/", *kinds.values()):
        browser.get(served.url + path)
        assert browser.execute_script("return document.documentElement.scrollWidth") <= 390, path

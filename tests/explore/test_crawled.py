"""The demo newspaper's archive, as two crawls left it, served by the command and opened in a real browser."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.conftest import Visited


def texts(browser: webdriver.Chrome, column: str) -> list[str]:
    return [cell.text for cell in browser.find_elements(By.CSS_SELECTOR, f"td.col-{column}")]


def test_articles_comments_and_a_shona_word_are_shown_and_nothing_leaves_this_machine(
    browser: webdriver.Chrome, served: str, visited: Visited
) -> None:
    truth = visited.truths[1]
    browser.get_log("browser"), browser.get_log("performance")  # what earlier tests left
    browser.get(served)
    browser.find_element(By.LINK_TEXT, "Articles").click()
    assert {article.headline for article in truth.articles} >= set(texts(browser, "headline")) > set()
    true = next(article for article in truth.articles if article.comments == "wordpress" and 5 < article.comment_count < 40)
    browser.get(f"{served}catalogue/articles?headline={true.headline}&_col=headline")
    browser.find_element(By.LINK_TEXT, true.headline).click()
    assert true.text.splitlines()[0] in browser.find_element(By.CLASS_NAME, "body").text
    names = [name.text for name in browser.find_elements(By.CSS_SELECTOR, "#comments .by strong")]
    assert len(names) >= 5
    assert set(names) <= {c.author_name for c in truth.comments_of(true.id)}
    browser.get(served)
    browser.find_element(By.CSS_SELECTOR, "form[role=search] input[type=search]").send_keys("mvura", Keys.ENTER)
    found = [snippet.text for snippet in browser.find_elements(By.CSS_SELECTOR, ".hits .snippet")]
    assert found
    assert all("mvura" in text.casefold() for text in found)
    assert browser.get_log("browser") == []
    messages = (json.loads(entry["message"])["message"] for entry in browser.get_log("performance"))
    asked = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
    assert {urlsplit(url).hostname for url in asked if not url.startswith("data:")} == {"127.0.0.1"}

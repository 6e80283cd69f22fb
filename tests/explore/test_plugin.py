"""The archive in a real browser: it shows, it asks nobody but this machine, and breaks no rule of its own policy."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from datasette.utils import tilde_encode
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from newsarchive.explore import plugin

SITE = "gazette-example"
RAIN = f"{SITE}:/2026/11/mvura~zhinji/"
PROOF = "urn:uuid:00000000-0000-4000-8000-000000000001"
PAGES = [
    "",
    "catalogue",
    "catalogue?sql=select+1",
    "catalogue/articles",
    "catalogue/comments",
    "catalogue/most_discussed",
    f"catalogue/articles/{tilde_encode(RAIN)}",
    f"catalogue/sites/{SITE}",
    f"-/article/{tilde_encode(RAIN)}",
    f"-/article/{tilde_encode(RAIN)}?from=d0&to=d",
    f"-/comment/{tilde_encode(SITE + ':wordpress:1')}",
    f"-/capture/{tilde_encode(PROOF)}",
    "-/search?q=mvura",
    "-/plugins",
]


def column(browser: webdriver.Chrome, name: str) -> list[str]:
    return [cell.text for cell in browser.find_elements(By.CSS_SELECTOR, f"td.col-{name}")]


def test_from_the_start_page_to_an_articles_comments(browser: webdriver.Chrome, server: str) -> None:
    browser.get(server)
    assert browser.find_element(By.TAG_NAME, "h1").text == "News archive"
    browser.find_element(By.LINK_TEXT, "Articles").click()
    assert column(browser, "headline") == ["Mvura zhinji yotarisirwa", "Roads reopen"]
    browser.find_element(By.LINK_TEXT, "Mvura zhinji yotarisirwa").click()
    assert "Magumo enyaya." in browser.find_element(By.CLASS_NAME, "body").text
    browser.find_element(By.PARTIAL_LINK_TEXT, "3 comments").click()
    texts = [words.text for words in browser.find_elements(By.CSS_SELECTOR, ".comment > .words")]
    assert texts == ["Tatenda nemvura!", "<script>alert(1)</script> <b>bold</b>", "This one went away"]


def test_search_for_a_shona_word(browser: webdriver.Chrome, server: str) -> None:
    browser.get(server)
    browser.find_element(By.CSS_SELECTOR, "form[role=search] input[type=search]").send_keys("nemvura", Keys.ENTER)
    assert [title.text for title in browser.find_elements(By.CSS_SELECTOR, ".hits .title")] == ["Tendai 🔥 M"]
    assert [mark.text for mark in browser.find_elements(By.TAG_NAME, "mark")] == ["nemvura"]


def test_datasettes_own_scripts_run(browser: webdriver.Chrome, server: str) -> None:
    browser.get(server + "catalogue/articles")
    browser.find_element(By.CSS_SELECTOR, "th[data-column=date_published] svg").click()
    assert browser.find_element(By.LINK_TEXT, "Hide this column").is_displayed()
    browser.get(server + "catalogue?sql=select+1")
    assert browser.find_elements(By.CSS_SELECTOR, ".CodeMirror")
    assert browser.find_element(By.ID, "sql-format").is_displayed()


def test_a_script_that_got_into_a_page_would_not_run(browser: webdriver.Chrome, server: str) -> None:
    browser.get(server)
    browser.execute_script(
        "window.ran = 0; const s = document.createElement('script'); s.textContent = 'window.ran = 1'; document.body.append(s);"
        "const i = document.createElement('p'); i.innerHTML = '<img src=x: onerror=\"window.ran = 2\">'; document.body.append(i);"
    )
    assert browser.execute_script("return window.ran") == 0
    assert any("Content Security Policy" in entry["message"] for entry in browser.get_log("browser"))


@pytest.mark.parametrize("page", PAGES)
def test_a_page_reports_no_error_and_asks_only_this_machine(browser: webdriver.Chrome, server: str, page: str) -> None:
    browser.get_log("browser"), browser.get_log("performance")  # what earlier tests left
    browser.get(server + page)
    assert browser.get_log("browser") == []
    messages = (json.loads(entry["message"])["message"] for entry in browser.get_log("performance"))
    asked = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
    assert server + page in asked
    assert {urlsplit(url).hostname for url in asked if not url.startswith("data:")} == {"127.0.0.1"}


def test_no_template_lets_text_through_unescaped() -> None:
    templates = sorted((Path(plugin.__file__).parent / "templates").glob("*.html"))
    assert len(templates) > 10
    for template in templates:
        words = template.read_text("utf-8")
        assert not re.search(r"\|\s*safe\b|autoescape|Markup", words), template.name

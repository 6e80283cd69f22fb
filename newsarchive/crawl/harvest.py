"""What a page brought home, as the budgets count it (`budgets`)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Literal

from newsarchive.crawl.budgets import Budgets
from newsarchive.items import Purpose, Reading

# What a page is to those that it leads to: a start page (the newspaper itself wants them seen), a list for machines, or any page.
FoundOn = Literal["start", "list", "page"]

_LISTS = ("feed", "sitemap", "posts")
_SHORT = 120  # characters: the teaser before a paywall is the same everywhere
_LOOKED_AT = 1000  # addresses of a list, to see whether one of them may bring news


def kind_of_finder(depth: int, reading: Reading) -> FoundOn:
    """What this page is to those that it leads to."""
    if reading.readers[:1] in {(name,) for name in _LISTS}:
        return "list"
    return "page" if depth else "start"


def repeats(budgets: Budgets, reading: Reading) -> bool:
    """Whether the page shows an article that was there already, title and text, under another address."""
    article = reading.article
    return article is not None and not budgets.are_new(article.headline, article.text)


def brings_news(budgets: Budgets, reading: Reading, purpose: Purpose) -> bool:
    """Whether a page that repeats no other brought news: the text of an article, or a list of articles that may bring some.

    A title of its own will do where the text is short. Else it is easily made up (`Shoes: red, small`), and the text must be new.
    """
    if reading.article is not None:
        text = reading.article.text or ""
        return len(text) < _SHORT or budgets.are_new(text)
    return purpose in _LISTS and _leads_on(budgets, (follow.url for follow in reading.follow if follow.purpose == "article"))


def _leads_on(budgets: Budgets, urls: Iterable[str]) -> bool:
    return any(not budgets.barren(url) for url in islice(urls, _LOOKED_AT))

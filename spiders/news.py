"""Any newspaper, from its address alone: `scrapy crawl news -a url=https://any.example/`."""

from __future__ import annotations

from typing import Any

from newsarchive.errors import UsageError
from newsarchive.site import NewsSite
from newsarchive.urls import canonical


class News(NewsSite):
    name = "news"

    def __init__(self, *args: Any, url: str | None = None, **kwargs: Any) -> None:
        """`url` is the newspaper's home page, or a section of it."""
        if not url:
            raise UsageError("say which newspaper: scrapy crawl news -a url=https://any.example/")
        if not canonical(url):
            raise UsageError(f"{url!r} is no http or https address; say which newspaper: -a url=https://any.example/")
        self.start_urls = [url]
        super().__init__(*args, **kwargs)

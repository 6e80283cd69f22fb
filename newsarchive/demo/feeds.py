"""What the newspaper serves for machines: the RSS feed, the sitemaps and robots.txt."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from newsarchive.demo.edition import Edition
from newsarchive.demo.manuscript import SECTIONS
from newsarchive.demo.typesetting import templates

FORBIDDEN = ("/private/", "/search")
SITEMAPS = ("/sitemap-articles.xml.gz", "/sitemap-sections.xml", "/sitemap-news.xml")
_FEED_STORIES = 10
_NEWS_DAYS = 2  # Google News takes the stories of the last two days only


@dataclass(frozen=True)
class Feeds:
    """The machine-readable side of one edition; addresses begin with `base` (`http://host:port`)."""

    edition: Edition
    base: str

    def rss(self) -> str:
        """The newest stories with a teaser of each."""
        return self._set("feed.xml", stories=self.edition.public[:_FEED_STORIES])

    def robots(self) -> str:
        """robots.txt."""
        rules = "".join(f"Disallow: {path}\n" for path in FORBIDDEN)
        return f"User-agent: *\n{rules}\nSitemap: {self.base}/sitemap.xml\n"

    def sitemap_index(self) -> str:
        """The index of the three sitemaps."""
        return self._set("sitemap.xml", index=SITEMAPS)

    def sitemap_articles(self) -> bytes:
        """Every listed article, the one behind a password too; a gzip file."""
        return gzip.compress(self._set("sitemap.xml", stories=self.edition.listed).encode(), mtime=0)

    def sitemap_sections(self) -> str:
        """The home page, the sections and the page about the paper."""
        return self._set("sitemap.xml", paths=("/", *(f"/section/{slug}/" for slug in SECTIONS), "/about/"))

    def sitemap_news(self) -> str:
        """The stories of two days before the edition was printed, as Google News wants them."""
        since = self.edition.printed - timedelta(days=_NEWS_DAYS)
        return self._set("sitemap.xml", news=True, stories=[story for story in self.edition.public if story.published >= since])

    def _set(self, template: str, **names: Any) -> str:
        nothing: dict[str, Any] = {"index": (), "paths": (), "stories": (), "news": False}
        return templates().get_template(template).render(nothing | {"base": self.base, "edition": self.edition} | names)

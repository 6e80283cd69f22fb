"""Which address shows what."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from importlib.resources import files
from urllib.parse import parse_qs, unquote

from newsarchive.demo import pictures
from newsarchive.demo.delivery import Answer
from newsarchive.demo.edition import Edition, Story
from newsarchive.demo.feeds import Feeds
from newsarchive.demo.manuscript import SECTIONS
from newsarchive.demo.pages import ABOUT, Pages
from newsarchive.demo.typesetting import slug

_XML = "application/xml; charset=utf-8"
_ASSETS = {"/style.css": "text/css; charset=utf-8", "/more.js": "text/javascript; charset=utf-8"}


@dataclass(frozen=True)
class Desk:
    """Answers for one edition at the instant `now`, to readers who know the site as `base` (`http://host:port`)."""

    edition: Edition
    now: datetime
    base: str

    def answer(self, path: str, query: str) -> Answer:
        """The page at `path`, without regard to the request's header fields; a page with status 404 where there is none."""
        path, asked = unquote(path), parse_qs(query)
        for pattern, show in _ROUTES:
            if (found := re.fullmatch(pattern, path)) and (answer := show(self, found, asked)):
                return answer
        lines = ("This page is not in our files. It may have moved, or it may never have been written.",)
        return Answer(self._pages.plain("Nothing here", lines, [("Back to the front page", "/")]).encode(), status=404)

    @cached_property
    def _pages(self) -> Pages:
        return Pages(self.edition, self.now, self.base)

    @cached_property
    def _feeds(self) -> Feeds:
        return Feeds(self.edition, self.base)

    def _html(self, text: str | None, *, charset: str = "utf-8") -> Answer | None:
        if text is None:
            return None
        body = text.encode(charset, "xmlcharrefreplace")
        return Answer(body, f"text/html; charset={charset}", modified=self.edition.printed)

    def _file(self, text: str | bytes, mime: str) -> Answer:
        body = text if isinstance(text, bytes) else text.encode()
        return Answer(body, mime, modified=self.edition.printed)

    def home(self, found: re.Match[str], asked: dict[str, list[str]]) -> Answer | None:
        """The front page, or, for `?p=N`, the way to article N."""
        if number := _number(asked, "p"):
            story = self.edition.by_id.get(number)
            return self._moved(story) if story else None
        return self._html(self._pages.home())

    def story(self, found: re.Match[str], asked: dict[str, list[str]]) -> Answer | None:
        """An article, one of its comment pages, or its print version."""
        story = self.edition.by_path.get(found["story"])
        if story is None:
            return None
        if story.status == "protected":
            return self._html(self._pages.protected(story))
        if found["print"]:
            return self._html(self._pages.print_version(story))
        if story.comments == "flat":
            return None if found["page"] else Answer(self._pages.street(story).encode())
        page = int(found["page"]) if found["page"] else None
        if page == 1 and not story.newest_first:
            return self._moved(story)
        charset = story.header.get("charset", "utf-8")
        return self._html(self._pages.article(story, page, _number(asked, "replytocom")), charset=charset)

    def old_story(self, found: re.Match[str], asked: dict[str, list[str]]) -> Answer | None:
        """The address that an article had before the paper's new web site."""
        return next((self._moved(s) for s in self.edition.public if s.header.get("old-path") == found[0]), None)

    def section(self, found: re.Match[str], asked: dict[str, list[str]]) -> Answer | None:
        """A page of a section's stories."""
        name = found["name"]
        stories = [story for story in self.edition.listed if story.section == name]
        page = int(found["page"] or 1)
        heading = SECTIONS.get(name, "")
        return self._html(self._pages.listing(f"/section/{name}/", heading, stories, page, name))

    def tag(self, found: re.Match[str], asked: dict[str, list[str]]) -> Answer | None:
        """A page of the stories with a tag."""
        stories = [story for story in self.edition.public if found["name"] in map(slug, story.tags)]
        heading = next((tag for story in stories for tag in story.tags if slug(tag) == found["name"]), "")
        return self._html(self._pages.listing(f"/tag/{found['name']}/", heading, stories, int(found["page"] or 1)))

    def author(self, found: re.Match[str], asked: dict[str, list[str]]) -> Answer | None:
        """A page of the stories by an author."""
        stories = [story for story in self.edition.public if found["name"] in map(slug, story.authors)]
        heading = next((name for story in stories for name in story.authors if slug(name) == found["name"]), "")
        return self._html(self._pages.listing(f"/author/{found['name']}/", heading, stories, int(found["page"] or 1)))

    def comments(self, found: re.Match[str], asked: dict[str, list[str]]) -> Answer | None:
        """The load-more endpoint of the flat list."""
        story = self.edition.by_id.get(_number(asked, "article") or 0)
        if story is None or story.comments != "flat":
            return None
        return Answer(self._pages.more(story, _number(asked, "offset") or 0).encode(), "application/json; charset=utf-8")

    def about(self, found: re.Match[str], asked: dict[str, list[str]]) -> Answer | None:
        """The page about the paper."""
        return self._html(self._pages.plain("About us", ABOUT))

    def search(self, found: re.Match[str], asked: dict[str, list[str]]) -> Answer | None:
        """Stories with a word in the headline; robots.txt keeps crawlers away."""
        word = asked.get("s", [""])[0].casefold()
        links = [(story.headline, story.path) for story in self.edition.public if word and word in story.headline.casefold()]
        return self._html(self._pages.plain("Search", [f"{len(links)} found."], links, "noindex"))

    def calendar(self, found: re.Match[str], asked: dict[str, list[str]]) -> Answer | None:
        """The trap: a calendar without end; robots.txt keeps crawlers away."""
        year, month = int(found["year"]), int(found["month"])
        if not 1 <= month <= 12:
            return None
        around = [divmod(12 * year + month - 1 + step, 12) for step in (-12, -1, 1, 12)]
        links = [(f"{y:04}-{m + 1:02}", f"/private/calendar/{y:04}/{m + 1:02}/") for y, m in around if 0 < y < 10_000]
        heading = f"Church hall calendar {year:04}-{month:02}"
        return self._html(self._pages.plain(heading, ["Nothing is booked this month."], links, "noindex,nofollow"))

    def picture(self, found: re.Match[str], asked: dict[str, list[str]]) -> Answer | None:
        """A drawing: there is one for every name, and for a story one that shows its section."""
        section = next((s.section for s in self.edition.listed if s.manuscript.slug == found["name"]), None)
        return self._file(pictures.draw(found["name"], section), "image/svg+xml")

    def asset(self, found: re.Match[str], asked: dict[str, list[str]]) -> Answer | None:
        """The style sheet and the script."""
        name = found[0].removeprefix("/")
        return self._file((files("newsarchive.demo") / "content" / name).read_bytes(), _ASSETS[found[0]])

    def machine(self, found: re.Match[str], asked: dict[str, list[str]]) -> Answer | None:
        """The feed, robots.txt and the sitemaps."""
        feeds = self._feeds
        made: dict[str, tuple[Callable[[], str | bytes], str]] = {
            "/feed/": (feeds.rss, "application/rss+xml; charset=utf-8"),
            "/robots.txt": (feeds.robots, "text/plain; charset=utf-8"),
            "/sitemap.xml": (feeds.sitemap_index, _XML),
            "/sitemap-articles.xml.gz": (feeds.sitemap_articles, "application/gzip"),
            "/sitemap-sections.xml": (feeds.sitemap_sections, _XML),
            "/sitemap-news.xml": (feeds.sitemap_news, _XML),
        }
        if found[0] not in made:
            return None
        make, mime = made[found[0]]
        return self._file(make(), mime)

    def _moved(self, story: Story) -> Answer:
        return Answer(b"", status=301, location=self.base + story.path)


def _number(asked: dict[str, list[str]], name: str) -> int | None:
    """A query parameter as a number; None where it is not there, or no number."""
    value = asked.get(name, [""])[0]
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else None


_PAGE = r"(?:page/(?P<page>[2-9]|[1-9]\d{1,4})/)?"
_ROUTES: tuple[tuple[str, Callable[[Desk, re.Match[str], dict[str, list[str]]], Answer | None]], ...] = (
    (r"/", Desk.home),
    (r"(?P<story>/\d{4}/\d{2}/[^/]+/)(?:comment-page-(?P<page>[1-9]\d{0,4})/|(?P<print>print)/)?", Desk.story),
    (r"/news/\d+-[^/]+\.html", Desk.old_story),
    (rf"/section/(?P<name>[a-z-]+)/{_PAGE}", Desk.section),
    (rf"/tag/(?P<name>[a-z0-9-]+)/{_PAGE}", Desk.tag),
    (rf"/author/(?P<name>[a-z-]+)/{_PAGE}", Desk.author),
    (r"/api/comments", Desk.comments),
    (r"/about/", Desk.about),
    (r"/search", Desk.search),
    (r"/private/calendar/(?P<year>\d{4})/(?P<month>\d{2})/", Desk.calendar),
    (r"/images/(?P<name>[\w-]+)\.svg", Desk.picture),
    (r"/style\.css|/more\.js", Desk.asset),
    (r"/feed/|/[\w.-]+", Desk.machine),
)

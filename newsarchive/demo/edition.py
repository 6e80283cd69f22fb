"""One printed edition: every article and comment with its number, its date and its address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cached_property

from newsarchive.demo.manuscript import SECTIONS, Block, Manuscript

LOCAL = timezone(timedelta(hours=2))
COMMENTS_PER_PAGE = 10
FLAT_SECTION = "street-talk"


@dataclass(frozen=True, slots=True)
class Post:
    """A public comment with its number. In a flat list `id` and `parent` are known to the newspaper only."""

    id: int
    author_name: str
    text: str
    parent: int | None
    depth: int
    created: datetime


@dataclass(frozen=True)
class Story:
    """An article with its number and its thread, as it is in one edition; `thread` is in the order it is shown."""

    id: int
    manuscript: Manuscript
    published: datetime
    modified: datetime
    thread: tuple[Post, ...] = ()

    @property
    def header(self) -> dict[str, str]:
        """The typed names and values."""
        return self.manuscript.header

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The text, piece by piece."""
        return self.manuscript.blocks

    @property
    def headline(self) -> str:
        """The headline."""
        return self.header["headline"]

    @property
    def path(self) -> str:
        """The address without scheme and host; its month is the one in which the article was published, local time."""
        return f"/{self.published.astimezone(LOCAL):%Y/%m}/{self.manuscript.slug}/"

    @property
    def section(self) -> str:
        """The section's name in addresses."""
        return self.header["section"]

    @property
    def section_name(self) -> str:
        """The section's name in print."""
        return SECTIONS[self.section]

    @property
    def authors(self) -> tuple[str, ...]:
        """Who wrote it; nobody where the paper does not say."""
        return self.manuscript.many("authors")

    @property
    def tags(self) -> tuple[str, ...]:
        """Its tags."""
        return self.manuscript.many("tags")

    @property
    def language(self) -> str:
        """Its language, BCP 47."""
        return self.header.get("language", "en")

    @property
    def attribution(self) -> str | None:
        """Its credit line."""
        return self.header.get("attribution")

    @property
    def caption(self) -> str | None:
        """What is printed below its picture."""
        return self.header.get("caption")

    @property
    def status(self) -> str:
        """`public`, `draft` or `protected` (behind a password)."""
        return self.header.get("status", "public")

    @property
    def comments(self) -> str:
        """How readers may answer: `wordpress`, `flat`, `closed` or `none`."""
        return self.header.get("discussion", "flat" if self.section == FLAT_SECTION else "wordpress")

    @property
    def newest_first(self) -> bool:
        """Whether the plain address shows the last page of the comments, as some WordPress sites have it."""
        return self.header.get("plain") == "newest"

    @property
    def teaser(self) -> str:
        """The first paragraph."""
        return self.blocks[0].text

    @cached_property
    def pages(self) -> tuple[tuple[Post, ...], ...]:
        """The thread cut after every tenth comment that answers the article; one empty page where nobody spoke."""
        starts = [at for at, post in enumerate(self.thread) if post.depth == 0][::COMMENTS_PER_PAGE] or [0]
        return tuple(self.thread[start:end] for start, end in zip(starts, [*starts[1:], len(self.thread)], strict=True))

    def page_of(self, post: Post) -> str:
        """The path of the page on which a comment stands."""
        number = next(at for at, page in enumerate(self.pages, 1) if post in page)
        return self.path + (f"comment-page-{number}/" if number != self.plain_page else "")

    @property
    def plain_page(self) -> int:
        """The number of the comment page that the plain address shows."""
        return len(self.pages) if self.newest_first else 1


@dataclass(frozen=True)
class Edition:
    """All stories of one edition, the newest first, and when it was printed."""

    number: int
    printed: datetime
    stories: tuple[Story, ...]

    @cached_property
    def public(self) -> tuple[Story, ...]:
        """The stories that everybody may read."""
        return tuple(story for story in self.stories if story.status == "public")

    @cached_property
    def listed(self) -> tuple[Story, ...]:
        """The stories that lists and sitemaps name: the one behind a password too."""
        return tuple(story for story in self.stories if story.status != "draft")

    @cached_property
    def by_path(self) -> dict[str, Story]:
        """The listed stories by their path."""
        return {story.path: story for story in self.listed}

    @cached_property
    def by_id(self) -> dict[int, Story]:
        """The listed stories by their number."""
        return {story.id: story for story in self.listed}

    @cached_property
    def latest_posts(self) -> tuple[tuple[Story, Post], ...]:
        """The five newest comments of the WordPress threads."""
        every = [(story, post) for story in self.public if story.comments == "wordpress" for post in story.thread]
        return tuple(sorted(every, key=lambda pair: pair[1].created, reverse=True)[:5])

"""What an archive must hold after a perfect crawl of one edition, and what it must not hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from newsarchive.demo.ages import in_words
from newsarchive.demo.edition import Edition, Story
from newsarchive.demo.feeds import FORBIDDEN
from newsarchive.demo.pages import GONE
from newsarchive.demo.press import not_public_remarks
from newsarchive.demo.typesetting import plain


@dataclass(frozen=True, slots=True)
class TrueArticle:
    """An article that everybody may read.

    `id` is the number that the page itself names (`postid-N`, `data-article-id`); `path` the address without scheme and
    host. `text` is paragraphs, subheads and quotations parted by an empty line, without the headline, the picture's
    caption and the credit line, which is `attribution`. `comments` says how its readers may answer: `wordpress`, `flat`,
    `closed` (WordPress, with the old comments still shown) or `none`.
    """

    id: int
    path: str
    headline: str
    authors: tuple[str, ...]
    date_published: datetime
    date_modified: datetime
    section: str
    tags: tuple[str, ...]
    text: str
    attribution: str | None
    in_language: str
    comments: str
    comment_count: int


@dataclass(frozen=True, slots=True)
class TrueComment:
    """A comment that everybody may read.

    `id` and `parent` are the numbers that the page names; None in the flat list, which names neither. `position` counts
    from 1 in the order of the whole thread, `depth` from 0. `text` has an empty line between paragraphs and a line feed
    within one. `date_created` is exact to the second; `age` is the words shown in its place in the flat list.
    """

    article: int
    id: int | None
    author_name: str
    text: str
    parent: int | None
    depth: int
    position: int
    date_created: datetime
    age: str | None


@dataclass(frozen=True, slots=True)
class NotPublic:
    """What must turn up nowhere: `urls` are paths of drafts and of the article behind a password, `texts` the paragraphs
    of these, and the comments that wait, are spam, were taken down, or belong to the other edition."""

    urls: tuple[str, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Truth:
    """`moved` pairs an old path with the new one (301); `missing` are linked paths that answer 404; `protected` is shown
    with its headline only; robots.txt forbids every path that begins with one of `forbidden`."""

    articles: tuple[TrueArticle, ...]
    comments: tuple[TrueComment, ...]
    not_public: NotPublic
    moved: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]
    protected: tuple[str, ...]
    forbidden: tuple[str, ...]

    def comments_of(self, article: int) -> tuple[TrueComment, ...]:
        """The comments of one article, in the order of its thread."""
        return tuple(comment for comment in self.comments if comment.article == article)


def tell(edition: Edition, now: datetime) -> Truth:
    """The truth about an edition, with the ages in words that it shows at the instant `now`."""
    secret = [story for story in edition.stories if story.status != "public"]
    paragraphs = [block.text for story in secret for block in story.blocks]
    remarks = [plain(remark.text) for remark in not_public_remarks(edition.number)]
    return Truth(
        articles=tuple(_article(story) for story in edition.public),
        comments=tuple(comment for story in edition.public for comment in _comments(story, now)),
        not_public=NotPublic(tuple(story.path for story in secret), (*paragraphs, *remarks)),
        moved=tuple((story.header["old-path"], story.path) for story in edition.public if "old-path" in story.header),
        missing=(GONE,),
        protected=tuple(story.path for story in secret if story.status == "protected"),
        forbidden=FORBIDDEN,
    )


def _article(story: Story) -> TrueArticle:
    return TrueArticle(
        id=story.id,
        path=story.path,
        headline=story.headline,
        authors=story.authors,
        date_published=story.published,
        date_modified=story.modified,
        section=story.section_name,
        tags=story.tags,
        text="\n\n".join(block.text for block in story.blocks),
        attribution=story.attribution,
        in_language=story.language,
        comments=story.comments,
        comment_count=len(story.thread),
    )


def _comments(story: Story, now: datetime) -> Iterator[TrueComment]:
    flat = story.comments == "flat"
    for position, post in enumerate(story.thread, 1):
        yield TrueComment(
            article=story.id,
            id=None if flat else post.id,
            author_name=post.author_name,
            text=plain(post.text),
            parent=post.parent,
            depth=post.depth,
            position=position,
            date_created=post.created,
            age=in_words(post.created, now) if flat else None,
        )

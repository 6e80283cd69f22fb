"""What travels through the house: a page goes in, a reading with articles, comments and follows comes out.

`Page`, `Profile`, `Thread`, `Follow` and `Reading` are frozen values: they cross process borders and are never changed.
`Article` and `Comment` are plain dataclasses, so that any Scrapy pipeline may set their fields through `ItemAdapter`.
All datetimes are aware and in UTC. An unknown optional field is `None`, never an empty string.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from typing import Any, Literal

from newsarchive.endpoints import Endpoint

Purpose = Literal["article", "comments", "feed", "sitemap", "listing", "signs", "robots", "requisite", "other"]
Precision = Literal["second", "minute", "hour", "day", "week", "month", "year"]
Absence = Literal["missing", "protected"]
ThreadStatus = Literal["open", "closed", "removed", "migrated"]
NO_CAPTURE = "urn:uuid:00000000-0000-0000-0000-000000000000"  # the nil UUID (RFC 9562, section 5.9), for HTML at hand


@dataclass(frozen=True, slots=True)
class Page:
    """One captured answer, as the readers see it.

    `body` is the entity body with transfer and content coding undone, `headers` are the response's fields in the order
    they came, names as sent. `method` and `request_body` are the request's: a comment endpoint asked by POST is told
    from others by them. `whole` is False when the body did not come, or could not be decoded, to its end. `record_id` is the
    WARC-Record-ID of the capture, `urn:uuid:...` without angle brackets. `body_from` is set where the site said, or showed, that
    nothing has changed: the time of the earlier capture whose body this is, and `body_of` its id.
    """

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    captured_at: datetime
    record_id: str
    method: str = "GET"
    request_body: bytes = b""
    whole: bool = True
    body_from: datetime | None = None
    body_of: str | None = None

    @property
    def at_hand(self) -> bool:
        """Whether no server sent it: nothing can be asked for that it only leads to."""
        return self.record_id == NO_CAPTURE

    @property
    def ages_from(self) -> datetime:
        """What "3 hours ago" in the body counts from."""
        return self.body_from or self.captured_at

    @property
    def body_id(self) -> str:
        """The id of the record that holds the body."""
        return self.body_of or self.record_id

    def header(self, name: str) -> str | None:
        """The first value of the response header `name` (any case), or None."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)


@dataclass(frozen=True, slots=True)
class Profile:
    """What a site's file says of its newspaper; with the page it is all that reading depends on (no keys, no secrets).

    `site` is the site's id in the catalogue; `time_zone` an IANA name, for dates that name no offset; `languages` the
    BCP 47 codes to expect in its comments; `article_urls` a regular expression searched in an address; `selectors` maps
    a field's name (`headline`, `text`, `comment`, ...) to a CSS selector; `spider` is `module:Class` when the site
    brings its own `read_article`; `endpoints` describe the comment platforms that the site's own file declares; `noarchive` is
    `record` or `omit`, what is done with a page that asks not to be archived.
    """

    site: str
    name: str | None = None
    start_urls: tuple[str, ...] = ()
    in_language: str | None = None
    languages: tuple[str, ...] = ()
    country: str | None = None
    time_zone: str | None = None
    article_urls: str | None = None
    selectors: tuple[tuple[str, str], ...] = ()
    spider: str | None = None
    endpoints: tuple[Endpoint, ...] = ()
    noarchive: str = "record"

    def selector(self, name: str) -> str | None:
        """The CSS selector the site names for `name`, or None."""
        return dict(self.selectors).get(name)

    def to_json(self) -> dict[str, Any]:
        """The profile as JSON values, for the WARC's warcinfo record."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Profile:
        """The inverse of `to_json`; names that this version does not know are left out."""
        known = {f.name for f in fields(cls)} & value.keys()
        lists = {
            name: tuple(tuple(x) if isinstance(x, list) else x for x in value[name])
            for name in known
            if isinstance(value[name], list | tuple) and name != "endpoints"
        }
        lists["endpoints"] = tuple(Endpoint.from_json(one) for one in value.get("endpoints", ()))
        return cls(**{name: value[name] for name in known} | lists)


@dataclass(slots=True)
class Article:
    """An article as one capture shows it. Names are schema.org's (NewsArticle) in snake_case.

    `id` is `site:native-id`, or `site:path` where the page gives no id of its own; an id counted elsewhere than at the root
    of the site's first host says where: `site:fr/post-7`, `site:blog.example/post-7`. `*_raw` holds a date's words as they
    stand in the page. `attribution` is the credit line ("More: Al Jazeera"), `aliases` are other addresses that the
    page names as its own (AMP, short link), `text` is plain text, paragraphs parted by an empty line.

    Of an article in several pages each page shows a `part`, counted from 1, and names others (`pages`); `partial` says that
    `text` lacks some. `shown_at` is the page's address where it is another than `url`: an AMP page, page 2.
    """

    id: str
    site_id: str
    url: str
    captured_at: datetime
    capture_id: str
    headline: str | None = None
    alternative_headline: str | None = None
    description: str | None = None
    section: str | None = None
    in_language: str | None = None
    date_published: datetime | None = None
    date_published_raw: str | None = None
    date_modified: datetime | None = None
    date_modified_raw: str | None = None
    attribution: str | None = None
    main_image: str | None = None
    paywalled: bool | None = None
    comment_count_reported: int | None = None
    thread_id: str | None = None
    text: str | None = None
    authors: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    media: list[str] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    part: int | None = None
    pages: list[str] = field(default_factory=list)
    partial: bool = False
    shown_at: str | None = None


@dataclass(slots=True)
class Comment:
    """One reader's comment as one capture shows it.

    `id` is `site:platform:native-id`, or `site:~hash` where the platform gives none. `position` counts from 1 in the
    order of the page, `depth` from 0 for a comment that answers the article. `date_created` is the earliest instant the
    page's words allow, `date_created_precision` says how wide [`date_created_earliest`, `date_created_latest`] is, and
    `date_created_raw` keeps the words. `author_id` is the platform's id of an account; None for a mere nick. What
    `in_language`, its score and its mark for mixed text say stands in `reading.language.Language`.
    """

    id: str
    site_id: str
    thread_id: str
    platform: str
    captured_at: datetime
    capture_id: str
    author_name: str | None = None
    author_id: str | None = None
    parent_id: str | None = None
    depth: int | None = None
    position: int | None = None
    date_created: datetime | None = None
    date_created_precision: Precision | None = None
    date_created_earliest: datetime | None = None
    date_created_latest: datetime | None = None
    date_created_raw: str | None = None
    in_language: str | None = None
    in_language_score: float | None = None
    in_language_mixed: bool | None = None
    text: str | None = None
    upvotes: int | None = None
    downvotes: int | None = None
    status: Literal["live", "hidden"] = "live"


Item = Article | Comment


def comment_hash(thread_id: str, name: str, text: str, ordinal: int) -> str:
    """What stands in the id of a comment without a number: a hash of its thread, its folded name and text, and its number among
    equals, from 1."""
    return hashlib.sha256("\n".join((thread_id, name, text, str(ordinal))).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Follow:
    """An address that a page leads to, and what to expect there. Its URL is canonical (`urls.canonical`).

    `modified` is the day, or less (`2026`, `2026-11`), on which a sitemap says that it was changed last.
    """

    url: str
    purpose: Purpose
    method: str = "GET"
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    modified: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Thread:
    """What one page says of the thread it shows (part of).

    `id` is the platform's key (`wordpress:host:post-id`, `wordpress:host/fr:post-id` where the site lives in a folder); the
    article names the same key. `url` is where readers find the
    thread; an endpoint's answer leaves it out, and the status too, for it says nothing of them. `pages` are the follows that
    hold the thread's other pages, as far as this page knows them: a visit is complete when all of them were read. `whole` is
    False when the reader saw that it could not read all that stands in the list. `comment_count_reported` is the number the
    site claims; `counts_hidden` is True where it is known to count the places of comments that were taken away.
    """

    id: str
    platform: str
    url: str | None = None
    status: ThreadStatus | None = None
    comment_count_reported: int | None = None
    pages: tuple[Follow, ...] = ()
    whole: bool = True
    counts_hidden: bool = False


@dataclass(frozen=True)  # no slots: pages have hundreds, and what is frozen and has slots is slow to come from a process
class Placement:
    """The parent of a comment as an API tells it, for comments that a page shows flattened at its deepest level."""

    comment_id: str
    parent_id: str | None


@dataclass(frozen=True)  # no slots: pages have hundreds, and what is frozen and has slots is slow to come from a process
class Sign:
    """What a list of the site tells of one thread, as a digest: 32 hexadecimal digits. Where several lists tell of it, their sum
    is its sign (`catalogue.signs.combined`). `url` is the address of its article, where the list names it."""

    thread_id: str
    digest: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A comment that a list of the whole site's mentions: the address of the article that it stands below, and when it was
    written."""

    url: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read from one page.

    `site_name` is what a front page calls the newspaper. `absent` says why a page shows no article where one may have been: it
    is `missing`, as the page itself says although its status is 200, or `protected` by a password or a log-in. `moved_to` is
    the address that a page without an article sends its reader on to (`<meta http-equiv="refresh">`). `readers` names which
    readers took it, for people who ask why; `failure` says what a reader required and did not find; `noarchive` is True where
    the page asks not to be archived.
    """

    article: Article | None = None
    comments: tuple[Comment, ...] = ()
    thread: Thread | None = None
    placements: tuple[Placement, ...] = ()
    signs: tuple[Sign, ...] = ()
    mentions: tuple[Mention, ...] = ()
    follow: tuple[Follow, ...] = ()
    site_name: str | None = None
    absent: Absence | None = None
    moved_to: str | None = None
    readers: tuple[str, ...] = ()
    failure: str | None = None
    noarchive: bool = False

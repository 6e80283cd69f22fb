"""What a feed of comments tells: where somebody spoke, and when."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newsarchive.items import Mention, Page, Profile
from newsarchive.reading import read

SITE = "https://gazette.example"
AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
PROFILE = Profile(site="gazette-example", start_urls=(f"{SITE}/",))


def mentions(*entries: str, root: str = "rss") -> tuple[Mention, ...]:
    body = f'<{root} xmlns:dc="http://purl.org/dc/elements/1.1/">{"".join(entries)}</{root}>'.encode()
    return read(Page(f"{SITE}/comments/feed/", 200, (), body, AT, "urn:uuid:0"), PROFILE).mentions


@pytest.mark.parametrize(
    ("root", "entry"),
    [
        ("rss", "<item><link>{}</link><pubDate>Fri, 20 Nov 2026 11:30:00 +0200</pubDate></item>"),
        ("feed", '<entry><link href="{}"/><updated>2026-11-20T09:30:00Z</updated></entry>'),
        ("rss", "<item><link>{}</link><dc:date>2026-11-20T11:30:00+02:00</dc:date></item>"),
    ],
)
def test_a_comment_is_mentioned_with_its_article_and_its_time(root: str, entry: str) -> None:
    links = (f"{SITE}/2026/11/a/#comment-1", f"{SITE}/2026/11/b/comment-page-2/#comment-9")
    at = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
    found = mentions(*map(entry.format, links), root=root)
    assert found == (Mention(f"{SITE}/2026/11/a/", at), Mention(f"{SITE}/2026/11/b/", at))


@pytest.mark.parametrize(
    "entry",
    [
        "<item><link>https://gazette.example/a/#comment-1</link></item>",
        "<item><link>https://gazette.example/a/#comment-1</link><pubDate>yesterday</pubDate></item>",
        "<item><link>https://gazette.example/a/#comment-1</link><pubDate>Fri, 20 Nov 2026 12:30:00 +0000</pubDate></item>",
        "<item><link>https://other.example/a/#comment-1</link><pubDate>Fri, 20 Nov 2026 09:30:00 +0000</pubDate></item>",
        "<item><link>https://gazette.example/a/</link><pubDate>Fri, 20 Nov 2026 09:30:00 +0000</pubDate></item>",
        "<item><pubDate>Fri, 20 Nov 2026 09:30:00 +0000</pubDate></item>",
    ],
)
def test_what_says_no_time_no_comment_or_no_page_of_the_site_is_none(entry: str) -> None:
    assert mentions(entry) == ()

"""Which hosts may be sent a POST for comments."""

import pytest

from newsarchive.crawl.reach import Reach
from newsarchive.reading.comments.endpoint_describe import described

REACH = Reach.of(["https://www.gazette.example/", "https://blog.example:8443/"], ["Talk.Other.example"])


@pytest.mark.parametrize(
    "url",
    [
        "https://gazette.example/admin-ajax.php",
        "https://talk.gazette.example/api/graphql",
        "https://blog.example:8443/",
        "https://talk.other.example/api",
        "https://api-2-0.spot.im/v1.0.0/conversation/read",
        "https://gazette.coral.coralproject.net/api/graphql",
        "https://www.facebook.com/plugins/comments/async/1/pager/reverse_time/",
    ],
)
def test_the_newspaper_s_own_and_known_hosts(url: str) -> None:
    assert REACH.may_post(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://victim.example/admin/api/do",
        "https://evilgazette.example/",
        "https://gazette.example.evil.example/",
        "https://blog.example/",
        "https://example/",
        "https://gazette.example@victim.example/",
    ],
)
def test_no_host_that_a_page_has_chosen(url: str) -> None:
    assert not REACH.may_post(url)


def test_a_described_platform_names_its_host() -> None:
    table = {
        "name": "kudzokorora",
        "page": "main",
        "ask": {"url": "https://api.other.example/list?of={path}", "method": "POST", "comments": "list"},
        "fields": {"id": "id", "text": "text"},
    }
    assert Reach.of(["https://gazette.example/"], (), [described(table, where="comments")]).may_post(
        "https://api.other.example/list"
    )

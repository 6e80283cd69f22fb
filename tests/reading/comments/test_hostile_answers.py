"""Whatever stands in an answer, reading it raises nothing, keeps to its thread, and leads to the platform's own hosts alone."""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsarchive.items import Follow, Profile, Reading
from newsarchive.reading import read
from tests.reading.comments import test_coral as coral
from tests.reading.comments import test_disqus as disqus
from tests.reading.comments import test_facebook as facebook
from tests.reading.comments import test_openweb as openweb
from tests.reading.comments import test_viafoura as viafoura
from tests.reading.comments import test_vuukle as vuukle
from tests.reading.comments.walking import PROFILE, answer, article

_JUNK: list[Any] = [
    *(None, True, 0, -1, 10**400, 1e308, float("nan"), float("inf"), 1763712930, 99999999999999999),
    *("", " ", "\ud800", "\x00\x1b[31m", "a" * 400, "../../etc", "<p>" * 300, "2026-11-21T08:15:30", "c1", "1", "770041_1"),
    *([], {}, [[]], [None], {"id": "1"}, {"edges": [7]}, {"contents": [{}]}, {"commentIDs": ["770041_1"]}),
]


@dataclass(frozen=True)
class Sample:
    """A request, a sound answer to it, and where it may lead."""

    follow: Follow
    body: Any
    thread: str
    host: str

    def read(self, body: Any, profile: Profile = PROFILE) -> Reading:
        if self.host == "disqus.com" and self.follow.url == disqus.EMBED:
            source = json.dumps(body).replace("</", "<\\/")
            return read(answer(self.follow, f'<script id="disqus-threadData">{source}</script>', mime="text/html"), profile)
        return read(answer(self.follow, facebook.paged(body) if "facebook" in self.host else body), profile)


_EMBEDDED = (
    disqus.embed(disqus.post(1), disqus.post(2, parent=1), more=True).partition('threadData">')[2].partition("</script>")[0]
)
SAMPLES = {
    "disqus": Sample(disqus.first(), json.loads(_EMBEDDED), "disqus:gazette-example/valley-gazette:clinic 41", "disqus.com"),
    "disqus API": Sample(
        Follow(disqus.POSTS, "comments"),
        {"cursor": {"hasNext": True, "next": "5:0:0"}, "response": [disqus.post(1), disqus.post(2, parent=1)]},
        "disqus:gazette-example/valley-gazette:clinic 41",
        "disqus.com",
    ),
    "openweb": Sample(
        openweb.asked(),
        openweb.conversation(openweb.comment("c1", openweb.comment("c2"), has_next=True), has_next=True, offset=2),
        "openweb:gazette-example/sp_Valley1:clinic$41",
        "api-2-0.spot.im",
    ),
    "coral": Sample(
        coral.first()[0],
        coral.story(coral.comment("c1", replies=coral.edges(coral.comment("c2", replyCount=2))), cursor="x", more=True),
        "coral:gazette-example/talk.gazette.example:clinic-41",
        "talk.gazette.example",
    ),
    "viafoura section": Sample(
        Follow(viafoura.BOOTSTRAP, "comments", "POST", viafoura.ABOUT),
        viafoura.SETTINGS,
        "viafoura:gazette-example/gazette.example:clinic-41",
        "livecomments.viafoura.co",
    ),
    "viafoura": Sample(
        viafoura.first(),
        viafoura.listing(viafoura.comment("c1", total_replies=3), viafoura.comment("c2", "c1"), more=True),
        "viafoura:gazette-example/gazette.example:clinic-41",
        "livecomments.viafoura.co",
    ),
    "facebook": Sample(
        facebook.asked(facebook.PAGES, "AAA"),
        facebook.listing(
            "770041_1", after="B", n1=facebook.comment("n1", **facebook.replies("770041_2", after="R")), n2=facebook.comment("n2")
        ),
        f"facebook:gazette-example/gazette.example:{facebook.ARTICLE}",
        "www.facebook.com",
    ),
    "vuukle": Sample(
        vuukle.first(),
        vuukle.page_of(*(vuukle.comment(number, vuukle.comment(number + 10), replyCount=2) for number in range(5))),
        "vuukle:gazette-example/gazette.example:41",
        "api.vuukle.com",
    ),
}


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Every place in a value of JSON: the object or list, and the name or number in it."""
    found: list[tuple[Any, Any]] = []
    for key in list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        found += [(value, key), *_places(value[key])]
    return found


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sound_answer_leads_on(name: str) -> None:
    reading = SAMPLES[name].read(SAMPLES[name].body)
    assert reading.thread
    assert reading.thread.id == SAMPLES[name].thread
    assert reading.follow


@pytest.mark.parametrize("name", SAMPLES)
def test_two_sites_that_show_one_thread_keep_two(name: str) -> None:
    here = SAMPLES[name].read(SAMPLES[name].body)
    there = SAMPLES[name].read(SAMPLES[name].body, replace(PROFILE, site="m-gazette-example"))
    assert here.thread
    assert there.thread
    assert there.thread.id == here.thread.id.replace(":gazette-example/", ":m-gazette-example/") != here.thread.id
    assert {comment.thread_id for comment in there.comments} <= {there.thread.id}


@pytest.mark.parametrize("name", SAMPLES)
@settings(max_examples=60, deadline=None)
@given(changes=st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, len(_JUNK) - 1)), min_size=1, max_size=4))
def test_an_answer_with_junk_in_it(name: str, changes: list[tuple[int, int]]) -> None:
    sample, body = SAMPLES[name], copy.deepcopy(SAMPLES[name].body)
    for place, junk in changes:
        if places := _places(body):
            holder, key = places[place % len(places)]
            holder[key] = copy.deepcopy(_JUNK[junk])
    reading = sample.read(body)
    assert {urlsplit(follow.url).netloc for follow in reading.follow} <= {sample.host}
    assert sample.follow not in reading.follow
    if reading.thread:
        assert reading.thread.id == sample.thread
        assert set(reading.thread.pages) <= set(reading.follow)
    for comment in reading.comments:
        assert (comment.author_name or "x").isprintable()
        assert comment.id.startswith("gazette-example:")


@pytest.mark.parametrize("value", ['"\\ud83d\\ude00"', '"\\ud800"', "'a\\'b'", '"' + "\\\\" * 400 + '"', '"' + "x" * 5000 + '"'])
def test_an_article_that_names_an_odd_thread(value: str) -> None:
    scripts = (
        f"var disqus_shortname = 'valley'; var disqus_identifier = {value}; // disqus_thread",
        f"var VUUKLE_CONFIG = {{ apiKey: 'k', articleId: {value} }};",
        f"Coral.createStreamEmbed({{ rootURL: 'https://talk.gazette.example', storyID: {value} }});",
    )
    for script in scripts:
        reading = read(article(body=f"<script>{script}</script>"), PROFILE)
        assert all(follow.url.isascii() for follow in reading.follow)

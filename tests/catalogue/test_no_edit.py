"""What changes on a page without being an edit: widgets, counters, ads, clocks; and what is one, however small."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.vault.visits import articles, story, visit

VISITS = 20
WORDS = ("maize", "fuel", "court", "goal", "rain", "bus", "strike", "harvest", "school", "market")


def widgets(number: int) -> str:
    """What stands below an article and beside it, at the visit of this number."""
    word, other = WORDS[number % 10], WORDS[(number * 7 + 3) % 10]
    return f"""
    <aside class="widget widget_recent_comments"><h2>Latest comments</h2><ul id="recentcomments">
      <li class="recentcomments"><span class="comment-author-link">Reader {number}</span> on
      <a href="/{word}/#comment-{number}">The {word} that came, and the {other} that went away in the night of visit {number}</a>
      <time datetime="2026-11-{number + 1:02}T10:00:00Z">{number} minutes ago</time></li></ul></aside>
    <div class="related-posts"><h3>Related</h3><ul><li><a href="/{word}-story/">How {word} and {other} changed us {number}
      times</a></li><li><a href="/{other}/">More of {other}, and then of {word}</a></li></ul></div>
    <div class="poll"><p>Do you want {word}?</p><span>Yes {number * 3} votes</span><span>No {number} votes</span></div>
    <div class="ad-slot" id="div-gpt-ad-{number * 991}">
      <p>Advertisement: buy {word} at the lowest price in {number} shops</p></div>
    <footer><p>It is {10 + number % 10}:{number % 60:02} in Harare, {20 + number} degrees. {number * 17} readers.</p></footer>"""


def furniture(number: int) -> str:
    """What stands inside the article's element without being its text."""
    word = WORDS[number % 10]
    return f"""
    <div class="share-buttons"><span class="count">{number * 13}</span> shares
      <a href="/share?nonce={number * 7919}">Share</a></div>
    <span class="post-views">{number * 31} views</span>
    <time class="updated">Updated {number + 1} minutes ago</time>
    <figure data-nonce="{number * 104729}"><img src="/ad-{number}.png" alt="Buy {word}"></figure>
    <div class="advertisement"><p>Sponsored: {word} for {number} dollars only, today, at your shop around the corner.</p></div>
    <div class="related"><h4>Read also</h4>
      <a href="/{word}/">{word.title()} is back, say {number} witnesses of the {word}</a></div>"""


def shown(number: int, **changed: str) -> str:
    now = datetime.now(UTC)
    head = f"""<meta property="article:published_time" content="2026-11-01T08:00:00+00:00">
    <meta property="article:modified_time" content="{now.isoformat()}"><meta name="csrf-token" content="{number * 15485863}">
    <script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{changed.get("headline", "The river")}",
      "author": {{"@type": "Person", "name": "{changed.get("author", "Rudo Moyo")}"}}, "dateModified": "{now.isoformat()}",
      "interactionStatistic": {{"userInteractionCount": {number * 5}}}, "commentCount": {number}}}</script>"""
    space = "\n" * (number % 3) + " " * (number % 4)
    more = furniture(number) + changed.get("more", "")
    page = story("river", headline=changed.get("headline", "The river"), head=head, below=widgets(number), more=more)
    return page.replace("</p>", f"{space}</p>{space}").replace("<p>", f'<p data-id="{number * 3}" class="c{number % 2}">')


def test_twenty_visits_to_a_page_full_of_widgets_make_no_revision(tmp_path: Path) -> None:
    for number in range(VISITS):
        visit(tmp_path, {"/a/": shown(number)})
    (row,) = articles(tmp_path).values()
    assert row["revision_count"] == 0
    assert row["date_published"] == "2026-11-01T08:00:00Z"
    assert "river" in row["text"]
    assert not any(word in row["text"] for word in WORDS)


@pytest.mark.parametrize(
    "changed",
    [
        {"headline": "The rivers"},
        {"author": "Rudo Moyo-Ncube"},
        {"more": "<p>One more sentence was said of the river and of those who live there.</p>"},
    ],
)
def test_what_the_newspaper_changed_is_an_edit(tmp_path: Path, changed: dict[str, str]) -> None:
    visit(tmp_path, {"/a/": shown(0)})
    visit(tmp_path, {"/a/": shown(1, **changed)})
    visit(tmp_path, {"/a/": shown(2, **changed)})
    assert [row["revision_count"] for row in articles(tmp_path).values()] == [1]


@pytest.mark.parametrize("name", ["article:modified_time", "article:published_time"])
def test_another_date_is_an_edit(tmp_path: Path, name: str) -> None:
    for day in (3, 3, 4):
        at = (datetime(2026, 11, day, 9, tzinfo=UTC) + timedelta(hours=1)).isoformat()
        visit(tmp_path, {"/a/": story("river", head=f'<meta property="{name}" content="{at}">')})
    assert [row["revision_count"] for row in articles(tmp_path).values()] == [1]

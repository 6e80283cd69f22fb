"""A thread walked as a crawl walks it, against answers that stand in a dictionary."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from newsarchive.items import Comment, Follow, Page, Profile, Reading, Thread
from newsarchive.reading import read

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
ARTICLE = "https://gazette.example/2026/11/clinic"
PROFILE = Profile(site="gazette-example", start_urls=("https://gazette.example/",), time_zone="Africa/Harare")
WORDS = "<p>" + "The clinic in the valley has been closed since spring, and its nurses were told so by a letter. " * 8 + "</p>"


def article(*, head: str = "", body: str = "", url: str = ARTICLE) -> Page:
    """An article's page with a platform's tags in its head and body."""
    html = (
        f"<html lang=en><head><title>Clinic closed</title><meta property='og:type' content='article'>{head}</head>"
        f"<body><article><h1>Clinic closed</h1>{WORDS}</article>{body}</body></html>"
    )
    return Page(url, 200, _head("text/html; charset=utf-8", html), html.encode(), AT, "urn:uuid:0")


def answer(follow: Follow, body: Any, *, status: int = 200, mime: str = "application/json") -> Page:
    """The answer to a follow: text as it is, anything else as JSON."""
    text = body if isinstance(body, str) else json.dumps(body)
    return Page(follow.url, status, _head(mime, text), text.encode(), AT, "urn:uuid:1", follow.method, follow.body)


def _head(mime: str, text: str) -> tuple[tuple[str, str], ...]:
    return (("Content-Type", mime), ("Content-Length", str(len(text.encode()))))


def thread_of(page: Page) -> Thread:
    """The thread that a page or an answer shows."""
    thread = read(page, PROFILE).thread
    assert thread
    return thread


@dataclass(frozen=True)
class Walk:
    """What a walk read, and the follows that had no answer."""

    readings: Sequence[Reading]
    unanswered: Sequence[Follow]

    @property
    def comments(self) -> dict[str, Comment]:
        """The comments by the platform's own ids."""
        return {one.id.rpartition(":")[2]: one for reading in self.readings for one in reading.comments}

    @property
    def threads(self) -> set[str]:
        return {reading.thread.id for reading in self.readings if reading.thread}

    @property
    def whole(self) -> bool:
        """Whether every page was read, and read wholly."""
        return not self.unanswered and all(reading.thread and reading.thread.whole for reading in self.readings)


def walk(first: Page, answers: Mapping[tuple[str, bytes], Any], *, mime: str = "application/json") -> Walk:
    """Read the article's page and every answer that a follow leads to; each request is made once.

    `answers` are keyed by address and request body.
    """
    readings = [read(first, PROFILE)]
    waiting, asked, unanswered = list(readings[0].follow), set(), []
    while waiting:
        follow = waiting.pop(0)
        if follow.purpose != "comments" or (key := (follow.url, follow.body)) in asked:
            continue
        asked.add(key)
        if key not in answers:
            unanswered.append(follow)
            continue
        readings.append(read(answer(follow, answers[key], mime=mime), PROFILE))
        waiting.extend(readings[-1].follow)
    return Walk(readings, unanswered)

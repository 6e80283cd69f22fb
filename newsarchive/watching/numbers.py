"""The numbers of one crawl by which it is judged, as its last record has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Self

from newsarchive.watching.tally import PREFIX

_NO_SERVER = ("dns", "refused", "timeout", "tls", "disconnect", "failing", "other")


@dataclass(frozen=True, slots=True)
class Numbers:
    """Counts of one crawl, or of several together. What each means stands in docs/watching.md.

    `unanswered` has the addresses that gave no answer, by kind (dns, refused, timeout, ...), most first.
    """

    finished_at: datetime
    finish_reason: str = "finished"
    answers: int = 0
    blocked: int = 0
    errors: int = 0
    gone: int = 0
    empty: int = 0
    parked: int = 0
    listed: int = 0
    article_pages: int = 0
    articles: int = 0
    without_headline: int = 0
    without_text: int = 0
    without_date_published: int = 0
    without_authors: int = 0
    threads: int = 0
    comments: int = 0
    forbidden: int = 0
    unanswered: tuple[tuple[str, int], ...] = ()

    @classmethod
    def of(cls, finished_at: datetime, finish_reason: str, stats: Mapping[str, Any]) -> Self:
        """The numbers in a crawl's statistics; what an earlier version did not count is 0."""
        missed = {kind: int(stats.get(f"newsarchive/missed/{kind}", 0)) for kind in _NO_SERVER}
        unanswered = tuple(sorted(((k, n) for k, n in missed.items() if n), key=lambda one: -one[1]))
        counts = {name: int(stats.get(PREFIX + name, 0)) for name in COUNTS}
        counts["forbidden"] = int(stats.get("newsarchive/missed/robots", 0))
        return cls(finished_at, finish_reason, **counts, unanswered=unanswered)

    @property
    def good(self) -> int:
        """Answers that are a newspaper's."""
        return self.answers - self.blocked - self.errors - self.gone - self.empty - self.parked

    @property
    def silent(self) -> int:
        """Addresses that gave no answer."""
        return sum(count for _, count in self.unanswered)


COUNTS = tuple(one.name for one in fields(Numbers) if one.type == "int")


def together(crawls: Iterable[Numbers]) -> Numbers:
    """The sum of some crawls, the latest first; its time and end are those of the latest."""
    all_of = list(crawls)
    counts = {name: sum(getattr(one, name) for one in all_of) for name in COUNTS}
    return Numbers(all_of[0].finished_at, all_of[0].finish_reason, **counts, unanswered=all_of[0].unanswered)

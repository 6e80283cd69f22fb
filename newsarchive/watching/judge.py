"""Whether a site is well, judged by the numbers of its crawls alone: no clock, no database (docs/watching.md has the thresholds).

A crawl is compared with the site's own past: the median of the last crawls in which all was well, and the worst of them. What is
worse than a part of the median, and worse than anything seen in that time, is found. A crawl with a finding does not count as
past, so a site that stays broken stays named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from math import comb
from statistics import median
from typing import Literal

from newsarchive.watching.numbers import Numbers, together
from newsarchive.watching.tally import FIELDS

Kind = Literal["dead", "blocked", "redesigned", "errors", "minimum", "overdue", "stopped"]

PAST = 30  # crawls that a site is compared with
_KNOWN = 3  # crawls before which a site has no past
_POOLED = 5  # crawls that are looked at together where one brings too few pages
_ENOUGH = 8  # article pages from which the usual share is taken
_HALF = 0.5
_SUREST = 0.9  # what has always been may fail once in ten times: what fails, fails for several pages at once
_RARE = 0.001
_MANY = 200  # pages, of which no such share is chance
_LISTED = 0.2  # of the usual number of listed articles
_WORTH = 5  # listed articles, comments or refusals, below which a change of their number is no news
_THREADS = 0.3  # of the usual share of articles with a thread
_SOME_BLOCKED, _SOME_FAILING = 0.2, 0.3  # shares of the answers
_LATE = 5  # times the usual time between two crawls
_LATE_AT_LEAST = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a site, and the numbers that say so."""

    kind: Kind
    reason: str


Expected = Mapping[str, int]


def judge(crawls: Sequence[Numbers], expected: Expected, *, at: datetime) -> list[Finding]:
    """What is wrong with a site by its crawls, oldest first; `at` is now, for the crawl that should have been there.

    `expected` are minimums that the newspaper's file declares; what has one is not compared with the past.
    """
    well: list[Numbers] = []
    findings: list[Finding] = []
    for place, crawl in enumerate(crawls):
        recent = [crawl, *reversed(crawls[max(0, place - _POOLED + 1) : place])]
        findings = _findings(crawl, recent, well[-PAST:], expected)
        if not findings:
            well.append(crawl)
    return findings + _overdue(crawls, at)


def _findings(crawl: Numbers, recent: Sequence[Numbers], past: Sequence[Numbers], expected: Expected) -> list[Finding]:
    found = _minimums(crawl, expected)
    if gone := _dead(crawl) or _blocked(crawl, past) or _parked(crawl):
        return [gone, *found]
    known = past if len(past) >= _KNOWN else ()
    pooled = _pool(recent)
    told = [
        _lists_nothing(crawl, known) if "articles" not in expected else None,
        _not_read(pooled, known),
        *(_lacks(pooled, known, field) for field in FIELDS),
        (_no_threads(pooled, known) or _no_comments(recent, known)) if "comments" not in expected else None,
        _errors(crawl, known),
    ]
    return [*filter(None, told), *found]


def _dead(crawl: Numbers) -> Finding | None:
    """Nothing answers, or nothing but errors does, or every answer is empty."""
    if crawl.answers == 0 and crawl.silent:
        kinds = ", ".join(f"{kind}: {count}" for kind, count in crawl.unanswered)
        return Finding("dead", f"no answer from the site ({kinds})")
    if crawl.answers and crawl.answers == crawl.errors:
        return Finding("dead", f"all {crawl.answers} answers are errors of the server")
    if crawl.answers and crawl.answers == crawl.gone:
        return Finding("dead", f"all {crawl.answers} answers say that the page is not there")
    if crawl.empty and not crawl.good and not crawl.blocked:
        return Finding("dead", f"all {crawl.empty} pages are empty")
    return None


def _parked(crawl: Numbers) -> Finding | None:
    if crawl.parked and not crawl.articles:
        return Finding("dead", f"{crawl.parked} pages say that the domain is parked, or that nothing was put there")
    return None


def _blocked(crawl: Numbers, past: Sequence[Numbers]) -> Finding | None:
    """Refusals and challenges: all there is, half of it, or far more than ever before."""
    if crawl.answers == 0 and crawl.forbidden:
        return Finding("blocked", "robots.txt forbids everything")
    share = crawl.blocked / crawl.answers if crawl.answers else 0.0
    usual = [one.blocked / one.answers for one in past if one.answers]
    unusual = share >= _SOME_BLOCKED and crawl.blocked >= _WORTH and bool(usual) and share > 2 * max(usual)
    if share >= _HALF or unusual:
        return Finding("blocked", f"{crawl.blocked} of {crawl.answers} answers are refusals (401, 403, 429) or challenges")
    return None


def _lists_nothing(crawl: Numbers, past: Sequence[Numbers]) -> Finding | None:
    usual = median(one.listed for one in past) if past else 0
    least = min((one.listed for one in past), default=0)
    if usual >= _WORTH and crawl.listed < min(_LISTED * usual, least):
        return Finding("redesigned", f"its pages lead to {crawl.listed} articles, usually to {usual:.0f}")
    return None


def _not_read(pooled: Numbers, past: Sequence[Numbers]) -> Finding | None:
    """Pages at addresses of articles in which no article is found any more."""
    usual = _usual(past, "articles", "article_pages")
    if usual and _is_less(pooled.articles, pooled.article_pages, usual, part=_HALF):
        lost = f"{pooled.article_pages - pooled.articles} of {pooled.article_pages} pages"
        return Finding("redesigned", f"{lost} are not read as the articles they were, usually {1 - median(usual):.0%}")
    return None


def _lacks(pooled: Numbers, past: Sequence[Numbers], field: str) -> Finding | None:
    usual = [1 - share for share in _usual(past, f"without_{field}", "articles")]  # of articles that have it
    lack = getattr(pooled, f"without_{field}")
    if usual and _is_less(pooled.articles - lack, pooled.articles, usual, part=_HALF):
        return Finding("redesigned", f"{lack} of {pooled.articles} articles lack {field}, usually {1 - median(usual):.0%}")
    return None


def _no_threads(pooled: Numbers, past: Sequence[Numbers]) -> Finding | None:
    usual = _usual(past, "threads", "articles")
    if usual and _is_less(pooled.threads, pooled.articles, usual, part=_THREADS):
        with_thread = f"{pooled.threads} of {pooled.articles} articles have a thread, usually {median(usual):.0%}"
        return Finding("redesigned", f"comments are gone: {with_thread}")
    return None


def _no_comments(recent: Sequence[Numbers], past: Sequence[Numbers]) -> Finding | None:
    """Not one comment in several crawls: their platform may answer no more while the pages still name it."""
    usual = median(one.comments for one in past) if past else 0
    if usual >= _WORTH and len(recent) == _POOLED and not any(one.comments for one in recent):
        return Finding("redesigned", f"comments are gone: none in {len(recent)} crawls, usually {usual:.0f} in each")
    return None


def _errors(crawl: Numbers, past: Sequence[Numbers]) -> Finding | None:
    def share(one: Numbers) -> float:
        return (one.errors + one.silent) / max(1, one.answers + one.silent)

    if past and share(crawl) >= _SOME_FAILING and share(crawl) > max(map(share, past)):
        failed = crawl.errors + crawl.silent
        return Finding("errors", f"{failed} of {crawl.answers + crawl.silent} addresses gave an error or no answer")
    return None


def _minimums(crawl: Numbers, expected: Expected) -> list[Finding]:
    had = {"articles": crawl.listed, "comments": crawl.comments, "pages": crawl.good}
    few = {name: least for name, least in expected.items() if had[name] < least}
    return [Finding("minimum", f"{had[name]} {name}, at least {least} are expected") for name, least in few.items()]


def _overdue(crawls: Sequence[Numbers], at: datetime) -> list[Finding]:
    """No crawl for much longer than between the earlier ones: cron, or the machine, has stopped."""
    ends = [one.finished_at for one in crawls[-PAST:]]
    if len(ends) <= _KNOWN:
        return []
    usual = median((later - earlier).total_seconds() for earlier, later in pairwise(ends))
    if at - ends[-1] > max(_LATE_AT_LEAST, timedelta(seconds=_LATE * usual)):
        return [Finding("overdue", f"not crawled since {ends[-1]:%Y-%m-%d %H:%M} UTC, usually every {usual / 3600:.0f} h")]
    return []


def _pool(recent: Sequence[Numbers]) -> Numbers:
    """The latest crawl, with those before it as long as there are too few pages to tell."""
    taken = 1
    while taken < len(recent) and together(recent[:taken]).article_pages < _ENOUGH:
        taken += 1
    return together(recent[:taken])


def _usual(past: Sequence[Numbers], part: str, whole: str) -> list[float]:
    """A share as it was in each crawl; crawls of few pages are taken together."""
    shares: list[float] = []
    parts = wholes = 0
    for crawl in past:
        parts, wholes = parts + getattr(crawl, part), wholes + getattr(crawl, whole)
        if wholes >= _ENOUGH:
            shares.append(parts / wholes)
            parts = wholes = 0
    return shares


def _is_less(count: int, whole: int, usual: Sequence[float], *, part: float) -> bool:
    """Whether a share is less than `part` of the usual one, less than ever, and less than chance brings in a thousand crawls."""
    expected = median(usual)
    return count < whole * min(part * expected, *usual, expected) and _chance(count, whole, min(expected, _SUREST)) < _RARE


def _chance(count: int, whole: int, share: float) -> float:
    """The probability of at most `count` among `whole`, each with the probability `share` (binomial)."""
    if whole > _MANY:
        return 0.0
    return sum(comb(whole, k) * share**k * (1 - share) ** (whole - k) for k in range(count + 1))

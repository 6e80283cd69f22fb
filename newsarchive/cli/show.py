"""What was read from a page, as a person or a program wants to see it."""

from __future__ import annotations

import json
import textwrap
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

import click

from newsarchive.items import Article, Comment, Follow, Page, Reading, Thread
from newsarchive.reading.comments import PLATFORMS
from newsarchive.text import clean_block, clean_line, json_shown
from newsarchive.times import to_iso

_INDENT = 4
_DEEPEST = 10  # levels that are indented
_NARROWEST = 30
_FOLLOWS = 10  # addresses of a kind that are listed
_WHY = {
    "no page": "nothing that readers know: they read HTML, XML, JSON and plain text",
    "not whole": "the answer is cut, or could not be decoded to its end; half a page would look like an edited one",
    "another site": "the address is not of the site whose profile it is read with",
    "links": "no article was found here: it is taken for a front page or a list, which only leads to articles",
    "missing": "the page says that there is no such article, whatever its status",
    "protected": "the page asks for a password or a log-in, and shows no article",
    "sent on": "the page sends its reader on to another address",
    "robots": "a robots.txt",
    "feed": "a feed: it leads to articles",
    "sitemap": "a sitemap: it leads to articles",
}


def to_json(page: Page, reading: Reading) -> str:
    """One line of JSON: where the page comes from, and everything of the reading. Times are ISO 8601 `Z`."""
    of = {"url": page.url, "captured_at": page.captured_at, "record_id": page.record_id}
    return json_shown(json.dumps(of | asdict(reading), ensure_ascii=False, default=_json_value))


def to_lines(page: Page, reading: Reading, width: int | None) -> Iterator[str]:
    """The reading as a readable thread. `width` is where text is wrapped; None leaves lines as long as they are."""
    yield f"Address: {clean_line(page.url)}{' (--url says where it was saved from)' if page.url.startswith('file:') else ''}"
    record = "none, this is a file at hand;" if page.at_hand else clean_line(page.record_id)
    yield f"Capture: {record} {_moment(page.captured_at)}"
    yield f"Read by: {clean_line(', '.join(reading.readers)) or 'no reader'}"
    yield from (f"         {_WHY[name]}" for name in reading.readers if name in _WHY)
    if reading.failure:
        yield click.style(f"Failure: {clean_line(reading.failure)}", fg="red")
    if reading.site_name:
        yield f"Site: {clean_line(reading.site_name)}"
    if reading.article:
        yield from _article(reading.article, width)
    yield from _thread(reading)
    for comment in reading.comments:
        yield from _comment(comment, width)
    yield from _leads(reading)


def _article(article: Article, width: int | None) -> Iterator[str]:
    yield from ("", click.style(clean_line(article.headline or "(no headline)"), bold=True), "=" * 60)
    for name, value in _head(article):
        if value:
            yield f"{name}: {clean_line(str(value))}"
    yield ""
    yield from _wrapped(article.text or "(no text)", width, "")


def _head(article: Article) -> list[tuple[str, object]]:
    names = ("url", "section", "in_language", "attribution", "thread_id")
    return [
        ("authors", ", ".join(article.authors)),
        ("date_published", _dated(article.date_published, article.date_published_raw)),
        ("date_modified", _dated(article.date_modified, article.date_modified_raw)),
        ("tags", ", ".join(article.tags)),
        *((name, getattr(article, name)) for name in names),
    ]


def _thread(reading: Reading) -> Iterator[str]:
    thread = reading.thread
    if thread is None:
        if reading.article:
            known = ", ".join(getattr(platform, "__name__", str(platform)).rpartition(".")[2] for platform in PLATFORMS)
            yield from ("", f"No comments: none of the readers of comments knows this page ({known}).")
        return
    yield from ("", click.style(f"Thread {clean_line(thread.id)}", bold=True), "-" * 60)
    yield f"platform: {thread.platform}; {thread.status or 'whether it is open is not told here'}"
    yield f"comments: {_counted(reading, thread)}"
    if not thread.whole:
        yield "Something in the list could not be read: a comment may be missing here."
    if reading.placements:
        yield f"parents: told for {len(reading.placements)} comments that stand on other pages"


def _counted(reading: Reading, thread: Thread) -> str:
    """Found against claimed; what the page itself leaves open, and where the rest would be asked for."""
    found, claimed = len(reading.comments), thread.comment_count_reported
    hidden = sum(comment.status == "hidden" for comment in reading.comments)
    words = f"{found} found here" + (f" ({hidden} of them hidden)" if hidden else "")
    if claimed is None:
        words += ", the page claims no count"
    elif claimed == found:
        words += ", as many as the site claims"
    else:
        words += f", the site claims {claimed}: {abs(claimed - found)} {'missing' if claimed > found else 'more than that'}"
    asked = sum(follow.purpose == "comments" for follow in reading.follow)
    return words + (f"; a crawl asks {asked} more {'address' if asked == 1 else 'addresses'} for comments" if asked else "")


def _comment(comment: Comment, width: int | None) -> Iterator[str]:
    indent = " " * _INDENT * min(comment.depth or 0, _DEEPEST)
    name = click.style(clean_line(comment.author_name or "(no name)"), bold=True)
    facts = [fact for fact in (_when(comment), _votes(comment), _language(comment)) if fact]
    status = [click.style(comment.status, fg="red")] if comment.status != "live" else []
    yield ""
    yield indent + " | ".join([name, *facts, *status])
    yield from _wrapped(comment.text or "(no text)", width, indent)


def _when(comment: Comment) -> str:
    """The words of the page, and the interval of time that they can mean."""
    raw = f'"{clean_line(comment.date_created_raw)}"' if comment.date_created_raw else ""
    earliest, latest = comment.date_created_earliest, comment.date_created_latest
    if earliest is None or latest is None:
        return _dated(comment.date_created, comment.date_created_raw) or "no date"
    if earliest == latest or comment.date_created_precision == "second":
        return f"{_moment(earliest)} {raw}".strip()
    return f"{_moment(earliest)} to {_moment(latest)}, to the {comment.date_created_precision} {raw}".strip()


def _dated(moment: datetime | None, raw: str | None) -> str:
    words = f'"{clean_line(raw)}"' if raw else ""
    if moment is None:
        return f"{words} (not understood)" if words else ""
    return f"{_moment(moment)} {words}".strip()


def _moment(moment: datetime) -> str:
    return to_iso(moment).replace("T", " ").replace("Z", " UTC")


def _votes(comment: Comment) -> str:
    votes = (("+", comment.upvotes), ("-", comment.downvotes))
    return " ".join(f"{sign}{count}" for sign, count in votes if count is not None)


def _language(comment: Comment) -> str:
    if comment.in_language is None:
        return ""
    score = "" if comment.in_language_score is None else f" {comment.in_language_score:.2f}"
    return comment.in_language + score + (", mixed" if comment.in_language_mixed else "")


def _wrapped(text: str, width: int | None, indent: str) -> Iterator[str]:
    for line in clean_block(text).split("\n"):
        if width is None or not line:
            yield (indent + line).rstrip()
        else:
            yield from textwrap.wrap(
                line,
                max(width, len(indent) + _NARROWEST),
                initial_indent=indent,
                subsequent_indent=indent,
                break_on_hyphens=False,
            )


def _leads(reading: Reading) -> Iterator[str]:
    """Where a crawl would go on; what holds comments first, of anything else the first few."""
    counts = Counter(follow.purpose for follow in reading.follow)
    yield from ("", f"Leads to {len(reading.follow)} addresses")
    for purpose in sorted(counts, key=lambda name: (name != "comments", name)):
        of_kind = [follow for follow in reading.follow if follow.purpose == purpose]
        yield from (f"  {purpose:9} {_asked(follow)}" for follow in of_kind[:_FOLLOWS])
        if len(of_kind) > _FOLLOWS:
            yield f"  {purpose:9} and {len(of_kind) - _FOLLOWS} more"


def _asked(follow: Follow) -> str:
    body = f" {clean_line(follow.body.decode('utf-8', 'replace'))[:200]}" if follow.body else ""
    return f"{'' if follow.method == 'GET' else follow.method + ' '}{clean_line(follow.url)}{body}"


def _json_value(value: Any) -> Any:
    if isinstance(value, datetime):
        return to_iso(value)
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)

"""What an item changes in its row: the ledger is a function of sightings, whatever the order they come in.

An article or comment is seen by many captures. First and last sight are the least and the greatest time, each distinct
text is one revision with its own first and last sight, and the row shows the revision seen last. Fields that tell
nothing of the text (place on the page, votes, section) follow the latest sight. So a crawl that stores pages as they
come out of the readers, and a rebuild that goes through them by time, end with the same rows.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from newsarchive.items import Article, Comment
from newsarchive.text import fold
from newsarchive.times import to_iso

Row = Mapping[str, Any]

# An article is edited when one of these changes; anything else is furniture (counters, sections, pictures).
ARTICLE_CONTENT = (
    "headline",
    "alternative_headline",
    "date_published",
    "date_published_raw",
    "date_modified",
    "date_modified_raw",
    "attribution",
    "text",
)
_TIME = ("date_created", "date_created_earliest", "date_created_latest", "date_created_precision")
_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
# The widths of a date, finest first: of two accounts of the same moment the finer one stands.
_WIDTHS = ("second", "minute", "hour", "day", "week", "month", "year")


def digest(*values: object) -> str:
    """A short fingerprint of content: 32 hexadecimal digits of SHA-256 over the values as JSON."""
    return hashlib.sha256(_as_json(values).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _moment(value: datetime | None) -> str | None:
    return to_iso(value) if value else None


def article_row(article: Article) -> dict[str, Any]:
    """The row of `articles` that this one sight of the article gives."""
    row: dict[str, Any] = {
        name: getattr(article, name)
        for name in ("id", "site_id", "thread_id", "url", "headline", "alternative_headline", "description", "section",
                     "in_language", "date_published_raw", "date_modified_raw", "attribution", "main_image",
                     "comment_count_reported", "capture_id", "text")
    }  # fmt: skip
    row["date_published"], row["date_modified"] = _moment(article.date_published), _moment(article.date_modified)
    row["paywalled"] = None if article.paywalled is None else int(article.paywalled)
    row["word_count"], row["partial"] = len((article.text or "").split()), int(article.partial)
    row["first_seen"] = row["last_seen"] = to_iso(article.captured_at)
    partial = ("partial",) if article.partial else ()
    row["digest"] = digest(*(row[name] for name in ARTICLE_CONTENT), article.authors, *partial)
    return row


def comment_row(comment: Comment) -> dict[str, Any]:
    """The row of `comments` that this one sight of the comment gives."""
    row: dict[str, Any] = {
        name: getattr(comment, name)
        for name in ("id", "site_id", "thread_id", "parent_id", "depth", "author_name", "date_created_precision",
                     "date_created_raw", "in_language", "text", "upvotes", "downvotes", "status", "platform", "capture_id")
    }  # fmt: skip
    row["in_language_score"] = comment.in_language_score
    row["in_language_mixed"] = None if comment.in_language_mixed is None else int(comment.in_language_mixed)
    row["commenter_id"] = commenter_id(comment)
    for name in ("date_created", "date_created_earliest", "date_created_latest"):
        row[name] = _moment(getattr(comment, name))
    row["first_seen"] = row["last_seen"] = to_iso(comment.captured_at)
    row["deleted_seen"] = None
    return row


def commenter_id(comment: Comment) -> str | None:
    """`site:platform:account-id` for an account, `site:~nick` for a mere nick, None for no name at all."""
    if comment.author_id:
        return f"{comment.site_id}:{comment.platform}:{comment.author_id}"
    return f"{comment.site_id}:~{fold(comment.author_name)}" if comment.author_name else None


# Fields that always show the latest sight.
_ARTICLE_LATEST = (
    "thread_id",
    "url",
    "description",
    "section",
    "in_language",
    "main_image",
    "paywalled",
    "comment_count_reported",
)
_SIGNED = ("author_name", "commenter_id", "in_language", "in_language_score", "in_language_mixed")
_COMMENT_LATEST = ("thread_id", "parent_id", "status", "deleted_seen")


def merge_article(row: Row, seen: Row) -> dict[str, Any]:
    """The article's row after one more sight of it; the columns of its content are left to its revisions.

    A page without comments (an AMP page, say) does not part the article from its thread. One that is seen again is not gone.
    """
    merged = _span(row, seen)
    if seen["last_seen"] >= row["last_seen"]:
        merged |= {name: seen[name] for name in _ARTICLE_LATEST}
        merged["thread_id"] = seen["thread_id"] or row["thread_id"]
    if row["gone_seen"] and row["gone_seen"] < merged["last_seen"]:
        merged["gone_seen"] = None  # it is back
    merged["thread_id"] = merged["thread_id"] or seen["thread_id"]
    return merged


def merge_comment(row: Row, seen: Row) -> dict[str, Any]:
    """The comment's row after one more sight of it: its place from the latest, its words of age from the first, its
    interval of time the part that all of them allow. Its number in the thread is left to the end of the crawl.

    A placeholder ("removed by a moderator") hides the comment, and changes nothing of what is known of it.
    """
    merged = _span(row, seen)
    live, latest = seen["status"] == "live", seen["last_seen"] >= row["last_seen"]
    if latest:
        merged |= {name: seen[name] for name in _COMMENT_LATEST}
        merged["depth"] = row["depth"] if seen["depth"] is None else seen["depth"]
    if latest and (live or seen["upvotes"] is not None or seen["downvotes"] is not None):
        merged |= {name: seen[name] for name in ("upvotes", "downvotes")}
    if live and (latest or _never_live(row)):
        merged |= {name: seen[name] for name in _SIGNED}
    if seen["first_seen"] < row["first_seen"]:
        merged["date_created_raw"] = seen["date_created_raw"]
        merged["capture_id"] = seen["capture_id"] if _never_live(row) else row["capture_id"]
    return merged | _narrowed(row, seen)


def _never_live(row: Row) -> bool:
    return row["text"] is None and row["status"] != "live"


def _span(row: Row, seen: Row) -> dict[str, Any]:
    first, last = min(row["first_seen"], seen["first_seen"]), max(row["last_seen"], seen["last_seen"])
    return dict(row) | {"first_seen": first, "last_seen": last}


def _narrowed(row: Row, seen: Row) -> dict[str, Any]:
    """The interval both accounts allow; where they contradict each other, that of the earlier one."""
    if row["date_created_earliest"] is None or seen["date_created_earliest"] is None:
        known = row if row["date_created_earliest"] is not None else seen
        return {name: known[name] for name in _TIME}
    earliest = max(row["date_created_earliest"], seen["date_created_earliest"])
    latest = min(row["date_created_latest"], seen["date_created_latest"])
    if earliest > latest:
        first = seen if seen["first_seen"] < row["first_seen"] else row
        return {name: first[name] for name in _TIME}
    precision = min(row["date_created_precision"], seen["date_created_precision"], key=_WIDTHS.index)
    return {
        "date_created": earliest,
        "date_created_earliest": earliest,
        "date_created_latest": latest,
        "date_created_precision": precision,
    }

"""What the catalogue says of one article or comment, and which captures prove it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from newsarchive.errors import UsageError
from newsarchive.vault.takedown.targets import resolve

Kind = Literal["article", "comment"]

_ROW = {
    "article": "SELECT a.*, a.url AS page, s.name AS site FROM articles a JOIN sites s ON s.id = a.site_id WHERE a.id = ?",
    "comment": """
SELECT c.*, coalesce(a.url, t.url) AS page, a.headline AS article_headline, s.name AS site FROM comments c
JOIN sites s ON s.id = c.site_id JOIN threads t ON t.id = c.thread_id LEFT JOIN articles a ON a.id = c.article_id WHERE c.id = ?
""",
}
_VERSIONS = {
    "article": "SELECT * FROM article_revisions WHERE article_id = ? ORDER BY first_seen, id",
    "comment": "SELECT * FROM comment_revisions WHERE comment_id = ? ORDER BY first_seen, id",
}
_LAST = {
    "article": """
SELECT c.id FROM articles a JOIN article_urls u ON u.article_id = a.id
JOIN captures c ON c.url_key = u.url_key AND c.captured_at = a.last_seen WHERE a.id = ? LIMIT 1
""",
    "comment": """
SELECT c.id FROM sightings s JOIN captures c ON c.id = s.capture_id WHERE s.comment_id = ? ORDER BY c.captured_at DESC LIMIT 1
""",
}
_GONE = {
    "article": """
SELECT c.id FROM articles a JOIN article_urls u ON u.article_id = a.id
JOIN captures c ON c.url_key = u.url_key AND c.captured_at = a.gone_seen WHERE a.id = ? LIMIT 1
""",
    "comment": """
SELECT c.id FROM comments k JOIN thread_visits v ON v.thread_id = k.thread_id AND v.seen_at = k.deleted_seen
JOIN thread_pages p ON p.thread_id = k.thread_id JOIN captures c ON c.id = p.capture_id AND c.crawl_id = v.crawl_id
WHERE k.id = ? AND k.status = 'deleted' ORDER BY c.captured_at, c.id
""",
}
# Of an article that stands on several pages, those that the crawls which saw a new version captured.
_PARTS = """
SELECT p.capture_id FROM article_pages p JOIN captures c ON c.id = p.capture_id WHERE p.article_id = ?1 AND p.shows = 'part'
AND c.crawl_id IN (SELECT k.crawl_id FROM article_revisions r JOIN captures k ON k.id = r.capture_id WHERE r.article_id = ?1)
ORDER BY c.captured_at, c.id
"""
_WITHOUT = {"article": "shows that the page is gone", "comment": "is a page of the thread as it was without the comment"}


@dataclass(frozen=True, slots=True)
class Subject:
    """An article or comment. `row` and `versions` are as the catalogue has them, `row["page"]` the address that shows it.

    `shown_by` says of each capture, by its id, what it proves.
    """

    kind: Kind
    id: str
    row: dict[str, Any]
    versions: tuple[dict[str, Any], ...]
    shown_by: dict[str, str]


def find_subject(connection: sqlite3.Connection, what: str) -> Subject:
    """The article or comment that `what` names: an id, or an article's address. Raises UsageError if it names none.

    Rows of `connection` are `sqlite3.Row`.
    """
    target = resolve(connection, what)
    if target.kind == "commenter":
        raise UsageError(f"{what} is a commenter; evidence is of an article or a comment")
    row = dict(connection.execute(_ROW[target.kind], [target.id]).fetchone())
    versions = tuple(dict(one) for one in connection.execute(_VERSIONS[target.kind], [target.id]))
    shown_by: dict[str, list[str]] = {}
    for capture_id, proves in _proofs(connection, target.kind, row, versions):
        shown_by.setdefault(capture_id, []).append(proves)
    return Subject(target.kind, target.id, row, versions, {one: "; ".join(proves) for one, proves in shown_by.items()})


def _proofs(
    connection: sqlite3.Connection, kind: Kind, row: dict[str, Any], versions: tuple[dict[str, Any], ...]
) -> Iterator[tuple[str, str]]:
    for number, version in enumerate(versions, 1):
        yield version["capture_id"], f"is the first to show version {number}"
    if not versions:
        yield row["capture_id"], f"shows the {kind}"
    if kind == "article":
        for (capture_id,) in connection.execute(_PARTS, [row["id"]]):
            yield capture_id, "is one of the article's pages"
    for (capture_id,) in connection.execute(_LAST[kind], [row["id"]]):
        yield capture_id, f"is the last that shows the {kind}"
    for (capture_id,) in connection.execute(_GONE[kind], [row["id"]]):
        yield capture_id, _WITHOUT[kind]

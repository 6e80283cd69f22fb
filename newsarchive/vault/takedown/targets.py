"""What a takedown names: one article, comment or commenter, by its id in the catalogue or by the article's address."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Literal

from newsarchive.errors import UsageError
from newsarchive.urls import canonical, url_key

Kind = Literal["article", "comment", "commenter"]

_MOST_LISTED = 20
_BY_ID = """
SELECT 'article' AS kind, id, site_id, coalesce(headline, url) AS label FROM articles WHERE id = ?1
UNION ALL SELECT 'comment', id, site_id, coalesce(author_name, 'nobody') || ': ' || substr(coalesce(text, ''), 1, 60)
    FROM comments WHERE id = ?1
UNION ALL SELECT 'commenter', id, site_id, name || ', ' || comment_count || ' comments' FROM commenters WHERE id = ?1
"""
_BY_ADDRESS = """
SELECT DISTINCT 'article' AS kind, a.id, a.site_id, coalesce(a.headline, a.url) AS label
FROM article_urls u JOIN articles a ON a.id = u.article_id WHERE u.url_key = ? ORDER BY a.id
"""
_BY_NAME = """
SELECT id, name || ' (' || identity || '), ' || comment_count || ' comments, ' || coalesce(substr(first_comment, 1, 10), '?')
    || ' to ' || coalesce(substr(last_comment, 1, 10), '?') AS label
FROM commenters WHERE lower(name) = lower(?1) ORDER BY comment_count DESC, id LIMIT ?2
"""


@dataclass(frozen=True, slots=True)
class Target:
    """What was named; `label` is for people."""

    kind: Kind
    id: str
    site_id: str
    label: str


def resolve(connection: sqlite3.Connection, what: str) -> Target:
    """The one thing that `what` names. Raises UsageError, with the candidates, if that is none or not one."""
    address = canonical(what) if "://" in what else None
    found = connection.execute(_BY_ADDRESS, [url_key(address)]) if address else connection.execute(_BY_ID, [what])
    targets = [Target(*row) for row in found.fetchall()]
    if len(targets) == 1:
        return targets[0]
    if targets:
        listed = "\n".join(f"  {target.kind} {target.id}  {target.label}" for target in targets)
        raise UsageError(f"{what} names {len(targets)} things; name one by its id:\n{listed}")
    if address:
        raise UsageError(f"the archive knows no article of the address {what}; the table article_urls lists those it knows")
    raise UsageError(_unknown(connection, what))


def _unknown(connection: sqlite3.Connection, what: str) -> str:
    named = connection.execute(_BY_NAME, [what, _MOST_LISTED]).fetchall()
    if not named:
        return f"{what!r} is no id of an article, a comment or a commenter; the tables of these names list the ids"
    listed = "\n".join(f"  {row['id']}  {row['label']}" for row in named)
    return f"{what!r} is a name, and a name may be many people's. Name the commenter by id, one site at a time:\n{listed}"

"""Sights of comments written into their rows, those of a page at once: most change nothing but when they were last seen."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Self

from newsarchive.catalogue import ledger
from newsarchive.catalogue.rows import SPELT, Row, Rows
from newsarchive.items import Comment

_MOST = 500  # comments whose rows are in memory at once

_ROWS = "SELECT * FROM comments WHERE id IN (SELECT value FROM json_each(?))"
_BEGUN = "SELECT id, first_seen FROM comment_revisions WHERE id IN (SELECT value FROM json_each(?))"
# An API's list of one thread's comments says nothing of another thread's.
_TOLD = """
SELECT p.comment_id, t.thread_id, p.parent_id FROM placements p JOIN thread_pages t ON t.capture_id = p.capture_id
WHERE p.comment_id IN (SELECT value FROM json_each(?))
"""
_ARTICLE = "SELECT id FROM articles WHERE thread_id = ? ORDER BY first_seen, id LIMIT 1"
_SIGN = "INSERT INTO commenters (id, site_id, name, identity) VALUES (?, ?, ?, ?)" + SPELT
_COUNT_ANEW = "UPDATE commenters SET comment_count = 0 WHERE id = ?"  # at the crawl's end (tallies.py)
_SEEN = "UPDATE comments SET last_seen = max(last_seen, ?) WHERE id = ?"
_REVISION_SEEN = "UPDATE comment_revisions SET last_seen = max(last_seen, ?) WHERE id = ?"


@dataclass(frozen=True)  # no slots, as for `items.Placement`
class Sight:
    """One sight of a (normalised) comment: the row it would have if nothing else were known of it, its revision's digest, and
    the row of who signed it."""

    row: Row
    digest: str
    signed: tuple[str, str, str, str] | None

    @classmethod
    def of(cls, comment: Comment) -> Self:
        row, signed = ledger.comment_row(comment), None
        if row["commenter_id"]:
            name, identity = comment.author_name or comment.author_id or "", "account" if comment.author_id else "nick"
            signed = (row["commenter_id"], comment.site_id, name, identity)
        return cls(row, ledger.digest(comment.text), signed)

    @property
    def id(self) -> str:
        """The comment's."""
        return str(self.row["id"])

    @property
    def revision(self) -> str:
        """The id of the revision that it shows."""
        return f"{self.id}@{self.digest}"


@dataclass(frozen=True, slots=True)
class _Known:
    """What the catalogue knows of the comments of some sights."""

    rows: dict[str, dict[str, Any]]
    begun: dict[str, str]  # when each revision was first seen
    told: dict[tuple[str, str], str | None]  # the parent that an API told, by comment and thread
    articles: dict[str, str | None]  # of each thread

    def merged(self, sight: Sight) -> dict[str, Any]:
        """The comment's row after this sight, with its article and with the parent that an API told, where one did."""
        row, place = self.rows.get(sight.id), (sight.id, sight.row["thread_id"])
        seen = {**sight.row, "text": None if sight.row["status"] == "hidden" else sight.row["text"]}
        merged = ledger.merge_comment(row, seen) if row else seen
        merged["article_id"] = self.articles[sight.row["thread_id"]]
        if place in self.told:
            merged["parent_id"] = self.told[place]
            merged["depth"] = row["depth"] if row else merged["depth"]
        return merged

    def is_same(self, sight: Sight) -> bool:
        """Whether storing it would change nothing but when it was last seen; one from before would set a beginning back."""
        row = self.rows.get(sight.id)
        if row is None:
            return False
        begun = row["text"] == sight.row["text"] and self.begun.get(sight.revision, "~") <= sight.row["first_seen"]
        same = begun or sight.row["status"] == "hidden"
        return same and self.merged(sight) | {"last_seen": row["last_seen"]} == row


class Sights:
    """Writes sights of comments; the caller holds the transaction."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows

    def known(self, sight: Sight) -> bool:
        """Whether storing this would change nothing but when it was last seen."""
        return self._look_up([sight]).is_same(sight)

    def put(self, sights: Iterable[Sight]) -> None:
        """Store these; one that is known as it is only moves its last sight. A placeholder is no revision."""
        for page in _portions(sights):
            known = self._look_up(page)
            same = {sight.id for sight in page if known.is_same(sight)}
            self._saw([sight for sight in page if sight.id in same])
            self._put([sight for sight in page if sight.id not in same], known)
            self._put_votes(page)

    def sign(self, sights: Iterable[Sight]) -> None:
        """The rows of those who wrote them."""
        self.rows.connection.executemany(_SIGN, [sight.signed for sight in sights if sight.signed])

    def _look_up(self, sights: Sequence[Sight]) -> _Known:
        execute = self.rows.connection.execute
        ids, revisions = json.dumps([one.id for one in sights]), json.dumps([one.revision for one in sights])
        articles = {thread: execute(_ARTICLE, [thread]).fetchone() for thread in {one.row["thread_id"] for one in sights}}
        return _Known(
            rows={row["id"]: dict(row) for row in execute(_ROWS, [ids])},
            begun={row["id"]: row["first_seen"] for row in execute(_BEGUN, [revisions])},
            told={(row["comment_id"], row["thread_id"]): row["parent_id"] for row in execute(_TOLD, [ids])},
            articles={thread: row["id"] if row else None for thread, row in articles.items()},
        )

    def _put(self, sights: Sequence[Sight], known: _Known) -> None:
        self.sign(sights)
        for sight in sights:
            row, merged = known.rows.get(sight.id), known.merged(sight)
            self.rows.upsert("comments", merged)
            if row is not None and row["commenter_id"] != merged["commenter_id"]:
                self.rows.connection.execute(_COUNT_ANEW, [row["commenter_id"]])
            if sight.row["status"] == "live":
                self.rows.put_revision("comment", sight.row, sight.digest, ("text",))
                if row is not None:
                    self.rows.show_latest("comment", sight.id, ("text",))

    def _saw(self, sights: Sequence[Sight]) -> None:
        """Move the last sight of what is known as it is, and of the revision it shows."""
        connection = self.rows.connection
        connection.executemany(_SEEN, [(sight.row["last_seen"], sight.id) for sight in sights])
        live = [sight for sight in sights if sight.row["status"] != "hidden"]
        connection.executemany(_REVISION_SEEN, [(sight.row["last_seen"], sight.revision) for sight in live])

    def _put_votes(self, sights: Iterable[Sight]) -> None:
        """Store the votes of one sight each; of equal ones in a row the first stays when the crawl ends."""
        for sight in sights:
            up, down = sight.row["upvotes"], sight.row["downvotes"]
            if up is not None or down is not None:
                vote = {"comment_id": sight.id, "seen": sight.row["last_seen"], "up": up, "down": down}
                self.rows.upsert("comment_votes", vote, ("comment_id", "seen"))


def _portions(sights: Iterable[Sight]) -> Iterator[list[Sight]]:
    """The sights in portions, in each of which no comment is seen twice."""
    portion: dict[str, Sight] = {}
    for sight in sights:
        if sight.id in portion or len(portion) == _MOST:
            yield list(portion.values())
            portion = {}
        portion[sight.id] = sight
    if portion:
        yield list(portion.values())

"""What must not come back: articles, comments and commenters that a takedown names, known by keyed hashes only.

The hashes stand in notes in the WARC files and in the table `takedown_hashes`; the key is a file of the archive, in no WARC.
Without it nobody can try out names and words against the hashes (HMAC-SHA-256, RFC 2104); with it the site's next crawl,
and a rebuild, leave out what was taken down.
"""

from __future__ import annotations

import hmac
import os
import secrets
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from newsarchive.catalogue.ledger import commenter_id
from newsarchive.catalogue.threads import is_provisional
from newsarchive.durable import sync_folder
from newsarchive.errors import UsageError
from newsarchive.items import Article, Comment, Item, Reading
from newsarchive.text import fold
from newsarchive.vault.takedown.passages import is_blank

KEY = "takedown.key"
_DEPTH = "@"
_TELLING = 40  # signs from which a text under a name is one text, wherever it stands
_TELLING_WORDS = 40  # the same of an article


@dataclass(frozen=True, slots=True)
class Suppression:
    """`hashes` says which takedown each keyed hash belongs to; `blanked` are the captures in which passages are overwritten;
    `depths` how deep the replies to what is gone stand, by the keyed hashes of their ids."""

    key: bytes = b""
    hashes: Mapping[str, str] = field(default_factory=dict)
    blanked: frozenset[str] = frozenset()
    depths: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, folder: Path, connection: sqlite3.Connection, takedown_id: str | None = None) -> Suppression:
        """What the catalogue says is taken down, by this takedown or by any. Raises UsageError if the key is lost."""
        wanted = "SELECT hash, takedown_id FROM takedown_hashes WHERE takedown_id = coalesce(?, takedown_id)"
        hashes = dict(connection.execute(wanted, [takedown_id]).fetchall())
        if not hashes:
            return cls()
        done = "SELECT capture_id FROM takedown_captures WHERE blanked_at IS NOT NULL"
        blanked = frozenset(row[0] for row in connection.execute(done))
        replies = (one.split(_DEPTH) for one in hashes if _DEPTH in one)
        return cls(read_key(folder), hashes, blanked, {one: int(depth) for one, depth in replies})

    def takedown_of(self, item: Item) -> str | None:
        """The takedown that names this article or comment, or the one who wrote it."""
        return next((found for told in _told(item) if (found := self.hashes.get(keyed(self.key, *told)))), None)

    def spare(self, reading: Reading, body_id: str) -> tuple[Reading, str | None]:
        """A page's reading without what is taken down, and the takedown that still finds its words in the page.

        `body_id` names the record that holds the page's bytes: of a revisit, the one that it refers to.

        In a page that is blanked, a comment of nothing but filler is one that was taken down: its hash went with its words.
        """
        if not self.hashes:
            return reading, None
        if self.depths:
            reading = replace(reading, comments=tuple(map(self._placed, reading.comments)))
        blanked = body_id in self.blanked
        named = list(self._named(reading))
        gone = {item.id for item, _ in named} | {one.id for one in reading.comments if blanked and is_blank(one.text)}
        placed_ids = {one.comment_id for one in reading.placements}  # a list of numbers shows no words that would tell
        gone |= {one for one in placed_ids if keyed(self.key, "comment", one) in self.hashes}
        if not gone:
            return reading, None
        article = reading.article if reading.article and reading.article.id not in gone else None
        kept = tuple(_without_parent(one, gone) for one in reading.comments if one.id not in gone)
        placed = tuple(one for one in reading.placements if one.comment_id not in gone)
        spared = replace(reading, article=article, comments=kept, placements=placed)
        return spared, next((found for one, found in named if not is_blank(one.text)), None)

    def _placed(self, comment: Comment) -> Comment:
        """A reply to what is gone as deep as it stood: its page may show what is deepest side by side."""
        depth = self.depths.get(keyed(self.key, "comment", comment.id))
        return comment if depth is None else replace(comment, depth=depth)

    def _named(self, reading: Reading) -> Iterator[tuple[Item, str]]:
        """The items of a page that are taken down, and by which takedown."""
        items: list[Item] = [reading.article] if reading.article else []
        for item in [*items, *reading.comments]:
            if found := self.takedown_of(item):
                yield item, found


def keyed(key: bytes, kind: str, *values: str) -> str:
    """The keyed hash of an identity: 32 hexadecimal digits."""
    return hmac.digest(key, "\n".join((kind, *values)).encode("utf-8", "replace"), "sha256").hex()[:32]


def at_depth(key: bytes, comment_id: str, depth: int) -> str:
    """How deep a reply stands, among the hashes of the takedown that takes away what it answers."""
    return f"{keyed(key, 'comment', comment_id)}{_DEPTH}{depth}"


def comment_words(thread_id: str, name: str | None, text: str | None) -> tuple[str, ...]:
    """What names a comment to which its platform gives no number."""
    return "words", thread_id, fold(name or ""), fold(text or "")


def words_anywhere(site_id: str, name: str | None, text: str | None) -> Iterator[tuple[str, ...]]:
    """What names such a comment wherever it stands, for its thread's key goes with the address of its article; of a text that is
    too short to be told from others', nothing."""
    folded = fold(text or "")
    if len(folded) >= _TELLING:
        yield "words anywhere", site_id, fold(name or ""), folded


def article_words(site_id: str, headline: str | None, text: str | None) -> Iterator[tuple[str, ...]]:
    """What names an article at whatever address, in the same way."""
    folded = fold(text or "")
    if headline and len(folded.split()) >= _TELLING_WORDS:
        yield "article words", site_id, fold(headline), folded


def read_key(folder: Path) -> bytes:
    """The archive's key. Raises UsageError if it is not there, or not a key."""
    path = folder / KEY
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (FileNotFoundError, ValueError):
        key = b""
    if len(key) < 32:
        raise UsageError(
            f"{path} is missing or damaged: without it what was taken down would come back. Put it back from your backup"
        )
    return key


def make_key(folder: Path) -> bytes:
    """The archive's key, made where there is none yet: 32 random bytes, readable for the owner alone."""
    path = folder / KEY
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(f"{secrets.token_hex(32)}\n")
            file.flush()
            os.fsync(file.fileno())
        sync_folder(folder)
    return read_key(folder)


def _told(item: Item) -> Iterator[tuple[str, ...]]:
    """All that may name an item in a takedown."""
    if isinstance(item, Article):
        yield "article", item.id
        yield from article_words(item.site_id, item.headline, item.text)
        return
    if writer := commenter_id(item):
        yield "commenter", writer
    if not is_provisional(item):
        yield "comment", item.id
    elif item.status == "live":
        yield comment_words(item.thread_id, item.author_name, item.text)
        yield from words_anywhere(item.site_id, item.author_name, item.text)


def _without_parent(comment: Comment, gone: Collection[str]) -> Comment:
    """A reply to a comment without number that is gone answers nobody known: the number was made of its words."""
    parent = comment.parent_id
    if parent and parent in gone and parent.startswith(f"{comment.site_id}:~"):
        return replace(comment, parent_id=None)
    return comment

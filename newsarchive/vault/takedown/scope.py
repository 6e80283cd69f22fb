"""What a takedown reaches: the comments and articles that go, the passages that say them, the hashes that keep them out."""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from newsarchive.catalogue.ledger import commenter_id
from newsarchive.catalogue.threads import is_provisional
from newsarchive.errors import DamagedRecord
from newsarchive.items import Article, Comment, Item, Profile
from newsarchive.reading import read
from newsarchive.vault.replay import info_of, page_at
from newsarchive.vault.takedown.row import Passage
from newsarchive.vault.takedown.suppression import (
    Suppression,
    article_words,
    at_depth,
    comment_words,
    keyed,
    words_anywhere,
)
from newsarchive.vault.takedown.targets import Target

logger = logging.getLogger(__name__)

_DUE = """
SELECT c.id, c.warc_id, c.warc_offset, c.warc_length, c.crawl_id, c.site_id
FROM takedown_captures t JOIN captures c ON c.id = t.capture_id
WHERE t.takedown_id = ? AND t.blanked_at IS NULL
"""
_ON_PAGES = """
SELECT article ->> '$.headline', article ->> '$.alternative_headline', article ->> '$.description', article ->> '$.text'
FROM article_pages WHERE article_id = ? AND article IS NOT NULL
"""
_REPLIES = "SELECT id, depth FROM comments WHERE parent_id = ? AND depth IS NOT NULL AND instr(id, ':~') = 0"
_SAID = """
SELECT k.id, k.author_name, r.text FROM comments k JOIN comment_revisions r ON r.comment_id = k.id
WHERE k.site_id = ? AND instr(k.id, ':~') > 0
"""
_VERSIONS = """
SELECT a.site_id, r.headline, r.text FROM articles a JOIN article_revisions r ON r.article_id = a.id WHERE a.id = ?
"""
_ARTICLES = """
SELECT a.id, r.headline, r.text FROM articles a JOIN article_revisions r ON r.article_id = a.id WHERE a.site_id = ?
"""
_QUOTED = 40  # signs of a text from which its words in another comment are a quotation


@dataclass(frozen=True, slots=True)
class Scope:
    """What goes: comments and articles by id, the passages that say them, and the keyed hashes that keep them out."""

    comments: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    passages: frozenset[Passage] = frozenset()
    hashes: frozenset[str] = frozenset()
    quoted_by: tuple[str, ...] = ()

    def names_comment(self, key: bytes, comment_id: str) -> bool:
        """Whether a comment goes that has this number."""
        return keyed(key, "comment", comment_id) in self.hashes


def scope_of(connection: sqlite3.Connection, key: bytes, targets: Sequence[Target]) -> Scope:
    """All that goes with what a librarian named: with a commenter, all their comments; with an article, none of others'."""
    comments: list[str] = []
    hashes: set[str] = set()
    for target in targets:
        hashes.add(keyed(key, target.kind, target.id))
        if target.kind == "commenter":
            rows = connection.execute("SELECT id FROM comments WHERE commenter_id = ?", [target.id])
            comments += (row["id"] for row in rows)
        elif target.kind == "comment":
            comments.append(target.id)
    articles = [target.id for target in targets if target.kind == "article"]
    for one in articles:
        moved = connection.execute("SELECT id FROM moved_articles WHERE article_id = ?", [one])
        hashes |= {keyed(key, "article", row["id"]) for row in moved}
    names = any(target.kind == "commenter" for target in targets)
    named = {told for one in comments for told in _identities(connection, one)}
    named |= {told for one in articles for told in _article_identities(connection, one)}
    hashes |= {keyed(key, *told) for told in named - _of_others(connection, named, comments, articles)}
    hashes |= _depths_below(connection, key, comments)
    return _scope(connection, comments, articles, hashes, names=names)


def _depths_below(connection: sqlite3.Connection, key: bytes, comments: Sequence[str]) -> set[str]:
    """How deep others' replies stand, which nobody could tell without what is above them (`Suppression.depths`)."""
    replies = (row for one in comments for row in connection.execute(_REPLIES, [one]))
    return {at_depth(key, row["id"], row["depth"]) for row in replies if row["id"] not in comments}


def scope_named(connection: sqlite3.Connection, suppression: Suppression, site_id: str) -> Scope:
    """The same, from the keyed hashes of an order: how a takedown is carried on."""
    known, key = suppression.hashes, suppression.key
    comments, names = [], False
    for row in connection.execute("SELECT id, commenter_id FROM comments WHERE site_id = ?", [site_id]).fetchall():
        writer = row["commenter_id"]
        theirs = writer is not None and keyed(key, "commenter", writer) in known
        names = names or theirs
        if theirs or any(keyed(key, *told) in known for told in _identities(connection, row["id"])):
            comments.append(row["id"])
    rows = connection.execute("SELECT id FROM articles WHERE site_id = ?", [site_id])
    articles = [row["id"] for row in rows if keyed(key, "article", row["id"]) in known]
    return _scope(connection, comments, articles, set(known), names=names)


def _identities(connection: sqlite3.Connection, comment_id: str) -> Iterator[tuple[str, ...]]:
    """What names a comment: its platform's number, or else all that it was seen to say."""
    if ":~" not in comment_id:
        yield "comment", comment_id
        return
    rows = connection.execute(
        "SELECT k.thread_id, k.site_id, k.author_name, r.text FROM comments k JOIN comment_revisions r ON r.comment_id = k.id"
        " WHERE k.id = ?",
        [comment_id],
    )
    for thread_id, site_id, name, text in rows.fetchall():
        yield comment_words(thread_id, name, text)
        yield from words_anywhere(site_id, name, text)


def _article_identities(connection: sqlite3.Connection, article_id: str) -> Iterator[tuple[str, ...]]:
    """What names an article at whatever address: its words, in all versions that were seen."""
    rows = connection.execute(_VERSIONS, [article_id])
    yield from (told for row in rows.fetchall() for told in article_words(*row))


def _of_others(
    connection: sqlite3.Connection, named: Collection[tuple[str, ...]], comments: Collection[str], articles: Collection[str]
) -> set[tuple[str, ...]]:
    """Which of these words, that would name an item wherever it stands, are others' too, who keep them."""
    found: set[tuple[str, ...]] = set()
    for site_id in {told[1] for told in named if told[0] == "words anywhere"}:
        for row in connection.execute(_SAID, [site_id]):
            if row["id"] not in comments:
                found.update(words_anywhere(site_id, row["author_name"], row["text"]))
    for site_id in {told[1] for told in named if told[0] == "article words"}:
        for row in connection.execute(_ARTICLES, [site_id]):
            if row["id"] not in articles:
                found.update(article_words(site_id, row["headline"], row["text"]))
    return found & set(named)


def _scope(
    connection: sqlite3.Connection, comments: Sequence[str], articles: Sequence[str], hashes: set[str], *, names: bool
) -> Scope:
    passages: set[Passage] = set()
    for one in comments:
        passages |= _said(connection.execute("SELECT text FROM comment_revisions WHERE comment_id = ?", [one]))
        if names:
            rows = connection.execute("SELECT author_name FROM comments WHERE id = ?", [one])
            passages |= {Passage(row[0], name=True) for row in rows if row[0]}
    for one in articles:
        fields = "SELECT headline, alternative_headline, description, text FROM article_revisions WHERE article_id = ?"
        passages |= _said(connection.execute(fields, [one])) | _said(connection.execute(_ON_PAGES, [one]))
    quoting = _quoting(connection, comments, [one.text for one in passages if not one.name])
    return Scope(tuple(comments), tuple(articles), frozenset(passages), frozenset(hashes), quoting)


def _said(rows: sqlite3.Cursor) -> set[Passage]:
    """Texts, and each of their paragraphs, for between two of them a page may show something else."""
    texts = [value for row in rows.fetchall() for value in row if value]
    return {Passage(part) for text in texts for part in (text, *text.split("\n\n"))}


def _quoting(connection: sqlite3.Connection, comments: Sequence[str], texts: Sequence[str]) -> tuple[str, ...]:
    """Other comments of these threads in which one of the texts stands word for word: their writers' words, which stay."""
    found: set[str] = set()
    gone = set(comments)
    threads = {row[0] for one in comments for row in connection.execute("SELECT thread_id FROM comments WHERE id = ?", [one])}
    long = [text for text in texts if len(text) >= _QUOTED]
    for thread in sorted(threads):
        rows = connection.execute("SELECT id, text FROM comments WHERE thread_id = ? AND text IS NOT NULL", [thread]).fetchall()
        found.update(row["id"] for row in rows if row["id"] not in gone and any(text in row["text"] for text in long))
    return tuple(sorted(found))


def with_due(
    folder: Path, connection: sqlite3.Connection, suppression: Suppression, takedown_id: str, scope: Scope
) -> tuple[Scope, set[str]]:
    """The scope with what later captures show of it again, and the crawls and files in which it stands."""
    passages, hashes, crawls = set(scope.passages), set(scope.hashes), set()
    for due in connection.execute(_DUE, [takedown_id]).fetchall():
        try:
            page = page_at(folder / "warc", due["warc_id"], due["warc_offset"], due["warc_length"])
        except DamagedRecord as damage:
            logger.error("%s", damage)
            continue
        reading = read(page, profile_of(folder / "warc" / due["warc_id"], due["site_id"]))
        crawls |= {due["crawl_id"], due["warc_id"]}
        items: list[Item] = [reading.article] if reading.article else []
        for item in (item for item in [*items, *reading.comments] if suppression.takedown_of(item)):
            texts = [item.headline, item.alternative_headline, item.description] if isinstance(item, Article) else []
            if isinstance(item, Article):
                hashes.add(keyed(suppression.key, "article", item.id))
            passages |= {Passage(text) for text in [*texts, item.text, *(item.text or "").split("\n\n")] if text}
            if isinstance(item, Comment) and (writer := commenter_id(item)):
                if keyed(suppression.key, "commenter", writer) in suppression.hashes and item.author_name:
                    passages.add(Passage(item.author_name, name=True))
                told = comment_words(item.thread_id, item.author_name, item.text)
                hashes.add(keyed(suppression.key, *(told if is_provisional(item) else ("comment", item.id))))
    return replace(scope, passages=frozenset(passages), hashes=frozenset(hashes)), crawls


def profile_of(path: Path, site_id: str) -> Profile:
    """The profile that a file's warcinfo names; a bare one for another tool's file, as it was imported with."""
    info = info_of(path)
    named = info.fields.get("newsarchive-profile") if info else None
    return Profile.from_json(json.loads(named)) if named else Profile(site=site_id)

"""Articles that no page alone tells, put together when a crawl ends: in several pages, in other forms, behind a paywall.

The pages of an article are joined in their order. Where one is missing, an article that is known stays as it is known, unless
nothing of the others changed, or two crawls saw the same change; one that is not known yet is `partial`, until all of it is seen.
An AMP or print page says that its article is there; its words count only as long as no better page was seen. So does a paywall
that hides words which were seen before. So a poor account is no edit.
"""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from newsarchive.catalogue.article_pages import from_json
from newsarchive.catalogue.store import Store
from newsarchive.items import Article
from newsarchive.times import from_iso, to_iso

logger = logging.getLogger(__name__)

_WAITING = """
SELECT p.article_id, p.shows, p.part, p.leads_to, p.article, p.capture_id, c.captured_at, c.url_key
FROM captures c JOIN article_pages p ON p.capture_id = c.id
WHERE c.crawl_id = ? AND p.shows IN ('part', 'form', 'paywalled') AND p.article IS NOT NULL
ORDER BY p.article_id, c.captured_at, c.id
"""
_EARLIER = """
SELECT p.part, p.leads_to, p.article, p.capture_id, c.captured_at, c.url_key
FROM article_pages p JOIN captures c ON c.id = p.capture_id
WHERE p.article_id = ? AND p.part IS NOT NULL AND p.article IS NOT NULL AND c.captured_at < ?
ORDER BY c.captured_at, c.id
"""
_AMENDABLE = """
SELECT r.capture_id, c.crawl_id FROM article_revisions r JOIN captures c ON c.id = r.capture_id WHERE r.article_id = ?
"""
_OF_CRAWL = """
SELECT p.part, p.leads_to, p.article, p.capture_id, c.captured_at, c.url_key
FROM article_pages p JOIN captures c ON c.id = p.capture_id
WHERE p.article_id = ? AND c.crawl_id = ? AND p.part IS NOT NULL AND p.article IS NOT NULL ORDER BY c.captured_at, c.id
"""
_ANY = "SELECT 1 FROM article_revisions WHERE article_id = ? LIMIT 1"
_WHOLE = "SELECT 1 FROM article_revisions WHERE article_id = ? AND NOT partial LIMIT 1"
_SOURCE = "SELECT c.url_key FROM articles a JOIN captures c ON c.id = a.capture_id WHERE a.id = ?"
_SEEN = """
UPDATE articles SET last_seen = max(last_seen, ?1), gone_seen = CASE WHEN gone_seen < ?1 THEN NULL ELSE gone_seen END
WHERE id = ?2
"""
# What was seen only in part, or in another form only, gives way to the article itself.
_POOR = """
SELECT r.id, r.article_id FROM article_revisions r
WHERE r.article_id IN (
    SELECT p.article_id FROM captures c JOIN article_pages p ON p.capture_id = c.id WHERE c.crawl_id = ? AND p.shows <> 'form')
AND CASE WHEN r.partial THEN EXISTS (SELECT 1 FROM article_revisions o WHERE o.article_id = r.article_id AND NOT o.partial)
    ELSE EXISTS (SELECT 1 FROM article_pages f WHERE f.capture_id = r.capture_id AND f.shows = 'form') AND r.last_seen < (
        SELECT min(c.captured_at) FROM article_pages p JOIN captures c ON c.id = p.capture_id
        WHERE p.article_id = r.article_id AND (p.shows = 'article' OR p.shows = 'paywalled' AND EXISTS (
            SELECT 1 FROM article_revisions v WHERE v.capture_id = p.capture_id))) END
"""
_WORDS = "SELECT word_count FROM articles WHERE id = ?"
_CLOSED = "UPDATE articles SET paywalled = 1 WHERE id = ? AND last_seen <= ?"
_FORGET_PAYWALLED = "UPDATE article_pages SET article = NULL WHERE capture_id = ?"
_HIDDEN = 0.8  # of the words that are known: a paywalled page with more of them was edited, and hides none


@dataclass(frozen=True, slots=True)
class _Shown:
    """What one capture shows of an article; `key` is its address, `leads_to` are those of the article's other pages."""

    article: Article
    key: str
    leads_to: frozenset[str]

    @classmethod
    def of(cls, row: sqlite3.Row) -> _Shown:
        article = from_json(row["article"], capture_id=row["capture_id"], captured_at=from_iso(row["captured_at"]))
        return cls(article, row["url_key"], frozenset(json.loads(row["leads_to"])))


def assemble(store: Store, crawl_id: str) -> None:
    """Put together what a crawl saw of such articles. The caller holds the transaction."""
    rows = store.connection.execute(_WAITING, [crawl_id]).fetchall()
    for article_id, shown in groupby(rows, key=lambda row: row["article_id"]):
        listed = list(shown)
        store.connection.execute("SAVEPOINT article")
        try:
            _put_parts(store, article_id, [_Shown.of(row) for row in listed if row["shows"] == "part"])
            _put_forms(store, article_id, [_Shown.of(row) for row in listed if row["shows"] == "form"])
            _put_paywalled(store, article_id, [_Shown.of(row) for row in listed if row["shows"] == "paywalled"])
        except (OSError, sqlite3.OperationalError):
            raise  # the disk or the database, not the article
        except Exception as error:  # whatever somebody's pipeline put into an item
            store.connection.execute("ROLLBACK TO article")
            reason = f"cannot be stored: {type(error).__name__}: {error}"
            logger.warning("%s: %s", article_id, reason)
            flags = [(reason, row["capture_id"]) for row in listed]
            store.connection.executemany("UPDATE captures SET read_error = ? WHERE id = ?", flags)
        store.connection.execute("RELEASE article")
    _drop_poor(store, crawl_id)


def _put_parts(store: Store, article_id: str, shown: Sequence[_Shown]) -> None:
    if not shown:
        return
    _amend(store, article_id)
    parts = _by_number(shown)
    if _is_whole(parts):
        store.put(joined(parts, article_id))
        return
    before = [_Shown.of(row) for row in store.connection.execute(_EARLIER, [article_id, to_iso(shown[0].article.captured_at)])]
    filled = _by_number(before) | parts
    account = joined(filled, article_id)
    account.captured_at = max(one.article.captured_at for one in shown)
    known = f"{article_id}@{store.digest(account)}"
    same = store.rows.row("SELECT 1 FROM article_revisions WHERE id = ?", known)
    if _is_whole(filled) and (same or not store.rows.row(_WHOLE, article_id) or _stays(store, _by_number(before), parts)):
        store.put(account)
    elif store.rows.row(_ANY, article_id):
        _saw(store, article_id, account)
    else:
        account.partial = True
        store.put(account)


def _amend(store: Store, article_id: str) -> None:
    """Join once more what earlier crawls saw whole, where a new reader changed what is read of it: that is no edit."""
    for row in store.connection.execute(_AMENDABLE, [article_id]).fetchall():
        parts = _by_number(map(_Shown.of, store.connection.execute(_OF_CRAWL, [article_id, row["crawl_id"]])))
        if _is_whole(parts) and (account := joined(parts, article_id)).capture_id == row["capture_id"]:
            store.articles.amend(account)


def _by_number(shown: Iterable[_Shown]) -> dict[int, _Shown]:
    """The latest sight of each page."""
    return {one.article.part or 1: one for one in shown}


def _stays(store: Store, before: Mapping[int, _Shown], parts: Mapping[int, _Shown]) -> bool:
    """Whether the pages of this crawl are as the last ones before showed them, and still lead to all others. A page that cannot
    be had is then taken to be as it was: the others would have shown by now that words went over to it."""
    there = frozenset().union(*(one.leads_to | {one.key} for one in parts.values()))
    same = (at in before and store.digest(before[at].article) == store.digest(one.article) for at, one in parts.items())
    return all(one.key in there for one in before.values()) and all(same)


def _is_whole(parts: Mapping[int, _Shown]) -> bool:
    wanted = frozenset().union(*(one.leads_to for one in parts.values()))
    return 1 in parts and sorted(parts) == list(range(1, len(parts) + 1)) and wanted <= {one.key for one in parts.values()}


def joined(parts: Mapping[int, _Shown], article_id: str) -> Article:
    """One article of its pages: the first tells all but the text, the links and the pictures, which are those of all."""
    pages = [parts[number].article for number in sorted(parts)]
    return replace(
        pages[0],
        id=article_id,
        text="\n\n".join(page.text for page in pages if page.text) or None,
        links=list(dict.fromkeys(link for page in pages for link in page.links)),
        media=list(dict.fromkeys(one for page in pages for one in page.media)),
        aliases=list(dict.fromkeys(one for page in pages for one in page.aliases)),
        pages=list(dict.fromkeys(one for page in pages for one in page.pages if one != page.url)),
        part=None,
        shown_at=None,
    )


def _put_forms(store: Store, article_id: str, shown: Sequence[_Shown]) -> None:
    for one in shown:
        source = store.rows.row(_SOURCE, article_id)
        if source is None or source["url_key"] == one.key:
            store.put(replace(one.article, id=article_id))
        else:
            _saw(store, article_id, one.article)


def _put_paywalled(store: Store, article_id: str, shown: Sequence[_Shown]) -> None:
    for one in shown:
        known = store.rows.row(_WORDS, article_id)
        if known and len((one.article.text or "").split()) < _HIDDEN * known["word_count"]:
            store.connection.execute(_CLOSED, [article_id, to_iso(one.article.captured_at)])
            _saw(store, article_id, one.article)
        else:
            store.put(replace(one.article, id=article_id))
        store.connection.execute(_FORGET_PAYWALLED, [one.article.capture_id])


def _saw(store: Store, article_id: str, account: Article) -> None:
    """The article is there, and has these addresses; nothing else is taken from this account."""
    store.connection.execute(_SEEN, [to_iso(account.captured_at), article_id])
    store.articles.put_addresses(replace(account, id=article_id))


def _drop_poor(store: Store, crawl_id: str) -> None:
    poor = store.connection.execute(_POOR, [crawl_id]).fetchall()
    store.connection.executemany("DELETE FROM article_revisions WHERE id = ?", [(row["id"],) for row in poor])
    for article_id in sorted({row["article_id"] for row in poor}):
        store.articles.show_latest(article_id)

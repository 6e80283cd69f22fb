"""What a crawl's answers mean for the addresses of articles: moved, gone, or nothing at all. Told when the crawl ends.

An address that leads to an article's page is one of its addresses. An article is gone when its own address answers 404 or 410,
says that there is no such page, or leads to the front page, or for good (301, 308) to a page that is no article, and no capture
shows it after that. What a server in trouble answers, a refusal, a log-in, another host and a loop say nothing.

Two rows are one article only where the later one was never seen beside the earlier: the address of one leads to the other, and
headline or text are the same; or one is gone, and exactly one new article has its headline and all of its words.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from newsarchive.catalogue.moved import join
from newsarchive.catalogue.store import Store
from newsarchive.text import fold
from newsarchive.urls import url_key

_MOST_HOPS = 20
_FOR_GOOD = {301, 308}
_SHORTEST = 40  # words under which two texts that are the same are no proof
_RUN = 4  # words in a row that are compared
_ALIKE = 0.5  # the share of such runs in the shorter text that the longer one has, too

# The last answer of each address. What a revisit shows is its own: the address is another, perhaps.
_ANSWERS = """
SELECT c.url, c.url_key, c.status, c.location, max(c.captured_at) AS captured_at, c.read_error, p.shows, p.article_id, p.leads_to
FROM captures c LEFT JOIN article_pages p ON p.capture_id = c.id
WHERE c.crawl_id = ? AND c.purpose NOT IN ('comments', 'robots', 'feed', 'sitemap') AND c.truncated IS NULL AND {wanted}
GROUP BY c.url_key
"""
_LEADING = _ANSWERS.format(wanted="(c.location IS NOT NULL OR p.shows = 'moved')")
_LOST = _ANSWERS.format(wanted="(c.status IN (404, 410) OR p.shows IN ('missing', 'protected'))")
_ONE = _ANSWERS.format(wanted="c.url_key = ?")
_OWNERS = """
SELECT a.id, a.url, a.headline, a.text, a.first_seen, a.last_seen FROM article_urls u JOIN articles a ON a.id = u.article_id
WHERE u.url_key = ? AND a.site_id = ? ORDER BY a.first_seen, a.id
"""
_LEADS_TO = """
INSERT INTO article_urls (url_key, url, article_id, kind) VALUES (?1, ?2, ?3, 'redirect')
ON CONFLICT (url_key, article_id) DO UPDATE SET kind = 'redirect'
"""
_FORMER = """
SELECT a.id, a.url FROM article_urls u JOIN articles a ON a.id = u.article_id WHERE u.url_key = ? AND u.kind = 'canonical'
"""
_AS_ALIAS = "UPDATE article_urls SET kind = 'alias' WHERE url_key = ? AND article_id = ?"
_GONE = "UPDATE articles SET gone_seen = min(coalesce(gone_seen, ?1), ?1) WHERE id = ?2 AND last_seen < ?1"
_REMOVED = """
UPDATE threads SET status = 'removed' WHERE id = (SELECT thread_id FROM articles WHERE id = ? AND gone_seen IS NOT NULL)
AND status = 'open'
"""
# When the crawl began that saw an article first.
_BEGUN = """
SELECT min(k.started_at) FROM article_pages p JOIN captures c ON c.id = p.capture_id JOIN crawls k ON k.id = c.crawl_id
WHERE p.article_id = {id}
"""
# Each gone article with each later one of the same words, where one of them is news of this crawl.
_TWINS = f"""
SELECT g.id AS kept, x.id AS other FROM articles g JOIN articles x ON x.site_id = g.site_id AND x.word_count = g.word_count
WHERE g.site_id = ?1 AND g.gone_seen IS NOT NULL AND g.word_count >= ?2 AND x.gone_seen IS NULL AND x.headline = g.headline
    AND x.text = g.text AND g.last_seen < ({_BEGUN.format(id="x.id")}) AND (g.gone_seen >= ?3 OR x.first_seen >= ?3)
"""


@dataclass(frozen=True, slots=True)
class _Answer:
    """The last answer of an address in this crawl. `leads_to` is the key of the address that it sends on to."""

    url: str
    key: str
    status: int
    at: str
    leads_to: str | None
    shows: str | None
    article_id: str | None
    unread: bool

    @classmethod
    def of(cls, row: sqlite3.Row) -> _Answer:
        leads_to = url_key(row["location"]) if row["location"] else None
        if row["shows"] == "moved":
            leads_to = next(iter(json.loads(row["leads_to"])), None)
        shown = (row["shows"], row["article_id"], row["read_error"] is not None)
        return cls(row["url"], row["url_key"], row["status"] or 0, row["captured_at"], leads_to, *shown)


def settle_addresses(store: Store, crawl_id: str) -> None:
    """Conclude what a crawl's answers say of the addresses of its site's articles. The caller holds the transaction."""
    site = store.connection.execute(
        "SELECT s.id, s.url FROM crawls c JOIN sites s ON s.id = c.site_id WHERE c.id = ?", [crawl_id]
    )
    site_id, front = site.fetchone()
    crawl = _Crawl(store, crawl_id, site_id, front and url_key(front))
    for row in store.connection.execute(_LEADING, [crawl_id]).fetchall():
        crawl.follow(_Answer.of(row))
    for row in store.connection.execute(_LOST, [crawl_id]).fetchall():
        crawl.lose(_Answer.of(row))
    crawl.join_twins()


@dataclass(frozen=True, slots=True)
class _Crawl:
    """The answers of one crawl of a site, whose front page has the key `front`."""

    store: Store
    crawl_id: str
    site_id: str
    front: str | None

    def follow(self, first: _Answer) -> None:
        """What an address that leads elsewhere means for the article that it was the address of."""
        end, for_good = self._end(first)
        if end is None or end.key == first.key:
            return
        if end.article_id:
            self._lead(first, end.article_id)
        elif not end.unread and self._is_lost(end, for_good=for_good):
            for owner in self._owners(first.key):
                self._set_gone(owner["id"], first.at)

    def _end(self, first: _Answer) -> tuple[_Answer | None, bool]:
        """Where the way from an address ends, if this crawl saw the end, and whether every step was for good."""
        answer, passed, for_good = first, {first.key}, True
        for _ in range(_MOST_HOPS):
            if answer.leads_to is None or answer.leads_to == answer.key:
                return answer, for_good
            for_good = for_good and (answer.status in _FOR_GOOD or answer.shows == "moved")
            row = self.store.connection.execute(_ONE, [self.crawl_id, answer.leads_to]).fetchone()
            if row is None or row["url_key"] in passed:
                return None, False
            answer = _Answer.of(row)
            passed.add(answer.key)
        return None, False

    def _is_lost(self, end: _Answer, *, for_good: bool) -> bool:
        if end.status in (404, 410) or end.shows == "missing":
            return True
        if not 200 <= end.status < 300 or end.shows == "protected":
            return False
        return for_good or end.key == self.front or not urlsplit(f"//{end.key}").path

    def _lead(self, first: _Answer, article_id: str) -> None:
        """An address leads to an article: it is one of its own, and whichever article had it is this one, or is gone."""
        shown = self.store.rows.row("SELECT id, url, headline, text, first_seen FROM articles WHERE id = ?", article_id)
        if shown is None:
            return
        if url_key(shown["url"]) != first.key:
            self.store.connection.execute(_LEADS_TO, [first.key, first.url, article_id])
        for owner in self._owners(first.key):
            if owner["id"] == article_id:
                continue
            if self._came_after(article_id, owner["last_seen"]) and is_alike(owner, shown):
                join(self.store, owner["id"], article_id)
                self.store.connection.execute(_LEADS_TO, [first.key, first.url, owner["id"]])
                return
            self._set_gone(owner["id"], first.at)

    def _came_after(self, article_id: str, seen: str) -> bool:
        """Whether no crawl can have seen an article beside one that was seen last then."""
        begun = self.store.connection.execute(_BEGUN.format(id="?"), [article_id]).fetchone()[0]
        return begun is not None and bool(seen < begun)

    def lose(self, answer: _Answer) -> None:
        """What an address that shows its article no more means for it; a former address of an article is one no more."""
        if answer.shows != "protected":
            for row in self.store.connection.execute(_FORMER, [answer.key]).fetchall():
                if url_key(row["url"]) != answer.key:
                    self.store.connection.execute(_AS_ALIAS, [answer.key, row["id"]])
        for owner in self._owners(answer.key):
            if answer.shows == "protected":
                flag = "UPDATE articles SET paywalled = 1 WHERE id = ? AND last_seen < ?"
                self.store.connection.execute(flag, [owner["id"], answer.at])
            else:
                self._set_gone(owner["id"], answer.at)

    def _owners(self, key: str) -> Iterator[sqlite3.Row]:
        """The articles whose own address this is; one of their other addresses says nothing of them."""
        rows = self.store.connection.execute(_OWNERS, [key, self.site_id]).fetchall()
        return (row for row in rows if url_key(row["url"]) == key)

    def _set_gone(self, article_id: str, at: str) -> None:
        """Nobody proves that the comments of an article that is gone were deleted: their thread is removed with it."""
        self.store.connection.execute(_GONE, [at, article_id])
        self.store.connection.execute(_REMOVED, [article_id])

    def join_twins(self) -> None:
        """An article that is gone, and a new one with its headline and all its words, are one; where there are several, none."""
        began = self.store.connection.execute("SELECT min(captured_at) FROM captures WHERE crawl_id = ?", [self.crawl_id])
        rows = self.store.connection.execute(_TWINS, [self.site_id, _SHORTEST, began.fetchone()[0]]).fetchall()
        pairs = [(row["kept"], row["other"]) for row in rows]
        for kept, other in pairs:
            if sum(kept in pair or other in pair for pair in pairs) == 1:
                join(self.store, kept, other)


def is_alike(one: Mapping[str, str | None] | sqlite3.Row, other: Mapping[str, str | None]) -> bool:
    """Whether two accounts can be of one article that was edited: one headline, or half of the text in the same words."""
    if one["headline"] and fold(one["headline"]) == fold(other["headline"] or ""):
        return True
    runs = [_runs(fold(text or "")) for text in (one["text"], other["text"])]
    fewest = min(map(len, runs))
    return fewest > _RUN and len(runs[0] & runs[1]) >= _ALIKE * fewest


def _runs(text: str) -> set[tuple[str, ...]]:
    words = text.split()
    return {tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}

"""What a crawl makes of the signs that a site gives (reading/signs.py): which known pages need not be asked for again.

While signs are awaited, articles and comments wait. If any of them cannot be had, or they would cost more than they can save, all
is asked for as if there were none.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from newsarchive.catalogue.signs import Known, combined
from newsarchive.items import Follow, Reading
from newsarchive.reading.wordpress import without_comment_page
from newsarchive.times import to_iso
from newsarchive.urls import url_key

UNCHANGED = "unchanged"
GIVEN_UP = "signs given up"
_SHARE = 50  # answers for each list of posts, which names a hundred: at most half of what it costs to ask for each post once
_LISTS = 1_000  # at most, whatever a site says that it has: at a second each the news waits for a quarter of an hour
_PAGES = {"article", "comments"}


class Signs:
    """The signs of one crawl."""

    def __init__(self, known: Mapping[str, Known], *, at: datetime, days: float) -> None:
        """`known` are the signs under which threads were last read; `at` is when the crawl was begun; `days` how long a
        page may go unread, 0 for no use of signs at all."""
        self._known, self._oldest, self._wanted = known, to_iso(at - timedelta(days=days)), days > 0
        self._asked: set[str] = set()
        self._awaited: set[str] = set()
        self._most = self._answered = 0
        self._parts: dict[str, list[str]] = {}
        self._urls: dict[str, str] = {}
        self._unchanged: set[str] = set()

    @property
    def are_awaited(self) -> bool:
        """Whether pages should wait, for it is not known yet which of them have changed."""
        return bool(self._awaited)

    def may_ask(self, follow: Follow) -> bool:
        """Whether a list of signs is to be asked for; from now on it is awaited."""
        if self._wanted and follow.url not in self._asked:
            self._asked.add(follow.url)
            self._awaited.add(follow.url)
        return self._wanted

    def spares(self, follow: Follow) -> str | None:
        """A reason of the agenda: the signs of the page's thread are what they were when it was last read; or a list of signs of
        which nobody makes use any more."""
        if follow.purpose == "signs" and not self._wanted:
            return GIVEN_UP
        if follow.purpose in _PAGES and self._unchanged and url_key(without_comment_page(follow.url)) in self._unchanged:
            return UNCHANGED
        return None

    def give_up(self) -> None:
        """Ask for everything: a list of signs could not be had, or not read."""
        self._wanted = False
        self._awaited.clear()

    def learn(self, url: str, reading: Reading) -> tuple[Follow, ...]:
        """Take in one list. The last one tells what is to be asked for: what has changed, and what is listed no more."""
        if not self._awaited:
            return ()
        if url not in self._awaited or reading.failure or "signs" not in reading.readers:
            self.give_up()
            return ()
        for sign in reading.signs:
            self._parts.setdefault(sign.thread_id, []).append(sign.digest)
            if sign.url:
                self._urls[sign.thread_id] = sign.url
        self._answered += 1
        # The first list leads to as many as there are lists of posts; how many it says that there are may be a lie.
        self._most = self._most or min(_SHARE * len(reading.follow), _LISTS)
        for follow in reading.follow:
            self.may_ask(follow)
        if len(self._asked) > self._most or self._answered > _SHARE * (1 + len(self._parts) // 100):
            self.give_up()
            return ()
        self._awaited.remove(url)
        return () if self._awaited else tuple(Follow(one, "article") for one in self._compare())

    def _compare(self) -> list[str]:
        """Remember what is unchanged; the addresses of the rest, those too under which a thread was known before."""
        changed: dict[str, None] = {}
        for thread_id, url in self._urls.items():
            known = self._known.get(thread_id)
            now = combined(self._parts[thread_id])
            if known and known.digest == now and known.url == url and known.read >= self._oldest:
                self._unchanged.add(url_key(url))
            else:
                changed |= {url: None} | ({known.url: None} if known else {})
        gone = {known.url: None for thread_id, known in self._known.items() if thread_id not in self._urls}
        return [*changed, *gone]

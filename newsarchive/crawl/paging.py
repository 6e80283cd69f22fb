"""How far the pages of a thread are walked through in one crawl."""

from __future__ import annotations

from newsarchive.items import Follow, Reading


class Paging:
    """What each thread has shown, and where it has led to; hashes, for a thread may have many comments."""

    def __init__(self) -> None:
        self._shown: dict[str, set[int]] = {}
        self._asked: dict[str, set[int]] = {}

    def brings_news(self, reading: Reading) -> bool:
        """Whether a page may lead to comments, or to parents of comments, that its thread has not shown in this crawl.

        A page of what is all known already ends the asking: paging that repeats, turns in a circle or never ends shows the same
        again. So does an empty page where the thread has shown something; before that it may be an endpoint that only tells
        where to ask.
        """
        if reading.thread is None:
            return True
        shown = self._shown.setdefault(reading.thread.id, set())
        before = len(shown)
        shown.update(hash(comment.id) for comment in reading.comments)
        shown.update(hash((placement.comment_id, placement.parent_id)) for placement in reading.placements)
        return len(shown) > before or not shown or reading.article is not None

    def asked(self, thread_id: str, follow: Follow) -> int:
        """Note that a page of a thread is asked for; returns how many different ones were in this crawl."""
        asked = self._asked.setdefault(thread_id, set())
        asked.add(hash((follow.url, follow.body)))
        return len(asked)

"""The newspaper: what it answers, and the truth about what it has printed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit

from newsarchive.demo.delivery import Delivered, deliver
from newsarchive.demo.desk import Desk
from newsarchive.demo.edition import Edition
from newsarchive.demo.press import EDITIONS, print_editions
from newsarchive.demo.truth import Truth, tell

_METHODS = ("GET", "HEAD")


class Newspaper:
    """The Muunga Courier, a made-up newspaper of a made-up town.

    Its articles and comments are dated back from `now` as it was at the start; after that both `now` (only the ages in
    words count from it) and `edition` (1 or 2) may be set at any time, to let a week pass between two visits, say.
    `now` must be aware. To go on in a new process with the same dates, give the old start as `founded`.
    """

    def __init__(self, *, now: datetime, edition: int = 1, founded: datetime | None = None) -> None:
        if now.tzinfo is None:
            raise ValueError("now must have a time zone")
        self._editions = print_editions((founded or now).replace(microsecond=0))
        self.now = now
        self.edition = edition

    @property
    def edition(self) -> int:
        """The number of the edition that is served."""
        return self._edition.number

    @edition.setter
    def edition(self, number: int) -> None:
        if number not in EDITIONS:
            raise ValueError(f"there is no edition {number}")
        self._edition: Edition = self._editions[number]

    def respond(self, method: str, target: str, headers: Iterable[tuple[str, str]]) -> Delivered:
        """The answer to a request: status, header fields and body (a HEAD has the fields of the GET and no body).

        `target` is the request's target in origin form. The same edition at the same `now` always answers the same.
        """
        if method not in _METHODS:
            body = b"This paper can be read, not written to.\n"
            return 405, [("Allow", ", ".join(_METHODS)), ("Content-Type", "text/plain"), ("Content-Length", str(len(body)))], body
        fields = {name.lower(): value for name, value in headers}
        parts = urlsplit(target)
        desk = Desk(self._edition, self.now, f"http://{fields.get('host', '127.0.0.1')}")
        status, answered, body = deliver(desk.answer(parts.path, parts.query), fields)
        return status, answered, b"" if method == "HEAD" else body

    def truth(self) -> Truth:
        """What a perfect crawl of the edition that is served now brings home."""
        return tell(self._edition, self.now)

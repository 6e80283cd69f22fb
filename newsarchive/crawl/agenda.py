"""The agenda: whether a page that the crawl was led to is asked for in this crawl, and if not, why not.

By default everything is. Whoever knows better (what the site itself says has not changed, what is not due yet) brings a reason.
"""

from __future__ import annotations

from collections.abc import Callable

from newsarchive.items import Follow

# Says in a word or two why a page is left out of this crawl ("unchanged", "not due"), or None where it may be asked for.
Reason = Callable[[Follow], str | None]


class Agenda:
    """What one crawl asks for; the frontier consults it when a request's turn has come.

    What was allowed once is not asked about again: a redirect's target, a request that is tried again, and what the crawl had
    captured before it was interrupted.
    """

    def __init__(self) -> None:
        self._reasons: list[Reason] = []

    def heed(self, reason: Reason) -> None:
        """Let one more reason count; one is enough to leave a page out."""
        self._reasons.append(reason)

    def spares(self, follow: Follow) -> str | None:
        """Why a page is left out of this crawl; None where it is asked for."""
        return next((why for reason in self._reasons if (why := reason(follow))), None)

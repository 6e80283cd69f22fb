"""One download slot for each server: host and port, where Scrapy's own goes by the host's name alone.

Delay, Crawl-delay and waits are thus kept towards the server that asked for them, and no other port of its host pays for it. They
count from when a request went over the wire. Scrapy counts from when it left the queue, so that one that was slow to connect, or
that stood while the crawl was busy, would have the next one close behind it.
"""

from __future__ import annotations

from time import monotonic

from scrapy import Request
from scrapy.core.downloader import Downloader

from newsarchive.urls import server_of


class ServerDownloader(Downloader):
    """Scrapy's downloader; the slot of a request is that of its server, whatever its meta says (a redirect copies it)."""

    def get_slot_key(self, request: Request) -> str:
        """`host:port`, or the host alone on the usual ports."""
        return server_of(request.url)

    def sent(self, request: Request) -> None:
        """A request has gone over the wire: the delay until the next one to its server begins."""
        slot = self.slots.get(self.get_slot_key(request))
        if slot is not None:
            slot.lastseen = max(slot.lastseen, monotonic())  # it is to come where the server has asked for a wait

"""One download slot for each server: host and port, where Scrapy's own goes by the host's name alone.

Delay, Crawl-delay and waits are thus kept towards the server that asked for them, and no other port of its host pays for it.
"""

from __future__ import annotations

from scrapy import Request
from scrapy.core.downloader import Downloader

from newsarchive.urls import server_of


class ServerDownloader(Downloader):
    """Scrapy's downloader; the slot of a request is that of its server, whatever its meta says (a redirect copies it)."""

    def get_slot_key(self, request: Request) -> str:
        """`host:port`, or the host alone on the usual ports."""
        return server_of(request.url)

"""Which hosts may be sent words in the name of a newspaper's comments.

A page names the server of its comments, and any page may name any. To ask for a public address is what a crawler does; to POST
there what a page has chosen could set something off, with the operator's address as the sender. So a POST goes to the newspaper's
own hosts, to platforms that have one host for everybody, and to hosts that the newspaper's file names, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from newsarchive.endpoints import Endpoint

# OpenWeb, Facebook's plugin, Coral's hosting.
_PLATFORMS = ("spot.im", "facebook.com", "coralproject.net")


@dataclass(frozen=True, slots=True)
class Reach:
    """The hosts of one newspaper: its own, and those that its file names (`comment_hosts`)."""

    hosts: tuple[str, ...]

    @classmethod
    def of(cls, start_urls: Iterable[str], comment_hosts: Iterable[str], endpoints: Iterable[Endpoint] = ()) -> Reach:
        """`comment_hosts` are names of hosts, with their port where it is not the usual one; an endpoint that the newspaper's
        file describes names its host, too."""
        described = [text for one in endpoints for text in _addresses(one)]
        hosts = [*(urlsplit(url).netloc for url in (*start_urls, *described)), *comment_hosts]
        return cls((*(host.lower().removeprefix("www.") for host in hosts if "{" not in host), *_PLATFORMS))

    def may_post(self, url: str) -> bool:
        """Whether `url` is on one of the hosts, or on a part of one (`talk.gazette.example` of `gazette.example`)."""
        asked = urlsplit(url).netloc.lower().removeprefix("www.")
        return any(asked == host or asked.endswith(f".{host}") for host in self.hosts)


def _addresses(endpoint: Endpoint) -> Iterator[str]:
    questions = (endpoint.ask, endpoint.ask_replies)
    texts = (*(one.url for one in questions if one), *(value.text for value in endpoint.values))
    yield from (text for text in texts if text.startswith(("http://", "https://")))

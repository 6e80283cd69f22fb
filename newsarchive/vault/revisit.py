"""A revisit: an answer that brought nothing new names the earlier capture that holds its body (WARC 1.1, section 6.7).

Only one place holds the bytes, so that a takedown blanks them once. Where that place is stands in the metadata record beside it,
so that whoever replays a revisit needs no catalogue.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC

from newsarchive.items import Page
from newsarchive.vault.exchange import Exchange, Original, Truncated
from newsarchive.vault.message import Message, page_of
from newsarchive.vault.record import IDENTICAL, NOT_MODIFIED, number_in

LEAST = 512  # bytes of a body: below that a revisit, with all that it names, is no smaller

# The capture in a closed file, of a finished crawl, that holds a payload of this digest; the second value is the address.
Known = Callable[[str, str], Original | None]


@dataclass(frozen=True, slots=True)
class Revisit:
    """Why an answer is a revisit (one of the profiles of WARC 1.1), and of what."""

    profile: str
    original: Original

    def fields(self) -> list[tuple[str, str]]:
        """The fields of its record beyond those of a response."""
        at = self.original.captured_at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
        identical = [("WARC-Payload-Digest", self.original.payload_digest), ("WARC-Truncated", "length")]
        return [
            ("WARC-Profile", self.profile),
            *(identical if self.profile == IDENTICAL else ()),
            ("WARC-Refers-To", f"<{self.original.record_id}>"),
            ("WARC-Refers-To-Target-URI", self.original.url),
            ("WARC-Refers-To-Date", at),
        ]

    def told(self) -> dict[str, str]:
        """What the metadata record says of the original: its place, and its payload."""
        original = self.original
        return {
            "refers-to-file": original.warc,
            "refers-to-offset": str(original.offset),
            "payload-digest": original.payload_digest,
            "payload-bytes": str(original.payload_bytes),
        }


@dataclass(frozen=True, slots=True)
class Place:
    """Where the original of a revisit stands, and how large its payload was."""

    warc: str
    offset: int
    payload_bytes: int


def revisit_of(
    exchange: Exchange, *, status: int | None, truncated: Truncated | None, digest: str, size: int, known: Known
) -> Revisit | None:
    """The revisit that an exchange is; None for one that brought something, and for a 304 that nobody asked for."""
    if truncated:
        return None
    if status == 304:
        return Revisit(NOT_MODIFIED, exchange.asked_since) if exchange.asked_since else None
    if status == 200 and size >= LEAST and exchange.method != "HEAD" and (original := known(digest, exchange.url)):
        return Revisit(IDENTICAL, original)
    return None


def place_of(told: Mapping[str, str]) -> Place | None:
    """The place that a metadata record names; None in other programs' files."""
    warc = told.get("refers-to-file")
    offset, size = (number_in(told.get(name, "")) for name in ("refers-to-offset", "payload-bytes"))
    return Place(warc, offset, size) if warc and offset is not None and size is not None else None


def page_again(profile: str, message: Message, page: Page, original: tuple[Message, Page]) -> Page:
    """The page of a revisit: what the original shows, seen again. `message` and `page` are the revisit's own.

    Of an identical body the head is today's; a 304 leaves the head that was (RFC 9111, section 4.3.4 would have it updated by its
    fields, of which none says anything that is read).
    """
    first, shown = original
    if profile == IDENTICAL:
        whole = replace(message, payload=first.payload, whole=first.whole)
        again = page_of(
            whole, page.method, page.request_body, url=page.url, captured_at=page.captured_at, record_id=page.record_id
        )
        return replace(again, body_from=shown.captured_at, body_of=shown.record_id)
    again = replace(shown, url=page.url, captured_at=page.captured_at, record_id=page.record_id)
    again = replace(again, method=page.method, request_body=page.request_body)
    return replace(again, body_from=shown.captured_at, body_of=shown.record_id)

"""Blank passages in one exchange of a WARC file: every record keeps its length, unpacked and packed, and gets new digests.

The blanked page is read again. What it says must be what it said before, but for what was blanked; a place whose blanking would
change somebody else's words is left alone. So the words of others stay theirs, also where they quote.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from w3lib.encoding import http_content_type_encoding, resolve_encoding

from newsarchive.errors import NotBlanked
from newsarchive.items import Article, Comment, Item, Page, Profile, Reading
from newsarchive.vault.message import Message, decode_body, parse_any
from newsarchive.vault.takedown.exchanges import Member, page_of
from newsarchive.vault.takedown.passages import Found, Passages, blank, is_blank, letters_of
from newsarchive.vault.takedown.refit import Pieces, code_again, refit
from newsarchive.vault.takedown.row import Passage

_DECLARED = re.compile(rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_SIDE = re.compile(
    rb"<!--(.*?)-->|<style\b[^>]*>(.*?)</style>|<script\b(?![^>]*json)[^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE
)
_FILL = re.compile(r"(?:x+\s?)+")
_WORDS = (6, 4, 7, 8, 3, 9)  # letters of other filler
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]|\A%PDF-")  # a picture, a film: nothing in it is text
_SNIFFED = 1445
_PLAIN = {"utf-8", "ascii", "iso8859-1"}  # charsets that `escapes.Plain` reads without being told
_PIECE = 12  # letters that two texts must have in common to be compared
_NEAR = 600  # bytes from a blanked place in which the rest of its passage is looked for
_ROUNDS = 3

Read = Callable[[Page, Profile], Reading]
Places = list[tuple[Found, str | None]]  # with the charset in which each was found


@dataclass(frozen=True, slots=True)
class Blanked:
    """An exchange after blanking: new bytes by their offset in the file, and what changed.

    `payload_digest` is (before, after). `whole` says that nothing of the page could be left, `remains` that words of the passages
    stand in it still, in somebody else's mouth or where they could not be told from the page's own.
    """

    record_id: str
    pieces: Pieces
    payload_digest: tuple[str, str]
    payload_bytes: int
    whole: bool
    remains: bool


@dataclass(frozen=True, slots=True)
class Blanking:
    """What is blanked in the pages of a site: `passages`; `gone` tells its items. `read` reads a page that can be read."""

    passages: Passages
    gone: Callable[[Item], bool]
    profile: Profile
    read: Read

    def blank(self, group: Sequence[Member], *, readable: bool = True) -> Blanked | None:
        """Blank an exchange; None if none of the passages is in it. `readable` is False for a page that broke its reader."""
        response = group[0]
        if response.field("WARC-Type") not in {"response", "resource"}:
            return None
        page = page_of(group)
        message = parse_any(response.block, method=page.method)
        body, decoded = decode_body(message)
        charsets = _charsets(page)
        if not body or (_BINARY.search(body, 0, _SNIFFED) and charsets == [None]):
            return None
        found = self._find(body, charsets, names=False)
        if not found:
            return None
        sight = _Sight(self, page) if readable else None
        if (sight and sight.shows) or any(not one.passage.name for one, _ in found):
            found = self._find(body, charsets, names=True)
        kept, proven = self._places(body, found, charsets, sight)
        if not kept:
            return None
        for payload, whole, strict in _payloads(body if decoded else None, kept, message, sight):
            if fitting := refit(group, page.method, message.payload, payload, strict=strict):
                return Blanked(response.record_id, *fitting, len(payload), whole, remains=not proven and not whole)
        raise NotBlanked(f"{response.record_id}: its {response.length} bytes have no room for the blanked page")

    def _find(self, body: bytes, charsets: Iterable[str | None], *, names: bool) -> Places:
        return [(one, charset) for charset in charsets for one in self.passages.find(body, charset, names=names)]

    def _places(self, body: bytes, found: Places, charsets: Sequence[str | None], sight: _Sight | None) -> tuple[Places, bool]:
        """The places to blank, and whether nothing of the passages is read out of the page then."""
        if sight is None:
            return found, True
        sure, doubtful = sight.parted(body, found, charsets)
        kept = sight.harmless(body, [], sure)
        if doubtful and sight.left(_overwrite(body, kept)):
            kept = sight.harmless(body, kept, doubtful)
        for _ in range(_ROUNDS):
            said = _overwrite(body, kept)
            left = sight.left(said)
            if not left:
                return kept, True
            rest = Passages(Passage(piece, name=True) for text in left for piece in _FILL.split(text) if piece.strip())
            places = [part for one, _ in kept for part in one.ranges]
            more = [(one, charset) for charset in charsets for one in rest.find(said, charset, names=True) if _near(one, places)]
            harmless = sight.harmless(said, [], more)
            if not harmless:
                return kept, False
            kept = kept + harmless
        return kept, not sight.left(_overwrite(body, kept))


class _Sight:
    """What a page said before anything was blanked in it, to compare with."""

    def __init__(self, blanking: Blanking, page: Page) -> None:
        self._blanking, self._page = blanking, page
        self._before = blanking.read(page, blanking.profile)
        items: list[Item] = [self._before.article] if self._before.article else []
        gone = [one.id for one in [*items, *self._before.comments] if blanking.gone(one)]
        self.shows = bool(gone)
        self._gone = frozenset(gone)
        self._others = self._of_others(self._before)
        self._last: tuple[bytes, Reading] | None = None

    def parted(self, body: bytes, found: Places, charsets: Sequence[str | None]) -> tuple[Places, Places]:
        """The places that are nobody else's, and those that stand in somebody else's words: quotations, and the same words."""
        wanted = {letters_of(one.passage.text) for one, _ in found}
        pieces = {row[at : at + _PIECE] for row in wanted for at in range(max(1, len(row) - _PIECE + 1))}
        quoting = [text for text in self._others_words() if _shares(letters_of(text), pieces)]
        theirs = Passages(Passage(text) for text in quoting)
        spans = [(one.ranges[0][0], one.ranges[-1][1]) for charset in charsets if quoting for one in theirs.find(body, charset)]
        inside = [any(start <= one.ranges[0][0] and one.ranges[-1][1] <= end for start, end in spans) for one, _ in found]
        parted: tuple[Places, Places] = ([], [])
        for place, doubtful in zip(found, inside, strict=True):
            parted[doubtful].append(place)
        return parted

    def harmless(self, body: bytes, kept: Places, found: Places) -> Places:
        """What is `kept` and the places whose blanking, one with another, changes nobody else's words."""
        if not found or self.is_same(_overwrite(body, [*kept, *found])):
            return [*kept, *found]
        if len(found) == 1:
            return kept
        half = len(found) // 2
        return self.harmless(body, self.harmless(body, kept, found[:half]), found[half:])

    def _others_words(self) -> list[str]:
        article, comments, _ = self._others
        told = [article.headline, article.description, article.text] if article else []
        return [text for text in [*told, *(one.text for one in comments)] if text]

    def _after(self, body: bytes) -> Reading:
        """The reading of the page with this body; the last one is kept, for it is asked for twice."""
        if self._last is None or self._last[0] != body:
            self._last = body, self._blanking.read(replace(self._page, body=body), self._blanking.profile)
        return self._last[1]

    def left(self, body: bytes) -> list[str]:
        """What is still said, in the page's own reading, in the place of what was to go."""
        after = self._after(body)
        others = {one.id for one in self._others[1]}
        said = [one.text for one in after.comments if one.id not in others]
        article = after.article
        if article and article.id in self._gone:
            said += [article.headline, article.alternative_headline, article.description, article.text]
        return [text for text in said if text and not is_blank(text)]

    def is_same(self, body: bytes) -> bool:
        """Whether the page with this body says the same as before of everybody else."""
        return self._of_others(self._after(body)) == self._others

    def _of_others(self, reading: Reading) -> tuple[Article | None, list[Comment], object]:
        """What a page says that is not to go. The numbers of blanked comments without numbers changed with their words."""
        known = {one.id for one in self._before.comments} - self._gone
        comments = [_as_others(one, known) for one in reading.comments if one.id in known]
        article = None if reading.article and reading.article.id in self._gone else reading.article
        thread = replace(reading.thread, pages=()) if reading.thread else None
        return article, comments, (thread, reading.failure)


def _as_others(comment: Comment, known: set[str]) -> Comment:
    parent = comment.parent_id if comment.parent_id in known or ":~" not in (comment.parent_id or "") else None
    return replace(comment, parent_id=parent)


def _shares(letters: str, pieces: set[str]) -> bool:
    """Whether a text has one of these pieces in it; most of them are of one length."""
    if not pieces.isdisjoint(letters[at : at + _PIECE] for at in range(len(letters) - _PIECE + 1)):
        return True
    return any(piece in letters for piece in pieces if len(piece) < _PIECE)


def _overwrite(body: bytes, found: Iterable[tuple[Found, str | None]], *, word: int = 5) -> bytes:
    for one, charset in found:
        body = blank(body, [one], charset, word=word)
    return body


def _near(found: Found, places: Iterable[tuple[int, int]]) -> bool:
    begin, end = found.ranges[0][0], found.ranges[-1][1]
    return any(begin < stop + _NEAR and end > start - _NEAR for start, stop in places)


def _payloads(body: bytes | None, places: Places, message: Message, sight: _Sight | None) -> Iterator[tuple[bytes, bool, bool]]:
    """What may stand in the payload's place, whether that is nothing of the page, and whether all digests must find room.

    The blanked page, as long as the old one; with other filler, for other digests take other room; where the room is short, for
    a packed page may say the words elsewhere too, one that is longer, or has shorter filler, or not its scripts, styles and
    notes; at last, and for a stream that is cut, nothing but filler.
    """
    if body is not None:
        said, short = _overwrite(body, places), _shortened(body, places)
        slim = _SIDE.sub(lambda side: _emptied(side, side.lastindex or 0), short)
        turned = ((_overwrite(body, places, word=word), True, True) for word in _WORDS)
        last = [(said, True, False), (said, False, False), (short, False, False), (slim, False, False)]
        for other, fitting, strict in chain([(said, True, True)], turned, last):
            if (other is said or sight is None or sight.is_same(other)) and (
                payload := code_again(other, message, fitting=fitting)
            ):
                yield payload, False, strict
    yield b"x" * len(message.payload), True, False


def _shortened(body: bytes, places: Places) -> bytes:
    """The page with one sign in each blanked place."""
    ranges = sorted(((part, charset) for found, charset in places for part in found.ranges), key=lambda one: one[0])
    pieces, at = [], 0
    for (start, end), charset in ranges:
        if start >= at:
            pieces += [body[at:start], "x".encode(charset or "ascii")]
        at = max(at, end)
    return b"".join((*pieces, body[at:]))


def _emptied(side: re.Match[bytes], group: int) -> bytes:
    start, end = (at - side.start() for at in side.span(group))
    return side[0][:start] + b" " * (end - start) + side[0][end:]


def _charsets(page: Page) -> list[str | None]:
    """How the page's bytes may be read: as UTF-8 or Latin-1 (None), and in another charset that it names."""
    if page.body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ["utf-16-le" if page.body.startswith(b"\xff") else "utf-16-be"]
    named = http_content_type_encoding(page.header("content-type"))
    if not named and (found := _DECLARED.search(page.body[:4096])):
        named = resolve_encoding(found[1].decode("ascii", "replace"))
    try:
        known = codecs.lookup(named or "utf-8").name
    except LookupError:
        return [None]
    return [None] if known in _PLAIN else [None, known]

"""One WARC record, taken apart as fast as Python can: its fields, its block, its digests (WARC 1.1, sections 4 and 5)."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import get_args

from newsarchive.errors import DamagedRecord
from newsarchive.vault.exchange import Truncated

_PROFILES = "http://netpreserve.org/warc/1.1/revisit/"
IDENTICAL, NOT_MODIFIED = f"{_PROFILES}identical-payload-digest", f"{_PROFILES}server-not-modified"  # 6.7.2, 6.7.3
_VERSIONS = {"WARC/1.1", "WARC/1.0"}
_END = b"\r\n\r\n"
HEAD_LIMIT = 1 << 20  # bytes of a record's fields: a lying member of nothing but fields must not fill the memory
_MOST_DIGITS = 18  # of a number that the disk and SQLite can hold
_OF_THE_WEB = re.compile(r"https?://[^\x00-\x1f\x7f-\x9f]+")
_NAMES = (
    *("WARC-Type", "WARC-Record-ID", "WARC-Date", "WARC-Target-URI", "WARC-Block-Digest", "WARC-Payload-Digest"),
    *("WARC-Truncated", "WARC-Refers-To", "WARC-Refers-To-Target-URI", "WARC-Refers-To-Date", "WARC-Concurrent-To"),
    "WARC-Profile",
    *("Content-Length", "Content-Type"),
)
_FORM = {name.lower(): name for name in _NAMES}
_HASHES: dict[str, Callable[..., hashlib._Hash]] = {
    "sha1": hashlib.sha1,
    "sha256": hashlib.sha256,
    "sha512": hashlib.sha512,
    "md5": hashlib.md5,
}
# Base32 in the digits of a number to the base 32, which Python reads at once.
_BASE32, _BASE = "abcdefghijklmnopqrstuvwxyz234567", "0123456789abcdefghijklmnopqrstuv"
_DIGITS = str.maketrans(_BASE32.upper() + _BASE32[:26], _BASE + _BASE[:26])


class Sum:
    """Length and digests of what passes by in pieces. `named` are digests that it will be held against."""

    def __init__(self, *named: str | None) -> None:
        algorithms = {"sha1", *(name.partition(":")[0].lower() for name in named if name)}
        self.size = 0
        self._hashes = {name: _HASHES[name](usedforsecurity=False) for name in algorithms & _HASHES.keys()}

    def add(self, piece: bytes | memoryview) -> None:
        self.size += len(piece)
        for one in self._hashes.values():
            one.update(piece)

    def is_of(self, named: str) -> bool:
        """As `is_digest_of`."""
        algorithm, _, value = named.partition(":")
        found = self._hashes.get(algorithm.lower())
        return found is None or _is_value_of(value, found.digest())

    @property
    def sha1(self) -> str:
        """The digest that web archives compare by, `sha1:BASE32`."""
        return f"sha1:{base64.b32encode(self._hashes['sha1'].digest()).decode()}"


@dataclass(frozen=True, slots=True)
class Through:
    """What a block showed that was read through in pieces: the whole of it, the payload of the HTTP answer in it, and all that
    stands behind that one's head, of which other tools take the digest even where it stands in chunks."""

    block: Sum
    payload: Sum
    body: Sum


@dataclass(frozen=True, slots=True)
class Record:
    """A record, and where its gzip member stands; `fields` by their names as WARC 1.1 writes them.

    Of one that was too large to be held, `block` is the head of the HTTP message in it, and `through` what the rest has shown.
    """

    kind: str
    fields: dict[str, str]
    block: bytes
    offset: int
    length: int
    through: Through | None = None

    @property
    def id(self) -> str:
        return self.fields["WARC-Record-ID"].strip("<>")

    @property
    def url(self) -> str:
        return self.fields.get("WARC-Target-URI", "").strip("<>")  # 1.0 writes them in angle brackets

    @property
    def date(self) -> datetime:
        named = datetime.fromisoformat(self.fields["WARC-Date"])
        return named.astimezone(UTC) if named.tzinfo else named.replace(tzinfo=UTC)  # UTC by section 5.4; some name an offset

    @property
    def refers_to(self) -> str | None:
        return self.fields.get("WARC-Refers-To", "").strip("<>") or None

    @property
    def truncated(self) -> Truncated | None:
        """Why an answer broke off, where the record says so in a word of the standard (5.15)."""
        if self.fields.get("WARC-Profile") == IDENTICAL:
            return None  # it is the payload that is left out, for it is kept elsewhere (6.7.2)
        named = self.fields.get("WARC-Truncated")
        return next((word for word in get_args(Truncated) if word == named), None) if named else None

    def tied_to(self, other: Record) -> bool:
        """Whether this belongs to the exchange of that answer."""
        return self.kind in {"request", "metadata"} and self.fields.get("WARC-Concurrent-To", "").strip("<>") == other.id

    def block_intact(self) -> bool:
        """Whether the block is the one that its digest was made of."""
        named = self.fields.get("WARC-Block-Digest")
        if named is None:
            return True
        return self.through.block.is_of(named) if self.through else is_digest_of(named, self.block)


def parse(content: bytes, offset: int, length: int) -> Record:
    """The record in an unpacked member. Raises DamagedRecord if it is none, or has not the length it names."""
    end = content.find(_END, 0, HEAD_LIMIT)
    fields, size = parse_head(content[: max(end, 0)], offset)
    start = end + len(_END)
    if content[start + size :] != _END:
        raise wrong_length(offset)
    return make_record(fields, content[start : start + size], offset, length)


def parse_head(head: bytes, offset: int) -> tuple[dict[str, str], int]:
    """A record's fields, and the length of its block. Raises DamagedRecord."""
    version, *lines = head.decode("utf-8", "replace").split("\r\n")
    if version not in _VERSIONS:
        raise DamagedRecord(f"no WARC record at {offset}: it begins with {head[:20]!r}")
    fields = _fields(lines)
    size = number_in(fields.get("Content-Length", ""))
    if size is None:
        raise wrong_length(offset)
    return fields, size


def is_of_the_web(url: str) -> bool:
    """Whether an address is one of HTTP. With a control in it, it is none (RFC 3986), and would act on a terminal."""
    return _OF_THE_WEB.fullmatch(url) is not None


def number_in(text: str) -> int | None:
    """A number of bytes, as records write it; None for anything else, and for more than a file can have."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS else None


def make_record(fields: dict[str, str], block: bytes, offset: int, length: int, through: Through | None = None) -> Record:
    """The record of these fields. Raises DamagedRecord if one is missing that every record has."""
    kind = fields.get("WARC-Type")
    if not kind or not fields.get("WARC-Record-ID"):
        raise DamagedRecord(f"the record at {offset} has no type or no id")
    record = Record(kind, fields, block, offset, length, through)
    try:
        record.date  # noqa: B018  # one that cannot be read is damage
    except (KeyError, ValueError, OverflowError) as error:
        raise DamagedRecord(f"the record at {offset} has no date") from error
    return record


def wrong_length(offset: int) -> DamagedRecord:
    """The damage of a record that does not end where it says."""
    return DamagedRecord(f"the record at {offset} has not the length it names")


def is_digest_of(named: str, content: bytes) -> bool:
    """Whether a digest in a record, `algorithm:value` in Base32 or hexadecimal, is that of the content; true of unknown ones."""
    algorithm, _, value = named.partition(":")
    make = _HASHES.get(algorithm) or _HASHES.get(algorithm.lower())
    return make is None or _is_value_of(value, make(content, usedforsecurity=False).digest())


def _is_value_of(value: str, digest: bytes) -> bool:
    """Whether this is how a record writes a digest."""
    if len(value) == 2 * len(digest):
        return value.lower() == digest.hex()
    spare = -8 * len(digest) % 5  # bits that fill the last sign
    try:
        return int(value.rstrip("=").translate(_DIGITS), 32) == int.from_bytes(digest) << spare
    except ValueError:
        return False


def warc_fields(block: bytes) -> dict[str, str]:
    """The fields of an application/warc-fields block."""
    split = (line.partition(":") for line in block.decode("utf-8", "replace").split("\r\n"))
    return {name: value.strip() for name, colon, value in split if colon}


def _fields(lines: list[str]) -> dict[str, str]:
    """The first of each field. Folded lines, names in another case and odd spaces are brought into form where they are met."""
    try:
        fields = dict([line.split(": ", 1) for line in reversed(lines)])
    except ValueError:
        fields = {}
    if "Content-Length" in fields and "WARC-Type" in fields:
        return fields
    unfolded: list[str] = []
    for line in lines:
        if line[:1] in " \t" and unfolded:
            unfolded[-1] += f" {line.strip()}"
        else:
            unfolded.append(line)
    split = (line.partition(":") for line in reversed(unfolded))
    return {_FORM.get(name.strip().lower(), name): value.strip() for name, _, value in split}

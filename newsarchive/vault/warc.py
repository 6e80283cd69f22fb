"""WARC/1.1 records of one crawl (ISO 28500:2017; the sections named here are its own).

Every field is made safe here, because warcio 1.8.1 writes line breaks in a value as they are.
"""

from __future__ import annotations

import base64
import hashlib
import ipaddress
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import quote
from uuid import uuid4

from newsarchive import __version__
from newsarchive.errors import DamagedRecord
from newsarchive.vault.exchange import Capture, Exchange, Truncated
from newsarchive.vault.message import media_type, read_head, read_payload, redirect_of, split_request
from newsarchive.vault.revisit import Known, Revisit, revisit_of
from newsarchive.vault.warcfile import Block, ClosedWarc, WarcFile

__all__ = ["JSON", "NOTE_URI", "WARC_FIELDS", "ClosedWarc", "WarcWriter", "sha1", "target_uri"]

NOTE_URI = "metadata://newsarchive/crawl/"
WARC_FIELDS = "application/warc-fields"
JSON = "application/json"
_HTTP = "application/http; msgtype="
_STEP = 1 << 16
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_NOT_TOKEN = re.compile(r"[^!#$%&'*+.^_`|~0-9A-Za-z-]+")
_USER_INFORMATION = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]*://)[^/?]*@")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_PREFIX = re.compile(r"[a-z0-9-]{1,40}")
_CONFORMS_TO = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"

Fields = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the records and the catalogue need to know of an answer; `status` is None where it names none.

    `chunked` says that the block holds the payload in chunks; `head_bytes` is the length of what stands before the body.
    """

    status: int | None
    mime: str | None
    block: Block
    payload_digest: str
    payload_bytes: int
    truncated: Truncated | None
    chunked: bool = False
    location: str | None = None
    head_bytes: int = 0


class WarcWriter:
    """Writes the files of one crawl into `folder`, a new one when `size_limit` bytes are passed; one writer per crawl.

    `info` goes into the warcinfo record of each file; the first file gets the number `serial`. `known` tells what the archive
    holds already. After a failed write the file
    keeps what was whole, and the writer takes nothing more: ArchiveFull when disk or quota is full, OSError else.
    """

    def __init__(
        self,
        folder: Path,
        *,
        prefix: str,
        hostname: str,
        info: Mapping[str, str],
        size_limit: int = 1_000_000_000,
        serial: int = 0,
        known: Known = lambda digest, url: None,
    ) -> None:
        if not _PREFIX.fullmatch(prefix):
            raise ValueError(f"a WARC's name cannot begin with {prefix!r}")
        self.closed: list[ClosedWarc] = []
        self._folder, self._prefix, self._size_limit, self._info = folder, prefix, size_limit, dict(info)
        self._host = re.sub(r"[^A-Za-z0-9.-]", "-", hostname) or "localhost"
        self._serial, self._known = serial, known
        folder.mkdir(parents=True, exist_ok=True)
        self._open()

    def keep(self, exchange: Exchange) -> Capture:
        """Append an exchange: response (or revisit), request and metadata records, next to each other, in one file."""
        answer, file = _examine(exchange), self._roomy()
        revisit = self._revisit(exchange, answer)
        _, body = split_request(exchange.request)
        response_id, url = _new_id(), target_uri(exchange.url)
        place = [("WARC-Target-URI", url), ("WARC-Date", _date(exchange.began_at)), self._info_id]
        wire = [*place, *_wire_fields(exchange)]
        tied = ("WARC-Concurrent-To", f"<{response_id}>")
        cut = [("WARC-Truncated", answer.truncated)] if answer.truncated else []
        digest = [] if answer.chunked else [("WARC-Payload-Digest", answer.payload_digest)]  # docs/decisions/0003
        described = revisit.fields() if revisit else [*cut, *digest]
        asked_digest = [("WARC-Payload-Digest", sha1([body])[0])] if body else []
        told = _metadata(exchange, body, answer, revisit)
        offset = file.size
        with file.whole():
            block = _head_of(answer) if revisit else answer.block
            file.add(kind := "revisit" if revisit else "response", block, [_id_field(response_id), *wire, *described])
            length = file.size - offset
            file.add("request", _block(exchange.request, f"{_HTTP}request"), [_id_field(_new_id()), tied, *wire, *asked_digest])
            file.add("metadata", _block(told, WARC_FIELDS), [_id_field(_new_id()), tied, *place])
        return Capture(
            record_id=response_id,
            url=url,
            captured_at=exchange.began_at.astimezone(UTC),
            status=answer.status,
            mime=answer.mime,
            record_type=kind,
            purpose=exchange.purpose,
            payload_digest=revisit.original.payload_digest if revisit else answer.payload_digest,
            payload_bytes=revisit.original.payload_bytes if revisit else answer.payload_bytes,
            truncated=answer.truncated,
            revisit_of=revisit.original.record_id if revisit else None,
            location=answer.location,
            warc=file.name,
            offset=offset,
            length=length,
        )

    def _revisit(self, exchange: Exchange, answer: _Answer) -> Revisit | None:
        return revisit_of(
            exchange,
            status=answer.status,
            truncated=answer.truncated,
            digest=answer.payload_digest,
            size=answer.payload_bytes,
            known=self._known,
        )

    def note(self, kind: str, value: dict[str, Any], *, at: datetime) -> str:
        """Append a metadata record about the crawl itself, as JSON; returns its record id."""
        record_id, file = _new_id(), self._roomy()
        text = json.dumps(value, ensure_ascii=False, sort_keys=True)
        fields = [_id_field(record_id), ("WARC-Target-URI", target_uri(NOTE_URI + kind)), ("WARC-Date", _date(at)), self._info_id]
        with file.whole():
            file.add("metadata", _block(text.encode("utf-8", "replace"), JSON), fields)
        return record_id

    def sync(self) -> None:
        """Return when everything that was kept and noted is on the disk."""
        self._file.sync()

    def close(self) -> None:
        """Give the last file its final name. The writer takes nothing more."""
        self.closed.append(self._file.close())

    def _roomy(self) -> WarcFile:
        """The file to write the next exchange or note to: a new one if the last has passed its size."""
        if self._file.size >= self._size_limit:
            self.close()
            self._open()
        return self._file

    def _open(self) -> None:
        now, info_id = datetime.now(UTC), _new_id()
        name = f"{self._prefix}-{now:%Y%m%d%H%M%S}{now.microsecond // 1000:03}-{self._serial:05}-{self._host}.warc.gz"
        ours = {
            "software": f"newsarchive/{__version__} warcio/{version('warcio')}",
            "format": "WARC File Format 1.1",
            "conformsTo": _CONFORMS_TO,
            "hostname": self._host,
        }
        self._file = WarcFile(self._folder, name)
        with self._file.whole():
            fields = [_id_field(info_id), ("WARC-Date", _date(now)), ("WARC-Filename", name)]
            self._file.add("warcinfo", _block(_warc_fields(ours | self._info), WARC_FIELDS), fields)
        self._serial += 1
        self._info_id = ("WARC-Warcinfo-ID", f"<{info_id}>")


def sha1(pieces: Iterable[bytes]) -> tuple[str, int]:
    """The digest that the world's web archives compare by, `sha1:BASE32`, and the number of bytes."""
    digest, size = hashlib.sha1(usedforsecurity=False), 0
    for piece in pieces:
        digest.update(piece)
        size += len(piece)
    return f"sha1:{base64.b32encode(digest.digest()).decode()}", size


def target_uri(url: str) -> str:
    """A URL as a WARC-Target-URI may stand: RFC 3986 characters only, no fragment, no user information (5.14)."""
    uri = _USER_INFORMATION.sub(r"\1", url.partition("#")[0].strip())
    return _STRAY_PERCENT.sub("%25", quote(uri, safe="%:/?[]@!$&'()*+,;=~", errors="replace"))


def _examine(exchange: Exchange) -> _Answer:
    """Read an answer through, in steps. One without an HTTP head is all payload; one that stops early is truncated."""
    stream = exchange.response
    stream.seek(0)
    digest, size = sha1(iter(lambda: stream.read(_STEP), b""))
    block = Block(stream, size, digest, f"{_HTTP}response")
    stream.seek(0)
    try:
        head = read_head(stream)
        head_bytes = stream.tell()
    except DamagedRecord:
        return _Answer(None, None, block, digest, size, exchange.truncated or "unspecified")
    else:
        payload = read_payload(stream, head, method=exchange.method)
        payload_digest, payload_bytes = sha1(payload)
        broken: Truncated | None = None if head.whole and payload.whole else "unspecified"
        truncated = exchange.truncated or broken
        mime = media_type(head.headers)
        location = redirect_of(head.status, head.headers, exchange.url)
        status, chunked = head.status or None, payload.chunked
        return _Answer(status, mime, block, payload_digest, payload_bytes, truncated, chunked, location, head_bytes)
    finally:
        stream.seek(0)


def _head_of(answer: _Answer) -> Block:
    """The block without the body, whose stream stands at its start again afterwards."""
    head = answer.block.stream.read(answer.head_bytes)
    answer.block.stream.seek(0)
    return _block(head, answer.block.content_type)


def _wire_fields(exchange: Exchange) -> Fields:
    """What is known of the connection: address, protocols, cipher."""
    fields = [("WARC-Protocol", _line(name)) for name in exchange.protocol]
    if exchange.cipher_suite:
        fields.append(("WARC-Cipher-Suite", _line(exchange.cipher_suite)))
    if exchange.ip_address:
        fields.append(("WARC-IP-Address", str(ipaddress.ip_address(exchange.ip_address.partition("%")[0]))))
    return fields


def _metadata(exchange: Exchange, body: bytes, answer: _Answer, revisit: Revisit | None) -> bytes:
    """What the other records do not say of an exchange (6.6), and the method and body of one that is not a plain GET."""
    fields = {
        "via": target_uri(exchange.via) if exchange.via else None,
        "hopsFromSeed": exchange.hop,
        "fetchTimeMs": str(round(exchange.elapsed * 1000)),
        "purpose": exchange.purpose,
        "payload-digest": answer.payload_digest if answer.chunked else None,
        "tls-verified": None if exchange.tls_verified is None else str(exchange.tls_verified).lower(),
    }
    if revisit:
        fields |= revisit.told()
    if exchange.method != "GET":
        fields |= {"request-method": exchange.method, "request-body-base64": base64.b64encode(body).decode()}
    return _warc_fields(fields)


def _warc_fields(fields: Mapping[str, str | None]) -> bytes:
    """A block of application/warc-fields; a field without a value is left out."""
    lines = (f"{_NOT_TOKEN.sub('-', name)}: {_line(value)}\r\n" for name, value in fields.items() if value)
    return "".join(lines).encode()


def _line(value: str) -> str:
    """A value on one line: controls become a space, lone surrogates a question mark."""
    return _CONTROLS.sub(" ", value).strip().encode("utf-8", "replace").decode()


def _block(content: bytes, content_type: str) -> Block:
    digest, size = sha1([content])
    stream: BinaryIO = BytesIO(content)
    return Block(stream, size, digest, content_type)


def _date(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _new_id() -> str:
    return f"urn:uuid:{uuid4()}"


def _id_field(record_id: str) -> tuple[str, str]:
    return "WARC-Record-ID", f"<{record_id}>"

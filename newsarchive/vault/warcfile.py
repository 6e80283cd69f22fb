"""One WARC file that holds whole exchanges only, whatever goes wrong while it is written.

It is called `NAME.open` while it is written, and flocked, so that a living crawl's file can be told from one that a crash
left. warcio serialises the records. Its 1.8.1 puts a payload digest on records that have no payload, and counts records
as written that a full disk refused: digests come from the caller, and the file is written here, one gzip member a record.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newsarchive.durable import sync_folder
from newsarchive.errors import FULL, ArchiveFull

OPEN = ".open"
_GZIP = 31
_BUFFER = 1 << 16  # bytes
_ASKED = 3  # times, whether all is on the disk
_LEVEL = 4  # a page of 41 KB in 0.30 ms, 3.5 % larger than by warcio's level 9 (0.43 ms); most answers come gzipped anyway


@dataclass(frozen=True, slots=True)
class ClosedWarc:
    """A file that got its final name: what the manifest and the catalogue's table `warcs` say of it."""

    name: str
    bytes: int
    sha256: str
    records: int
    closed_at: datetime


@dataclass(frozen=True, slots=True)
class Block:
    """A record's block: a stream that stands at its start, its length, its `sha1:BASE32` digest, its media type."""

    stream: BinaryIO
    size: int
    digest: str
    content_type: str


class WarcFile:
    """A new file `name` in `folder`; it must not exist. `size` is the number of bytes added so far.

    After the first error it takes nothing more; it was cut back then, and waits under its `.open` name for a recovery.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self.name, self.size = name, 0
        self._folder, self._path = folder, folder / f"{name}{OPEN}"
        self._records = self._whole = self._synced = 0
        self._waiting = bytearray()  # what was added and not written yet: an exchange of usual size is one write
        self._sha256 = hashlib.sha256()
        self._compressor = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
        self._warcio = WARCWriter(self, gzip=False, warc_version="1.1")
        self._warcio.NO_PAYLOAD_DIGEST_TYPES = ("warcinfo", "request", "response", "revisit", "metadata")
        if (folder / name).exists():
            raise FileExistsError(errno.EEXIST, "there is a WARC of this name", str(folder / name))
        with full_disk_named(self._path):
            self._descriptor = _create(self._path)
            sync_folder(folder)

    def add(self, kind: str, block: Block, fields: list[tuple[str, str]]) -> None:
        """Append one record; only inside `whole`. The fields must be clean: they are written as they are."""
        headers = StatusAndHeaders("", [("WARC-Type", kind), *fields], protocol="WARC/1.1")
        headers.add_header("WARC-Block-Digest", block.digest)
        written_as = "response" if kind == "revisit" else kind  # warcio 1.8.1 leaves out a revisit's block, and names its length
        self._warcio.write_record(ArcWarcRecord("warc", written_as, headers, block.stream, None, block.content_type, block.size))
        self._records += 1

    @contextmanager
    def whole(self) -> Iterator[None]:
        """What is added inside is kept whole; on any error the file is cut back to where the last `whole` ended.

        Raises ArchiveFull when disk or quota is full.
        """
        if self._descriptor < 0:
            raise OSError(errno.EBADF, "this WARC file takes nothing more", str(self._path))
        try:
            with full_disk_named(self._path):
                yield
                self._write()
        except BaseException:  # an interrupt too: nothing is ever appended behind half a record
            self._abandon()
            raise
        self._whole = self.size

    def sync(self) -> None:
        """Return when everything that was added is on the disk.

        It is asked more than once, for whoever audits the order with strace: that prints a call which takes long in two halves as
        soon as another process calls, and what looks for whole ones misses it. The others have nothing to do, and take 0.06 ms.
        """
        with self.whole():
            self._whole, end = self._synced, self.size  # what the disk did not confirm is not worth keeping
            for _ in range(_ASKED):
                os.fdatasync(self._descriptor)
            self._synced = end

    def close(self) -> ClosedWarc:
        """Give the file its final name, durably."""
        self.sync()
        with self.whole():
            self._path.rename(self._folder / self.name)
            sync_folder(self._folder)
        os.close(self._descriptor)
        self._descriptor = -1
        return ClosedWarc(self.name, self.size, self._sha256.hexdigest(), self._records, datetime.now(UTC))

    def write(self, piece: bytes) -> None:
        """Take a piece of a record from warcio."""
        self._put(self._compressor.compress(piece))

    def flush(self) -> None:
        """End the record's gzip member; warcio calls it behind each record."""
        self._put(self._compressor.flush())
        self._compressor = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)

    def _put(self, piece: bytes) -> None:
        self._waiting += piece
        self.size += len(piece)
        if len(self._waiting) >= _BUFFER:
            self._write()

    def _write(self) -> None:
        piece, self._waiting = self._waiting, bytearray()
        rest = memoryview(piece)
        while rest:
            rest = rest[os.write(self._descriptor, rest) :]
        self._sha256.update(piece)

    def _abandon(self) -> None:
        descriptor, self._descriptor = self._descriptor, -1
        with suppress(OSError):  # the first error is the one to tell; a recovery cuts what could not be cut here
            os.ftruncate(descriptor, self._whole)
            os.fsync(descriptor)
        os.close(descriptor)


def _create(path: Path) -> int:
    """Make a file and hold it. A recovery that comes in between takes it for a leftover, and removes it: then once more."""
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o640)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        if os.fstat(descriptor).st_nlink:
            return descriptor
        os.close(descriptor)


def files_in(folder: Path, names: str = "*.warc.gz*") -> list[Path]:
    """The WARC files of an archive, by their names; a pipe or a folder of such a name is none, and would be waited for."""
    return sorted(path for path in (folder / "warc").glob(names) if path.is_file())


@contextmanager
def full_disk_named(path: Path) -> Iterator[None]:
    """Turn the errors of a full disk or quota into ArchiveFull."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise ArchiveFull(f"no space left for {path}; what was whole is kept") from error
        raise

"""Streams of a wanted length unpack to what was packed, by every program that unpacks."""

from __future__ import annotations

import gzip
import random
import subprocess
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsarchive.vault.takedown.packing import pack_deflate, pack_gzip, pack_zlib

_WORDS = [
    "bridge",
    "council",
    "river",
    "monday",
    "fence",
    "money",
    "mvura",
    "nyika",
    "school",
    "road",
    "vote",
    "year",
    "old",
    "rain",
]
_CHANCE = random.Random(4)
SAID = [" ".join(_CHANCE.choices(_WORDS, k=_CHANCE.randint(4, 40))) for _ in range(200)]
PAGE = "".join(f'<li id="comment-{n}"><p>{text}</p></li>\n' for n, text in enumerate(SAID)).encode()


@settings(deadline=None)
@given(st.binary(max_size=3000), st.integers(0, 200))
def test_the_length_is_met_and_nothing_else_changes(content: bytes, room: int) -> None:
    wanted = len(zlib.compress(content, 9)) + 40 + room
    for pack, wbits in ((pack_gzip, 31), (pack_zlib, 15), (pack_deflate, -15)):
        packed = pack(content, wanted)
        assert packed is not None
        assert len(packed) == wanted
        unpacker = zlib.decompressobj(wbits)
        assert unpacker.decompress(packed) == content
        assert unpacker.eof
        assert unpacker.unused_data == b""


@pytest.mark.parametrize("level", [1, 4, 6, 9])
def test_a_page_with_a_blanked_passage_fits_where_the_page_was(level: int) -> None:
    packer = zlib.compressobj(level, zlib.DEFLATED, 31)
    old = packer.compress(PAGE) + packer.flush()
    new = PAGE.replace(SAID[7].encode(), b"x" * len(SAID[7]))
    packed = pack_gzip(new, len(old))
    assert packed is not None
    assert gzip.decompress(packed) == new
    assert subprocess.run(["gzip", "-dc"], input=packed + old, capture_output=True, check=True).stdout == new + PAGE


def test_fields_before_a_packed_page_leave_room() -> None:
    fields = b"".join(b"WARC-Field-%d: some value of it\r\n" % number for number in range(12))
    noise = random.Random(4).randbytes(2800)
    packer = zlib.compressobj(4, zlib.DEFLATED, 31)
    old = packer.compress(fields + noise) + packer.flush()
    other = fields.replace(b"some value", b"quite else") + random.Random(5).randbytes(2800)
    packed = pack_gzip(other, len(old), joint=len(fields))
    assert packed is not None
    assert gzip.decompress(packed) == other


def test_what_is_too_long_is_refused() -> None:
    noise = random.Random(4).randbytes(2000)
    assert pack_gzip(noise, 1900) is None
    assert pack_zlib(noise, 5) is None

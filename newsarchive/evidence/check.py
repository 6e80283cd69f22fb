"""Check this bundle without newsarchive: python3 check.py [FOLDER]   (Python 3.8 or later; nothing else is needed)

Every file is held against SHA256SUMS; every record in records.warc.gz against its digests: SHA-256 of the packed record, CRC of
gzip, WARC-Block-Digest and WARC-Payload-Digest in the record; the lines of manifest.jsonl against each other. FOLDER may hold the
archive's whole WARC files: then these are held against the manifest, and the records against their places in them.

python3 check.py --page RECORD-ID   writes the page that a record holds to standard output, its codings undone.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
PARTS = ("records.warc.gz", "manifest.jsonl", "evidence.json", "evidence.html", "evidence.txt", "check.py")
CHUNK = re.compile(rb"\s*([0-9a-fA-F]{1,16})\s*(?:;[^\n]*)?\r?\n")


def main(words: list[str]) -> int:
    """Print what is checked; the exit code is 0 if all of it is right, else 1."""
    if words[:1] == ["--page"]:
        return page(words[1])
    faults = [*sums(), *records(), *lines(), *(whole(Path(words[0])) if words else [])]
    for fault in faults:
        print("WRONG: " + fault)
    print(f"{len(faults)} things are wrong." if faults else "All digests are right.")
    return 1 if faults else 0


def sums() -> Iterator[str]:
    """Every file of the bundle against SHA256SUMS."""
    named = set()
    for line in (HERE / "SHA256SUMS").read_text("utf-8", "replace").splitlines():
        digest, _, name = line.partition("  ")
        named.add(name)
        path = HERE / name
        if Path(name).name != name or not path.is_file():
            yield f"SHA256SUMS names a file that is not here: {name!r}"
        elif hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            yield f"the file {name} is not the one that was handed out"
    for name in PARTS:
        if name not in named:
            yield f"SHA256SUMS does not name {name}"


def told() -> dict[str, Any]:
    """What evidence.json says; nothing if it cannot be read, which `sums` tells."""
    try:
        found = json.loads((HERE / "evidence.json").read_bytes())
    except ValueError:
        found = None
    return found if isinstance(found, dict) else {}


def records() -> Iterator[str]:
    """Every record against its digests, the place of each and the bytes between them."""
    packed, end = (HERE / "records.warc.gz").read_bytes(), 0
    payloads: dict[str, bytes] = {}
    for one in told().get("records", []):
        name = f"the record {one['id']} ({one['kind']} {one['url']})"
        raw = packed[one["place"] : one["place"] + one["length"]]
        found = list(record(raw, one, payloads)) if one["place"] == end else ["does not follow the one before it"]
        end = one["place"] + one["length"]
        print(("wrong  " if found else "right  ") + name)
        yield from (f"{name} {fault}" for fault in found)
    if end != len(packed):
        yield "records.warc.gz holds more than evidence.json names, or less"


def record(raw: bytes, one: dict[str, Any], payloads: dict[str, bytes]) -> Iterator[str]:
    """What is wrong with one packed record. `payloads` keeps the block of each answer, by id."""
    if hashlib.sha256(raw).hexdigest() != one["sha256"]:
        yield "has not the SHA-256 that evidence.json names"
    try:
        fields, block = unpack(raw)
    except (OSError, EOFError, ValueError, zlib.error) as error:
        yield f"cannot be unpacked ({error})"
        return
    if fields.get("warc-record-id") != f"<{one['id']}>":
        yield "is another one"
    if "warc-block-digest" in fields and not agrees(fields["warc-block-digest"], block):
        yield "has not the block digest that it names"
    if fields.get("warc-type") == "response":
        payloads[one["id"]] = block
    named = fields.get("warc-payload-digest")
    if fields.get("warc-type") == "metadata":  # of an answer in chunks (WARC 1.1, 5.9, has no room for its digest)
        found = re.search(rb"^payload-digest: (\S+)", block, re.M)
        block = payloads.get(one["capture"], b"")
        named = found[1].decode() if found and block else None
    if named and fields.get("warc-type") != "revisit" and not any(agrees(named, form) for form in forms(block)):
        yield "has not the payload digest that it names"


def unpack(raw: bytes) -> tuple[dict[str, str], bytes]:
    """The fields and the block of a packed record."""
    content = gzip.decompress(raw)
    head, _, rest = content.partition(b"\r\n\r\n")
    split = (line.partition(":") for line in head.decode("utf-8", "replace").split("\r\n")[1:])
    fields = {name.strip().lower(): value.strip() for name, colon, value in split if colon}
    size = int(fields["content-length"]) if fields.get("content-length", "").isdigit() else -1
    if not head.startswith(b"WARC/1.") or rest[size:] != b"\r\n\r\n":
        raise ValueError("no whole WARC record")
    return fields, rest[:size]


def agrees(named: str, content: bytes) -> bool:
    """Whether a digest `algorithm:value`, in Base32 or hexadecimal, is that of the content."""
    algorithm, _, value = named.partition(":")
    digest = hashlib.new(algorithm.replace("-", ""), content).digest()
    return value.lower() == digest.hex() or value.upper().rstrip("=") == base64.b32encode(digest).decode().rstrip("=")


def body(block: bytes) -> tuple[bytes, bytes]:
    """What follows the head of an HTTP message, and the head."""
    found = re.search(rb"\r?\n\r?\n", block)
    return (block[: found.start()], block[found.end() :]) if found else (block, b"")


def forms(block: bytes) -> Iterator[bytes]:
    """What may be the payload of an HTTP message: out of its chunks, as it stands, or all of it where there is no head."""
    head, rest = body(block)
    if re.search(rb"^transfer-encoding:.*chunked", head, re.I | re.M):
        yield dechunked(rest)
    yield rest
    yield block


def dechunked(rest: bytes) -> bytes:
    """A body out of its chunks, as far as it came."""
    pieces: list[bytes] = []
    place = 0
    while True:
        size = CHUNK.match(rest, place)
        if not size or not int(size[1], 16):
            return b"".join(pieces) if size or pieces else rest
        pieces.append(rest[size.end() : size.end() + int(size[1], 16)])
        place = size.end() + int(size[1], 16)
        place += 2 if rest[place : place + 2] == b"\r\n" else 1


def lines() -> Iterator[str]:
    """The lines of the manifest: each file has one, and each names the digest of the line before it, where that is here."""
    numbers = told().get("manifest", [])
    found = dict(zip(numbers, (HERE / "manifest.jsonl").read_bytes().splitlines()))  # noqa: B905  # Python 3.8 has no strict=
    for number, line in found.items():
        before = found.get(number - 1)
        try:
            linked = not before or json.loads(line)["previous"] == hashlib.sha256(before).hexdigest()
        except (ValueError, KeyError):
            linked = False
        if not linked:
            yield f"line {number} of the manifest does not name the digest of the line before it"


def whole(folder: Path) -> Iterator[str]:
    """The archive's whole files: their digest in the manifest, and the records at their places in them."""
    entries = [json.loads(line) for line in (HERE / "manifest.jsonl").read_bytes().splitlines()]
    latest = {entry["name"]: entry["sha256"] for entry in entries}
    packed = (HERE / "records.warc.gz").read_bytes()
    files: dict[Path, bool] = {}
    for one in told().get("records", []):
        path = folder / Path(one["warc"]).name
        if path not in files:
            files[path] = path.is_file()
            if not files[path]:
                print(f"not here: {path.name}")
            elif file_digest(path) != latest.get(path.name):
                yield f"the file {path.name} is not the one that the manifest names"
        if files[path]:
            with path.open("rb") as file:
                file.seek(one["offset"])
                if file.read(one["length"]) != packed[one["place"] : one["place"] + one["length"]]:
                    yield f"the record {one['id']} stands not in {path.name}"


def file_digest(path: Path) -> str:
    """SHA-256 of a file of any size."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        for piece in iter(lambda: file.read(1 << 20), b""):
            digest.update(piece)
    return digest.hexdigest()


def page(record_id: str) -> int:
    """Write the page of one record: out of its chunks, unpacked."""
    packed = (HERE / "records.warc.gz").read_bytes()
    for one in told().get("records", []):
        if one["id"] == record_id:
            head, rest = body(unpack(packed[one["place"] : one["place"] + one["length"]])[1])
            if re.search(rb"^transfer-encoding:.*chunked", head, re.I | re.M):
                rest = dechunked(rest)
            if re.search(rb"^content-encoding:.*(gzip|deflate)", head, re.I | re.M):
                rest = inflated(rest)
            sys.stdout.buffer.write(rest)
            return 0
    print(f"no record {record_id} is here")
    return 1


def inflated(packed: bytes) -> bytes:
    """Unpacked, whichever of the three forms it has."""
    for form in (31, 15, -15):
        try:
            return zlib.decompressobj(form).decompress(packed)
        except zlib.error:
            continue
    return packed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

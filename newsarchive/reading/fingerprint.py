"""The fingerprint of all that decides what is read from a page beside the page itself: code, libraries, profile.

Where it is the same, the same page gives the same reading; where it has changed, a difference between two captures may be one
of the reader, and no edit (docs/decisions/0007).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from functools import cache
from importlib import metadata, util
from pathlib import Path

from newsarchive.items import Profile

_CORE = Path(__file__).parent.parent
_CODE = ("reading", "times", "words", "text.py", "urls.py", "items.py", "endpoints.py", "catalogue/normalise.py")
_LIBRARIES = ("trafilatura", "htmldate", "lxml", "dateparser", "py3langid", "w3lib")
_LENGTH = 12  # hexadecimal digits


def fingerprint(profile: Profile) -> str:
    """`CODE-PROFILE`, a digest of each; a site's own reader counts as code."""
    stated = json.dumps(profile.to_json(), sort_keys=True).encode()
    return f"{_code(profile.spider)}-{hashlib.sha256(stated).hexdigest()[:_LENGTH]}"


def same_profile(one: str | None, other: str) -> bool:
    """Whether two fingerprints differ in their code at the most."""
    return one is not None and one.partition("-")[2] == other.partition("-")[2]


@cache
def _code(spider: str | None) -> str:
    digest = hashlib.sha256()
    for path in _sources(spider):
        digest.update(path.name.encode() + path.read_bytes())
    for name in _LIBRARIES:
        digest.update(f"{name}=={metadata.version(name)}".encode())
    return digest.hexdigest()[:_LENGTH]


def _sources(spider: str | None) -> Iterator[Path]:
    for name in _CODE:
        path = _CORE / name
        yield from sorted(one for one in path.rglob("*") if one.suffix in (".py", ".toml")) if path.is_dir() else [path]
    found = util.find_spec(spider.partition(":")[0]) if spider else None
    if found and found.origin:
        yield Path(found.origin)

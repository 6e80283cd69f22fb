"""Other names for those who comment: the same for one person always, and nobody without the key can try names on them.

Keyed hashes (HMAC-SHA-256, RFC 2104). Not only the name goes: an account's number in an id leads to its page, and the id of a
comment without a number is a hash of its name and words, on which names could be tried.
"""

from __future__ import annotations

import hmac
import os
import re
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from newsarchive.errors import UsageError

KEY = "publish.key"
_SHORTEST = 3  # signs of a name that is taken out of texts that address it; a nick of dots is in every text
_ADDRESSED = re.compile(r"@\w[\w .-]{0,60}")

Row = dict[str, Any]


def publishing_key(folder: Path) -> bytes:
    """The archive's key for pseudonyms, made where there is none, readable for the owner alone. Raises UsageError if damaged."""
    path = folder / KEY
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(f"{secrets.token_hex(32)}\n")
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except ValueError:
        key = b""
    if len(key) < 32:
        raise UsageError(f"{path} is damaged: remove it, and those who comment get new pseudonyms")
    return key


class Pseudonyms:
    """Changes rows of the catalogue; with `keep` names stay as they are."""

    def __init__(self, key: bytes, *, keep: bool = False) -> None:
        self._key, self._keep = key, keep
        self._names: set[str] = set()

    def learn(self, commenters: Iterable[Any]) -> None:
        """Take note of the names (in rows of id and name) that texts may address."""
        self._names = {name.casefold() for _, name in commenters if len(name) >= _SHORTEST}

    def commenter(self, row: Row) -> Row:
        """A row of `commenters`."""
        return row if self._keep else row | {"id": self._id(row["id"]), "name": self._name(row["id"])}

    def comment(self, row: Row) -> Row:
        """A row of `comments`; "@Name" in its text becomes "@…" where somebody of that name comments."""
        if self._keep:
            return row
        told = {"id": self._comment_id(row["id"]), "parent_id": self._comment_id(row["parent_id"])}
        writer = row["commenter_id"]
        told |= {"commenter_id": self._id(writer), "author_name": self._name(writer) if writer else None}
        return row | told | {"text": self._unaddressed(row["text"])}

    def of_comment(self, row: Row) -> Row:
        """A row of a table that names a comment in `comment_id`."""
        if self._keep:
            return row
        told = {"comment_id": self._comment_id(row["comment_id"])}
        if "text" in row:
            told |= {"id": f"{told['comment_id']}@{row['digest']}", "text": self._unaddressed(row["text"])}
        return row | told

    def _hash(self, value: str) -> str:
        return hmac.digest(self._key, value.encode("utf-8", "replace"), "sha256").hex()[:16]

    def _id(self, commenter_id: str | None) -> str | None:
        return f"{commenter_id.partition(':')[0]}:{self._hash(commenter_id)}" if commenter_id else None

    def _name(self, commenter_id: str) -> str:
        return f"Commenter {self._hash(commenter_id)[:8]}"

    def _comment_id(self, comment_id: str | None) -> str | None:
        site, found, _ = (comment_id or "").partition(":~")
        return f"{site}:~{self._hash(comment_id or '')}" if found else comment_id

    def _unaddressed(self, text: str | None) -> str | None:
        return _ADDRESSED.sub(self._blank, text) if text and "@" in text else text

    def _blank(self, found: re.Match[str]) -> str:
        """`@Name and more` without the longest beginning that is somebody's name."""
        said = found[0][1:]
        ends = [end for end in range(len(said), _SHORTEST - 1, -1) if end == len(said) or not said[end].isalnum()]
        named = next((end for end in ends if said[:end].rstrip().casefold() in self._names), None)
        return f"@…{said[len(said[:named].rstrip()) :]}" if named else found[0]

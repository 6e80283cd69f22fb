"""Places in the records of a list: the elements around a piece, and what their names say of it."""

from __future__ import annotations

import re
from functools import lru_cache

from newsarchive.reading.comments.lists.pieces import Path, Piece
from newsarchive.reading.comments.lists.wording import ORIGIN
from newsarchive.reading.comments.lists.words import AUTHOR

AROUND = " \t\n|·•,–—-:：;/«»›#[]"  # signs that stand around names and times
NAMED_TAGS = re.compile(r"(?:b|strong|cite|a|h[1-6]|em|dt)\b")
_ADDRESS = re.compile(r"(?:https?:|www\.)\S+|\S+@\S+\.\w+")
_USER = re.compile(
    r"(?:^|[/?&=;._-])(?:users?|user_?info|members?|profiles?|profil|people|authors?|auteurs?|autor|accounts?|benutzer|mitglied(?:er)?"
    r"|usuarios?|utent[ei]|uid)\b(?!/(?:login|register|password|logout|new|add|sign))"
)
_LONGEST_LABEL = 20  # characters
_NUMBERED_BLOCK = re.compile(r"(?<=^p):\d$")
_BLOCK = re.compile(r"~?(?:p|br|blockquote|pre|li)(?::\d)?")


def is_block(path: Path) -> bool:
    """Whether a place is a paragraph, or a text's own line."""
    return bool(path) and _BLOCK.fullmatch(path[-1]) is not None


def steps(path: Path) -> tuple[str, ...]:
    """The elements on a path, without the marks of a split line; what Drupal calls every field says nothing."""
    return tuple(step.replace("field--name-", "") for step in path if step not in "<@>^")


@lru_cache(maxsize=8192)  # a list has few places, and each of its records asks for them
def place(path: Path) -> tuple[str, ...]:
    """The element in which a piece stands, wherever among its children and in whichever paragraph."""
    return tuple(_NUMBERED_BLOCK.sub("", step) for step in path if step[0] not in "<@>~^")


def last_steps(path: Path) -> str:
    """The names of the elements right around a piece."""
    return " ".join(steps(path)[-3:])


def is_called(path: Path) -> bool:
    """Whether the element in which a piece stands is called a writer's."""
    way = steps(path)
    return bool(way) and way[-1][0] != "~" and AUTHOR.search(way[-1]) is not None


def is_sign(piece: Piece) -> bool:
    return not piece.text.strip(AROUND + "()")


def is_address(piece: Piece) -> bool:
    """Whether a piece is a link that says where it leads: a writer's site or mail beside his name."""
    return piece.linked and _ADDRESS.fullmatch(piece.text.strip(AROUND)) is not None


def leads_to_user(piece: Piece) -> bool:
    """Whether a piece is a link to what the site tells of one of its users."""
    return piece.linked and _USER.search((piece.home.get("href") or "").lower()) is not None


def is_origin(piece: Piece) -> bool:
    """Whether a piece says that where its writer is from stands behind it: "from:"."""
    if len(piece.text) > _LONGEST_LABEL or not piece.text.rstrip().endswith((":", "：")):
        return False
    return ORIGIN.fullmatch(piece.text.strip(AROUND)) is not None

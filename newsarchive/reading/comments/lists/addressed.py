"""Whom a record itself says that it answers: by a link beside its text, by what it quotes, by a number (">>7")."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from newsarchive.reading.comments.lists.quotes import answered
from newsarchive.reading.comments.lists.template import Told

_NUMBERED = re.compile(r"(?:>>|＞＞|≫)\s?(\d{1,4})(?![\d-])")
_NUMBER = re.compile(r"\W{0,3}(\d{1,4})(?!\d)")


def addressed(told: Sequence[Told], names: Mapping[str, int]) -> list[int | None]:
    """For each record the place of the one it says that it answers; `names` tells which record an id in the page belongs to."""
    if any(one.quoted for one in told):
        return _quoting(told)
    linked = [_linked(at, one, names) for at, one in enumerate(told)]
    return linked if any(one is not None for one in linked) else _by_numbers(told)


def _linked(at: int, told: Told, names: Mapping[str, int]) -> int | None:
    """The one other row to which a link beside the text leads."""
    found = set()
    for piece in told.head:
        href = piece.home.get("href") if piece.linked else None
        if href and "#" in href and (other := names.get(href.rpartition("#")[2])) is not None and other != at:
            found.add(other)
    return found.pop() if len(found) == 1 else None


def _quoting(told: Sequence[Told]) -> list[int | None]:
    """The rows that are quoted above their answers."""
    rows: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(told):
        if one.text:
            rows[one.text.partition("\n")[0]].append(at)
    writers = [one.name for one in told]
    return [answered(one.quoted, rows, writers) for one in told]


def _by_numbers(told: Sequence[Told]) -> list[int | None]:
    """The earlier records whose numbers stand at the beginning of texts; where records show none, nobody."""
    firsts = {at: one.head[0].text for at, one in enumerate(told) if one.head and not one.head[0].time}
    shown = {int(found[1]): at for at, first in firsts.items() if (found := _NUMBER.match(first))}
    said = [_NUMBERED.match(one.text or "") for one in told]
    others = [shown.get(int(found[1])) if found else None for found in said]
    return [other if other is not None and other < at else None for at, other in enumerate(others)]

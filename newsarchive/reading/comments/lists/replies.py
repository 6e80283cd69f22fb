"""Who answers whom in a list: by what hangs in what, by levels that classes or margins tell, by what it says."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice, pairwise

from newsarchive.reading.comments.lists.addressed import addressed
from newsarchive.reading.comments.lists.pieces import mark
from newsarchive.reading.comments.lists.rows import wrapped
from newsarchive.reading.comments.lists.template import Told
from newsarchive.reading.comments.lists.words import REPLIES
from newsarchive.reading.document import Element

_LEVEL = re.compile(
    r"(?:^|[_-])[a-z-]*(?:level|depth|indent|lvl|deep|ebene|niveau|nest(?:ed|ing)?|tier|margin|reply"
    r"|child)[_-]?(\d{1,3})(?=$|[_-])"
)
_NUMBER = re.compile(r"([a-z_-]{0,40}?[_-]?[a-z]*)(\d{1,2})")
_LOW = re.compile(r"\d{1,2}")
_STRIPES = re.compile(r"odd|even|alt|row|bg|colou?r|style|score|vote|rating|like|user|author|count|tr$|td$")
_LONGEST_CLASS = 100
_MARGIN = re.compile(
    r"(?:margin|padding)(?:-left|-inline-start)?\s*:\s*(?:0(?:px)?\s+0(?:px)?\s+0(?:px)?\s+)?(\d{1,4}(?:\.\d{1,3})?)(?:px"
    r"|em|rem|%|pt)",
    re.IGNORECASE,
)
_LEVEL_ATTRIBUTES = (
    "data-level",
    "data-depth",
    "data-indent",
    "data-comment-level",
    "data-nesting",
    "aria-level",
    "indent",
    "data-thread-level",
)
_ANSWER = re.compile(
    r"(?:^|[\s_-])(?:is-?)?(?:reply|replies|child|children|indent(?:ed)?|nested|sub-?comment|answer|antwort|response"
    r"|reponse|respuesta)(?=$|[\s_-])"
)
_LISTS = frozenset(("ul", "ol", "dl", "blockquote"))
_BESIDE = 8  # siblings between a row and what holds its answers: breaks, buttons
_WRAPPED = 3  # elements around all of a row that may tell its level
_DEEPEST = 40  # of replies in replies: a longer chain is mark-up that was never closed
_MOST_BARE = 5  # replies in replies, none beside another, and nothing but themselves to hold them


def parents(
    root: Element, rows: Sequence[tuple[Element, ...]], told: Sequence[Told], names: Mapping[str, int]
) -> list[int | None]:
    """For each row the place of the row it answers; `names` tells which row an id in the page belongs to."""
    outer = wrapped(root, rows)
    places = {part: at for at, row in enumerate(outer) for part in (*row, *rows[at])}
    behind = _behind_rows(root, outer, places)
    hung = [_hung(root, row[0], places, behind) for row in outer]
    if not any(one is not None for one in hung) or _is_unclosed(hung, outer):
        levels = (_by_levels([row[0] for row in those]) for those in (rows, outer))
        hung = next((one for one in levels if any(above is not None for above in one)), [None] * len(rows))
    said = addressed(told, names)
    return _without_circles([hung[at] if other is None else other for at, other in enumerate(said)])


def _behind_rows(root: Element, rows: Sequence[tuple[Element, ...]], places: Mapping[Element, int]) -> Collection[str]:
    """The kinds of wrappers that hold rows and stand right behind another row, time and again. One alone may be a next page."""
    found: Counter[str] = Counter()
    known: set[Element] = {root}
    for row in rows:
        for above in row[0].iterancestors():
            if above in known or above in places:
                break
            known.add(above)
            if above.getprevious() in places:
                found[mark(above)] += 1
    return {kind for kind, count in found.items() if count > 1}


def _hung(root: Element, row: Element, places: Mapping[Element, int], behind: Collection[str]) -> int | None:
    """The row in which this one stands, or after which the wrapper stands that holds it."""
    for above in row.iterancestors():
        if above in places:
            return places[above]
        if above is root:
            return None
        if (
            above.tag in _LISTS
            or mark(above) in behind
            or REPLIES.search(_names(above))
            or _MARGIN.search(above.get("style") or "")
        ):
            for before in islice(above.itersiblings(preceding=True), _BESIDE):
                if before in places:
                    return places[before]
    return None


def _names(element: Element) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}".lower()


def _is_unclosed(hung: Sequence[int | None], rows: Sequence[tuple[Element, ...]]) -> bool:
    """Whether every row stands in the one before it, which no discussion does for long; least of all with nothing between."""
    bare = all(row[0].getparent() is before[-1] for before, row in pairwise(rows))
    most = _MOST_BARE if bare else _DEEPEST // 4
    return len(hung) > most and all(above == at - 1 for at, above in enumerate(hung) if at)


def _by_levels(rows: Sequence[Element]) -> list[int | None]:
    """By the levels of rows that stand side by side: each answers the nearest one above it of a lower level."""
    levels = [_level(row) for row in rows]
    if len(set(levels)) < 2:
        levels = next(_numbered_levels(rows), levels)
    if len(set(levels)) < 2:
        levels = [float(bool(_ANSWER.search(_names(row)))) for row in rows]
    if len(set(levels)) < 2:
        return [None] * len(rows)
    above: list[int | None] = []
    open_rows: list[int] = []
    for at, level in enumerate(levels):
        while open_rows and levels[open_rows[-1]] >= level:
            open_rows.pop()
        above.append(open_rows[-1] if open_rows else None)
        open_rows.append(at)
    return above


def _numbered_levels(rows: Sequence[Element]) -> Iterator[list[float]]:
    """The numbers that rows have at the end of a class, or as an attribute, where they rise and fall as levels do."""
    told: dict[str, list[float]] = defaultdict(list)
    for row in rows:
        numbers = {found[1]: found[2] for name in _names(row).split() if (found := _NUMBER.fullmatch(name))}
        numbers |= {name: value for name, value in row.items() if name.startswith("data-") and _LOW.fullmatch(value)}
        for name, value in numbers.items():
            told[name].append(float(value))
    for name, levels in told.items():
        if len(levels) == len(rows) and _are_levels(levels) and not _STRIPES.search(name):
            yield levels


def _are_levels(levels: Sequence[float]) -> bool:
    """Whether numbers begin with the least, rise by one at most, and neither count the rows nor alternate."""
    least, kinds = min(levels), len(set(levels))
    rises = all(after - before <= 1 for before, after in pairwise(levels))
    strict = all(before != after for before, after in pairwise(levels))
    return levels[0] == least <= 1 and rises and 1 < kinds < len(levels) and not (strict and kinds == 2 and len(levels) > 2)


def _level(row: Element) -> float:
    for name in _LEVEL_ATTRIBUTES:
        if (value := row.get(name) or "").isdecimal():
            return float(value)
    for name in _names(row).split():
        if len(name) <= _LONGEST_CLASS and (found := _LEVEL.search(name)):
            return float(found[1])
    for one in (*_wrappers(row), *islice(row, 2)):
        if isinstance(one.tag, str) and (found := _MARGIN.search(one.get("style") or "")):
            return float(found[1])
    spacers = (one for one in islice(row.iterdescendants("td", "img"), 6) if one.get("indent") or one.get("width"))
    for one in spacers:
        value = one.get("indent") or one.get("width") or ""
        empty = one.tag == "td" and not len(one) and not (one.text or "").strip()
        if (empty or one.get("indent") or one.get("height") in ("1", "0")) and value.isdecimal():
            return float(value)
    return 0.0


def _wrappers(row: Element) -> Iterator[Element]:
    """A row, and what alone stands in it."""
    yield row
    for _ in range(_WRAPPED):
        if len(row) != 1 or (row.text or "").strip():
            break
        row = row[0]
        yield row


def _without_circles(above: list[int | None]) -> list[int | None]:
    for start in range(len(above)):
        seen, at = {start}, above[start]
        for _ in range(_DEEPEST):
            if at is None:
                break
            if at in seen:
                above[start] = None
                break
            seen.add(at)
            at = above[at]
    return above

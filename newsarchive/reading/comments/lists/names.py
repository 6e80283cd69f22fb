"""Where in a list's records the writers' names stand: short lines beside the time, or called so, or echoed by their links."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from functools import cache
from itertools import islice, pairwise

from newsarchive.reading.comments.lists import times
from newsarchive.reading.comments.lists.beside import beside_time, is_joint, signed
from newsarchive.reading.comments.lists.own import DOTS
from newsarchive.reading.comments.lists.pieces import Path, Piece, Record
from newsarchive.reading.comments.lists.places import (
    AROUND,
    NAMED_TAGS,
    is_address,
    is_block,
    is_origin,
    leads_to_user,
    steps,
)
from newsarchive.reading.comments.lists.wording import AFTER_NAME, ANSWERING, BEFORE_NAME, BY
from newsarchive.reading.comments.lists.words import AUTHOR, MARKED_TEXT, MEMBER, NO_NAME

_LONGEST_NAME = 60
_COMPARED = 20  # places that may hold the likeliest one's names alone
_NAME_TAGS = ("b", "strong", "cite", "a")
_PROSE = 40  # characters of a line that is no words around a name
_LABEL = re.compile(r"\s*[^\W\d_]+\s?:\s*")  # one word that something follows
_FITTING = 0.9  # the share of lines that must be short enough
_FITTING_CALLED = 0.5  # and at a place that is called a writer's: a link from another site leaves its headline there
_ADDRESS = re.compile(r"https?:|www\.|\S@\S")
_PARTS = (" » ", " › ", " | ")  # of the title of a page that links here: "A blog » Blog Archive » A story"
_SENTENCE = re.compile(r"\w\w[.!?…]$|, \w+ \w")
_TOWN = re.compile(r"\w, [^\W\d_]\w+$")  # "Leeds, UK"
_OF_USER = 3.5  # points of a place where all records have a link to a user of the site
_SUBJECT = re.compile(r"^(?:re|aw|sv|vs|odp|ynt)\s?:", re.IGNORECASE)  # "Re: Cheese"
_TO_TIME = re.compile(r"date|time|posted|datum|fecha|data|дата|zeit|post", re.IGNORECASE)
_DIGITS = re.compile(r"\d[\d.,]*")
_TEXT = re.compile(r"(?:text|body|content)$")
_CODE = re.compile(r"(?:code|pre|kbd|samp)\b")
_HEADING = re.compile(r"h[1-6]\b")


def name_places(records: Sequence[Record], varying: Sequence[Sequence[Piece]], time: Path | None) -> list[Path]:
    """The places where a writer's name may stand, the likeliest first."""
    lines: dict[Path, dict[int, str]] = defaultdict(dict)
    whole: Counter[Path] = Counter()
    users: dict[Path, set[int]] = defaultdict(set)
    for at, pieces in enumerate(varying):
        zones: dict[Path, list[Piece]] = defaultdict(list)
        others = _labels(pieces) | {id(after) for before, after in pairwise(pieces) if is_origin(before) or _answers(before)}
        untimed = [piece for piece in pieces if piece.path != time and (not piece.time or _may_name(piece))]
        untimed = [piece for piece in untimed if id(piece) not in others and not is_joint(piece)]
        untimed = [piece for piece in untimed if not is_address(piece)] or untimed
        for piece in untimed:
            for end in range(1, len(piece.path) + 1):
                zones[piece.path[:end]].append(piece)
            if leads_to_user(piece):
                users[piece.path].add(at)
        for path, inside in zones.items():
            if (line := _line(inside)).strip("()") and (DOTS.fullmatch(line) or any(map(str.isalnum, line))):
                lines[path][at] = line
                whole[path] += 1 < len(inside) == len(untimed)
    lines = {path: told for path, told in lines.items() if 2 * whole[path] <= len(told)}  # what holds all is no mere name's place
    beside = signed(records) or beside_time(varying, time)
    first = Counter(pieces[0].path[:end] for pieces in varying if pieces for end in range(1, len(pieces[0].path) + 1))
    wording = cache(_by_wording)  # a place and the one around it often hold the same lines
    scores = {path: _score(path, told, records, beside, first, wording) for path, told in lines.items()}
    links = _links_in_prose(varying)
    scores = {path: score and score - 2.0 * links[path] / len(lines[path]) for path, score in scores.items()}
    scores = {path: score and score + _OF_USER * len(users[path]) / len(records) for path, score in scores.items()}
    likely = sorted((path for path in scores if scores[path] > 0), key=lambda path: (-scores[path], -len(path)))
    best = _bare(likely, lines) if likely else ()
    return sorted(likely, key=lambda path: path != best)


def _labels(pieces: Sequence[Piece]) -> set[int]:
    """What leads to a time behind other words: "Ann", and in the line below "Posted: 3 May"."""
    pairs = islice(pairwise(pieces), 1, None)
    labels = (before for before, after in pairs if after.time and not after.gap and before.path[-1:] == ("<",))
    return {id(label) for label in labels if _LABEL.fullmatch(label.text)}


def _links_in_prose(shown: Sequence[Sequence[Piece]]) -> Counter[Path]:
    """How many records have a link at a place that goes on with a line of many words."""
    pairs = (pair for pieces in shown for pair in pairwise(pieces))
    return Counter(
        after.path
        for before, after in pairs
        if after.linked and not after.gap and not before.time and len(before.text) > _PROSE and before.text[-1:] in " ."
    )


def _may_name(piece: Piece) -> bool:
    """Whether the words of a time may be a name: there are people called May, and none called 7:15 pm."""
    return piece.home.tag in _NAME_TAGS and not times.is_clock(piece.text)


def _bare(likely: Sequence[Path], lines: dict[Path, dict[int, str]]) -> Path:
    """The likeliest place, or another one that has the same names without words around them: "Contact Ann" beside "Ann"."""
    best = likely[0]
    others = (path for path in likely[1:_COMPARED] if path[: len(best)] != best and best[: len(path)] != path)
    return next((path for path in others if _is_within(lines[path], lines[best])), best)


def _is_within(bare: dict[int, str], told: dict[int, str]) -> bool:
    """Whether the lines `told`, which differ, are those of another place with words more."""
    parts = [bare.get(at) for at in told]
    return len(set(parts)) > 1 and all(
        part and part != line and part in line for part, line in zip(parts, told.values(), strict=True)
    )


def _line(pieces: Sequence[Piece]) -> str:
    """The words of these pieces, in lines if blocks part them or a row of alike elements holds them."""
    alike = len({piece.home for piece in pieces}) > len({piece.path for piece in pieces})
    parted = ("\n" * (alike or bool(piece.gap)) + piece.text for piece in pieces[1:])
    return (pieces[0].text + "".join(parted)).strip(AROUND)


def _answers(piece: Piece) -> bool:
    """Whether a piece only says that somebody is answered, whose name stands behind it: "replied to"."""
    return ANSWERING.fullmatch(piece.text.strip(AROUND)) is not None


def _score(
    path: Path,
    told: dict[int, str],
    records: Sequence[Record],
    beside: dict[Path, float],
    first: Counter[Path],
    wording: Callable[[tuple[str, ...]], float],
) -> float:
    """How likely a place is that of names, by the lines `told` there; 0 if most are too long for a name."""
    fits = {at: line for at, line in told.items() if len(line) <= _LONGEST_NAME}
    readers = sum(not any(sign in line for sign in _PARTS) for line in told.values())
    least = (_FITTING if not _is_called(path) else _FITTING_CALLED) * readers
    if any(map(_CODE.match, path)) or not fits or len(fits) < least:
        return 0.0
    score = 1.0 + _by_element(path, stands_apart=not beside[path]) + wording(tuple(fits.values()))
    score += 3.0 * min(1.0, beside[path] / len(told)) + 0.5 * min(1.0, first[path] / len(told))
    score += 2.0 * sum(_echoed(line, records[at]) for at, line in fits.items()) / len(fits)
    return score * (0.4 + 0.6 * len(fits) / len(records))


def _by_element(path: Path, *, stands_apart: bool) -> float:
    """What the elements around a line say for or against its being a name."""
    own = (steps(path) or ("",))[-1]
    score = 2.0 * _is_called(path) + 0.5 * bool(NAMED_TAGS.match(own))
    is_text = MARKED_TEXT.search(own) is not None and not _HEADING.match(own)
    score -= 1.5 * bool(NO_NAME.search(own)) + 1.5 * is_text + 1.0 * is_block(path)
    return score - 0.3 * bool(_HEADING.match(own) and stands_apart)


def _is_called(path: Path) -> bool:
    """Whether the elements around a line are called a writer's, and no nearer one a text."""
    near = (step for step in reversed(steps(path)[-3:]) if AUTHOR.search(step) or MARKED_TEXT.search(step))
    nearest = next(near, "")
    return AUTHOR.search(nearest) is not None and not _TEXT.search(nearest)


def _by_wording(lines: tuple[str, ...]) -> float:
    """What speaks against lines as names: many words, addresses, sentences, mere initials, the same again and again."""
    words = [len(line.split()) for line in lines]
    score = 0.4 * max(0.0, sum(words) / len(lines) - 3) + 2.0 * sum(count > 4 for count in words) / len(lines)
    score += 4.0 * _share(lines, _ADDRESS) + 1.0 * _share(lines, _SENTENCE) + 4.0 * all(len(line) == 1 for line in lines)
    score += 2.0 * _share(lines, MEMBER) + 1.0 * _share(lines, _TOWN) + 4.0 * _share(lines, _SUBJECT)
    counted = len(lines) > 1 and len({_DIGITS.sub("0", line) for line in lines}) == 1 < len(set(lines))
    score += 2.0 * sum("\n" in line for line in lines) / len(lines) - 2.0 * _share(lines, BY)
    score += 4.0 * sum(map(_is_label, lines)) / len(lines)
    return -score - 3.0 * counted - 1.0 * (len(lines) > 1 and len(set(lines)) == 1)


def _is_label(line: str) -> bool:
    """Whether a line only leads to a name, or to a time."""
    bare = line.strip("() ")
    return any(form.fullmatch(bare) for form in (BEFORE_NAME, AFTER_NAME, _TO_TIME))


def _share(lines: Sequence[str], form: re.Pattern[str]) -> float:
    return sum(form.search(line) is not None for line in lines) / len(lines)


def _echoed(line: str, record: Record) -> bool:
    name = line.lower()
    return len(name) > 2 and any(name in echo for echo in record.echoes)

"""Learn the template of a list from all its records at once.

Words that are the same in most records are the template's own ("Reply", "wrote:"), in any language; the place with most of the
varying prose is the text's; a short varying line beside the time, or one that is called so, is the writer's.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from newsarchive.reading.comments.lists.around import shared_words
from newsarchive.reading.comments.lists.names import name_places
from newsarchive.reading.comments.lists.naming import EDGES, NUMBER, name_of, ranked
from newsarchive.reading.comments.lists.own import DOTS, LONGEST_COUNTER, OwnWords, own_words
from newsarchive.reading.comments.lists.pieces import Path, Piece, Record
from newsarchive.reading.comments.lists.places import AROUND, is_block, last_steps, place
from newsarchive.reading.comments.lists.telling import unplaced
from newsarchive.reading.comments.lists.template import Template
from newsarchive.reading.comments.lists.wording import AFTER_NAME, BEFORE_NAME, SURELY_BEFORE, only_lead
from newsarchive.reading.comments.lists.words import AUTHOR, CONTROL, JOINED, MARKED_TEXT, MEMBER, NO_NAME, TIME
from newsarchive.text import clean_line

_WEIGHT = 250  # characters of one piece that count, so that one long comment does not speak for all
_SHARE = 0.72  # the share of the prose that a place must hold to be the text's
_SHARE_MARKED = 0.5  # the same, where the place is called a text
_SHARE_ALONE = 0.25  # the same, in a lone record: what others would show to be the template's is here still
_ONE_SIDE = 0.75  # the share of the prose that stands on one side of name and time, from which the rest is none of the text
_TIMED = 0.15  # the share of records from which a place of times is the template's, and not a text's
_MOSTLY = 0.8  # the share of a place's pieces from which it is one of numbers
_MOST_WORDS = 50  # beside names; those with a number, which may be another in each record, are the first to go
_LONGEST_WORDS = 30  # characters of words beside a name
_SAID = 3  # words behind a time in its line, from which it is prose


def learn(records: Sequence[Record], *, one_writer: bool = False) -> Template:
    """The template of these records.

    With `one_writer` they are all his: the words before the time are his name, and what else is the same in each he says too,
    unless it is a link's or a button's.
    """
    shown = [[piece for piece in record.pieces if not piece.hidden] for record in records]
    own, time = own_words(shown), _time(shown)
    his = {words for pieces in shown for words in _before_time(pieces)} if one_writer else set()
    if one_writer:
        linked = {(piece.path, piece.text.strip()) for pieces in shown for piece in pieces if piece.linked}
        own = replace(own, wordings=frozenset(one for one in own.wordings if one in linked or _is_machines(one[1])) - his)
    varying = [[piece for piece in pieces if piece.path not in own.numbers and not own.says(piece)] for pieces in shown]
    places = sorted(name_places(records, varying, time), key=lambda place: place not in {path for path, _ in his})
    text = _text(varying, places[0] if places else None, own)
    near = {word for path, word in own.wordings if places and path[: len(places[0]) - 1] == places[0][:-1]}
    words = [word for word in near if len(word) <= _LONGEST_WORDS and any(map(str.isalpha, word))]
    words = sorted(words, key=lambda word: (any(map(str.isdigit, word)), -len(word), word))[:_MOST_WORDS]
    words.sort(key=lambda word: (-len(word), word))
    template = Template(tuple(places), ranked(places), time, text, own, tuple(words))
    lines = _lines(template, shown)
    bare = [line.strip(EDGES) for line in lines]
    numbered = _is_usual(NUMBER, bare) or _counts_up(bare)
    before, after = _around_names([NUMBER.sub("", line) for line in bare] if numbered else bare)
    template = replace(template, around=shared_words(lines), numbered=numbered, before=before, after=after)
    apart = text and (time is None or time[: len(text)] != text)
    return replace(template, side=None if apart else _side(template, shown))


def _before_time(pieces: Sequence[Piece]) -> Iterator[tuple[Path, str]]:
    """The words before a record's time, unless they only lead to a name, or are a button's."""
    at = next((at for at, piece in enumerate(pieces) if piece.time), 0)
    before = next((piece for piece in reversed(pieces[:at]) if piece.text.strip(AROUND + "()")), None)
    words = before.text.strip(AROUND).lower() if before else ""
    if before and (DOTS.fullmatch(words) or not _is_machines(words)):
        yield before.path, before.text.strip()


def _is_machines(words: str) -> bool:
    """Whether words only lead to a name, or are a button's."""
    return only_lead(words) or CONTROL.fullmatch(words.strip(AROUND).lower()) is not None


def _around_names(lines: Sequence[str]) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    """The forms of the words that stand before and after most names; a mere "Von" or "Da" may be a part of one name."""
    before = BEFORE_NAME if len(lines) > 1 else SURELY_BEFORE
    return before if _is_usual(before, lines) else None, AFTER_NAME if _is_usual(AFTER_NAME, lines) else None


def _lines(template: Template, shown: Sequence[Sequence[Piece]]) -> list[str]:
    """The lines at the places of names."""
    lines = (clean_line("".join(piece.text for piece in name_of(template, pieces)[0])) for pieces in shown)
    return [line for line in lines if line.strip(EDGES)]


def _is_usual(form: re.Pattern[str], lines: Sequence[str]) -> bool:
    return 0 < len(lines) <= 2 * sum(form.search(line) is not None for line in lines)


def _counts_up(lines: Sequence[str]) -> bool:
    """Whether the numbers before some names count on by one: answers may have none."""
    numbers = [int("".join(filter(str.isdecimal, found[0]))) for line in lines if (found := NUMBER.search(line))]
    return len(numbers) > 1 and all(after == before + 1 for before, after in pairwise(numbers))


def _side(template: Template, shown: Sequence[Sequence[Piece]]) -> int | None:
    """On which side of name and time nearly all of the prose stands."""
    weight = [0, 0, 0]
    for pieces in shown:
        zone, _ = name_of(template, pieces)
        for piece, side in unplaced(template, pieces, zone):
            if piece.path[: len(template.text)] == template.text:
                weight[side] += min(len(piece.text), _WEIGHT)
    best = max(range(3), key=weight.__getitem__)
    return best if weight[best] > _ONE_SIDE * sum(weight) else None


def _time(shown: Sequence[Sequence[Piece]]) -> Path | None:
    """The place where most records have a time; of several the one that is called so, then the first."""
    count: Counter[Path] = Counter()
    shared: Counter[Path] = Counter()  # by the element: behind a link in one record, at its beginning in another
    first: dict[Path, int] = {}
    said = {piece.path for pieces in shown for at, piece in enumerate(pieces) if piece.time and _is_said(pieces, at)}
    for pieces in shown:
        here = dict.fromkeys(piece.path for at, piece in enumerate(pieces) if piece.time and not _is_since(pieces, at))
        shared.update({place(path) for path in here})
        for path in here:
            count[path] += 1
            first.setdefault(path, len(first))
    if not count:
        return None
    best = max(shared.values())
    if best < _TIMED * len(shown):
        return None
    usual = [path for path in count if shared[place(path)] >= 0.7 * best]
    chosen = min(usual, key=lambda path: (not TIME.search(last_steps(path)), path in said, first[path]))
    return max((path for path in usual if place(path) == place(chosen)), key=lambda path: (count[path], -first[path]))


def _is_said(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a time stands within what somebody says: "I was there on 1 July and nobody noticed", "I buy one right now"."""
    before, behind = pieces[max(at - 1, 0)], pieces[min(at + 1, len(pieces) - 1)]
    if behind.path[-1:] == (">",) and len(behind.text.split()) >= _SAID:
        return True
    worded = not any(map(str.isdigit, pieces[at].text))
    return worded and before.path[-1:] == ("<",) and len(before.text.split()) >= _SAID


def _is_since(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a time only tells since when the writer is a member."""
    before = pieces[at - 1].text.lower() if at else ""
    return len(before) <= LONGEST_COUNTER and JOINED.search(before) is not None and not any(map(str.isdigit, before))


def _text(varying: Sequence[Sequence[Piece]], name: Path | None, own: OwnWords) -> Path:
    """The place of the text: from the record down to the smallest single place that holds nearly all of the prose.

    A place that is called a text need hold only most of it.
    """
    weight: Counter[Path] = Counter()
    for pieces in varying:
        names = {piece.text.strip() for piece in pieces if name and piece.path[: len(name)] == name}
        for piece in pieces:
            if not (
                piece.time
                or own.counts(piece)
                or _is_of_member(piece.text)
                or piece.text.strip() in names
                or _is_aside(piece.path)
            ):
                size = min(len(piece.text), _WEIGHT)
                for end in range(len(piece.path) + 1):
                    weight[piece.path[:end]] += size
    least = _SHARE_MARKED if len(varying) > 1 else _SHARE_ALONE
    called = [path for path in weight if _is_called_text(path) and weight[path] >= least * weight[()]]
    heaviest = max((weight[path] for path in called), default=0)
    here = max((path for path in called if weight[path] >= _MOSTLY * heaviest), key=len, default=())
    below: dict[Path, list[Path]] = defaultdict(list)
    for path in weight:
        below[path[:-1]].append(path)
    while best := max((path for path in below[here] if path != here), key=weight.__getitem__, default=None):
        if weight[best] < _SHARE * weight[here] or not _holds(best):
            break
        here = best
    return here


def _is_of_member(text: str) -> bool:
    """Whether a short line tells of the writer what forums tell of a member."""
    return len(text) <= LONGEST_COUNTER and MEMBER.match(text.strip()) is not None


def _is_aside(path: Path) -> bool:
    """Whether the element in which a piece stands is called a rank, a counter, a tool: it tells nothing of the text's place."""
    way = [step for step in path if step[0] not in "~<@>^"]
    return bool(way) and NO_NAME.search(way[-1]) is not None and not MARKED_TEXT.search(way[-1])


def _is_called_text(path: Path) -> bool:
    return bool(path) and _holds(path) and MARKED_TEXT.search(path[-1]) is not None and not AUTHOR.search(path[-1])


def _holds(path: Path) -> bool:
    """Whether a place can be a text's whole home: a paragraph without a name of its own is one of several."""
    return not is_block(path) and path[-1] not in ("ul", "ol") and path[-1][0] not in "~<@>^"

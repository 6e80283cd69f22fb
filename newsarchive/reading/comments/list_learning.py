"""Learn the template of a list from all its records at once.

Words that are the same in most records are the template's own ("Reply", "wrote:"), in any language; the place with most of the
varying prose is the text's; a short varying line beside the time, or one that is called so, is the writer's.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from newsarchive.reading.comments.list_names import name_places
from newsarchive.reading.comments.list_pieces import Path, Piece, Record
from newsarchive.reading.comments.list_template import (
    AROUND,
    LONGEST_COUNTER,
    NAMED_TAGS,
    OwnWords,
    Template,
    is_block,
    last_steps,
    name_of,
    ranked,
    steps,
    unplaced,
    without_number,
)
from newsarchive.reading.comments.list_words import (
    AFTER_NAME,
    AUTHOR,
    BEFORE_NAME,
    CONTROL,
    JOINED,
    MARKED_TEXT,
    MEMBER,
    NO_NAME,
    SURELY_BEFORE,
    TIME,
)
from newsarchive.text import clean_line

_WEIGHT = 250  # characters of one piece that count, so that one long comment does not speak for all
_SHARE = 0.72  # the share of the prose that a place must hold to be the text's
_SHARE_MARKED = 0.5  # the same, where the place is called a text
_ONE_SIDE = 0.75  # the share of the prose that stands on one side of name and time, from which the rest is none of the text
_SAME = 0.7  # the share of the records having a place from which one wording there is the template's
_MOSTLY = 0.8  # the share of a place's pieces from which it is one of numbers
_FEW = 3  # records below which sameness tells nothing
_MOST_WORDS = 50  # beside names; those with a number, which may be another in each record, are the first to go
_LONGEST_WORDS = 30  # characters of words beside a name
_NUMBERS = re.compile(r"[\W\d_]*\d[\W\d_]*")
_COUNTER = re.compile(r"\d\W*[^\W\d]|[^\W\d]\W*\d")  # a number beside a word
_SPLIT = (("<",), (">",))  # what stands beside a time in its line


def learn(records: Sequence[Record]) -> Template:
    """The template of these records."""
    shown = [[piece for piece in record.pieces if not piece.hidden] for record in records]
    own = _own_words(shown)
    time = _time(shown)
    varying = [[piece for piece in pieces if piece.path not in own.numbers and not own.says(piece)] for pieces in shown]
    places = name_places(records, varying, time)
    text = _text(varying, places[0] if places else None, own)
    near = {word for path, word in own.wordings if places and path[: len(places[0]) - 1] == places[0][:-1]}
    words = [word for word in near if len(word) <= _LONGEST_WORDS and any(map(str.isalpha, word))]
    words = sorted(words, key=lambda word: (any(map(str.isdigit, word)), -len(word), word))[:_MOST_WORDS]
    words.sort(key=lambda word: (-len(word), word))
    template = Template(tuple(places), ranked(places), time, text, own, tuple(words))
    before, after = _around_names(template, shown)
    template = replace(template, before=before, after=after)
    return replace(template, side=None if text else _side(template, shown))


def _around_names(template: Template, shown: Sequence[Sequence[Piece]]) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    """The forms of the words that stand before and after most names; a mere "Von" or "Da" may be a part of one name."""
    lines = [clean_line("".join(piece.text for piece in name_of(template, pieces)[0])).strip(AROUND) for pieces in shown]
    lines = [line for line in lines if line]
    before = BEFORE_NAME if len(lines) > 1 else SURELY_BEFORE
    return before if _is_usual(before, lines) else None, AFTER_NAME if _is_usual(AFTER_NAME, lines) else None


def _is_usual(form: re.Pattern[str], lines: Sequence[str]) -> bool:
    return 0 < len(lines) <= 2 * sum(form.search(line) is not None for line in lines)


def _side(template: Template, shown: Sequence[Sequence[Piece]]) -> int | None:
    """On which side of name and time nearly all of the prose stands."""
    weight = [0, 0, 0]
    for pieces in shown:
        for piece, side in unplaced(template, pieces):
            weight[side] += min(len(piece.text), _WEIGHT)
    best = max(range(3), key=weight.__getitem__)
    return best if weight[best] > _ONE_SIDE * sum(weight) else None


def _own_words(shown: Sequence[Sequence[Piece]]) -> OwnWords:
    """What the template itself says in these records."""
    spread = Counter(path for pieces in shown for path in {piece.path for piece in pieces})
    held: dict[Path, Counter[str]] = defaultdict(Counter)
    for pieces in shown:
        for path, text in {(piece.path, piece.text.strip()) for piece in pieces if not piece.time}:
            held[path][text] += 1
    wordings: set[tuple[Path, str]] = set()
    for path, texts in held.items():
        controls = [words for words in texts if _is_control(words)]
        if 2 * sum(texts[words] for words in controls) >= sum(texts.values()):
            wordings.update((path, words) for words in controls)
        if not _is_called(path):
            usual = max(_FEW, len(shown)) if is_block(path) else max(2, _SAME * spread[path])
            same = ((words, count) for words, count in texts.items() if count >= usual)
            wordings.update((path, words) for words, count in same if not _may_be_one(path, words, count))
    inline = {path: texts for path, texts in held.items() if not is_block(path)}
    numbers = (path for path, texts in inline.items() if path[-1:] not in _SPLIT and _mostly(texts, _is_number))
    lines = {path: texts for path, texts in held.items() if path in inline or path[-1].startswith("~br")}
    counters = {(path, form) for path, texts in lines.items() for form in _counters(texts, _SAME * spread[path])}
    return OwnWords(frozenset(wordings), frozenset(numbers), frozenset(counters))


def _may_be_one(path: Path, words: str, count: int) -> bool:
    """Whether the same words in a few records may be the name of one who wrote them all."""
    return count < _FEW and not words.endswith(":") and NAMED_TAGS.match((steps(path) or ("",))[-1]) is not None


def _mostly(texts: Counter[str], question: Callable[[str], bool]) -> bool:
    return sum(count for words, count in texts.items() if question(words)) >= _MOSTLY * sum(texts.values())


def _is_number(words: str) -> bool:
    return _NUMBERS.fullmatch(words) is not None or not any(map(str.isalnum, words))


def _counters(texts: Counter[str], usual: float) -> Iterator[str]:
    """The words that stand around another number at a place in record after record."""
    short = {words: count for words, count in texts.items() if len(words) <= LONGEST_COUNTER and _COUNTER.search(words)}
    forms: Counter[str] = Counter()
    for words, count in short.items():
        forms[without_number(words)] += count
    return (form for form, count in forms.items() if count >= max(2, usual))


def _is_called(path: Path) -> bool:
    """Whether the element in which a piece stands is called a writer's."""
    way = steps(path)
    return bool(way) and way[-1][0] != "~" and AUTHOR.search(way[-1]) is not None


def _is_control(words: str) -> bool:
    return any(map(str.isalpha, words)) and CONTROL.fullmatch(words.lower()) is not None


def _time(shown: Sequence[Sequence[Piece]]) -> Path | None:
    """The place where most records have a time; of several the one that is called so, then the first."""
    count: Counter[Path] = Counter()
    first: dict[Path, int] = {}
    for pieces in shown:
        for path in dict.fromkeys(piece.path for at, piece in enumerate(pieces) if piece.time and not _is_since(pieces, at)):
            count[path] += 1
            first.setdefault(path, len(first))
    if not count:
        return None
    best = max(count.values())
    usual = [path for path in count if count[path] >= 0.7 * best]
    return min(usual, key=lambda path: (not TIME.search(last_steps(path)), first[path]))


def _is_since(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a time only tells since when the writer is a member."""
    before = pieces[at - 1].text.lower() if at else ""
    return JOINED.search(before) is not None and not any(map(str.isdigit, before))


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
    called = [path for path in weight if _is_called_text(path) and weight[path] >= _SHARE_MARKED * weight[()]]
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
    way = [step for step in path if step[0] not in "~<@>"]
    return bool(way) and NO_NAME.search(way[-1]) is not None and not MARKED_TEXT.search(way[-1])


def _is_called_text(path: Path) -> bool:
    return bool(path) and _holds(path) and MARKED_TEXT.search(path[-1]) is not None and not AUTHOR.search(path[-1])


def _holds(path: Path) -> bool:
    """Whether a place can be a text's whole home: a paragraph without a name of its own is one of several."""
    return not is_block(path) and path[-1] not in ("ul", "ol") and path[-1][0] not in "~<@>"

"""A template's own words: what the machine says in record after record, in any language, and no writer."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from newsarchive.reading.comments.lists.pieces import Path, Piece
from newsarchive.reading.comments.lists.places import AROUND, NAMED_TAGS, is_block, is_called, steps
from newsarchive.reading.comments.lists.wording import AFTER_NAME, LINKING, NAMELESS
from newsarchive.reading.comments.lists.words import COMPLAIN, CONTROL, REPLY

_LONGEST_BUTTON = 80  # characters
LONGEST_COUNTER = 40  # characters of "3 replies", "3 of 12 readers found this useful"
_SAME = 0.7  # the share of the records having a place from which one wording there is the template's
_COMMON = 0.6  # the share of all records from which words right before a time are the template's
_MOSTLY = 0.8  # the share of a place's pieces from which it is one of numbers
_FEW = 3  # records below which sameness tells nothing
_DIGITS = re.compile(r"\d[\d.,]*")
_NUMBERS = re.compile(r"[\W\d_]*\d[\W\d_]*")
DOTS = re.compile(r"[.?!*_~…]{2,}")  # what some call themselves
_ENDING = re.compile(r"[.,!?…*_~'\"’”»]+")  # what ends a sentence behind a link, or is what some call themselves
_COUNTER = re.compile(r"\d\W*[^\W\d]|[^\W\d]\W*\d")  # a number beside a word
# "3 readers recommend this", "3人", "Score: 3", and a mere "+3", as lines of their own.
_COUNT_LINE = re.compile(
    r"\D{0,3}\d[\d.,]*\W*(?:[^\W\d_]{2,}|[\u3400-\u9fff]).*|[^\W\d_]\D{0,15}[:：(（]\s?\d[\d.,]*[)）]?|[\u3040-\u9fff]{1,8}\s?\d+"
)
_COMPUTER = re.compile(r"\(?\d{1,3}(?:\.(?:\d{1,3}|\*{1,3}|x{1,3})){3}\)?")  # its address, some of it hidden
_SPLIT = (("<",), (">",))  # what stands beside a time in its line


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What a template itself says: wordings that are the same in most records ("Reply"), each with its place; places of mere
    numbers or signs; wordings that are the same but for a number ("3 replies")."""

    wordings: frozenset[tuple[Path, str]]
    numbers: frozenset[Path]
    counters: frozenset[tuple[Path, str]]

    def says(self, piece: Piece) -> bool:
        """Whether a piece is one of the wordings."""
        return (piece.path, piece.text.strip()) in self.wordings

    def counts(self, piece: Piece) -> bool:
        """Whether a piece is one of the wordings around a number, or the number of a writer's computer."""
        if len(piece.text) > LONGEST_COUNTER:
            return False
        return (piece.path, without_number(piece.text)) in self.counters or _COMPUTER.fullmatch(piece.text.strip()) is not None


def without_number(text: str) -> str:
    """The words of a piece, with one number for all."""
    return _DIGITS.sub("0", text.strip())


def own_words(shown: Sequence[Sequence[Piece]]) -> OwnWords:
    """What the template itself says in these records."""
    spread = Counter(path for pieces in shown for path in {piece.path for piece in pieces})
    held: dict[Path, Counter[str]] = defaultdict(Counter)
    for pieces in shown:
        for path, text in {(piece.path, piece.text.strip()) for piece in pieces if not piece.time}:
            held[path][text] += 1
    wordings = _wordings(shown, held, spread)
    inline = {path: texts for path, texts in held.items() if not is_block(path)}
    often = {path for path in held if path in inline or spread[path] >= max(_FEW, _SAME * len(shown))}
    numbers = (path for path in often if path[-1:] not in _SPLIT and _mostly(held[path], _is_number))
    lines = {path: texts for path, texts in held.items() if path in inline or path[-1].startswith("~br")}
    counters = {(path, form) for path, texts in lines.items() for form in _counters(texts, _SAME * spread[path])}
    blocks = {path: _counting(texts) for path, texts in held.items() if path not in lines}
    counters |= {
        (path, form)
        for path, texts in blocks.items()
        for form in _counters(texts, max(min(_FEW, len(shown)), _SAME * len(shown)))
    }
    return OwnWords(frozenset(wordings), frozenset(numbers), frozenset(counters))


def _wordings(
    shown: Sequence[Sequence[Piece]], held: Mapping[Path, Counter[str]], spread: Counter[Path]
) -> set[tuple[Path, str]]:
    """What is said at the same place in record after record, and is no writer's name; buttons, even where they are few."""
    linked = {(piece.path, piece.text.strip()) for pieces in shown for piece in pieces if piece.linked}
    ends = set[tuple[Path, str]].intersection(*map(_ends, shown))
    wordings: set[tuple[Path, str]] = set()
    for path, texts in held.items():
        controls = [words for words in texts if _is_control(words, linked=(path, words) in linked)]
        if 2 * sum(texts[words] for words in controls) >= sum(texts.values()):
            wordings.update((path, words) for words in controls)
        if not is_called(path):
            usual = max(_FEW, len(shown)) if is_block(path) else max(2, _SAME * spread[path])
            same = ((words, count) for words, count in texts.items() if count >= usual)
            same = ((words, count) for words, count in same if count >= _SAME * len(shown) or not _ENDING.fullmatch(words))
            if path[-1:] == _SPLIT[0]:  # a guest without a link, who wrote twice, beside members with links
                same = ((words, count) for words, count in same if count >= _COMMON * len(shown) or _is_linking(words))
            same = (
                (words, count)
                for words, count in same
                if (path, words) in ends or not _may_be_one(path, words, count, spread[path])
            )
            wordings.update((path, words) for words, _ in same)
    return wordings


def _ends(pieces: Sequence[Piece]) -> set[tuple[Path, str]]:
    """What stands behind a record's longest words, and beside no time: no writer's name does."""
    longest = max(range(len(pieces)), key=lambda at: len(pieces[at].text), default=0)
    times = {at + beside for at, piece in enumerate(pieces) if piece.time for beside in range(-2, 3)}
    return {(piece.path, piece.text.strip()) for at, piece in enumerate(pieces) if at > longest and at not in times}


def _counting(texts: Counter[str]) -> Counter[str]:
    """Those of the lines that tell a number and nothing else."""
    return Counter({words: count for words, count in texts.items() if _COUNT_LINE.fullmatch(words)})


def _may_be_one(path: Path, words: str, count: int, records: int) -> bool:
    """Whether the same words may be the name of one who wrote a few records, or most where others have another name in an
    element that is called a writer's; or of those who gave none."""
    if NAMELESS.fullmatch(AFTER_NAME.sub("", words).strip(AROUND)):
        return True
    if words.endswith(":") or NAMED_TAGS.match((steps(path) or ("",))[-1]) is None:
        return False
    return count < _FEW or (count < records and is_called(path[:-1]))


def _is_linking(words: str) -> bool:
    return LINKING.fullmatch(words.strip(AROUND).lower()) is not None


def _mostly(texts: Counter[str], question: Callable[[str], bool]) -> bool:
    return sum(count for words, count in texts.items() if question(words)) >= _MOSTLY * sum(texts.values())


def _is_number(words: str) -> bool:
    return _NUMBERS.fullmatch(words) is not None or not (any(map(str.isalnum, words)) or _ENDING.fullmatch(words))


def _counters(texts: Counter[str], usual: float) -> Iterator[str]:
    """The words that stand around another number at a place in record after record."""
    short = {words: count for words, count in texts.items() if len(words) <= LONGEST_COUNTER and _COUNTER.search(words)}
    forms: Counter[str] = Counter()
    for words, count in short.items():
        forms[without_number(words)] += count
    return (form for form, count in forms.items() if count >= max(2, usual))


def _is_control(words: str, *, linked: bool) -> bool:
    """Whether words are a button's; a link that begins as one is a button too: "Report this post to a moderator"."""
    words = words.lower()
    if not any(map(str.isalpha, words)):
        return False
    bare = words.strip(AROUND) if len(words) <= _LONGEST_BUTTON else ""
    asks = any(form.match(bare) if linked else form.fullmatch(bare) for form in (REPLY, COMPLAIN))
    return asks or CONTROL.fullmatch(words) is not None

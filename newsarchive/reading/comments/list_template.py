"""Learn where the comments of a list have their writer, their time and their text, from all of them at once.

A list is made by one template: what stands at one place in one record stands there in the others. Words that are the same in
all records are the template's own ("Reply", "wrote:"), in any language; the place with most of the varying prose is the
text's; a short varying line beside the time, or one that is called so, is the writer's.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from newsarchive.reading.comments.list_pieces import Path, Piece, Record
from newsarchive.reading.comments.list_words import (
    AFTER_NAME,
    AUTHOR,
    BEFORE_NAME,
    CONTROL,
    JOINED,
    MARKED_TEXT,
    NO_NAME,
    SURELY_BEFORE,
    TIME,
)
from newsarchive.text import clean_block, clean_line

_LONGEST_NAME = 60
_WEIGHT = 250  # characters of one piece that count, so that one long comment does not speak for all
_SHARE = 0.72  # the share of the prose that a place must hold to be the text's
_ONE_SIDE = 0.75  # the share of the prose that stands on one side of name and time, from which the rest is none of the text
_SHARE_MARKED = 0.5  # the same, where the place is called a text
_SAME = 0.6  # the share of a place's pieces that are one, from which they are the template's words
_LONGEST_COUNTER = 25  # characters
_FEW = 3  # records below which sameness tells nothing
_SIGNS = re.compile(r"[\W_]*")
_NUMBERS = re.compile(r"[\W\d_]*\d[\W\d_]*")
_ADDRESS = re.compile(r"https?:|www\.|\S@\S")
_NUMBERED_BLOCK = re.compile(r"(?<=^p):\d$")
_ANSWERING = re.compile(r"\s[→▸▶➔➜↪⇒]\s.*", re.DOTALL)
_SENTENCE = re.compile(r"\w\w[.!?…]$|, \w+ \w")
_DIGITS = re.compile(r"\d+")
_HEADING = re.compile(r"h[1-6]\b")
_AROUND = " \t\n|·•,–—-:;/«»›#[]"
_NAMED_TAGS = re.compile(r"(?:b|strong|cite|a|h[1-6]|em|dt)\b")


@dataclass(frozen=True, slots=True)
class Template:
    """The places of a list's records: of names, the likeliest first; of the time; of the text; the template's own words.

    `words` are those of them that may stand at a name, `before` and `after` the words of a language that stand at most names.
    `side` is where the text stands if it has no place of its own: before name and time (0), between them (1) or behind (2).
    """

    names: tuple[Path, ...]
    time: Path | None
    text: Path
    constants: frozenset[tuple[Path, str]]
    fixed: frozenset[Path]
    counters: frozenset[Path]
    words: tuple[str, ...]
    side: int | None = None
    before: re.Pattern[str] | None = None
    after: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What one record tells: name, words and pieces of the time, text; `head` are the pieces that stand outside the text."""

    name: str | None
    time: tuple[Piece, ...]
    text: str | None
    head: tuple[Piece, ...]


def learn(records: Sequence[Record]) -> Template:
    """The template of these records."""
    shown = [[piece for piece in record.pieces if not piece.hidden] for record in records]
    constants, fixed, counters = _own_words(shown)
    time = _time(shown)
    varying = [[p for p in pieces if p.path not in fixed and (p.path, p.text.strip()) not in constants] for pieces in shown]
    names = _names(records, varying, time)
    text = _text(varying, names[0] if names else None, counters)
    words = {
        word for path, word in constants if len(word) <= 30 and any(map(str.isalpha, word)) and names and _is_near(path, names[0])
    }
    template = Template(tuple(names), time, text, constants, fixed, counters, tuple(sorted(words, key=len, reverse=True)))
    lines = [line for pieces in shown if (line := _zone_line(template, pieces))]
    before, after = _usual(lines, BEFORE_NAME), _usual(lines, AFTER_NAME)
    if len(lines) == 1 and not SURELY_BEFORE.match(lines[0]):
        before = None
    return replace(template, before=before, after=after, side=None if text else _side(template, shown))


def _side(template: Template, shown: Sequence[Sequence[Piece]]) -> int | None:
    weight = [0, 0, 0]
    for pieces in shown:
        kept, sides = _unplaced(template, pieces)
        for piece, side in zip(kept, sides, strict=True):
            weight[side] += min(len(piece.text), _WEIGHT)
    best = max(range(3), key=weight.__getitem__)
    return best if weight[best] > _ONE_SIDE * sum(weight) else None


def _unplaced(template: Template, pieces: Sequence[Piece]) -> tuple[list[Piece], list[int]]:
    """The pieces of a record that are neither name nor time nor the template's own, and on which side of these they stand."""
    zone, _ = _name(template, pieces)
    taken = {id(piece) for piece in (*zone, *_times(template, pieces))}
    places = [at for at, piece in enumerate(pieces) if id(piece) in taken]
    first, last = (places[0], places[-1]) if places else (-1, -1)
    kept = [(at, piece) for at, piece in enumerate(pieces) if id(piece) not in taken and not _is_own(template, piece)]
    return [piece for _, piece in kept], [0 if at < first else 1 if at < last else 2 for at, _ in kept]


def _is_near(path: Path, name: Path) -> bool:
    return path[: len(name) - 1] == name[:-1]


def _usual(lines: Sequence[str], form: re.Pattern[str]) -> re.Pattern[str] | None:
    """A form that most of these lines have; a mere "Von" or "Da" may be a part of one name."""
    return form if lines and sum(form.search(line) is not None for line in lines) >= 0.5 * len(lines) else None


def _zone_line(template: Template, shown: Sequence[Piece]) -> str:
    zone, _ = _name(template, shown)
    return clean_line("".join(piece.text for piece in zone)).strip(_AROUND)


def _own_words(shown: Sequence[Sequence[Piece]]) -> tuple[frozenset[tuple[Path, str]], frozenset[Path], frozenset[Path]]:
    """What the template itself says: words that are the same at one place of most records; places of mere numbers or signs;
    places of the same words around another number ("3 replies")."""
    held: dict[Path, Counter[str]] = defaultdict(Counter)
    spread = Counter(path for pieces in shown for path in {piece.path for piece in pieces})
    for pieces in shown:
        for path, text in {(piece.path, piece.text.strip()) for piece in pieces if not piece.time}:
            held[path][text] += 1
    constants, fixed, counters = set(), set(), set()
    for path, texts in held.items():
        total = sum(texts.values())
        numbers = sum(count for words, count in texts.items() if _NUMBERS.fullmatch(words) or _SIGNS.fullmatch(words))
        if numbers >= 0.8 * total and not _is_block(path) and path[-1:] not in (("<",), (">",)):
            fixed.add(path)
        forms = Counter(_DIGITS.sub("0", words) for words in texts.elements() if len(words) <= _LONGEST_COUNTER)
        if total >= _FEW and any("0" in form and count >= 0.8 * total for form, count in forms.items()) and not _is_block(path):
            counters.add(path)
        controls = [words for words in texts if _is_control(words)]
        if sum(texts[words] for words in controls) >= 0.5 * total:
            constants |= {(path, words) for words in controls}
        if not (_is_block(path) or _is_called(path)):
            constants |= {(path, words) for words, count in texts.items() if count >= max(_FEW, _SAME * spread[path])}
    return frozenset(constants), frozenset(fixed), frozenset(counters)


def _is_called(path: Path) -> bool:
    """Whether the element in which a piece stands is called a writer's."""
    steps = _steps(path)
    return bool(steps) and steps[-1][0] != "~" and AUTHOR.search(steps[-1]) is not None


def _is_control(words: str) -> bool:
    return any(map(str.isalpha, words)) and CONTROL.fullmatch(words.lower()) is not None


def _is_block(path: Path) -> bool:
    """Whether a place is a paragraph, or a text's own line."""
    return bool(path) and re.fullmatch(r"~?(?:p|br|blockquote|pre|li)(?::\d)?", path[-1]) is not None


def _steps(path: Path) -> tuple[str, ...]:
    """The elements on a path, without the marks of a split line; what Drupal calls every field says nothing."""
    return tuple(step.replace("field--name-", "") for step in path if step not in "<@>")


def _place(path: Path) -> tuple[str, ...]:
    """The element in which a piece stands, wherever among its children and in whichever paragraph."""
    return tuple(_NUMBERED_BLOCK.sub("", step) for step in path if step[0] not in "<@>~")


def _last(path: Path) -> str:
    return " ".join(_steps(path)[-3:])


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
    return min(usual, key=lambda path: (not TIME.search(_last(path)), first[path]))


def _is_since(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a time only tells since when the writer is a member."""
    return at > 0 and JOINED.search(pieces[at - 1].text.lower()) is not None


def _names(records: Sequence[Record], varying: Sequence[Sequence[Piece]], time: Path | None) -> list[Path]:
    """The places where a writer's name may stand, the likeliest first."""
    lines: dict[Path, dict[int, str]] = defaultdict(dict)
    for at, pieces in enumerate(varying):
        zones: dict[Path, list[str]] = defaultdict(list)
        for piece in pieces:
            if piece.path != time and (not piece.time or piece.home.tag in ("b", "strong", "cite", "a")):
                for end in range(1, len(piece.path) + 1):
                    zones[piece.path[:end]].append(piece.text)
        for path, texts in zones.items():
            line = "".join(texts).strip(_AROUND)
            if line:
                lines[path][at] = line
    beside = _beside(varying, time)
    first = Counter(pieces[0].path[:end] for pieces in varying if pieces for end in range(1, len(pieces[0].path) + 1))
    scores = {path: _score(path, told, records, beside, first) for path, told in lines.items()}
    return sorted((path for path in scores if scores[path] > 0), key=lambda path: (-scores[path], -len(path)))


def _beside(varying: Sequence[Sequence[Piece]], time: Path | None) -> dict[Path, float]:
    """How often each place stands right before or after the time; in another line it counts half."""
    count: dict[Path, float] = defaultdict(float)
    for pieces in varying:
        at = next((place for place, piece in enumerate(pieces) if piece.time and piece.path == time), None)
        if at is not None:
            for place in (at - 1, at + 1):
                if 0 <= place < len(pieces):
                    line = 1.0 if not pieces[max(at, place)].gap else 0.5
                    for end in range(1, len(pieces[place].path) + 1):
                        count[pieces[place].path[:end]] += line
    return count


def _score(path: Path, told: dict[int, str], records: Sequence[Record], beside: dict[Path, float], first: Counter[Path]) -> float:
    fits = {at: line for at, line in told.items() if len(line) <= _LONGEST_NAME}
    if len(fits) < 0.9 * len(told):
        return 0.0
    cover = 0.4 + 0.6 * len(fits) / len(records)
    lines = list(fits.values())
    own = (_steps(path) or ("",))[-1]
    score = 1.0 + 0.5 * bool(_NAMED_TAGS.match(own))
    score += 2.0 * bool(AUTHOR.search(_last(path))) - 1.5 * bool(NO_NAME.search(own)) - 1.5 * bool(MARKED_TEXT.search(own))
    score += 3.0 * beside[path] / len(told) + 2.0 * sum(_echoed(line, records[at]) for at, line in fits.items()) / len(fits)
    score -= 0.4 * max(0.0, sum(len(line.split()) for line in lines) / len(lines) - 3) + 4.0 * _share(lines, _ADDRESS)
    score -= 2.0 * sum(len(line.split()) > 4 for line in lines) / len(lines)
    score -= 0.3 * bool(_HEADING.match(own) and not beside[path]) + 1.0 * _share(lines, _SENTENCE) + 1.0 * _is_block(path)
    score += 0.5 * first[path] / len(told)
    score -= 2.0 * all(len(line) == 1 for line in lines)
    score -= 1.0 * (len(lines) > 3 and len(set(lines)) == 1)
    score -= 3.0 * (len(lines) > 2 and len({_DIGITS.sub("0", line) for line in lines}) == 1 < len(set(lines)))
    return score * cover


def _share(lines: Sequence[str], form: re.Pattern[str]) -> float:
    return sum(form.search(line) is not None for line in lines) / len(lines)


def _echoed(line: str, record: Record) -> bool:
    name = line.lower()
    return len(name) > 2 and any(name in echo for echo in record.echoes)


def _text(varying: Sequence[Sequence[Piece]], name: Path | None, counters: Collection[Path]) -> Path:
    """The place of the text: from the record down to the smallest single place that holds nearly all of the prose.

    A place that is called a text need hold only most of it.
    """
    weight: Counter[Path] = Counter()
    for pieces in varying:
        names = {piece.text.strip() for piece in pieces if name and piece.path[: len(name)] == name}
        for piece in pieces:
            if not piece.time and piece.path not in counters and piece.text.strip() not in names:
                size = min(len(piece.text), _WEIGHT)
                for end in range(len(piece.path) + 1):
                    weight[piece.path[:end]] += size
    called = [path for path in weight if path and MARKED_TEXT.search(path[-1]) and weight[path] >= _SHARE_MARKED * weight[()]]
    here = max((path for path in called if _holds(path)), key=len, default=())
    below: dict[Path, list[Path]] = defaultdict(list)
    for path in weight:
        below[path[:-1]].append(path)
    while best := max((path for path in below[here] if path != here), key=weight.__getitem__, default=None):
        if weight[best] < _SHARE * weight[here] or not _holds(best):
            break
        here = best
    return here


def _holds(path: Path) -> bool:
    """Whether a place can be a text's whole home: a paragraph without a name of its own is one of several."""
    return not _is_block(path) and path[-1] not in ("ul", "ol") and path[-1][0] not in "~<@>"


def tell(template: Template, record: Record) -> Told:
    """What one record tells by its template."""
    shown = [piece for piece in record.pieces if not piece.hidden]
    time = _times(template, shown)
    zone, name = _name(template, shown)
    if template.text:
        taken = {id(piece) for piece in (*time, *zone)}
        inside = (piece for piece in record.pieces if piece.path[: len(template.text)] == template.text)
        kept = [piece for piece in inside if id(piece) not in taken and not _is_own(template, piece)]
    else:
        kept, sides = _unplaced(template, shown)
        kept = [piece for piece, side in zip(kept, sides, strict=True) if template.side in (None, side)] or kept
    kept = _without_head(kept, bool(template.text))
    text = clean_block("".join(f"{piece.gap}{piece.text}" for piece in kept)) or None
    held = {id(piece) for piece in kept}
    return Told(name, time, text, tuple(piece for piece in record.pieces if id(piece) not in held))


def _times(template: Template, shown: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces of a record's time: at its place, else the first outside the text; with those right behind, but for signs."""
    start = next((at for at, piece in enumerate(shown) if piece.time and piece.path == template.time), None)
    if start is None:
        outside = (at for at, piece in enumerate(shown) if piece.time and piece.path[: len(template.text)] != template.text)
        alike = (at for at, piece in enumerate(shown) if piece.time and _place(piece.path) == _place(template.time or ()))
        start = next(alike, None) or (next(outside, None) if template.text else None)
    if template.time is None:
        return ()
    if start is None:
        return tuple(piece for piece in shown if piece.path == template.time[:-1])[:1]
    end = start + 1
    while end < len(shown) and (shown[end].time or (_is_sign(shown[end]) and end + 1 < len(shown) and shown[end + 1].time)):
        end += 1
    return tuple(shown[start:end])


def _without_head(kept: list[Piece], apart: bool) -> list[Piece]:
    """Without the signs, and the comment's own heading, that stand above the text."""
    start, end = 0, len(kept)
    while start < end - 1 and (_is_sign(kept[start]) or (not apart and any(map(_HEADING.match, kept[start].path)))):
        start += 1
    while end - 1 > start and _is_sign(kept[end - 1]):
        end -= 1
    return kept[start:end]


def _is_sign(piece: Piece) -> bool:
    return not piece.text.strip(_AROUND + "()")


def _is_own(template: Template, piece: Piece) -> bool:
    """Whether a piece within the text is the template's own: a button, a counter, words that all records have."""
    own = piece.path in template.fixed or piece.path in template.counters
    return own or (piece.path, piece.text.strip()) in template.constants


def _name(template: Template, shown: Sequence[Piece]) -> tuple[tuple[Piece, ...], str | None]:
    for path in template.names:
        at_place = [piece for piece in shown if piece.path[: len(path)] == path and piece.path != template.time]
        if not at_place and not _is_block(path):
            loose = _place(path)
            at_place = [piece for piece in shown if _place(piece.path)[: len(loose)] == loose and not piece.time]
        words = [piece for piece in at_place if (piece.path, piece.text.strip()) not in template.constants]
        zone = tuple([piece for piece in words if not piece.time] or words)
        if zone and path != template.names[0] and len(zone) > 1 and _NAMED_TAGS.match(zone[0].path[-1]):
            zone = tuple(piece for piece in zone if piece.path == zone[0].path)
        if zone and (name := _trimmed("".join(piece.text for piece in zone), template)):
            return zone, name
    return (), None


def _trimmed(line: str, template: Template) -> str:
    """A name without the template's words around it; empty if they are all."""
    name = clean_line(_ANSWERING.sub("", line)).strip(_AROUND)
    for word in template.words:
        for bare in (name.removeprefix(word), name.removesuffix(word)):
            if bare != name and bare.strip(_AROUND) and (bare[:1].isspace() or bare[-1:].isspace()):
                name = bare.strip(_AROUND)
    if template.before and (found := template.before.match(name)):
        name = name[found.end() :].strip(_AROUND)
    if template.after and (found := template.after.search(name)) and found.start() > 0:
        name = name[: found.start()].strip(_AROUND)
    return name

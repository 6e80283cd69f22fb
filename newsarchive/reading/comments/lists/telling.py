"""What one record tells by its template: its writer, its time, its text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise

from newsarchive.reading.comments.lists import times
from newsarchive.reading.comments.lists.naming import name_of
from newsarchive.reading.comments.lists.own import LONGEST_COUNTER
from newsarchive.reading.comments.lists.pieces import Path, Piece, Record
from newsarchive.reading.comments.lists.places import AROUND, is_address, is_origin, is_sign, place
from newsarchive.reading.comments.lists.template import Template, Told
from newsarchive.reading.comments.lists.wording import ANSWERING, only_lead
from newsarchive.reading.comments.lists.words import EDITED, QUOTING
from newsarchive.text import clean_block

_HEADING = re.compile(r"h[1-6]\b")
_CODE = re.compile(r"(?:code|pre)\b")  # elements in which signs and numbers stand that a writer has put there
_NUMBER = re.compile(r":\d+$")
_PARAGRAPH = re.compile(r"p\b")
_BREAKING = re.compile(r"~?(?:blockquote|ul|ol|pre)(?::\d+)?")  # what ends a paragraph that it stands in
_LINE = re.compile(r"(?:span|h[1-6]|header|dt|cite|strong|b|small|em|label)\b")  # elements of which one holds name, rank, motto


def tell(template: Template, record: Record) -> Told:
    """What one record tells by its template."""
    shown = [piece for piece in record.pieces if not piece.hidden]
    time = times_of(template, shown)
    zone, name = name_of(template, shown)
    kept = _placed(template, record, shown, {id(piece) for piece in (*time, *zone)}, zone)
    kept = _between_signs(_below_heading(kept))
    kept = [piece for piece in kept if not QUOTING.fullmatch(piece.text.strip().lower())]
    kept = [piece for piece in kept if not _names_answered(piece)]
    kept = _without_leads(kept, shown, zone)
    kept = list(_unedited(kept))
    if template.time and all(piece.time and place(piece.path) == place(template.time) for piece in kept):
        kept = []  # "Updated: 12 March"
    text = clean_block("".join(f"{piece.gap}{piece.text}" for piece in kept)) or None
    if text and not kept[0].gap:  # what ends the line of name and time
        text = text.lstrip("):,;|»– ：、，") or text
    held = {id(piece) for piece in kept}
    return Told(name, time, text, tuple(piece for piece in record.pieces if id(piece) not in held), tuple(record.quoted))


def _placed(
    template: Template, record: Record, shown: Sequence[Piece], taken: Collection[int], zone: Sequence[Piece]
) -> list[Piece]:
    """The pieces at the text's place, or on its side of name and time, that are neither of these (`taken`) nor the template's."""
    apart = template.text and template.side is None
    sides = {id(piece): side for piece, side in ([] if apart else unplaced(template, shown, zone))}
    if template.text:
        inside = _in_text(template.text, record.pieces)
        kept = [piece for piece in inside if id(piece) not in taken and not _is_own(template, piece)]
        kept = _without_head(kept, {piece.path[: len(template.text) + 1] for piece in zone})
    else:
        kept = [piece for piece in shown if id(piece) in sides]
    return [piece for piece in kept if template.side in (None, sides.get(id(piece), template.side))] or kept


def _in_text(text: Path, pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces at the place of the text, with what stands behind a paragraph that a quotation or a list in it has ended."""
    around, broken = text[:-1], False
    for piece in pieces:
        inside = piece.path[: len(text)] == text
        broken = broken or (inside and _PARAGRAPH.match(text[-1]) is not None)
        behind = piece.path[len(around) : len(text)] if broken and piece.path[: len(around)] == around else ()
        if inside or any(map(_BREAKING.fullmatch, behind)):
            yield piece


def unplaced(template: Template, pieces: Sequence[Piece], zone: Sequence[Piece]) -> list[tuple[Piece, int]]:
    """The pieces that are neither name (`zone`) nor time nor town nor the template's own words, each with the side of name and
    time on which it stands."""
    taken = {id(piece) for piece in (*zone, *times_of(template, pieces))}
    towns = {id(piece) for pair in pairwise(pieces) if is_origin(pair[0]) for piece in pair}
    places = [at for at, piece in enumerate(pieces) if id(piece) in taken]
    first, last = (places[0], places[-1]) if places else (-1, -1)
    where = {place(piece.path) for piece in times_of(template, pieces)}
    others = ((at, piece) for at, piece in enumerate(pieces) if id(piece) not in taken and id(piece) not in towns)
    others = ((at, piece) for at, piece in others if not (is_address(piece) and place(piece.path)[:-1] in where))
    kept = ((at, piece) for at, piece in others if not _is_own(template, piece))
    return [(piece, 0 if at < first else 1 if at < last else 2) for at, piece in kept]


def times_of(template: Template, shown: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces of a record's time: at its place, else the first outside the text; with those right behind, but for signs."""
    start = next((at for at, piece in enumerate(shown) if piece.time and piece.path == template.time), None)
    if start is None:
        outside = (at for at, piece in enumerate(shown) if piece.time and piece.path[: len(template.text)] != template.text)
        usual = _unnumbered(template.time or ())
        alike = (at for at, piece in enumerate(shown) if piece.time and _unnumbered(piece.path) == usual)
        start = next(alike, next(outside, None) if template.text else None)
    if template.time is None:
        return ()
    if start is None:
        return tuple(piece for piece in shown if piece.path == template.time[:-1])[:1]
    end = start + 1
    while end < len(shown) and (shown[end].time or _joins(*shown[end - 1 : end + 2])):
        if shown[end].gap and _goes_on(shown, end):
            break
        end += 1
    if end < len(shown) and not shown[end].gap and times.ends_age(shown[end].text):
        end += 1
    return tuple(shown[start:end])


def _unnumbered(path: Path) -> Path:
    """The element in which a piece stands, wherever among others of its kind: behind a name that is a link, or is none."""
    return tuple(_NUMBER.sub("", step) for step in place(path))


def _joins(before: Piece, between: Piece, after: Piece | None = None) -> bool:
    """Whether a piece stands between two parts of one time, of which one is a clock if there are words between them."""
    if after is None or not after.time:
        return False
    clocks = times.is_clock(after.text) or (before.time and times.is_clock(before.text))
    return (
        is_sign(between)
        or between.text.strip() in ("@", "#")
        or (not (between.gap or after.gap) and times.joins(between.text) and clocks)
    )


def _goes_on(shown: Sequence[Piece], at: int) -> bool:
    """Whether a time is but the beginning of a line: "For 500 years nobody asked"."""
    behind = shown[at + 1] if at + 1 < len(shown) else None
    return behind is not None and behind.path[-1:] == (">",) and behind.home is shown[at].home


def _is_own(template: Template, piece: Piece) -> bool:
    """Whether a piece is the template's own: a button, a counter, words that all records have."""
    if template.text and piece.path == template.text and not piece.text.rstrip().endswith(":"):
        return False
    is_number = piece.path in template.own.numbers and len(piece.text) <= LONGEST_COUNTER
    is_own = is_number or template.own.counts(piece) or template.own.says(piece)
    return is_own and not any(map(_CODE.match, piece.path))


def _without_head(kept: list[Piece], heads: Collection[Path]) -> list[Piece]:
    """Without what stands in one line's element with the writer's name, if it is not all there is."""
    lines = {path for path in heads if path and _LINE.match(path[-1])}
    return [piece for piece in kept if not any(piece.path[: len(path)] == path for path in lines)] or kept if lines else kept


def _below_heading(kept: list[Piece]) -> list[Piece]:
    """Without the comment's own heading, if it is not all there is."""
    start = next((at for at, piece in enumerate(kept) if not any(map(_HEADING.match, piece.path))), 0)
    return kept[start:]


def _between_signs(kept: list[Piece]) -> list[Piece]:
    """Without what is a sign and nothing else at either end."""
    told = [at for at, piece in enumerate(kept) if not is_sign(piece)]
    return kept[told[0] : told[-1] + 1] if told else kept


def _names_answered(piece: Piece) -> bool:
    """Whether a piece is a link to the comment that is answered: "In reply to Ann"."""
    href = piece.home.get("href") if piece.linked else None
    return href is not None and "#" in href and ANSWERING.match(piece.text.strip(AROUND)) is not None


def _without_leads(kept: list[Piece], shown: Sequence[Piece], zone: Sequence[Piece]) -> list[Piece]:
    """Without what only leads to a lone record's name, or from it to the time: "#1 Posted by", "says:"."""
    places = {id(piece): at for at, piece in enumerate(shown)}
    around = [at for piece in (*zone[:1], *zone[-1:]) for at in (places[id(piece)] - 1, places[id(piece)] + 1)]
    beside = {id(shown[at]) for at in around if 0 <= at < len(shown)}
    leads = [id(piece) for piece in kept if id(piece) in beside and only_lead(piece.text)]
    if zone and kept and only_lead(kept[0].text):
        leads.append(id(kept[0]))
    return [piece for piece in kept if id(piece) not in leads] or kept


def _unedited(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces of a text without the lines that say who changed it when."""
    edited = False
    for piece in pieces:
        edited = EDITED.match(piece.text) is not None or (edited and not piece.gap)
        if not edited:
            yield piece

"""What the records of a list say for or against being comments: they have a writer, a time and a text, and can be answered.

Lists of other articles look alike: their lines are links. No sign decides alone; each counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import islice, pairwise
from typing import TypeVar

from newsarchive.reading.comments.lists.anchors import numbers_item
from newsarchive.reading.comments.lists.headings import says_comments
from newsarchive.reading.comments.lists.own import without_number
from newsarchive.reading.comments.lists.pieces import Path, Piece, Record
from newsarchive.reading.comments.lists.signs import NEVER, names
from newsarchive.reading.comments.lists.teasers import HEADLINE, TITLE, address, is_index, leads_away, of_articles
from newsarchive.reading.comments.lists.template import Template, Told
from newsarchive.reading.comments.lists.wording import NAMELESS, WROTE, only_lead
from newsarchive.reading.comments.lists.words import AUTHOR, COMPLAIN, JOINED, LATEST, MEMBER, POST, POSTS, REPLY, names_comment
from newsarchive.reading.document import Element
from newsarchive.text import clean_line

ENOUGH = 5.5  # points of a list of comments, those of its surroundings included
_WEAK = 2.0  # where what stands around a list says less, its records must tell that they can be answered
SURE = 4.0  # where a heading right above says that these are comments
_CALLED = 6.0  # where they call themselves so as well, and a field to write in stands beside them
_BESIDE_FIELD = 1.0  # points of a list beside which a field stands to write in
_BETWEEN = 2  # pieces from a time to the name that stands beside it
_SEVERAL = 3  # writers of a talk
_NEARLY = 0.9  # the share of records that must have all parts in a talk that nothing else calls so
_HALF = 0.5
_LEAST = 0.4  # the share of records that must have a text, or a name
_CELLS = 3  # with words, of a table's row
_CLOCK = re.compile(r"(?:\W*\d{1,2}[:.h]\d\d(?::\d\d)?(?:\s?(?:uhr|[ap]\.?m))?)+\W*", re.IGNORECASE)
_ON = re.compile(r"\W*(?:more|details?|mehr|plus|suite|más|mais|altro|meer|mer|więcej|více|подробнее|далее|devamı)\W*")
_SHORT = 40  # characters of a button
_LINE = 120  # characters of the line of name and time
_LAST = 25  # pieces at the end of a record, among which its buttons are
_MOST_TIMES = 3  # in a lone record; what tells more holds several
_TO_WRITE = ("form", "textarea")
_T = TypeVar("_T")


def content(near: float, records: Sequence[Record], told: Sequence[Told], template: Template) -> float:
    """The points of a list whose surroundings have `near` points; NEVER if it can be no list of comments."""
    parts = _Parts(records, told, template)
    if len(records) == 1 and not _is_sole(records[0], told[0], parts, near):
        return NEVER
    well = near >= _CALLED and min(parts.names, parts.texts) >= _NEARLY
    if parts.texts < _LEAST or (parts.times < _HALF and not (parts.signed or well)):
        return NEVER
    answerable = _share(records, lambda record: _is_answerable(record) or _is_of_member(record)) >= _HALF
    answerable = answerable or (parts.names >= _HALF and _wrote(records, told) >= _HALF)
    answerable = answerable or (near >= _BESIDE_FIELD and _are_talk(records, told))
    if parts.times < _HALF and sum(map(_leads_to_more, records, told)) >= _HALF * len(records):
        return NEVER  # "Ann on <the article's headline>"
    if _share(records, _tells_latest) >= _HALF or is_index(records, told):
        return NEVER
    if near < _WEAK and not (answerable or (parts.called and parts.numbered)):
        return NEVER
    score = 1.5 * parts.names + parts.times + parts.texts + 0.5 * parts.called + 0.5 * parts.numbered + 1.5 * answerable
    return score - of_articles(records, told) - (_monotony(told) if near < SURE else 0.0)


class _Parts:
    """Which shares of the records have a name, a time, a text; whether the place of names is `called` so, and the records are
    `numbered` as comments; `signed` if these tell enough where there are no times."""

    def __init__(self, records: Sequence[Record], told: Sequence[Told], template: Template) -> None:
        self.names = _share(told, lambda one: bool(one.name))
        few = len(records) < _SEVERAL
        self.times = _share(told, lambda one: any(map(_is_date, one.time)) if few else bool(one.time))
        self.texts = _share(told, lambda one: bool(one.text))
        self.called = bool(template.names) and AUTHOR.search(" ".join(template.names[0][-2:])) is not None
        self.numbered = _share(records, _is_numbered) > _HALF
        self.signed = self.names >= _LEAST and (self.called or self.numbered)


def _is_numbered(record: Record) -> bool:
    """Whether a record's id numbers a comment, or the place to which links lead at its beginning: `<a name="post4711">`."""
    item = record.parts[0]
    place = next(item.iter("a"), item)
    return any(numbers_item(name) for name in (item.get("id"), place.get("id"), place.get("name")) if name)


def _share(those: Sequence[_T], question: Callable[[_T], bool]) -> float:
    return sum(map(question, those)) / len(those)


def _is_sole(record: Record, told: Told, parts: _Parts, near: float) -> bool:
    """Whether a lone record is a comment: it has all parts, and calls itself one, or is called so by what stands around it."""
    item = record.parts[0]
    if not (told.name and told.text) or _is_to_write(record, told):
        return False
    if says_comments(told.text) or only_lead(told.text) or told.text.endswith((":", "：")):
        return False  # nothing but what leads to a name, or a label
    if sum(piece.time and _is_date(piece) for piece in record.pieces) > _MOST_TIMES or _holds_several(record):
        return False
    named = sum(names_comment(names(one)) for one in (item, *islice(item.iterancestors(), 2)))
    dated = any(map(_is_date, told.time))
    surely = near >= SURE and _is_head(record, told)
    headed = len(record.parts) > 1
    posted = POST.search(names(item)) is not None and _is_answerable(record)
    return (dated and (named > 0 or surely or headed or posted)) or (parts.called and parts.numbered and named > 1)


def _is_to_write(record: Record, told: Told) -> bool:
    """Whether a record has a form, and its name or text stands in it; the form to answer a comment stands behind its text, in
    an element that is called a comment: a cell with a story and a form is none."""
    if all(one.find(f".//{tag}") is None for one in record.parts for tag in _TO_WRITE):
        return False
    if not names_comment(names(record.parts[0])):
        return True
    head = {id(piece) for piece in told.head}
    said = (piece for piece in record.pieces if id(piece) not in head or (told.name and told.name in piece.text))
    return any(above.tag == "form" for piece in said for above in piece.home.iterancestors())


def _holds_several(record: Record) -> bool:
    """Whether dates stand at one place of several elements in a record, and a class tells these elements: it is a list itself."""
    homes: dict[Path, set[Element]] = {}
    for piece in record.pieces:
        if piece.time and _is_date(piece):
            above = tuple(piece.home.iterancestors())
            shared = homes.setdefault(piece.path, {piece.home, *above})
            if piece.home not in shared and any(one.get("class") for one in above if one not in shared):
                return True
    return False


def _is_head(record: Record, told: Told) -> bool:
    """Whether name and time stand beside each other, with a word or a sign between them at most, or the one begins and the other
    ends the record."""
    when = {id(piece) for piece in told.time}
    places = [at for at, piece in enumerate(record.pieces) if id(piece) in when]
    if not places:
        return False
    near = record.pieces[max(places[0] - _BETWEEN, 0) : places[-1] + _BETWEEN + 1]
    near += record.pieces[: _BETWEEN + 1] if len(record.pieces) - places[-1] <= _BETWEEN + 1 else []
    return any(told.name and told.name in piece.text for piece in near)


def _is_date(piece: Piece) -> bool:
    """Whether a time has a number, or is all that its element says; "today" stands in many a line."""
    return any(map(str.isdigit, piece.text)) or piece.text.strip() == clean_line(piece.home.text or "")


def _monotony(told: Sequence[Told]) -> float:
    """The points against a list in which everybody says the same, or one alone speaks."""
    texts = [one.text for one in told if one.text]
    writers = [one.name for one in told if one.name and not NAMELESS.fullmatch(one.name)]
    return 3.0 * (len(texts) > 2 and len(set(texts)) == 1) + 2.0 * (len(writers) > 3 and len(set(writers)) == 1)


def _is_answerable(record: Record) -> bool:
    short = [piece.text.lower() for piece in record.pieces[-_LAST:] if len(piece.text) < _SHORT]
    return any(REPLY.search(words) or COMPLAIN.search(words) for words in short)


def _are_talk(records: Sequence[Record], told: Sequence[Told]) -> bool:
    """Whether several people say something, each on some day, and nothing that they say leads anywhere else."""
    writers = {without_number(one.name) for one in told if one.name}
    days = {words for one in told if (words := "".join(piece.text for piece in one.time)) and not _CLOCK.fullmatch(words)}
    said = [one for one in told if one.text]  # who sent a picture says nothing
    whole = sum(bool(one.name and any(piece.time for piece in one.time)) for one in said)
    if len(writers) < _SEVERAL or 2 * len(writers) < len(told) or not days or whole < _NEARLY * len(said):
        return False
    return not any(map(_is_row_of_cells, records)) and not any(map(_leads_to_more, records, told))


def _is_row_of_cells(record: Record) -> bool:
    """Whether a record is one row of a table of figures, or some that tell one thing and its value each."""
    counts = [_cells(one) if one.tag == "tr" else 0 for one in record.parts]
    return min(counts) >= (_CELLS if len(counts) == 1 else 2) and len(counts) != 2


def _cells(row: Element) -> int:
    return sum(1 for one in row if one.tag == "td" and (one.text_content() or "").strip())


def _leads_to_more(record: Record, told: Told) -> bool:
    """Whether a record has a heading besides its writer's name, or a link that is a whole line or says that there is more."""
    others, name = [piece for piece in record.pieces if not _is_here(piece)], told.name or ""
    linked = [piece for piece in others if piece.linked and leads_away(piece)]
    return (
        any(any(map(TITLE.match, piece.path)) and piece.text.strip() not in name for piece in others if not piece.time)
        or any(len(piece.text.split()) >= HEADLINE for piece in linked)
        or any(_ON.fullmatch(piece.text.strip().lower()) for piece in linked)
    )


def _is_here(piece: Piece) -> bool:
    """Whether a piece is a link to its own comment: the subject that its writer has given it."""
    return piece.linked and numbers_item(address(piece).rpartition("#")[2])


def _wrote(records: Sequence[Record], told: Sequence[Told]) -> float:
    """The share of the records that say of their writer that he wrote them."""
    lines = (" ".join(piece.text for piece in one.head)[:_LINE] for one in told)
    return sum(WROTE.search(line.lower()) is not None for line in lines) / len(records)


def _tells_latest(record: Record) -> bool:
    """Whether a record says who wrote last, or when: then it is a topic."""
    said = (LATEST.search(piece.text.lower()) for piece in record.pieces if len(piece.text) < _SHORT)
    return any(found and not (found[0].endswith("activity") and _is_of_member(record)) for found in said)


def _is_of_member(record: Record) -> bool:
    """Whether a record tells what forums tell of a member: since when, how many posts."""
    short = [piece.text.strip() for piece in record.pieces if len(piece.text) < _SHORT]
    labelled = ((one.text, after.time) for one, after in pairwise(record.pieces) if len(one.text) < _SHORT)
    since = any(time and JOINED.search(label.lower()) for label, time in labelled)
    return since or any(map(POSTS.fullmatch, short)) or sum(map(bool, map(MEMBER.match, short))) > 1

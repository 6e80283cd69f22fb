"""What the rows of a list tell, read by the template that they share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from newsarchive.reading.comments.lists.learning import learn
from newsarchive.reading.comments.lists.pieces import Record, read_records
from newsarchive.reading.comments.lists.quotes import set_apart
from newsarchive.reading.comments.lists.telling import tell
from newsarchive.reading.comments.lists.template import Template, Told
from newsarchive.reading.document import Element
from newsarchive.text import clean_block

_NAME = "\0"  # stands for a writer's name
_SEVERAL = 3  # records below which sameness tells nothing
_SAME = 0.7  # the share of the records from which a line is the machine's


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows as records, their template, and what each tells by it."""

    records: list[Record]
    template: Template
    told: tuple[Told, ...]


def read_rows(rows: Sequence[tuple[Element, ...]], *, one_writer: bool = False) -> Rows:
    """Reads rows, each one element or siblings; what hangs in a row and is a row itself is none of it.

    With `one_writer` the template is learnt as if one reader had written all of them (`learn`).
    """
    records = read_records(rows)
    set_apart(records)
    template = learn(records, one_writer=one_writer)
    told = [tell(template, record) for record in records]
    return Rows(records, template, tuple(_without_notices(told)))


def _without_notices(told: Sequence[Told]) -> Iterator[Told]:
    """The records without the lines that a machine says in most of them, each time with the writer's name: "You ignore Ann"."""
    forms = Counter(form for one in told for form in set(_forms(one)))
    usual = {form for form, count in forms.items() if count >= max(_SEVERAL, _SAME * len(told))}
    for one in told:
        lines = (one.text or "").split("\n") if usual else []
        kept = [line for line in lines if not (one.name and line.replace(one.name, _NAME) in usual)]
        yield replace(one, text=clean_block("\n".join(kept)) or one.text) if len(kept) < len(lines) else one


def _forms(told: Told) -> Iterator[str]:
    """The lines of a text in which its writer's name stands, with one name for all."""
    if told.name and told.text and told.name in told.text:
        yield from (line.replace(told.name, _NAME) for line in told.text.split("\n") if told.name in line)

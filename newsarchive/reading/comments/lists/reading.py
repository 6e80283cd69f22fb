"""What the rows of a list tell, read by the template that they share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from newsarchive.reading.comments.lists.learning import learn
from newsarchive.reading.comments.lists.pieces import Record, read_records
from newsarchive.reading.comments.lists.quotes import set_apart
from newsarchive.reading.comments.lists.telling import tell
from newsarchive.reading.comments.lists.template import Template, Told
from newsarchive.reading.document import Element


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows as records, their template, and what each tells by it."""

    records: list[Record]
    template: Template
    told: tuple[Told, ...]


def read_rows(rows: Sequence[tuple[Element, ...]]) -> Rows:
    """Reads rows, each one element or siblings; what hangs in a row and is a row itself is none of it."""
    records = read_records(rows)
    set_apart(records)
    template = learn(records)
    return Rows(records, template, tuple(tell(template, record) for record in records))

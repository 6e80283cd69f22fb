"""The newspaper's own files: articles with their first comments, as they were typed in `content/*.txt`.

A file holds articles parted by a line of `=`. An article is header lines (`name: value`), an empty line, the text, and,
below a line of `-`, its readers' remarks. Text: a paragraph a line; `## ` begins a subhead, `> ` a quotation, and
`[words](address)` is a link. Remarks: one a line, `Nick :: text`, `>` before it for each level of reply; `¶` parts
paragraphs, `↵` lines, `❝` begins a quoted paragraph. A mark before the nick says what is not plain: `!pending`, `!spam`,
`!gone` (taken down in edition 2), `!new` (not before edition 2), `!edited` (` => ` parts the old text from the new).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, cast

from markupsafe import Markup, escape

State = Literal["public", "pending", "spam", "gone", "new", "edited"]
SECTIONS = {
    "news": "News",
    "business": "Business",
    "farming": "Farming",
    "sport": "Sport",
    "nhau": "Nhau",
    "street-talk": "Street Talk",
}
_LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")
_REMARK = re.compile(r"(?P<level>>*)\s*(?:!(?P<state>\w+) )?(?P<nick>.+?) :: (?P<text>.+)")
_BLOCKS = {"## ": "h3", "> ": "blockquote"}


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of an article's text: a paragraph `p`, a subhead `h3` or a `blockquote`, as plain text and as HTML."""

    kind: str
    text: str
    html: Markup


@dataclass(frozen=True, slots=True, eq=False)
class Remark:
    """A comment before it has a number and a date. `later` is its text in edition 2, if that differs."""

    author_name: str
    text: str
    parent: Remark | None = None
    state: State = "public"
    later: str | None = None

    @property
    def depth(self) -> int:
        """How many remarks are above this one."""
        return 0 if self.parent is None else self.parent.depth + 1


@dataclass(frozen=True, slots=True)
class Manuscript:
    """An article before it has a number and a date: `header` is the typed names and values."""

    header: dict[str, str]
    blocks: tuple[Block, ...]
    remarks: tuple[Remark, ...]

    @property
    def slug(self) -> str:
        """The article's name in its address."""
        return self.header["slug"]

    def many(self, name: str) -> tuple[str, ...]:
        """A header's values, which are typed with `;` between them."""
        return tuple(part.strip() for part in self.header.get(name, "").split(";") if part.strip())

    def number(self, name: str, default: float) -> float:
        """A header's value as a number: days for `age` and `modified`, a count for `comments`."""
        return float(self.header.get(name, default))


@cache
def manuscripts() -> tuple[Manuscript, ...]:
    """Every article in the files of the sections, drafts and the changed and new ones of edition 2 too."""
    return tuple(m for name in (*SECTIONS, "second-edition") for m in _articles(_content(f"{name}.txt")))


@cache
def phrases(name: str) -> dict[str, tuple[str, ...]]:
    """The lines of a content file under their `[heading]`, comments' marks turned into line ends."""
    found: dict[str, list[str]] = {}
    for line in filter(None, map(str.strip, _content(f"{name}.txt").splitlines())):
        if line.startswith("[") and line.endswith("]"):
            lines = found.setdefault(line[1:-1], [])
        else:
            lines.append(_typed(line))
    return {heading: tuple(lines) for heading, lines in found.items()}


def _content(name: str) -> str:
    return (files("newsarchive.demo") / "content" / name).read_text("utf-8")


def _articles(text: str) -> Iterator[Manuscript]:
    for part in filter(str.strip, re.split(r"^={4,}\n", text, flags=re.MULTILINE)):
        head, _, rest = part.strip().partition("\n\n")
        body, _, remarks = rest.partition("\n----\n")
        header = {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in head.splitlines())}
        blocks = tuple(_block(line.strip()) for line in body.splitlines() if line.strip())
        yield Manuscript(header, blocks, tuple(_remarks(remarks)))


def _block(line: str) -> Block:
    kind = next((_BLOCKS[mark] for mark in _BLOCKS if line.startswith(mark)), "p")
    line = re.sub(r"^(## |> )", "", line)
    html = Markup(_LINK.sub(r'<a href="\2">\1</a>', str(escape(line))))
    return Block(kind, _LINK.sub(r"\1", line), html)


def _remarks(text: str) -> Iterator[Remark]:
    above: list[Remark] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        found = _REMARK.fullmatch(line)
        if found is None:
            raise ValueError(f"not a remark: {line}")
        level = len(found["level"])
        words, _, later = found["text"].partition(" => ") if found["state"] == "edited" else (found["text"], "", "")
        state = cast("State", found["state"] or "public")  # the pattern has no other
        remark = Remark(found["nick"], _typed(words), above[level - 1] if level else None, state, _typed(later) or None)
        above[level:] = [remark]
        yield remark


def _typed(line: str) -> str:
    return re.sub(r"\s*¶\s*", "\n\n", re.sub(r"\s*↵\s*", "\n", line))

"""A comment platform that answers in JSON, described and not coded: where to ask, what to find in the answer, how to go on.

Such a description is written as a table (`docs/platforms.md`), by us for well-known platforms, by a user in a newspaper's file.
Its words are addresses with holes (`{name}`), CSS selectors, and paths into JSON: names and list places parted by dots, empty
for the whole; a path that begins with `/` starts at the answer instead of the comment, and `{name}` in it is the comment's own
value of that name (`/users.{user_id}.name`). A condition is a path whose value must be true or above 0, or `path=value`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Value:
    """Where a page tells a value that the questions need; of several of one name the first that is found counts.

    It is `text`, with the holes {url}, {path}, {origin} and {domain} of the article's address; or it stands in the element that
    `css` selects, in `attribute` or in its text, and is the first group of the regular expression `pattern`, if there is one.
    """

    name: str
    css: str = ""
    attribute: str = ""
    pattern: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A request for a page of comments, and what its answer tells of the next one.

    Holes in `url` and `body` are the page's values, {size}, and the way of paging: {page} and {offset} are counted on from
    `first`, {cursor} is what the answer names at `next`, or the last comment of the list at `after`. A hole {comment} is the
    id of the comment whose replies are asked for, {key} the user's key for this platform. `comments` is the path of the list
    (or object) of comments. `more` is a condition on the answer: there is another page. Without one, a page that is not full
    is the last one, and where no `size` is known, an empty page. `total` is the path of the claimed number of comments, or
    `total_with_hidden` where this number is known to hold the places of those that were taken away.
    """

    url: str
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    body: str = ""
    comments: str = ""
    first: str = ""
    size: int = 0
    next: str = ""
    after: str = ""
    more: str = ""
    total: str = ""
    total_with_hidden: str = ""

    @property
    def claim(self) -> str:
        """The path of the claimed number, whatever it counts."""
        return self.total or self.total_with_hidden


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One platform. `page` is the CSS selector of what shows that a page uses it, `fields` name the paths in a comment.

    `sign` is a text that stands in the source of every such page: to look for it costs next to nothing.
    The fields: id, parent, name, account, created, text or html, upvotes, downvotes, hidden (a condition: the text was taken
    away), replies (the list of comments that answer it) and reply_count (how many there are, of which `replies` may hold the
    first only). `ask_replies` asks for the rest of them.
    """

    name: str
    page: str
    values: tuple[Value, ...]
    ask: Question
    fields: tuple[tuple[str, str], ...]
    ask_replies: Question | None = None
    sign: str = ""

    def field(self, name: str) -> str | None:
        """The path (or condition) of a field; None where the platform has none."""
        return dict(self.fields).get(name)

    def to_json(self) -> dict[str, Any]:
        """The description as JSON values."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Endpoint:
        """The inverse of `to_json`."""
        replies = value.get("ask_replies")
        return cls(
            name=value["name"],
            page=value["page"],
            values=tuple(Value(**one) for one in value["values"]),
            ask=_question(value["ask"]),
            fields=_pairs(value["fields"]),
            ask_replies=_question(replies) if replies else None,
            sign=value.get("sign", ""),
        )


def _question(value: Mapping[str, Any]) -> Question:
    return Question(**{**value, "headers": _pairs(value["headers"])})


def _pairs(rows: Any) -> tuple[tuple[str, str], ...]:
    return tuple((name, text) for name, text in rows)

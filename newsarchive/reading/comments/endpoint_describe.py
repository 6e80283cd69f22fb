"""An endpoint's description from the table in which it is written, with every slip of the pen told by its field.

`endpoints.toml` has one table for each well-known platform; a newspaper's file has its own in `comments`. A table that names a
`preset` changes that one's fields, and where it gives values of its own and no `page`, every page counts as using it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

from lxml.cssselect import CSSSelector, SelectorError

from newsarchive.endpoints import Endpoint, Question, Value
from newsarchive.errors import UsageError
from newsarchive.reading.comments.endpoint_request import HOLE, PAGING, asked, holes, leading, start, thread_names, written

FIELDS = (
    *("id", "parent", "name", "account", "created", "text", "html"),
    *("upvotes", "downvotes", "hidden", "replies", "reply_count"),
)
PAGE_VALUES = ("url", "path", "origin", "domain")
_TABLES = ("values", "ask", "fields", "ask_replies")
_ENDPOINT = ("name", "preset", "page", "sign", *_TABLES)
_QUESTION = tuple(Question.__dataclass_fields__)
_VALUE = ("css", "attribute", "pattern")


def described(table: object, *, where: str, taken: Collection[str] = ()) -> Endpoint:
    """The endpoint that a table describes. Raises UsageError that says which field is wrong, and what is wanted.

    `where` stands before the field's name in that message. The names in `taken` are those of platforms with a reader of their own
    (`comments.NAMES`): another one's numbers under such a name would be taken for its comments.
    """
    endpoint = _Reader(where).endpoint(table)
    if endpoint.name in taken:
        raise UsageError(f"{where}.name = {endpoint.name!r} is wrong: a platform that is built in is called so")
    return endpoint


@lru_cache(maxsize=1)
def presets() -> tuple[Endpoint, ...]:
    """The well-known platforms of `endpoints.toml`."""
    return tuple(described({"name": name, **table}, where=f"endpoints.toml: {name}") for name, table in _written().items())


@lru_cache(maxsize=1)
def _written() -> dict[str, dict[str, Any]]:
    text = files("newsarchive.reading.comments").joinpath("endpoints.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


class _Reader:
    """Reads one table; all its complaints begin with the same words."""

    def __init__(self, where: str) -> None:
        self.where = where

    def endpoint(self, given: object) -> Endpoint:
        table = self.on_preset(self.table("", given, _ENDPOINT))
        values = tuple(
            one for name, told in self.table("values", table.get("values", {})).items() for one in self.value(name, told)
        )
        replies = table.get("ask_replies")
        endpoint = Endpoint(
            name=self.matching("name", table.get("name"), r"[a-z0-9]{1,40}", "small letters and digits are wanted"),
            page=self.selector("page", self.text("page", table.get("page", ""))),
            values=values,
            ask=self.question("ask", table.get("ask")),
            fields=self.fields(table.get("fields", {})),
            ask_replies=None if replies is None else self.question("ask_replies", replies),
            sign=self.text("sign", table.get("sign", "")),
        )
        self.check_holes(endpoint)
        self.check_round(endpoint)
        return endpoint

    def wrong(self, field: str, value: object, wanted: str) -> UsageError:
        return UsageError(f"{self.where}{field and '.' + field} = {value!r} is wrong: {wanted}")

    def on_preset(self, table: dict[str, Any]) -> dict[str, Any]:
        """The table, on the ground of the preset that it names."""
        if "preset" not in table:
            return table
        known = _written()
        if table["preset"] not in known:
            raise self.wrong("preset", table["preset"], f"one of {', '.join(sorted(known))} is wanted")
        ground = {"name": table["preset"], **known[table["preset"]]}
        merged = {name: {**ground.get(name, {}), **self.table(name, table[name])} for name in _TABLES if name in table}
        everywhere = {"page": "", "sign": ""} if "values" in table else {}
        return ground | everywhere | table | merged

    def table(self, field: str, value: object, known: Collection[str] | None = None) -> dict[str, Any]:
        if not isinstance(value, Mapping) or not all(isinstance(name, str) for name in value):
            raise self.wrong(field, value, "a table of names is wanted, as {...}")
        for name in value:
            if known is not None and name not in known:
                raise self.wrong(f"{field}.{name}".strip("."), value[name], f"there is no such field, only {', '.join(known)}")
        return dict(value)

    def text(self, field: str, value: object) -> str:
        if not isinstance(value, str):
            raise self.wrong(field, value, "a text is wanted")
        return value

    def matching(self, field: str, value: object, pattern: str, wanted: str) -> str:
        if not re.fullmatch(pattern, value if isinstance(value, str) else ""):
            raise self.wrong(field, value, wanted)
        return str(value)

    def selector(self, field: str, css: str) -> str:
        try:
            CSSSelector(css or "*")
        except SelectorError as error:
            raise self.wrong(field, css, f"no CSS selector ({error})") from None
        return css

    def value(self, name: str, told: object) -> list[Value]:
        """One value of the page: a text, a place in the page, or a list of these that are tried in turn."""
        field = f"values.{name}"
        self.matching("values", name, r"[a-z_]{1,40}", "a value's name has small letters and _ only")
        if name in (*PAGE_VALUES, *PAGING, "size", "comment", "key"):
            raise self.wrong(field, told, f"{{{name}}} has a meaning of its own; choose another name")
        if isinstance(told, list | tuple):
            return [one for each in told for one in self.value(name, each)]
        if isinstance(told, str):
            return [Value(name, text=told)]
        places = {key: self.text(f"{field}.{key}", one) for key, one in self.table(field, told, _VALUE).items()}
        if not places.get("css"):
            raise self.wrong(field, told, 'a text is wanted, or where it stands, as {"css": "#talk", "attribute": "data-id"}')
        self.selector(f"{field}.css", places["css"])
        try:
            re.compile(places.get("pattern", ""))
        except re.error as error:
            raise self.wrong(f"{field}.pattern", places["pattern"], f"no regular expression ({error})") from None
        return [Value(name, **places)]

    def question(self, field: str, given: object) -> Question:
        table = self.table(field, given, _QUESTION)
        headers = self.table(f"{field}.headers", table.pop("headers", {}))
        size = table.pop("size", 0)
        if not isinstance(size, int) or isinstance(size, bool) or not 0 <= size <= 10_000:
            raise self.wrong(f"{field}.size", size, "a number of comments is wanted, 0 if it is not known")
        told = {name: self.text(f"{field}.{name}", value) for name, value in table.items()}
        address = r"(?:https?://[^/?#{}\s]+|\{[a-z_]+\})(?:[/?]\S*)?"
        wanted = 'an address with holes is wanted, as "https://talk.example/list?article={article}&page={page}"'
        self.matching(f"{field}.url", told.get("url"), address, wanted)
        self.matching(f"{field}.method", told.get("method", "GET"), "GET|POST", "GET or POST is wanted")
        pairs = tuple((name, self.text(f"{field}.headers.{name}", value)) for name, value in headers.items())
        return self.check_paging(field, Question(size=size, headers=pairs, **told))

    def check_paging(self, field: str, question: Question) -> Question:
        ways = [name for name in holes(question) if name in PAGING]
        if len(ways) > 1:
            raise self.wrong(f"{field}.url", question.url, "only one of {page}, {offset}, {cursor} can be asked for")
        if ways == ["cursor"] and bool(question.next) == bool(question.after):
            raise self.wrong(f"{field}.next", question.next, "a {cursor} wants the path of the next one in `next`, or in `after`")
        if ways in (["page"], ["offset"]):
            self.matching(f"{field}.first", question.first, r"\d{0,6}", "a number is wanted: where counting begins")
        if "size" in holes(question) and not question.size:
            raise self.wrong(f"{field}.size", question.size, "{size} is asked for: say how many")
        return question

    def fields(self, given: object) -> tuple[tuple[str, str], ...]:
        table = self.table("fields", given, FIELDS)
        if "id" not in table or not table.keys() & {"text", "html"}:
            raise self.wrong("fields", given, "`id` is wanted, and `text` or `html`")
        return tuple((name, self.text(f"fields.{name}", path)) for name, path in table.items())

    def check_holes(self, endpoint: Endpoint) -> None:
        """Every hole must be filled in the first request, and again from nothing but an earlier request."""
        ask, replies = endpoint.ask, endpoint.ask_replies
        known = {*PAGE_VALUES, *PAGING, "size", "key", *(one.name for one in endpoint.values)}
        for name in set(holes(ask)) - known:
            raise self.wrong("ask", ask.url + ask.body, f"nothing says what {{{name}}} is: name it in `values`")
        if not thread_names(endpoint):
            raise self.wrong("ask.url", ask.url, "it asks for no article: a hole as {path} is wanted")
        for field, question in (("ask", ask), ("ask_replies", replies or ask)):
            for name, value in question.headers:
                if not {*HOLE.findall(value)} <= {*holes(question), "key"}:
                    raise self.wrong(f"{field}.headers.{name}", value, "only what the address or the body says can stand here")
        if replies and not {"comment", *thread_names(endpoint)} <= {*holes(replies)} <= {*holes(ask), *PAGING, "comment", "size"}:
            names = ", ".join(f"{{{name}}}" for name in ("comment", *thread_names(endpoint)))
            raise self.wrong("ask_replies.url", replies.url, f"{names} are wanted in it, and nothing that `ask` does not have")

    def check_round(self, endpoint: Endpoint) -> None:
        """A request must be known again by its address, or its answer could not be read."""
        for field, question in (("ask", endpoint.ask), ("ask_replies", endpoint.ask_replies or endpoint.ask)):
            sample = {name: "a/1 é" for name in holes(question)} | start(question)
            sample |= {name: "https://talk.example/in" for name in (leading(question.url),) if name}
            follow = written(endpoint, question, sample)
            if follow is None or not sample.items() >= (asked(question, follow.url, follow.method, follow.body) or {}).items():
                raise self.wrong(
                    f"{field}.url", question.url, "such a request could not be known again; write it as browsers send it"
                )

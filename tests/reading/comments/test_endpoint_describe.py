"""A description with a slip of the pen is told before the first request: which field is wrong, and what is wanted."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from newsarchive.errors import UsageError
from newsarchive.reading.comments import NAMES
from newsarchive.reading.comments.endpoint_describe import described, presets
from newsarchive.reading.comments.endpoint_request import asked, start, written
from newsarchive.site import NewsSite

GOOD: dict[str, Any] = {
    "name": "bantr",
    "page": "#talk",
    "values": {"topic": {"css": "#talk", "attribute": "data-topic"}},
    "ask": {"url": "https://talk.example/list?topic={topic}&page={page}", "comments": "items"},
    "fields": {"id": "id", "text": "text"},
}


def changed(path: str, value: Any) -> dict[str, Any]:
    """`GOOD` with another value at a path of names; None takes the name away."""
    table = deepcopy(GOOD)
    *way, last = path.split(".")
    at = table
    for name in way:
        at = at.setdefault(name, {})
    at[last] = value
    if value is None:
        del at[last]
    return table


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ("name", None, "comments.name = None is wrong: small letters and digits"),
        ("name", "Big Talk", "comments.name = 'Big Talk' is wrong"),
        ("nmae", "talk", "comments.nmae = 'talk' is wrong: there is no such field, only name, preset, page"),
        ("page", "div[", "comments.page = 'div[' is wrong: no CSS selector"),
        ("page", 5, "comments.page = 5 is wrong: a text is wanted"),
        ("values", ["topic"], "comments.values = ['topic'] is wrong: a table of names is wanted"),
        ("values.Topic", "x", "comments.values = 'Topic' is wrong: a value's name"),
        ("values.cursor", "x", "comments.values.cursor = 'x' is wrong: {cursor} has a meaning of its own"),
        ("values.topic", {"attribute": "id"}, "comments.values.topic = {'attribute': 'id'} is wrong: a text is wanted, or where"),
        ("values.topic.css", "#", "comments.values.topic.css = '#' is wrong: no CSS selector"),
        ("values.topic.pattern", "(", "comments.values.topic.pattern = '(' is wrong: no regular expression"),
        ("values.topic.regex", "x", "comments.values.topic.regex = 'x' is wrong: there is no such field"),
        ("values.topic", 7, "comments.values.topic = 7 is wrong"),
        ("ask", None, "comments.ask = None is wrong: a table of names is wanted"),
        ("ask.url", None, "comments.ask.url = None is wrong: an address with holes"),
        ("ask.url", "talk.example/{topic}", "comments.ask.url = 'talk.example/{topic}' is wrong: an address with holes"),
        ("ask.url", "ftp://talk.example/{topic}", "is wrong: an address with holes"),
        ("ask.url", "https://{topic}.example/", "is wrong: an address with holes"),
        ("ask.url", "https://talk.example/?t={topic}#{page}", "is wrong: such a request could not be known again"),
        ("ask.url", "https://talk.example/?t={topic}&a={topick}", "nothing says what {topick} is: name it in `values`"),
        ("ask.url", "https://talk.example/?page={page}", "it asks for no article"),
        ("ask.url", "https://talk.example/?t={topic}&p={page}&o={offset}", "only one of {page}, {offset}, {cursor}"),
        ("ask.url", "https://talk.example/?t={topic}&c={cursor}", "comments.ask.next = '' is wrong: a {cursor} wants the path"),
        ("ask.url", "https://talk.example/?t={topic}&n={size}", "comments.ask.size = 0 is wrong: {size} is asked for"),
        ("ask.url", "https://talk.example/?t={topic}&c={comment}", "nothing says what {comment} is"),
        ("ask.first", "one", "comments.ask.first = 'one' is wrong: a number is wanted"),
        ("ask.size", "20", "comments.ask.size = '20' is wrong: a number of comments"),
        ("ask.size", True, "comments.ask.size = True is wrong"),
        ("ask.method", "PUT", "comments.ask.method = 'PUT' is wrong: GET or POST"),
        ("ask.headers", "X: 1", "comments.ask.headers = 'X: 1' is wrong: a table"),
        ("ask.headers", {"X": 1}, "comments.ask.headers.X = 1 is wrong: a text"),
        (
            "ask.headers",
            {"Referer": "{url}"},
            "comments.ask.headers.Referer = '{url}' is wrong: only what the address or the body",
        ),
        ("ask.list", "items", "comments.ask.list = 'items' is wrong: there is no such field, only url, method"),
        ("ask_replies", {"url": "https://talk.example/?t={topic}"}, "{comment}, {topic} are wanted in it"),
        ("ask_replies", {"url": "https://talk.example/?c={comment}"}, "{comment}, {topic} are wanted in it"),
        ("ask_replies", {"url": "https://talk.example/?t={topic}&c={comment}&p={path}"}, "nothing that `ask` does not have"),
        ("fields", {"id": "id"}, "`id` is wanted, and `text` or `html`"),
        ("fields.body", "body", "comments.fields.body = 'body' is wrong: there is no such field, only id, parent"),
        ("fields.name", ["a"], "comments.fields.name = ['a'] is wrong: a text is wanted"),
    ],
)
def test_a_wrong_field_is_named(path: str, value: Any, told: str) -> None:
    described(GOOD, where="comments")
    with pytest.raises(UsageError) as error:
        described(changed(path, value), where="comments")
    assert told in str(error.value)


def test_a_preset_that_is_none_is_told_with_those_there_are() -> None:
    with pytest.raises(UsageError, match=r"comments\.preset = 'disqus' is wrong: one of artalk, commento, cusdis, isso"):
        described({"preset": "disqus"}, where="comments")


@pytest.mark.parametrize("table", [5, "isso", ["isso"], [[]]])
def test_what_is_no_table_is_told(table: Any) -> None:
    with pytest.raises(UsageError, match="a table of names is wanted"):
        described(table, where="comments")


def test_every_preset_can_be_asked_and_known_again() -> None:
    assert [one.name for one in presets()] == ["isso", "remark42", "cusdis", "commento", "waline", "artalk", "twikoo"]
    for one in presets():
        for question in filter(None, (one.ask, one.ask_replies)):
            values = {value.name: "https://talk.example" for value in one.values} | {"comment": "7"} | start(question)
            follow = written(one, question, values)
            assert follow is not None
            matched = [other.name for other in presets() if asked(other.ask, follow.url, follow.method, follow.body)]
            assert matched == ([one.name] if question is one.ask else [])


def test_a_newspapers_file_is_checked_when_it_is_loaded() -> None:
    class Gazette(NewsSite):
        name = "gazette"
        start_urls = ["https://gazette.example/"]  # noqa: RUF012
        comments = {"preset": "isso", "ask": {"size": "many"}}  # noqa: RUF012

    with pytest.raises(UsageError, match=r"newspaper 'gazette': comments\.ask\.size = 'many' is wrong"):
        Gazette()
    Gazette.comments = [{"preset": "isso", "name": "old"}, {"preset": "waline"}]  # type: ignore[assignment]
    assert [one.name for one in Gazette().profile().endpoints] == ["old", "waline"]


def test_no_description_is_called_like_a_platform_that_is_built_in() -> None:
    assert {"wordpress", "list", "disqus", "drupal"} <= NAMES
    with pytest.raises(UsageError, match=r"comments\.name = 'disqus' is wrong: a platform that is built in is called so"):
        described(GOOD | {"name": "disqus"}, where="comments", taken=NAMES)

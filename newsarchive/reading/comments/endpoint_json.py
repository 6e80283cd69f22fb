"""Paths and conditions in the JSON that an endpoint answers."""

from __future__ import annotations

import json
import re
from typing import Any

from newsarchive.text import clean_line

MISSING: Any = object()  # what a path leads to that is not there; `null` is there

_WRAPPER = re.compile(r"\s*(?:for\s*\(;;\);|\)\]\}',?|(?:/\*\*/\s*)?[\w.$]{1,100}\s*\()\s*(?=[\[{])")  # against theft, or JSONP
_OWN_VALUE = re.compile(r"\{([^{}]*)\}")
_LONGEST = 1000  # characters of an id, a name or a cursor; no honest one is longer


def unwrapped(text: str) -> Any:
    """The JSON value of an answer, out of its JSONP call or behind its guard; None if there is none."""
    wrapper = _WRAPPER.match(text)
    body = text[wrapper.end() :] if wrapper else text.lstrip()
    try:
        return json.JSONDecoder(strict=False).raw_decode(body)[0]
    except (ValueError, RecursionError):
        return None


def dig(path: str, value: Any, root: Any = None) -> Any:
    """What stands at a path in `value`, or in `root` if it begins with `/`; MISSING if nothing does."""
    at = root if path.startswith("/") else value
    for step in filter(None, path.removeprefix("/").split(".")):
        own = _OWN_VALUE.fullmatch(step)
        name = word(dig(own[1], value)) if own else step
        if isinstance(at, dict) and name in at:
            at = at[name]
        elif isinstance(at, list) and name is not None and name.isdecimal() and len(name) < 7 and int(name) < len(at):
            at = at[int(name)]
        else:
            return MISSING
    return at


def word(value: Any) -> str | None:
    """An id, a name or a cursor as text: numbers as JSON writes them; None for anything else, and for an empty one."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = clean_line(value if isinstance(value, str) else json.dumps(value))
    return text if 0 < len(text) <= _LONGEST else None


def holds(condition: str, value: Any, root: Any = None) -> bool:
    """Whether a condition is met: `path` leads to what is true, above 0 or not empty; `path=value` to this very value."""
    path, sign, wanted = condition.partition("=")
    found = dig(path.strip(), value, root)
    if found is MISSING:
        return False
    if sign:
        return (found if isinstance(found, str) else json.dumps(found)) == wanted.strip()
    return found > 0 if isinstance(found, int | float) else bool(found) and found != "false"


def rows(value: Any) -> list[Any] | None:
    """A list of comments, or the values of an object of them, or nothing at all (`null`); None for what is no list."""
    if value is None:
        return []
    return value if isinstance(value, list) else list(value.values()) if isinstance(value, dict) else None

"""The account of a bundle in plain words, as a page and as text. Nothing in it runs: what the web wrote is escaped."""

from __future__ import annotations

from pathlib import Path
from textwrap import indent
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from newsarchive.text import clean, clean_line

_HERE = Path(__file__).parent
_BESIDE = ("text", "page", "site")  # of a row: they have a place of their own on the page


def html_page(told: dict[str, Any]) -> str:
    """The account as HTML: no scripts, nothing that is fetched, which its own Content-Security-Policy also forbids."""
    return _environment(autoescape=True).get_template("account.html").render(_words(told))


def text_page(told: dict[str, Any]) -> str:
    """The account as text; the lines of texts from the web begin with a bar, so that they cannot pass for ours."""
    return _environment(autoescape=False).get_template("account.txt").render(_words(told))


def _environment(*, autoescape: bool) -> Environment:
    found = Environment(
        loader=FileSystemLoader(_HERE), autoescape=autoescape, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    found.filters |= {"line": _line, "bar": _bar}
    return found


def _words(told: dict[str, Any]) -> dict[str, Any]:
    known = {name: value for name, value in told["catalogue"].items() if value is not None and name not in _BESIDE}
    return told | {"known": known, "files": sorted({one["warc"] for one in told["records"]})}


def _line(value: object) -> str:
    """A value on one line, in which nothing acts."""
    return clean_line(str(value))


def _bar(text: str) -> str:
    """A text of the web with a bar before each line."""
    return indent(clean(text), "    | ", lambda _: True)

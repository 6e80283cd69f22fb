"""The files that make a newspaper known: its declaration in Python, and where it stands with its fixture."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

from newsarchive.errors import UsageError
from newsarchive.probing.facts import Facts
from newsarchive.settings import sites_folder
from newsarchive.text import clean_line

_PROJECT = Path(__file__).resolve().parent.parent.parent
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_SECOND_LEVEL = {"co", "com", "org", "net", "ac", "gov", "go", "edu", "or", "ne", "nom", "web", "info"}
_NO_NAME = {"www", "news", "m", "mobile", "amp", "en"}
_TAKEN = {"news"}  # of the newspaper that any is


def name_of(url: str) -> str:
    """A short name for the newspaper at an address: `pindula` for news.pindula.co.zw."""
    labels = (urlsplit(url).hostname or "").lower().split(".")
    if all(label.isdecimal() for label in labels):
        return f"site_{'_'.join(labels)}_{urlsplit(url).port or 80}"
    labels = labels[:-1] or labels
    if len(labels) > 1 and labels[-1] in _SECOND_LEVEL:
        labels = labels[:-1]
    named = next((label for label in reversed(labels) if label not in _NO_NAME), labels[-1])
    name = re.sub(r"[^a-z0-9]+", "_", named).strip("_")
    return name if _NAME.fullmatch(name) and name not in _TAKEN else f"site_{name}"[:40]


def places(name: str) -> tuple[Path, Path]:
    """Where a newspaper's file and its fixture (without an ending) go: into NEWSARCHIVE_SITES, else into the project.

    Raises UsageError for a name that is none, and where there is such a newspaper.
    """
    if not _NAME.fullmatch(name) or name in _TAKEN:
        raise UsageError(f"{name!r} is no name for a newspaper: lower-case letters, digits and _, a letter first")
    yours = sites_folder()
    file = (yours or _PROJECT / "spiders") / f"{name}.py"
    if file.exists():
        raise UsageError(f"{file} is there already: choose another --name, or remove it")
    return file, (yours or _PROJECT / "tests" / "sites") / name


def declaration(name: str, facts: Facts) -> str:
    """The newspaper's file, with what was found out and is worth saying; no longer than 25 lines."""
    title = facts.title or urlsplit(facts.url).netloc
    said = re.sub(r"[\\\"]", "", clean_line(title)).strip() or name
    fields = {
        "title": _text(facts.title),
        "in_language": _text(facts.in_language),
        "languages": f"({', '.join(map(json.dumps, facts.languages))})" if facts.languages else None,
        "country": _text(facts.country),
        "time_zone": _text(facts.time_zone),
        "article_urls": _expression(facts.article_urls),
    }
    class_name = "".join(part.capitalize() for part in name.split("_"))
    lines = [
        f'"""{said}{": comments by " + ", ".join(facts.platforms) if facts.platforms else ""}."""',
        "",
        "from newsarchive.site import NewsSite",
        "",
        "",
        f"class {class_name}(NewsSite):",
        f"    name = {_text(name)}",
        f"    start_urls = [{_text(facts.url)}]",
        *(f"    {field} = {value}" for field, value in fields.items() if value),
    ]
    return "\n".join(lines) + "\n"


def _text(value: str | None) -> str | None:
    return json.dumps(clean_line(value), ensure_ascii=False) if value else None


def _expression(pattern: str | None) -> str | None:
    """A raw string where it can be one, which is how people write expressions."""
    return f'r"{pattern}"' if pattern and '"' not in pattern else _text(pattern)

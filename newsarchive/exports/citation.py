"""How to cite an article or a comment: its address, which may change, and the capture that proves it, with its digest."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, get_args

from newsarchive.errors import UsageError
from newsarchive.text import clean_line
from newsarchive.times import from_iso
from newsarchive.vault.takedown.targets import resolve

Style = Literal["chicago", "bibtex"]
STYLES: tuple[Style, ...] = get_args(Style)

_FIRST_WORDS = 80  # signs of a comment that stand for its title
_EXACT = ("second", "minute", "hour", "day")
_PROOF = "c.id AS record, c.captured_at, c.payload_digest, s.id AS site_id, s.name AS site"
_FACTS = {
    "article": f"""
SELECT a.headline, a.url, a.date_published AS date, 'day' AS precision, NULL AS earliest, NULL AS latest, {_PROOF},
    (SELECT json_group_array(name) FROM (SELECT n.name FROM article_authors l JOIN authors n ON n.id = l.author_id
     WHERE l.article_id = a.id ORDER BY l.position)) AS authors
FROM articles a JOIN captures c ON c.id = a.capture_id JOIN sites s ON s.id = a.site_id WHERE a.id = ?
""",
    "comment": f"""
SELECT k.text, a.headline, coalesce(a.url, t.url) AS url, k.date_created AS date, k.date_created_precision AS precision,
    k.date_created_earliest AS earliest, k.date_created_latest AS latest, {_PROOF},
    json_array(k.author_name) AS authors
FROM comments k JOIN captures c ON c.id = k.capture_id JOIN sites s ON s.id = k.site_id JOIN threads t ON t.id = k.thread_id
LEFT JOIN articles a ON a.id = k.article_id WHERE k.id = ?
""",
}
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_TEX = {sign: f"\\{sign}" for sign in "$&%#_"} | {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # BibTeX counts braces, escaped or not
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def cite(catalogue: Path, what: str, style: Style) -> str:
    """A citation of the article or comment that `what` names: an id, or an article's address. Raises UsageError if none."""
    with closing(sqlite3.connect(f"{catalogue.as_uri()}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        target = resolve(connection, what)
        if target.kind == "commenter":
            raise UsageError(f"{what} is a commenter; an article or a comment can be cited")
        facts = dict(connection.execute(_FACTS[target.kind], [target.id]).fetchone())
    facts["authors"] = [clean_line(name) for name in json.loads(facts["authors"]) if name]
    return _chicago(facts) if style == "chicago" else _bibtex(facts)


def _chicago(facts: Mapping[str, Any]) -> str:
    """A note as the Chicago Manual of Style has it for web pages and comments, and the proof behind it."""
    names = _joined(facts["authors"])
    parts = [*([names] if names else []), f"“{_title(facts)},”"]
    if "text" in facts and facts["headline"]:
        parts[-1] += f" comment on “{clean_line(facts['headline'])},”"
    before = ", ".join(parts[:-1])
    begin = f"{before}, {parts[-1]}" if before else parts[-1]
    return f"{begin} {clean_line(facts['site'])}, {_when(facts)}, {facts['url']}. {_proof(facts)}"


def _bibtex(facts: Mapping[str, Any]) -> str:
    """An entry of the kind `misc`, which every style of BibTeX knows."""
    date = facts["date"] or facts["captured_at"]
    exact = facts["date"] and facts["precision"] in _EXACT
    about = clean_line(facts["headline"]) if "text" in facts and facts["headline"] else None
    fields = {
        "author": " and ".join(f"{{{_tex(name)}}}" for name in facts["authors"]),
        "title": f"{{{_tex(_title(facts))}}}",
        "howpublished": _tex(f"Comment on “{about}”, {clean_line(facts['site'])}" if about else clean_line(facts["site"])),
        "year": date[:4] if exact else "",
        "month": date[5:7].lstrip("0") if exact else "",
        "url": re.sub(r"[{}\\\s]", lambda found: f"%{ord(found[0]):02X}", facts["url"] or ""),
        "urldate": facts["captured_at"][:10],
        "note": _tex(f"{_when(facts)}. {_proof(facts)}"),
    }
    key = f"{facts['site_id']}-{date[:10]}-{facts['record'][-8:]}"
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{{key},\n{lines}}}"


def _title(facts: Mapping[str, Any]) -> str:
    """The headline; of a comment its first words."""
    if "text" not in facts:
        return clean_line(facts["headline"] or "untitled")
    words = clean_line(facts["text"] or "(no words)")
    return words if len(words) <= _FIRST_WORDS else f"{words[:_FIRST_WORDS].rsplit(' ', 1)[0]}…"


def _when(facts: Mapping[str, Any]) -> str:
    if facts["date"] and facts["precision"] in _EXACT:
        return _day(from_iso(facts["date"]))
    if facts["earliest"] and facts["latest"]:
        return f"between {_day(from_iso(facts['earliest']))} and {_day(from_iso(facts['latest']))}"
    return "n.d."


def _proof(facts: Mapping[str, Any]) -> str:
    at = from_iso(facts["captured_at"])
    digest = f", payload {facts['payload_digest']}" if facts["payload_digest"] else ""
    return f"Captured {_day(at)}, {at:%H:%M:%S} UTC, WARC record {facts['record']}{digest}."


def _day(at: datetime) -> str:
    return f"{_MONTHS[at.month - 1]} {at.day}, {at.year}"


def _joined(names: list[str]) -> str:
    """Names as they are signed: who knows which of them is the family's."""
    if len(names) < 3:
        return " and ".join(names)
    return f"{', '.join(names[:-1])}, and {names[-1]}"


def _tex(text: str) -> str:
    return "".join(_TEX.get(sign, sign) for sign in text)

"""Four remarks beneath a story, for tests of how lists of comments are made; and what is read of them."""

from __future__ import annotations

from datetime import UTC, datetime

from newsarchive.items import Comment
from newsarchive.reading import read_html

AT = datetime(2019, 3, 20, 12, tzinfo=UTC)
SAID = (
    ("Rudo", "12.03.2019 10:12", "The bus was late again this morning, and nobody told us why."),
    ("Old Joe", "12.03.2019 11:40", "There was a tram once. They tore it up for a car park."),
    ("k.", "13.03.2019 09:03", "Well said."),
    ("Marta P", "14.03.2019 18:27", "Come and drive the 44 for a week, then talk."),
)
FIELD = "<form><textarea name=m></textarea></form>"
STORY = """<article><h1>Fares to rise</h1><p>The council has voted to raise the fares from January, after a long debate that went
on until midnight.</p><p>Fuel and wages have become far dearer in two years, the transport chief told the members of the
council, and the subsidy has not.</p><p>Passengers called the vote a mistake, and asked for more buses in the
evening.</p></article>"""


def read(marks: str, *, language: str = "en") -> tuple[Comment, ...]:
    head = "<title>Fares to rise</title><meta property=og:type content=article>"
    html = f"<html lang={language}>{head}<body>{STORY}{marks}</body></html>"
    return read_html(html, "https://courier.example/news/fares-to-rise/", captured_at=AT).comments


def rows(form: str, times: tuple[str, ...] = ()) -> str:
    said = [(name, times[at] if times else time, text) for at, (name, time, text) in enumerate(SAID)]
    return "".join(form.format(at=at, n=at + 1, name=name, time=time, text=text) for at, (name, time, text) in enumerate(said))


def shown(found: tuple[Comment, ...]) -> list[tuple[str | None, str | None, str | None]]:
    return [(one.author_name, one.date_created_raw, one.text) for one in found]


def above(found: tuple[Comment, ...]) -> list[int | None]:
    places = {one.id: at for at, one in enumerate(found)}
    return [places.get(one.parent_id or "") for one in found]

"""The pictures of an archive: which there are, and the charts of each, from tables that are counted when a crawl ends.

Nothing is cut: what a chart leaves out is told beside it, with its number, and the tables behind it hold all.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from newsarchive.explore.charts import Chart, binned, by_series
from newsarchive.explore.shares import Kind, chart_shares

Step = Literal["day", "month", "year"]
MOST_DAYS, MOST_MONTHS = 100, 240  # that are drawn one by one, unless somebody asks for it
_DIGITS: Mapping[Step, Literal[4, 7, 10]] = {"day": 10, "month": 7, "year": 4}
_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_OF_SITE = "(:site = '' OR site_id = :site)"
_NO_PERSON = "A name is not a person: anybody may have used it, and one that is used on two sites counts twice."


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to see: one site or all (empty), the days from `since` to `until` (empty: all), step, clock, words."""

    site: str = ""
    since: str = ""
    until: str = ""
    step: Step | None = None
    clock: int = 0  # hours from UTC
    kind: Kind = "comments"
    words: Sequence[str] = ()

    @property
    def given(self) -> dict[str, Any]:
        """The values of the queries."""
        return {"site": self.site, "since": self.since, "until": self.until or "9999", "clock": self.clock}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture by its title and the question it answers, the fields of its form, the table behind it, and what draws it."""

    title: str
    question: str
    fields: Sequence[str]
    table: str
    draw: Callable[[sqlite3.Connection, Asked], Sequence[Chart]]


def _step(connection: sqlite3.Connection, asked: Asked) -> Step:
    """By day, month or year: as asked, else so that the steps can be told apart."""
    span = connection.execute(
        f"SELECT julianday(max(day)) - julianday(min(day)) FROM site_days WHERE {_OF_SITE} AND day BETWEEN :since AND :until",
        asked.given,
    ).fetchone()[0]
    fitting: Step = "day" if (span or 0) <= MOST_DAYS else "month" if span <= MOST_MONTHS * 30.5 else "year"
    return asked.step or fitting


def _told(number: int, why: str) -> list[str]:
    """What is not in a chart, if there is anything."""
    return [f"{number:,} {why}"] if number else []


def _written(connection: sqlite3.Connection, asked: Asked) -> Sequence[Chart]:
    step = _step(connection, asked)
    known = "day" if step == "day" else "month"
    rows = connection.execute(
        f"SELECT substr({known}, 1, {_DIGITS[step]}), coalesce(s.name, s.id), sum(articles), sum(comments), sum(comments_undated)"
        f" FROM site_{known}s JOIN sites s ON s.id = site_id"
        f" WHERE {_OF_SITE} AND {known} >= substr(:since, 1, length({known})) AND {known} <= :until GROUP BY 1, site_id",
        asked.given,
    ).fetchall()
    dateless = connection.execute(f"SELECT count(*) FROM articles WHERE date_published IS NULL AND {_OF_SITE}", asked.given)
    apart = {
        "articles": (dateless.fetchone()[0], "articles are not in it: their pages name no date of publication."),
        "comments": (
            sum(row[4] for row in rows),
            f"comments that were first seen in this time are not in it: the {known} is not known in which they were written.",
        ),
    }
    heads, tables = by_series([row[:4] for row in rows])
    return [
        Chart(kind, f"{kind.capitalize()} per {step}", [step.capitalize(), *heads], lines, kind, notes=_told(*apart[kind]))
        for kind, lines in zip(apart, tables or ([], []), strict=True)
    ]


def _changes(connection: sqlite3.Connection, asked: Asked) -> Sequence[Chart]:
    step = _step(connection, asked)
    lines = connection.execute(
        f"SELECT substr(day, 1, {_DIGITS[step]}) AS step, sum(articles_edited), sum(articles_gone), sum(comments_edited),"
        f" sum(comments_deleted) FROM site_days WHERE {_OF_SITE} AND day BETWEEN :since AND :until GROUP BY step"
        " HAVING sum(articles_edited + articles_gone + comments_edited + comments_deleted) > 0",
        asked.given,
    ).fetchall()
    heads = [step.capitalize(), "articles edited", "articles gone", "comments edited", "comments deleted"]
    notes = ["A change counts under the day on which a visit first showed it; it was made between that visit and the one before."]
    return [Chart("changes", f"Edits and removals per {step}", heads, [tuple(line) for line in lines], "changes", notes=notes)]


def _threads(connection: sqlite3.Connection, asked: Asked) -> Sequence[Chart]:
    rows = connection.execute(f"SELECT comment_count, count(*) FROM articles WHERE {_OF_SITE} GROUP BY 1", asked.given).fetchall()
    heads, notes = (
        ["Comments", "articles"],
        ["Comments that were deleted, or hidden by the site, do not count for their article."],
    )
    title = "Articles by the number of their comments"
    return [Chart("threads", title, heads, binned(rows), "articles", scale="steps", notes=notes)]


def _hours(connection: sqlite3.Connection, asked: Asked) -> Sequence[Chart]:
    rows = connection.execute(
        f"SELECT ((weekday - 1) * 24 + hour + :clock + 168) % 168, sum(comments) FROM site_hours WHERE {_OF_SITE} GROUP BY 1",
        asked.given,
    ).fetchall()
    everything = f"SELECT coalesce(sum(comments + comments_undated), 0) FROM site_months WHERE {_OF_SITE}"
    apart = connection.execute(everything, asked.given).fetchone()[0] - sum(row[1] for row in rows)
    notes = _told(apart, "comments are not in it: the hour is not known in which they were written.")
    by_hour, by_day = [0] * 24, [0] * 7
    for hour, number in rows:
        by_hour[hour % 24] += number
        by_day[hour // 24] += number
    clock = f"UTC{asked.clock:+d}" if asked.clock else "UTC"
    of_hours, of_days = [(f"{hour:02}", number) for hour, number in enumerate(by_hour)], list(zip(_WEEK, by_day, strict=True))
    return [
        Chart(name, f"Comments by {title}, {clock}", [head, "comments"], lines, "comments", scale="steps", notes=notes)
        for name, title, head, lines in (
            ("hours", "hour of the day", "Hour", of_hours),
            ("weekdays", "day of the week", "Day", of_days),
        )
    ]


def _commenters(connection: sqlite3.Connection, asked: Asked) -> Sequence[Chart]:
    months = connection.execute(
        f"SELECT month, sum(commenters) - sum(new_commenters), sum(new_commenters) FROM site_months WHERE {_OF_SITE}"
        " AND month BETWEEN substr(:since, 1, 7) AND :until GROUP BY month HAVING sum(commenters) > 0",
        asked.given,
    ).fetchall()
    sizes = connection.execute(
        f"SELECT comment_count, count(*) FROM commenters WHERE {_OF_SITE} AND comment_count > 0 GROUP BY 1", asked.given
    )
    busy, lines = binned(sizes.fetchall())[1:], [tuple(month) for month in months]
    notes = [_NO_PERSON, "Comments without a name, or of which the month is not known, are not in it."]
    title = "Names by the number of their comments"
    return [
        Chart("names", "Names that comment, per month", ["Month", "known before", "new"], lines, "names", notes=notes),
        Chart("busy", title, ["Comments", "names"], busy, "names", scale="steps", notes=[_NO_PERSON]),
    ]


def _languages(connection: sqlite3.Connection, asked: Asked) -> Sequence[Chart]:
    rows = connection.execute(
        "SELECT year, CASE in_language WHEN '' THEN 'not named' WHEN 'und' THEN 'not told' WHEN 'zxx' THEN 'no words'"
        f" ELSE in_language END, sum(comments), sum(articles) FROM site_languages WHERE {_OF_SITE} GROUP BY 1, 2",
        asked.given,
    ).fetchall()
    heads, tables = by_series([row for row in rows if row[0]])
    why = "are not in it: the year is not known in which they were written."
    return [
        Chart(kind, f"Languages of {kind}, by year", ["Year", *heads], lines, kind, "shares", notes=_told(apart, f"{kind} {why}"))
        for kind, lines, apart in zip(
            ("comments", "articles"),
            tables or ([], []),
            (sum(row[place] for row in rows if not row[0]) for place in (2, 3)),
            strict=True,
        )
    ]


def _words(connection: sqlite3.Connection, asked: Asked) -> Sequence[Chart]:
    digits: Literal[4, 7] = 4 if _step(connection, asked) == "year" else 7
    return [chart_shares(connection, asked.kind, asked.words, digits, asked.given)] if asked.words else []


_TIME = ("since", "until", "step")
PICTURES: Mapping[str, Picture] = {
    "written": Picture(
        "What was written", "How many articles and comments were written, when, on which site?", _TIME, "site_days", _written
    ),
    "words": Picture("Words over time", "How often was a word said, and when?", ("words", *_TIME), "site_months", _words),
    "changes": Picture(
        "What was changed", "When were articles and comments edited, and when taken away?", _TIME, "site_days", _changes
    ),
    "threads": Picture("How much is discussed", "How many comments do articles have?", (), "articles", _threads),
    "hours": Picture("Hours of the day", "When do people comment?", ("clock",), "site_hours", _hours),
    "commenters": Picture(
        "Who comments", "How many names sign comments, and how many of them are new?", _TIME[:2], "site_months", _commenters
    ),
    "languages": Picture(
        "Languages", "In which languages do newspapers and their readers write?", (), "site_languages", _languages
    ),
}

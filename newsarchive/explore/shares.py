"""How often words were said: the share of a month's or year's comments, or articles, in which each stands.

Of the texts with a word, if they are more than its part of `MOST_LOOKED_AT`, only every second, third, ... is looked at, evenly
through the archive, and what is found is multiplied: the chart says so, and shows nothing where too few were looked at to tell.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from newsarchive.explore.beginnings import texts_with, weigh
from newsarchive.explore.charts import Chart, Line
from newsarchive.explore.query import expression

MOST_LOOKED_AT = 10_000  # texts, for all words of a chart together
FEWEST = 50  # texts of a month or year, of those that were looked at, from which its share is estimated
MOST_WORDS = 5
MOST_BEGUN = 200_000  # texts with words that begin as asked: they are found three times, for each of the words
Kind = Literal["comments", "articles"]
# One text in so many, spread evenly whatever the order in which they came: multiples of the golden ratio, modulo a prime.
_ONE_IN = "rowid * 2654435761 % 4294967291 % :every = 0"
_OF_SITE = "(:site = '' OR site_id = :site)"

# The month of a text, if it is known.
_MONTH: Mapping[Kind, str] = {
    "articles": "substr(t.date_published, 1, 7)",
    "comments": "CASE WHEN substr(t.date_created_earliest, 1, 7) = substr(t.date_created_latest, 1, 7)"
    " THEN substr(t.date_created_earliest, 1, 7) END",
}
_WHERE: Mapping[Kind, str] = {"articles": "", "comments": "{text} : "}  # a name that signs a comment is not said in it
_UNDATED: Mapping[Kind, str] = {
    "articles": f"SELECT count(*) FROM articles WHERE date_published IS NULL AND {_OF_SITE}",
    "comments": f"SELECT coalesce(sum(comments_undated), 0) FROM site_months WHERE {_OF_SITE}",
}


def chart_shares(
    connection: sqlite3.Connection, kind: Kind, words: Sequence[str], digits: Literal[4, 7], given: Mapping[str, Any]
) -> Chart:
    """The words' shares in percent and the numbers behind them, by month or year (4 digits).

    `given` holds `site`, `since` and `until`. Raises UsageError for what is no word to search for.
    """
    totals = connection.execute(
        f"SELECT substr(month, 1, {digits}), sum({kind}) FROM site_months WHERE {_OF_SITE}"
        f" AND month >= substr(:since, 1, 7) AND month <= :until GROUP BY 1 HAVING sum({kind}) > 0",
        given,
    ).fetchall()
    notes, columns = [], []
    words = words[:MOST_WORDS]
    most = MOST_LOOKED_AT // max(1, len(words))
    for word in words:
        every, months = _found(connection, kind, word, given, most)
        columns.append([_number(name, whole, every, months, digits) for name, whole in totals])
        if every > 1:
            notes.append(
                f"“{word}” stands in more than {most:,} {kind}: one in {every} of them was looked at, so its numbers"
                f" are estimates, and missing where the {kind} are fewer than {every * FEWEST:,}."
            )
    if undated := connection.execute(_UNDATED[kind], given).fetchone()[0]:
        notes.append(f"{undated:,} {kind} are not in it: the month is not known in which they were written.")
    lines: list[Line] = []
    for line, (name, whole) in enumerate(totals):
        numbers = [column[line] for column in columns]
        lines.append((name, whole, *numbers, *(None if one is None else round(100 * one / whole, 3) for one in numbers)))
    shares = [f"{word} %" for word in words]
    heads = ["Month" if digits == 7 else "Year", f"all {kind}", *words, *shares]
    title = f"Words in percent of the {kind} of each {heads[0].lower()}"
    return Chart("words", title, heads, lines, "percent", "lines", drawn=shares, notes=notes)


def _found(
    connection: sqlite3.Connection, kind: Kind, word: str, given: Mapping[str, Any], most: int
) -> tuple[int, dict[str, int]]:
    """Of how many texts with the word one was looked at, `most` of them, and how many of those that were are of each month."""
    asked = {**given, "words": f"{_WHERE[kind]}({expression(word)})", "most": most}
    weigh(connection, kind, expression(word), most=MOST_BEGUN)
    match = f"SELECT rowid AS number FROM {kind}_fts WHERE {kind}_fts MATCH :words"
    many = connection.execute(f"SELECT count(*) FROM ({match} LIMIT :most + 1)", asked).fetchone()[0]
    if many > most:
        known = texts_with(connection, kind, word)
        many = known or connection.execute(f"SELECT count(*) FROM ({match})", asked).fetchone()[0]
    every = max(1, -(-many // most))
    rows = connection.execute(
        f"WITH h AS MATERIALIZED ({match} AND {_ONE_IN}) SELECT {_MONTH[kind]} AS month, count(*)"
        f" FROM h CROSS JOIN {kind} t ON t.rowid = h.number WHERE {_OF_SITE} GROUP BY month",
        {**asked, "every": every},
    ).fetchall()
    return every, {row[0]: row[1] for row in rows if row[0]}


def _number(name: str, whole: int, every: int, months: Mapping[str, int], digits: int) -> int | None:
    """How many of `whole` texts have the word; None where too few were looked at."""
    if every > 1 and whole < every * FEWEST:
        return None
    return min(whole, every * sum(number for month, number in months.items() if month[:digits] == name))

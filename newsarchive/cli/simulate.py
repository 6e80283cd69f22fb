"""`newsarchive report --simulate`: what other schedules would have found of what the archive knows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from newsarchive import settings
from newsarchive.catalogue.lives import lives_of
from newsarchive.rehearsal import Adaptive, InTurn, NewestFirst, Schedule, rehearse
from newsarchive.schedule import DAY

_THREADS = 300  # the newest: a year of rounds over thousands would take hours
_DAYS = 365


def simulate(connection: sqlite3.Connection, sites: Sequence[str]) -> Iterator[str]:
    """Lines on each site: of the comments that are known, how many each schedule would have found within a day, and at all."""
    budget = settings.positive(vars(settings), "NEWSARCHIVE_VISITS")
    schedules: dict[str, Schedule] = {
        "adaptive": Adaptive(budget, rounds=4),
        "daily, in turn": InTurn(),
        "daily, newest": NewestFirst(),
    }
    for site in sites:
        lives = lives_of(connection, site, most=_THREADS)
        if not lives:
            yield f"{site}: no comments to try it on"
            continue
        end = max(came for life in lives for came, _ in life.comments) + DAY
        begin = max(min(life.born for life in lives), end - _DAYS * DAY)
        for name, schedule in schedules.items():
            score = rehearse(lives, schedule, budget=budget, begin=begin, end=end)
            yield (
                f"{site}: {name}: {score.requests} requests, of {score.comments} comments {score.in_a_day} within 24 hours, "
                f"{score.found} at all; of {score.short} that were removed within three days {score.short_found}"
            )

"""A simulated year of 200 threads, visited by our schedule and by two fixed ones at equal requests (docs/visits.md).

    .venv/bin/python benchmarks/visits.py [--years 10] [--budget 20]

Prints a line per schedule: requests, comments found within 24 hours of posting, found at all, and found of those that were
deleted within three days.
"""

from __future__ import annotations

import json
import math
from dataclasses import astuple
from random import Random

import click

from newsarchive.rehearsal import Adaptive, InTurn, Life, NewestFirst, Schedule, Score, rehearse
from newsarchive.schedule import DAY

YEAR = 365 * DAY


def year(seed: int, threads: int = 200) -> list[Life]:
    """The threads of a year as a newspaper of some readers has them; how they are made is told in docs/visits.md."""
    random = Random(seed)
    return [_life(random) for _ in range(threads)]


def _life(random: Random) -> Life:
    born = random.randrange(365) * DAY + 6 + 14 * random.random()
    size, steep, early = random.lognormvariate(math.log(6), 1.3), random.uniform(1.2, 1.9), random.uniform(1, 6)
    waves = [(born, min(2000.0, size))]
    if random.random() < 0.15:  # somebody links to it again, or it is in the news again
        waves.append((born + random.uniform(5, 120) * DAY, size * random.uniform(0.3, 1)))
    closed = born + random.choice((14, 30, 60)) * DAY if random.random() < 0.3 else math.inf
    waiting = [
        _awake(random, start + early * ((1 - random.random()) ** (-1 / (steep - 1)) - 1))
        for start, mean in waves
        for _ in range(_poisson(random, mean))
    ]
    came = []
    while waiting:
        moment = waiting.pop()
        if moment < min(closed, YEAR):
            came.append(moment)
            replies = _poisson(random, 0.35)
            waiting += [_awake(random, moment + random.lognormvariate(math.log(3), 1.2)) for _ in range(replies)]
    comments = tuple((moment, moment + _lifetime(random)) for moment in sorted(came))
    return Life(born, comments, closed)


def _lifetime(random: Random) -> float:
    """Hours until a moderator removes a comment; one in eight is removed, half of those within 14 hours."""
    return random.lognormvariate(math.log(14), 1.2) if random.random() < 0.12 else math.inf


def _awake(random: Random, moment: float) -> float:
    """Of what would be written between midnight and six, four in five wait for the morning."""
    hour = moment % DAY
    return moment - hour + 6 + 3 * random.random() if hour < 6 and random.random() < 0.8 else moment


def _poisson(random: Random, mean: float) -> int:
    if mean > 50:
        return max(0, round(random.gauss(mean, math.sqrt(mean))))
    number, product, least = 0, random.random(), math.exp(-mean)
    while product > least:
        number, product = number + 1, product * random.random()
    return number


def at_least(lives: list[Life], schedule: Schedule, requests: int, budget: float) -> Score:
    """What a fixed schedule finds with as many requests; it gets more where it cannot spend its budget."""
    while (score := rehearse(lives, schedule, budget=budget, begin=6.0, end=YEAR)).requests < requests:
        budget += 0.25
    return score


def line(name: str, scores: list[Score]) -> str:
    """The sums of many years, as JSON."""
    total = Score(*(sum(values) for values in zip(*map(astuple, scores), strict=True)))
    told = {
        "schedule": name,
        "requests": round(total.requests / len(scores)),
        "in_24_hours": round(total.in_a_day / total.comments, 3),
        "ever": round(total.found / total.comments, 3),
        "of_short_lived": round(total.short_found / total.short, 3),
    }
    return json.dumps(told)


@click.command()
@click.option("--years", default=10, show_default=True, help="Years, each made from its own number.")
@click.option("--budget", default=20.0, show_default=True, help="Requests a day, those for the lists included.")
@click.option("--rounds", default=2.0, show_default=True, help="How often a day our own crawl is started.")
def main(years: int, budget: float, rounds: float) -> None:
    """Run all three on each year, and add up."""
    many = [year(seed) for seed in range(years)]
    ours = [rehearse(lives, Adaptive(budget, rounds), budget=budget, begin=6.0, end=YEAR) for lives in many]
    click.echo(line("adaptive", ours))
    fixed: dict[str, Schedule] = {"in turn": InTurn(), "newest first": NewestFirst()}
    for name, schedule in fixed.items():
        scores = [at_least(lives, schedule, own.requests, budget) for lives, own in zip(many, ours, strict=True)]
        click.echo(line(name, scores))


if __name__ == "__main__":
    main()

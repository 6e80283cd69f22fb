"""Whole phrases that are an age, a date, or both, in whichever language fits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache, partial
from itertools import tee
from typing import TypeVar

from newsarchive.errors import UnknownAge
from newsarchive.text import clean_line
from newsarchive.times.ages import Age, read_age, read_words
from newsarchive.times.clocks import cut_clock
from newsarchive.times.dates import EASTMOST, Place, cut, read_date
from newsarchive.times.eras import in_common_years
from newsarchive.times.foreign import foreign_age, foreign_date, strangers
from newsarchive.times.interval import Interval
from newsarchive.words import aging, dated, filed, pasts, phrases, signs, speakers, tongue_of, tongues, units
from newsarchive.words.spelling import has_run, simplify, tokens
from newsarchive.words.tongue import Tongue

LONGEST = 80  # characters; what is longer is no date, and no regular expression shall see it
_DIGIT = re.compile(r"\d")
_NUMBERS = re.compile(
    r"\d ?[./-] ?\d{1,2} ?[./-] ?\d\d|\d{4} ?[./-] ?\d\d? ?[./-] ?\d|\d[./]\d{1,2}\b.*\d ?[:.h時时点點시] ?\d"
    r"|\d[:h]\d\d\b.{1,3}\b\d{1,2}[./]\d{1,2}\b"
)
_CLOCK = re.compile(r"\d ?[:.h時时点點시] ?\d|\d ?(?:uhr|h|[ap]\.? ?m)\b|\d ?[時时点點시]")
_ISO = re.compile(r"(?<=\d)t(?=\d\d:)")
_SPLIT = re.compile(r" ?[|·•(]| [–—-] ")
# Too short to be trusted in a language that nobody named: "No" (now), "Leo" (today), "hier" (here), "19k" (months), "1 M".
_SHORT = re.compile(r"[a-z]{1,4}|\d+ ?[a-z]|[^\w]*")
_MOST_SPLITS = 4
_MOST_WORDS = 9  # of an age without digits

Read = TypeVar("Read", Age, Interval)


def may_be_time(text: str, languages: Sequence[str] = ()) -> bool:
    """Whether a text can be a date or an age at all: quick, and never False for what `parse_time` reads.

    Name the languages only where some of them may have no table of ours; any number with a word passes in these.
    """
    return len(text) <= LONGEST and _may_be(simplify(text if text.isprintable() else clean_line(text)), languages)


def _may_be(simple: str, languages: Sequence[str]) -> bool:
    words = tokens(simple)
    if not _DIGIT.search(simple):
        return len(words) <= _MOST_WORDS and _may_be_words(words)
    keys = _keys(words)
    if not keys.isdisjoint(signs()) or _NUMBERS.search(simple) or (_CLOCK.search(simple) and not keys.isdisjoint(dated())):
        return True
    return bool(languages) and bool(strangers(languages)) and any(map(str.isalpha, simple))


def _may_be_words(words: Sequence[str]) -> bool:
    """Whether words without a digit can be an age: a phrase of their own, or a unit with "ago"."""
    keys = _keys(words)
    return not keys.isdisjoint(phrases()) or not (keys.isdisjoint(units()) or keys.isdisjoint(pasts()))


def _keys(words: Sequence[str]) -> set[str]:
    return {letter for word in words for letter in (word if has_run(word) else (word,))}


def parse_age(text: str, *, at: datetime, languages: tuple[str, ...] = ()) -> Interval:
    """Read "3 hours ago" as the interval of UTC instants it can mean, counted back from `at`, the capture time.

    The unit gives the width, enough for sites that floor and sites that round (newsarchive.times.ages has the rule): "1 month
    ago" reaches from half a month to two. Both ends are rounded outward (seconds to seconds, minutes to ten seconds, hours to
    ten minutes, days to hours, wider ones to whole days, UTC), never beyond `at`. "30+ days ago" is open: its `earliest` is
    WEB_BEGAN. `languages` are BCP 47 codes, likelier first. Raises UnknownAge if the phrase is no age in a known language.
    """
    if (simple := _simple(text, languages)) and (found := age_of(simple, at.astimezone(UTC), languages)):
        return found.interval
    raise UnknownAge(text[:LONGEST])


def parse_moment(
    text: str,
    *,
    at: datetime,
    time_zone: str | None = None,
    language: str | None = None,
    languages: tuple[str, ...] = (),
) -> Interval:
    """Read an absolute date, with or without a time of day, as an interval of UTC instants.

    What the words leave open is the width: a date spans a day in `time_zone`, "3:26 pm" spans a minute. Words that name no
    offset count in `time_zone` (an IANA name), else in UTC; a time that would then lie ahead of `at` shows that the site
    is further east, and spans all it can mean. "05/01/2024" is read day first, but in American English and where only
    the other order makes a date before `at`. A date without a year is the latest before `at`; "today at 9:12" and "Monday at
    9:12" are moments where the zone is known. `language` is the page's, `languages` are others of the site, likelier first.
    Raises UnknownAge for what is no date, or lies after the capture.
    """
    tags = (language, *languages) if language else languages
    simple = _simple(text, tags)
    if simple and _DIGIT.search(simple) and (found := moment_of(in_common_years(simple), Place.of(at, time_zone, tags))):
        return found
    raise UnknownAge(text[:LONGEST])


def parse_time(text: str, *, at: datetime, time_zone: str | None = None, languages: tuple[str, ...] = ()) -> Interval:
    """Read a date, an age, or both together ("Nov 06 2012 | 3:15 pm - 1 hour ago"), as `parse_moment` and `parse_age` do.

    Of a date and an age that agree, the narrower is taken; where they do not, the date counts in a zone that is not known, and
    the age is right. Raises UnknownAge.
    """
    if simple := _simple(text, languages):
        place = Place.of(at, time_zone, languages)
        if found := time_of(simple, place):
            return found.interval
    raise UnknownAge(text[:LONGEST])


def time_of(simple: str, place: Place) -> Age | None:
    """What a simplified text means as a date, an age, or both; a date is always `said`."""
    simple = in_common_years(simple)
    if _DIGIT.search(simple) and (moment := moment_of(simple, place)):
        return Age(moment, said=True)
    if age := age_of(simple, place.at, place.tags):
        return age
    return min(_both(simple, place), key=lambda age: age.interval.latest - age.interval.earliest, default=None)


def _both(simple: str, place: Place) -> Iterator[Age]:
    for count, sign in enumerate(_SPLIT.finditer(simple)):
        if count == _MOST_SPLITS:
            return
        left, right = simple[: sign.start()], simple[sign.end() :]
        for dates, ages in ((left, right), (right, left)):
            if (moment := moment_of(dates, place)) and (age := age_of(ages, place.at, place.tags)):
                yield replace(age, interval=_agreed(moment, age.interval, place.zone))
                break


def _agreed(moment: Interval, age: Interval, zone: tzinfo | None) -> Interval:
    apart = max(moment.earliest - age.latest, age.earliest - moment.latest)
    if apart > timedelta(0):
        return age if zone is None and apart <= EASTMOST else moment
    return min(moment, age, key=lambda span: span.latest - span.earliest)


def age_of(simple: str, at: datetime, tags: Sequence[str]) -> Age | None:
    """What a simplified text means as an age; a time of day beside it is left out, for its day or zone is not known."""
    phrase = _edited().sub("", simple).strip(" .,…()[]·•|-–:;")
    if _keys(tokens(phrase)).isdisjoint(aging()) and not strangers(tags):
        return None
    said = read_words(phrase)
    if found := _in_tongues(partial(read_age, said, at), phrase, tags):
        return found
    for clock, rest in cut_clock(phrase):
        beside = read_words(rest)
        if clock.at_half("") and (found := _in_tongues(partial(read_age, beside, at), rest, tags)):
            return found if found.said else None
    if (codes := strangers(tags)) and _DIGIT.search(phrase) and (foreign := foreign_age(phrase, at, codes)):
        return Age(foreign, said=True)
    return None


def moment_of(simple: str, place: Place) -> Interval | None:
    """What a simplified text means as a date."""
    if not _NUMBERS.search(simple) and dated().isdisjoint(map(filed, tokens(simple))) and not strangers(place.tags):
        return None
    words = _ISO.sub(" ", simple)
    (cuts,) = tee(cut(words), 1)  # its copies share what was cut for the languages before
    if found := _in_tongues(lambda tongue: read_date(copy(cuts), place, tongue), words, place.tags):
        return found
    codes = strangers(place.tags)
    return foreign_date(words, place, codes) if codes else None


def _in_tongues(read: Callable[[Tongue], Read | None], simple: str, tags: Sequence[str]) -> Read | None:
    """What is read in the first language named, or English, that can read it; else what all other languages agree on."""
    first = dict.fromkeys(tongue.code for tag in (*tags, "en") if (tongue := tongue_of(tag)))
    for code in first:
        if found := read(tongues()[code]):
            return found
    filers = speakers()
    if _SHORT.fullmatch(simple):
        return None
    others = [filers[key] for word in tokens(simple) if not word.isdigit() and (key := filed(word)) in filers]
    if not others:
        return None
    readings = {found for code in frozenset.intersection(*others).difference(first) if (found := read(tongues()[code]))}
    return readings.pop() if len(readings) == 1 else None


def _simple(text: str, languages: Sequence[str]) -> str | None:
    """The text simplified; None if it is too long or cannot be a time."""
    if len(text) > LONGEST:
        return None
    simple = simplify(clean_line(text))
    return simple if len(simple) <= 2 * LONGEST and _may_be(simple, languages) else None


@cache
def _edited() -> re.Pattern[str]:
    """The marks of an edited comment around its age, in all languages."""
    words = "|".join(sorted({word for tongue in tongues().values() for word in tongue.edited}, key=len, reverse=True))
    return re.compile(rf"^\((?:{words})\) ?| ?[·•|,–-] ?(?:{words})$| ?\((?:{words})\)$")

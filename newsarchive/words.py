"""The words of ages and dates, in English and Shona: units, numbers, phrases without a number, months."""

from __future__ import annotations

from newsarchive.items import Precision

_UNIT_NAMES: tuple[tuple[Precision, str], ...] = (
    ("second", "s sec secs second seconds sekondi masekondi"),
    ("minute", "m min mins minute minutes miniti maminiti minitsi maminitsi"),
    ("hour", "h hr hrs hour hours awa maawa"),
    ("day", "d day days zuva mazuva"),
    ("week", "w wk wks week weeks vhiki mavhiki svondo masvondo"),
    ("month", "mo mos mth mths month months mwedzi"),
    ("year", "y yr yrs year years gore makore"),
)
UNITS = {name: unit for unit, names in _UNIT_NAMES for name in names.split()}
_NUMBER_NAMES = (
    *("a an one imwe rimwe mumwe", "two maviri miviri", "three matatu mitatu", "four mana mina", "five mashanu mishanu"),
    *("six matanhatu mitanhatu", "seven manomwe minomwe", "eight masere misere", "nine mapfumbamwe mipfumbamwe", "ten gumi"),
)
NUMBERS = {name: number for number, names in enumerate(_NUMBER_NAMES, 1) for name in names.split()}
# Phrases without a number: the most units back that they can mean, the least, the unit. "Yesterday" reaches back two days
# and up to now, since the zone it was said in is not known.
_SPANS: tuple[tuple[int, int, Precision, str], ...] = (
    (1, 0, "minute", "now|just now|right now|moments ago|a moment ago|seconds ago|a few seconds ago|less than a minute ago"),
    (1, 0, "minute", "izvozvi|iko zvino|parizvino"),
    (1, 0, "day", "today|nhasi"),
    (2, 0, "day", "yesterday|nezuro"),
    (1, 0, "hour", "half an hour ago|half hour ago"),
    (2, 1, "week", "last week"),
    (3, 2, "week", "a fortnight ago|fortnight ago|one fortnight ago"),
    (2, 1, "month", "last month"),
    (2, 1, "year", "last year|gore rapera"),
)
PHRASES = {phrase: (most, least, unit) for most, least, unit, phrases in _SPANS for phrase in phrases.split("|")}
DAYS = frozenset(("today", "nhasi", "yesterday", "nezuro"))
MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTHS = {name: number for number, name in enumerate(MONTH_NAMES, 1)}

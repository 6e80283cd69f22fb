"""Where in a short line the words of a time stand, told by their form: no language is asked, and no date is made of them.

Dates in digits, clocks, a day beside a year, ages in the words of many languages. Whether the words mean an instant, and
which, `newsarchive.times` says later; here they only mark where a comment is.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import cache, lru_cache

from newsarchive.times import find_moment, may_be_time
from newsarchive.words import dated, pasts, phrases

LONGEST = 120  # characters of a line; no regular expression here sees a longer one

_YEAR = r"(?:19|20)\d\d"
_CLOCK = (
    r"(?:\d{1,2}h\d\dmin(?:\d\ds)?\b|\d\d\sh\s\d\d\smin\b|\d{1,2}[:.h]\d\d(?::\d\d(?:\.\d{1,3}\b)?)?(?:\s?h\b)?(?:\s?[ap]\.?m\b\.?|\s[قب]\.ظ)?(?:\s?uhr|\so['’]clock)?|\d{1,2}\s?(?:[ap]m|uhr|h)\b|\d{1,2}\s:\s\d\d\s?[ap]\.?m\b|\d{1,2}時\d{1,2}分"
    r"|\d{1,2}시\s?\d{1,2}분)"
    r"(?:\s?(?:utc|gmt|[ece]st|[ece]dt|pst|pdt|cet|cest|z)\b|\s\((?:[^()\d]{2,40},\s)?(?:utc|gmt|local)(?:[+-]\d\d:\d\d)?\))?(?:\s?[+-]\d\d:?\d\d)?"
)
_DATE = (
    rf"{_YEAR}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{{1,6}})?)?(?:Z|[+-]\d\d:?\d\d)?|{_YEAR}\s?[-/.年년]\s?\d{{1,2}}\s?[-/.月월]\s?\d{{1,2}}\s?[日일]?|\d{{1,2}}\s?[-/.]\s?\d{{1,2}}\s?[-/.]\s?(?:{_YEAR}|\d\d)\b(?!:\d)"
    rf"|\d{{1,2}}(?:st|nd|rd|th|er|º|\.|ה)?[\s./-]*(?:(?:of|de|d'|del)\s+)?[^\W\d_]{{3,}}[.,]?[\s,./-]+(?:de\s+|del\s+)?{_YEAR}"
    rf"|[^\W\d_]+\.?\s+\d{{1,2}}(?:st|nd|rd|th)?(?:\s?,\s?|\s+){_YEAR}|{_YEAR}[\s,]+[^\W\d_]{{3,}}\.?\s+\d{{1,2}}(?![:\d])"
    rf"|\d{{1,2}}月\d{{1,2}}日|\d{{1,2}}월\s?\d{{1,2}}일"
    r"|(?:\b(?:le|am|el|il|den|on|vom)\s+)?\d{1,2}(?:st|nd|rd|th|er|\.)?\s+"
    r"(?:jan|feb|fév|mar|mär|maa|apr|avr|abr|ma[iy]|jun|jui|juin|jul|aug|ago|août|sep|set|okt|oct|out|nov|dec|dez|déc"
    r"|dic)[a-zäûáéç]*\b\.?(?:,?\s(?:de\s)?(?:19|20)\d\d)?"
    r"|\b(?:jan|feb|mar(?!di\b|tes\b|ted)|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{1,2}(?:st|nd|rd|th)?\b"
    rf"|\d{{1,2}}[./]\d{{1,2}}\.?(?=(?:,?\s?(?:at|um|kl\.?|à|alle|as|às|om|@|-|–)|,)?\s{_CLOCK})"  # a day without its year
)
_UNIT = (
    r"(?:(?-i:[smhdwy]|mo)(?=\s?(?:ago|$|[|·•,)]))|sec|min|hr|wk|yr|hrs|mins|secs|seconds?|minutes?|hours?|days?|weeks?"
    r"|months?|years?|sekunden?|minuten?|stunden?|tag(?:en|e)?"
    r"|wochen?|monat(?:en|e)?|jahr(?:en|e)?|std|secondes?|heures?|jours?|semaines?|mois|ans?|années?|segundos?|minutos?"
    r"|horas?|d[ií]as?|semanas?|mes(?:es)?"
    r"|años?|anos?|mês|secondi|minuti|or[ae]|giorn[oi]|settiman[ae]|mes[ei]|ann[oi]|seconden|uur|uren|dag(?:en|ar|er)?"
    r"|weken|maand(?:en)?|jaar"
    r"|sekunder|minut(?:er|ter|y)?|timm(?:ar|e)|tim(?:er|e)|veck(?:or|a)|månad(?:er)?|år|uker?|godzin[ay]?|dni|dzień"
    r"|tygodni(?:e|a)?|miesi[ąę]c[ye]?|lat(?:a)?"
    r"|hodin(?:ami|y)?|dn(?:y|em)|секунд\w*|минут\w*|час\w*|дн\w*|день|недел\w*|месяц\w*|год\w*|лет|хвилин\w*|годин\w*"
    r"|saniye|dakika|saat|gün|hafta|ay|yıl"
    r"|detik|menit|jam|hari|minggu|bulan|tahun|giây|phút|giờ|ngày|tuần|tháng|năm|mazuva|zuva|maawa|awa|maminitsi|miniti"
    r"|mwedzi|mavhiki|vhiki|makore|gore"
    r"|siku|saa|dakika|wiki|miezi|mwezi|miaka|mwaka|usuku|izinsuku|ihora|amahora)"
)
_SOON = (
    r"just now|right now|moment ago|moments ago|seconds ago|yesterday|today|last (?:week|month|year)|gestern|heute|gerade eben"
    r"|vorgestern|hier|aujourd'hui"
    r"|à l'instant|ayer|hoy|ahora|ontem|hoje|agora|ieri|oggi|adesso|gisteren|vandaag|zojuist|igår|idag|wczoraj|dzisiaj|dziś"
    r"|вчера|сегодня|только что"
    r"|dün|bugün|kemarin|hari ini|hôm qua|hôm nay|昨天|今天|刚刚|昨日|今日"
    r"|어제|오늘|방금|أمس|اليوم|الآن|nezuro|nhasi|izvozvi|jana|leo|izolo|namuhla"
)
_AGO = (
    r"(?:ago|geleden|sedan|siden|sitten|temu|назад|тому|önce|yang lalu|lalu|trước|fa|atrás|apfuura"
    r"|wapfuura|yapfuura|rapfuura|dzapfuura|zilizopita|iliyopita)"
)
_SINCE = r"(?:vor|il y a|hace|há|πριν|pred|před|منذ|قبل)"  # not "for a week": where it says an age, "siden" follows
_ONE = r"(?:an?|eine[mr]?|une?|una?|um)"
_AGE = (
    rf"(?:about|around|almost|over|etwa|ca\.?|environ|>|≥)?\s*(?:(?:{_SINCE}\s+)(?:{_ONE}\s"
    rf"|\d{{1,4}}\s?)\w+(?:\s\d{{1,2}}\s\w+)?"
    rf"|(?:\d{{1,4}}\+?\s?|(?:an?|one|a few|some|einem?)\s){_UNIT}\b(?:,?\s(?:and\s|und\s"
    rf"|et\s)?\d{{1,2}}\s?{_UNIT}\b)?(?:\s{_AGO}\b)?"
    rf"|{_UNIT}(?:\s\w+){{0,2}}\s{_AGO}\b"
    rf"|\d{{1,4}}\s?(?:秒|分钟|分鐘|小时|小時|天|周|週|个月|個月|年|時間|分|日|か月|ヶ月|週間|초|분|시간|일|주|개월|년)(?:钟)?\s?(?:前|전))"
)
_DAY = r"今天|今日|昨天|昨日|前天|오늘|어제"  # written without a space before a clock
_PARTS = re.compile(rf"(?<![\w/])(?:{_DATE}|(?:{_DAY})\s?{_CLOCK}|{_CLOCK}|{_SOON}|{_AGE})(?!\w|\.[\d*x])", re.IGNORECASE)
_STAMPS = re.compile(rf"{_YEAR}-\d\d-\d\d(?:[t ]\d\d:\d\d)?", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_BESIDE_WORD = re.compile(r"\d[\d:./ \u200c-]{0,8}[^\W\d_]|[^\W\d_][.,]?[ \u200c]?\d")
_BEFORE = re.compile(r"[^\s|·•,;:()\[\]–—-][.,]?[\s,|@·•()–—-]{0,4}$")
_AFTER = re.compile(r"[.,]?[\s,|@·•()–—-]{0,4}[^\s.|·•,;:()\[\]–—-]")
_SHORTENED = re.compile(r"(?:^|[\W\d_])[^\W\d_]{1,3}$")  # words whose full stop belongs to them: "p.m", "น"
_LENGTH = re.compile(r"\d{1,4}\+?\s?[^\W\d]+")
_AHEAD = re.compile(r"(?<!\w)(?:in|dans|en|em|dentro de|daqui a|tra|fra|om|over|za|через|за)\s+$", re.IGNORECASE)
_YEAR_BEHIND = re.compile(r"[\s,]{1,2}\d{4,}(?![\w:.])")
_BARE = re.compile(r"(?:an?|one|a few|some|einem?)\s\w+", re.IGNORECASE)  # "a week" is an age only if nothing else is said
_BESIDE = 6  # words beside a time; a line with more is prose
_LEAST = 4  # letters of a lone word that is an age: "ahir"
_WORDED = 60  # characters of a line in which the words of all languages are looked for
_NUMBER = re.compile(r"\d\.\d\d|(?:2[4-9]|[3-9]\d)\.\d\d|\d\d\.[6-9]\d")  # a price, a mark: no clock where nothing else says so
_LATE = datetime(2100, 1, 1, tzinfo=UTC)  # no date lies ahead of it: here only the form counts
_FORM = re.compile(r"\d[-:.h/年월月]\s?\d|(?:19|20)\d\d|\d\s?(?:[^\W\d]|\+)")
_NO_DIGIT = re.compile(rf"(?<!\w)(?:{_SOON}|{_AGO})(?!\w)|\b{_SINCE}\s{_ONE}\b", re.IGNORECASE)
# "Yesterday" in words too short to be looked for in a line; one of them alone is a time.
_LONE = frozenset(("juče", "juce", "eile", "ahir", "onte", "ddoe", "inné", "atzo"))
_WORD = re.compile(r"\w+")
_WORDS = frozenset(_WORD.findall(f"{_SOON}|{_AGO}|{_SINCE}"))  # of which a time without a digit has one
_SHORT = 40  # characters; longer ones without a digit are prose
_LAST_WORD = re.compile(_AGO, re.IGNORECASE)
_ONE_CLOCK = re.compile(_CLOCK, re.IGNORECASE)
# What may stand between two parts of one time, or before its first: a weekday, a word of two or three letters, signs.
_BETWEEN = re.compile(r"[\s,/|@#·•()–—-]{0,5}(?:(?:[^\W\d_]{1,4}\.?|o'clock)[\s,|@·•()–—-]{1,3}){0,2}")
_DAY_NAMES = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tues?|wed|thur?s?|fri|sat|sun|(?:mon|diens|donners|frei|sams|sonn)tag"
    r"|mittwoch|sonnabend|mo|di|mi|do|fr|sa|so"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lun|mar|mer|jeu|ven|sam|dim|lunes|martes|mi[ée]rcoles|jueves"
    r"|viernes|s[áa]bado|domingo|mi[ée]|jue|vie|s[áa]b|dom"
    r"|(?:segunda|terça|quarta|quinta|sexta)(?:-feira)?|seg|ter|qua|qui|sex|luned[iì]|marted[iì]|mercoled[iì]|gioved[iì]"
    r"|venerd[iì]|sabato|domenica|gio"
    r"|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|ma|wo|vr|za|zo|måndag|tisdag|onsdag|torsdag|fredag|lördag"
    r"|söndag|mandag|tirsdag|lørdag|søndag"
    r"|poniedziałek|wtorek|środa|czwartek|piątek|sobota|niedziela|pon|wto?|śro?|sro|czw|pt|pią|sob|nd|nie|понедельник|вторник|среда|четверг"
    r"|пятница|суббота|воскресенье|пн|вт|ср|чт|пт|сб|вс"
)
_EDITED = re.compile(
    r"\s?[(·•|,–-]\s?(?:edited|bearbeitet|modifié|editado|modificato|bewerkt|redigerad|изменено|edytowano)\)?", re.IGNORECASE
)
_DAY_BEHIND = re.compile(r"\s?[(（][月火水木金土日월화수목금토일][)）]")
_WEEKDAY = re.compile(
    rf"(?<!\w)(?:(?:le|am|el|on|den|il|at)\s+)?(?:{_DAY_NAMES})\.?\s*[,|–—-]?\s*$|(?<!\w)(?:le|am|den|il|el|on)\s+$",
    re.IGNORECASE,
)


# A day without its year: "12 March", "le 1er avril", "March 12th".
_OF_A_MONTH = re.compile(
    r"(?:[^\W\d_]+\s+)?\d{1,2}(?:st|nd|rd|th|er|\.)?\s+([^\W\d_]+)\.?|([^\W\d_]+)\.?\s+\d{1,2}(?:st|nd|rd|th)?", re.IGNORECASE
)


def may_hold(text: str) -> bool:
    """A cheap question before the dear ones: may a time stand in this short text?"""
    if _DIGIT.search(text):
        return _FORM.search(text) is not None or _BESIDE_WORD.search(text) is not None
    if len(text) >= _SHORT:
        return False
    words = _WORD.findall(text.lower())
    if len(words) == 1 and words[0] in _LONE:
        return True
    if not _WORDS.isdisjoint(words) and _NO_DIGIT.search(text) is not None:
        return True
    return not (text.isascii() and _said().isdisjoint(words)) and may_be_time(text)


@cache
def _said() -> frozenset[str]:
    """The words of which an age without a digit has one, in all languages."""
    return phrases() | pasts()


def is_stamp(value: str) -> bool:
    """Whether an attribute's value is a time for machines: ISO 8601, or seconds since 1970."""
    return _STAMPS.match(value) is not None or (value.isdecimal() and 9 <= len(value) <= 13)


def is_clock(text: str) -> bool:
    """Whether a text is a time of day and nothing else."""
    return _ONE_CLOCK.fullmatch(text.strip()) is not None


def ends_age(text: str) -> bool:
    """Whether a text is the last word of an age and nothing else: "ago"."""
    return _LAST_WORD.fullmatch(text.strip()) is not None


def joins(text: str) -> bool:
    """Whether a text may stand between the day and the clock of one time: "at", "@", "kl."."""
    return _BETWEEN.fullmatch(f"{text} ") is not None


@lru_cache(maxsize=4096)  # a line is asked about in every list that is read, and much of a page stands in the next one, too
def span(text: str) -> tuple[int, int] | None:
    """Where the words of a time begin and end in a line; None if there are none. A price or a mere number is no time."""
    if len(text) > LONGEST or not may_hold(text):
        return None
    told = text.strip()
    if told.lower() in _LONE:
        return 0, len(text)
    found = _by_form(text)
    if found and text[found[0] : found[1]].strip() == told:
        return found
    by_words = _by_words(text) if len(told) <= _WORDED and (found is None or _goes_on(text, *found)) else None
    best = max(filter(None, (found, by_words)), key=lambda one: one[1] - one[0], default=None)
    return best and _whole(text, *best)


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """With what makes nonsense of the words of a time: "in 3 days", "12 March 3019". It is no other time without it."""
    if _LENGTH.fullmatch(text[start:end].strip()) and (ahead := _AHEAD.search(text[:start])):
        start = ahead.start()
    if behind := _YEAR_BEHIND.match(text[end:]):
        end += behind.end()
    return start, end


def _goes_on(text: str, start: int, end: int) -> bool:
    """Whether right beside what the form tells stands a number, or a word in letters that the form may not know."""
    return _BEFORE.search(text[:start]) is not None or _AFTER.match(text[end:]) is not None


def _by_words(text: str) -> tuple[int, int] | None:
    """The same, by the words of all languages (`newsarchive.words`)."""
    if not may_be_time(text.strip()):
        return None
    found = find_moment(text, at=_LATE)
    start = text.find(found[0]) if found else -1
    if found is None or start < 0:
        return None
    end = start + len(found[0])
    if len(_WORD.findall(f"{text[:start]} {text[end:]}")) > _BESIDE:
        return None
    if text.isascii() and not _DIGIT.search(found[0]) and (found[0] != text.strip() or len(found[0]) < _LEAST):
        return None  # "Comment now"
    is_own = text[end:].strip() == "." or (_SHORTENED.search(found[0]) is not None and text[end : end + 1] == ".")
    return start, end + is_own


def _by_form(text: str) -> tuple[int, int] | None:
    start = end = -1
    for found in _PARTS.finditer(text):
        if (day := _OF_A_MONTH.fullmatch(found[0])) and (day[1] or day[2]).lower() not in dated():
            continue  # the first comment, by Mary
        if start < 0:
            start, end = found.start(), found.end()
        elif _BETWEEN.fullmatch(text, end, found.start()):
            end = found.end()
    if start < 0 or (_BARE.fullmatch(text[start:end]) and text.strip() != text[start:end].strip()):
        return None
    if _NUMBER.fullmatch(text[start:end]):
        return None
    if before := _WEEKDAY.search(text[max(0, start - 24) : start]):
        start = max(0, start - 24) + before.start()
    if day := _DAY_BEHIND.match(text, end):
        end = day.end()
    if edited := _EDITED.match(text, end):
        end = edited.end()
    closed = "(" in text[start:end] and text[end : end + 1] == ")"
    return start, end + closed

"""The time of day within the words of a date: "3:26 pm ET", "15h26", "19.18 Uhr", "午後3時26分"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

_ZONES = {
    **dict.fromkeys(("z", "utc", "gmt"), "UTC"),
    **dict.fromkeys(("et", "est", "edt"), "America/New_York"),
    **dict.fromkeys(("ct", "cst", "cdt"), "America/Chicago"),
    **dict.fromkeys(("mt", "mst", "mdt"), "America/Denver"),
    **dict.fromkeys(("pt", "pst", "pdt"), "America/Los_Angeles"),
    **dict.fromkeys(("cet", "cest", "mez", "mesz"), "Europe/Berlin"),
    **dict.fromkeys(("eet", "eest"), "Europe/Athens"),
    **dict.fromkeys(("wet", "west"), "Europe/Lisbon"),
    **{"bst": "Europe/London", "msk": "Europe/Moscow", "мск": "Europe/Moscow", "sast": "Africa/Johannesburg"},
    **{"cat": "Africa/Harare", "eat": "Africa/Nairobi", "wat": "Africa/Lagos", "jst": "Asia/Tokyo", "kst": "Asia/Seoul"},
    **{"hkt": "Asia/Hong_Kong", "sgt": "Asia/Singapore", "wib": "Asia/Jakarta", "wita": "Asia/Makassar", "wit": "Asia/Jayapura"},
    **{"aest": "Australia/Sydney", "aedt": "Australia/Sydney", "awst": "Australia/Perth", "nzst": "Pacific/Auckland"},
    **{"nzdt": "Pacific/Auckland", "pkt": "Asia/Karachi", "trt": "Europe/Istanbul"},
}
_HALF = r"(?: ?(?P<half>[ap])\.? ?m\b\.?)?"
_ZONE = (
    rf"(?:,? ?\(?(?P<zone>{'|'.join(sorted(_ZONES, key=len, reverse=True))})\b)?"
    r"(?: ?\(?(?P<offset>(?<=[mct])[+-]\d\d?\b(?!:)|[+-]\d\d:?\d\d))?\)?"
)
_UNIVERSAL = re.compile(r"\b(?:utc|gmt)\b ?([+-]\d\d?)?(?::?00)?\b")
_END = r"(?![\d.:]\d)"
_CLOCKS = tuple(
    re.compile(form + _HALF + _ZONE)
    for form in (
        rf"(?<![\d:./-])(?P<hour>\d{{1,2}})(?: ?: ?| ?h ?|[时時点點시] ?)(?P<minute>\d\d)[분分]?"
        rf"(?:[:.m] ?(?P<second>\d\d)(?:[.,]\d{{1,9}})?s?| ?(?P<seconds>\d{{1,2}}) ?[초秒])?(?: ?h(?:rs?|s)?\b)?{_END}",
        rf"(?<![\d:./-])(?P<hour>\d{{1,2}})\.(?P<minute>\d\d)(?:\.(?P<second>\d\d))?{_END}",
        r"(?<![\d:./-])(?P<hour>\d{1,2}) ?(?:uhr\b|h\b(?! ?\d)|[时時点點시](?!间|間|간))",
        r"(?<![\d:./-])(?P<hour>\d{1,2})(?= ?[ap]\.? ?m\b)",
    )
)


@dataclass(frozen=True, slots=True)
class Clock:
    """A time as a clock on the wall shows it; `step` is how far on the next that the words could have said is.

    `half` is "a" or "p" where the words name the half of the day with it; `zone` is None where they name none.
    """

    hour: int
    minute: int
    second: int
    step: timedelta
    half: str
    zone: tzinfo | None

    def at_half(self, half: str) -> time | None:
        """The time of day, in the half of the day given or its own; None if there is no such time."""
        half = self.half or half
        hour = self.hour % 12 + (12 if half == "p" else 0) if half and self.hour <= 12 else self.hour
        return time(hour, self.minute, self.second) if hour < 24 and self.minute < 60 and self.second < 60 else None


def cut_clock(simple: str) -> Iterator[tuple[Clock, str]]:
    """Each way in which a simplified text holds a time of day, with the text that is left, the likeliest way first."""
    for form in _CLOCKS:
        if (found := form.search(simple)) and (clock := _clock(found)):
            rest = f"{simple[: found.start()]} {simple[found.end() :]}"
            if clock.zone is None and (apart := _UNIVERSAL.search(rest)):
                clock, rest = replace(clock, zone=_universal(apart)), f"{rest[: apart.start()]} {rest[apart.end() :]}"
            yield clock, rest


def _universal(found: re.Match[str]) -> tzinfo:
    return timezone(timedelta(hours=int(found[1] or 0))) if abs(int(found[1] or 0)) < 15 else UTC


def _clock(found: re.Match[str]) -> Clock | None:
    part = found.groupdict()
    zone: tzinfo | None = None
    if named := part["zone"]:
        zone = UTC if _ZONES[named] == "UTC" else ZoneInfo(_ZONES[named])
    if offset := part["offset"]:
        hours, minutes = int(offset[1:3].rstrip(":")), int(offset[-2:] if len(offset) > 3 else 0)
        if hours > 14 or minutes > 59:
            return None
        zone = timezone((1 if offset[0] == "+" else -1) * timedelta(hours=hours, minutes=minutes))
    second = part.get("second") or part.get("seconds")
    step = timedelta(0) if second else timedelta(minutes=1) if part.get("minute") else timedelta(hours=1)
    return Clock(int(part["hour"]), int(part.get("minute") or 0), int(second or 0), step, part["half"] or "", zone)

"""The hours in which a site may be asked, by its own clock: at night, for example, when its readers sleep."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, tzinfo
from zoneinfo import ZoneInfo

from newsarchive.errors import UsageError

_HOURS = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")


@dataclass(frozen=True, slots=True)
class Hours:
    """From `begin` up to `end`, which may lie beyond midnight, by the clock of `zone`. Without them it is always time."""

    begin: time | None = None
    end: time | None = None
    zone: tzinfo = UTC
    text: str = ""

    @classmethod
    def parse(cls, text: str, time_zone: str | None) -> Hours:
        """Read `22:00-06:00`, or nothing; the time zone is an IANA name, UTC if it is not known. Raises UsageError."""
        zone = ZoneInfo(time_zone or "UTC")
        if not text.strip():
            return cls(zone=zone)
        found = _HOURS.fullmatch(text.strip())
        if not found or found[1] + found[2] == found[3] + found[4]:
            raise UsageError(f"NEWSARCHIVE_HOURS must be like 22:00-06:00, not {text!r}")
        begin_hour, begin_minute, end_hour, end_minute = map(int, found.groups())
        named = f"{text.strip()} {time_zone or 'UTC'}"
        return cls(time(begin_hour, begin_minute), time(end_hour, end_minute), zone, named)

    def is_open(self, at: datetime) -> bool:
        """Whether the site may be asked at an instant."""
        if self.begin is None or self.end is None:
            return True
        clock = at.astimezone(self.zone).time()
        if self.begin < self.end:
            return self.begin <= clock < self.end
        return clock >= self.begin or clock < self.end

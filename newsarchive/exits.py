"""How a command ends, as a number for cron: the same for `newsarchive ...` and `scrapy crawl`.

0 and 1 as everywhere, 2 as click has it, 28 is ENOSPC, 75 EX_TEMPFAIL of sysexits.h, 143 a shell's word for TERM.
"""

from __future__ import annotations

from newsarchive.errors import FULL, ArchiveFull, Locked, OutOfHours, UsageError

WHOLE, FAILED, USAGE, DISK_FULL, NOT_NOW, TERMINATED = 0, 1, 2, 28, 75, 143


def code_of(error: BaseException) -> int:
    """The exit code for what ended a command."""
    if isinstance(error, Locked | OutOfHours):
        return NOT_NOW
    if isinstance(error, UsageError):
        return USAGE
    causes = (error, error.__cause__)  # the readers' error has the machine's for its cause
    full = any(isinstance(one, ArchiveFull) or (isinstance(one, OSError) and one.errno in FULL) for one in causes)
    return DISK_FULL if full else FAILED

"""Every exception of the house, and who raises it."""

import errno

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}  # disk, quota, or the largest size of a file: ArchiveFull


class NewsArchiveError(Exception):
    """Base of all errors that newsarchive raises on purpose; its text is written for the operator."""


class UsageError(NewsArchiveError):
    """A setting or an argument makes no sense. Raised by the settings, the spiders and the command line."""


class Blocked(NewsArchiveError):
    """An address may not be asked: scheme, port, or a private network address. Raised by `guard`, at every hop."""


class UnknownAge(NewsArchiveError):
    """A phrase is no age or date in a known language. Raised by `times`."""


class LayoutChanged(NewsArchiveError):
    """A page lacks a field that its reader requires. Raised by readers, caught once, where a page is read."""


class ReadingFailed(NewsArchiveError):
    """A page could not be read within its limits. Raised by `reading.pool`; a flag on the capture, never a lost one."""


class ReadersFailed(NewsArchiveError):
    """The machine keeps the readers from working: no room for temporary files, say. No page's fault. Raised by `reading.pool`."""


class DamagedRecord(NewsArchiveError):
    """A WARC record is cut, or is not what the index says. Raised by `vault.replay`."""


class LargeRecord(DamagedRecord):
    """A record is too large to be held in memory. Raised by `vault.members`; `vault.through` reads such a one in pieces."""


class Locked(NewsArchiveError):
    """Another crawl of this site is running. Raised by `vault.archivist`; exit code 75."""


class OutOfHours(NewsArchiveError):
    """It is not the time at which the site may be asked (NEWSARCHIVE_HOURS). Raised by `crawl`; exit code 75."""


class ArchiveFull(NewsArchiveError):
    """The disk takes no more. Raised by `vault`; exit code 28."""


class LittleSpace(ArchiveFull):
    """The disk has less room than NEWSARCHIVE_FREE_BYTES asks for; what is open can still be closed. Raised by `vault`."""


class UnusableCatalogue(NewsArchiveError):
    """`catalogue.db` cannot be opened, or no longer be written to. Raised by `vault.usable`; the text says what to do."""


class UnsafeFolder(NewsArchiveError):
    """Everybody may write into the archive's folder. Raised by `vault.usable`."""


class Stopped(NewsArchiveError):
    """A request was given up because the crawl is being stopped; the next crawl of the site asks again. Raised by `capture`."""


class NotBlanked(NewsArchiveError):
    """A record has no room for its own bytes with a passage blanked. Raised by `vault.blanking`."""

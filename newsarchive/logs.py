"""Log records whose text cannot act: whatever a page, a header or a server's message puts into them.

A control character moves a terminal's cursor or changes its colour, a line end forges the next record, a bidi control turns a
line around (Trojan Source, CVE-2021-42574). So every record is made of a class that shows them as escapes: ours, Scrapy's,
Twisted's, warnings and tracebacks, whichever handler writes them.
"""

from __future__ import annotations

import logging
import traceback
from typing import Any

from newsarchive.text import shown

_MARGIN = "    | "  # before each line of a traceback: none of them looks like a record


class SafeRecord(logging.LogRecord):
    """A record in one line, with its traceback behind a margin."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.exc_info and self.exc_info[0]:
            lines = "".join(traceback.format_exception(*self.exc_info)).rstrip("\n").split("\n")
            self.exc_text = "\n".join(_MARGIN + shown(line) for line in lines)

    def getMessage(self) -> str:
        """The message, with what could act shown as escapes."""
        return shown(super().getMessage())


def make_safe() -> None:
    """Let every log record of this process be a safe one. Doing it twice changes nothing."""
    logging.setLogRecordFactory(SafeRecord)

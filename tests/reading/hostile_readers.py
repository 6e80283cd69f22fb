"""Readers as a hostile page would make them: found by name in the worker, like a newspaper's own."""

from __future__ import annotations

import os
import signal
from collections.abc import Collection
from pathlib import Path
from typing import ClassVar

from newsarchive.items import Article
from newsarchive.reading.document import Document, Element


class Endless:
    @staticmethod
    def read_article(document: Document, *, without: Collection[Element] = ()) -> Article | None:
        while True:
            pass


class Knocking:
    """Endless, but it says first that it has begun: the page's text names a FIFO."""

    @staticmethod
    def read_article(document: Document, *, without: Collection[Element] = ()) -> Article | None:
        Path(document.text).write_text("begun", encoding="ascii")
        while True:
            pass


class Hungry:
    @staticmethod
    def read_article(document: Document, *, without: Collection[Element] = ()) -> Article | None:
        assert bytearray(8 << 30)
        return None


class Hoarding:
    """Keeps much of what it needed for a page."""

    kept: ClassVar[list[bytearray]] = []

    @staticmethod
    def read_article(document: Document, *, without: Collection[Element] = ()) -> Article | None:
        Hoarding.kept.append(bytearray(1 << 30))
        return None


class Dying:
    @staticmethod
    def read_article(document: Document, *, without: Collection[Element] = ()) -> Article | None:
        os.kill(os.getpid(), signal.SIGKILL)
        return None


class Failing:
    @staticmethod
    def read_article(document: Document, *, without: Collection[Element] = ()) -> Article | None:
        raise ZeroDivisionError("a bug")

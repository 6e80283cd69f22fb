from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newsarchive.demo.newspaper import Newspaper

NOW = datetime(2026, 11, 22, 10, 0, 30, tzinfo=UTC)


@pytest.fixture
def newspaper() -> Newspaper:
    """The first edition at a fixed instant."""
    return Newspaper(now=NOW)

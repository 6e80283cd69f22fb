"""A window of hours that is closed, whenever the tests run."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


def not_now() -> str:
    """From two hours on for an hour, in UTC."""
    now = datetime.now(UTC)
    return f"{now + timedelta(hours=2):%H:%M}-{now + timedelta(hours=3):%H:%M}"

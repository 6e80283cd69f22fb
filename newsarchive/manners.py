"""What a crawl says of itself to the sites it asks: who answers for it, on what grounds, and what it holds itself to.

Each is a setting; a newspaper's file may give its own value, for a site with which something else was agreed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from newsarchive.errors import UsageError

# A field of a newspaper's file, and the setting that it sets for the site.
SETTINGS = {
    "operator": "NEWSARCHIVE_OPERATOR",
    "mandate": "NEWSARCHIVE_MANDATE",
    "retention": "NEWSARCHIVE_RETENTION",
    "hours": "NEWSARCHIVE_HOURS",
    "noarchive": "NEWSARCHIVE_NOARCHIVE",
    "robots": "ROBOTSTXT_OBEY",
    "requisites": "NEWSARCHIVE_REQUISITES",
}
NOARCHIVE = ("record", "omit")
_ROBOTS = {"obey": True, "ignore": False}
_MAILBOX = re.compile(r"[^\s<>()\[\],;:\"@]+@[^\s<>()\[\],;:\"@]+\.[^\s<>()\[\],;:\"@]*\w")


def settings_of(newspaper: Any) -> dict[str, Any]:
    """The settings that a newspaper's file gives for its site. Raises UsageError for a value that makes no sense."""
    given = {field: getattr(newspaper, field) for field in SETTINGS if getattr(newspaper, field) is not None}
    wrong = [field for field, value in given.items() if not isinstance(value, str)]
    if wrong or given.get("robots", "obey") not in _ROBOTS:
        name = getattr(newspaper, "name", None)
        raise UsageError(f"newspaper {name!r}: {wrong[0] if wrong else 'robots'} is wrong: a text; for robots 'obey' or 'ignore'")
    return {SETTINGS[field]: _ROBOTS[value] if field == "robots" else value for field, value in given.items()}


def mailbox(operator: str) -> str | None:
    """The e-mail address in the operator's name, for the header From (RFC 9110, section 10.1.2)."""
    found = _MAILBOX.search(operator)
    return found[0] if found else None


def check_contact(operator: str, start_urls: Iterable[str]) -> None:
    """Raise UsageError where a site is to be asked that could not write to whoever asks. This machine needs no address."""
    asked = next((url for url in start_urls if not _is_here(urlsplit(url).hostname or "")), None)
    if asked and not mailbox(operator):
        raise UsageError(
            f"NEWSARCHIVE_OPERATOR is {operator!r}: say who answers for the crawl, with an e-mail address, before {asked} "
            'is asked; for example NEWSARCHIVE_OPERATOR="Jane Doe, Example University, jane.doe@example.org"'
        )


def warcinfo(settings: Mapping[str, Any]) -> dict[str, str]:
    """The fields of warcinfo that say who crawls, on what grounds, and by which rules."""
    obeys = str(settings["ROBOTSTXT_OBEY"]).lower() in ("1", "true")
    return {
        "operator": settings["NEWSARCHIVE_OPERATOR"],
        "description": settings["NEWSARCHIVE_MANDATE"],
        "retention": settings["NEWSARCHIVE_RETENTION"],
        "robots": "obey" if obeys else "ignore",
        "http-header-user-agent": settings["USER_AGENT"],
        "http-header-from": mailbox(settings["NEWSARCHIVE_OPERATOR"]) or "",
    }


def noarchive(settings: Mapping[str, Any]) -> str:
    """What is done with a page that asks not to be archived. Raises UsageError for a word that is none."""
    policy = str(settings["NEWSARCHIVE_NOARCHIVE"])
    if policy not in NOARCHIVE:
        raise UsageError(f"NEWSARCHIVE_NOARCHIVE must be one of {', '.join(NOARCHIVE)}, not {policy!r}")
    return policy


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")

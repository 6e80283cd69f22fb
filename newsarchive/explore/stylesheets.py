"""Archived stylesheets: every address in them leads to the archive's captures, or nowhere.

What is not recognised here (an address written with escapes) stays as it is; the policy of the page forbids it to be fetched.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_ADDRESSES = re.compile(
    r"""url\(\s*(?:"(?P<double>[^"\\\n]{0,8000})"|'(?P<single>[^'\\\n]{0,8000})'|(?P<bare>[^\s"'()\\]{0,8000}))\s*\)"""
    r"""|(?P<import>@import\s+)(?:"(?P<double_import>[^"\\\n]{0,8000})"|'(?P<single_import>[^'\\\n]{0,8000})')""",
    re.IGNORECASE,
)


def rewrite(css: str, archived: Callable[[str], str | None]) -> str:
    """The stylesheet with each address as `archived` gives it; what that has none for becomes `about:blank`."""

    def replace(found: re.Match[str]) -> str:
        address = next((value for name, value in found.groupdict().items() if value is not None and name != "import"), "")
        return f'{found["import"] or ""}url("{archived(address) or "about:blank"}")'

    return _ADDRESSES.sub(replace, css)

"""What a page's scripts say to the platform whose comments they load: `name = "value"`, `name: 'value'`, `"name": "value"`.

Only scripts are looked at: what a reader wrote into a comment names no thread.
"""

from __future__ import annotations

import re

from newsarchive.reading.document import Document

_VALUE = r"""(?:"((?:[^"\\\n]|\\.){1,1000})"|'((?:[^'\\\n]|\\.){1,1000})'|(\d{1,20})\b)"""
_REMARK = re.compile(r"^[ \t]{0,200}//[^\n]*", re.MULTILINE)  # Coral's and Disqus's samples stand in pages, commented out
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))")


def assigned(document: Document, *names: str, after: str | None = None) -> str | None:
    """The first text or whole number that a script of the page gives to one of these names; the earlier names first.

    `after` is what must stand in the script before it, where the names are anybody's (`apiKey`).
    """
    scripts = [_REMARK.sub("", text) for script in document.tree.iter("script") if (text := script.text)]
    if after:
        scripts = [text.partition(after)[2] for text in scripts]
    for name in names:
        pattern = re.compile(rf"(?<![\w$]){re.escape(name)}[\"']?\s{{0,9}}[:=]\s{{0,9}}{_VALUE}")
        for text in scripts:
            if name in text and (found := pattern.search(text)):
                return _unescaped(found[1] or found[2] or found[3])
    return None


def own_address(document: Document) -> str:
    """The address under which a platform knows a page that does not name one: `link rel=canonical`, else its own."""
    href = next(iter(document.linked("canonical")), "")
    return document.absolute(href) or document.url


def _unescaped(literal: str) -> str:
    """A JavaScript string's value; what has no other meaning stands for itself (`\\/`), half of a surrogate pair for nothing."""
    units = _ESCAPE.sub(lambda found: chr(int(found[1] or found[2], 16)) if found[1] or found[2] else found[3], literal)
    return units.encode("utf-16", "surrogatepass").decode("utf-16", "replace")

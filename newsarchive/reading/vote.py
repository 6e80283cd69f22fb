"""Which paragraphs of a page trafilatura takes for its main text: a vote, for the page's own reader to weigh.

Of trafilatura's cascade only the first stage is run, its rules for the main text. The others (another extractor, a rescue of
short texts, a second run that takes more) decide what `body` decides by itself, from all paragraphs of the page, and cost more
than the rules. So the stage's parts are called one by one, as `trafilatura.core.trafilatura_sequence` of 2.3.1 does.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Any

from trafilatura.htmlprocessing import convert_tags, prune_unwanted_nodes, tree_cleaning
from trafilatura.main_extractor import extract_content
from trafilatura.settings import Extractor
from trafilatura.xml import xmltotxt
from trafilatura.xpaths import RAW_TREE_PRUNE_XPATH, REMOVE_COMMENTS_AND_LISTS_XPATH

from newsarchive.reading.document import Element
from newsarchive.reading.prose import Paragraph
from newsarchive.reading.pruning import pruned
from newsarchive.text import fold

_WORD = re.compile(r"[\W_]+")
_FOLDED = {code: chr(code).lower() if chr(code).isalnum() else None for code in range(128)}  # `key` of ASCII, many times faster
_AMBIGUOUS = 40  # characters below which a paragraph is told by its whole line, not by being part of the text


def voted_for(tree: Element, found: Sequence[Paragraph], without: Collection[Element]) -> list[Paragraph]:
    """Those of the paragraphs `found` that trafilatura takes for the main text, each once, in page order.

    `without` are elements that it does not see. The tree stays as it is.
    """
    lines = [part for line in _main_text(pruned(tree, without)).split("\n") for part in line.split("|")]
    keys = [key(line) for line in lines]
    known, whole = set(keys), "".join(keys)
    seen: set[str] = set()
    voted = []
    for paragraph in found:
        name = key(paragraph.text)
        if name and name not in seen and (name in known or (len(name) > _AMBIGUOUS and name in whole)):
            voted.append(paragraph)
            seen.add(name) if len(name) > _AMBIGUOUS else None
    return voted


def key(text: str) -> str:
    """The letters and digits of a text, folded: equal for what two extractors made of one paragraph."""
    return text.translate(_FOLDED) if text.isascii() else _WORD.sub("", fold(text))


def _main_text(tree: Any) -> str:
    """What trafilatura's rules take of a tree, line by line; a table's row is one line. The tree is used up."""
    options = Extractor(comments=False)
    try:
        tree = prune_unwanted_nodes(tree, RAW_TREE_PRUNE_XPATH)
        tree = prune_unwanted_nodes(tree, REMOVE_COMMENTS_AND_LISTS_XPATH)
        body, _ = extract_content(convert_tags(tree_cleaning(tree, options), options), options)
        return str(xmltotxt(body, options.formatting))
    except (TypeError, ValueError):  # its own door takes these for a page without text
        return ""

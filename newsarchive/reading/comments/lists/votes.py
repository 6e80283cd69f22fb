"""How many readers agreed with a comment and how many did not, where the page shows it beside the text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from newsarchive.reading.comments.lists.pieces import Piece
from newsarchive.reading.counts import plausible

_NUMBER = re.compile(r"\D{0,20}?([+-]?)\s?(\d{1,3}(?:[.,\s]\d{3})+|\d{1,7})\D{0,24}")
_OF = re.compile(r"\D{0,20}?(\d{1,6})\s(?:of|von|de|di|van|av|из|z)\s(\d{1,6})\b\D{0,30}")
_DOWN = re.compile(r"dislike|down|minus|negativ|contra|disagree|unlike|against|gefällt-?nicht|ablehn|踩|反对")
_UP = re.compile(
    r"like|(?:^|[\W_])up(?:$|[\W_])|upvote|thumb|plus|positiv|agree|vote|score|rating|karma|recommend|points?\b|helpful"
    r"|gefällt|zustimm|pouce|applau"
    r"|soutien|curti|gusta|piace|leuk|gilla|нрав|赞|支持|顶|推荐|いいね|좋아요|추천"
)
_NO_VOTE = re.compile(r"comment|repl|antwort|respuesta|post_?count|share|rank|level|follow|fans|number|#|members?|views?")
_MOST_WORDS = 6


def read_votes(head: Iterable[Piece]) -> tuple[int | None, int | None]:
    """The votes for and against that stand in these pieces beside a comment's text; None where none are shown."""
    up: int | None = None
    down: int | None = None
    for piece in head:
        words = piece.text.strip().lower()
        if piece.time or not any(map(str.isdigit, words)) or len(words.split()) > _MOST_WORDS:
            continue
        told = f"{words} {_told(piece)}"
        if (found := _OF.fullmatch(words)) and _UP.search(told):
            up, down = int(found[1]), max(0, int(found[2]) - int(found[1]))
        elif (found := _NUMBER.fullmatch(words)) and not _NO_VOTE.search(words):
            count = plausible(re.sub(r"\D", "", found[2]))
            if _DOWN.search(told) or (found[1] == "-" and _UP.search(told)):
                down = count if down is None else down
            elif _UP.search(told):
                up = count if up is None else up
    return up, down


def _told(piece: Piece) -> str:
    """What the element of a piece, and what is right around it, say of its number."""
    told = list(piece.path[-2:])
    for one in (piece.home, *islice(piece.home.iterancestors(), 1)):
        told += [value for name in ("class", "title", "aria-label", "id") if (value := one.get(name))]
    return " ".join(told).lower()

"""The answer of a described endpoint: its comments, and the requests for those that it leaves out."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import unescape
from typing import Any

from newsarchive.endpoints import Endpoint, Question
from newsarchive.items import Follow
from newsarchive.reading.comments.endpoint_json import MISSING, dig, holds, rows, word
from newsarchive.reading.comments.endpoint_request import Values, paging, start, written
from newsarchive.reading.comments.entry import Entry, moment
from newsarchive.reading.comments.marks import html_text
from newsarchive.reading.counts import plausible

_NO_PARENT = frozenset(("0", "-1", "root", "null", "None"))  # how platforms call the article, where a comment answers it
_NOBODY = _NO_PARENT | {"anonymous", "guest"}  # what stands in the place of an account's id where the author has none


@dataclass(slots=True)
class Answer:
    """One answer read: the comments in their order, those that answer one behind it.

    `follow` asks for the next page and for replies that were left out. `whole` is False where something in it is no comment, or
    where replies are missing that cannot be asked for.
    """

    entries: list[Entry] = field(default_factory=list)
    follow: list[Follow] = field(default_factory=list)
    total: int | None = None
    whole: bool = True


def read(endpoint: Endpoint, question: Question, values: Values, value: Any) -> Answer:
    """Read the JSON value that a question with these values brought."""
    answer, listed = Answer(), rows(dig(question.comments, value))
    if listed is None:
        answer.whole = False  # an error in the place of the comments
        return answer
    _read_list(endpoint, values, listed, value, answer)
    if question.claim and not (question.after and values.get("cursor") != question.first):  # there it may count the rest only
        answer.total = plausible(dig(question.claim, value))
    following = _next(question, values, value, listed)
    answer.follow += filter(None, [written(endpoint, question, {**values, **following}) if following else None])
    return answer


def _read_list(endpoint: Endpoint, values: Values, listed: list[Any], root: Any, answer: Answer) -> None:
    """Read a list of comments and of their replies, however deep they stand: no recursion, the page sets the depth."""
    outermost = values.get("comment") or None
    waiting = [(one, outermost) for one in reversed(listed)]
    while waiting:
        item, above = waiting.pop()
        entry = _entry(endpoint, item, root, above) if isinstance(item, dict) else None
        if entry is None:
            answer.whole = False
            continue
        answer.entries.append(entry)
        shown = rows(_at(endpoint, "replies", item, root, instead=[])) or []
        count = plausible(_at(endpoint, "reply_count", item, root))
        if entry.id and count is not None and count > len(shown):
            _ask_replies(endpoint, values, entry.id, shown, answer)
        waiting += [(one, entry.id) for one in reversed(shown)]


def _ask_replies(endpoint: Endpoint, values: Values, comment: str, shown: list[Any], answer: Answer) -> None:
    """Ask for the replies behind those that are shown, where the platform can be asked for them."""
    question = endpoint.ask_replies
    follow = written(endpoint, question, {**values, **_behind(question, comment, shown)}) if question else None
    if follow:
        answer.follow.append(follow)
    else:
        answer.whole = False


def _behind(question: Question, comment: str, shown: list[Any]) -> dict[str, str]:
    """The values of the first request for replies: it must bring something new, or it would be the last one."""
    first = start(question) | {"comment": comment}
    if shown and paging(question) == "offset":
        first["offset"] = str(int(first["offset"]) + len(shown))
    elif shown and paging(question) == "page" and question.size:
        first["page"] = str(int(first["page"]) + len(shown) // question.size)
    elif shown and question.after:
        first["cursor"] = word(dig(question.after, shown[-1])) or first["cursor"]
    return first


def _next(question: Question, values: Values, value: Any, listed: list[Any]) -> dict[str, str]:
    """What the next request has in place of this one's values; nothing where this page is the last."""
    way, size, count = paging(question), int(values.get("size") or question.size), len(listed)
    if way is None or not listed or (question.more and not holds(question.more, value)):
        return {}
    if way == "cursor":
        full = bool(question.more or question.next) or count >= size
        cursor = word(dig(question.after, listed[-1]) if question.after else dig(question.next, value)) if full else None
        return {"cursor": cursor} if cursor and cursor != values["cursor"] else {}
    here = int(values[way])
    pages = here - int(start(question)["page"]) + 1 if way == "page" else 0
    seen = pages * size if way == "page" else here + count
    total = plausible(dig(question.claim, value)) if question.claim else None
    if not question.more and count < size and (total is None or total <= seen):
        return {}
    return {way: str(here + (1 if way == "page" else count))}


def _entry(endpoint: Endpoint, item: dict[str, Any], root: Any, above: str | None) -> Entry | None:
    """One comment; None for an object that has neither an id nor a text."""
    own, parent = (word(_at(endpoint, name, item, root)) for name in ("id", "parent"))
    hidden = (condition := endpoint.field("hidden")) is not None and holds(condition, item, root)
    text = None if hidden else _text(endpoint, item, root)
    if own is None and text is None:
        return None
    name, account = (word(_at(endpoint, field, item, root)) for field in ("name", "account"))
    return Entry(
        text=text,
        name=unescape(name) if name else None,
        stamp=moment(_at(endpoint, "created", item, root)),
        id=own,
        parent=above if parent is None or parent in _NO_PARENT or parent == own else parent,
        account=None if account in _NOBODY else account,
        upvotes=plausible(_at(endpoint, "upvotes", item, root)),
        downvotes=plausible(_at(endpoint, "downvotes", item, root)),
        hidden=hidden,
    )


def _text(endpoint: Endpoint, item: dict[str, Any], root: Any) -> str | None:
    """The comment's text: of HTML what a browser shows."""
    plain, marked = (_at(endpoint, name, item, root) for name in ("text", "html"))
    if isinstance(marked, str):
        return html_text(marked)
    return plain if isinstance(plain, str) and plain.strip() else None


def _at(endpoint: Endpoint, name: str, item: dict[str, Any], root: Any, instead: Any = None) -> Any:
    path = endpoint.field(name)
    found = MISSING if path is None else dig(path, item, root)
    return instead if found is MISSING else found

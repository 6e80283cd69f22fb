"""What a platform's reader hands back for one page."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from newsarchive.items import Comment, Follow, Placement, Thread
from newsarchive.reading.document import Element
from newsarchive.text import clean_line


@dataclass(frozen=True, slots=True)
class Discussion:
    """What one page shows of a thread.

    `follow` leads to the rest of the thread. `nodes` are the elements that hold comments and their forms: they are no
    part of the article's text. `article_page` is False where the address is a page of comments and nothing else.
    """

    thread: Thread
    comments: tuple[Comment, ...] = ()
    placements: tuple[Placement, ...] = ()
    follow: tuple[Follow, ...] = ()
    nodes: tuple[Element, ...] = ()
    article_page: bool = True


def thread_id(platform: str, url: str, key: str, *, folder: str = "") -> str:
    """A thread's id, `platform:HOST:key`, or `platform:HOST/folder:key` where `folder` holds one of several installs.

    The host is that of `url`, with its port and without `www.`; `key` is cleaned to one line.
    """
    host = urlsplit(url).netloc.removeprefix("www.")
    return f"{platform}:{host}{folder and '/' + folder}:{clean_line(key)}"

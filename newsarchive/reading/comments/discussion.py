"""What a platform's reader is, and what it hands back for one page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

from newsarchive.items import Comment, Follow, Placement, Thread
from newsarchive.reading.document import Document, Element
from newsarchive.text import clean_line
from newsarchive.urls import url_key


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


class Platform(Protocol):
    """A module of this package that reads one comment platform.

    `read_page` is asked about HTML of the newspaper's own host: does it use this platform? Then it gives the thread and the
    comments that stand in the page, or the first request that asks for them (`follow`, and the same in `thread.pages`).
    `read_answer` is asked about every page, also one of another host: is it this platform's answer, by its address, method
    and request body? Then it gives the comments, the next request, the count that is claimed. Both give None for what is
    not theirs.
    """

    def read_page(self, document: Document) -> Discussion | None: ...

    def read_answer(self, document: Document) -> Discussion | None: ...


def thread_id(platform: str, url: str, key: str, *, folder: str = "") -> str:
    """A thread's id, `platform:HOST:key`, or `platform:HOST/folder:key` where `folder` holds one of several installs.

    The host is that of `url`, with its port and without `www.`; `key` is cleaned to one line. Threads of a platform that serves
    many newspapers have the site and the platform's word for it in HOST's place (`answers.shared_thread_id`).
    """
    host = urlsplit(url).netloc.removeprefix("www.") if "//" in url else url
    return f"{platform}:{host}{folder and '/' + folder}:{clean_line(key)}"


def path_key(url: str) -> str:
    """The path and parameters of an address as the key of a thread: `/news/maize`, `/?q=node/7`."""
    host = urlsplit(url).netloc.removeprefix("www.")
    return f"/{url_key(url).removeprefix(host).removeprefix('/')}"

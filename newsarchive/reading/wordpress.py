"""What WordPress tells of a page in its head and its addresses: which post of which install, which page of its comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit, urlunsplit

from newsarchive.reading.document import Document

_COMMENT_PAGE = re.compile(r"/comment-page-(\d{1,6})(/?)$")
_BODY_CLASS = re.compile(r"(?:^|\s)(?:postid|page-id|attachmentid)-(\d+)(?=\s|$)")
_POST = re.compile(r"/wp/v2/(?:posts|pages)/(\d+)/?$")
# What follows the folder of an install in the path of its interfaces, and in an address with `?p=` or `?rest_route=`.
_INTERFACE = re.compile(r"(?P<folder>(?:/[^/]+)*?)(?:/index\.php)?/(?:wp-json(?:/.*)?|xmlrpc\.php)")
_FRONT = re.compile(r"(?P<folder>(?:/[^/]+)*?)(?:/index\.php)?/?")
_NAMING = ("https://api.w.org/", "shortlink", "alternate", "EditURI")  # relations of links that tell the install's folder


def post_number(document: Document) -> str | None:
    """The number of the post: as the body's class, the short link, the REST link or the page's sole article tells it."""
    tree = document.tree
    stated = [
        *_BODY_CLASS.findall(next((name for one in tree.iter("body") if (name := one.get("class")) is not None), "")),
        *(value for href in document.linked("shortlink") for value in _query(href).get("p", [])),
        *(found[1] for href in document.linked("alternate") if (found := _POST.search(href))),
    ]
    marked = (re.fullmatch(r"post-(\d+)", one.get("id", "")) for one in tree.iter("article"))
    posts = {found[1] for found in marked if found}
    return next((one for one in (*stated, *(posts if len(posts) == 1 else ())) if one.isdecimal()), None)


def install(document: Document) -> str:
    """The folder of the install that made this page (`fr` for `/fr/`), "" for the host's root or where nothing tells it.

    Two installs on one host count their posts and comments apart. An answer of the REST interface tells it by its address.
    """
    return next((folder for url in _addresses(document) if (folder := _folder(url)) is not None), "")


def _addresses(document: Document) -> Iterator[str]:
    yield document.url if "/wp/v2/" in document.url else ""
    for rel in _NAMING if "html" in (document.mime or "html") else ():
        yield from (document.absolute(href) or "" for href in document.linked(rel))


def _folder(url: str) -> str | None:
    parts = urlsplit(url)
    form = _FRONT if {"p", "rest_route"} & _query(url).keys() else _INTERFACE
    found = form.fullmatch(parts.path)
    return found["folder"].strip("/") if found else None


def _query(url: str) -> dict[str, list[str]]:
    try:
        return parse_qs(urlsplit(url).query)
    except ValueError:  # no address: an open bracket
        return {}


def comment_page(url: str) -> int | None:
    """The number of the comment page that an address names (`comment-page-N`, `?cpage=N`), or None."""
    parts = urlsplit(url)
    found = _COMMENT_PAGE.search(parts.path)
    number = found[1] if found else next(iter(parse_qs(parts.query).get("cpage", [])), "")
    return int(number) if number.isdecimal() and len(number) < 7 else None


def without_comment_page(url: str) -> str:
    """The address without the part that names a comment page."""
    parts = urlsplit(url)
    query = parts.query
    if "cpage=" in query:
        query = urlencode([pair for pair in parse_qsl(query, keep_blank_values=True) if pair[0] != "cpage"])
    return urlunsplit(parts._replace(path=_COMMENT_PAGE.sub(r"\2", parts.path), query=query, fragment=""))


def in_path(url: str) -> str:
    """An address with `?cpage=N` in the form that sites with pretty addresses use: `/comment-page-N/`."""
    home = without_comment_page(url)
    return home.removesuffix("/") + f"/comment-page-{comment_page(url)}" + "/" * home.endswith("/") if "cpage=" in url else url

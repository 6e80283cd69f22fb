"""The key of a thread that no platform names: the article's id where the section of comments tells it, else its address.

Nothing in it may depend on which comments, and which links, a page has just now: an article's own thread would become another.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from newsarchive.reading.comments.discussion import path_key
from newsarchive.reading.comments.lists.words import names_comment
from newsarchive.reading.document import Document
from newsarchive.reading.identity import is_home
from newsarchive.reading.shape import shape
from newsarchive.text import clean_line
from newsarchive.urls import canonical, url_key

_OURS = "of_thread"  # a parameter of an endpoint's address that no endpoint knows
_NAMED = re.compile(
    r"(?:article|art|post|thread|story|news|entry|content|item|object|topic|commentpost|n)id|article|post|thread|story|news"
)
_ATTRIBUTE = re.compile(r"data-(?:article|story|news)[_-]?(?:id)?")
_SECTIONS = frozenset(("section", "div", "aside", "article", "main", "ul", "ol"))
_PASSING = re.compile(r"\d|form|repl|respon|more|load|page|nav|button|count")  # rows, and what a page has only now and then
_PAGING = re.compile(
    r"(?:[ck]omm?ent\w*?[-_]?)?(?:page|pagina|página|seite|pag|pg|p|cp|start|offset|from|skip|sida|side|str|strana|sivu"
    r"|pn)(?:no|num|number|index)?"
)
_PAGE_IN_PATH = re.compile(r"/(?:page|seite|pagina)[-/]?\d{1,4}/?$", re.IGNORECASE)
_COMMENT_PAGE_IN_PATH = re.compile(r"/comments?-(?:page|seite|pagina|p)[-/]?\d{1,4}/?$|/comments/\d{1,4}/?$", re.IGNORECASE)
_COMMENTS_IN_PATH = re.compile(
    r"/(?:comments?|kommentare?|comentarios?|commenti|reacties|reactions|discussion)/?$", re.IGNORECASE
)
_SCRIPT = re.compile(r"\.(?:php\d?|aspx?|jspx?|cgi|cfm|pl|dll)$", re.IGNORECASE)


def thread_key(document: Document) -> str:
    """What tells the threads of a site apart, the same on every page of a thread, whatever it shows."""
    return handed_down(document.url) or _in_section(document) or path_key(without_page(document.url))


def _in_section(document: Document) -> str | None:
    """The article's id as an attribute of the element whose id says that it holds the comments."""
    if not _ATTRIBUTE.search(document.text):
        return None
    for element in document.elements:
        name = (element.get("id") or "").lower()
        if element.tag in _SECTIONS and name and names_comment(name) and not _PASSING.search(name):
            told = (clean_line(value) for attribute, value in element.items() if _ATTRIBUTE.fullmatch(attribute))
            if found := next(filter(None, told), None):
                return found
    return None


def without_page(url: str) -> str:
    """An address without what turns the comments' pages, where the rest can still name an article."""
    parts = urlsplit(url)
    path = _COMMENT_PAGE_IN_PATH.sub("", parts.path)
    for behind in (_PAGE_IN_PATH, _COMMENTS_IN_PATH) if path == parts.path else (_COMMENTS_IN_PATH,):
        if (shorter := behind.sub("", path)) != path and _names_article(shorter):
            path = shorter
    path = path.rstrip("/") or "/"
    pairs = parse_qsl(parts.query, keep_blank_values=True, encoding="latin-1")  # byte by byte, in whatever encoding
    kept = [(name, value) for name, value in pairs if name != _OURS and not is_paging(name, value)]
    if not kept and (is_home(path) or _SCRIPT.search(path) or ("p" in dict(pairs) and not _names_article(path))):
        kept = pairs  # `/?p=123`, `/index.php?page=7`: the parameter names the article
    return urlunsplit(parts._replace(path=path, query=urlencode(kept, encoding="latin-1")))


def is_comments_alone(url: str) -> bool:
    """Whether an address is that of comments and nothing else, by its path, or because we made it so (`keyed`)."""
    path = _PAGE_IN_PATH.sub("", urlsplit(url).path)
    shorter = _COMMENTS_IN_PATH.sub("", path)
    return handed_down(url) is not None or (shorter != path and _names_article(shorter))


def home_of(url: str) -> str:
    """The address of the article whose comments a page shows: its own, but for what turns their pages."""
    home = without_page(url)
    return url if url_key(home) == url_key(url) else home


def is_paging(name: str, value: str) -> bool:
    """Whether a parameter turns pages: by its name, and by its value, which is a number."""
    return value.isdecimal() and _PAGING.fullmatch(name.lower()) is not None


def _names_article(path: str) -> bool:
    return path.strip("/").count("/") > 0 or shape(f"https://a.example{path}") not in ("other", "section")


def keyed(url: str, key: str) -> str | None:
    """An endpoint's address whose answer is known to be of this thread: as it is if it names it, else with a parameter more."""
    if key_in_url(url) == key:
        return url
    parts = urlsplit(url)
    pairs = [pair for pair in parts.query.split("&") if pair and not pair.startswith(f"{_OURS}=")]
    return canonical(urlunsplit(parts._replace(query="&".join([*pairs, urlencode({_OURS: key})]))))


def key_in_url(url: str) -> str | None:
    """The thread's key in an endpoint's address: our own parameter, else one that is called an article's id."""
    query = [(_plain(name), clean_line(value)) for name, value in parse_qsl(urlsplit(url).query)]
    named = [value for name, value in query if _NAMED.fullmatch(name)] + [value for name, value in query if name == "id"]
    return handed_down(url) or next(filter(None, named), None)


def handed_down(url: str) -> str | None:
    """The key that we put into an address."""
    found = (clean_line(value) for name, value in parse_qsl(urlsplit(url).query) if name == _OURS)
    return next(filter(None, found), None)


def _plain(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.lower().removeprefix("data-"))

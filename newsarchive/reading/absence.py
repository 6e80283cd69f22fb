"""Why a page shows no article where one may have been: it says that there is none, it asks for a password, it sends on."""

from __future__ import annotations

import re

from newsarchive.items import Absence
from newsarchive.reading.document import Document
from newsarchive.reading.identity import is_home
from newsarchive.urls import same_site, url_key

_LONGEST = 120  # characters of a title that is looked at
_LOGIN = 300  # characters of a page that is nothing but a log-in
_SOON = 5  # seconds after which a page sends its reader on; later it only loads itself anew
_THING = r"(?:page|article|story|post|content|url|document|file|news)"
_MISSING = re.compile(
    r"(?:(?:oops|sorry|uh[- ]oh)\W+)?(?:(?:http |error )?(?:404|410)(?: error)?\W*)?(?:(?:sorry|oops)\W+)?"
    rf"(?:(?:(?:the|this|that|your) )?(?:requested )?{_THING} )?"
    r"(?:(?:that )?you(?:['’]re| are| were|r)? (?:requested|looking for|wanted|request) )?"
    r"(?:(?:was|is|could|can)(?: not|n['’]t) (?:be )?|can(?:not|['’]?t) be |not |(?:is )?no longer |does(?: not|n['’]t) )"
    r"(?:found|available|exists?)\W*"
    r"|(?:http |error )?(?:404|410)(?: error| gone)?\W*|nothing (?:was )?found(?: here)?\W*"
    r"|(?:seite|artikel|beitrag)? ?(?:wurde )?nicht gefunden\W*"
    r"|(?:page|article) (?:introuvable|non trouvée?)\W*|(?:página|artículo|artigo)? ?(?:no encontrad[oa]|não encontrad[oa])\W*"
    r"|pagina non trovata\W*|(?:pagina|artikel) niet gevonden\W*|nie znaleziono(?: strony)?\W*|strona nie została znaleziona\W*"
    r"|страница не найдена\W*|sayfa bulunamadı\W*|halaman tidak ditemukan\W*|ukurasa haukupatikana\W*|الصفحة غير موجودة\W*"
    r"|页面不存在\W*|找不到(?:该|此)?页面\W*|ページが見つかりません(?:でした)?\W*",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s+[|–—·»«:-]+\s+")
_REFRESH = re.compile(r"\s*(?P<after>\d{1,4})(?:\.\d*)?\s*[;,]\s*(?:url\s*=\s*)?[\"']?(?P<url>[^\"']+)", re.IGNORECASE)


def absence(document: Document, *, stated: bool) -> Absence | None:
    """Why this page shows no article; `stated` says that it calls itself one, which a mere title does not outweigh.

    `missing`: its headline says so, or its title, or WordPress's body class, or it calls itself the front page. `protected`: it
    asks for a post's password, or is nothing but a log-in.
    """
    if any(one.tag == "form" and "post-password-form" in one.get("class", "") for one in document.marked("post-password-form")):
        return "protected"
    headlines = [one.text_content() for one in document.tree.iter("h1")]
    titles = [] if stated else _SEPARATOR.split((document.tree.findtext(".//title") or "")[:_LONGEST])
    if any(_says_missing(text) for text in (*headlines, *titles)) or "error404" in _body_classes(document):
        return "missing"
    if not stated and _calls_itself_front(document):
        return "missing"
    return "protected" if not stated and _is_login(document) else None


def moved_to(document: Document) -> str | None:
    """The address of the same site that a page sends its reader on to at once; None for another host, and for itself."""
    for meta in document.tree.iter("meta"):
        if (meta.get("http-equiv") or "").lower() != "refresh" or not (found := _REFRESH.match(meta.get("content") or "")):
            continue
        url = document.absolute(found["url"])
        if url and int(found["after"]) <= _SOON and same_site(url, document.url) and url_key(url) != url_key(document.url):
            return url
    return None


def _says_missing(text: str) -> bool:
    return len(text) <= _LONGEST and _MISSING.fullmatch(" ".join(text.split())) is not None


def _body_classes(document: Document) -> set[str]:
    return set(next((one.get("class") or "" for one in document.tree.iter("body")), "").split())


def _calls_itself_front(document: Document) -> bool:
    """Whether the page names the front page as its own address, by both ways to do so: some sites do so by one on every page."""
    named = [document.absolute(href) for href in (*document.linked("canonical")[:1], document.meta("og:url") or "")]
    fronts = [url for url in named if url and is_home(url) and same_site(url, document.url)]
    return len(fronts) == 2 and not is_home(document.url) and (document.meta("og:type") or "").lower() == "website"


def _is_login(document: Document) -> bool:
    if not any(one.get("type") == "password" for one in document.tree.iter("input")):
        return False
    body = next(document.tree.iter("body"), document.tree)
    return len(" ".join(body.text_content().split())) < _LOGIN

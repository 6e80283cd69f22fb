"""What the form of an address says of the page behind it, for newspapers of any country and any software."""

from __future__ import annotations

import re
from typing import Literal
from urllib.parse import parse_qsl, unquote, urlsplit

from newsarchive.items import Profile

Shape = Literal["article", "headline", "maybe", "section", "other"]

_REGEX_INPUT = 2000
_MONTH = r"(?:0?[1-9]|1[0-2]|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)"
_DATE = r"(?:19|20)\d\d-?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12]\d|3[01])"
_CALENDAR = re.compile(rf"(?:^|/)(?:(?:19|20)\d\d(?:/{_MONTH}(?:/\d\d?)?)?|(?:19|20)\d\d-(?:0[1-9]|1[0-2])|{_DATE})/?$")
_DATED = re.compile(rf"/(?:19|20)\d\d/{_MONTH}/(?:\d\d?/)?[^/]*[^\W\d_]|(?<!\d){_DATE}(?!\d)")
_NUMBER = re.compile(r"\d{5,}|[0-9a-f]{8}-[0-9a-f]{4}-|(?<![0-9a-z])[0-9a-f]{24,40}(?![0-9a-z])")
_EXTENSION = re.compile(r"\.(?:s?html?|php\d?|aspx?|jspx?|cfm|cms|ece|dml|do)$")
_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|avif|svg|ico|bmp|tiff?|mp[34]|m4[av]|webm|og[agv]|wav|avi|mov|m3u8|pdf|docx?|xlsx?|pptx?|odt|zip|gz"
    r"|rar|7z|exe|apk|dmg|css|m?js|json|xml|xsl|rss|atom|rdf|txt|csv|ics|epub|woff2?|ttf|eot|swf)$"
)
# Path segments, whole and without extension.
_NEVER = re.compile(
    r"tags?|tagged|authors?|autor(?:en|es)?|auteurs?|users?|members?|(?:my-?)?account|log-?(?:in|out)|sign-?(?:in|up|out)"
    r"|regist(?:er|ration)|subscri(?:be|ptions?)|newsletters?|share|print|search|suche|recherche|buscar|feeds?|rss2?|atom|amp|embed"
    r"|trackback|comments|comment-page-\d+|page|wp-(?:admin|login|json|content|includes|cron|signup)|xmlrpc|cdn-cgi|attachment"
    r"|cart|checkout|basket|shop|calendar|kalender"
)
_SECTION = re.compile(
    r"[ck]ategor(?:y|ies|ias?|ie|i)|sections?|topics?|rubri(?:k|ken|ques?|cas?)|ressort|them[ae]n?|temas?|secci?on(?:es)?|channels?"
)
_ARTICLES = re.compile(r"articles?|stor(?:y|ies)|artikel|articulos?|artigos?|noticia|nota|haber|berita|posts?")
_INDEX = re.compile(r"index|default|home|main")
_HOUSE = re.compile(
    r"(?:about|contact|advertise|who|meet|write|work)(?:-?(?:us|with-us|for-us|we-are|the-team))?|contacts|kontakt|contacto|contato"
    r"|(?:our-)?(?:team|staff|careers|faqs?|help|archives?|sitemap|imprint|impressum|datenschutz\w*|disclaimers?|donate|support-us)"
    r"|mentions-legales|aviso-legal|rss-feeds|epaper|e-paper|privacy|cookies?|terms(?:-(?:and|of)-\w+){0,3}|code-of-\w+"
    r"|(?:privacy|cookies?|comments?|refund|editorial|corrections?|ethics|moderation|community|copyright|advertising)"
    r"(?:-\w+){0,2}-(?:policy|policies|statement|notice|guidelines|standards|settings)"
)
_QUERY_OTHER = re.compile(
    r"s|q|query|search|keyword|tag|author|m|c?page|paged|page_id|attachment_id|feed|share|print|add-to-cart|redirect(?:_to)?"
    r"|return(?:url)?|month|calendar|eventdisplay|sort|order(?:by)?|filter|like_comment|outputtype"
)
_QUERY_ID = re.compile(r"(?:(?:article|story|news|item|art|post|a|n|s)_?id|id(?:article|news|story)?|p)")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# Scripts that set no spaces between words: Thai, Lao, Burmese, Khmer, kana, Han.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


def matches(url: str, profile: Profile) -> bool | None:
    """Whether the address is an article's by the site's own pattern (`Profile.article_urls`); None if the site names none."""
    return bool(re.search(profile.article_urls, url[:_REGEX_INPUT])) if profile.article_urls else None


def wanted(url: str, profile: Profile, *unless: Shape) -> bool:
    """Whether to ask for an address that the site lists among its articles: by its pattern, else by its shape: none of these."""
    by_pattern = matches(url, profile)
    return shape(url) not in unless if by_pattern is None else by_pattern


def count_words(text: str) -> int:
    """The words in a title or slug; where a script sets no spaces, two signs count as a word. Numbers are none."""
    unspaced = len(_UNSPACED.findall(text))
    return unspaced // 2 + sum(not word.isdecimal() for word in _WORD.findall(_UNSPACED.sub(" ", text)))


def names_section(url: str) -> bool:
    """Whether the address says that it is a section's: `/category/sport/`, `/rubrik/lokales`."""
    segments = _segments(url)
    return len(segments) > 1 and any(map(_SECTION.fullmatch, segments[:-1])) and shape(url) == "section"


def shape(url: str) -> Shape:
    """What an address (canonical) looks like.

    `article`: a date or a long number says so. `headline`: a slug of four words or more, which a menu's entry may have too.
    `maybe`: only the link's place can tell. `section`: a rubric. `other`: never to be asked for the news' sake (files,
    log-in, tags, authors, calendars, paging, search, the house's own pages).
    """
    parts = urlsplit(url)
    segments, query = _segments(url), {name.lower(): value for name, value in parse_qsl(parts.query)}
    path = "/" + "/".join(segments)
    if _is_other(path, segments, query):
        return "other"
    if any(map(_SECTION.fullmatch, segments)) and not _DATED.search(path) and not _EXTENSION.search(path):
        return "section"
    ids = [number[0] for name, value in query.items() if _QUERY_ID.fullmatch(name) and (number := re.match(r"\d+", value))]
    if _DATED.search(path) or any(map(_NUMBER.search, segments[-2:])) or any(len(number) >= 5 for number in ids) or "p" in query:
        return "article"
    return "maybe" if ids else _by_slug(segments)


def _segments(url: str) -> list[str]:
    return [segment for segment in unquote(urlsplit(url).path).lower().split("/") if segment]


def _is_other(path: str, segments: list[str], query: dict[str, str]) -> bool:
    if not segments and "p" not in query:
        return True
    stems = [_EXTENSION.sub("", segment) for segment in segments]
    if any(map(_NEVER.fullmatch, stems)) or any(map(_QUERY_OTHER.fullmatch, query)):
        return True
    return bool(_FILE.search(path) or _CALENDAR.search(path) or (stems and _HOUSE.fullmatch(stems[-1])))


def _by_slug(segments: list[str]) -> Shape:
    last = segments[-1]
    stem = _EXTENSION.sub("", last)
    if _INDEX.fullmatch(stem):
        return "section"
    words = count_words(stem)
    if words == 1 and len(segments) > 1 and (before := count_words(segments[-2])) >= 3:  # `/rain-hits-auckland/3XJ5QKZL/`
        words = before
    if words >= (4 if stem == last else 3):
        return "headline"
    told = stem != last or any(map(str.isdecimal, stem)) or any(map(_ARTICLES.fullmatch, segments[:-1]))
    return "maybe" if words >= 2 or told else "section"

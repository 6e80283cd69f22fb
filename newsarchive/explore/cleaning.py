"""An archived page written anew, of nothing but what only shows: no scripts, forms, frames, plug-ins; addresses in the archive.

The page is parsed as browsers do (HTML5, Lexbor), and what is known to be harmless is written out again. What is not on the lists
here is left out, so a new element or attribute of HTML is no hole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from urllib.parse import quote, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newsarchive.explore.stylesheets import rewrite


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Elements that go with all that is in them. Others that are not on a list go, and what is in them stays.
_GONE = _set("""
    applet base dialog embed fencedframe frame frameset iframe input math meta noembed noframes object param portal script select
    svg template textarea track
""")
_EMPTY = _set("area br col hr img link source wbr")
_KEPT = _EMPTY | _set("""
    a abbr acronym address article aside audio b bdi bdo big blockquote body caption center cite code colgroup data dd del details
    dfn dir div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 head header hgroup html i ins kbd label legend li main
    map mark menu nav nobr ol optgroup p picture pre q rp rt ruby s samp search section small span strike strong style sub summary
    sup table tbody td tfoot th thead time title tr tt u ul var video
""")
_ATTRIBUTES = _set("""
    abbr align alink alt bgcolor border cellpadding cellspacing cite class clear color colspan controls coords datetime dir face
    frame headers height hspace id lang link loop media name nowrap open reversed role rowspan rules scope shape size sizes span
    start summary text title type valign value vlink vspace width
""")
_SHOWN = {"src", "poster", "background"}  # addresses of what a page shows by itself
_LAZY = {
    "data-src": "src",
    "data-lazy-src": "src",
    "data-original": "src",
    "data-srcset": "srcset",
}  # what scripts would have put in
AS_PART = "&as=part"  # at the end of an address: what is there is shown within a page
_NOTICE = "all:initial;display:block;padding:6px 12px;background:#23303f;color:#fff;font:14px sans-serif"
_DATA_IMAGE = re.compile(r"data:(?:image|font)/[\w.+-]+(?:;[\w=-]+)*,[^\"'()\s\\]*", re.IGNORECASE)
_CANDIDATE = re.compile(r"\s*([^\s,]\S{0,8000}[^\s,]|[^\s,])(\s+[\d.]{1,10}[wxh])?\s*(?:,|$)")


class Addresses:
    """Turns an address of a page into that of its capture; `replay` is what such addresses begin with, up to `url=`."""

    def __init__(self, base: str, replay: str) -> None:
        self.base, self._replay = base, replay

    def to(self, address: str) -> str | None:
        """Where a link leads, or where a file is shown from; None for what is neither http nor https."""
        try:
            absolute = urljoin(self.base, address.strip())
            if urlsplit(absolute).scheme not in {"http", "https"}:
                return None
        except ValueError:
            return None
        return self._replay + quote(absolute, safe="")

    def shown(self, address: str) -> str | None:
        """The same for an image or a font, which may also stand in the page itself (`data:`)."""
        address = address.strip()
        if _DATA_IMAGE.fullmatch(address):
            return address
        archived = self.to(address)
        return archived and archived + AS_PART


def clean_page(text: str, url: str, replay: str, notice: str | None = None) -> str:
    """The page `text`, which was at `url`, as a document that only shows; `notice` stands above it.

    Addresses begin with `replay`, a path on this server up to `url=`; what follows is percent-encoded.
    """
    parser = LexborHTMLParser(text)
    base = next((node.attributes.get("href") for node in parser.css("base[href]")), None)
    addresses = Addresses(_joined(url, base), replay)
    doctype = "<!DOCTYPE html>" if text[:1000].lstrip("\ufeff \t\r\n").lower().startswith("<!doctype") else ""
    return doctype + "".join(_written(parser, addresses, notice))


def clean_stylesheet(text: str, url: str, replay: str) -> str:
    """A stylesheet that was at `url`, with the addresses in it as in `clean_page`."""
    return rewrite(text, Addresses(url, replay).shown)


def _joined(url: str, base: str | None) -> str:
    try:
        return urljoin(url, base) if base else url
    except ValueError:
        return url


def _written(parser: LexborHTMLParser, addresses: Addresses, notice: str | None) -> Iterator[str]:
    """The tree's harmless part as HTML, without recursion: a page may be nested a hundred thousand deep."""
    waiting: list[LexborNode | str] = [parser.root] if parser.root else []
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            yield node
        elif node.is_text_node:
            yield escape(node.text_content or "", quote=False)
        elif node.is_element_node and (tag := (node.tag or "").lower()) not in _GONE:
            if tag == "style":
                yield f"<style>{_in_style(node.text() or '', addresses)}</style>"
                continue
            if tag == "link":
                yield _stylesheet(node, addresses)
                continue
            if tag in _KEPT:
                yield f"<{tag}{''.join(_attributes(node, tag, addresses))}>"
                if tag in _EMPTY:
                    continue
                waiting.append(f"</{tag}>")
            waiting.extend(_children(node))
            if tag == "body" and notice:
                yield f'<div style="{_NOTICE}">{escape(notice)}</div>'


def _children(node: LexborNode) -> list[LexborNode]:
    """What is in it, the last first."""
    found, child = [], node.last_child
    while child is not None:
        found.append(child)
        child = child.prev
    return found


def _attributes(node: LexborNode, tag: str, addresses: Addresses) -> Iterator[str]:
    given = {name.lower(): value or "" for name, value in node.attributes.items()}
    for lazy, name in _LAZY.items():
        if given.get(lazy) and tag in {"img", "source"} and (not given.get(name) or given[name].startswith("data:")):
            given[name] = given[lazy]
    for name, value in given.items():
        kept = _value(name, value, tag, addresses)
        if kept is not None:
            yield f' {name}="{escape(kept)}"'


def _value(name: str, value: str, tag: str, addresses: Addresses) -> str | None:
    """What an attribute may say; None where it goes."""
    if name in _ATTRIBUTES or name.startswith("aria-"):
        return value
    if name == "style":
        return rewrite(value, addresses.shown)
    if name == "href" and tag in {"a", "area"}:
        return value if re.fullmatch(r"#[^\s]{0,500}", value) else addresses.to(value)
    if name in _SHOWN:
        return addresses.shown(value)
    if name == "srcset":
        found = ((addresses.shown(one[1]), one[2] or "") for one in _CANDIDATE.finditer(value[:100_000]))
        return ", ".join(f"{address}{width}" for address, width in found if address)
    return None


def _stylesheet(node: LexborNode, addresses: Addresses) -> str:
    words = (node.attributes.get("rel") or "").lower().split()
    address = addresses.to(node.attributes.get("href") or "")
    if "stylesheet" not in words or "alternate" in words or not address:
        return ""
    return f'<link rel="stylesheet" href="{escape(address)}" media="{escape(node.attributes.get("media") or "all")}">'


def _in_style(css: str, addresses: Addresses) -> str:
    """The content of a style element. `<` could end it; in CSS it stands in strings only, where an escape is the same."""
    return rewrite(css, addresses.shown).replace("<", "\\3c ")

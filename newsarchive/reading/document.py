"""One page, decoded once and parsed once, for every reader to share. Readers never change the tree."""

from __future__ import annotations

import json
import re
from functools import cached_property
from typing import Any, TypeAlias

from lxml import etree, html
from w3lib.encoding import http_content_type_encoding, read_bom, resolve_encoding

from newsarchive.items import Page, Profile
from newsarchive.reading.gate import media_type
from newsarchive.urls import canonical

_DECLARED = re.compile(rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_HEAD_BYTES = 4096
_WIDE = ("utf-16", "utf-32")
_INLINE = re.compile(r"</?(?:a|abbr|b|big|em|font|i|small|span|strike|strong|sub|sup|tt|u)\b[^<>]{0,1000}>", re.IGNORECASE)
# What lxml reads in HTML, but takes from nobody: whoever moves a text or asks for a tag would meet a ValueError.
_CONTROLS = (*map(chr, (*range(1, 9), 11, 12, *range(14, 32))), "\ufffe", "\uffff")
_BREAK_END = re.compile(r"</br\s*/?>", re.IGNORECASE)  # a line break all the same (HTML, 13.2.6.4.7); libxml2 drops it
_NO_XML = re.compile(f"[\x00{''.join(_CONTROLS)}]")
_LONGEST_MARK = 2000  # characters; each element's marks are looked at for all that it holds
_MARKS = ("class", "id", "style", "itemprop", "rel")
_LONG = etree.XPath(f"descendant-or-self::*/@*[string-length() > {_LONGEST_MARK}]/..")
_ENDLESS = re.compile(r"\Afor ?\(;;\);")  # it keeps a script of another site from reading the answer
# lxml's own choice asks a Python function for each element; no reader needs the classes of forms and fields that it knows.
_CLASSES = etree.ElementDefaultClassLookup(element=html.HtmlElement, comment=html.HtmlComment, pi=html.HtmlProcessingInstruction)
Element: TypeAlias = Any  # an lxml.html.HtmlElement, which lxml-stubs 0.5 knows as a value but not as a type


class Document:
    """A page with its profile, its text, its tree and the data its publisher put in it for machines."""

    def __init__(self, page: Page, profile: Profile) -> None:
        self.page = page
        self.profile = profile
        self.url = page.url

    @cached_property
    def mime(self) -> str:
        """The media type as the server names it, lower case, without parameters; "" where it names none."""
        return media_type(self.page)

    @cached_property
    def text(self) -> str:
        """The body as text: by byte order mark, HTTP header, declaration in the page, UTF-8, and Windows-1252, in this order.

        No guessing by statistics: it is slow, and wrong just where a page is short.
        """
        body = self.page.body
        encoding, mark = read_bom(body)
        if encoding:
            return body[len(mark or b"") :].decode(encoding, "replace")
        declared = http_content_type_encoding(self.page.header("content-type"))
        if not declared and (found := _DECLARED.search(body[:_HEAD_BYTES])):
            declared = resolve_encoding(found[1].decode("ascii", "replace"))
        if declared and declared.startswith(_WIDE) and b"\0" not in body[:_HEAD_BYTES]:
            declared = None  # no markup is without a NUL there
        for name, errors in ((declared or "utf-8", "strict"), ("utf-8", "strict"), (declared or "windows-1252", "replace")):
            try:
                return body.decode(name, errors)
            except (UnicodeError, LookupError):  # LookupError: unknown, or no encoding of text (`charset=zlib`)
                continue
        return body.decode("windows-1252", "replace")

    @property
    def tree(self) -> Element:
        """The page as lxml reads it. A page without any element gives an empty `html` element."""
        return self._parsed[0]

    @cached_property
    def elements(self) -> list[Element]:
        """The page's elements, in page order. lxml makes an element anew for each visit unless somebody holds it, as here."""
        return list(self.tree.iter(etree.Element))

    def marked(self, word: str) -> list[Element]:
        """The elements that have `word` (lower case) somewhere in id, class, itemprop or rel, in page order.

        One look at all elements serves every reader of marks; XPath would look at all of them for each mark. Many elements have
        the same marks, which are looked at once.
        """
        if word not in self._all_marks:
            return []
        places = [place for marks, places in self._marks.items() if word in marks for place in places]
        return [self.elements[place] for place in sorted(places)]

    @cached_property
    def _all_marks(self) -> str:
        return "\n".join(self._marks)

    @cached_property
    def _marks(self) -> dict[str, list[int]]:
        """The places in `elements` of those that have these marks."""
        written: dict[str, list[int]] = {}
        for place, element in enumerate(self.elements):
            get = element.get
            marks = f"{get('class', '')} {get('id', '')} {get('itemprop', '')} {get('rel', '')}"
            if len(marks) > 3:
                written.setdefault(marks, []).append(place)
        found: dict[str, list[int]] = {}
        for marks, places in written.items():
            found.setdefault(marks.lower(), []).extend(places)
        return found

    def linked(self, *relations: str) -> list[str]:
        """The addresses of the page's `<link>` elements of one of these relations, as they are written, in page order."""
        return [href for relation, href in self._links if relation in relations]

    @cached_property
    def _links(self) -> list[tuple[str, str]]:
        links = self.tree.iter("link")
        return [(one.get("rel", ""), href) for one in links if (href := one.get("href")) is not None]

    @property
    def parsed_whole(self) -> bool:
        """Whether the tree holds all of the page. libxml2 stops at 2,048 levels, and says nothing behind them."""
        return self._parsed[1]

    @cached_property
    def _parsed(self) -> tuple[Element, bool]:
        """One commenter's 3,000 unclosed `<b>` must not hide what stands below: then inline tags are left out."""
        text = self.text.replace("\x00", "")
        tree, whole = _parse(text)
        tree, whole = (tree, whole) if whole else _parse(_INLINE.sub("", text))
        if any(sign in text for sign in _CONTROLS):
            _clear(tree)
        if "<template" in text:
            _unfold_templates(tree)
        long: Any = _LONG(tree)
        for element in long:
            cut = {name: told[:_LONGEST_MARK] for name in _MARKS if (told := element.get(name))}
            element.attrib.update({name: _NO_XML.sub(" ", told) for name, told in cut.items()})
        return tree, whole

    @cached_property
    def base_url(self) -> str:
        """What relative addresses count from: the page's `<base href>`, else its own address."""
        href = next((href for one in self.tree.iter("base") if (href := one.get("href")) is not None), None)
        return canonical(href, self.url) or self.url if href else self.url

    def absolute(self, href: str) -> str | None:
        """An address in the page, canonical (`urls.canonical`), or None if it cannot be asked for over HTTP."""
        return canonical(href, self.base_url) if href.strip() else None

    def meta(self, *names: str) -> str | None:
        """The first non-empty `<meta>` content under one of these names, looked up in `name`, `property`, `itemprop`."""
        return next((value for name in names if (value := self._metas.get(name.lower()))), None)

    @cached_property
    def _metas(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for element in self.tree.iter("meta"):
            for attribute in ("property", "name", "itemprop"):
                name, content = element.get(attribute), (element.get("content") or "").strip()
                if name and content:
                    found.setdefault(name.strip().lower(), content)
        return found

    @cached_property
    def json_ld(self) -> list[dict[str, Any]]:
        """Every JSON-LD object of the page, `@graph` and lists unfolded, in page order; broken scripts are left out."""
        found: list[dict[str, Any]] = []
        for script in self.tree.iter("script"):
            if script.get("type") == "application/ld+json":
                _unfold(_json(script.text or ""), found)
        return found

    @cached_property
    def json(self) -> Any:
        """The body as JSON, or None if it is none."""
        return _json(self.text)


def _parse(text: str) -> tuple[Element, bool]:
    """The tree of a page, and whether the parser came to its end. As bytes: lxml refuses text that declares an encoding.

    Raises MemoryError where libxml2 (2.14) ran out of memory and lxml would pass on the part of the page that it had, or none.
    """
    if "</br" in text or "</BR" in text:
        text = _BREAK_END.sub("<br>", text)
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True)
    parser.set_element_class_lookup(_CLASSES)
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        tree = html.Element("html")
    errors = {error.type for error in parser.error_log}
    if etree.ErrorTypes.ERR_NO_MEMORY in errors:
        raise MemoryError("the parser ran out of memory")
    return tree, etree.ErrorTypes.ERR_RESOURCE_LIMIT not in errors


def _clear(tree: Element) -> None:
    """Spaces for control characters in texts and tags; in addresses they stay, and are percent-encoded as browsers do."""
    for one in tree.iter():
        if isinstance(one.tag, str) and _NO_XML.search(one.tag):
            one.tag = _NO_XML.sub("-", one.tag)
        one.text, one.tail = (told and _NO_XML.sub(" ", told) for told in (one.text, one.tail))


def _unfold_templates(tree: Element) -> None:
    """Takes out what scripts copy from; the shadow tree of an element (`shadowrootmode`), which a browser shows, stays."""
    for one in list(tree.iter("template")):
        if one.get("shadowrootmode") is not None:
            one.tag = "div"
        else:
            one.drop_tree()


def _json(text: str) -> Any:
    text = text.strip()
    if text.startswith("<"):
        return None
    try:
        return json.loads(_ENDLESS.sub("", text, count=1), strict=False)
    except (ValueError, RecursionError):
        return None


def _unfold(value: Any, found: list[dict[str, Any]]) -> None:
    if isinstance(value, list):
        for one in value:
            _unfold(one, found)
    elif isinstance(value, dict):
        found.append(value)
        _unfold(value.get("@graph"), found)

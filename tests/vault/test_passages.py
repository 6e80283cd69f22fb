"""Passages are found in whatever a page wraps them in, and blanked without moving a byte."""

from __future__ import annotations

import json
from html import escape
from urllib.parse import quote

import pytest

from newsarchive.vault.takedown.passages import Passages, blank, is_blank
from newsarchive.vault.takedown.row import Passage

TEXT = "The mayor’s “old” bridge isn't safe & it costs £5 <every> day… Café Zürich says so too! 😂"
OTHER = "Somebody else wrote this about the river and the school, and it must stay as it is."
HTML = escape(TEXT, quote=False)
FORMS = {
    "html": f"<p>{HTML}</p>",
    "numbered": "<p>" + "".join(f"&#{ord(c)};" if ord(c) > 127 else escape(c) for c in TEXT) + "</p>",
    "hexadecimal": "<p>" + "".join(f"&#x{ord(c):x};" if ord(c) > 127 else escape(c) for c in TEXT) + "</p>",
    "tags inside": "<p>" + HTML.replace(" bridge", " <b>bridge</b>").replace("isn", "<br/>\n\tisn") + "</p>",
    "twice escaped": f"<description>{escape(f'<p>{HTML}</p>')}</description>",
    "cdata": f"<content:encoded><![CDATA[<p>{HTML}</p>]]></content:encoded>",
    "bare cdata": f"<title><![CDATA[{TEXT}]]></title>",
    "json": json.dumps({"text": TEXT}),
    "json, not escaped": json.dumps({"text": TEXT}, ensure_ascii=False),
    "html in json": json.dumps({"content": {"rendered": f"<p>{HTML}</p>"}}).replace("/", "\\/"),
    "html in json, as PHP writes it": json.dumps({"rendered": f"<p>{HTML}</p>"}).replace("<", "\\u003c").replace(">", "\\u003e"),
    "json in an attribute": f'<div data-comment="{escape(json.dumps({"text": TEXT}))}"></div>',
    "attribute": f'<meta name="description" content="{escape(TEXT)}">',
    "address": f'<a href="/search?q={quote(TEXT)}">find</a>',
    "script": f"<script>var said = {json.dumps(TEXT)};</script>",
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "windows-1252"])
def test_a_passage_is_blanked_and_its_neighbours_stay(form: str, charset: str) -> None:
    before, behind = f"<html><p>{OTHER}</p>", f"<p>{OTHER}</p></html>"
    page = f"{before}{FORMS[form]}{behind}"
    body = page.encode(charset, "xmlcharrefreplace")
    named = {"utf-8": None, "utf-16": "utf-16-le"}.get(charset, charset)
    found = Passages([Passage(TEXT)]).find(body, named)
    blanked = blank(body, found, named)
    said = blanked.decode(charset)
    assert len(blanked) == len(body)
    assert said.startswith(before)
    assert said.endswith(behind)
    for word in ("mayor", "bridge", "safe", "day", "Caf", "rich", "1f602", "128514", "ud83d", "😂", "%F0"):
        assert word not in said[len(before) : -len(behind)], said
    assert not Passages([Passage(TEXT)]).find(blanked, named)


def test_json_and_tags_are_still_what_they_were() -> None:
    for form in ("json", "json, not escaped", "html in json"):
        body = FORMS[form].encode()
        json.loads(blank(body, Passages([Passage(TEXT)]).find(body)))
    body = FORMS["tags inside"].encode()
    assert b"<b>xxxxxx</b>" in blank(body, Passages([Passage(TEXT)]).find(body))


def test_tags_within_a_passage_stay() -> None:
    text = "You can have peace. Or you can have freedom. Don’t ever count on having both at once. Lazarus Long"
    page = f'<p title="{text}">{text.replace(" having", "<br />having").replace(" Lazarus", "</p><p>Lazarus")}</p>'
    said = blank(page.encode(), Passages([Passage(text)]).find(page.encode())).decode()
    assert said.count("<br />") == said.count("</p><p>") == said.count('">') == 1
    assert not any(word in said for word in ("peace", "freedom", "having", "Lazarus"))


def test_a_teaser_and_the_pieces_around_what_a_reader_leaves_out_go_too() -> None:
    long = " ".join(f"word{n} said{n}" for n in range(60))
    body = f"<p>{long[:60]}...</p><div>{long[:200]}<a class=more>Read more</a>{long[200:]}</div>".encode()
    said = blank(body, Passages([Passage(long)]).find(body)).decode()
    assert "word" not in said
    assert "said" not in said


@pytest.mark.parametrize(
    ("page", "gone"),
    [
        ("<p>Thanks!</p>", True),
        ("<p> <em>Thanks!</em> </p>", True),
        ('{"text": "Thanks!"}', True),
        ('{"text": "Thanks!\\n"}', True),
        ("<description>&lt;p&gt;Thanks!&lt;/p&gt;</description>", True),
        ('<meta content="Thanks!">', True),
        ("<p>Thanks for all the fish</p>", False),
        ("<p>No thanks</p>", False),
        ('<p class="thanks">x</p>', False),
        ('{"thanks": 5}', False),
        ("<p>Thanksgiving</p>", False),
        ("<script>var thanks = 1;</script>", False),
    ],
)
def test_a_short_passage_must_fill_its_place(page: str, gone: bool) -> None:
    body = page.encode()
    blanked = blank(body, Passages([Passage("Thanks!")]).find(body))
    assert (b"hanks" not in blanked) is gone, blanked
    assert len(blanked) == len(body)


def test_signs_alone_are_a_passage() -> None:
    body = "<p>😂😂</p><p>!!! 😂</p><p>...</p>".encode()
    found = Passages([Passage("😂😂"), Passage("...")]).find(body)
    assert blank(body, found).decode() == "<p>xxxxxxxx</p><p>!!! 😂</p><p>xxx</p>"


def test_a_name_goes_as_a_word_where_its_bearer_speaks_and_as_a_whole_elsewhere() -> None:
    page = '<img alt="Tendai M."><b class="tendai">Tendai M.</b> says: <a aria-label="Reply to Tendai M.">Reply</a> Tendai Moyo'
    names = Passages([Passage("Tendai M.", name=True)])
    here, elsewhere = (blank(page.encode(), names.find(page.encode(), names=near)).decode() for near in (True, False))
    assert "Tendai M." not in here
    assert here.endswith("</a> Tendai Moyo")
    assert 'class="tendai"' in here
    assert "Reply to Tendai M." in elsewhere
    assert '<img alt="xxxxxxxxx">' in elsewhere.replace("xxxxx xxx", "xxxxxxxxx")
    odd = Passages([Passage("..", name=True)])
    assert blank(b"<b>..</b> <i>Rudo</i>", odd.find(b"<b>..</b> <i>Rudo</i>", names=True)) == b"<b>xx</b> <i>Rudo</i>"


def test_an_address_made_of_the_words_stays() -> None:
    body = b'<a href="/2026/11/mayor-smith-arrested-over-the-bridge/">Mayor Smith arrested over the bridge</a>'
    said = blank(body, Passages([Passage("Mayor Smith arrested over the bridge")]).find(body)).decode()
    assert said.startswith('<a href="/2026/11/mayor-smith-arrested-over-the-bridge/">xxxxx')


def test_only_filler_is_blank() -> None:
    assert is_blank("xxxxx xxxxx\nxx")
    assert not is_blank("xxxxx and more")
    assert not is_blank("")
    assert not is_blank(None)

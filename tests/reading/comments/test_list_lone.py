"""A single comment, or two, beneath a story: nothing repeats, so labels, links and forms tell its parts."""

from __future__ import annotations

from itertools import islice

import pytest

from newsarchive.reading import read_html
from tests.reading.comments.talk import AT, SAID, read, shown

HOLDER = "<div id=comments><h3>Comments</h3>{}</div>"
NAME, TIME, TEXT = SAID[0]
NAMED = (NAME, TIME, TEXT)


def said(form: str, count: int = 1) -> list[tuple[str | None, str | None, str | None]]:
    return shown(read(HOLDER.format(written(form, count))))


def written(form: str, count: int = 1) -> str:
    those = enumerate(zip(SAID, ("On time", "Trams again"), strict=False), 1)
    marks = (form.format(n=n, name=name, time=time, text=text, about=about) for n, ((name, time, text), about) in those)
    return "".join(islice(marks, count))


@pytest.mark.parametrize("label", ["Autor:", "Utente:", "Nombre:", "Имя:"])
def test_a_label_tells_the_name_from_a_subject(label: str) -> None:
    form = f"<div class=comment><b>{{about}}</b><br>{label} {{name}} - {{time}}<br>{{text}}</div>"
    assert said(form) == [NAMED]
    assert said(form, 2) == list(SAID[:2])


@pytest.mark.parametrize("word", ["von", "от", "oleh"])
def test_small_words_before_a_name_are_none_of_it(word: str) -> None:
    form = f"<div class=comment><span>{word} {{name}}</span> <span>{{time}}</span><p>{{text}}</p></div>"
    assert said(form) == [NAMED]


@pytest.mark.parametrize("word", ["site", "Homepage", "www", "top"])
def test_a_link_to_a_site_is_no_name(word: str) -> None:
    form = f"<div class=comment><b>{{name}}</b> <a href=http://a{{n}}.example/>{word}</a> <i>{{time}}</i><p>{{text}}</p></div>"
    assert said(form) == [NAMED]
    assert said(form, 2) == list(SAID[:2])


def test_a_clock_in_words_is_a_time() -> None:
    form = "<div class=comment><b>{name}</b> <span>12/03/2019 02h38min12s</span><p>{text}</p></div>"
    assert said(form) == [(NAME, "12/03/2019 02h38min12s", TEXT)]


def test_a_subject_above_the_text_is_none_of_it() -> None:
    form = "<div class=comment><div><b>{name}</b> {time}</div><div class=text><h4>{about}</h4>{text}</div></div>"
    assert said(form) == [NAMED]
    assert said(form, 2) == list(SAID[:2])


@pytest.mark.parametrize("answer", ["<a href=/reply/1>Reply</a>", ""])
def test_a_post_that_can_be_answered_is_a_comment(answer: str) -> None:
    form = "<div class=forum-post><b>{name}</b> <i>{time}</i><p>{text}</p>" + answer + "</div>"
    assert shown(read(f"<div>{written(form)}</div>")) == [NAMED] * bool(answer)


def test_a_heading_called_comment_holds_the_name_and_not_what_is_marked_in_the_text() -> None:
    form = "<h3 class=comment>{name} wrote:</h3>\n<div class=commentbody><em>{about}</em> {text}</div><div>{time}</div>"
    assert [one[0] for one in said(form, 2)] == ["Rudo", "Old Joe"]


def test_a_form_to_answer_stands_behind_the_text() -> None:
    reply = "<form><textarea name=m></textarea><input type=submit value=Reply></form>"
    form = f"<div class=comment><b class=author>{{name}}</b> <i>{{time}}</i><p>{{text}}</p><div class=reply>{reply}</div></div>"
    assert said(form) == [NAMED]


def test_a_form_around_name_and_text_is_to_write() -> None:
    form = "<form class=comment><b class=author>{name}</b> <i>{time}</i><p>{text}</p><textarea name=m></textarea></form>"
    assert said(form) == []


def test_a_story_in_one_cell_with_the_form_is_no_comment() -> None:
    story = f"<div class=post><h2><a href=/p/ rel=bookmark>Fares</a></h2><p class=date>October 9, 2011</p><p>{TEXT}</p></div>"
    links = "".join(f"<li><a href=/p/{n}/>Story {n}</a></li>" for n in range(5))
    field = "<tr><td>Name</td><td><input name=author></td></tr><tr><td colspan=2><textarea name=comment></textarea></td></tr>"
    form = f"<form id=commentform action=/wp-comments-post.php method=post><table>{field}</table></form>"
    foot = "<tr><td colspan=2>Entries (RSS) and Comments (RSS).</td></tr>"
    cells = f"<td><ul><li class=widget><h2>Recent Comments</h2><ul>{links}</ul></li></ul></td><td>{story}{form}</td>"
    html = f"<html><title>Fares « Courier</title><body><table><tr>{cells}</tr>{foot}</table></body></html>"
    assert read_html(html, "https://courier.example/fares/", captured_at=AT).comments == ()

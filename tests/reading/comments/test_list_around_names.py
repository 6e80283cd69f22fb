"""What home-made templates put around their writers' names and comments, and what none of it is."""

from __future__ import annotations

import pytest

from tests.reading.comments.talk import SAID, read, rows, shown

HOLDER = "<div id=comments><h3>Comments</h3>{}</div>"
FORMS = {
    "a label with a sign": "<div class=row><p><i>@Writer : {name}</i> - <i>{time}</i></p>{text}</div>",
    "a label of an unknown language": "<div class=row><p>Zolgar: {name}</p><p>{time}</p><p>{text}</p></div>",
    "a number and a word": "<div class=row><p>Comment {n} by {name} {time}</p><p>{text}</p></div>",
    "words of its own behind": "<div class=row>{name} opined thus:<br><a href=#{n}>{time}</a><p>{text}</p></div>",
    "a line of its own first": "<div class=row>{name} wrote:<br>{text}<br>Day: {time}</div>",
}


@pytest.mark.parametrize("form", FORMS)
def test_what_stands_around_every_name_is_none_of_it(form: str) -> None:
    assert shown(read(HOLDER.format(rows(FORMS[form])))) == list(SAID)


def test_a_label_is_none_of_a_name_whether_it_is_linked_or_not() -> None:
    names = ("Rudo", "Old Joe", "<a href=/u/3>k.</a>", "Marta P")
    form = "<span class=title><a href=#c{n}>{n}.</a> Zolgar: {name}</span> {time}<p>{text}</p><hr>"
    said = enumerate(zip(names, SAID, strict=True), 1)
    made = "".join(form.format(n=n, name=name, time=time, text=text) for n, (name, (_, time, text)) in said)
    assert shown(read(HOLDER.format(made))) == list(SAID)


def test_a_lone_name_behind_posted_by_needs_no_space() -> None:
    name, time, text = SAID[0]
    made = f"<ol id=comment-list><li><div id=c00123>Posted by:{name} | {time}</div><div><p>{text}</p></div></li></ol>"
    assert shown(read(HOLDER.format(made))) == [SAID[0]]


def test_the_form_in_an_element_like_the_comments_is_none() -> None:
    made = rows("<div class=comments-body><p>{text}</p><span>posted by: {name}<br>on {time}</span></div>")
    form = "<div class=comments-body><form><h3>Leave a comment</h3><p><input><label>Name</label></p>"
    form += "<p><textarea></textarea></p></form></div>"
    assert [one.author_name for one in read(HOLDER.format(made + form))] == [name for name, _, _ in SAID]


def test_a_subject_that_links_to_its_own_comment_is_no_headline() -> None:
    form = "<a id=comment-20{n}></a><div class=comment><p class=meta>by {name}</p><h3><a href=/story#comment-20{n}>"
    form += "The bus and the tram</a></h3><div class=content><p>{text}</p></div></div>"
    assert [one.text for one in read(HOLDER.format(rows(form)))] == [text for _, _, text in SAID]


def test_a_time_in_one_text_makes_no_list_of_one() -> None:
    form = "<div class=comment id=comment-20{n}><p class=author>{name}</p><div class=content><p>{text}</p></div></div>"
    made = rows(form).replace("Well said.", "Well said, and it was as bad<br>on 3 March 2018<br>when we last met.")
    assert [one.author_name for one in read(HOLDER.format(made))] == [name for name, _, _ in SAID]


def test_a_writers_address_beside_his_name_is_none_of_it() -> None:
    beside = "{name}, <a href=http://{n}.example>http://{n}.example</a>, <a href=mailto:x@{n}.example>x@{n}.example</a>"
    form = f"<div class=comment><h3>{beside}</h3><p>{{text}}</p><p class=small>Skriven {{time}} <a href=#>Ta bort</a></p></div>"
    assert shown(read(HOLDER.format(rows(form)))) == list(SAID)


def test_a_heading_of_a_box_may_hold_the_name() -> None:
    form = "<div class=card><p class=card-title>{name}</p><div><p class=card-body>{text}</p></div><span>{time}</span></div>"
    assert shown(read(HOLDER.format(rows(form)))) == list(SAID)


def test_a_second_date_in_the_first_row_is_no_text() -> None:
    form = "<tr><td><a id=comment9{n}></a> {name}</td><td><div>Posted: {time} <span>Updated:</span> {time}</div></td></tr>"
    form += "<tr><td></td><td><div class=text>{text}</div></td></tr><tr><td></td><td><button>Reply</button></td></tr>"
    assert shown(read(HOLDER.format(f"<table>{rows(form)}</table>"))) == list(SAID)


def test_a_text_that_says_since_before_a_time_makes_no_member_of_its_writer() -> None:
    text = "I have been waiting for this since March, and nobody could tell me anything about it."
    marks = f"<div class=comment><div class=text>{text}</div><div class=foot><small>3.03.2019</small> <b>Rudo</b></div></div>"
    assert shown(read(HOLDER.format(marks))) == [("Rudo", "3.03.2019", text)]


def test_what_a_writer_adds_to_his_own_words_stays() -> None:
    made = rows("<div class=comment><b>{name}</b> <i>{time}</i><p>{text}</p></div>")
    found = read(HOLDER.format(made.replace("Well said.", "Well said.<br>EDIT: Not all of it.")))
    assert found[2].text == "Well said.\nEDIT: Not all of it."


def test_an_end_tag_of_a_break_is_a_break() -> None:
    made = rows("<p class=comment><b>{name}</b> <i>{time}</i></br>{text}</p>")
    found = read(HOLDER.format(made.replace("Well said.", "Well said.</br>Not all of it.")))
    assert [one.text for one in found[2:]] == ["Well said.\nNot all of it.", SAID[3][2]]

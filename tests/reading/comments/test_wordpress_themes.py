"""WordPress themes that write comments in their own way: what classes and links do not tell, the general reader does."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newsarchive.items import Comment, Page, Profile
from newsarchive.reading.comments import read_discussion
from newsarchive.reading.document import Document

SAID = (
    ("Gogo", "March 4, 2009 at 8:15 pm", "The clinic has twelve beds and one nurse."),
    ("Sekuru", "March 4, 2009 at 9:40 pm", "Nobody asked us before they closed the road to it."),
    ("Tete 7", "March 6, 2009 at 7:05 am", "My sister waited there for two days."),
)


def read(form: str, *, count: int = 3, around: str = '<ol class="commentlist">{}</ol>') -> tuple[Comment, ...]:
    """The comments of a page in which this form is filled with what readers said."""
    rows = (
        form.format(number=11 + at, name=name, time=time, day=time[:-11], clock=time[-7:].strip(), text=text)
        for at, (name, time, text) in enumerate(SAID[:count])
    )
    respond = '<div id="respond"><form><input name="comment_post_ID" value="41"><textarea></textarea></form></div>'
    body = f'<body class="postid-41"><h1>A</h1><div id="comments"><h3>Comments</h3>{around.format("".join(rows))}{respond}</div>'
    page = Page("https://gazette.example/clinic/", 200, (("content-type", "text/html"),), body.encode(), AT, "urn:uuid:0")
    found = read_discussion(Document(page, Profile(site="gazette-example")))
    assert found is not None
    return found.comments


AT = datetime(2009, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize("count", [2, 3])
@pytest.mark.parametrize(
    "form",
    [
        '<li id="comment-{number}"><h3>{name} <a href="#comment-{number}">#</a></h3><p>Written: {time}</p><p>{text}</p></li>',
        '<li id="comment-{number}"><a href="#comment-{number}"><cite>{name}</cite> says:</a><br><small>{time}</small>'
        "<p>{text}</p></li>",
        '<li id="comment-{number}"><b>{name}</b> <small>({day} at <a href="#comment-{number}">{clock}</a>)</small>'
        '<div class="comment-text"><p>{text}</p></div></li>',
        '<li id="comment-{number}"><h4>{name} <i>{time}</i></h4><div class="comment-text">{text}</div>'
        '<span class="actions"><a href="#comment-{number}">Permalink</a></span></li>',
        '<li id="comment-{number}"><div class="comment-meta"><img src="/a.png"></div><div class="comment-content"><h3>{name}</h3>'
        "<span>{time}</span><p>{text}</p></div></li>",
        '<li id="comment-{number}"><div class="quote"><p>{text}</p></div></li>'
        '<cite>{name} on <a href="#comment-{number}">{time}</a></cite>',
        '<dt id="comment-{number}">{name} - {time}</dt><dd><div id="div-comment-{number}"><p>{text}</p></div></dd>',
    ],
)
def test_what_a_theme_tells_without_the_usual_classes(form: str, count: int) -> None:
    around = '<dl class="commentlist">{}</dl>' if form.startswith("<dt") else '<ol class="commentlist">{}</ol>'
    made = read(form, count=count, around=around)
    assert [(one.author_name, one.date_created_raw, one.text) for one in made] == list(SAID[:count])


def test_words_around_a_name_in_its_element_are_none_of_it() -> None:
    form = (
        '<li id="comment-{number}"><div class="comment-author"><em>{name} wrote:</em></div><div class="comment-text">{text}</div>'
        '<cite class="comment-date">{time}</cite></li>'
    )
    assert [one.author_name for one in read(form)] == [name for name, _, _ in SAID]


def test_a_list_of_answers_behind_a_comment_answers_it() -> None:
    item = '<li class="comment" id="comment-{}"><cite class="fn">Nick {}</cite><div class="comment-text">Text</div></li>'
    made = "".join(item.format(number, number) for number in (1, 2)) + f'<ul class="children">{item.format(3, 3)}</ul>'
    first, second, answer = read("", around=f'<ul class="commentlist">{made}{item.format(4, 4)}</ul>')[:3]
    assert (first.parent_id, second.parent_id, answer.parent_id) == (None, None, second.id)


def test_what_stands_beside_a_time_in_its_element_is_none_of_it() -> None:
    form = (
        '<li id="comment-{number}"><div class="comment-text">{text}</div><div class="comment-meta">'
        '<a class="comment-reply-link" href="#">Reply</a> By {name} on {time}</div></li>'
    )
    assert [one.date_created_raw for one in read(form)] == [f"on {time}" for _, time, _ in SAID]


def test_the_number_of_a_comment_is_none_of_the_name_beside_it() -> None:
    form = (
        '<li id="comment-{number}"><div class="comment-author"><span>{number}.</span> {name} wrote:</div>'
        '<div class="comment-text">{text}</div><span class="comment-date">{time}</span></li>'
    )
    assert [one.author_name for one in read(form)] == [name for name, _, _ in SAID]


@pytest.mark.parametrize("count", [1, 3])
def test_a_label_before_the_time_is_no_name(count: int) -> None:
    form = (
        '<li id="comment-{number}"><h3><span>{name}</span></h3><h4>Post: {time}</h4>'
        '<div class="comment-text"><p>{text}</p></div></li>'
    )
    assert [one.author_name for one in read(form, count=count)] == [name for name, _, _ in SAID[:count]]


def test_a_comment_in_the_element_of_another_answers_it() -> None:
    said = '<article id="comment-{}"><cite class="fn">Nick</cite><div class="comment-text">Text</div></article>'
    item = f'<div class="comment depth-{{}}">{said}'
    made = f"{item.format(1, 1)}{item.format(2, 2)}{item.format(3, 3)}</div></div></div>{item.format(1, 4)}</div>"
    first, second, third, fourth = read("", around=f'<div class="commentlist">{made}</div>{{}}')
    assert [one.parent_id for one in (first, second, third, fourth)] == [None, first.id, second.id, None]


def test_a_remark_in_the_mark_up_beside_a_name_costs_nothing() -> None:
    form = (
        '<li id="comment-{number}"><div class="comment-author"><!-- who --> {name}</div>'
        '<div class="comment-meta"><a href="#comment-{number}">{time}</a></div><div class="comment-text"><p>{text}</p></div></li>'
    )
    assert [(one.author_name, one.text) for one in read(form)] == [(name, text) for name, _, text in SAID]

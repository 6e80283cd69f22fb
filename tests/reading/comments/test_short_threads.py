"""One or two comments without a class: most articles have no more, and nothing repeats that would show how a list is made."""

from __future__ import annotations

import pytest

from tests.reading.comments.talk import FIELD, read, shown

FORMS = {
    "a list with buttons": "<ul>{}</ul>",
    "a table": "<table>{}</table>",
    "paragraphs": "<div>{}</div>",
    "a list of terms": "<dl>{}</dl>",
    "rules": "<div>{} </div>",
    "who and when beneath": "<div>{} </div> ",
    "whose words have no element": "{}",
    "who says": "<ol>{}</ol>",
    "a number and words that lead to the name": "<div>{}</div>",
    "who on top and when at the end": "<div>{}</div>",
    "votes": "<div class=all>{}</div>",
}
ROWS = {
    "a list with buttons": "<li><h4>{0}</h4><small>{1}</small><div>{2}</div><a href=#>Reply</a></li>",
    "a table": "<tr><td>{0}<br>{1}</td><td>{2}</td></tr>",
    "paragraphs": "<p><strong>{0}</strong> - {1}<br>{2}</p>",
    "a list of terms": "<dt>{0}, {1}</dt><dd>{2}</dd>",
    "rules": "<b>{0}</b> <i>({1})</i><br>{2}<hr>",
    "who and when beneath": "<div><p>{2}</p><p><em>Posted by {0}, {1}</em></p></div>",
    "whose words have no element": "<div class=m><div class=m-body><h5>{0} <small>{1}</small></h5>{2}</div></div>",
    "who says": "<li><cite>{0}</cite> says:<br><small>{1}</small><p>{2}</p></li>",
    "a number and words that lead to the name": "<blockquote><div>#1 Posted by <b>{0}</b> at <i>{1}</i></div>{2}</blockquote>",
    "who on top and when at the end": "<div class=e><p>#1 <b>{0}</b> says:</p><p>{2}</p><p><em>{1}</em> <a>Quote</a></p></div>",
    "votes": (
        "<div class=row><div class=u>{0}</div><div class=d>{1}</div><div class=m>{2}</div>"
        "<div><a>Like</a> 3 <a>Dislike</a> 0 <a>Reply</a></div></div>"
    ),
}
ANN = ("Rudo", "2 days ago", "Well said")
OTHERS = {
    "another one": ("Old Joe", "3 weeks ago", "The bridge should have been mended years ago."),
    "of the same": ("Rudo", "3 weeks ago", "And who is to pay for all of it?"),
    "that says the same": ("Rudo", "3 weeks ago", "Well said"),
    "of dots": ("..", "3 weeks ago", "Ndizvo"),
}


def thread(form: str, *said: tuple[str, str, str], heading: str = "<h3>Comments</h3>", field: str = FIELD) -> str:
    return heading + FORMS[form].format("".join(ROWS[form].format(*one) for one in said)) + field


@pytest.mark.parametrize("field", [FIELD, ""], ids=["a field", "no field"])
@pytest.mark.parametrize("form", FORMS)
def test_one_comment(form: str, field: str) -> None:
    assert shown(read(thread(form, ANN, field=field))) == [ANN]


# In a list of terms nothing tells that the same words, said twice by the same reader, are not the page's own.
TWO = [(form, other) for form in FORMS for other in OTHERS if (form, other) != ("a list of terms", "that says the same")]


@pytest.mark.parametrize(("form", "other"), TWO)
def test_two_comments(form: str, other: str) -> None:
    assert shown(read(thread(form, ANN, OTHERS[other]))) == [ANN, OTHERS[other]]


@pytest.mark.parametrize(
    "heading", ["1 Kommentar", "Комментарии", "Mhinduro (1)", "コメント", "تعليقات", "1 Response to “Fares to rise”"]
)
def test_one_comment_in_the_worlds_languages(heading: str) -> None:
    assert shown(read(thread("a table", ANN, heading=f"<h3>{heading}</h3>", field=""))) == [ANN]


@pytest.mark.parametrize("heading", ["Kommentar", "Commentary", "Komentarz:"])
def test_a_column_of_the_papers_own_is_no_comment(heading: str) -> None:
    assert not read(thread("a table", ANN, heading=f"<h3>{heading}</h3>"))


@pytest.mark.parametrize("form", [form for form in FORMS if form != "votes"])
def test_what_nothing_calls_a_comment_is_none(form: str) -> None:
    assert not read(thread(form, ANN, heading="<h3>In short</h3>"))


def test_a_caption_is_no_comment_though_a_date_stands_in_the_article() -> None:
    told = "<p><span>on May 26</span> the cup begins.</p><p>Murray is hurt.</p><cite>An Agency</cite><p>He lifts the cup.</p>"
    assert not read(f"<ul><li>Comments</li></ul><div class=page>{told}</div>{FIELD}")


def test_the_first_comment_by_mary_is_of_no_day_in_march() -> None:
    told = "<dt>1. Mary K says: - <i>2 days ago</i></dt><dd>Well said</dd><dt>2. Mark says: - <i>1 day ago</i></dt><dd>+1</dd>"
    assert shown(read(f"<h3>2 comments</h3><dl>{told}</dl>")) == [
        ("Mary K", "2 days ago", "Well said"),
        ("Mark", "1 day ago", "+1"),
    ]

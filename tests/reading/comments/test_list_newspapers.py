"""Lists of comments as newspapers and blogs of 2005 to 2015 wrote them: the nameless, the latest, those who sign."""

from __future__ import annotations

import pytest

from tests.reading.comments.talk import FIELD, SAID, read, rows

HOLDER = "<div class=comments><h3>4 comments</h3>{}</div>"
TEXTS = [text for _, _, text in SAID]


def test_who_gave_no_name_is_called_so_in_the_words_of_the_others() -> None:
    names = ("<a href=/u/1>Rudo</a>", "Anonymous", "Anonymous", "Anonymous")
    form = "<dt class=author><div class=face><img></div>{name}\nsaid...</dt><dd><p>{text}</p></dd><dd><a>{time}</a></dd>"
    made = "".join(form.format(name=name, time=time, text=text) for name, (_, time, text) in zip(names, SAID, strict=True))
    found = read(f"<div class=comments><dl>{made}</dl></div>")
    assert [(one.author_name, one.text) for one in found] == list(zip(("Rudo", *names[1:]), TEXTS, strict=True))


NAMELESS = "<dt><i>14.03.2019 19:00</i></dt><dd><p>{}</p></dd>"
LONG = "It was never about the fares, if you ask me; it was about who may sit on the council's board, and who may not."


def test_a_long_text_is_no_name_where_a_record_has_none() -> None:
    texts = (*TEXTS[:3], "@k. (12:56)<br>Is it?")
    form = "<dt class=by><a href=/u/{n}>{name}</a></dt><dd><p>{text}</p></dd><dd><a href=#{n}>{time}</a></dd>"
    said = enumerate(zip(SAID, texts, strict=True))
    made = "".join(form.format(n=n, name=name, time=time, text=text) for n, ((name, time, _), text) in said)
    made += f"<dt class=by></dt><dd><p>{LONG}</p></dd><dd><a href=#9>14.03.2019 19:00</a></dd>"
    found = read(HOLDER.format(f"<dl>{made}</dl>"))
    assert [(one.author_name, one.text) for one in found][4] == (None, LONG)


def test_a_list_that_is_not_known_as_one_is_no_single_comment() -> None:
    made = rows("<dt><b>{name}</b> <i>{time}</i></dt><dd><p>{text}</p></dd>") + NAMELESS.format(LONG)
    assert read(f"<div class=comments><dl>{made}</dl></div>") == ()


@pytest.mark.parametrize(("button", "count"), [("<a>Report Abuse</a>", 4), ("<a href=/other/{n}>In: Another story</a>", 0)])
def test_the_latest_comments_are_those_of_the_story_if_one_may_complain_of_them(button: str, count: int) -> None:
    form = "<tr><td class=user><a href=/u/{n}>{name}</a></td><td><div class=time>{time}</div><div class=text>{text}</div>"
    made = rows(f"{form}<div class=tools>{button}</div></td></tr>")
    assert len(read(f"<div id=latest-comments><h4>Latest Comments</h4><table>{made}</table></div>")) == count


def test_what_stands_in_a_time_with_a_stamp_is_the_time() -> None:
    form = "<li><a href=/u/{n}>{name}</a> <time datetime='2004-07-1{n}T11:00:08+00:00'>July 2004</time><p>{text}</p></li>"
    found = read(HOLDER.format(f"<ul>{rows(form)}</ul>"))
    assert [one.date_created_raw for one in found] == ["July 2004"] * 4
    assert [one.date_created.day for one in found if one.date_created] == [11, 12, 13, 14]


def test_spaces_stand_around_the_colon_of_a_clock() -> None:
    times = (
        "09 : 14 AM, March 13, 2019",
        "12 : 50 PM, March 13, 2019",
        "07 : 33 PM, March 14, 2019",
        "08 : 00 AM, March 15, 2019",
    )
    made = rows("<div class=c><b>{name}</b> <i>{time}</i><p>{text}</p></div>", times)
    assert [one.date_created_raw for one in read(HOLDER.format(made))] == list(times)


OWN = "<p>The buses are late, and the fares rise.</p><p class=posted>Posted by The Editor at 11.03.2019 08:00</p>"


@pytest.mark.parametrize("count", [1, 2, 4])
def test_what_stands_above_the_heading_of_the_comments_is_the_articles(count: int) -> None:
    form = "<div id=c{n}5><p>{text}</p></div><p class=posted>Posted by: <a href=/u/{n}>{name}</a> at {time}</p>"
    said = [(n, name, time, text) for n, (name, time, text) in enumerate(SAID)][:count]
    made = "".join(form.format(n=n, name=name, time=time, text=text) for n, name, time, text in said)
    found = read(f"<div class=content><h2>11.03.2019</h2>{OWN}<h2>Comments</h2>{made}<h2>Post a comment</h2>{FIELD}</div>")
    assert [(one.author_name, one.text) for one in found] == [(name, text) for name, _, text in SAID[:count]]


def test_a_line_that_one_reader_draws_is_over_no_signature() -> None:
    quoting = "You say that it is late.<br>____________________<br>It is not, I take it every day."
    form = "<div class=c><b>{name}</b> <i>{time}</i><div class=text>{text}</div></div>"
    texts = [*TEXTS[:3], quoting]
    said = zip(SAID, texts, strict=True)
    made = "".join(form.format(name=name, time=time, text=text) for (name, time, _), text in said)
    assert read(HOLDER.format(made))[3].text == "You say that it is late.\n____________________\nIt is not, I take it every day."
    made = "".join(form.format(name=name, time=time, text=f"{text}<br>________<br>My boat") for name, time, text in SAID[:2])
    assert [one.text for one in read(HOLDER.format(made))] == TEXTS[:2]


def test_a_lone_comment_has_its_buttons_beside_its_name_and_a_town_that_is_none_of_its_text() -> None:
    name_and_town = "by: <strong><span class=username>{name}</span></strong> from: <strong>Gweru</strong>"
    head = f"<div class=who>{name_and_town}<div>{{time}}</div></div>"
    form = (
        "<div class=comment><div class=head>"
        + head
        + "<div><a>Report Comment</a> <a>Reply</a></div></div><div>{text}</div></div>"
    )
    name, time, text = SAID[0]
    found = read(f"<div class=comments>{form.format(name=name, time=time, text=text)}</div>")
    assert [(one.author_name, one.date_created_raw, one.text) for one in found] == [SAID[0]]


def test_paragraphs_of_an_article_that_say_today_are_no_comments() -> None:
    form = "<p>They met <em>in the town hall</em> {when} and spoke of <em>Gweru</em> for hours, and of <a>the fares</a>.</p>"
    made = "".join(form.format(when=when) for when in ("many years ago", "today"))
    assert read(f"<div class=comment-story>{made}</div>") == ()

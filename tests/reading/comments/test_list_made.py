"""Comments as home-made pages write them: answers made in another way than comments, signs around names, long headings."""

from __future__ import annotations

import pytest

from tests.reading.comments.talk import FIELD, SAID, above, read, rows, shown

HOLDER = "<div id=comments><h3>Comments</h3>{}</div>"
FORMS = (
    (
        "<div class='ausklappen comment'><p>{text}</p><small>Von <b>{name}</b> {time}</small>{answers}</div>",
        "<div class='comment antwort'><p>{text}</p><small>Antwort von <b>{name}</b> {time}</small>{answers}</div>",
    ),
    (
        "<div class='mb-4 p-3'><b>{name}</b> <small class=muted>({time})</small><p>{text}</p>{answers}</div>",
        "<div class='ms-4 p-2'><b>{name}</b> <small class=muted>({time})</small><p>{text}</p>{answers}</div>",
    ),
)


@pytest.mark.parametrize(("comment", "answer"), FORMS)
def test_answers_stand_in_comments_in_elements_of_their_own_kind(comment: str, answer: str) -> None:
    first, second, third, last = (
        (lambda answers, form, said=said: form.format(name=said[0], time=said[1], text=said[2], answers=answers)) for said in SAID
    )
    made = first("", comment) + second(third("", answer), comment) + last("", comment)
    found = read(HOLDER.format(made))
    assert shown(found) == list(SAID)
    assert above(found) == [None, None, 1, None]


def test_a_bracket_that_opens_before_the_time_is_none_of_the_name() -> None:
    form = "<div class=comment><div class=row><div>{name} (<small>{time} </small>)</div><div>{text}</div></div></div>"
    assert shown(read(HOLDER.format(rows(form)))) == list(SAID)


def test_a_stop_and_a_dash_behind_all_names_are_none_of_them() -> None:
    form = "<div class=comment><img src=/a.png><div><span class=user>{name}.- </span>{text}<p class=date>{time}</p></div></div>"
    names = [one.author_name for one in read(HOLDER.format(rows(form)))]
    assert names == [name for name, _, _ in SAID]


def test_a_heading_counts_comments_on_a_story_with_a_long_headline() -> None:
    headline = "A debate that went on until midnight, and what the transport chief told the members of the council of it"
    form = "<div class=ui-body><p><strong class=name>{name}</strong><br><small>{time}</small></p><p>{text}</p></div>"
    assert shown(read(f"<h3>4 Responses to “{headline}”</h3>{rows(form)}")) == list(SAID)
    assert read(f"<h3>{headline}</h3>{rows(form)}") == ()


@pytest.mark.parametrize("heading", ["Последние комментарии", "Son Yorumlar", "Senaste kommentarer", "Commentaires récents"])
def test_the_latest_comments_of_a_site_answer_other_stories(heading: str) -> None:
    form = "<li><a href=/story-{n}>{name}</a> <i>{time}</i> <span>{text}</span></li>"
    assert read(f"<div><b>{heading}</b><ul>{rows(form)}</ul></div>") == ()


def test_what_is_shouted_beside_a_story_is_no_comment_on_it() -> None:
    form = "<div class=shout><b>{name}</b> <small>{time}</small> {text}</div>"
    assert read(f"<div class=widget><h3>Shoutbox</h3>{rows(form)}{FIELD}</div>") == ()


def test_who_subscribes_to_new_comments_does_so_to_those_on_the_story() -> None:
    form = "<div class=comment><b>{name}</b> <i>{time}</i><p>{text}</p></div>"
    label = "<div class=subscribe><input type=checkbox> <label>подписаться на новые комментарии</label></div>"
    assert shown(read(f"<section><h3>4 комментария</h3>{label}{rows(form)}</section>")) == list(SAID)

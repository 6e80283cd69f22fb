"""Lists of a few comments: what others would show to be the template's must be told by itself."""

from __future__ import annotations

import pytest

from tests.reading.comments.talk import SAID, read, rows, shown

HOLDER = "<div id=comments><h3>Comments</h3>{}</div>"


def made(head: str, count: int = 1) -> str:
    form = f"<div class=comment id=comment-{{n}}><div class=submitted>{head}</div><div class=content><p>{{text}}</p></div></div>"
    return HOLDER.format("".join(form.format(n=n, name=name, time=time, text=text) for n, (name, time, text) in said(count)))


def said(count: int) -> list[tuple[int, tuple[str, str, str]]]:
    return list(enumerate(SAID[:count], 7))


@pytest.mark.parametrize(
    "head",
    [
        "<span class=fn>{name}</span> on <a><time>{time}</time></a> <span class=says>said:</span>",
        "Napsal uživatel <a href=/u/{n}>{name}</a> dne {time}",
        "{time} poslal <a href=/u/{n}>{name}</a>.",
        "<i>{time}</i><span class=by>, par {name}</span>",
    ],
)
def test_words_that_link_name_and_time_are_no_name_in_a_lone_comment(head: str) -> None:
    assert [(one.author_name, one.text) for one in read(made(head))] == [(SAID[0][0], SAID[0][2])]


def test_who_wrote_twice_without_a_link_is_named() -> None:
    names = ("<a href=/u/1>Rudo</a>", "<a href=/u/2>Farai</a>", "Amin Z", "Amin Z")
    form = (
        "<div class=comment><div class=submitted>Submitted by {name} on {time}.</div><div class=content><p>{text}</p></div></div>"
    )
    told = zip(names, SAID, strict=True)
    found = read(HOLDER.format("".join(form.format(name=name, time=time, text=text) for name, (_, time, text) in told)))
    assert [one.author_name for one in found] == ["Rudo", "Farai", "Amin Z", "Amin Z"]


def test_a_link_to_answer_is_no_name_where_a_guest_has_no_link() -> None:
    head = "{name} <a href=#{n}>#{n}</a> {time} <a>Reply</a>"
    form = "<div class=comment><div class=head>{head}</div><div class=body><p>{text}</p></div></div>"
    heads = [head.format(n=n, name=name if n == 7 else f"<a href=/u/{n}>{name}</a>", time=time) for n, (name, time, _) in said(4)]
    found = read(HOLDER.format("".join(form.format(head=one, text=text) for one, (_, _, text) in zip(heads, SAID, strict=True))))
    assert [one.author_name for one in found] == [name for name, _, _ in SAID]


def test_a_date_and_its_linked_clock_are_one_time_though_some_names_are_links() -> None:
    signed = "<cite>Comment by {name} — {day} @ <a href=#{n}>{clock}</a></cite>"
    form = f"<li class=comment id=comment-{{n}}><p>{{text}}</p><p>{signed}</p></li>"
    days = [("August 29, 2011", "8:07 pm"), ("August 29, 2011", "8:49 pm"), ("August 30, 2011", "2:12 am")]
    told = [
        form.format(n=n, text=text, name=f"<a class=url href=/u>{name}</a>" if n == 9 else name, day=day, clock=clock)
        for (n, (name, _, text)), (day, clock) in zip(said(3), days, strict=True)
    ]
    found = read(HOLDER.format(f"<ol>{''.join(told)}</ol>"))
    assert [one.date_created_raw for one in found] == [" @ ".join(day) for day in days]


def test_the_latest_comments_on_other_articles_have_no_times() -> None:
    form = (
        "<div class=item id=comment{n}><span class=commentBody>{text}</span> <span class=commentAuthor>{name}</span> on"
        " <span class=commentPostTitle><a href=/other/{n}>How the council takes its buses to all</a></span></div>"
    )
    assert read(f"<div class='widget comments'>{rows(form)}</div>") == ()


@pytest.mark.parametrize(
    "head",
    [
        "Posté par {name}, {time}",
        "Von <b>{name}</b> {time}",
        "<a href=/u>{name}</a> wrote on {time}",
        "<h4>{name}</h4> dit : {time}",
    ],
)
def test_words_beside_the_element_that_holds_a_name_are_none_of_it(head: str) -> None:
    row = f"<div>{head}</div><p>{{text}}</p>"
    name, time, text = SAID[0]
    assert [one.author_name for one in read(HOLDER.format(f"<div>{row.format(name=name, time=time, text=text)}</div>"))] == [name]


def test_a_byline_may_be_indented_far_and_a_paragraph_stand_in_an_element_for_words() -> None:
    who, _, text = SAID[0]
    line = f"\n{' ' * 60}Posted by {who} at May 24, 2018 15:20\n{' ' * 50}"
    cell = f"<table><tr><td><font class=small><p>{text}</p></font><div class=small><img src=/c.png>{line}</div></td></tr></table>"
    found = read(f"<div class=section><div><h2>Comments:</h2></div>{cell}</div>")
    assert [(one.author_name, one.date_created_raw, one.text) for one in found] == [(who, "May 24, 2018 15:20", text)]


@pytest.mark.parametrize(
    "button", ["Jibu", "Vi phạm", "Signaler ce contenu comme inapproprié", "Report this post to a moderator"]
)
@pytest.mark.parametrize("count", [1, 2])
def test_buttons_behind_one_text_or_two_are_neither_names_nor_of_the_text(button: str, count: int) -> None:
    row = f"<li class=comment><b class=author>{{name}}</b> <i>{{time}}</i><div>{{text}} <a href='#'>{button}</a></div></li>"
    made = "".join(row.format(name=name, time=time, text=text) for name, time, text in SAID[:count])
    assert shown(read(f"<div id=comments><h3>Comments</h3><ul>{made}</ul></div>")) == list(SAID[:count])


def test_what_stands_behind_both_of_two_texts_is_the_machines() -> None:
    row = (
        "<li class=comment><b class=author>{name}</b> <i>{time}</i><p>{text}</p><div class=v>{n} personnes recommandent</div>"
        "<a href=/x{n}>Zorbiter</a></li>"
    )
    made = "".join(row.format(n=at + 3, name=name, time=time, text=text) for at, (name, time, text) in enumerate(SAID[:2]))
    assert shown(read(f"<div id=comments><h3>Comments</h3><ul>{made}</ul></div>")) == list(SAID[:2])


@pytest.mark.parametrize(
    "head",
    [
        "<b>{name}</b> said ({time}):",
        "<a href=/u/1>{name}</a> replied to <a href='#c2'>this comment from Ann</a> | <a href='#c1'>{time}</a>",
        "<a href=/u/1>{name}</a><br>Date: <i>{time}</i>",
    ],
)
def test_labels_and_who_is_answered_are_not_the_one_who_wrote(head: str) -> None:
    name, time, text = SAID[0]
    body = f"<div class=meta>{head.format(name=name, time=time)}</div><div class=content><p>{text}</p></div>"
    row = f"<div class=comment id=comment-12>{body}</div>"
    assert shown(read(f"<div id=comments><h3>1 Comment</h3>{row}</div>")) == [SAID[0]]

"""Who wrote what, when and to whom, where a list tells it in a form of its own: after the mark-up of blogs, papers and forums."""

from __future__ import annotations

import pytest

from tests.reading.comments.talk import FIELD, SAID, above, read, rows, shown

HOLDER = "<div class=comments><h3>4 comments</h3>{}</div>"
FORMS = {
    "a notice with the writer's name": (
        "<div class=c><b class=user>{name}</b> <i>{time}</i><p><em>This comment is hidden because you ignore {name}.</em></p>"
        "<p>{text}</p></div>"
    ),
    "a number as a link": (
        "<div class=commentnew id=comment-{n}01><div class=head>{name} &bull; <a href='#comment-{n}01'>#{n}</a> &bull; {time}"
        " &bull; <a>Reply</a></div><div class=said><p>{text}</p></div></div>"
    ),
    "a motto beside the name": (
        "<div class=row><span class=info><strong><a href=/u/{n}>{name}</a></strong> <i>(motto {n} of mine)</i></span>"
        " <small>{time}</small><div class=m{n}>{text}</div></div>"
    ),
    "a title that leads to the comment alone": (
        "<div class=cm id=comment{n}7><h3><a href='/c/{n}7'>What {n} I think</a></h3><div class=ct><p>{text}</p></div>"
        "<p class=cb>by <a>{name}</a>, {time}</p></div>"
    ),
    "words of a language before the name": (
        "<li class=c{n}><i>{time}</i> <span class=commentAuthorName>inviato da {name}</span><p>{text}</p></li>"
    ),
    "no place but the line's own": (
        "<li class=comment id=comment-{n}05><div class=b><div class=meta><b>{n}05</b>: {name}<br><small>{time}</small></div>"
        "<p>{text}</p></div></li>"
    ),
    "where the writer is from": (
        "<div class=c><div class=commentHeader><b>by: </b>{name} <b>from: </b>Town {n}<br><i>{time}</i></div><p>{text}</p></div>"
    ),
    "the mark of a password behind the name": (
        "<div class=b id=comment{n}><p>{text}</p><ul><li>{time}</li><li>| URL |</li><li>{name} #-</li></ul></div>"
    ),
    "the number of a computer, and a headline of its own": (
        "<article id=c_{n}5><header><h1>{name}</h1><b class=member>{name}</b> <i>(12.34.***.{n})</i> <i>{time}</i></header>"
        "<p>{text}</p></article>"
    ),
    "a number, and words that lead to the name": (
        "<dl><dt class=r>#{n} Posted by {name} at <b>{time}</b></dt><dd><p>{text}</p></dd></dl>"
    ),
    "a number in a link": "<div class=row><a href=#c{n}>{n}</a> <span>{name}</span> • <i>{time}</i><div>{text}</div></div>",
    "no element for the name": "<p class=row>Posted by {name} - <em>{time}</em><br>{text}</p>",
    "words that say it, and lead to the time": "<div class=row><div>{name} said... at <i>{time}</i></div><p>{text}</p></div>",
    "since when the writer is a member": (
        "<div class=post><p class=who><b class=name>{name}</b><br>Dołączył: 1{n} Sty 2010<br>Posty: {n}</p>"
        "<p class=when>Wysłany: {time}</p><div class=postbody>{text}</div></div>"
    ),
}


@pytest.mark.parametrize("name", FORMS)
def test_who_says_what_when(name: str) -> None:
    assert shown(read(HOLDER.format(rows(FORMS[name])))) == list(SAID)


def test_a_reader_without_a_name_is_called_as_the_page_calls_him() -> None:
    form = "<div class=comment><div class=head>{who} &bull; {time}</div><div class=said>{text}</div></div>"
    names = ("Anon", "Anon", "<a href=/u/1>Rudo</a>", "<a href=/u/2>Old Joe</a>")
    made = "".join(form.format(who=who, time=time, text=text) for who, (_, time, text) in zip(names, SAID, strict=True))
    assert [one.author_name for one in read(HOLDER.format(made))] == ["Anon", "Anon", "Rudo", "Old Joe"]


def test_whom_a_line_says_to_be_answered_is_no_part_of_the_name() -> None:
    form = (
        "<div class=comment id=comment-{n}1><div class=head><a href=/u/{n}>{name}</a> {to} &bull; {time}</div><p>{text}</p></div>"
    )
    to = ("", "replied to <a href='#comment-11'>comment from Rudo</a>", "", "antwortete <a href='#comment-31'>k.</a>")
    made = "".join(
        form.format(n=at + 1, name=name, time=time, text=text, to=to[at]) for at, (name, time, text) in enumerate(SAID)
    )
    found = read(HOLDER.format(made))
    assert shown(found) == list(SAID)
    assert above(found) == [None, 0, None, 2]


def test_a_hyphen_is_the_names_own_if_no_space_parts_them() -> None:
    made = rows("<div class=c><a class=user>{name}-</a> - <i>{time}</i><p>{text}</p></div>")
    assert [one.author_name for one in read(HOLDER.format(made))] == [f"{name}-" for name, _, _ in SAID]


def test_the_last_remark_is_whole_though_it_is_longer_than_the_others() -> None:
    form = "<a id=c{at}7></a><p>{text}</p><p class=posted>Posted by: {name} at {time}</p>"
    made = rows(form).replace(SAID[3][2], f"{SAID[3][2]}</p><p>And then once more.")
    found = read(f"<div><h3>Comments</h3>{made}<h3>Post a comment</h3>{FIELD}</div>")
    assert shown(found) == [*SAID[:3], (SAID[3][0], SAID[3][1], f"{SAID[3][2]}\n\nAnd then once more.")]


def test_answers_of_a_class_of_their_own_stand_in_what_they_answer() -> None:
    form = "<dl{of}><dt class=by>by <a>{name}</a> {time}</dt><dd>{text}</dd>{answers}</dl>"
    said = [dict(zip(("name", "time", "text"), one, strict=True)) for one in SAID]
    answer = form.format(of=" class=thread", answers="", **said[1])
    top = [
        form.format(of="", answers=f"<dd>{answer}</dd>", **said[0]),
        *(form.format(of="", answers="", **one) for one in said[2:]),
    ]
    found = read(HOLDER.format("".join(top)))
    assert shown(found) == list(SAID)
    assert above(found) == [None, 0, None, None]


def test_levels_stand_in_what_alone_is_in_a_row() -> None:
    form = "<div class=comment><div><div style='padding-left:{px}px'><b>{name}</b> <i>{time}</i><p>{text}</p></div></div></div>"
    levels = (0, 30, 60, 0)
    made = "".join(
        form.format(px=px, name=name, time=time, text=text) for px, (name, time, text) in zip(levels, SAID, strict=True)
    )
    assert above(read(HOLDER.format(made))) == [None, 0, 1, None]


def test_lines_of_a_table_are_told_apart() -> None:
    form = (
        "<table><tr><td><b>Re: fares</b><br>by <b>{name}</b> on {time}<br>(<a>User Info</a> | <a>Message</a>)</td></tr>"
        "<tr><td>{text}<br><br>Twice: {text}</td></tr></table><p>[ <a>Reply</a> ]</p>"
    )
    found = read(f"<font>The comments are owned by the poster.</font>{rows(form)}")
    assert [one.text for one in found] == [f"{text}\n\nTwice: {text}" for _, _, text in SAID]


def test_a_remark_that_begins_with_a_length_of_time_keeps_it() -> None:
    made = rows("<div class=c><div><b>{name}</b> <i>{time}</i> <p>3 days ago {text}</p></div></div>")
    found = read(HOLDER.format(made))
    assert [(one.date_created_raw, one.text) for one in found] == [(time, f"3 days ago {text}") for _, time, text in SAID]


@pytest.mark.parametrize(
    "times",
    [
        ("03/13 at 09:14 AM", "03/13 at 10:02 AM", "03/14 at 07:33 PM", "03/15 at 08:00 AM"),
        ("13.03. um 09:14 Uhr", "13.03. um 10:02 Uhr", "14.03. um 19:33 Uhr", "15.03. um 08:00 Uhr"),
        (
            "13-03-2019 at 09:14 o'clock",
            "13-03-2019 at 10:02 o'clock",
            "14-03-2019 at 19:33 o'clock",
            "15-03-2019 at 08:00 o'clock",
        ),
        ("2019-03-13 09:14 am (UTC)", "2019-03-13 10:02 am (UTC)", "2019-03-14 07:33 pm (UTC)", "2019-03-15 08:00 am (UTC)"),
    ],
)
def test_days_without_a_year_and_zones_in_brackets_are_of_the_time(times: tuple[str, ...]) -> None:
    made = rows("<div class=c><p>{text}</p><div class=posted>Posted by {name} on {time}</div></div>", times)
    found = read(HOLDER.format(made))
    assert [one.author_name for one in found] == [name for name, _, _ in SAID]
    assert [one.date_created_raw for one in found] == [f"on {time}" for time in times]


def test_a_name_stands_alone_beside_a_button_that_names_it_too() -> None:
    form = (
        "<div class=post><dl class=profile><dt><a class=username href=/u/{n}>{name}</a></dt><dd class=contact>"
        "<a title='Contact {name}'>Contact {name}</a></dd></dl><div class=body><p class=author>by <a>{name}</a> {time}</p>"
        "<div class=content>{text}</div>{sign}</div><a>Quote</a></div>"
    )
    signs = ("<div class=signature>Nobody reads<br>what stands here</div>", "", "", "")
    said = zip(signs, SAID, strict=True)
    made = "".join(
        form.format(n=at, sign=sign, name=name, time=time, text=text) for at, (sign, (name, time, text)) in enumerate(said)
    )
    assert shown(read(HOLDER.format(made))) == list(SAID)


def test_a_name_behind_paragraphs_stands_in_that_of_the_time() -> None:
    texts = [*(text for _, _, text in SAID[:3]), "Come and drive.", "Then talk."]
    lines = "".join(f"<li><p>{text}</p><p>- <b>{name}</b> <i>{time}</i></p></li>" for name, time, text in SAID[:3])
    lines += f"<li><p>{texts[3]}</p><p>{texts[4]}</p><p>- <b>Marta P</b> <i>14.03.2019 18:27</i></p></li>"
    found = read(HOLDER.format(f"<ol>{lines}</ol>"))
    assert [(one.author_name, one.text) for one in found][3] == ("Marta P", "Come and drive.\n\nThen talk.")


def test_a_number_at_the_beginning_of_a_text_tells_whom_it_answers() -> None:
    texts = (SAID[0][2], "&gt;&gt;1<br>There was a tram once.", "&gt;&gt;1 Well said.", "&gt;&gt;3<br>Is it? &gt;&gt;2")
    said = enumerate(zip(SAID, texts, strict=True), 1)
    made = "".join(f"<dt>{n} : <b>{name}</b> : {time} ID:x{n}<dd>{text}" for n, ((name, time, _), text) in said)
    assert above(read(HOLDER.format(f"<dl>{made}</dl>"))) == [None, 0, 0, 2]


def test_who_likes_a_text_is_none_of_it() -> None:
    form = (
        "<li id=post-{n}><h3><a class=username href=/u/{n}>{name}</a></h3><div><blockquote class=messageText>{text}</blockquote>"
        "</div><a href=#{n}>{time}</a><div id=likes-post-{n}>{likes}</div></li>"
    )
    likes = (
        "<div class=likesSummary><span class=LikeText><a>Nobody</a>, <a>Somebody</a> and 3 others like this.</span></div>",
        "",
        "",
        "",
    )
    texts = ("Yes.", "No.", "Perhaps.", "Oslo")
    said = [(name, time, text) for (name, time, _), text in zip(SAID, texts, strict=True)]
    told = enumerate(zip(likes, said, strict=True))
    made = "".join(form.format(n=at, likes=liked, name=name, time=time, text=text) for at, (liked, (name, time, text)) in told)
    assert shown(read(HOLDER.format(made))) == said


def test_a_text_begins_behind_the_colon_of_any_script() -> None:
    made = rows("<div class=c><div class=x><a href=/u/{n}>{name}</a>：{text}</div><div class=from>{time}</div><a>回复</a></div>")
    assert shown(read(HOLDER.format(made))) == list(SAID)


def test_titles_that_lead_to_comments_elsewhere_are_none() -> None:
    form = (
        "<tr class=comment id=tr-comment-{n}07><td class=author>{name}</td>"
        "<th><a href='?show=comments#comment-{n}07'>Re: fares and fuel</a></th><td>{time}</td></tr>"
    )
    assert read(f"<div class=comments><h3>Comments: 4</h3><table class=comments>{rows(form)}</table></div>") == ()

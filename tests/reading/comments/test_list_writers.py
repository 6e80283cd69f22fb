"""What papers write beside a writer's name: where he is from, his rank, how much he has written. None of it is his name."""

from __future__ import annotations

import pytest

from tests.reading.comments.talk import SAID, read

TOWNS = ("Leeds", "Gweru", "Austin, TX", "Paris")
RANKS = ("Moderator", "Member", "Senior", "Guest writer")
BESIDE = {
    "a town in brackets": ("<b>{name}</b> ({more}), {time}", TOWNS),
    "a town behind a word": ("<span class=user>{name}</span> from {more} {time}", TOWNS),
    "a town in a line of its own": ("<strong>{name}</strong><br>{more} - <i>{time}</i>", TOWNS),
    "a rank in a line of its own": ("<cite>{name}</cite><br>{more} on <i>{time}</i>", RANKS),
    "a rank in a block": ("<b>{name}</b><div class=posts>{more}<br>Posts: 12</div> <i>{time}</i>", RANKS),
}


@pytest.mark.parametrize("beside", BESIDE)
def test_what_more_is_told_of_a_writer_is_not_the_name(beside: str) -> None:
    form, more = BESIDE[beside]
    heads = [form.format(name=name, more=told, time=time) for (name, time, _), told in zip(SAID, more, strict=True)]
    rows = "".join(f"<tr><td><div>{head}</div><p>{text}</p></td></tr>" for head, (_, _, text) in zip(heads, SAID, strict=True))
    found = read(f"<div id=comments><h3>4 Comments</h3><table>{rows}</table></div>")
    assert [(one.author_name, one.text) for one in found] == [(name, text) for name, _, text in SAID]


@pytest.mark.parametrize("signed", ["<div>— <b>{name}</b></div>", "<div>-- {name}</div>"])
def test_who_signs_behind_a_dash_is_the_writer_and_the_title_above_is_not(signed: str) -> None:
    titles = ("Late again", "The tram", "Yes", "Drive it")
    row = f"<li><i>{{time}}</i> <b>{{title}}</b><div class=body><p>{{text}}</p></div>{signed}</li>"
    made = "".join(
        row.format(name=name, time=time, text=text, title=title) for (name, time, text), title in zip(SAID, titles, strict=True)
    )
    found = read(f"<div id=comments><h3>4 Comments</h3><ol>{made}</ol></div>")
    assert [(one.author_name, one.text) for one in found] == [(name, text) for name, _, text in SAID]


@pytest.mark.parametrize("posts", [2, 3, 4])
def test_what_an_opener_and_its_answers_are_called_beside_the_time_is_no_name(posts: int) -> None:
    form = (
        "<div class=post-wrap id=post-{at}0><h2><a href='#{at}'>{subject}Fares</a> <span class=post-date>{time}</span></h2><ul>"
        "<li><a>Quote</a></ul><div class=post><div class=post-content>{text}</div></div><aside><span class=post-author-name>"
        "<a href=/u/{at}>{name}</a></span></aside></div>"
    )
    made = [
        form.format(at=at, subject="Re: " if at else "", name=name, time=time, text=text)
        for at, (name, time, text) in enumerate(SAID[:posts])
    ]
    assert [one.author_name for one in read("".join(made))] == [name for name, _, _ in SAID[:posts]]


def test_links_from_other_sites_have_long_names_and_hide_no_short_ones() -> None:
    names = ("A long blog » Blog Archive » Some links for the light reading of a long weekend", "Rudo", "Marta P")
    row = "<dt><a href=#{n}>#{n}</a> On {time} <span><a href=//x.example>{name}</a> replied:</span></dt><dd><p>{text}</p></dd>"
    told = zip(names, SAID, strict=False)
    made = "".join(row.format(n=n, name=name, time=time, text=text) for n, (name, (_, time, text)) in enumerate(told, 1))
    found = read(f"<div><h3>3 Replies</h3><dl>{made}</dl></div>")
    assert [one.author_name for one in found] == list(names)


def test_what_ends_a_sentence_behind_a_link_is_said_by_the_writer() -> None:
    links = {0: " Read <a href=/x>the story</a>.", 3: " Ask <a href=/y>the driver</a>."}
    texts = [text + links.get(at, "") for at, (_, _, text) in enumerate(SAID)]
    row = "<li><b>{name}</b> <i>{time}</i><div><p>{text}</p></div></li>"
    made = "".join(row.format(name=name, time=time, text=text) for (name, time, _), text in zip(SAID, texts, strict=True))
    found = read(f"<div id=comments><h3>4 Comments</h3><ol>{made}</ol></div>")
    assert [(one.text or "").endswith(("the story.", "the driver.")) for one in found] == [True, False, False, True]

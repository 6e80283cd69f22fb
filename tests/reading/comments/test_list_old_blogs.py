"""Lists of comments as blogs of the first twenty years wrote them, where a name, a time or a text stands in an unusual place."""

from __future__ import annotations

import pytest

from tests.reading.comments.talk import FIELD, SAID, read, rows, shown

HOLDER = "<div class=comments><h3>4 comments</h3>{}</div>"
NAMES = [name for name, _, _ in SAID]
TEXTS = [text for _, _, text in SAID]


def test_a_day_and_a_clock_in_elements_of_their_own_are_one_time_and_no_name() -> None:
    form = (
        "<div class=c><div class=text>{text}</div><div class=foot>Left by <span>{name}</span> on <b>{day}</b> at"
        " <a href='#{n}'>{clock}</a></div></div>"
    )
    said = [(name, *time.split(), text) for name, time, text in SAID]
    made = "".join(
        form.format(n=n, name=name, day=day, clock=clock, text=text) for n, (name, day, clock, text) in enumerate(said)
    )
    assert shown(read(HOLDER.format(made))) == [(name, f"{day} at {clock}", text) for name, day, clock, text in said]


def test_one_reader_who_wrote_most_of_a_list_keeps_his_name() -> None:
    names = ("Rudo", "Rudo", "Rudo", "Old Joe")
    form = (
        "<div class=comment><p>{text}</p><div class=comment-author>Posted by: <a href=/u/{name}>{name}</a> at {time}</div></div>"
    )
    made = "".join(form.format(name=names[at], time=time, text=text) for at, (_, time, text) in enumerate(SAID))
    found = read(HOLDER.format(made))
    assert [(one.author_name, one.text) for one in found] == list(zip(names, TEXTS, strict=True))


def test_who_only_shows_a_picture_says_nothing_and_hides_no_others() -> None:
    made = rows("<li><b><a href=/u/{n}>{name}</a></b> <i>{time}</i><div>{text}</div></li>")
    made += "<li><b><a href=/u/9>Emi</a></b> <i>14.03.2019 19:00</i><div><img src=/cat.gif></div></li>"
    assert shown(read(f"<ul>{made}</ul>{FIELD}"))[:4] == list(SAID)


FEET = {
    "to the end of what holds them": "<div><h3>Comments</h3>{}</div>",
    "behind an article, without a headline": "<p>The council met.</p><p>It went home.</p>{}<form><textarea></textarea></form>",
    "before the next headline": "<h4>Comments</h4>{}<h4>Elsewhere</h4><p>Nothing.</p>",
}


@pytest.mark.parametrize("around", FEET)
def test_who_and_when_stand_beneath_texts_of_any_length(around: str) -> None:
    texts = [*TEXTS[:2], f"{TEXTS[2]}</p><p>And so say all of us.", f"{TEXTS[3]}</p><p>Twice.</p><p>And again."]
    said = [(name, time, text) for (name, time, _), text in zip(SAID, texts, strict=True)]
    made = "".join(f"<p>{text}</p><div class=foot>{time} | <a href=/u>{name}</a></div>" for name, time, text in said)
    found = read(f"<div class=post>{FEET[around].format(made)}</div>")
    assert [one.author_name for one in found] == NAMES
    assert [one.text for one in found][1:] == [text.replace("</p><p>", "\n\n") for text in texts[1:]]


def test_links_from_other_sites_are_no_readers() -> None:
    form = "<li class='{kind} depth-1' id=c{n}5><b>{name}</b> <i>{time}</i><p>{text}</p></li>"
    kinds = ("comment", "pingback", "comment", "trackback")
    made = "".join(form.format(kind=kinds[n], n=n, name=name, time=time, text=text) for n, (name, time, text) in enumerate(SAID))
    assert shown(read(HOLDER.format(f"<ol>{made}</ol>"))) == [SAID[0], SAID[2]]
    made = rows("<h4><a href=/else/{n}>{name}</a></h4><p>{text}</p><p class=posted>Tracked on {time}</p>")
    assert read(f"<div id=trackbacks><h3>TrackBacks</h3>{made}</div>{FIELD}") == ()


def test_what_a_board_tells_of_a_member_is_neither_the_time_nor_a_topic() -> None:
    form = (
        "<div class=comment><div class=comment-header><div class=submitted>{time} by <a href=/u/{n}>{name}</a>.</div>"
        "<a href='#{n}'>#{n}</a></div><div class=author-data><div><strong>Member since:</strong><br>26.02.2007</div>"
        "<div><strong>Last activity:</strong><br>1 day 9 hours</div></div><div class=content><p>{text}</p></div></div>"
    )
    assert shown(read(HOLDER.format(rows(form)))) == list(SAID)


def test_the_headline_of_another_site_does_not_hide_the_place_of_names() -> None:
    form = (
        "<div class=comment id=comment-{n}5><div class=meta><p class=comment-author><strong><a href=http://x{n}.example>{name}</a>"
        "</strong></p><p class=comment-permalink><a href='#comment-{n}5'>{time}</a></p></div><p>{text}</p></div>"
    )
    made = rows(form).replace("Marta P", "What a driver of the forty-four thinks of councils, fares and fuel | Marta's Blog")
    assert [one.author_name for one in read(HOLDER.format(made))][:3] == NAMES[:3]


def test_a_guest_without_a_link_is_named_without_the_words_around_him() -> None:
    form = "<div class=comment><h3>{n}</h3><div class=submitted>Napsal uživatel {who} dne {time}.</div><p>{text}</p></div>"
    said = [(name if at == 2 else f"<a href=/u/{at}>{name}</a>", time, text) for at, (name, time, text) in enumerate(SAID)]
    made = "".join(form.format(n=n, who=who, time=time, text=text) for n, (who, time, text) in enumerate(said))
    assert [one.author_name for one in read(HOLDER.format(made), language="cs")] == NAMES


def test_the_last_word_of_an_age_stands_behind_its_link() -> None:
    form = "<div class=c><h4>Added by <a href=/u/{n}>{name}</a> <a href=/t/{n}>{time}</a> ago</h4><p>{text}</p></div>"
    ages = ("4 years", "3 years", "2 months", "5 days")
    assert [one.date_created_raw for one in read(HOLDER.format(rows(form, ages)))] == [f"{age} ago" for age in ages]


def test_posts_of_a_board_are_numbered_by_the_places_to_which_links_lead() -> None:
    form = (
        "<table><tr><td><table><tr><td><a name=post{n}570007></a><font><b>{name}</b></font><br><font>Registered: 2004</font></td>"
        "<td><p><font>{text}</font></p><a href=report.php?p={n}>Report this post to a moderator</a></td></tr><tr><td><font>"
        "{time}</font></td><td><a href=reply.php?p={n}><img alt='Reply w/Quote'></a></td></tr></table></td></tr></table>"
    )
    assert shown(read(rows(form))) == list(SAID)
    assert read(rows(form.replace("post{n}", "top{n}"))) == ()


def test_notes_of_users_beneath_a_page_of_a_manual_keep_the_signs_of_their_code() -> None:
    code = "<code><i>a</i><span class=k>[</span><i>{n}</i><span class=k>] =</span><i>b</i></code>"
    form = (
        "<div class=note><b>{name}</b> <a class=date href='#{n}'>{time}</a><div class=text><div>{text}"
        + code
        + "</div></div></div>"
    )
    head = "<div class=head><small><a href=/add>add a note</a></small> <small>User Contributed Notes</small></div>"
    found = read(f"<div id=usernotes>{head}<div id=allnotes>{rows(form)}</div></div>")
    assert shown(found) == [(name, time, f"{text}a[{n}] =b") for n, (name, time, text) in enumerate(SAID, 1)]

"""How themes of old blogs write comments, where nothing but the list itself tells what is what."""

from __future__ import annotations

import pytest

from tests.reading.comments.talk import FIELD, SAID, read, rows, shown

HOLDER = "<div id=comments><h3>Comments</h3>{}</div>"


@pytest.mark.parametrize("heading", ["<h1>4 Comments on “Fares to rise”</h1>", "<h1>Please leave a comment!</h1>"])
def test_a_headline_of_the_comments_is_none_of_the_page(heading: str) -> None:
    made = rows("<h3>{name}</h3><div class=text><p>{text}</p></div><div class=postmeta><a href=#{n}>{time}</a></div><br><br>")
    assert shown(read(f"<div id=comments>{made}{heading}{FIELD}</div>")) == list(SAID)


@pytest.mark.parametrize("count", [1, 4])
def test_columns_of_a_grid_are_told_by_their_other_classes(count: int) -> None:
    form = (
        "<li class=media><div class=media-body><div class='col-xs-12 col-sm-5 who-author'>{name}</div>"
        "<div class='col-xs-12 col-sm-7 when-date text-right'>{time}</div><div class='col-xs-12 said'><p>{text}</p></div>"
        "<div class='col-xs-12 text-right'><a class=comment-reply-link>Reply</a></div></div></li>"
    )
    made = "".join(form.format(name=name, time=time, text=text) for name, time, text in SAID[:count])
    assert shown(read(HOLDER.format(f"<ul class=comment-list>{made}</ul>"))) == list(SAID[:count])


@pytest.mark.parametrize(
    "label", ["<i>Trackback</i>", "<b>Pingback:</b>", "<cite>Pingback by </cite>", "<i>pingback | 6. Oktober 2009</i>"]
)
def test_what_calls_itself_a_trackback_is_no_comment(label: str) -> None:
    form = "<div class=bubble><div>{label}<img src=/a.png><i><a href=/u>{name}</a></i></div><div>{text}</div><p>{time}</p></div>"
    trace = form.format(label=label, name="Another blog", time="12.03.2019 12:00", text="[...] The bus is late again [...]")
    assert shown(read(HOLDER.format(trace + rows(form.replace("{label}", "<i>Comment</i>"))))) == list(SAID)


def test_terms_of_the_hosts_own_comments_may_have_a_class_of_their_own() -> None:
    made = rows("<dt{own}><a href=#{{n}}>{{n}}.</a> On {{time}} by {{name}}</dt><dd{own}><p>{{text}}</p></dd>".format(own=""))
    made = made.replace("<dt><a href=#3>", "<dt class=me><a href=#3>").replace("<dd><p>Well", "<dd class=me><p>Well")
    assert [(one.author_name, one.text) for one in read(HOLDER.format(f"<dl>{made}</dl>"))] == [(one[0], one[2]) for one in SAID]


def test_numbers_that_count_on_are_none_of_the_names_beside_them() -> None:
    form = "<dt>{number}<a href=/u>{name}</a> - {time}</dt><dd><p>{text}</p></dd>"
    numbers = ("1. ", "", "", "2. ")
    said = zip(numbers, SAID, strict=True)
    made = "".join(form.format(number=number, name=name, time=time, text=text) for number, (name, time, text) in said)
    assert shown(read(HOLDER.format(f"<dl>{made}</dl>"))) == list(SAID)


def test_a_clock_before_its_day_is_one_time() -> None:
    form = "<li id=comment-{n}><h4>{name} <abbr>{time}</abbr></h4><div class=said><p>{text}</p></div></li>"
    made = rows(form, tuple(f"{clock}:15 am <em>on</em> March 4, 2019" for clock in (8, 9, 10, 11)))
    assert [one.date_created_raw for one in read(HOLDER.format(f"<ul>{made}</ul>"))][:1] == ["8:15 am on March 4, 2019"]


@pytest.mark.parametrize("words", ["Geschrieben am", "Publié le", "Written on"])
def test_a_word_between_name_and_time_is_no_name(words: str) -> None:
    name, _, text = SAID[0]
    head = f"<h4>{name} <a href=#c>#</a></h4><p>{words} 12.03.2019 10:12</p>"
    made = f"<div class=comment>{head}<div class=said><p>{text}</p></div></div>"
    assert [one.author_name for one in read(HOLDER.format(made))] == [name]


def test_lines_of_a_comment_that_is_numbered_are_no_comments() -> None:
    form = "<div id=comment-10{n}><h3>{name} <a href=#c>#</a></h3><p>Written: {time}</p><p>{text}</p>"
    said = [form.format(n=n, name=name, time=time, text=text) for n, (name, time, text) in enumerate(SAID[:2])]
    made = f"{said[0]}<p>The last bus leaves at 21:15.</p></div>{said[1]}</div>"
    found = [(name, time, text) for name, time, text in SAID[:2]]
    found[0] = (*found[0][:2], f"{found[0][2]}\n\nThe last bus leaves at 21:15.")
    assert shown(read(f"<div id=remarks>{made}{FIELD}</div>")) == found


def test_comments_without_times_that_are_called_so() -> None:
    who = "<dl><dt><strong>{name}</strong></dt><dd><img src=/a.png></dd></dl>"
    form = f"<div class=comment>{who}<div class=col><p>{{text}}</p></div></div>"
    made = f"<h4>Comments for this entry</h4>{rows(form)}<div>{FIELD}</div>"
    assert [(one.author_name, one.text) for one in read(made)] == [(name, text) for name, _, text in SAID]


@pytest.mark.parametrize("form", ["Den: {time} säger {name}", "Am {time} schrieb {name}", "{time}, ha scritto {name}:"])
def test_the_verb_may_stand_before_the_name(form: str) -> None:
    made = rows(f"<li><div class=comment-head>{form}</div><div class=comment-content>{{text}}<br></div></li>")
    assert [one.author_name for one in read(HOLDER.format(f"<ol>{made}</ol>"))] == [name for name, _, _ in SAID]


def test_a_bare_name_before_its_time_in_the_element_of_the_text() -> None:
    names = ("Rudo", "<a class=url href=/u>Old Joe</a>", "k.", "Marta P")
    form = "<li><span class=comment-text>{name} on <a href=#c{n}>{time}</a><p>{text}</p></span></li>"
    said = enumerate(zip(names, SAID, strict=True))
    made = "".join(form.format(n=n, name=name, time=time, text=text) for n, (name, (_, time, text)) in said)
    assert [(one.author_name, one.text) for one in read(HOLDER.format(f"<ul>{made}</ul>"))] == [(one[0], one[2]) for one in SAID]


CITED = "<li>{texts}<p><cite>Comment by {who} — {day} @ <a href=#c{n}>{clock}</a></cite></p></li>"


def test_what_readers_tell_of_days_is_no_time_of_theirs() -> None:
    """The line of name and time stands in another paragraph each time; clocks are linked, and some names."""
    texts = (
        "<p>The bus was late.</p><p>The same on 3 March, 2019 and nobody said why.</p>",
        "<p>There was a tram.</p>",
        "<p>They tore it up on 1 July and nobody noticed.</p><p>Come.</p><p>Drive it for a week.</p>",
    )
    names = ("Rudo", "<a class=url href=/u>Old Joe</a>", "Marta P")
    said = enumerate(zip(names, texts, strict=True))
    made = "".join(CITED.format(n=n, who=who, texts=text, day="March 12, 2019", clock=f"{n}:54 pm") for n, (who, text) in said)
    found = read(HOLDER.format(f"<ol class=commentlist>{made}</ol>"))
    assert [one.author_name for one in found] == ["Rudo", "Old Joe", "Marta P"]
    assert [one.date_created_raw for one in found] == [f"March 12, 2019 @ {n}:54 pm" for n in range(3)]


def test_a_lone_comment_may_speak_of_another_day() -> None:
    text = "<p>They changed the rules on 1 July and nobody noticed.</p>"
    (found,) = read(HOLDER.format(f"<div class=comment>{text}<p class=meta>Comment by zed on May 12, 2018 at 5:07 pm</p></div>"))
    assert (found.author_name, found.date_created_raw) == ("zed", "on May 12, 2018 at 5:07 pm")


@pytest.mark.parametrize(("head", "name"), [("säger {name} den {time}", "Rudo"), ("{name} on {time}", "www.buses.example.com")])
def test_names_that_look_like_something_else(head: str, name: str) -> None:
    form = f"<li><cite>{head}</cite><div class=said><p>{{text}}</p></div></li>"
    made = form.format(name=name, time=SAID[0][1], text=SAID[0][2])
    assert [one.author_name for one in read(HOLDER.format(f"<ol class=comment-list>{made}</ol>"))] == [name]


def test_a_stroke_may_part_a_day_from_its_clock() -> None:
    form = "<li><b>{name}</b> <i>March 12th, 2019 / {n}:35</i><p>{text}</p></li>"
    found = read(HOLDER.format(f"<ol>{rows(form)}</ol>"))
    assert [one.date_created_raw for one in found] == [f"March 12th, 2019 / {n}:35" for n in range(1, 5)]


def test_what_stands_in_a_list_of_pings_is_no_comment() -> None:
    form = "<li class=item><cite><a href=/u>{name}</a></cite> <i>{time}</i><p>{text}</p></li>"
    traces = form.format(name="Another blog", time="12.03.2019 12:00", text="[...] The bus is late again [...]")
    made = f"<ol class=list>{rows(form)}</ol><ol class=pingslist>{traces}</ol>"
    assert shown(read(HOLDER.format(made))) == list(SAID)


def test_a_sign_joins_day_and_clock_over_a_line() -> None:
    form = "<li><div class=who><b>{name}</b><br>on May {n}, 2018<br> @ <a href=#c{n}>{n}:32 am</a></div><p>{text}</p></li>"
    found = read(HOLDER.format(f"<ol class=commentlist>{rows(form)}</ol>"))
    assert [(one.date_created_raw or "").split() for one in found] == [
        ["on", "May", f"{n},", "2018", "@", f"{n}:32", "am"] for n in range(1, 5)
    ]


@pytest.mark.parametrize("words", ["Kommentar von", "Publié par", "Geschrieben von"])
def test_words_that_surely_stand_before_a_name(words: str) -> None:
    name, time, text = SAID[1]
    made = f"<li><p>{text}</p><p class=info>{words} {name} am {time}</p></li>"
    assert [one.author_name for one in read(HOLDER.format(f"<ol class=commentlist>{made}</ol>"))] == [name]


def test_the_address_of_a_writer_beside_the_time_is_none_of_the_text() -> None:
    form = "<li><b>{name}</b><div class=said><p>{text}</p></div><div class=info>{address}<i>{time}</i></div></li>"
    addresses = ("", "<a href=//joe.example.org>http://joe.example.org</a> ", "", "")
    said = zip(addresses, SAID, strict=True)
    made = "".join(form.format(address=address, name=name, time=time, text=text) for address, (name, time, text) in said)
    assert [one.text for one in read(HOLDER.format(f"<ol class=commentlist>{made}</ol>"))] == [text for _, _, text in SAID]


def test_a_lone_comment_may_speak_of_now() -> None:
    text = "<p>I would buy a ticket right now</p><p>if there was a bus.</p>"
    (found,) = read(HOLDER.format(f"<div class=comment>{text}<p class=meta>Comment by zed on May 12, 2018 at 5:07 pm</p></div>"))
    assert (found.author_name, found.date_created_raw) == ("zed", "on May 12, 2018 at 5:07 pm")


def test_a_paragraph_that_a_quotation_ends_goes_on_behind_it() -> None:
    texts = ["The bus was late.<blockquote>Fuel is dear.</blockquote>They all say so.", *(text for _, _, text in SAID[1:])]
    form = "<li><div class=who><b>{name}</b> <i>{time}</i></div><div class=row><p class=plain>{text}</p></div></li>"
    made = "".join(form.format(name=name, time=time, text=text) for (name, time, _), text in zip(SAID, texts, strict=True))
    found = read(HOLDER.format(f"<ol class=commentlist>{made}</ol>"))
    assert [one.text for one in found] == ["The bus was late.\n\nFuel is dear.\n\nThey all say so.", *texts[1:]]


def test_links_in_what_readers_write_are_no_names() -> None:
    """Elements whose classes are nothing but style: name and text have the same ones."""
    form = "<li><div class=w-3><div class=bold-4>{name}</div><div class=bold-5><p>{text}</p></div><div>{time}</div></div></li>"
    text = 'Here is all that was ever said of it in the council. <a href="/minutes">the minutes</a>'
    said = [(name, time, text.replace("all", name)) for name, time, _ in SAID]
    made = "".join(form.format(name=name, time=time, text=text) for name, time, text in said)
    found = read(HOLDER.format(f"<ul class=comment-list>{made}</ul>"))
    assert [one.author_name for one in found] == [name for name, _, _ in SAID]


def test_a_number_sign_joins_day_and_clock_and_a_class_tells_traces() -> None:
    form = "<li class={kind}><p>{text}</p><cite>{name} | <a href=#c{n}>March {n}, 2019 # {n}:35 am</a></cite></li>"
    trace = form.format(kind="trackping", name="Another blog", n=9, text="[...] The bus is late again [...]")
    found = read(HOLDER.format(f"<ol class=comment-list>{rows(form.replace('{kind}', 'comment'))}{trace}</ol>"))
    assert [one.date_created_raw for one in found] == [f"March {n}, 2019 # {n}:35 am" for n in range(1, 5)]


def test_hours_and_minutes_in_french_are_a_clock() -> None:
    form = "<div class=each><p class=meta>{name} {time}</p>{text}</div>"
    found = read(HOLDER.format(rows(form, tuple(f"{clock:02} h 24 min" for clock in (8, 19, 20, 21)))), language="fr")
    assert [(one.author_name, one.date_created_raw) for one in found][:2] == [("Rudo", "08 h 24 min"), ("Old Joe", "19 h 24 min")]


@pytest.mark.parametrize("count", [1, 3])
def test_the_initial_in_place_of_a_picture_is_no_name(count: int) -> None:
    form = (
        "<div class=comment><div class=user-icon><span>{first}</span></div><div class=comment-content><h3>{name}</h3>"
        "<p>{text}</p>"
        "<div class=comment-date><span>{time}</span></div></div></div>"
    )
    made = "".join(form.format(first=name[0], name=name, time=time, text=text) for name, time, text in SAID[:count])
    assert [one.author_name for one in read(HOLDER.format(made))] == [name for name, _, _ in SAID[:count]]


def test_a_linked_time_stands_behind_names_with_and_without_links() -> None:
    names = ("Rudo", "<a href=http://joe.example/>Old Joe</a>", "k.", "Marta P")
    form = "<div class=comment><p class=meta>{name} am <a href=#c{n}>{n}. 03. 2019</a></p>{text}</div>"
    said = enumerate(zip(names, SAID, strict=True), 1)
    made = "".join(form.format(n=n, name=name, text=text) for n, (name, (_, _, text)) in said)
    found = read(HOLDER.format(made), language="de")
    assert [one.date_created_raw for one in found] == [f"{n}. 03. 2019" for n in range(1, 5)]

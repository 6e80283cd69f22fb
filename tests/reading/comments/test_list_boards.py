"""Comments as the boards and portals of 2000 to 2010 wrote them: marks and subjects beside the time, tables, bare words."""

from __future__ import annotations

from tests.reading.comments.talk import SAID, above, read, rows, shown

HOLDER = "<div id=comments><h3>Comments</h3>{}</div>"
WRITERS = [name for name, _, _ in SAID]
SUBJECTS = ("On time", "Trams again", "Yes", "An offer")


def named(form: str, names: tuple[str, ...] = tuple(WRITERS)) -> str:
    said = enumerate(zip(names, SAID, SUBJECTS, strict=True), 1)
    return "".join(form.format(n=n, name=name, time=time, text=text, about=about) for n, (name, (_, time, text), about) in said)


def test_a_mark_with_a_full_stop_is_no_clock() -> None:
    form = "<table><tr><td><b>{about}</b> (<b>3.50 / {n}</b>)<br>by <a href=/who/{n}>{name}</a> on <b>{time}</b></td></tr>"
    form += "<tr><td>{text}</td></tr><tr><td>[ <a href=#>Reply to This</a> ]</td></tr></table>"
    assert shown(read(HOLDER.format(named(form)))) == list(SAID)


def test_a_zone_in_words_belongs_to_the_time() -> None:
    zone = "4:34:26 PM (GMT Standard Time, UTC+00:00)"
    form = f"<div class=box><div class=date>{{time}} {zone}</div><div class=body>{{text}}</div><div>{{name}}</div></div>"
    found = read(HOLDER.format(named(form)))
    assert [(one.author_name, one.date_created_raw) for one in found] == [(name, f"{time} {zone}") for name, time, _ in SAID]


def test_a_link_to_a_user_is_the_writer_whatever_stands_beside_the_time() -> None:
    form = "<table><tr><td colspan=2><img src=/i.png> <b>{about}</b> - <span>{time}</span></td></tr><tr><td><div><b>"
    form += "<a href='user.php?id.{n}'>{name}</a></b></div><div>Comments: 1{n}</div></td><td>{text}</td></tr></table>"
    assert [one.author_name for one in read(HOLDER.format(named(form)))] == WRITERS


def test_a_number_before_the_time_is_nothing_beside_it() -> None:
    form = "<article class=comment><div class=comment__meta><a class=comment__name href=/who/{n}>{name}</a> "
    form += "<span class=comment__recommendations>1{n} ★</span> <a class=comment__date href=#{n}>#{n} / {time}</a></div>"
    form += "<div class=comment__body>{text}</div></article>"
    assert [one.author_name for one in read(HOLDER.format(named(form)))] == WRITERS


def test_the_few_without_a_link_are_named_without_the_words_around_them() -> None:
    names = ("<a href=/a>Rudo</a>", "<a href=/b>Old Joe</a>", "<a href=/c>k.</a>", "Marta P")
    before = "<div class=comment><div class=commentauthor>Authored by: {name} on {time}</div><div>{text}</div></div>"
    behind = "<h3 class=comment>{name} wrote:</h3><div class=commentbody>{text}</div><div class=commentinfo>{time}</div>"
    for form in (before, behind):
        assert [one.author_name for one in read(HOLDER.format(named(form, names)))] == WRITERS


def test_a_name_may_be_styled_as_a_permalink() -> None:
    form = "<div class=box><i>{time}</i><div class=body>{text}</div>"
    form += "<div class=foot><span class=permalinkStyle>{name}</span></div></div>"
    assert [one.author_name for one in read(HOLDER.format(rows(form)))] == WRITERS


def test_a_line_of_terms_heads_comments_and_answers_hang_behind_buttons() -> None:
    form = "<a name=c{n}></a><table><tr><td><b>{about}</b> <font>(Score: 1)<br>by {name} on {time}</font></td></tr>"
    form += "<tr><td>{text}</td></tr></table><br><font> [ <a href=#>Reply to This</a> ]</font><br><br>"
    first, second, third, last = (
        form.format(n=n, name=name, time=time, text=text, about=about)
        for n, ((name, time, text), about) in enumerate(zip(SAID, SUBJECTS, strict=True))
    )
    terms = "<center><font>The comments are owned by the poster. We are not responsible for them.</font></center><br>"
    found = read(f"<div>{terms}{first}<ul>{second}</ul>{third}<ul>{last}</ul></div>")
    assert ([(one.author_name, one.text) for one in found], above(found)) == ([(n, t) for n, _, t in SAID], [None, 0, None, 2])

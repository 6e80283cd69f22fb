"""Lists without an element for each comment: lines, and a rule between what one reader said and what the next one did."""

from __future__ import annotations

import pytest

from tests.reading.comments.talk import SAID, above, read, shown

HEADING = "<div><h3>Comments</h3>{}</div>"
ROWS = {
    "a picture first": "<img src=/a.png><b>{name}</b>, <small>{time}</small><br>{text}<hr>",
    "a bare name first": "from {name} | <abbr>{time}</abbr><br>{text} <a href=#>Like</a><hr>",
    "a number first": "{n}. <a href=/u/{n}>{name}</a> - <i>{time}</i><br>{text}<hr>",
    "a bare name, parted by empty lines": "{name} - <i>{time}</i><br>{text}<br><br>",
}


@pytest.mark.parametrize("row", ROWS)
@pytest.mark.parametrize("count", [1, 2, 4])
def test_rules_and_lines_part_what_readers_said(row: str, count: int) -> None:
    made = "".join(ROWS[row].format(n=n, name=name, time=time, text=text) for n, (name, time, text) in enumerate(SAID[:count], 1))
    assert shown(read(HEADING.format(made))) == list(SAID[:count])


@pytest.mark.parametrize(
    "heading",
    ["<p><b>Comments:</b></p>", "<div class=title>Kommentare (1)</div>", "<h3>Vos réactions</h3>", "<h4>Diskussion (1)</h4>"],
)
def test_a_line_that_says_comments_is_the_heading_of_one(heading: str) -> None:
    name, time, text = SAID[0]
    row = f"<div><b>{name}</b> <i>{time}</i></div><div>{text}</div>"
    assert shown(read(f"{heading}<div>{row}</div>")) == [SAID[0]]


def test_a_line_that_leads_to_the_comments_is_no_heading() -> None:
    name, time, text = SAID[0]
    row = f"<div><b>{name}</b> <i>{time}</i></div><div>{text}</div>"
    assert shown(read(f"<p><a href=/c>Comments</a></p><div>{row}</div>")) == []


def test_what_holds_nothing_parts_no_heading_from_its_comment() -> None:
    name, time, text = SAID[0]
    row = f"<table><tr><td width=1></td><td><div><b>{name}</b> <i>{time}</i></div><p>{text}</p></td></tr></table>"
    assert shown(read(f"<div><h4>Comments</h4>{row}</div>")) == [SAID[0]]


def test_labels_before_bare_words_part_a_name_from_a_day_and_a_text() -> None:
    row = "<b>Name:</b> {name}<br><b>Date:</b> {time}<br><b>Comment:</b> {text}<hr>"
    made = "".join(row.format(name=name, time=time, text=text) for name, time, text in SAID)
    assert shown(read(f"<h2>Your comments</h2>{made}")) == list(SAID)


def test_a_count_of_people_who_commented_heads_their_comments() -> None:
    name, time, text = SAID[0]
    row = f"<div class=entry><p>{text}</p><p><b>{name}</b>, {time}</p></div>"
    assert shown(read(f"<div><h3>1 person has commented</h3>{row}</div>")) == [SAID[0]]


def test_a_table_of_things_and_their_values_is_no_talk() -> None:
    things = ("Talk time", "Case", "Colours", "Standby", "Strap", "Weight", "Charging", "Box", "Languages")
    values = (
        "about 3 hours",
        "steel, waterproof",
        "black, white or silver",
        "2 days ago",
        "rubber, 22 mm",
        "51 g with the strap",
    )
    table = "".join(f"<tr><td>{one}</td><td>{values[at % 6]}</td></tr>" for at, one in enumerate(things))
    assert shown(read(f"<table>{table}</table><form><textarea></textarea></form>")) == []


def test_comments_whose_elements_are_never_closed_answer_nobody() -> None:
    said = [*SAID, ("Ann", "15.03.2019 08:11", "The 44 used to run at night."), ("Ben", "15.03.2019 09:30", "It never did.")]
    made = [
        f"<div class=comment id=comment-{at}>On <a>{time}</a>, {name} said:<p>{text}</p>"
        for at, (name, time, text) in enumerate(said)
    ]
    unclosed = read(f"<section class=comments>{''.join(made)}</section>")
    assert (shown(unclosed), above(unclosed)) == (said, [None] * 6)
    few = read(f"<section class=comments>{''.join(made[:3])}</section>")
    assert (shown(few), above(few)) == (said[:3], [None, 0, 1])


@pytest.mark.parametrize("silent", ["noscript", "svg", "select"])
def test_a_list_in_what_shows_nothing_and_is_numbered_as_a_comment_costs_nothing(silent: str) -> None:
    line = "<li><a href=/x>{name} goes on with a long headline here</a> <i>{time}</i></li>"
    made = "".join(line.format(name=name, time=time) for name, time, _ in SAID)
    assert shown(read(f"<{silent} id=comment-12>{made}</{silent}>")) == []

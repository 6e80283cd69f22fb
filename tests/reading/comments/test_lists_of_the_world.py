"""Lists of comments by what people say there, in any language and with any names of elements; and the tables beside them."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from tests.reading.comments.talk import FIELD, SAID, above, read, rows, shown

FORMS = {
    "beside a field": (
        "<div class=q>{}</div>",
        "<div class=w><div class=n>{name}</div><div class=i>{time}</div><div>{text}</div></div>",
    ),
    "in a foot": (
        "<section>{}</section>",
        "<article id=c{at}9><p>{text}</p><footer>{name} | {time} | <a>+{n}</a></footer></article>",
    ),
    "numbered": ("<div>{}</div>", "<div><p class=h>{n}. Posted by {name}, {time}</p><p>{text}</p></div>"),
    "from a town": (
        "<div class=comments>{}</div>",
        "<div class=comment><p>{text}</p><p>- <a href=/u>{name}</a> , Gweru, Zimbabwe, {time}</p></div>",
    ),
    "three rows each": (
        "<table>{}</table>",
        "<tr><td><b>Opinion {n}</b></td></tr><tr><td>{text}</td></tr><tr><td>by: <b>{name}</b> {time}</td></tr>",
    ),
    "elements of its own": (
        "<reader-comments>{}</reader-comments>",
        "<reader-comment><b slot=a>{name}</b><time slot=t>{time}</time><p slot=x>{text}</p><a>Reply</a></reader-comment>",
    ),
    "a shadow tree": (
        "<x-talk><template shadowrootmode=open><h2>4 comments</h2>{}</template></x-talk>",
        "<div><b>{name}</b><i>{time}</i><p>{text}</p></div>",
    ),
    "behind a template": (
        "<div class=comments><template><div class=c><b>NAME</b><i>1.1.2019</i><p>BODY</p></div></template>{}</div>",
        "<div class=c><b>{name}</b><i>{time}</i><p>{text}</p></div>",
    ),
    "liked in words": (
        "<div class=comments>{}</div>",
        "<div class=c><b>{name}</b><i>{time}</i><p>{text}</p><ul><li>{n} personnes recommandent</li></ul></div>",
    ),
    "related": (
        "<div class=related id=cmts><h3>Comments</h3>{}</div>",
        "<div class=comment><b>{name}</b><i>{time}</i><p>{text}</p></div>",
    ),
}


@pytest.mark.parametrize("name", FORMS)
def test_comments_are_known_by_who_says_what_when(name: str) -> None:
    holder, form = FORMS[name]
    assert shown(read(holder.format(rows(form)) + FIELD)) == list(SAID)


@pytest.mark.parametrize(
    ("language", "times"),
    [
        ("fa", ("۲۳ اسفند ۱۳۹۷ در ۹:۱۴ ق.ظ", "۲۳ اسفند ۱۳۹۷ در ۷:۳۳ ب.ظ", "۲۴ اسفند ۱۳۹۷", "۲۵ اسفند ۱۳۹۷")),
        ("ja", ("2019/03/12(火) 10:12:33.15", "2019/03/12(火) 11:40:01.02", "2019/03/13(水)", "2019/03/14(木)")),
        ("pl", ("Wto Mar 12, 2019 9:14 am", "Sro Mar 13, 2019 7:33 pm", "13.03.2019", "14.03.2019")),
        ("fa", ("۱۲:۳۴ - ۱۳۹۷/۱۲/۲۱", "چهارشنبه ۲۲ اسفند ۱۳۹۷ ساعت 13:01", "۲۲ اسفند ۱۳۹۷", "۳ ساعت پیش")),
        ("th", ("12 มีนาคม 2562 เวลา 10:12:30 น.", "12 มี.ค. 2562 11:40 น.", "13 มีนาคม 2562", "3 วันที่แล้ว")),
        ("hi", ("12 मार्च 2019, 10:12 AM", "13 मार्च 2019", "3 घंटे पहले", "2 दिन पहले")),
        ("ja", ("平成31年3月12日(火) 10時12分", "2019/03/12(火) 10:12:33", "3時間前", "平成31年3月14日")),
        ("ar", ("١٢ مارس ٢٠١٩ ١٠:١٢ ص", "الثلاثاء 12 مارس 2019 - 10:40", "منذ 3 ساعات", "قبل يومين")),
        ("hu", ("2019.03.12. 10:12", "1 napja", "2 órája", "2019. március 14.")),
        ("vi", ("10:12 12/3", "11:40 13/3", "3 giờ trước", "hôm qua")),
    ],
)
def test_times_in_the_words_numbers_and_calendars_of_the_world(language: str, times: tuple[str, ...]) -> None:
    form = "<div class=c><b>{name}</b> <span>{time}</span><p>{text}</p></div>"
    found = read(f"<div class=comments>{rows(form, times)}</div>", language=language)
    assert [(one.author_name, one.date_created_raw) for one in found] == [
        (name, time) for (name, _, _), time in zip(SAID, times, strict=True)
    ]
    assert all(one.date_created is not None for one in found)


def test_numbers_that_rise_and_fall_as_levels_do_tell_who_answers_whom() -> None:
    levels = (0, 1, 1, 0)
    for form in ("<li class='rx n{level}'>", "<li class=rx data-lv={level}>"):
        made = "".join(
            f"{form.format(level=level)}<b>{name}</b> {time}<p>{text}</p></li>"
            for level, (name, time, text) in zip(levels, SAID, strict=True)
        )
        assert above(read(f"<ul class=comments>{made}</ul>")) == [None, 0, 0, None]


def test_numbers_that_count_or_alternate_are_no_levels() -> None:
    for form in ("<li class='rx n{at}'>", "<li class='rx s{odd}'>"):
        made = "".join(
            f"{form.format(at=at, odd=at % 2)}<b>{name}</b> {time}<p>{text}</p></li>"
            for at, (name, time, text) in enumerate(SAID)
        )
        assert above(read(f"<ul class=comments>{made}</ul>")) == [None] * len(SAID)


def test_a_thread_without_times_goes_before_a_short_list_that_has_some() -> None:
    tweets = "".join(
        f"<div class=tweet><b>@paper</b> <a>{n}h</a><p>Some news of the hour {n}</p><a>Reply</a></div>" for n in (1, 2, 3)
    )
    talk = rows("<article class=comment><a class=comment-author>{name}</a><div class=comment-body><p>{text}</p></div></article>")
    found = read(f"<div class=tweets>{tweets}</div><div class=comments>{talk}</div>")
    assert [(one.author_name, one.text) for one in found] == [(name, text) for name, _, text in SAID]


STATE = [
    {"id": 7, "author": {"displayName": "Rudo"}, "createdAt": "2019-03-12T10:12:33Z", "body": "Late again.", "likes": 3},
    {"id": 9, "author": {"displayName": "k."}, "createdAt": "2019-03-12T11:00:00Z", "body": "<p>So it is.</p>", "parentId": 7},
]


@pytest.mark.parametrize(
    "script",
    [
        '<script id=__NEXT_DATA__ type="application/json">%s</script>',
        "<script>window.__INITIAL_STATE__ = %s;</script>",
        "<script>window.app = %s</script>",
    ],
)
def test_comments_in_the_state_that_scripts_start_from(script: str) -> None:
    found = read(script % json.dumps({"props": {"story": {"id": 1}, "comments": {"total": 2, "items": STATE}}}))
    assert [(one.author_name, one.text, one.upvotes) for one in found] == [("Rudo", "Late again.", 3), ("k.", "So it is.", None)]
    assert found[0].date_created == datetime(2019, 3, 12, 10, 12, 33, tzinfo=UTC)
    assert above(found) == [None, 0]


def test_replies_within_a_states_comments_hang_under_them() -> None:
    nested = [
        {"user": "Rudo", "text": "Late.", "date": "2019-03-12", "replies": [{"user": "k.", "text": "Yes.", "date": "2019-03-13"}]}
    ]
    found = read(f"<script>var page = {json.dumps({'discussion': {'list': nested}})};</script>")
    assert above(found) == [None, 0]


@pytest.mark.parametrize(
    "state",
    [
        {"articles": STATE},
        {"recentComments": STATE},
        {"sidebar": {"latest": {"comments": STATE}}},
        {"comments": {"labels": [{"text": "Reply", "name": "reply"}], "messages": [{"text": "Sent", "name": "ok"}]}},
        {"comments": []},
    ],
)
def test_other_lists_of_a_state_are_no_comments(state: dict[str, object]) -> None:
    assert read(f"<script>window.state = {json.dumps(state)}</script>") == ()


OTHERS = {
    "a ticker of several reporters": "<div><b>1{n}:05</b> <span class=who>{name}</span><p>{text}</p></div>",
    "opening hours": "<div><b>{name}</b><p>{text}</p><span>9:00 - 17:0{n}</span></div>",
    "a table of cases": "<tr><td>{time}</td><td>{name} v. State</td><td>{text}</td></tr>",
    "small ads": "<div><b>For sale {n}</b><span>{time}</span><p>{text}</p></div>",
    "letters that go on": "<div><i>{name}</i> {time}<p>{text}</p><a href=/l{n}>more</a></div>",
    "deaths": "<div class=obituary><h3>{name}</h3><i>{time}</i><p>{text}</p></div>",
    "buttons": "<div class=comment_bug><a href=#c>{n} comments</a> <a href=#r>Comment Now</a><b>Follow Comments</b></div>",
    "features": "<div><h3>{name}: {n} days in transit</h3><p>{text}</p></div>",
    "parts of a series": "<div><b>{name}</b> {time}<p>{text}</p><h4>Part {n}</h4></div>",
}


@pytest.mark.parametrize("name", OTHERS)
def test_what_stands_above_a_field_and_is_no_talk(name: str) -> None:
    made = rows(OTHERS[name])
    assert read((f"<table>{made}</table>" if "<tr>" in made else f"<div class=x>{made}</div>") + FIELD) == ()


def test_a_wordpress_theme_that_calls_no_name_a_name() -> None:
    form = (
        "<li class=comment id=comment-{n}><div class=meta><cite>{name}</cite> <a href='#comment-{n}'>{time}</a></div>"
        "<div class=comment-content><p>{text}</p></div></li>"
    )
    found = read(
        f"<ol class=commentlist>{rows(form)}</ol><div id=respond><form><input name=comment_post_ID value=5></form></div>"
    )
    assert shown(found) == list(SAID)
    assert {one.platform for one in found} == {"wordpress"}


@pytest.mark.parametrize(
    "words",
    [
        *("says:", "schreibt:", "a écrit :", "comentó:", "escreveu:", "ha scritto:", "schrijft:", "skriver:", "siger:", "sanoo:"),
        *("napisał(a):", "napsal:", "szerint:", "a scris:", "пишет:", "сказала:", "каже:", "написа:", "έγραψε:", "diyor ki:"),
        *("يقول:", "כתב:", "نوشت:", "さん", "님의 말:", "说道：", "viết:", "mengatakan:", "alisema:", "พูดว่า:", "kaže:", "anoti:"),
        *(
            "(Guest)",
            "(visiteur)",
            "(anónimo)",
            "(convidado)",
            "(gość)",
            "(гость)",
            "(misafir)",
            "(anonim)",
            "(vendég)",
            "(gäst)",
        ),
        *("(vieras)", "(زائر)", "(游客)", "（ゲスト）", "(khách)", "(tamu)", "(επισκέπτης)", "(гість)"),
    ],
)
def test_names_are_without_the_words_of_the_machine(words: str) -> None:
    form = "<div class=c><p class=h>{name} " + words + "</p><i>{time}</i><p>{text}</p></div>"
    assert shown(read(f"<div class=comments>{rows(form)}</div>")) == list(SAID)


@pytest.mark.parametrize(
    "words", ["+{n}", "Bewertung: {n}", "{n} votes", "A {n} personas les gusta", "いいね {n}", "{n}人", "赞({n})"]
)
def test_texts_are_without_counters(words: str) -> None:
    form = "<div class=c><b>{name}</b> <i>{time}</i><p>{text}</p><p>" + words + "</p></div>"
    assert shown(read(f"<div class=comments>{rows(form)}</div>")) == list(SAID)


@pytest.mark.parametrize(
    "words",
    [
        "in 3 days",
        "in 3 Tagen",
        "dans 3 jours",
        "12 March 3019",
        "32.13.2019",
        "99 years from now",
        "25:61",
        "2019-13-45",
        "0 months",
    ],
)
def test_nonsense_dates_nothing(words: str) -> None:
    form = "<div class=comment><b class=author>{name}</b> <span class=date>" + words + "</span><p>{text}</p></div>"
    found = read(f"<div class=comments>{rows(form)}</div>")
    assert len(found) == len(SAID)
    assert [one.date_created for one in found] == [None] * len(SAID)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        *(
            ("en", words)
            for words in ("eilen", "tegnap", "egy hete", "vakar", "včera", "χθες", "أمس", "เมื่อวาน", "3 timmar sedan")
        ),
        *(("sr", "juče"), ("et", "eile"), ("ca", "ahir"), ("gl", "onte"), ("ga", "inné"), ("cy", "ddoe"), ("zu", "izolo")),
    ],
)
def test_ages_without_a_number_are_times_too(language: str, words: str) -> None:
    form = "<div class=comment><b class=author>{name}</b> <span>" + words + "</span><p>{text}</p></div>"
    found = read(f"<div class=comments>{rows(form)}</div>", language=language)
    assert [(one.author_name, one.date_created_raw) for one in found] == [(name, words) for name, _, _ in SAID]
    assert all(one.date_created is not None for one in found)

"""Lists of comments of many systems, and lists that are none."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from newsarchive.items import Comment, Page, Profile
from newsarchive.reading.comments import listed
from newsarchive.reading.comments.discussion import Discussion
from newsarchive.reading.document import Document
from tests.reading.comments.list_home_made import HOME_MADE
from tests.reading.comments.list_shapes import FLAT, MARKED, NESTED, STORY, TALK, flat, nested, page, row
from tests.reading.comments.list_systems import BLOGS, FORUMS, LEVELS, PAPERS, THREADS

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


def read(html: str, url: str = "https://courier.example/news/bridge/") -> Discussion | None:
    one = Page(url, 200, (("Content-Type", "text/html; charset=utf-8"),), html.encode(), AT, "urn:uuid:0")
    return listed.read_page(Document(one, Profile(site="courier-example")))


def comments(html: str) -> tuple[Comment, ...]:
    found = read(html)
    assert found is not None
    return found.comments


def told(found: tuple[Comment, ...]) -> list[tuple[str | None, str | None]]:
    return [(one.author_name, one.text) for one in found]


def answered(found: tuple[Comment, ...]) -> list[int | None]:
    places = {one.id: at for at, one in enumerate(found)}
    return [None if one.parent_id is None else places[one.parent_id] for one in found]


SYSTEMS = FORUMS | BLOGS | PAPERS | HOME_MADE
SAID = [(said.name, said.text) for said in TALK]


@pytest.mark.parametrize("name", FLAT)
def test_names_times_and_texts_of_every_system(name: str) -> None:
    found = comments(flat(FLAT[name]))
    assert told(found) == SAID
    assert [(one.date_created_raw or "").removeprefix("am ") for one in found] == [said.time for said in TALK]
    assert answered(found) == [None] * len(TALK)


@pytest.mark.parametrize("name", NESTED)
def test_answers_that_hang_in_or_behind_what_they_answer(name: str) -> None:
    found = comments(nested(NESTED[name]))
    assert told(found) == SAID
    assert answered(found) == [said.under for said in TALK]
    assert [one.depth for one in found] == [0 if said.under is None else 1 for said in TALK]


@pytest.mark.parametrize("name", [*MARKED, *LEVELS])
def test_answers_that_levels_margins_spacers_or_links_tell(name: str) -> None:
    found = comments(flat((MARKED | LEVELS)[name]))
    assert told(found) == SAID
    assert answered(found) == [said.under for said in TALK]


def test_numbers_in_a_page_are_no_ids() -> None:
    for name in ("kubrick", "movable type", "phpBB", "XenForo"):
        assert all(one.id.startswith("courier-example:~") for one in comments(flat(FLAT[name])))


ROWS = {
    "teasers": (
        "<div class='post'><h2><a href='/p/{n}'>Mayor speaks {n}</a></h2><p class='meta'>by {name} on {time}</p>"
        "<p>{text}</p></div>"
    ),
    "linked lines": (
        "<div class='item'><a href='/p/{n}'>The mayor speaks again {n}</a><b>{name}</b> <i>{time}</i><p>{text}</p></div>"
    ),
    "read on": "<div class='c'><b>{name}</b> <i>{time}</i><p>{text}</p><a href='/p/{n}'>Read more</a></div>",
    "counts": "<div class='c'><b>{name}</b> <i>{time}</i><p>{text}</p><a href='/p/{n}#comments'>{n} comments</a></div>",
    "events": "<div class='event'><i>{time}</i><h4>{name} sings</h4><p>{text}</p></div>",
    "interview": "<p><b>{name}:</b> {text} That was on {time}.</p>",
    "results": "<tr><td>{n}</td><td>{name}</td><td>1:0{n}:33</td></tr>",
    "live": "<div class='entry'><span class='time'>1{n}:05</span><h3>{name} speaks</h3><p>{text}</p></div>",
    "tweets": "<blockquote class='tweet'><p>{text}</p>— {name} <a href='https://t.example/{n}'>{time}</a></blockquote>",
}
ROWS |= {
    "topics": (
        "<div class='forum_box'><b class='user'>{name}</b><br>Member since: 8 May 2014<br>Posts: 2<br>Last post:<br>{time}"
        "<div class='forum_post'><a href='/t/{n}'>Bridge {n}</a><br>{text}</div></div>"
    ),
    "the latest topics": (
        "<div class='forum'><a href='/t/{n}'>Bridge {n}</a>, <span class='info'>{time} par {name}</span><br>{text}</div>"
    ),
}
AROUND = {
    "": "<div>{}</div>",
    "a comment form": "<div class='w'>{}</div><h3>Leave a comment</h3><form><textarea></textarea></form>",
    "the latest comments": "<div class='w'><h3>Latest comments</h3>{}</div>",
}


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("name", ROWS)
def test_lists_of_other_things_are_no_comments(name: str, around: str) -> None:
    told = enumerate(TALK)
    rows = "".join(ROWS[name].format(n=n, name=said.name, time=said.time, text=STORY[-120:-10]) for n, said in told)
    table = f"<table>{rows}</table>" if name == "results" else rows
    assert read(page(AROUND[around].format(table))) is None


def test_posts_that_tell_of_years_are_no_members() -> None:
    """A block theme's list of posts: each has a headline that might be a name, and an excerpt right before its date."""
    towns = ("Mutare", "Gweru", "Hwange", "Kwekwe", "Rusape", "Gwanda", "Kariba", "Nyanga", "Bindura", "Masvingo")
    told = "According to figures seen by this publication, 719 of 855 complaints about {} came in since 2009. Nobody answered […]"
    rows = "".join(
        "<li class='wp-block-post post type-post hentry'><div class='wp-block-group'><h2 class='wp-block-post-title'>"
        f"<a href='/2026/11/{day}/story/'>{town}: Council reviews fees</a></h2><div class='wp-block-columns'><div>"
        f"<div class='wp-block-post-excerpt'><p class='wp-block-post-excerpt__excerpt'>{told.format(town)}</p></div>"
        f"<div class='wp-block-post-date'><time datetime='2026-11-{day}T08:00:00Z'><a href='/2026/11/{day}/story/'>"
        f"November {day}, 2026</a></time></div></div></div></div></li>"
        for day, town in enumerate(towns, 10)
    )
    assert read(page(f"<main class='wp-block-query'><ul class='wp-block-post-template'>{rows}</ul></main>")) is None


def test_a_widget_of_comments_on_other_articles_is_none_and_does_not_hide_the_articles_own() -> None:
    rows = "".join(f"<li class='comment'><b>{said.name}</b> <i>{said.time}</i><p>{said.text}</p></li>" for said in TALK)
    widget = f"<div class='box'><h3>Letzte Kommentare</h3><ul>{rows}</ul></div>"
    assert read(page(widget)) is None
    own = "<div class='kommentare'><div class='k'><span class='name'>Gogo</span><span>2 days ago</span><p>Mine.</p></div></div>"
    assert told(comments(page(own + widget))) == [("Gogo", "Mine.")]


def test_comments_without_times_and_comments_without_names() -> None:
    nameless = "<div class='comment'><div class='d'>{time}</div><div class='comment-body'>{text}</div></div>"
    timeless = "<div class='comment'><div class='comment-author'>{name}</div><div class='comment-body'>{text}</div></div>"
    for form, named, dated in ((nameless, False, True), (timeless, True, False)):
        rows = "".join(form.format(name=said.name, time=said.time, text=said.lines) for said in TALK)
        found = comments(page(f"<div id='comments'>{rows}</div>"))
        assert [one.text for one in found] == [said.text for said in TALK]
        assert all((one.author_name is not None) == named and (one.date_created is not None) == dated for one in found)


def test_the_best_comments_and_all_of_them_are_one_list() -> None:
    form = "<li class='item'><h4><a href='/u'>{0.name}</a></h4><i>{0.time}</i><div class='txt'>{0.lines}</div><a>回复</a></li>"
    best, everything = ("".join(form.format(TALK[at]) for at in places) for places in ((3, 5), range(len(TALK))))
    lists = "<div class='c'><h4>热门评论</h4><ul class='cmt'>{}</ul><h4>全部评论</h4><ul class='cmt'>{}</ul></div>"
    assert sorted(told(comments(page(lists.format(best, everything))))) == sorted(SAID)


def test_votes_are_read_where_they_stand() -> None:
    form = (
        "<div class='comment'><b class='user'>{0.name}</b> <i>{0.time}</i><p class='text'>{0.lines}</p>"
        "<span class='like' title='Like'>{1}</span><span class='dislike' title='Dislike'>{2}</span><a>Reply</a></div>"
    )
    rows = "".join(form.format(said, at + 4, at) for at, said in enumerate(TALK))
    assert [(one.upvotes, one.downvotes) for one in comments(page(f"<div id='comments'>{rows}</div>"))][:2] == [(4, 0), (5, 1)]
    form = form.replace("<span class='like' title='Like'>{1}</span>", "<span class='vote'>{2} of {1} readers</span>")
    rows = "".join(form.format(said, at + 4, at).replace("dislike", "x").replace("Dislike", "") for at, said in enumerate(TALK))
    assert [(one.upvotes, one.downvotes) for one in comments(page(f"<div id='comments'>{rows}</div>"))][1] == (1, 4)


def test_a_text_that_was_taken_away_is_hidden() -> None:
    form = "<div class='comment'><b>{0.name}</b> <i>{0.time}</i><p>{1}</p></div>"
    texts = ["This comment was removed by a moderator.", *(said.text for said in TALK[1:])]
    rows = "".join(form.format(said, text) for said, text in zip(TALK, texts, strict=True))
    first, second, *_ = comments(page(f"<div id='comments'>{rows}</div>"))
    assert (first.author_name, first.text, first.status) == ("Anna Berg", None, "hidden")
    assert second.status == "live"


def test_a_machines_time_counts_and_the_words_stay() -> None:
    form = (
        "<div class='comment'><b>{0.name}</b> <time datetime='2019-03-12T14:05:0{1}+01:00'>{0.time}</time><p>{0.text}</p></div>"
    )
    rows = "".join(form.format(said, at) for at, said in enumerate(TALK))
    third = comments(page(f"<div id='comments'>{rows}</div>"))[2]
    assert (third.date_created_raw, third.date_created) == (TALK[2].time, datetime(2019, 3, 12, 13, 5, 2, tzinfo=UTC))


def test_names_without_the_words_around_them() -> None:
    form = "<div class='comment'><p class='head'>Geschrieben von {0.name} am {0.time}</p><p>{0.lines}</p></div>"
    rows = "".join(form.format(said) for said in TALK)
    assert told(comments(page(f"<div id='comments'>{rows}</div>"))) == SAID
    names = ["Da Truth", "Von Braun", "Le Monde", "Guest 12", ".."]
    form = "<div class='comment'><b>{}</b> <i>2 days ago</i><p>Remark of some length, and {}.</p></div>"
    rows = "".join(form.format(name, at) for at, name in enumerate(names))
    assert [one.author_name for one in comments(page(f"<div id='comments'>{rows}</div>"))] == names


def test_further_pages_and_the_thread_they_share() -> None:
    pages = (
        "<div class='pager'><a href='?id=7&amp;page=2'>2</a> <a href='?id=7&amp;page=3'>3</a> "
        "<a href='?id=7&amp;sort=new'>Newest</a></div>"
    )
    rows = "".join(f"<div class='comment'><b>{said.name}</b> <i>{said.time}</i><p>{said.text}</p></div>" for said in TALK)
    html = page(f"<div id='comments'><h3>21 comments</h3>{rows}{pages}</div>")
    first, second = read(html, "https://courier.example/story?id=7"), read(html, "https://courier.example/story?id=7&page=2")
    assert first is not None
    assert second is not None
    assert [one.url for one in first.follow] == [f"https://courier.example/story?id=7&page={number}" for number in (2, 3)]
    assert first.thread.pages == first.follow
    assert first.thread.id == second.thread.id == "list:courier.example:/story?id=7"
    assert first.thread.comment_count_reported == 21


@pytest.mark.parametrize(("notice", "status"), [("Comments are closed.", "closed"), ("Be kind.", "open")])
def test_a_section_that_says_so_is_closed(notice: str, status: str) -> None:
    rows = "".join(f"<div class='comment'><b>{said.name}</b> <i>{said.time}</i><p>{said.text}</p></div>" for said in TALK)
    found = read(page(f"<div id='comments'><h3>Comments</h3>{rows}<p>{notice}</p></div>"))
    assert found is not None
    assert found.thread.status == status


def test_thousands_of_rows_and_a_deep_page_are_read() -> None:
    form = "<div class=comment><b>Nick{}</b> <i>2 days ago</i><p>Remark number {}</p></div>"
    many = "".join(form.format(n, n) for n in range(4_000))
    assert len(comments(page(f"<div id=comments>{many}</div>"))) == 4_000
    deep = "".join(form.removesuffix("</div>").format(n, n) for n in range(600))
    assert len(comments(f"<html><body><div id=comments>{deep}</div></body></html>")) == 600


@pytest.mark.parametrize("name", SYSTEMS)
def test_forums_blogs_and_papers_of_the_last_twenty_years(name: str) -> None:
    found = comments(flat(SYSTEMS[name]))
    assert told(found) == SAID
    assert [re.sub("^(?:am|on|[Ll]e) ", "", one.date_created_raw or "") for one in found] == [said.time for said in TALK]
    assert answered(found) == [None] * len(TALK)


@pytest.mark.parametrize("name", THREADS)
def test_threads_of_systems(name: str) -> None:
    found = comments(nested(THREADS[name]))
    assert told(found) == SAID
    assert answered(found) == [said.under for said in TALK]


@pytest.mark.parametrize("name", sorted({*FLAT, *SYSTEMS} - {"phpBB", "IP.Board 2", "Discourse for crawlers"}))
def test_two_comments_tell_their_template(name: str) -> None:
    before, form, behind = (FLAT | SYSTEMS)[name]
    assert told(comments(page(before + row(form, 0) + row(form, 1) + behind))) == SAID[:2]


@pytest.mark.parametrize("name", sorted({*NESTED, *THREADS}))
def test_one_comment_and_its_answer(name: str) -> None:
    before, form, behind, holder = (NESTED | THREADS)[name]
    found = comments(page(before + row(form, 0, holder.format(row(form, 1))) + behind))
    assert told(found) == SAID[:2]
    assert answered(found) == [None, 0]


BOX = "<div class='box cmt'><span class='quote'>{0.name}</span><div class='txt'>{0.lines}</div><i class='time'>{0.time}</i></div>"
FLOOR = "<div class='floor'><div class='self'><div class='user'>{0.name}</div><div class='txt'>{0.lines}</div></div></div>"


@pytest.mark.parametrize("quoted", [BOX, FLOOR])
def test_a_comment_quoted_in_its_answer_is_the_parent_and_no_text(quoted: str) -> None:
    form = (
        "<li class='item cmt'><div class='user'>{0.name}</div>{1}<div class='txt'>{0.lines}</div><i class='time'>{0.time}</i>"
        "<a>回复</a></li>"
    )
    rows = (form.format(one, "" if one.under is None else quoted.format(TALK[one.under])) for one in TALK)
    found = comments(page(f"<div class='comments'><ul>{''.join(rows)}</ul></div>"))
    assert told(found) == SAID
    assert answered(found) == [one.under for one in TALK]


def test_words_of_the_machine_around_a_quotation_go_and_the_quotation_stays() -> None:
    quoted = "<div class='q'>Quote:<div>Originally Posted by <b>k.</b> <a href='#1'>View Post</a></div>Swim!</div>"
    rows = "".join(
        f"<div class='post' id='post{4700 + at}'><b class='user'>{one.name}</b> <i>{one.time}</i>"
        f"<div class='message'>{quoted if at == 2 else ''}{one.lines}</div><a>Quote</a></div>"
        for at, one in enumerate(TALK)
    )
    third = comments(page(f"<div id='posts'>{rows}</div>"))[2]
    assert " ".join((third.text or "").split()) == "Originally Posted by k. Swim! ok"


def threads(comment: str, answer: str, holder: str) -> str:
    """The discussion with its answers behind the comments, in holders that nothing in their name gives away."""
    rows = []
    for at, one in enumerate(TALK):
        if one.under is None:
            behind = "".join(answer.format(other) for other in TALK if other.under == at)
            rows.append(comment.format(one) + (holder.format(behind) if behind else ""))
    return page(f"<div class='talk'>{''.join(rows)}</div><form><textarea></textarea></form>")


def test_answers_in_holders_behind_the_comments_and_named_within_their_text() -> None:
    comment = "<div class='item'><b class='user'>{0.name}</b><p>{0.lines}</p><i class='time'>{0.time}</i><a>回复</a></div>"
    answer = "<div class='item'><p><a class='user'>{0.name}：</a>{0.lines}</p><i class='time'>{0.time}</i><a>回复</a></div>"
    found = comments(threads(comment, answer, "<div class='dialog'>{}</div>"))
    assert [one.author_name for one in found] == [said.name for said in TALK]
    assert answered(found) == [said.under for said in TALK]


def test_one_holder_behind_the_last_comment_is_another_page_of_the_list() -> None:
    form = "<div class='item'><b class='user'>{0.name}</b><p>{0.lines}</p><i class='time'>{0.time}</i><a>Reply</a></div>"
    first, second = ("".join(map(form.format, some)) for some in (TALK[:3], TALK[3:]))
    found = comments(page(f"<div class='talk comments'>{first}<div class='more'>{second}</div></div>"))
    assert told(found) == SAID
    assert answered(found) == [None] * len(TALK)


def test_answers_of_another_make_than_the_comments() -> None:
    form = (
        "<div class='comment_{1}'><div class='{1}_infos'><div class='comment_author'>Soumis par <span class='name'>{0.name}"
        "</span>, le mardi {0.time}</div></div><div class='comment_content'>{0.paragraphs}</div></div>"
    )
    rows = "".join(form.format(one, "item" if one.under is None else "answer") for one in TALK)
    found = comments(page(f"<div id='comments'>{rows}</div>"))
    assert told(found) == SAID
    assert [one.date_created_raw for one in found] == [f"le mardi {said.time}" for said in TALK]


def test_a_count_of_answers_that_one_comment_alone_has() -> None:
    form = "<li class='item'><b class='user'>{0.name}</b> <i>{0.time}</i><p>{0.lines}</p><div>{1}<span>赞 2</span></div></li>"
    rows = "".join(form.format(one, "" if at else "<span>查看全部3条回复</span>") for at, one in enumerate(TALK))
    assert told(comments(page(f"<div class='comments'><ul>{rows}</ul></div>"))) == SAID

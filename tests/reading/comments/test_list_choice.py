"""Which list of a page is its thread, and what belongs to each of its rows: after pages of papers and portals of about 2010."""

from __future__ import annotations

from dataclasses import replace

from newsarchive.items import Profile
from newsarchive.reading import html_page, read_html
from newsarchive.reading import read as read_page
from tests.reading.comments.talk import AT, SAID, STORY, above, read, rows, shown

TOLD = "<li class=comment id=comment-{n}0><b class=user>{name}</b> <i>{time}</i><p>{text}</p>{more}</li>"
WIDGET = "<div class=item id=comment{n}><span class=commentBody>{text}</span><span class=commentAuthor>{who}</span></div>"


def test_the_latest_comments_are_the_articles_own_where_they_can_be_reported() -> None:
    for more, found in (("", []), ("<a href='#'>Report Abuse</a>", list(SAID))):
        made = rows(TOLD.replace("{more}", more))
        assert shown(read(f"<div id=latest-comments><h4>Latest Comments</h4><ul>{made}</ul></div>")) == found


def test_a_longer_list_of_what_was_said_elsewhere_does_not_hide_a_short_thread() -> None:
    thread = "".join(
        f"<li id=dsq-comment-{at}000><div class=dsq-comment-header><cite><span id=dsq-author-user-{at}000>{name}</span></cite>"
        f"</div><div class=dsq-comment-body><div class=dsq-comment-message>{text}</div></div></li>"
        for at, (name, _, text) in enumerate(SAID[:2], 1)
    )
    widget = "".join(WIDGET.format(n=at, text=text, who=name) for at, (name, _, text) in enumerate(SAID))
    page = f"<div id=disqus_thread><ul id=dsq-comments>{thread}</ul></div><div class='widget comments'><div>{widget}</div></div>"
    assert [one.author_name for one in read(page)] == [name for name, _, _ in SAID[:2]]


def test_a_members_picture_takes_a_cell_that_a_guest_does_not_have() -> None:
    rule = "<tr><td colspan=2><img src=/rule.gif></td></tr>"
    cells = ("<td colspan=2>{}</td>", "<td colspan=2>{}</td>", "<td><img src=/me.jpg></td><td>{}</td>", "<td colspan=2>{}</td>")
    said = [f"<div><span class=said><b>{who}</b>, on {time} <i>wrote:</i><br>{text}</span></div>" for who, time, text in SAID]
    made = rule.join(f"<tr>{cell.format(words)}</tr>" for cell, words in zip(cells, said, strict=True))
    found = read(f"<a name=comments></a><h3>Comments</h3><table>{made}</table>")
    assert [(one.author_name, one.text) for one in found] == [(who, text) for who, _, text in SAID]


def test_a_line_of_dashes_parts_what_is_quoted_from_the_answer() -> None:
    answer = f"{SAID[1][2]}<br><br>--------------------<br><br>And the car park is empty."
    made = rows(TOLD.replace("{more}", "")).replace(SAID[3][2], answer)
    assert "And the car park is empty." in (read(f"<div id=comments><h3>Comments</h3><ul>{made}</ul></div>")[3].text or "")


def test_a_number_at_the_end_of_a_name_is_no_day() -> None:
    made = rows("<li><div class=date>{name} Posted: Mar.1{n} at 4:2{n} pm</div>{text}</li>").replace("Old Joe", "OldJoe21")
    found = read(f"<div id=comments><label>4 responses</label><ul>{made}</ul></div>")
    assert (found[1].author_name, found[1].date_created_raw) == ("OldJoe21", "Mar.12 at 4:22 pm")


def test_a_sign_between_name_and_time_is_no_part_of_the_name() -> None:
    for sign in "@~*":
        made = "".join(f"<h5>{who} {sign} {time}</h5><p>{text}</p>" for who, time, text in SAID)
        assert [one.author_name for one in read(f"<div class=comments>{made}</div>")] == [who for who, _, _ in SAID]


def test_html_at_hand_shows_what_stands_in_it_though_a_crawl_would_ask_a_platform() -> None:
    embed = "<div id=disqus_thread></div><script>var disqus_shortname = 'courier';</script>"
    made = f"<html>{STORY}<div id=comments><h3>Comments</h3><ul>{rows(TOLD.replace('{more}', ''))}</ul></div>{embed}</html>"
    page = html_page(made, "https://courier.example/news/fares-to-rise/", AT)
    found = read_page(page, Profile(site="courier-example"))
    asked = read_page(replace(page, record_id="urn:uuid:1"), Profile(site="courier-example"))
    assert (shown(found.comments), shown(asked.comments)) == (list(SAID), [])
    assert [one for one in found.follow if one.purpose == "comments"] == [
        one for one in asked.follow if one.purpose == "comments"
    ]


def test_wordpress_themes_whose_text_stands_bare() -> None:
    form = "<form id=commentform><textarea name=comment></textarea><input type=hidden name=comment_post_ID value=96></form>"
    row = (
        "<li class=alt id=comment-{n}2><cite><a>{name}</a></cite> Says:<br><small class=commentmetadata>"
        "<a href='#comment-{n}2'>{time}</a></small><p>{text}</p></li>"
    )
    found = read(f"<h3 id=comments>4 Responses</h3><ol class=commentlist>{rows(row)}</ol><h3>Leave a Reply</h3>{form}")
    assert (shown(found), {one.platform for one in found}) == (list(SAID), {"wordpress"})


def test_what_stands_above_the_heading_of_a_thread_tells_of_other_things() -> None:
    heading, made = "<h3>Comments</h3>", rows(TOLD.replace("{more}", ""))
    for before in ("<h3>Related</h3>", "<p><a>Recommend this article</a></p>", "<h1>BREAKING: Fares to rise</h1>"):
        for inner in (f"{heading}<ul>{made}</ul>", f"<div>{heading}</div><div><ul>{made}</ul></div>"):
            assert shown(read(f"<div>{before}</div><div id=comments>{inner}</div>")) == list(SAID)
    behind = f"<div id=comments><ul>{made}</ul><h3>Related stories</h3><ul><li><a>Trams</a></ul></div>"
    assert shown(read(behind)) == list(SAID)
    assert not shown(read(f"<div class=comments><h3>Recommended</h3><ul>{made}</ul></div>"))


def test_the_articles_headline_and_its_topics_are_no_heading_of_a_thread() -> None:
    made = "".join(f"<div class=note><b>{name}</b> {time}<p>{text}</p></div>" for name, time, text in SAID)
    for before in ("<h1>BREAKING: Fares to rise, says council</h1>", "<div>Related Tags <a>Transport</a> <a>Fares</a></div>"):
        html = f"<title>Fares to rise</title><body>{STORY.replace('h1', 'h2')}{before}<div class=comments>{made}</div>"
        found = read_html(html, "https://courier.example/news/fares-to-rise/", captured_at=AT).comments
        assert shown(found) == list(SAID), before


def test_what_holds_one_comment_and_nothing_else_tells_its_level_and_its_id() -> None:
    box = "<div class=box><b class=author>{name}</b> <i>{time}</i>{link}<p>{text}</p></div>"
    for level, link in ((" talk-indented", ""), ("", "<a href='/news/x/?c=1#c-1'>in reply to {first}</a>")):
        made = [
            f"<article class='talk{level if at == 1 else ''}' id=c-{at + 1}>"
            + box.format(name=name, time=time, text=text, link=link.format(first=SAID[0][0]) if at == 1 else "")
            + "</article>"
            for at, (name, time, text) in enumerate(SAID)
        ]
        found = read(f"<div id=comments><h3>Comments</h3>{''.join(made)}</div>")
        assert (shown(found), above(found)) == (list(SAID), [None, 0, None, None]), level


def test_titles_that_lead_to_comments_elsewhere_are_none_nor_one_comment_together() -> None:
    titled = "<tr class=comment id=tr-comment-{n}0><td class=author>{name}</td><th><a href=/t?all#comment-{n}0>{text}</a></th>"
    made = rows(titled + "<td class=date><time>{time}</time></td></tr>", times=("12.03.2019 10:12",) * 4)
    made = made.replace(SAID[3][2], "")
    made = made[: made.index("<tr class=comment id=tr-comment-40")]
    more = "<div class=comments-actions><a class=btn href=?add>Add a comment</a></div>"
    for titles in (("Fares", "Re: Fares", "The old tram"), ("Re: Who pays the fares", "Re: The old tram", "Well")):
        titled = made
        for (_, _, text), title in zip(SAID, titles, strict=False):
            titled = titled.replace(text, title)
        table = f"<div class=comments-overview><table>{titled}</table></div>"
        assert not read(f"<div id=comments class=comments-area><h2>Comments: 3</h2><h3>Overview</h3>{table}{more}</div>"), titles


def test_short_texts_in_a_script_without_spaces_are_no_titles() -> None:
    form = "<div id=post_{n}00 class=row><small><a href=#post_{n}00>#{n}</a> - {time}</small><b><a href=/u/{n}>{name}</a></b>"
    made = rows(form + " <a href=#>回复</a><div class=message>{text}</div></div>")
    said = ("今天的公交车又迟到了", "以前这里有电车", "说得好", "来开一个星期的车再说吧")
    for (_, _, text), words in zip(SAID, said, strict=True):
        made = made.replace(text, words)
    assert [one.text for one in read(f"<div id=comment_list>{made}</div>", language="zh")] == list(said)

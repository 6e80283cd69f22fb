"""Lists of comments as many systems write them, made by us after their public mark-up, filled with one invented discussion."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """One comment: who, when, what, and the place of the comment it answers."""

    name: str
    time: str
    text: str
    under: int | None = None

    @property
    def paragraphs(self) -> str:
        return "".join(f"<p>{part}</p>" for part in self.text.split("\n\n"))

    @property
    def lines(self) -> str:
        return self.text.replace("\n\n", "<br><br>")


TALK = (
    Said("Anna Berg", "12 March 2019 at 14:05", "I cannot believe that they close it again, three years after the last repair."),
    Said("tomcat77", "12 March 2019 at 14:31", "It was never repaired, it was painted.\n\nThat is a difference, isn't it?", 0),
    Said("Old Joe", "12 March 2019 at 15:02", "ok"),
    Said("M. Peters", "12 March 2019 at 16:44", "The northern road floods every spring. What then?"),
    Said("Anna Berg", "12 March 2019 at 17:10", "Then we swim.", 3),
    Said(
        "k.",
        "13 March 2019 at 08:15",
        "Has anybody asked the farmers? They need the bridge for the harvest and nobody seems to care.",
    ),
    Said("river_girl", "13 March 2019 at 09:30", "Farmers were asked in January, there was a meeting in the hall.", 5),
)
STORY = """<h1>Council votes on the bridge</h1><div class="story"><p class="meta">By Jane Staff | 12 March 2019</p>
<p>The council has voted to close the old bridge over the river for repairs, the mayor said on Monday after a long debate.</p>
<p>Lorries will have to take the long way round by the northern road until the works are finished in the autumn.</p></div>"""
RELATED = """<div class="sidebar"><h3>Related stories</h3><ul>
<li><a href="/a1">Mayor resigns over bridge</a> <span class="date">11 March 2019</span></li>
<li><a href="/a2">Bus company cuts lines</a> <span class="date">9 March 2019</span></li></ul></div>"""

# name: (what stands before the rows, a row, what stands behind them)
FLAT = {
    "kubrick": (
        "<h3 id='comments'>7 Responses to “Council votes”</h3><ol class='commentlist'>",
        "<li class='{alt}' id='comment-{id}'><cite><a href='http://x.example' rel='nofollow'>{name}</a></cite> Says:<br>"
        "<small class='commentmetadata'><a href='#comment-{id}'>{time}</a> </small>{paragraphs}</li>",
        "</ol><h3>Leave a Reply</h3><form><textarea></textarea></form>",
    ),
    "movable type": (
        "<div class='comments'><h2>Comments (7)</h2>",
        "<a id='c{id}'></a><div class='comment'>{paragraphs}<p class='posted'>Posted by: <a href='http://x.example'>{name}</a>"
        " | {time}</p></div>",
        "</div>",
    ),
    "paragraphs side by side": (
        "<h3>Comments</h3>",
        "<p>{lines}</p><p class='posted'>Posted by: {name} at {time}</p>",
        "<h3>Post a comment</h3><form><textarea></textarea></form>",
    ),
    "blogger's definition list": (
        "<h4>7 comments:</h4><dl id='comments-block'>",
        "<dt class='comment-author' id='c{id}'><a href='http://x.example'>{name}</a> said...</dt><dd class='comment-body'>"
        "<p>{lines}</p></dd><dd class='comment-footer'><span class='comment-timestamp'><a href='#'>{time}</a></span></dd>",
        "</dl>",
    ),
    "two rows of a table": (
        "<h3>Comments</h3><table>",
        "<tr><td><b>{name}</b></td><td>{time}</td></tr><tr><td colspan='2'>{lines}</td></tr>",
        "</table>",
    ),
    "no classes": ("<h4>Comments</h4><div>", "<div><div><b>{name}</b></div><div>{time}</div><div>{lines}</div></div>", "</div>"),
    "no elements": ("<h4>Comments</h4><div>", "<b>{name}</b>, <i>{time}</i><br>{lines}<br><hr>", "</div>"),
    "lines of one paragraph": (
        "<h3>Kommentare</h3><div id='kommentare'><p>",
        "<b>{name}</b> am {time}:<br>{lines}<br>",
        "</p></div>",
    ),
    "name at the end": (
        "<ul class='reader-opinions'><h2>Reader opinions</h2>",
        "<li><p>{lines}</p><span>{name}</span><span>Harare</span><span>{time}</span></li>",
        "</ul>",
    ),
    "title above": (
        "<div id='reacties'><h3>Reacties</h3>",
        "<div class='reactie'><h4>Mijn mening {number}</h4><div class='info'>Door {name} op {time}</div><p>{lines}</p></div>",
        "</div>",
    ),
    "phpBB": (
        "<div id='page-body'>",
        "<div id='p{id}' class='post bg1'><dl class='postprofile'><dt><a href='./m?u={id}' class='username'>{name}</a></dt>"
        "<dd>Senior Member</dd><dd><strong>Posts:</strong> {number}</dd><dd><strong>Joined:</strong> Sun Mar 1, 2009 4:11 pm</dd>"
        "</dl><div class='postbody'><h3><a href='#p{id}'>Re: Council votes on the bridge</a></h3><p class='author'>by <strong>"
        "<a href='m'>{name}</a></strong> » {time}</p><div class='content'>{lines}</div>"
        "<div class='signature'>My boat</div></div></div>",
        "</div>",
    ),
    "XenForo": (
        "<ol class='messageList' id='messageList'>",
        "<li id='post-{id}' class='message'><div class='messageUserInfo'><h3 class='userText'>"
        "<a class='username' href='m'>{name}</a>"
        "<em class='userTitle'>Well-Known Member</em></h3><dl><dt>Joined:</dt><dd>Feb 1, 2008</dd></dl><dl><dt>Messages:</dt>"
        "<dd>{number}</dd></dl></div><div class='messageInfo'><div class='messageContent'><blockquote class='messageText'>{lines}"
        "</blockquote></div><div class='messageMeta'><span class='item'><a class='username author' href='m'>{name}</a>, "
        "<a class='datePermalink'><span class='DateTime'>{time}</span></a></span>"
        "<a class='item postNumber'>#{number}</a></div></div></li>",
        "</ol>",
    ),
    "utility classes": (
        "<section class='mt-8'><h2 class='text-xl font-bold'>Join the conversation (7)</h2><div class='space-y-4'>",
        "<div class='flex gap-2 p-4'><div class='w-8 rounded-full'>{initial}</div><div class='flex-1'><div class='flex gap-2'>"
        "<span class='font-semibold'>{name}</span><span class='text-xs'>{time}</span></div><div class='mt-1'>{paragraphs}</div>"
        "<div class='flex mt-2'><button>Reply</button><button>Share</button></div></div></div>",
        "</div></section>",
    ),
    "class names made by a build": (
        "<div class='Comments_root__3kd9a'>",
        "<div class='Comment_root__9s8d1'><div class='Comment_header__k2j3'><span class='Comment_name__1l2k'>{name}</span>"
        "<span class='Comment_date__8d8d'>{time}</span></div><div class='Comment_text__0d9a'>{lines}</div>"
        "<div class='Comment_bar__a0s9'><button>👍 {number}</button><button>👎 0</button></div></div>",
        "</div>",
    ),
    "Chinese": (
        "<div class='pinglun'><div class='hd'>网友评论(7)</div>",
        "<div class='pl-item'><div class='pl-user'><span class='nick'>{name}</span><span class='dt'>{time}</span></div>"
        "<div class='pl-txt'>{lines}</div><div class='pl-op'><a>赞({number})</a><a>回复</a><a>举报</a></div></div>",
        "</div>",
    ),
}
# name: (what stands before the rows, a row, what stands behind them, what holds the answers to one)
NESTED = {
    "list in item": (
        "<ol class='comment-list'>",
        "<li id='comment-{id}' class='comment depth-{depth}'><div class='comment-body'><div class='vcard'>"
        "<cite class='fn'>{name}</cite> "
        "<span class='says'>says:</span></div><div class='comment-meta'><a href='#comment-{id}'>{time}</a></div>{paragraphs}"
        "<div class='reply'><a class='comment-reply-link'>Reply</a></div></div>{answers}</li>",
        "</ol>",
        "<ul class='children'>{}</ul>",
    ),
    "list behind item": (
        "<div id='thread'><h3>Comments</h3>",
        "<div class='comment' id='comment_{id}'><b class='author'>{name}</b> <i>{time}</i>"
        "<div class='body'>{lines}</div></div>{answers}",
        "</div>",
        "<div class='indented'>{}</div>",
    ),
    "reddit": (
        "<div class='commentarea'><div class='sitetable nestedlisting'>",
        "<div class='thing comment' id='thing_t1_{id}'><div class='entry'><p class='tagline'>"
        "<a class='author' href='/u'>{name}</a> "
        "<span class='score'>12 points</span> <time>{time}</time></p><div class='usertext-body'>"
        "<div class='md'>{paragraphs}</div></div>"
        "<ul class='buttons'><li><a>permalink</a></li><li><a>reply</a></li></ul></div><div class='child'>{answers}</div></div>",
        "</div></div>",
        "<div class='sitetable listing'>{}</div>",
    ),
}
# As FLAT; who answers whom, the row itself tells.
MARKED = {
    "levels": (
        "<div id='discussion'>",
        "<div class='message level-{depth}'><a name='m{id}'></a><div class='message-head'><span class='user'>{name}</span> "
        "<span class='when'>{time}</span></div><div class='message-text'>{lines}</div></div>",
        "</div>",
    ),
    "margins": (
        "<div class='b-comments'><div class='b-title'>Комментарии (7)</div>",
        "<div class='b-item' style='margin-left:{margin}px' id='com{id}'><a class='b-login' href='/u'>{name}</a> "
        "<span class='b-dt'>{time}</span><div class='b-txt'>{lines}</div><a class='b-answ'>ответить</a></div>",
        "</div>",
    ),
    "links": (
        "<div id='comments'><h3>Comments</h3>",
        "<div class='comment' id='comment-{id}'><p class='meta'><b>{name}</b>{in_reply} {time}</p>"
        "<div class='text'>{paragraphs}</div></div>",
        "</div>",
    ),
    "spacers": (
        "<form><textarea></textarea><input type='submit' value='add comment'></form><table class='comment-tree'>",
        "<tr class='athing comtr' id='{id}'><td><table><tr><td class='ind' indent='{depth}'>"
        "<img src='s.gif' height='1' width='{margin}'>"
        "</td><td class='default'><span class='comhead'><a href='user' class='hnuser'>{name}</a> "
        "<span class='age'>{time}</span></span>"
        "<div class='comment'><span class='commtext'>{paragraphs}</span><div class='reply'>"
        "<a href='reply'>reply</a></div></div></td></tr>"
        "</table></td></tr>",
        "</table>",
    ),
}


def page(comments: str) -> str:
    """A page with a story, these comments, and related stories beside them."""
    return f"<html><body><div id='wrap'>{STORY}{comments}</div>{RELATED}</body></html>"


def row(form: str, at: int, answers: str = "") -> str:
    """A row of this form for the comment at a place of the discussion."""
    said, under = TALK[at], TALK[at].under
    depth = 0 if under is None else 1
    return form.format(
        name=said.name,
        time=said.time,
        lines=said.lines,
        paragraphs=said.paragraphs,
        answers=answers,
        number=at * 7 + 3,
        id=_id(at),
        initial=said.name[0].upper(),
        alt="alt" if at % 2 else "",
        depth=depth,
        margin=40 * depth,
        in_reply="" if under is None else f" in reply to <a href='#comment-{_id(under)}'>#{under + 1}</a>",
    )


def _id(at: int) -> int:
    return 47001 + at * at * 3


def flat(shape: tuple[str, str, str]) -> str:
    """The whole discussion, row by row."""
    before, form, behind = shape
    return page(before + "".join(row(form, at) for at in range(len(TALK))) + behind)


def nested(shape: tuple[str, str, str, str]) -> str:
    """The whole discussion, answers in or behind what they answer."""
    before, form, behind, holder = shape

    def rows(under: int | None) -> str:
        told = [row(form, at, rows(at)) for at, said in enumerate(TALK) if said.under == under]
        return holder.format("".join(told)) if told and under is not None else "".join(told)

    return page(before + rows(None) + behind)

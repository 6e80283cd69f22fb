"""Lists of comments as newspapers and guest books wrote them themselves, made by us; used as `shapes`."""

from __future__ import annotations

# name: (what stands before the rows, a row, what stands behind them)
HOME_MADE = {
    "words before the name": (
        "<div id='comments'><h2>Commentaires</h2>",
        "<div class='comment'><h3><a href='#comment-{id}'>Le pont {number}</a></h3><div class='submitted'>Soumis par {name}, "
        "le "
        "{time}</div><div class='content'>{paragraphs}</div><ul class='links'><li><a>répondre</a></li></ul></div>",
        "</div>",
    ),
    "signed in a paragraph of its own": (
        "<h3>Comments</h3><div class='list'>",
        "<div class='item'>{paragraphs}<p>Posted by {name} on {time}</p></div>",
        "</div>",
    ),
    "parted by rules": ("<h3>Comments</h3><div id='c'>", "<p>{lines}</p><p><i>{name}</i><br>{time}</p><hr>", "</div>"),
    "changed later": (
        "<div id='comments'>",
        "<div class='comment'><b class='nick'>{name}</b> <span class='date'>{time}</span><div class='txt'>{lines}<p>Last "
        "edited by "
        "{name} on 14 March 2019 at 11:11</p></div></div>",
        "</div>",
    ),
    "members since": (
        "<div id='comments'>",
        "<div class='comment'><span class='user'><img alt='ZW' title='Zimbabwe'>{name}</span> <span class='since'>Member "
        "since 2011"
        "</span> <span class='date'>{time}</span><div class='txt'>{lines}</div></div>",
        "</div>",
    ),
    "place in brackets": (
        "<div class='tie-area'>",
        "<div class='tie'><div class='tie-author'><a class='name' href='/u'>{name}</a><span class='desc'>[reader {number} of "
        "Gweru]"
        "</span><span class='tie-time'>{time}</span></div><p class='tie-cnt'>{lines}</p><a>回复</a></div>",
        "</div>",
    ),
    "labels and ranks of members": (
        "<div id='pagecontent'><table class='tablebg'><tr><td class='nav'><a>Previous topic</a></td></tr></table>",
        "<table class='tablebg'><tr class='row1'><td class='row2'><b class='postauthor'>{name}</b></td><td class='row1'>"
        "<table><tr>"
        "<td class='gensmall'><div><b>Post subject:</b> Re: bridge</div><div><b>Posted:</b> {time}</div></td></tr></table>"
        "</td></tr>"
        "<tr class='row1'><td class='row2'><div class='postdetails'><b>Joined:</b> 4 May 2008</div><div class='postdetails'>"
        "<b>Posts:</b> {number}</div><div class='postdetails'><b>Location:</b> Gweru</div></td><td><div "
        "class='postbody'>{lines}</div>"
        "<span class='postbody'><br>_________________<br>My boat, my castle</span></td></tr></table>",
        "<table class='tablebg'><tr><td class='cat'><form><select><option>1 day</option></select></form></td></tr></table></div>",
    ),
}

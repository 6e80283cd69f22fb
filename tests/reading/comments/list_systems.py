"""Lists of comments as the systems of 2005 to 2024 write them, made by us after their public mark-up; used as `shapes`."""

from __future__ import annotations

# name: (what stands before the rows, a row, what stands behind them)
FORUMS = {
    "phpBB 2": (
        "<table class='forumline' width='100%' cellspacing='1'><tr><th class='thLeft'>Author</th><th "
        "class='thRight'>Message</th>"
        "</tr>",
        "<tr><td width='150' class='row1'><span class='name'><a name='{id}'></a><b>{name}</b></span><br><span "
        "class='postdetails'>"
        "Regular<br><br>Joined: 04 Feb 2003<br>Posts: {number}<br>Location: Harare</span><br></td><td class='row1'><table><tr>"
        "<td><a href='v?p={id}#{id}'><img src='m.gif' alt='Post'></a><span class='postdetails'>Posted: {time}"
        "<span class='gen'>&nbsp;</span>&nbsp; &nbsp;Post subject: </span></td><td><a href='p?mode=quote&amp;p={id}'>"
        "<img src='q.gif' alt='Reply with quote'></a></td></tr><tr><td colspan='2'><hr></td></tr><tr><td colspan='2'>"
        "<span class='postbody'>{lines}</span><span class='gensmall'></span></td></tr></table></td></tr><tr><td class='row1'>"
        "<span class='nav'><a href='#top' class='nav'>Back to top</a></span></td><td class='row1'><a href='u'>"
        "<img src='p.gif' alt='View profile'></a></td></tr><tr><td class='spaceRow' colspan='2'><img src='s.gif'></td></tr>",
        "</table>",
    ),
    "vBulletin 3": (
        "<div id='posts'>",
        "<div class='page'><div id='edit{id}'><table class='tborder' id='post{id}'><tr><td class='thead'><a name='post{id}'>"
        "<img alt='Old' src='o.gif'></a> {time} </td><td class='thead' align='right'>#<a href='showpost?p={id}' "
        "id='postcount{id}'><strong>{number}</strong></a></td></tr><tr><td class='alt2'><div id='postmenu_{id}'>"
        "<a class='bigusername' href='member'>{name}</a></div><div class='smallfont'>Senior Member</div><div class='smallfont'>"
        "<div>Join Date: Jan 2008</div><div>Location: Mutare</div><div>Posts: 1,{number}</div></div></td><td class='alt1'>"
        "<div class='smallfont'><strong>Re: the bridge</strong></div><hr><div id='post_message_{id}'>{lines}</div><div>"
        "__________________<br>My boat is my castle</div></td></tr><tr><td class='alt2'><img alt='{name} is offline'></td>"
        "<td class='alt1'><a href='newreply?p={id}'><img alt='Reply With Quote'></a></td></tr></table></div></div>",
        "</div>",
    ),
    "vBulletin 4": (
        "<ol id='posts' class='posts'>",
        "<li class='postbitlegacy postbitim postcontainer' id='post_{id}'><div class='posthead'><span class='postdate old'>"
        "<span class='date'>{time}</span></span><span class='nodecontrols'><a name='post{id}' class='postcounter'>#{number}</a>"
        "</span></div><div class='postdetails'><div class='userinfo'><div class='username_container'><a class='username "
        "offline'>"
        "<strong>{name}</strong></a></div><span class='usertitle'>Senior Member</span><dl class='userinfo_extra'><dt>Join "
        "Date</dt>"
        "<dd>Feb 2010</dd><dt>Posts</dt><dd>{number}</dd></dl></div><div class='postbody'><div class='postrow'>"
        "<h2 class='title icon'>Re: Bridge</h2><div class='content'><div id='post_message_{id}'><blockquote class='postcontent "
        "restore'>{lines}</blockquote></div></div></div></div></div><div class='postfoot'><a class='newreply'>Reply With "
        "Quote</a>"
        "</div></li>",
        "</ol>",
    ),
    "SMF 1": (
        "<table class='bordercolor'>",
        "<tr><td class='windowbg {alt}'><a name='msg{id}'></a><table><tr><td valign='top' width='16%' rowspan='2'><b><a "
        "href='profile'>{name}</a></b><div class='smalltext'>Newbie<br>*<br>Offline<br><br>Posts: {number}<br></div></td>"
        "<td valign='top'><table><tr><td><div style='font-weight: bold;' id='subject_{id}'><a href='t.msg{id}#msg{id}'>Re: "
        "Bridge"
        "</a></div><div class='smalltext'>« <b>Reply #{number} on:</b> {time} »</div></td><td class='smalltext'><a "
        "href='q'>Quote"
        "</a></td></tr></table><hr><div class='post'>{lines}</div></td></tr><tr><td class='smalltext'><a href='r'>Report to "
        "moderator</a> Logged</td></tr></table></td></tr>",
        "</table>",
    ),
    "SMF 2": (
        "<div id='forumposts'><form>",
        "<div class='windowbg {alt}'><span class='topslice'><span></span></span><div class='post_wrapper'><div "
        "class='poster'><h4>"
        "<img alt='Offline'><a href='profile'>{name}</a></h4><ul class='reset smalltext' id='msg_{id}_extra_info'><li class="
        "'postgroup'>Jr. Member</li><li class='stars'><img alt='*'></li><li class='postcount'>Posts: {number}</li></ul></div>"
        "<div class='postarea'><div class='flow_hidden'><div class='keyinfo'><h5 id='subject_{id}'><a href='#msg{id}'>Re: "
        "Bridge"
        "</a></h5><div class='smalltext'>« <strong>Reply #{number} on:</strong> {time} »</div></div></div><div class='post'>"
        "<div class='inner' id='msg_{id}'>{lines}</div></div></div><div class='moderatorbar'><div "
        "class='smalltext'>Logged</div>"
        "</div></div></div><hr class='post_separator'>",
        "</form></div>",
    ),
    "IP.Board 2": (
        "<div class='borderwrap'>",
        "<table class='ipbtable'><tr><td class='row2' valign='middle' width='1%'><a name='entry{id}'></a><div "
        "id='post-member-{id}'"
        " class='popmenubutton'><span class='normalname'><a href='user'>{name}</a></span></div></td><td class='row2'><div "
        "style='float: left;'><span class='postdetails'><img src='i.gif' alt='post'>{time}</span></div><div align='right'>"
        "<span "
        "class='postdetails'>Post <a href='#'>#{number}</a></span></div></td></tr><tr><td class='post2'><span "
        "class='postdetails'>"
        "<br>Advanced Member<br>Group: Members<br>Posts: {number}<br>Joined: 3-May 05<br>Member No.: {id}</span></td><td "
        "class='post2' id='post-main-{id}'><div class='postcolor' id='post-{id}'>{lines}</div></td></tr><tr><td "
        "class='formbuttonrow'"
        "><a href='#'>Go to the top of the page</a></td><td class='formbuttonrow'><a href='q'>+Quote Post</a></td></tr>"
        "</table>",
        "</div>",
    ),
    "XenForo 2": (
        "<div class='block-body js-replyNewMessageContainer'>",
        "<article class='message message--post' data-author='{name}' data-content='post-{id}' id='js-post-{id}'><div "
        "class='message-inner'><div class='message-cell message-cell--user'><section class='message-user'><h4 "
        "class='message-name'>"
        "<a class='username'>{name}</a></h4><h5 class='userTitle message-userTitle'>New member</h5><dl class='pairs'>"
        "<dt>Joined</dt>"
        "<dd>Mar 4, 2018</dd></dl><dl class='pairs'><dt>Messages</dt><dd>{number}</dd></dl></section></div><div "
        "class='message-cell "
        "message-cell--main'><header class='message-attribution'><ul><li class='u-concealed'><a href='/post-{id}'><time "
        "class='u-dt'"
        ">{time}</time></a></li></ul><ul><li><a>#{number}</a></li></ul></header><div class='message-userContent'><article "
        "class='message-body'><div class='bbWrapper'>{lines}</div></article></div><footer class='message-footer'>"
        "<a>Reply</a></footer>"
        "</div></div></article>",
        "</div>",
    ),
    "MyBB": (
        "<div id='posts'>",
        "<a name='pid{id}'></a><div class='post classic' id='post_{id}'><div class='post_author scaleimages'><div "
        "class='author_information'><strong><span class='largetext'><a href='m'>{name}</a></span></strong><br><span "
        "class='smalltext'>Junior Member<br><img alt='*'></span></div><div class='author_statistics'>Posts: "
        "{number}<br>Threads: 2"
        "<br>Joined: Mar 2012<br>Reputation: <strong>0</strong></div></div><div class='post_content'><div class='post_head'>"
        "<div "
        "class='float_right'><strong><a href='#pid{id}'>#{number}</a></strong></div><span class='post_date'>{time}</span>"
        "</div><div "
        "class='post_body scaleimages' id='pid_{id}'>{lines}</div></div><div class='post_controls'><a>Reply</a></div></div>",
        "</div>",
    ),
    "FluxBB": (
        "<div id='brdmain'>",
        "<div id='p{id}' class='blockpost rowodd'><h2><span><span class='conr'>#{number}</span> <a href='v#p{id}'>{time}</a>"
        "</span>"
        "</h2><div class='box'><div class='inbox'><div class='postbody'><div class='postleft'><dl><dt><strong><a>{name}</a>"
        "</strong>"
        "</dt><dd class='usertitle'><strong>Member</strong></dd><dd><span>Registered: 2009-02-01</span></dd><dd><span>Posts: "
        "{number}"
        "</span></dd></dl></div><div class='postright'><h3>Re: Bridge</h3><div class='postmsg'>{paragraphs}</div></div>"
        "</div></div>"
        "<div class='inbox'><div class='postfoot'><p><span>Offline</span></p></div></div></div></div>",
        "</div>",
    ),
    "bbPress": (
        "<ul id='topic-forum-replies' class='forums bbp-replies'><li class='bbp-header'>Author Posts</li><li class='bbp-body'>",
        "<div id='post-{id}' class='bbp-reply-header'><div class='bbp-meta'><span class='bbp-reply-post-date'>{time}</span> <a "
        "class='bbp-reply-permalink' href='#post-{id}'>#{id}</a></div></div><div class='post-{id} reply'><div "
        "class='bbp-reply-author'><a class='bbp-author-name'>{name}</a><div class='bbp-author-role'>Participant</div></div>"
        "<div "
        "class='bbp-reply-content'>{paragraphs}</div></div>",
        "</li></ul>",
    ),
    "Kunena": (
        "<div class='kblock'>",
        "<div class='kmsg'><a id='{id}'></a><div class='kmsghead'><span class='kmsgdate'>{time}</span> <span class='kmsg-id'>"
        "<a href='#{id}'>#{id}</a></span></div><table class='kmsg'><tr><td class='kprofile-left'><div class='kprofile'><ul "
        "class='kpost-profile'><li class='kpost-username'><a>{name}</a></li><li class='kpost-userrank'>Junior</li><li>Posts: "
        "{number}</li></ul></div></td><td class='kmessage-left'><div class='ktitle'><span class='kmsgtitle'>Re: "
        "Bridge</span></div>"
        "<div class='kmsgbody'><div class='kmsgtext'>{lines}</div></div></td></tr></table><div "
        "class='kmessage-buttons'>Please Log "
        "in to join the conversation.</div></div>",
        "</div>",
    ),
    "Discourse for crawlers": (
        "<div itemscope>",
        "<div id='post_{number}' class='topic-body crawler-post'><div class='crawler-post-meta'><span class='creator'><a "
        "href='/u'>"
        "<span>{name}</span></a></span><span class='crawler-post-infos'><time class='post-time'>{time}</time>"
        "<span>{number}</span>"
        "</span></div><div class='post'>{paragraphs}</div><div><span class='post-likes'>{number} Likes</span></div></div>",
        "</div>",
    ),
}
BLOGS = {
    "TypePad": (
        "<h2 class='comments-header'>Comments</h2><div class='comments-content'>",
        "<div class='comment' id='comment-6a00d8341{id}'><div class='comment-content'>{paragraphs}</div><p "
        "class='comment-footer'>"
        "Posted by: <a rel='nofollow'>{name}</a> | <a href='#comment-6a00d8341{id}'>{time}</a></p></div>",
        "</div>",
    ),
    "TypePad with avatars": (
        "<div id='all-comments'>",
        "<div id='comment-6a00d8341c{id}' class='comment-{alt}even'><div class='comment-avatar'><img alt=''></div><div "
        "class='comment-text'><span class='comment-author'><a>{name}</a></span> said...<div>{paragraphs}</div></div><p "
        "class='comment-meta'>Reply <a href='#'>{time}</a></p></div>",
        "</div>",
    ),
    "Serendipity": (
        "<div class='serendipity_comments serendipity_section_comments'><div class='serendipity_commentsTitle'>Comments</div>",
        "<a id='c{id}'></a><div id='serendipity_comment_{id}' class='serendipity_comment serendipity_comment_author_x'><div "
        "class='serendipity_commentBody'>{lines}</div><div class='serendipity_comment_source'><a class='comment_source_trace' "
        "href='#c{id}'>#{number}</a> <span class='comment_source_author'><strong>{name}</strong></span> on <span "
        "class='comment_source_date'>{time}</span> (<a class='comment_reply'>Reply</a>)</div></div>",
        "</div>",
    ),
    "b2evolution": (
        "<h3>7 comments</h3>",
        "<a name='c{id}'></a><div class='bComment'><div class='bCommentTitle'>Comment from: <strong>{name}</strong> [Visitor] "
        "</div><div class='bCommentText'>{paragraphs}</div><div class='bCommentSmallPrint'><a href='#c{id}'>{time}</a></div>"
        "</div>",
        "<h3>Leave a comment</h3><form><textarea></textarea></form>",
    ),
    "Textpattern": (
        "<h2>Comments</h2><ol class='comments_wrap'>",
        "<li class='comment' id='c0{id}'><div class='comment_message'>{paragraphs}</div><div class='comment_name'><span>— "
        "{name}</span> <small>· {time} · <a href='#c0{id}'>#</a></small></div></li>",
        "</ol>",
    ),
    "JComments": (
        "<div id='jc'><div id='comments'><h4>Comments</h4><div id='comments-list' class='comments-list'>",
        "<div class='even' id='comment-item-{id}'><div class='rbox'><div class='comment-box'><a class='comment-anchor' "
        "href='#comment-{id}' id='comment-{id}'>#{number}</a> — <span class='comment-author'>{name}</span> <span "
        "class='comment-date'>{time}</span><div class='comment-body' id='comment-body-{id}'>{lines}</div><span "
        "class='comments-buttons'><a>Quote</a></span></div></div></div>",
        "</div></div></div>",
    ),
    "K2": (
        "<div class='itemComments'><h3 class='itemCommentsCounter'><span>7</span> comments</h3><ul class='itemCommentsList'>",
        "<li class='even'><span class='commentLink'><a href='#comment{id}' id='comment{id}'>Comment Link</a></span><img "
        "alt='{name}'><span class='commentDate'>{time}</span><span class='commentAuthorName'>posted by <a>{name}</a></span>"
        "{paragraphs}</li>",
        "</ul></div>",
    ),
    "SPIP": (
        "<h2>Vos commentaires</h2><ul class='forum'>",
        "<li class='forum-fil'><div class='forum-message'><div class='forum-chapo'><strong class='forum-titre'><a>Le pont "
        "{number}</a>"
        "</strong> <small>{time}, par <span class='vcard'><a class='fn'>{name}</a></span></small></div><div "
        "class='forum-texte'>"
        "{paragraphs}<p class='forum-repondre-message'><a>Répondre à ce message</a></p></div></div></li>",
        "</ul>",
    ),
    "ExpressionEngine": (
        "<h3 id='comments'>Comments:</h3>",
        "<div class='entry'><p class='commentheader'>Posted by <b>{name}</b> on {time}</p>{paragraphs}</div>",
        "<h3>Post a comment</h3><form><textarea></textarea></form>",
    ),
    "Dotclear": (
        "<div id='comments'><h3>Commentaires</h3><dl>",
        "<dt id='c{id}' class='odd'><a class='comment-number' href='#c{id}'>{number}.</a> Le {time} par <a "
        "rel='nofollow'>{name}</a>"
        "</dt><dd class='odd'>{paragraphs}</dd>",
        "</dl></div>",
    ),
    "Squarespace 5": (
        "<div class='caption'>Reader Comments (7)</div>",
        "<div class='comment' id='comment{id}'><div class='body'>{paragraphs}</div><div class='signature'><span "
        "class='post-info-date'>{time}</span> | <span class='author'><img alt='Unregistered Commenter'>{name}</span></div>"
        "</div>",
        "",
    ),
    "Disqus on the server": (
        "<div id='disqus_thread'><ul id='dsq-comments'>",
        "<li class='even' id='dsq-comment-{id}'><div id='dsq-comment-header-{id}' class='dsq-comment-header'><cite "
        "id='dsq-cite-{id}'><span id='dsq-author-user-{id}'>{name}</span></cite></div><div id='dsq-comment-body-{id}' "
        "class='dsq-comment-body'><div id='dsq-comment-message-{id}' class='dsq-comment-message'>{paragraphs}</div></div><span "
        "class='dsq-comment-footer'>{time}</span></li>",
        "</ul></div>",
    ),
    "IntenseDebate": (
        "<div id='idc-cover'><div class='idc-thread'>",
        "<div class='idc-c' id='IDComment{id}'><div class='idc-c-h'><div class='idc-c-h-inner'><span class='idc-i'><img "
        "alt='{name}'>"
        "</span><a class='idc-a' href='u'>{name}</a> <span class='idc-r'>{number}p</span> <span class='idc-time'><a "
        "href='#IDComment{id}'>{time}</a></span></div></div><div class='idc-c-t'><div "
        "class='idc-c-t-inner'>{paragraphs}</div></div>"
        "<div class='idc-btns'><a>Reply</a><span class='idc-v-total'>+{number}</span></div></div>",
        "</div></div>",
    ),
    "Livefyre": (
        "<div class='fyre-stream-content'>",
        "<article class='fyre-comment-article fyre-comment-source-0' id='fyre-msg-{id}' data-author-id='{id}'><header "
        "class='fyre-comment-head'><span class='fyre-comment-username'>{name}</span><time "
        "class='fyre-comment-date'>{time}</time>"
        "</header><section class='fyre-comment-wrapper'><div class='fyre-comment'>{paragraphs}</div></section><footer "
        "class='fyre-comment-footer'><a>Like</a><a>Reply</a></footer></article>",
        "</div>",
    ),
    "MetaFilter": (
        "<div id='posts'>",
        "<a name='{id}'></a><div class='comments'>{lines}<br><span class='smallcopy'>posted by <a "
        "href='/user/{id}'>{name}</a> at "
        "<a href='#{id}'>{time}</a></span></div><br>",
        "<p class='copy'>You are not logged in, either <a>login</a> to post comments</p></div>",
    ),
    "Plone": (
        "<div id='commenting'>",
        "<div class='comment level0' id='{id}'><div class='commentImage'><img alt=''></div><div class='documentByLine'><a "
        "href='u'>{name}</a> says: <div class='commentDate'>{time}</div></div><div class='commentBody'>{paragraphs}</div><div "
        "class='commentActions'></div></div>",
        "</div>",
    ),
    "Squarespace 7": (
        "<div id='comments-x' class='squarespace-comments'><div class='comments-content'><div class='comment-list'>",
        "<div class='comment' id='comment-5c8{id}f'><div class='comment-header'><span class='author'>{name}</span><span "
        "class='date'>{time}</span><span class='likes'>{number} likes</span></div><div "
        "class='comment-body'>{paragraphs}</div></div>",
        "</div></div></div>",
    ),
}
PAPERS = {
    "Guardian 2010": (
        "<div id='comments'><h2>Comments</h2><ul class='comments'>",
        "<li id='comment-{id}'><div class='profile'><a href='u'><img alt='{name}'></a><h3><a rel='nofollow'>{name}</a></h3><p "
        "class='date'>{time}</p><p>Recommend ({number})</p><p>Report abuse</p><p>Clip | Link</p></div><div "
        "class='comment-body'>"
        "{paragraphs}</div></li>",
        "</ul></div>",
    ),
    "Spiegel 2012": (
        "<div id='js-article-comments-box-form'></div><div class='article-comments-wrap'><h3>Forum - Diskutieren Sie über "
        "diesen "
        "Artikel</h3><div>insgesamt 7 Beiträge</div>",
        "<div class='article-comment'><div class='article-comment-title'>{number}. Die Brücke {number}</div><div "
        "class='article-comment-user'><a href='u'><b>{name}</b></a> <span>{time}</span></div><p "
        "class='article-comment-text'>{lines}</p></div>",
        "</div>",
    ),
    "Zeit 2012": (
        "<div id='comments'><h3>Leserkommentare</h3><ol>",
        "<li id='cid-{id}' class='comment'><div class='top'><div class='commentinfo'><ul><li class='author'><a>{name}</a>"
        "</li><li "
        "class='date'>{time}</li></ul></div><span class='index'>{number}.</span></div><h4 class='title'>Brücke {number}</h4>"
        "<div "
        "class='comment'>{paragraphs}</div><div class='functions'><a>Antwort auf diesen Kommentar</a> <a>Kommentar als "
        "bedenklich "
        "melden</a></div></li>",
        "</ol></div>",
    ),
    "Standard 2012": (
        "<div id='communityCanvas'><h4>Postings</h4><ul class='postinglist'>",
        "<li id='p{id}' class='posting'><div class='txt'><div class='uinfo'><strong class='name'><a>{name}</a></strong><span "
        "class='bewertung'>{number}</span></div><h5>brücke {number}</h5><p>{lines}</p><div class='meta'><span "
        "class='date'>{time}"
        "</span> <a>antworten</a> <a>melden</a></div></div></li>",
        "</ul></div>",
    ),
    "FAZ 2012": (
        "<div class='LeserkommentareHeader'><h3>Lesermeinungen zum Artikel (7)</h3></div><ul class='Lesermeinungen'>",
        "<li class='Lesermeinung' id='lm{id}'><h4 class='LMTitel'>Die Brücke {number}</h4><div class='LMAutor'>"
        "<span>{name}</span> "
        "<span class='LMAutorName'>({name})</span> - <span class='LMDatum'>{time}</span></div><div "
        "class='LMText'>{paragraphs}</div>"
        "<a class='LMAntworten'>Antworten</a></li>",
        "</ul>",
    ),
    "Patch": (
        "<section class='comments'><h3>Comments</h3><ul>",
        "<li class='comment'><div class='comment_header'><a class='user_link'>{name}</a></div><div "
        "class='comment_date'>{time}</div>"
        "<div class='comment_body'>{paragraphs}</div><div><a>Flag as inappropriate</a> <a>Recommend</a></div></li>",
        "</ul></section>",
    ),
    "Telegraph": (
        "<div id='tmglCommentsWrapper'><h2>Comments</h2>",
        "<div class='commentItem'><p class='username'>{name}</p><p class='timestamp'>{time}</p><p "
        "class='recommend'>Recommended by "
        "{number} people</p><div class='text'>{paragraphs}</div><p><a>Report</a> <a>Recommend</a></p></div>",
        "</div>",
    ),
    "Daily Mail": (
        "<div id='reader-comments'>",
        "<div class='comment'><div class='comment-body comment-text'><p>{lines}</p></div><p class='user-info'>- <a>{name}</a>, "
        "Harare, Zimbabwe, {time}</p><div class='rating'>Rating <span>{number}</span></div><p>Report abuse</p></div>",
        "</div>",
    ),
    "Gawker": (
        "<div id='comments'><ul class='commentlist'>",
        "<li class='comment' id='c{id}'><div class='cauthor'><a class='username'>{name}</a> <span class='ctime'>"
        "<a>{time}</a></span>"
        "</div><div class='cbody'>{paragraphs}</div><div class='cfooter'><a>Reply</a><a>promote</a></div></li>",
        "</ul></div>",
    ),
    "reactions in a table": (
        "<table id='reacties'><tr><th>Naam</th><th>Reactie</th></tr>",
        "<tr><td class='l'><b>{name}</b><br>{time}</td><td class='r'>{lines}</td></tr>",
        "</table>",
    ),
    "letters signed below": (
        "<h3>Letters to the Editor - Your comments</h3><div class='letters'>",
        "<div class='letter'><p>{lines}</p><p><strong>{name}</strong>, Bulawayo</p><p><em>{time}</em></p></div>",
        "</div>",
    ),
    "name and time in one line of text": (
        "<h3>Comments (7)</h3><div class='c'>",
        "<div class='i'><div>{name} - {time}</div><div>{lines}</div></div>",
        "</div>",
    ),
    "title that is a link": (
        "<div id='forum'><h3>Diskuze</h3>",
        "<div class='r'><div class='h'><a href='/d/{id}'>Re: bridge {number}</a> <span class='a'>{name}</span> <i>{time}</i>"
        "</div>"
        "<div class='t'>{lines}</div><a>Odpovědět</a></div>",
        "</div>",
    ),
    "Naver": (
        "<div class='u_cbox_wrap'><ul class='u_cbox_list'>",
        "<li class='u_cbox_comment'><div class='u_cbox_comment_box'><div class='u_cbox_area'><div class='u_cbox_info'><span "
        "class='u_cbox_name'><span class='u_cbox_nick_area'><span class='u_cbox_nick'>{name}</span></span></span></div><div "
        "class='u_cbox_text_wrap'><span class='u_cbox_contents'>{lines}</span></div><div class='u_cbox_info_base'><span "
        "class='u_cbox_date'>{time}</span><a>신고</a></div><div class='u_cbox_tool'><a>답글</a><span>{number}</span></div></div>"
        "</div>"
        "</li>",
        "</ul></div>",
    ),
    "tags in headings": (
        "<div class='discussion'><h2>Discussion</h2>",
        "<h4>{name}</h4><h5>{time}</h5><p>{lines}</p>",
        "</div>",
    ),
}
LEVELS = {
    "LiveJournal": (
        "<div id='comments'>",
        "<div class='ljcmt_full' id='ljcmt{id}' style='margin-left: {margin}px'><table><tr><td><span class='ljuser'><a>"
        "<b>{name}</b></a></span></td>"
        "<td><span>{time}</span> <strong>(<a>Link</a>)</strong></td></tr></table><div class='body'>{lines}</div>"
        "<p>(<a>Reply</a>) "
        "(<a>Thread</a>)</p></div>",
        "</div>",
    ),
}
THREADS = {
    "Habr": (
        "<div class='comments_list' id='comments'>",
        "<div class='comment_item' id='comment_{id}'><div class='comment_body'><div class='info'><a "
        "class='username'>{name}</a>, "
        "<time>{time}</time> <a class='link_to_comment'>#</a></div><div class='message html_format'>{lines}</div><a "
        "class='reply_link'>ответить</a></div>{answers}</div>",
        "</div>",
        "<div class='reply_comments'>{}</div>",
    ),
    "Movable Type 5": (
        "<div id='comments' class='comments'><h2 class='comments-header'>Comments</h2><div class='comments-content'>",
        "<div class='comment' id='comment-{id}'><div class='inner'><div class='comment-header'><div class='asset-meta'><span "
        "class='byline'><span class='vcard author'>{name}</span> said:</span> <a href='#comment-{id}'><abbr "
        "class='published'>{time}"
        "</abbr></a></div></div><div class='comment-content'>{paragraphs}</div></div></div>{answers}",
        "</div></div>",
        "<div class='comment-replies'>{}</div>",
    ),
    "utility lists": (
        "<section><h3>Kommentare</h3><ul>",
        "<li><article><header><b>{name}</b> <time>{time}</time></header><div>{paragraphs}</div><button>Antworten</button>"
        "</article>"
        "{answers}</li>",
        "</ul></section>",
        "<ul>{}</ul>",
    ),
    "Gawker's replies": (
        "<div class='comments'>",
        "<div class='thread'><div class='post'><span class='user'>{name}</span><span class='when'>{time}</span><div "
        "class='said'>"
        "{lines}</div></div>{answers}</div>",
        "</div>",
        "<div class='replies'>{}</div>",
    ),
    "replies of another class": (
        "<div id='comments'>",
        "<div class='c{depth}'><div class='meta'><span class='name'>{name}</span> <span class='date'>{time}</span></div><div "
        "class='txt'>{lines}</div>{answers}</div>",
        "</div>",
        "<div class='answers'>{}</div>",
    ),
}

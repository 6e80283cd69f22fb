"""The words by which pages name comments, their writers and the controls around them, in many languages.

They are evidence among other evidence; no list is found by them alone. All are searched in lower case.
"""

from __future__ import annotations

import re
from functools import lru_cache

# What a heading calls comments, and nothing else. Latin words may stand within a word (`kommentarliste`).
_COMMENTS = (
    r"c[ao]mment|komment|coment[aá]ri|koment|reacties?\b|yorum|replies|bình luận|tanggapan|nhaurirano|mhinduro|maonero|impendulo"
    r"|maoni|amazwana|sharhi|faallo|athugasemd|hozzászól|σχόλι|σχολι|коммент"
    r"|комента|пікір|comentari|评论|評論|留言|跟帖|コメント|댓글|تعليق|نظر|תגוב|टिप्पणी|टिप्पणि|प्रतिक्रिया|মন্তব্য|கருத்து|ความคิดเห็น|კომენტ|አስተያየ"
)
COMMENTS = re.compile(
    _COMMENTS + r"|r[ée]actions\b|lesermeinung|leserstimmen|^\W*(?:responses|discussion|diskussion|antworten)[\W\d]*$"
)
# The same alone, in the singular: what papers write above an opinion of their own.
COLUMN = re.compile(
    r"\W*(?:commenta?(?:ry|ire|o)?|kommentar|komentarz|komentář|komentár|kommentti|kommentaar|comentari[ou]|yorum|комментарий)\W*"
)
# What a heading, a class or an id says of comments, or of what else they may be called.
COMMENT = re.compile(
    _COMMENTS + r"|responses?\b|respuesta|discuss|diskussion|thoughts? on|opinions?\b|opiniones|opinioni|conversation|your say"
    r"|feedback|meinungen|lesermeinung|leserbrief|\banswers?\b|r[ée]actions?\b|avis\b|ulasan|обсужден|мнени|의견|דיון|მნიშვნ"
    r"|wpd-|disqus|dsq|\b(?:user|reader|contributed) ?notes?\b"
)
# What a page calls a post of a reader where it is a forum.
POST = re.compile(r"forum|thread|\bposts?|messag|beitr[aä]g|topic|msg|postbody|community|guestbook")
# A widget that shows comments of other articles, or what is no comment at all.
ELSEWHERE = re.compile(
    r"(?:recent|latest|newest|neueste|letzte)[\w-]{0,12}(?:comment|kommentar|coment)|"
    r"(?:recent|latest|newest|neueste|letzte|aktuelle|derniers?|últimos|ultimos|popular|top|most|mest|meist)\W{0,2}"
    r"(?:comment|kommentar|coment|discuss|diskut|read|gelesen|kommentiert|reacties)"
    r"|(?:последние|свежие|останні) (?:ком+ентар|отзыв)|ultimi commenti|commenti recenti"
    r"|commentaires récents|comentarios recientes|comentários recentes|(?:laatste|recente) reacties"
    r"|(?:senaste|siste|seneste) kommentar|ostatnie komentarz|poslední komentář"
    r"|\bson (?:eklenen )?yorum|komentar ter(?:baru|akhir)"
    r"|最新コメント|最近(?:のコメント|评论|評論)|최근 ?댓글"
)
# What holds other articles, or what else is no comment, unless its rows and itself are called comments.
OTHERS = re.compile(
    r"related(?! tags\b)|recommend|teaser|breaking|trending"
    r"|\bticker|liveblog|live-blog|newsfeed|headlines|more-stories|read-?next|most-?read|most-?viewed|also-?like|\bpromo"
    r"|live-?(?:ticker|text|update|feed|coverage|stream|event)|testimonial|timeline|\bevents?\b|calendar"
    r"|\bshout(?:s|box)?\b|\bobit|death notice|todesanzeig|traueranzeig|décès|esquela|necrolog"
)
# What links from other sites leave beneath an article.
TRACES = re.compile(r"track-?(?:backs?|pings?)\b|ping-?backs?\b", re.IGNORECASE)
# What a list of topics tells of each: who wrote in it last.
LATEST = re.compile(
    r"\b(?:last|latest|most recent) (?:post|reply|replied|message|comment|activity)|\bletzte[rs]? (?:beitrag|antwort|kommentar)"
    r"|\bderni(?:er message|ère réponse)|\búltimo (?:mensaje|comentario)|\búltima (?:respuesta|mensagem)|\bultimo messaggio"
    r"|\blaatste (?:bericht|reactie)|\bsenaste (?:inlägg|svar)|\bostatni post|последн(?:ее|ий) (?:сообщение|ответ)"
    r"|最后(?:发表|回复)|最後(?:發表|回覆)|son mesaj"
)
# What only a teaser has: the way to the whole article, or to its comments.
MORE = re.compile(
    r"read (?:more|full|the rest|on)|continue reading|full story|weiterlesen|mehr lesen|lire (?:la suite|plus)|leer más"
    r"|seguir leyendo|leia mais|continua a leggere"
    r"|lees (?:meer|verder)|läs mer|les mer|czytaj (?:więcej|dalej)|читать (?:далее|дальше|полностью)|devamını oku"
    r"|baca selengkapnya|阅读全文|続きを読む|더보기"
)
# What marks a writer's name in a class, an id, a rel or the way of a link.
AUTHOR = re.compile(
    r"auth|\bfn\b|user|nick|poster\b|postedby|posted-by|commenter|writer|member|person|profil|autor|aute?ur|benutzer"
    r"|verfasser|usuario|perfil|nombre|\bnome"
    r"|utente|display-?name|screen-?name|\bname|name\b|\bby\b|byline|reviewer|owner|vcard|cite|who\b|creator|pseudo|signature"
)
# What marks a short line that is not the writer's name.
NO_NAME = re.compile(
    r"(?<!card-)title|titel|titre|subject|betreff|headline|badge|rank|karma|score|count|fans|follow|locat|city|\bbio|role|status"
    r"|karma|vote|like"
    r"|rating|level|stat\b|stats|points|tools|action|reply|report|share|flag|number|\bnum\b|date|time|avatar|joined"
    r"|[._-]ip\b|\bposts\b|tagline|breadcrumb|toggle|menu|button|btn|hidden|edit|parent|in-?reply"
)
# What a forum's machine adds to words that are quoted.
QUOTING = re.compile(
    r"(?:quote|zitat|citation|citat|cita|citazione|citaat|citação|цитата|引用)\s?:?"
    r"|view post|click to expand\W*|code:|↑|show spoiler"
)
MARKED_TEXT = re.compile(r"text|body|content|message|inhalt|texte|cuerpo|corpo|description|excerpt|comment$|entry")
TIME = re.compile(
    r"time|date|datum|fecha|(?<!author-)(?<!user-)(?<!member-)data\b|\bwhen|stamp|posted|created|published|\bago\b|\bage\b|zeit|tarih|heure|\bora\b|\bdt\b"
)
_CONTROL_WORDS = (
    r"reply|replies|respond|answer|report|abuse|flag|rate|like|likes|dislike|unlike|thumbs?|share|quote|edit|delete"
    r"|permalink|link|vote|votes"
    r"|up|down|upvote|downvote|spam|inappropriate|comment|this|it|to|as|more|less|show|hide|read|view|log|in|login|sign"
    r"|follow|copy|perma|parent"
    r"|recommend|recommended|agree|disagree|offensive|facebook|twitter|tweet|email|mail|print|score|points?|helpful|good"
    r"|bad|favou?rite|ignore"
    r"|collapse|expand|toggle|unread|new|thread|context|save|the|a|is|was|user|or|and|by|moderator|history|block|mute"
    r"|profile|website|url|info|homepage|site|www|send|top"
    r"|pindura|antworten|antwort|melden|zitieren|zitat|teilen|gefällt|mir|empfehlen|mehr|weniger|anzeigen|auf|diesen"
    r"|beitrag|kommentar|als"
    r"|link|bewerten|löschen|bearbeiten|nach|oben|missbrauch|unangemessen|hilfreich"
    r"|répondre|signaler|un|abus|citer|partager|recommander|voir|plus|ce|message|à|commentaire|alerter|j'aime"
    r"|responder|denunciar|compartir|citar|me|gusta|reportar|ver|más|mais|curtir|compartilhar|votar|enlace"
    r"|rispondi|segnala|condividi|mi|piace|cita|beantwoorden|reageer|reageren|melden|rapporteer|vind|ik|leuk|deel|antwoord"
    r"|svara|svar|anmäl|gilla|dela|redigera|ändra|ta|bort|edytuj|usuń|editar|eliminar|borrar|excluir|modifier|supprimer"
    r"|modifica|elimina|bewerken|verwijderen|редактировать|удалить|düzenle|sil"
    r"|odpowiedz|zgłoś|cytuj|udostępnij|odpovědět|nahlásit|ответить|пожаловаться|поделиться|цитировать|нравится|відповісти"
    r"|поскаржитися"
    r"|karma|votos|não|descurtir|oceniono|razy?|logged|ip|preporuka|preporučujem|beğendim|beğenmedim|beğenme"
    r"|yanıtla|cevapla|şikayet|beğen|paylaş|balas|laporkan|suka|bagikan|trả|lời|thích|báo|cáo|رد|إبلاغ|إعجاب|مشاركة"
)
# The same in scripts that put no space between words: "查看全部3条回复".
_CONTROL_SIGNS = (
    r"回复|举报|赞|踩|顶|分享|收藏|查看|展开|收起|全部|共|更多|条|回覆|檢舉|返信|通報|件|답글|신고|추천|개|수정|삭제|댓글쓰기"
)
CONTROL = re.compile(rf"(?:[\W\d_]|\b(?:{_CONTROL_WORDS})\b|{_CONTROL_SIGNS}){{1,80}}")
REPLY = re.compile(
    r"\b(?:quote|zitieren|citer|citar|цитировать|cytuj|citeer|reply|respond|antworten|répondre|responder|rispondi"
    r"|beantwoorden|reageer|reageren|citeren|svara|svar|svare?r|citera|sitat|odpowiedz|odpovědět|reagovat|citovat|odpovedať"
    r"|ответить|ответ|відповісти|цитувати|yanıtla|cevapla|balas|tanggapi|trả lời|válasz(?: erre)?|idézet|răspunde|citează"
    r"|odgovori|одговори|отговори|цитирай|vastaa|lainaa|vasta|atbildēt|atsakyti|απάντηση|jawab|sagot|antwoord"
    r"|pindura|phendula|jibu)\b|回复|回覆|返信|답글|ตอบกลับ|הגב|השב|उत्तर|जवाब|উত্তর|பதில்|პასუხი"
    r"|(?<!\w)(?:رد|الرد|جواب|پاسخ|پاسخ دادن)(?!\w)"
)
# What a page offers to do about a reader's words, and about no others: to complain of them.
COMPLAIN = re.compile(
    r"\b(?:report (?:abuse|comment|this|post)|complain about this|flag(?: as)? inappropriate|inappropriate"
    r"|(?:beitrag|kommentar|missbrauch) melden|signaler(?: un abus)?|denunciar|segnala(?: abuso)?|rapporteer|anmäl|ilmoita"
    r"|teata|zgłoś(?: do moderacji)?|nahlásit|пожаловаться|поскаржитися|şikayet(?: et)?|laporkan|báo (?:cáo|xấu)|vi phạm"
    r"|raportează|prijavi|докладвай|jelentem)\b|違反報告|通報|신고|举报|檢舉|आपत्तिजनक|إبلاغ|(?<!\w)گزارش(?!\w)|דווח"
)
# What stands before the date since when somebody is a member, and beside a member of a forum.
JOINED = re.compile(
    r"join|regist|member since|mitglied seit|dabei seit|beigetreten|inscri|desde|miembro|iscritto|lid sinds|since|зарегистр"
    r"|регистрац|注册|注冊|registrado|dołącz|zarejestr|registrov|csatlakoz|înregistrat|katıl|üyelik|medlem s|liitty|geregistreerd"
    r"|εγγραφή|登録日|가입|تاريخ التسجيل|عضویت"
)
MEMBER = re.compile(
    r"^(?:joined|join date|posts?|messages?|beiträge|registered|registriert|member|dabei seit|mitglied seit|inscrit"
    r"|mensajes|messaggi|berichten"
    r"|сообщени[яй]|регистрация|posty|dołączył|skąd|location|wohnort|status|offline|online|reputation|likes? received|thanks)\b",
    re.IGNORECASE,
)
_POSTS = r"(?:posts?|beiträge|messages?|mensajes|messaggi|berichten|inlägg|сообщени\w*|帖子)"
POSTS = re.compile(rf"\d[\d.,\s]{{0,9}}{_POSTS}|{_POSTS}\s?:\s?\d[\d.,]{{0,9}}", re.IGNORECASE)
HIDDEN = re.compile(
    r"(?:^|\s)(?:hidden|hide|is-hidden|d-none|invisible|sr-only|screen-reader-text|(?:visually|\w+)-?hide|visually-?hidden"
    r"|element-invisible)(?:$|\s)"
)
# What a machine writes below a text that was changed.
EDITED = re.compile(
    r"\W*(?:(?:last|post|comment|this post (?:was|has been)) )*(?:edit(?:ed)?\b[^:]{0,8}\b(?:by|on|at)\b|edited\s?:?\s*(?:\d|$))"
    r"|\W*last edit\b"
    r"|\W*zuletzt (?:ge|be)"
    r"|\W*(?:geändert|bearbeitet|editiert) von|\W*(?:dernière (?:modification|édition)|modifié par)"
    r"|\W*(?:última edición|editado por)"
    r"|\W*(?:ultima modifica|modificato da)|\W*(?:laatst bewerkt|bewerkt door)"
    r"|\W*(?:последний раз редактировалось|отредактировано)",
    re.IGNORECASE,
)
# What stands in the place of a text that was taken away.
_TAKEN = (
    r"removed|deleted|withdrawn|gelöscht|entfernt|supprimée?|retirée?|eliminad[oa]|borrad[oa]|removid[oa]|excluíd[oa]"
    r"|rimosso|cancellato"
    r"|verwijderd|raderad|borttagen|usunięt[ya]|smazán|удал[её]н\w*|видален\w*|silindi|dihapus|已删除|已刪除|削除され\w*|삭제된?|삭제되었습니다"
)
GONE = re.compile(
    rf"[\W_]*(?:{_TAKEN})[\W_]*$"
    r"|[\W_]*(?:(?:this|the|dieser?|der|ce|le|este|esta|el|o|il|deze|den här|ten|этот|该|このコメントは)\s?)?"
    r"(?:comment|post|message|kommentar|beitrag|commentaire|message|comentario|comentário|commento|reactie|bericht|inlägg"
    r"|komentarz|комментарий"
    rf"|сообщение|yorum|评论|評論)\b[^.!?\n]{{0,60}}(?:{_TAKEN})[^\n]{{0,80}}$",
    re.IGNORECASE,
)
CLOSED = re.compile(
    r"(?:comments?|commenting|discussion|thread|kommentar\w*|kommentierung|diskussion\w*|forum|commentaires?|comentarios"
    r"|comentários|commenti)\b"
    r".{0,60}?\b(?:closed|geschlossen|beendet|fermés?|clos|cerrad[oa]s?|encerrad[oa]s?|fechad[oa]s?|chiusi|chiuso)\b",
    re.IGNORECASE,
)
REPLIES = re.compile(
    r"child|repl(?:y|ies)|thread|indent|nested|sub-?(?:comment|list|tree)|answer|antwort|respon|responses|level|descend|tree"
)
_NAMES = (
    "omment",
    "oment",
    "cmt",
    "discuss",
    "diskus",
    "replies",
    "reactie",
    "yorum",
    "lesermeinung",
    "dsq-",
    "wpd-",
    "usernote",
    "nhaurirano",
    "mhinduro",
)


@lru_cache(maxsize=4096)
def names_comment(name: str) -> bool:
    """Whether a class or an id speaks of comments; many are asked, and most of them again and again."""
    name = name.lower()
    return any(one in name for one in _NAMES)

"""The words that stand around a writer's name, in many languages, and are none of it: "Posted by", "Ann says:", "schrieb am"."""

from __future__ import annotations

import re

# What says of a name that its bearer wrote what stands beside it.
WROTE = re.compile(
    r"\b(?:(?:posted|written|submitted|commented|answered|asked|reviewed|added) by|wrote|writes|says|said|schrieb|schreibt"
    r"|geschrieben von|(?:posté|écrit|rédigé|publié|soumis) par|a écrit|escrito por|enviado por|publicado por|escribió|dijo"
    r"|comentó|escreveu|disse|comentou|scritto da|inviato da|ha scritto|geplaatst door|geschreven door|schreef|skrev"
    r"|napisał|napsal|написал|пише|пишет|alisema|kirjoitti|írta)\b|يقول|گفته|כתב|さん"
)
# Words around a name, which are none of it: "Posted by", "Ann says:", "schrieb am".
_VERBS = (
    r"wrote|schrieb|schreibt|sagt|meint|skrev|säger|sier|siger|schreef|zegt|(?:a )?(?:dit|écrit)|dice|dijo|escribió|disse"
    r"|escreveu|scrive|ha (?:scritto|detto)|pisze|napsala?|пишет|написала?"
)
_BEFORE = (
    r"(?:[^\W\d_]{3,12}\s+(?:#?\d{1,5}\s+)?)?(?:by|von|par|por|door|av|da)|from|says?|di"
    r"|od|napisał|автор|от|作者|oleh|(?:autor|author|name|user|nick)(?=\s?:)"
    rf"|{_VERBS}"
)
_AFTER = (
    r"(?:has\s+)?(?:says?|said|wrote|writes?|commented|replied|responded|added|posted|written|submitted|published)"
    r"|(?:schrieb|schreibt|sagt|meint|kommentiert)(?:\s+(?:am|um|on))?"
    r"|a\s+(?:écrit|dit|répondu|commenté)|dit|écrit|écrivait|dice|dijo|escribió|escribe|disse|diz|escreveu|comentou|scrive"
    r"|ha\s+(?:scritto|detto)"
    r"|schreef|zegt|schrijft|skrev|skriver|säger|sier|siger|sanoi|sanoo|kirjoitti|kirjoittaa|comentó|kommentoi"
    r"|pisze|napisał(?:a|\(a\))?|mówi|píše|napsal(?:a|\(a\))?|říká|napísal(?:a)?|napisao(?:\sje)?|kaže|пишет"
    r"|(?:на)?писал(?:а|\(а\))?|говорит|сказал(?:а|\(а\))?|пише|каже|написа(?:в|ла)?|казва|каза|szerint|írta|mondja"
    r"|spune|a\s(?:scris|spus)|λέει|έγραψε|είπε|dedi(?:\ski)?|diyor(?:\ski)?|yazdı|يقول|قال|كتب|אומרת?|כתבה?|הגיבה?"
    r"|گفت(?:ه(?: است)?)?|می‌گوید|نوشت(?:ه(?: است)?)?|さん|様|より|のコメント|님의\s말|님|说道?|說|写道|寫道|表示|viết|nói"
    r"|mengatakan|berkata|menulis|anasema|alisema|aliandika|พูดว่า|กล่าวว่า|บอกว่า|anoti|akati"
    r"|geschrieben|verfasst|geplaatst|geschreven|posté|publié|rédigé|escrito|publicado|enviado|scritto|pubblicato|inviato|skrevet"
    r"|napisano|dodano|написано|опубликовано|добавлено"
    r"|đã bình luận|vào"
    r"|added|on(?:\sthe)?|at|am|le|el|il|op|um|den|dne|dňa|dnia"
)
# What links a name with what stands around it; nobody is called so.
LINKING = re.compile(
    rf"(?:{_AFTER}|(?:posted|written|submitted|published|added|comment) by|by|par|por|door|poslala?|vložila?|dodała?"
    r"|geschrieben|gepostet|publié|posté|publicado|enviado|escrito|pubblicato|inviato|scritto|geplaatst|skriven|skrivet|postad"
    r"|publicerad|dodano|napisano|опубликовано|добавлено|написано|yazıldı|ditulis)\s*:?"
)
# What stands between a writer's name and the name of whom he answers.
_ANSWERING = (
    r"[→▸▶➔➜↪⇒]|repl(?:ied|ying|y) to\b|(?:in )?(?:reply|response) to\b|responded to\b|answered\b"
    r"|(?:als )?antwort (?:auf|an)\b|antwortete?(?: auf)?\b|en réponse à|répond(?:u)? à|en respuesta a\b|respondi[óo] a\b"
    r"|em resposta a\b|in risposta a\b|ha risposto a\b|(?:in )?antwoord op\b|reactie op\b|(?:som )?svar (?:på|til)\b"
    r"|w odpowiedzi (?:na|do)\b|v odpověd[ií] na\b|в ответ\b|ответил(?:а|\(а\))?|відповідь|yanıtladı|membalas|回复|回覆"
)
ANSWERING = re.compile(_ANSWERING, re.IGNORECASE)
ANSWERED = re.compile(rf"\s(?:{_ANSWERING})(?:\s.*|$)", re.IGNORECASE | re.DOTALL)
# What stands before a writer's town.
ORIGIN = re.compile(
    r"from|location|city|country|town|aus|ort|wohnort|de|lieu|ville|ubicación|ciudad|lugar|cidade|da|città|van|uit|plaats|från|fra"
    r"|z|skąd|miasto|из|откуда|город|место|şehir|kota|dari",
    re.IGNORECASE,
)
# What a page calls a writer who gave no name.
NAMELESS = re.compile(
    r"anon(?:ymous|yme|ym\w*|imo|im|iem)?(?: (?:user|coward|reader))?|anónimo|anônimo|guest|gast|invité|invitado|ospite|visitor"
    r"|besucher|гость|аноним\w*|gość|anonim\w*|misafir|ziyaretçi|زائر|مجهول|匿名\w*|名無し\w*|名無しさん|익명|손님",
    re.IGNORECASE,
)
BEFORE_NAME = re.compile(rf"^(?:{_BEFORE})(?:\s*:|(?=\s)|$)\s*", re.IGNORECASE)
_SURELY_BY = (
    r"^(?:(?:written|posted|submitted|published|added|authored|comment(?: #?\d{1,5})?) )?(?:by|from)(?:\s*:\s*|\s+)"
    r"|^(?-i:par|por|door|von|от|oleh)\s+|^(?:posté|publié|rédigé|écrit) par\s+"
    r"|^(?:geschrieben|verfasst|gepostet|eingetragen) von\s+"
    r"|^(?:escrito|publicado|enviado) por\s+|^(?:scritto|pubblicato|inviato) da\s+|^(?:geplaatst|geschreven) door\s+"
)
_WRITTEN = (
    r"^(?:kommentar|komentarz|commentaire|comentario|commento|reactie|geschrieben|verfasst|posté|publié|écrit|escrito|publicado"
    r"|scritto|inviato|geplaatst|geschreven|skrevet|dodano|napisano) (?:von|par|de|por|di|da|door|av|przez)\s+"
)
SURELY_BEFORE = re.compile(rf"{_SURELY_BY}|{_WRITTEN}|(?-i:{_VERBS})\s+|\W?[^\W\d_]{{2,20}}\s?:\s", re.IGNORECASE)
SURELY_BY = re.compile(_SURELY_BY, re.IGNORECASE)
SURELY_AFTER = re.compile(rf"\s(?:{_AFTER})\s*(?:[:：]|\.{{3}}|…)\s*$", re.IGNORECASE)
BY = re.compile(
    r"^(?:(?:written|posted|submitted|published|added|comment) )?(?:by|von|par|por|door|da|av|автор|от):?\s\S"
    r"|^\W?(?:auth?or|auteur|autore|name|nom|nombre|nome|naam|namn|imię|имя|user|usuario|utente|utilisateur|pseudo|nick"
    r"|benutzer|verfasser|gebruiker|kullanıcı|yazan|nama)\s?:\s*\S",
    re.IGNORECASE,
)
# What a board makes of a writer's password.
_TRIP = r"#(?:-|[\w./]{8})"
_JOINING = r"at|on|um|am|à|le|alle|op|om|den|kl\.?|em|às|в|w|dnia"  # leads from a name to a time
AFTER_NAME = re.compile(
    rf"(?:^|\s|,)\s*(?:(?:{_AFTER}|{_TRIP})\s*(?:[:.…：]{{1,3}})?(?:\s+(?:{_JOINING}))?|(?-i:at|on|um|am|em))\s?\(?$",
    re.IGNORECASE,
)
_FIRST = re.compile(r"(?:#\s?\d{1,5}[.:)]?|\d{1,5}[.:)])\s*")  # a comment's number
# What a page adds to a name; "(not verified)" stays, for it is how a page calls whom it does not know.
BADGE = re.compile(
    r"\s*[\[(（](?:guest|gast|invité|visiteur|invitado|visitante|convidado|ospite|visitor|besucher|gæst|gjest|gäst|vieras|gość"
    r"|host|hosť|vendég|vizitator|anonim|anónimo|anônimo|anonymous|anonyme|anonym|επισκέπτης|гост[ьи]?|гість|misafir|ziyaretçi"
    r"|زائر|ضيف|אורח|مهمان|游客|訪客|访客|楼主|ゲスト|손님|khách|tamu|mgeni|ผู้เยี่ยมชม"
    r"|author|autor|auteur|autore|mod|moderator|admin|op)[\])）]$",
    re.IGNORECASE,
)


def only_lead(words: str) -> bool:
    """Whether words only number a comment, or lead to its writer's name or to its time."""
    bare = words.strip(" \t\n|·•,–—-")
    bare = bare[found.end() :] if (found := _FIRST.match(bare)) else bare
    return not bare or any(form.fullmatch(bare) for form in (BEFORE_NAME, AFTER_NAME))

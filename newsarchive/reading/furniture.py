"""Page furniture: lines that stand among an article's paragraphs and are none of its text."""

from __future__ import annotations

import re

_CALL = re.compile(
    r"(?:\d*\s*(?:view |show |read |post |add |all )?(?:comments?|replies)(?:\s*\(?\d+\)?)?"
    r"|(?:leave|write|post|add) a (?:comment|reply)\b.*|(?:join|be the first).{0,40}(?:comment|conversation|discussion)\b.*"
    r"|tell us what you think.*|have your say.*|(?:share|tweet|print|e-?mail|save|follow)(?: (?:this|on|via|the|us"
    r"|with)\b.{0,40})?:?"
    r"|share your thoughts.*|(?:story )?continue[sd]? reading.{0,20}|(?:story|article) continues below.{0,30}|advert(?:isement"
    r"|ising)?|anzeige"
    r"|sponsored(?: content)?|(?:publicidad|publicidade|publicité|reklama|reklame|annonse|iklan|реклама|広告|광고)"
    r"|(?:subscribe|sign up|register|get|download|install)\b.{0,90}\b(?:newsletters?|inbox|app|youtube channel|on the go"
    r"|letterbox|e-?mails?|breaking news)\b.*"
    r"|sign up (?:for|to) .{0,80}|(?:click|tap) here (?:to|for) (?:subscribe|sign|join|get|more|read|download)\b.*"
    r"|get .{0,60} by clicking here|(?:follow|like|find) (?:us|@\w+|me|him|her|them)\b.{0,10} on (?:twitter|facebook|x"
    r"|instagram|whatsapp|telegram|google)\b.*"
    r"|read more|read next|lees meer|weiterlesen|leer más|lire aussi|see also|more (?:stories|news|from) ?.{0,40}|(?:you may"
    r"|you might) also like:?.*"
    r"|related(?: (?:posts?|articles?|stories|news|content|topics|tags))?:?|recommended(?: (?:for you|stories|reading))?:?"
    r"|most (?:read|popular|viewed).{0,20}"
    r"|tags?:?|topics:?|filed under:?.*|posted in:?.*|(?:©|copyright\b|\(c\) ?\d{4}).{0,160}|all rights reserved.{0,60}"
    r"|(?:tempo de leitura|reading time|lesezeit|temps de lecture|lesedauer)\b.{0,20}|\d+ min(?:ute)?s? (?:read|to read)"
    r"|your browser does not support .*|loading\W*)",
    re.IGNORECASE | re.DOTALL,
)
_TEASER = re.compile(
    r"(?:also read|read (?:also|more|next|this)|see also|related(?: \w+)?|more|recommended|watch(?: also)?|les også|les mer"
    r"|läs (?:också|mer|även)|læs også"
    r"|lue myös|lees ook|lees meer|mehr zum thema|lesen sie (?:auch|mehr)|auch interessant|lire aussi|à lire aussi|lea también"
    r"|lee también|ver también"
    r"|leia também|leia mais|veja também|leggi anche|czytaj (?:też|także|więcej)|zobacz (?:też|także)|čtěte (?:také|více)"
    r"|читайте также|читайте також"
    r"|baca juga|xem thêm|ayrıca bakınız|関連記事|don't miss)\s*[:|>»–-]",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"(?:more\s*[:|–-]\s*(?:[^\s?!]+\s?){1,5}"
    r"|(?:sources?|via|credits?|courtesy(?: of)?|original(?:ly)? (?:published|article|source|story)(?: (?:by|in|on|at))?"
    r"|(?:additional |with )?reporting(?: by)?|with (?:reports?|files|material|information) (?:from|by)"
    r"|(?:edited|editing|written) by|quellen?|fuentes?|fontes?|sursa|kilder?|källa|lähde|bron|źródło|zdroj|kaynak"
    r"|источник|джерело|izvor|forrás|sumber|nguồn)\s*[:|–-]\s*\S.*"
    r"|(?:via|source|courtesy of|with (?:reports?|files|material|information) (?:from|by)|(?:additional )?reporting by"
    r"|mit agenturmaterial)\b.{0,90}"
    r"|.{0,160}\bcontributed (?:reporting )?to this (?:report|story|article)\W*"
    r"|[-–—(\[]+\s*(?-i:[A-Z]{2,}|Reuters|Bloomberg|Xinhua|dpa|[A-Z]\w+\.(?:com|org|net))(?:[/ -]\w+){0,3}\s*[)\]]?)",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"(?:by|von|por|par|door|af|av|di|autor|author|text|texto|texte)\s*:?\s+\S.{2,60}", re.IGNORECASE)
_NAMES = re.compile(
    r"[^\W\d_][\w.’'-]+(?: [^\W\d_][\w.’'-]*){1,3}(?:\s*(?:/|,|&| and )\s*[^\W\d_][\w.’'-]+(?: [^\W\d_][\w.’'-]*){1,3}){0,2}"
)
_DATE = re.compile(
    r"\W*(?:(?:published|updated|posted)\W+(?:on\W+)?)?(?:[^\W\d]{3,12}\W+)?"
    r"(?:\d{1,4}\W+(?:[^\W\d]{3,12}|\d{1,2})\W+\d{2,4}|[^\W\d]{3,12}\W+\d{1,2}\W+\d{4})(?:\W+(?:at\W+)?\d{1,2}[:.h]\d{2}.{0,12})?\W*",
    re.IGNORECASE,
)
_COUNTED = r"\d[\d.,]{0,12} ?[km]? (?:page ?)?(?:views?|reads?|hits|shares?|likes?|readers?|people (?:have )?read this)"
_AGO = (
    r"(?:(?:last )?(?:updated|published|posted|modified|edited):? )?"
    r"(?:just now|(?:an?|\d{1,4}) (?:sec(?:ond)?|min(?:ute)?|hour|hr|day|week|month|year)s? ago)"
)
_METER = re.compile(rf"(?:{_COUNTED}|{_AGO})(?:\W{{1,5}}(?:{_COUNTED}|{_AGO})){{0,4}}\W{{0,5}}", re.IGNORECASE)
_MARKED = re.compile(
    r"(?:^|[\s_-])(?:ads?|advert\w*|adslot|adsense|adsbygoogle|dfp|gpt|sponsor(?:ed)?|promo(?:tion)?|taboola|outbrain|related\w*"
    r"|recommended|shar(?:e|ing)\w*|social|newsletter|views|viewcount|poll)(?:$|[\s_-])",
    re.IGNORECASE,
)
_LONGEST_METER = 90
_LONGEST_CALL, _LONGEST_CREDIT, _LONGEST_DATE, _BYLINE_WORDS = 220, 200, 60, 10


def is_call(line: str) -> bool:
    """Whether a line asks the reader to do something, or labels a part of the page: "Share this", "View comments"."""
    return len(line) <= _LONGEST_CALL and _CALL.fullmatch(line.strip()) is not None


def is_meter(line: str) -> bool:
    """Whether a line is what a page counts of its readers, or how old it is: "31 views", "Updated 5 minutes ago"."""
    return len(line) <= _LONGEST_METER and _METER.fullmatch(" ".join(line.split())) is not None


def is_marked(names: str) -> bool:
    """Whether an element's class or id says that it is none of the text: an ad, a box of related stories, a share bar."""
    return _MARKED.search(names) is not None


def is_date(line: str) -> bool:
    """Whether a line holds a date and nothing else."""
    return len(line) <= _LONGEST_DATE and _DATE.fullmatch(line) is not None


def is_teaser(line: str) -> bool:
    """Whether a line leads to another story: "Read also: ..."; whether it is all link, the caller knows."""
    return _TEASER.match(line) is not None


def is_credit(line: str) -> bool:
    """Whether a line at the foot of a text says where the text came from: "More: Al Jazeera", "Source: Reuters"."""
    return len(line) <= _LONGEST_CREDIT and _CREDIT.fullmatch(line.strip()) is not None


def is_byline(line: str, *, set_apart: bool) -> bool:
    """Whether a line names the author: "By Jane Doe", or names alone where type or place has set it apart."""
    line = line.strip()
    if line[-1:] in ".!?:" or len(line.split()) > _BYLINE_WORDS:
        return False
    capitals = all(word[0].isupper() for word in re.findall(r"\w[\w.’'-]+", line) if word not in ("and", "by"))
    return capitals and (_BYLINE.fullmatch(line) is not None or (set_apart and _NAMES.fullmatch(line) is not None))

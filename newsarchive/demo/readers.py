"""The readers: they fill each thread up to its size, from stocks of remarks and nicks, the same way every time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from newsarchive.demo.manuscript import Manuscript, Remark, phrases

SEED = "muunga"
_DEEPEST = 3
_REPLIES = 0.38


def discussions(articles: Sequence[Manuscript]) -> dict[str, tuple[Remark, ...]]:
    """Every article's remarks in the order they were made, a remark always after the one that it answers, by slug."""
    random = Random(SEED)
    stocks = {name: _deal(lines, random) for name, lines in phrases("remarks").items()}
    return {article.slug: _discuss(article, stocks, Random(f"{SEED}:{article.slug}")) for article in articles}


def _discuss(article: Manuscript, stocks: dict[str, Iterator[str]], random: Random) -> tuple[Remark, ...]:
    remarks = [remark for remark in article.remarks if remark.state != "new"]
    late = [remark for remark in article.remarks if remark.state == "new"]
    wanted = int(article.number("comments", 0)) + sum(remark.state in ("pending", "spam") for remark in remarks)
    while len(remarks) < wanted:
        _join_in(remarks, article.header["section"], stocks, random)
    return (*remarks, *late)


def _join_in(remarks: list[Remark], section: str, stocks: dict[str, Iterator[str]], random: Random) -> None:
    """One more reader speaks: answers somebody, or says something to the article."""
    heard = [r for r in remarks if r.depth < _DEEPEST and r.state in ("public", "edited")]
    taken = {(remark.author_name, remark.text) for remark in remarks}
    nick = _nick(random)
    if heard and random.random() < _REPLIES:
        parent = random.choice(heard)
        text = next(stocks["reply"]).replace("{nick}", parent.author_name)
        at = random.randint(remarks.index(parent) + 1, len(remarks))
    else:
        parent = None
        text = next(stocks[random.choice(("any", section)) if section in stocks else "any"])
        at = random.randint(0, len(remarks))
    if (nick, text) not in taken and not (parent and parent.author_name == nick):
        remarks.insert(at, Remark(nick, text, parent))


def _nick(random: Random) -> str:
    """A nick; the regulars speak up about as often as all others together."""
    nicks = phrases("nicks")
    return random.choice(nicks[random.choice(("regulars", "others"))])


def _deal(lines: Sequence[str], random: Random) -> Iterator[str]:
    """The lines one by one in a shuffled order, shuffled anew when all were dealt."""
    while True:
        yield from random.sample(lines, len(lines))

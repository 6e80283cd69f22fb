"""Printing: manuscripts and remarks get their numbers and dates and become the two editions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from newsarchive.demo.ages import DAY, HOUR, settle
from newsarchive.demo.edition import FLAT_SECTION, Edition, Post, Story
from newsarchive.demo.manuscript import Manuscript, Remark, State, manuscripts
from newsarchive.demo.readers import SEED, discussions

EDITIONS = (1, 2)
_FIRST_STORY, _FIRST_POST = 1204, 30117
_PRESS_TIME = {1: 2.6 * HOUR, 2: 0.5 * HOUR}  # before the newspaper's epoch; nothing in an edition is younger
_LATE = (1.05 * HOUR, 1.9 * HOUR)  # between the two press times: what only edition 2 has
_YOUNGEST = 3 * HOUR


@dataclass(frozen=True)
class _Dated:
    """A remark with its number and its age at the epoch, in seconds."""

    id: int
    slug: str
    remark: Remark
    age: float


def print_editions(epoch: datetime) -> dict[int, Edition]:
    """Both editions of a newspaper whose ages are counted back from `epoch`, by their number."""
    first = [m for m in manuscripts() if m.header.get("edition", "1") == "1"]
    second = [m for m in manuscripts() if m.header.get("edition", "1") == "2"]
    known = {m.slug for m in first}
    every = [*first, *(m for m in second if m.slug not in known)]
    numbers = {m.slug: _FIRST_STORY + 7 * at for at, m in enumerate(sorted(every, key=_story_age, reverse=True))}
    dated = _number(every)
    found = {}
    for edition in EDITIONS:
        texts = {m.slug: m for m in first} | ({m.slug: m for m in second} if edition == 2 else {})
        stories = [_story(m, numbers[m.slug], epoch, dated, edition) for m in texts.values()]
        stories.sort(key=lambda story: story.published, reverse=True)
        found[edition] = Edition(edition, epoch - timedelta(seconds=_PRESS_TIME[edition]), tuple(stories))
    return found


def not_public_remarks(edition: int) -> Iterator[Remark]:
    """The remarks that nobody may read in this edition: waiting, spam, taken down, not yet made."""
    return (remark for m in manuscripts() for remark in m.remarks if remark.state in _hidden(edition))


def _hidden(edition: int) -> frozenset[State]:
    return frozenset({"pending", "spam", "new" if edition == 1 else "gone"})


def _story_age(manuscript: Manuscript) -> float:
    """Seconds before the epoch; stories with a flat list keep away from the edges, as their comments do."""
    age = manuscript.number("age", 1) * DAY + Random(f"{SEED}:{manuscript.slug}:age").randrange(900)
    return settle(age) if manuscript.header["section"] == FLAT_SECTION else age


def _number(articles: Sequence[Manuscript]) -> list[_Dated]:
    """Give every remark a date and, in the order of dates, a number; those of edition 2 come last."""
    undated = discussions(articles)
    ages = [pair for m in articles for pair in _ages(m, undated[m.slug])]
    ages.sort(key=lambda pair: -pair[2])
    return [_Dated(_FIRST_POST + at, *pair) for at, pair in enumerate(ages)]


def _ages(article: Manuscript, remarks: Iterable[Remark]) -> Iterator[tuple[str, Remark, float]]:
    """Most readers speak up on the first day, some much later; the order of the remarks is kept."""
    random = Random(f"{SEED}:{article.slug}:dates")
    change = settle if article.header["section"] == FLAT_SECTION else float
    oldest = article.number("age", 1) * DAY - 0.1 * HOUR
    early = [remark for remark in remarks if remark.state != "new"]
    ages = sorted((oldest - (oldest - _YOUNGEST) * random.random() ** 2 for _ in early), reverse=True)
    for remark, age in zip(early, ages, strict=True):
        yield article.slug, remark, change(age)
    late = [remark for remark in remarks if remark.state == "new"]
    first, last = min(oldest, _LATE[1]), _LATE[0]
    for remark, age in zip(late, sorted((random.uniform(last, first) for _ in late), reverse=True), strict=True):
        yield article.slug, remark, change(age)


def _story(manuscript: Manuscript, number: int, epoch: datetime, dated: Sequence[_Dated], edition: int) -> Story:
    published = epoch - timedelta(seconds=round(_story_age(manuscript)))
    changed = manuscript.header.get("modified")
    modified = epoch - timedelta(seconds=round(float(changed) * DAY)) if changed else published
    mine = [d for d in dated if d.slug == manuscript.slug and d.remark.state not in _hidden(edition)]
    story = Story(number, manuscript, published, modified)
    return replace(story, thread=tuple(_thread(story, mine, epoch, edition)))


def _thread(story: Story, dated: Sequence[_Dated], epoch: datetime, edition: int) -> Iterator[Post]:
    """The posts in the order shown: answers below what they answer, or, in a flat list, one after the other."""
    numbers = {id(d.remark): d.id for d in dated}
    answers: dict[int | None, list[_Dated]] = {}
    for one in dated:
        parent = one.remark.parent if story.comments != "flat" else None
        answers.setdefault(numbers[id(parent)] if parent else None, []).append(one)

    def below(parent: int | None, depth: int) -> Iterator[Post]:
        for one in answers.get(parent, []):
            text = one.remark.later if edition == 2 and one.remark.later else one.remark.text
            yield Post(one.id, one.remark.author_name, text, parent, depth, epoch - timedelta(seconds=round(one.age)))
            yield from below(one.id, depth + 1)

    return below(None, 0)

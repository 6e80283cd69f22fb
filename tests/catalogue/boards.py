"""Lists of comments without numbers as they truly are, what happens to them, and what a visitor sees of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from hypothesis import strategies as st

from newsarchive.times import from_iso, to_iso

HOME = "https://gazette.example/7"
START = datetime(2026, 11, 1, 12, 0, 0, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)

Step = tuple[str, int]  # what happens, and to which comment, or when
# The time gone by, what happened in it, what happens between each two requests (the last first), "whole" or "cut".
Visit = tuple[timedelta, list[Step], list[list[Step]], str]
QUIET: Visit = (HOUR, [], [], "whole")


@dataclass
class Post:
    """A comment as it truly is. `tag` is shown as its down-votes, which identity never looks at."""

    tag: int
    nick: str
    text: str
    written: datetime
    public: bool = True
    hidden: bool = False
    placeheld: bool = False  # somebody saw a placeholder in its place
    back: bool = False
    last: str = ""
    signed: str = ""  # the name that somebody saw last
    shown: list[datetime] = field(default_factory=list)
    texts: set[str] = field(default_factory=set)

    def show(self, now: datetime) -> None:
        """Somebody sees it."""
        if self.hidden:
            self.placeheld = True
        else:
            self.signed = self.nick
            self.texts.add(self.text)
            self.last = self.text  # words that nobody saw before it went prove nothing
        self.back = False
        if not self.shown or self.shown[-1] != now:
            self.shown.append(now)


@dataclass
class Board:
    """A list of comments by their age, in pages; what readers see of it at one moment."""

    newest_first: bool
    size: int
    counts: bool
    posts: list[Post] = field(default_factory=list)
    now: datetime = START
    turned: bool = False  # since somebody saw it wholly

    def visible(self) -> list[Post]:
        """The comments that anybody sees, in their order."""
        return sorted((post for post in self.posts if post.public), key=lambda post: post.written, reverse=self.newest_first)

    def steady(self) -> list[Post]:
        """Those that stand as they were seen."""
        return [
            post
            for post in self.visible()
            if post.shown and not post.hidden and (post.last, post.signed) == (post.text, post.nick)
        ]

    def add(self, written: datetime, like: Post | None = None, *, nick: str | None = None) -> None:
        """One more comment, with the name and the words of another one or with its own."""
        tag = len(self.posts) + 1
        while any(post.written == written for post in self.posts):
            written -= timedelta(microseconds=7)
        self.posts.append(Post(tag, like.nick if like else nick or f"nick {tag}", like.text if like else f"text {tag}", written))

    def page(self, number: int) -> tuple[list[Post], bool, int | None]:
        """The posts of a page (from 1), whether there is another, the count it claims."""
        seen = self.visible()
        shown = seen[(number - 1) * self.size : number * self.size]
        return shown, len(seen) > number * self.size, len(seen) if self.counts else None


def board_of_five(*, newest_first: bool, size: int, counts: bool) -> Board:
    """A board on which five readers wrote in the last two days."""
    board = Board(newest_first, size, counts)
    for number in range(5):
        board.add(START - timedelta(hours=7 * number + 1))
    return board


def words(post: Post, now: datetime) -> str:
    """The post's age as sites show it, rounded down."""
    past = now - post.written
    for unit, step in (("month", 30 * 86400), ("day", 86400), ("hour", 3600), ("minute", 60)):
        if count := int(past.total_seconds() // step):
            return f"{count} {unit}{'s' * (count > 1)} ago"
    return "just now"


class Archive(Protocol):
    """What keeps the pages that a visit shows."""

    def open(self, now: datetime) -> None:
        """A visit begins."""

    def show(self, url: str, now: datetime, posts: Sequence[Post], leads_to: str | None, claimed: int | None) -> None:
        """A page, the page that it leads to, the count that it claims."""

    def close(self, now: datetime, *, finished: bool) -> None:
        """The visit ends, or was cut off."""


def _steps(*kinds: str, most: int) -> st.SearchStrategy[list[Step]]:
    return st.lists(st.tuples(st.sampled_from(kinds), st.integers(0, 50)), max_size=most)


def _visits(*kinds: str, most: int = 4, visits: int = 6, cut: int = 4) -> st.SearchStrategy[list[Visit]]:
    """Up to so many visits, every so-manieth cut off after its first page; between two of them at most so many things happen."""
    gaps = st.sampled_from([timedelta(minutes=20), 5 * HOUR, timedelta(days=2), timedelta(days=45)])
    between_requests = st.lists(_steps("add", "remove", "edit", "hide", most=2), max_size=4)
    how = st.sampled_from(["whole"] * (cut - 1) + ["cut"])
    return st.lists(st.tuples(gaps, _steps(*kinds, most=most), between_requests, how), min_size=1, max_size=visits)


_ALL = ("add", "add", "double", "late", "remove", "edit", "hide", "rename", "restore")
VISITS = st.one_of(
    _visits(*_ALL),
    _visits(*_ALL, most=8, visits=10, cut=6),  # busy
    _visits(*_ALL, most=3, visits=8, cut=2),  # seldom whole
    _visits("add", "remove", "remove", "edit", cut=20),  # comments slip between two pages
    _visits("double", "double", "add", "remove", "edit", "restore", cut=10),  # equals
    _visits("late", "edit", "hide", "rename", "remove", "restore", cut=5),  # nothing on top
    _visits(*_ALL, "turn", "pages", "pages", cut=10),  # the other end comes first now, or pages are longer or shorter
)


_STEADY = 3  # of a list that is turned at least so many stay as they were: fewer do not tell


def change(board: Board, step: Step, since: datetime, *, but_of: datetime | None = None) -> None:
    """One thing that happens to the board, of `since` or now; to nothing that was shown in the visit that began at `but_of`.
    What would leave even a person in doubt is left out."""
    kind, number = step
    own = [post for post in board.posts if sum(other.nick == post.nick for other in board.posts) == 1]
    public = [post for post in board.posts if post.public and not (but_of and post.shown and post.shown[-1] >= but_of)]
    chosen = public[number % len(public)] if public else None
    if board.turned and kind in ("remove", "edit", "hide", "rename") and len(board.steady()) <= _STEADY:
        return
    if kind == "turn" and len(board.steady()) >= _STEADY:
        board.newest_first, board.turned = not board.newest_first, True
    elif kind == "pages":
        board.size = 2 + number % 4
    elif kind == "add":
        board.add(since + (board.now - since) * (number / 51))
    elif (
        kind == "double"
        and chosen
        and not chosen.hidden
        and chosen.last in ("", chosen.text)
        and chosen.signed in ("", chosen.nick)
    ):
        board.add(board.now - timedelta(seconds=1), chosen)
    elif kind == "late":
        board.add(board.now - timedelta(hours=number + 1))
    elif kind == "remove" and chosen and not _said_again(board, chosen):
        chosen.public = False
    elif kind == "restore" and not any(post.shown and (post.text, post.nick) != (post.last, post.signed) for post in public):
        # Where an equal one stands on another page, nobody can tell that one more came back.
        for post in [post for post in own if not post.public][: number % 2 + 1]:
            post.public = post.back = True
            post.text, post.nick, post.hidden = post.last or post.text, post.signed or post.nick, False
    elif chosen in own and chosen and chosen.shown and not any(post.back for post in board.posts):
        known = chosen.signed in ("", chosen.nick)
        if kind == "edit" and not chosen.hidden and known:
            chosen.text = f"text {chosen.tag} edited {number}"
        elif kind == "hide" and known:
            chosen.hidden = not chosen.hidden
        elif kind == "rename" and not chosen.hidden and chosen.last == chosen.text:
            chosen.nick = f"nick {chosen.tag} renamed {number}"


def _said_again(board: Board, post: Post) -> bool:
    """Whether somebody has said the same since, and nobody has seen it yet."""
    return any((one.nick, one.text) == (post.nick, post.text) and not one.shown for one in board.visible())


def run(board: Board, archives: Sequence[Archive], visits: Sequence[Visit], *, preview: bool) -> None:
    """Let all this happen, and the archives see it; with `preview` a visit first sees the first two comments alone."""
    for gap, before, during, how in visits:
        since = board.now
        board.now += gap
        begun = board.now
        for step in before:
            change(board, step, since)
        cut = how == "cut" and not board.turned  # of a list that is turned one page with few posts does not tell
        for archive in archives:
            archive.open(board.now)
        _visit(board, archives, list(during), preview=preview, cut=cut)
        for archive in archives:
            archive.close(board.now, finished=not cut)
        board.turned = False
        for post in board.posts:  # one that slips between two pages, and is edited before it is seen again, has no certain place
            if not cut and post.public and post.shown and post.shown[-1] < begun:
                post.back, post.text, post.nick = True, post.last or post.text, post.signed or post.nick


def _visit(board: Board, archives: Sequence[Archive], during: list[list[Step]], *, preview: bool, cut: bool) -> None:
    begun = board.now
    if preview:
        shown, _, claimed = board.page(1)
        _show(board, archives, HOME, shown[:2], f"{HOME}?offset=0", claimed)
        board.now += timedelta(seconds=2)
    number, url = 1, f"{HOME}?offset=0" if preview else HOME
    while True:
        shown, more, claimed = board.page(number)
        following = f"{HOME}?offset={number * board.size}" if more else None
        _show(board, archives, url, shown, following, claimed)
        if following is None or cut:
            return
        url, number = following, number + 1
        since = board.now
        board.now += timedelta(seconds=2)
        _between_requests(board, during.pop() if during else [], since, begun)


def _show(
    board: Board, archives: Sequence[Archive], url: str, posts: Sequence[Post], leads_to: str | None, claimed: int | None
) -> None:
    for archive in archives:
        archive.show(url, board.now, posts, leads_to, claimed)
    for post in posts:
        post.show(board.now)


def _between_requests(board: Board, happens: list[Step], since: datetime, begun: datetime) -> None:
    """What happens in the seconds between two requests, but for what `test_pages_that_two_histories_share` shows to be open.

    Where things of two kinds happen, what this visit showed already stays as it is, and where a count is claimed not as many come
    as go.
    """
    kinds = Counter(kind for kind, _ in happens)
    for kind, number in happens:
        if not (kind == "remove" and board.counts and kinds["add"] == kinds["remove"]):
            change(board, (kind, number), since, but_of=begun if len(kinds) > 1 else None)


def check(board: Board, rows: Sequence[Mapping[str, Any]]) -> None:
    """Compare the catalogue's comments, after all has happened, with what is true: of comments of one name and text, which nobody
    can tell apart, only how many there are."""
    for nick in {post.signed or post.nick for post in board.posts if post.shown}:
        posts = [post for post in board.posts if (post.signed or post.nick) == nick and post.shown]
        mine = [row for row in rows if row["author_name"] == nick]
        gone = sum(not post.public for post in posts)
        assert sum(row["status"] == "deleted" for row in mine) <= gone, f"called deleted: {posts}"
        assert len(mine) <= len(posts), f"one became two: {posts}"
        assert mine, f"lost: {posts}"
        if len(posts) == 1:
            _check_one(posts[0], mine[0])
            assert mine[0]["status"] == "deleted" or not _must_be_missed(board, posts[0]), f"not called deleted: {posts}"


def _must_be_missed(board: Board, post: Post) -> bool:
    """Whether two whole visits of a quiet thread prove that this one is gone: the site claims a count, nobody saw equals or a
    placeholder, and one that stood beside it is there."""
    sure = board.counts and not any(one.placeheld for one in board.posts)
    apart = len({one.nick for one in board.posts}) == len(board.posts)
    return sure and apart and not post.public and any(one.shown and one.shown[0] <= post.shown[-1] for one in board.visible())


def _check_one(post: Post, row: Mapping[str, Any]) -> None:
    assert row["first_seen"] == to_iso(post.shown[0])
    assert row["last_seen"] == to_iso(post.shown[-1])
    assert row["revision_count"] == max(0, len(post.texts) - 1), f"edits: {post}"
    if post.public:
        assert row["status"] == ("hidden" if post.hidden else "live")
        assert row["text"] == (post.text if post.texts and not post.hidden else row["text"])
    assert from_iso(row["date_created_earliest"]) <= post.written <= from_iso(row["date_created_latest"])

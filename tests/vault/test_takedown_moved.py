"""What was taken down stays away when its article has another address, and takes nothing else with it."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from newsarchive.cli import main
from newsarchive.vault.verify.findings import Finding
from newsarchive.vault.verify.run import verify
from tests.vault import visits
from tests.vault.test_takedown import payloads, query, squeezed

ANGRY = "The mayor has sold our bridge to his own cousin for nothing at all."
CALM = "There will be a bridge again in spring, and the ferry goes until then."
SHORT = "Well said!"
CASE = ("--case", "7", "--reason", "erasure request", "--yes")


def comments(*said: tuple[str, str]) -> str:
    entries = "".join(
        f"<li class='comment'><b class='author'>{name}</b> <time datetime='2026-11-0{number}T08:00:00Z'>{number} November</time>"
        f"<p>{text}</p></li>"
        for number, (name, text) in enumerate(said, 1)
    )
    return f"<section class='comments'><h3>{len(said)} comments</h3><ol class='comment-list'>{entries}</ol></section>"


THREAD = comments(
    ("Ann", CALM), ("Rude", ANGRY), ("Bob", SHORT), ("Cleo", "I saw it with my own eyes, and so did my aunt, twice.")
)
OTHER = comments(("Rude", SHORT), ("Dan", CALM), ("Eve", "My boat is for sale, it is blue, and it has carried the post."))
STORY = visits.story("bridge", below=THREAD)


def before(folder: Path) -> None:
    visits.visit(folder, {"/": visits.HOME, "/old/": STORY, "/ferry/": visits.story("ferry", below=OTHER)})


def afterwards(folder: Path) -> None:
    """The article stands at another address; the old one leads there."""
    visits.visit(folder, {"/": visits.HOME, "/old/": visits.moved("/new/"), "/new/": STORY})


def forget(folder: Path, what: str) -> None:
    done = CliRunner().invoke(main, ["--dir", str(folder), "forget", what, *CASE])
    assert done.exit_code == 0, done.output


def texts(folder: Path) -> list[tuple[str, str]]:
    """The comments, which a rebuild must give again."""
    return sorted((row["author_name"], row["text"]) for row in visits.select(folder, "SELECT author_name, text FROM comments"))


def in_files(folder: Path, text: str) -> int:
    return sum(squeezed(text) in said for _, said in payloads(folder))


def assert_clean(folder: Path) -> None:
    findings: list[Finding] = []
    verify(folder, report=findings.append)
    assert findings == []


def test_a_comment_without_number_stays_away_when_its_article_moves(tmp_path: Path) -> None:
    before(tmp_path)
    everything = texts(tmp_path)
    [comment] = query(tmp_path, f"SELECT id FROM comments WHERE text = '{ANGRY}'")
    assert ":~" in comment["id"]
    forget(tmp_path, comment["id"])
    afterwards(tmp_path)
    assert texts(tmp_path) == [one for one in everything if one[1] != ANGRY]
    assert in_files(tmp_path, ANGRY) == 0
    assert_clean(tmp_path)


def test_others_keep_the_same_words(tmp_path: Path) -> None:
    """Dan says what Ann says; another Rude may say so elsewhere, and a short text names nobody."""
    before(tmp_path)
    everything = texts(tmp_path)
    for name, text in (("Ann", CALM), ("Bob", SHORT)):
        [comment] = query(tmp_path, f"SELECT id FROM comments WHERE text = '{text}' AND author_name = '{name}'")
        forget(tmp_path, comment["id"])
    assert texts(tmp_path) == [one for one in everything if one not in {("Ann", CALM), ("Bob", SHORT)}]


def test_one_who_says_the_same_everywhere_keeps_what_was_not_named(tmp_path: Path) -> None:
    visits.visit(tmp_path, {"/": visits.HOME, "/old/": STORY, "/ferry/": visits.story("ferry", below=THREAD)})
    everything = texts(tmp_path)
    comment, _ = query(tmp_path, f"SELECT id FROM comments WHERE text = '{ANGRY}'")
    forget(tmp_path, comment["id"])
    everything.remove(("Rude", ANGRY))
    assert texts(tmp_path) == everything


def test_an_article_stays_away_when_it_moves(tmp_path: Path) -> None:
    before(tmp_path)
    forget(tmp_path, f"{visits.HOST}/old/")
    afterwards(tmp_path)
    assert [row["headline"] for row in visits.select(tmp_path, "SELECT headline FROM articles")] == ["The ferry of the town"]
    assert in_files(tmp_path, "bridgesaid3 bridgewent3 bridgeasks3") == 0
    assert_clean(tmp_path)

"""The language of comments: hundreds of short lines, labelled by hand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from newsarchive.catalogue.ledger import comment_row
from newsarchive.items import Profile
from newsarchive.reading import read_html
from newsarchive.reading.language import Language, detect

SITE = ("en", "sn", "nd")
LINES, HELD_OUT = (Path(__file__).with_name(name) for name in ("languages.tsv", "languages-held-out.tsv"))


@dataclass(frozen=True)
class Labelled:
    """A line, the languages a person sees in it, and what the reader says."""

    languages: tuple[str, ...]
    text: str
    told: Language


@cache
def labelled(file: Path = LINES) -> tuple[Labelled, ...]:
    rows = (line.split("\t") for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return tuple(Labelled(tuple(languages.split("+")), text, detect(text, SITE)) for languages, text in rows)


@pytest.mark.parametrize(
    ("language", "lines", "recall"), [("en", 160, 0.97), ("sn", 160, 0.96), ("nd", 100, 0.98), ("zxx", 15, 1.0)]
)
def test_each_language_is_told(language: str, lines: int, recall: float) -> None:
    pure = [line for line in labelled() if len(line.languages) == 1]
    told = Counter(line.languages[0] for line in pure if line.told.code == language)
    labels = sum(line.languages[0] == language for line in pure)
    assert labels >= lines
    assert told[language] / labels >= recall
    assert told[language] / told.total() >= 0.99


def test_lines_that_the_reader_was_not_made_for_are_told_too() -> None:
    pure = [line for line in labelled(HELD_OUT) if len(line.languages) == 1]
    told = [line for line in pure if line.told.code != "und"]
    assert [line for line in told if line.told.code != line.languages[0]] == []
    assert len(told) / len(pure) > 0.85


def test_what_is_too_short_to_tell_is_undetermined() -> None:
    for line in labelled():
        if line.languages == ("und",):
            assert line.told.code == "und", line


def test_mixed_texts_are_marked_and_no_others() -> None:
    mixed = [line for line in labelled() if len(line.languages) == 2]
    assert sum(line.told.mixed for line in mixed) / len(mixed) >= 0.9
    assert all(line.told.code in line.languages for line in mixed)
    assert [line.text for line in labelled() if line.told.mixed and len(line.languages) == 1] == []


def test_a_site_of_one_language_gets_visitors() -> None:
    assert detect("Vanhu vari kutambura nenzara asi ivo vari kutenga mota dzitsva.", ("en",)).code == "sn"
    assert detect("C'est vraiment une honte pour tout le pays.", ("en",)).code == "fr"
    assert detect("Genau!", ("en",)).code == "und"


def test_kin_stand_in_for_what_the_model_does_not_know() -> None:
    ndebele = "Abantu bayahlupheka ngendlala kodwa bona bathenga izimota ezintsha."
    assert detect(ndebele, ("en", "nd")).code == "nd"
    assert detect(ndebele, ("en", "zu")).code == "zu"
    assert detect(ndebele, ("nd", "zu")).code == "zu"


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "😂", "a" * 100_000, "@" * 5000, "https://any.example/" + "a/" * 5000, "…" * 3000]
)
def test_odd_texts_have_an_answer(text: str) -> None:
    found = detect(text, SITE)
    assert 0 <= found.score <= 1
    assert not found.mixed


def test_scores_have_two_decimals() -> None:
    for line in labelled():
        assert line.told.score == round(line.told.score, 2)


def test_each_comment_of_a_page_has_its_language() -> None:
    texts = ("I do not believe a single word of this.", "Zvakaoma chaizvo muno munyika.", "😂😂")
    items = "".join(
        f'<li class="comment" id="comment-{n}"><div class="comment-body"><div class="comment-author"><b class="fn">N{n}</b></div>'
        f'<div class="comment-metadata"><time datetime="2026-11-01T0{n}:00:00+00:00">1 November</time></div>'
        f'<div class="comment-content"><p>{text}</p></div></div></li>'
        for n, text in enumerate(texts, 1)
    )
    story = "<p>" + "The council of the town met on Monday and talked about the bridge for three hours. " * 6 + "</p>"
    html = (
        '<html lang="en"><head><meta property="og:type" content="article"><link rel="https://api.w.org/" href="/wp-json/">'
        f'</head><body class="postid-7"><article><h1>Bridge talks</h1>{story}</article>'
        f'<div id="comments"><h2>3 comments</h2><ol class="comment-list">{items}</ol></div></body></html>'
    )
    profile = Profile(site="gazette-example", languages=("sn",))
    reading = read_html(
        html, "https://gazette.example/2026/11/bridge/", captured_at=datetime(2026, 11, 2, tzinfo=UTC), profile=profile
    )
    assert [comment.in_language for comment in reading.comments] == ["en", "sn", "zxx"]
    row = comment_row(reading.comments[1])
    assert row["in_language_score"] > 0.9
    assert row["in_language_mixed"] == 0

"""The language of a comment: py3langid's opinion, weighed by which languages the site is read in.

py3langid (Naive Bayes over byte n-grams) knows 140 languages and sees most of them in three words. What readers of this
site are known to write is therefore taken for fifty times as likely as anything else beforehand: a Shona sentence is not
lost to Croatian, and yet a French visitor among Zimbabweans is French. What stays below the floor is `und`.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from newsarchive.items import Comment
from newsarchive.reading.document import Document

UNDETERMINED, NO_WORDS = "und", "zxx"  # BCP 47, section 4.1

_FLOOR = 0.7
_PLAIN = 0.85  # of a clause, among the languages expected alone
_UNEXPECTED = 0.02  # how likely a language that the site does not name is, against one that it names
_BEGINNING = 40  # characters in which most texts show their language; only of the others is more looked at
_CLEAR = 0.95
_ENOUGH = 160  # characters in which a language shows; the rest would only cost time
_LINE = 400  # characters of which these are taken: some are names and addresses
_LONGEST = 2000  # the same, where there may be a second language
_RUN = 5  # words of a clause that are judged at a time, when two languages are looked for
_FEWEST_LETTERS = 6  # of such a run
_MOST_RUNS = 10
# What stands in for a language that the model does not know: close kin that the model takes it for.
_KIN = {"nd": "zu", "nr": "zu", "ss": "zu", "tn": "nso", "rn": "rw", "nb": "no", "fil": "tl", "in": "id", "iw": "he"}

_WORD = re.compile(r"\w+")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S{0,64}@\S+|#\S+")
_SIGNS = ("://", "www.", "@", "#")  # one of which every address has; most comments have none
_CLAUSE = re.compile(r"[.!?;:,()\n…–—\"“”।،؛؟、。！，：；？]+| - ")
# Exclamations too short for statistics, which look like anything ("Shame" like Shona, "Thanks" like Zulu). A text or clause of
# nothing but these is English a hundred times more likely than it seems, on a site where English is expected.
_EXCLAMATIONS = """
a about agree agreed all always and bad bless brother can congratulations correct corrupt dear disgrace disgusting
done enough exactly facts fool fools for friend garbage good great guys happy he how idiot indeed interesting is it
joke just liar liars lies love madam me mr much my never news nice nonsense not of over people please point politics
poor propaganda really ridiculous right rubbish sad said same seriously shame she sir sister so sorry stop story
stupid sure talk thank thanks that the they thief thieves this time too true truth us very we welcome well what when
where who why wrong yeah yes you your
"""
_ENGLISH = frozenset(_EXCLAMATIONS.split())


@dataclass(frozen=True, slots=True)
class Language:
    """What a text is written in.

    `code` is a BCP 47 language subtag, `und` below the floor, `zxx` for a text without words; `score` is the probability of
    the best guess, between 0 and 1, and 1.0 for `zxx`; `mixed` says that clauses of it are plainly in two of the languages
    expected: then `code` is the one that weighs more, however little.
    """

    code: str
    score: float
    mixed: bool = False


def set_languages(document: Document, comments: Iterable[Comment]) -> None:
    """Write its language into each comment of a page, but for those whose platform tells it."""
    expected = expected_languages(document)
    for comment in comments:
        if comment.text and not comment.in_language:
            found = detect(comment.text, expected)
            comment.in_language, comment.in_language_score, comment.in_language_mixed = found.code, found.score, found.mixed


def expected_languages(document: Document) -> tuple[str, ...]:
    """The primary language subtags to expect in comments: those the site names, and the page's; where none is named, English."""
    profile = document.profile
    page = str(document.tree.get("lang") or "") if document.json is None else ""
    codes = (
        tag.strip().replace("_", "-").partition("-")[0].lower() for tag in (*profile.languages, profile.in_language or "", page)
    )
    return tuple(dict.fromkeys(code for code in codes if code.isalpha() and len(code) in {2, 3})) or ("en",)


def detect(text: str, candidates: tuple[str, ...]) -> Language:
    """The language of `text`, where the primary subtags `candidates` are expected and any other is a surprise."""
    labels = _labels(candidates)
    text = text[: _LONGEST if len(labels) > 1 else _LINE]
    if any(sign in text for sign in _SIGNS):
        text = _ADDRESS.sub(" ", text)
    if not any(map(str.isalpha, text)):
        return Language(NO_WORDS, 1.0)
    text = _without_names(text)
    code, score = _best(text[:_BEGINNING], labels)
    mixed = len(labels) > 1 and code in labels.values() and _is_mixed(text, labels)
    if len(text) > _BEGINNING and (score < _CLEAR or mixed):
        code, score = _best(text[:_ENOUGH], labels)
    return Language(code if score >= _FLOOR or mixed else UNDETERMINED, round(score, 2), mixed)


@cache
def model() -> LanguageIdentifier:
    """py3langid's model, loaded when the first text comes, unless the process was forked from one that has it: 0.6 s, 75 MB."""
    loaded = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    # The garbage collector looks at each of a list's 100,000 numbers whenever it passes, and at none of an array's.
    loaded._rowbase, loaded.tk_output = array("i", loaded._rowbase), array("i", loaded.tk_output)
    return loaded


@lru_cache(maxsize=16)
def _model_of(labels: tuple[str, ...]) -> LanguageIdentifier:
    """The model for these languages alone; its tables are shared."""
    narrowed = copy(model())
    narrowed.set_languages(labels)
    return narrowed


@lru_cache(maxsize=64)
def _labels(candidates: tuple[str, ...]) -> dict[str, str]:
    """The model's labels for the languages expected, with the code each stands for: itself, where it is expected too."""
    known = set(model().labels)
    own = {code: code for code in candidates if code in known}
    kin = {_KIN[code]: code for code in reversed(candidates) if code not in known and _KIN.get(code) in known}
    return kin | own


def _best(text: str, labels: dict[str, str]) -> tuple[str, float]:
    """The likeliest language and its probability."""
    known, text = model(), text.lower()
    shares = known._decide(text) * _weights(tuple(labels))  # of every label, as `rank` gives them, without sorting 140 of them
    if "en" in labels and all(word in _ENGLISH for word in _WORD.findall(text)):
        shares[known.nb_classes.index("en")] *= 100
    best = int(shares.argmax())
    label = known.nb_classes[best]
    return labels.get(label, label), float(shares[best] / shares.sum())


@lru_cache(maxsize=16)
def _weights(labels: tuple[str, ...]) -> NDArray[np.float32]:
    """How likely each of the model's labels is beforehand, where these are expected."""
    return np.array([1.0 if label in labels else _UNEXPECTED for label in model().nb_classes], dtype=np.float32)


def _without_names(text: str) -> str:
    """The text without words that begin with a capital amid a sentence, unless it is full of them: a name tells no language."""
    words = text.split()
    begins = (before[-1] in ".!?:" for before in (".", *words))
    kept = [word for begin, word in zip(begins, words, strict=False) if begin or not word[0].isupper() or word.isupper()]
    return " ".join(kept) if 2 * len(kept) > len(words) else text


def _is_mixed(text: str, labels: dict[str, str]) -> bool:
    """Whether clauses are plainly in two of the languages expected; no other language is thought of here."""
    among = _model_of(tuple(labels))
    found: set[str] = set()
    for run in _runs(text):
        label, share = ("en", 1.0) if "en" in labels and run in _ENGLISH else among.classify(run)
        if share >= _PLAIN:
            found.add(label)
        if len(found) > 1:
            return True
    return False


def _runs(text: str) -> Iterator[str]:
    """The clauses of a text, long ones in runs of about `_RUN` words."""
    clauses = [clause.split() for clause in _CLAUSE.split(text)]
    longest = max(_RUN, sum(map(len, clauses)) // _MOST_RUNS)
    for words in clauses:
        size = -(-len(words) // max(1, round(len(words) / longest)))
        for start in range(0, len(words), max(1, size)):
            run = " ".join(words[start : start + size]).lower()
            if run in _ENGLISH or sum(map(str.isalpha, run)) >= _FEWEST_LETTERS:
                yield run

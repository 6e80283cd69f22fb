"""How well the language of short comments is told: precision and recall per language on lines labelled by hand.

    .venv/bin/python benchmarks/language.py [FILE] [--languages en,sn,nd]

FILE has a line per text: its languages (`sn`, `sn+en`), a tab, the text. Prints one JSON line. A text in two languages counts
for `mixed` alone; `und` in FILE is a text too short for anyone to tell.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from pathlib import Path

import click

from newsarchive.reading.language import detect

LINES = Path(__file__).resolve().parent.parent / "tests" / "reading" / "languages.tsv"


def _shares(right: int, told: int, labelled: int) -> dict[str, float | int | None]:
    return {
        "lines": labelled,
        "precision": round(right / told, 3) if told else None,
        "recall": round(right / labelled, 3) if labelled else None,
    }


@click.command()
@click.argument("file", default=LINES, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--languages", default="en,sn,nd", show_default=True, help="What the site names.")
def main(file: Path, languages: str) -> None:
    """Read every line of FILE as a comment, and compare."""
    expected = tuple(languages.split(","))
    rows = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    detect("The model is loaded before the clock starts.", expected)
    began = time.process_time()
    told = [detect(text, expected) for _, text in rows]
    seconds = time.process_time() - began
    pairs = Counter((label, found.code) for (label, _), found in zip(rows, told, strict=True) if "+" not in label)
    codes = sorted({code for pair in pairs for code in pair})
    report: dict[str, object] = {
        code: _shares(
            pairs[code, code],
            sum(count for (_, found), count in pairs.items() if found == code),
            sum(count for (label, _), count in pairs.items() if label == code),
        )
        for code in codes
    }
    marks = [("+" in label, found.mixed) for (label, _), found in zip(rows, told, strict=True)]
    report["mixed"] = _shares(marks.count((True, True)), sum(mark for _, mark in marks), sum(mixed for mixed, _ in marks))
    report["microseconds"] = round(1e6 * seconds / len(rows))
    click.echo(json.dumps(report))


if __name__ == "__main__":
    main()

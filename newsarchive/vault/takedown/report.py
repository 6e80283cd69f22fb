"""A takedown in words, for the librarian who orders it: what would go, and what was done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from newsarchive.text import clean_line
from newsarchive.vault.takedown.run import Outcome
from newsarchive.vault.takedown.scope import Scope
from newsarchive.vault.takedown.targets import Target

_MOST = 20  # ids that are listed


def plan_lines(targets: Sequence[Target], scope: Scope, outcome: Outcome | None) -> Iterator[str]:
    """What would go. `outcome` is what would happen to the WARC files; None where they stay as they are."""
    for target in targets:
        yield f"{target.kind} {clean_line(target.id)}  {clean_line(target.label)}"
    yield f"rows of the catalogue: {len(scope.comments)} comments, {len(scope.articles)} articles"
    yield from _listed("comments", scope.comments)
    if scope.quoted_by:
        yield (
            f"{len(scope.quoted_by)} comments of others quote it word for word; these are their writers' words and stay, unless"
            " you name them too:"
        )
        yield from _listed("quoting", scope.quoted_by)
    if outcome is None:
        yield "WARC files: left as they are"
    else:
        yield f"WARC files: words are blanked in {outcome.captures} captures, in {len(outcome.files)} files"
        yield from _troubles(outcome)


def done_lines(takedown_id: str, outcome: Outcome) -> Iterator[str]:
    """What was done."""
    yield f"{takedown_id}: words were blanked in {outcome.captures} captures, in {len(outcome.files)} files"
    yield from _troubles(outcome)
    if not outcome.scoured:
        yield "a reader holds the catalogue open: old pages stay in catalogue.db-wal until it ends; then run this command again"
    yield "copies elsewhere (backups, exports, older copies of the archive) are not touched: docs/takedown.md lists what remains"


def _troubles(outcome: Outcome) -> Iterator[str]:
    if outcome.whole:
        yield f"{len(outcome.whole)} of them have no room for less, and lose their whole page:"
        yield from _listed("emptied", outcome.whole)
    if outcome.remaining:
        yield f"in {len(outcome.remaining)} of them the words cannot be told from somebody else's, and some stay; look at them:"
        yield from _listed("remaining", outcome.remaining)
    if outcome.unpacked:
        yield f"{len(outcome.unpacked)} captures could not be changed at all; look at them:"
        yield from _listed("unchanged", outcome.unpacked)
    if outcome.damaged:
        yield f"{len(outcome.damaged)} places in the files are damaged, and could not be searched:"
        yield from _listed("damaged", outcome.damaged)


def _listed(word: str, ids: Iterable[str]) -> Iterator[str]:
    all_of_them = list(ids)
    yield from (f"  {clean_line(one)}" for one in all_of_them[:_MOST])
    if len(all_of_them) > _MOST:
        yield f"  ... and {len(all_of_them) - _MOST} more ({word})"

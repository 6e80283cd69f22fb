"""The agenda: everything is asked for, until somebody brings a reason."""

from __future__ import annotations

from newsarchive.crawl.agenda import Agenda
from newsarchive.items import Follow

_STORY, _LIST = Follow("https://any.example/story/", "article"), Follow("https://any.example/", "listing")


def test_everything_is_asked_for_by_default() -> None:
    assert Agenda().spares(_STORY) is None


def test_one_reason_is_enough_and_the_first_is_told() -> None:
    agenda = Agenda()
    agenda.heed(lambda follow: "unchanged" if follow.purpose == "article" else None)
    agenda.heed(lambda follow: "not due")
    assert agenda.spares(_STORY) == "unchanged"
    assert agenda.spares(_LIST) == "not due"

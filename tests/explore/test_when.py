"""Times as they are shown: never more exact than they are known."""

from __future__ import annotations

import pytest

from newsarchive.explore.when import between, moment, written


@pytest.mark.parametrize(
    ("earliest", "latest", "shown"),
    [
        ("2022-03-08T00:00:00Z", "2022-04-07T00:00:00Z", "between 8 March and 7 April 2022"),
        ("2022-03-08T00:00:00Z", "2022-03-15T00:00:00Z", "between 8 and 15 March 2022"),
        ("2021-12-08T00:00:00Z", "2022-01-07T00:00:00Z", "between 8 December 2021 and 7 January 2022"),
        ("2022-03-08T05:10:00Z", "2022-03-08T06:50:00Z", "between 05:10 and 06:50 UTC on 8 March 2022"),
        ("2022-03-08T00:00:00Z", "2022-03-08T23:59:59Z", "8 March 2022"),
        ("2022-03-08T22:00:00Z", "2022-03-09T22:00:00Z", "between 8 March 2022, 22:00 UTC and 9 March 2022, 22:00 UTC"),
    ],
)
def test_intervals(earliest: str, latest: str, shown: str) -> None:
    assert between(earliest, latest) == shown


def test_what_is_known_to_the_minute_is_a_moment() -> None:
    exact = {"date_created": "2022-03-08T05:10:00Z", "date_created_earliest": "2022-03-08T05:10:00Z",
             "date_created_latest": "2022-03-08T05:10:59Z", "date_created_precision": "minute"}  # fmt: skip
    assert written(exact) == moment("2022-03-08T05:10:00Z") == "8 March 2022, 05:10 UTC"
    assert written(dict.fromkeys(exact)) is None

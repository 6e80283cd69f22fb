"""sqlite-utils' numbered migrations, without pandas.

sqlite-utils 4.2.1 loads pandas wherever it is installed, to know its types of columns, of which we have none: 65 MB and half a
second for each command and crawl of somebody who has it.
"""

from __future__ import annotations

import sys

_hidden = "pandas" not in sys.modules
if _hidden:
    sys.modules["pandas"] = None  # type: ignore[assignment]  # which is how Python notes that there is none

from sqlite_utils import Database, Migrations  # noqa: E402  # only now that pandas is hidden

if _hidden:
    del sys.modules["pandas"]

__all__ = ["Database", "Migrations"]

"""sqlite-utils' numbered migrations, without pandas and NumPy.

sqlite-utils 4.2.1 loads both wherever they are installed, to know their types of columns, of which we have none: 65 MB and half a
second for each command and crawl of somebody who has pandas, 20 MB and a fifth of a second for NumPy, which the readers use.
"""

from __future__ import annotations

import sys

_hidden = [name for name in ("numpy", "pandas") if name not in sys.modules]
for name in _hidden:
    sys.modules[name] = None  # type: ignore[assignment]  # which is how Python notes that there is none

from sqlite_utils import Database, Migrations  # noqa: E402  # only now that they are hidden

for name in _hidden:
    del sys.modules[name]

__all__ = ["Database", "Migrations"]

"""What the parent of the reading processes loads before it forks them, so that they hold it together, once."""

from __future__ import annotations

import gc

from newsarchive.reading import language

language.load()
gc.collect()
gc.freeze()  # a collection would write to every object it looks at, and a page of memory that is written to is shared no more

"""What the parent of the reading processes loads before it forks them, so that they hold it together, once."""

from __future__ import annotations

import gc
from contextlib import suppress

from newsarchive.reading import language

with suppress(OSError):  # the model is unpacked through a temporary file: where the disk is full, the pages tell it one by one
    language.model()
gc.collect()
gc.freeze()  # a collection would write to every object it looks at, and a page of memory that is written to is shared no more

"""What the parent of the reading processes loads before it forks them, so that they hold it together, once.

The model of languages takes 0.6 s to unpack, in which Python lets other threads go on: the readers are imported meanwhile.
"""

from __future__ import annotations

import gc
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from py3langid.langid import MODEL_FILE, LanguageIdentifier

with ThreadPoolExecutor(max_workers=1) as beside:  # no thread is left when the readers are forked
    model = beside.submit(LanguageIdentifier.from_model_file, MODEL_FILE, norm_probs=True)
    from newsarchive.reading import language

with suppress(OSError):  # the model is unpacked through a temporary file: where the disk is full, the pages tell it one by one
    language.take(model.result())
gc.collect()
gc.freeze()  # a collection would write to every object it looks at, and a page of memory that is written to is shared no more

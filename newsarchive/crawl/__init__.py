"""One crawl of one newspaper: what it asks for, what it reads, and when it ends.

`extension.Crawl` binds it to the archivist.

- Where requests come from: `leads` (of a page), `backfill` (of past years), `unlisted` (what no page led to).
- What is not asked for: `agenda` and `signs` (it has not changed), `budgets`, `hours`, `reach` (it may not be).
- What came: `desk` (pages being read), `paging` (of threads), `harvest` (what a page brought), `misses` (what did not come).
- The end: `stopping`, and `accounts` (what a crawl says of itself).
"""

from newsarchive.crawl.extension import OUT_OF_HOURS, Crawl

__all__ = ["OUT_OF_HOURS", "Crawl"]

"""Takedowns: words blanked in WARC files, rows removed, and both kept out from then on (docs/decisions/0008)."""

"""Bytes kept: WARC files, the one writer, and the way back from a record to a page."""

"""The catalogue: a SQLite database derived from the WARC files, every row of which names the record that proves it."""

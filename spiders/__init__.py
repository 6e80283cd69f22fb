"""One short file per newspaper, and `news` for any newspaper."""

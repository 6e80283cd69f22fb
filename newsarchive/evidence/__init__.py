"""Evidence to hand on: the records that prove an article or a comment, in one file that is checked without newsarchive."""

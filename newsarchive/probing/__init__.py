"""`newsarchive add`: a first look at a newspaper (`look`), what it tells (`facts`), and its files (`files`, `fixture`)."""

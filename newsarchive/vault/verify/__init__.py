"""Whether an archive still is what it says: manifest, files, records and catalogue held against each other."""

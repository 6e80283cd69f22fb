"""Articles and comments of the catalogue as files for other programs: JSON lines, CSV, Excel."""

"""Items on their way to the archive: normalise (100), deduplicate (200), store (300)."""

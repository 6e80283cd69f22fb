"""Watching over the sites: what a crawl saw (`signs`, `tally`), what that means beside its past (`judge`), and telling it."""

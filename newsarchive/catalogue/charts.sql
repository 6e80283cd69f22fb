-- Migration 16: what charts show, counted by site.
CREATE TABLE site_months (
    site_id TEXT NOT NULL REFERENCES sites(id), month TEXT NOT NULL, articles INTEGER NOT NULL, comments INTEGER NOT NULL,
    comments_undated INTEGER NOT NULL, commenters INTEGER NOT NULL, new_commenters INTEGER NOT NULL, PRIMARY KEY (site_id, month)
) STRICT, WITHOUT ROWID;
CREATE TABLE site_hours (
    site_id TEXT NOT NULL REFERENCES sites(id), weekday INTEGER NOT NULL, hour INTEGER NOT NULL, comments INTEGER NOT NULL,
    PRIMARY KEY (site_id, weekday, hour)
) STRICT, WITHOUT ROWID;
CREATE TABLE site_languages (
    site_id TEXT NOT NULL REFERENCES sites(id), year TEXT NOT NULL, in_language TEXT NOT NULL, articles INTEGER NOT NULL,
    comments INTEGER NOT NULL, PRIMARY KEY (site_id, year, in_language)
) STRICT, WITHOUT ROWID;

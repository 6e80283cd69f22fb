-- The tables of the first catalogue. What came later stands in the migrations of schema.py: this file does not change.

CREATE TABLE sites (
    id TEXT PRIMARY KEY, name TEXT, url TEXT, in_language TEXT, country TEXT, comment_platform TEXT
) STRICT;

CREATE TABLE crawls (
    id TEXT PRIMARY KEY, site_id TEXT NOT NULL REFERENCES sites(id), kind TEXT NOT NULL, started_at TEXT NOT NULL,
    finished_at TEXT, finish_reason TEXT, software TEXT, config TEXT, stats TEXT
) STRICT;
CREATE INDEX crawls_site ON crawls(site_id, started_at);

CREATE TABLE warcs (
    id TEXT PRIMARY KEY, crawl_id TEXT REFERENCES crawls(id), bytes INTEGER, sha256 TEXT, records INTEGER, closed_at TEXT
) STRICT;

CREATE TABLE captures (
    id TEXT PRIMARY KEY, site_id TEXT NOT NULL REFERENCES sites(id), crawl_id TEXT NOT NULL REFERENCES crawls(id),
    url TEXT NOT NULL, url_key TEXT NOT NULL, captured_at TEXT NOT NULL, status INTEGER, mime TEXT, record_type TEXT NOT NULL,
    purpose TEXT NOT NULL, payload_digest TEXT, payload_bytes INTEGER, truncated TEXT, revisit_of TEXT,
    warc_id TEXT NOT NULL REFERENCES warcs(id), warc_offset INTEGER NOT NULL, warc_length INTEGER NOT NULL,
    read_at TEXT, read_error TEXT
) STRICT;
CREATE INDEX captures_url ON captures(url_key, captured_at);
CREATE INDEX captures_crawl ON captures(crawl_id, url_key);
CREATE INDEX captures_site ON captures(site_id, captured_at);
CREATE INDEX captures_purpose ON captures(purpose, status);
CREATE INDEX captures_warc ON captures(warc_id, warc_offset);
CREATE INDEX captures_unread ON captures(crawl_id) WHERE read_at IS NULL;

CREATE TABLE outcomes (
    crawl_id TEXT NOT NULL REFERENCES crawls(id), url TEXT NOT NULL, kind TEXT NOT NULL, detail TEXT, at TEXT NOT NULL,
    PRIMARY KEY (crawl_id, url, kind)
) STRICT;
CREATE INDEX outcomes_kind ON outcomes(kind);

CREATE TABLE threads (
    id TEXT PRIMARY KEY, site_id TEXT NOT NULL REFERENCES sites(id), platform TEXT NOT NULL, url TEXT,
    status TEXT NOT NULL DEFAULT 'open', comment_count_reported INTEGER, next_visit TEXT
) STRICT;
CREATE INDEX threads_site ON threads(site_id, platform);

CREATE TABLE thread_pages (
    capture_id TEXT NOT NULL REFERENCES captures(id), thread_id TEXT NOT NULL REFERENCES threads(id),
    status TEXT, claimed INTEGER, leads_to TEXT NOT NULL, whole INTEGER NOT NULL,
    PRIMARY KEY (capture_id, thread_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX thread_pages_thread ON thread_pages(thread_id);

CREATE TABLE thread_visits (
    thread_id TEXT NOT NULL REFERENCES threads(id), crawl_id TEXT NOT NULL REFERENCES crawls(id), seen_at TEXT NOT NULL,
    complete INTEGER NOT NULL, found INTEGER NOT NULL, claimed INTEGER, stop_reason TEXT,
    PRIMARY KEY (thread_id, crawl_id)
) STRICT;
CREATE INDEX thread_visits_crawl ON thread_visits(crawl_id);

CREATE TABLE articles (
    id TEXT PRIMARY KEY, site_id TEXT NOT NULL REFERENCES sites(id), thread_id TEXT, url TEXT NOT NULL,
    headline TEXT, alternative_headline TEXT, description TEXT, section TEXT, in_language TEXT,
    date_published TEXT, date_published_raw TEXT, date_modified TEXT, date_modified_raw TEXT,
    attribution TEXT, main_image TEXT, paywalled INTEGER, word_count INTEGER NOT NULL,
    comment_count INTEGER NOT NULL DEFAULT 0, comment_count_reported INTEGER, revision_count INTEGER NOT NULL DEFAULT 0,
    first_seen TEXT NOT NULL, last_seen TEXT NOT NULL, gone_seen TEXT, next_visit TEXT,
    capture_id TEXT NOT NULL REFERENCES captures(id), digest TEXT NOT NULL, text TEXT
) STRICT;
CREATE INDEX articles_site ON articles(site_id, date_published);
CREATE INDEX articles_date ON articles(date_published);
CREATE INDEX articles_thread ON articles(thread_id);
CREATE INDEX articles_section ON articles(section);
CREATE INDEX articles_capture ON articles(capture_id);

CREATE TABLE article_urls (
    url_key TEXT NOT NULL, url TEXT NOT NULL, article_id TEXT NOT NULL REFERENCES articles(id), kind TEXT NOT NULL,
    PRIMARY KEY (url_key, article_id)
) STRICT;
CREATE INDEX article_urls_article ON article_urls(article_id);

CREATE TABLE article_revisions (
    id TEXT PRIMARY KEY, article_id TEXT NOT NULL REFERENCES articles(id), digest TEXT NOT NULL,
    first_seen TEXT NOT NULL, last_seen TEXT NOT NULL, capture_id TEXT NOT NULL REFERENCES captures(id),
    headline TEXT, alternative_headline TEXT, description TEXT, section TEXT, in_language TEXT,
    date_published TEXT, date_published_raw TEXT, date_modified TEXT, date_modified_raw TEXT,
    attribution TEXT, authors TEXT, text TEXT
) STRICT;
CREATE INDEX article_revisions_article ON article_revisions(article_id, first_seen);

CREATE TABLE authors (
    id TEXT PRIMARY KEY, site_id TEXT NOT NULL REFERENCES sites(id), name TEXT NOT NULL, url TEXT
) STRICT;
CREATE INDEX authors_site ON authors(site_id, name);
CREATE TABLE article_authors (
    article_id TEXT NOT NULL REFERENCES articles(id), author_id TEXT NOT NULL REFERENCES authors(id), position INTEGER NOT NULL,
    PRIMARY KEY (article_id, author_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_authors_author ON article_authors(author_id);

CREATE TABLE tags (
    id TEXT PRIMARY KEY, site_id TEXT NOT NULL REFERENCES sites(id), name TEXT NOT NULL
) STRICT;
CREATE INDEX tags_site ON tags(site_id, name);
CREATE TABLE article_tags (
    article_id TEXT NOT NULL REFERENCES articles(id), tag_id TEXT NOT NULL REFERENCES tags(id),
    PRIMARY KEY (article_id, tag_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_tags_tag ON article_tags(tag_id);

CREATE TABLE links (
    article_id TEXT NOT NULL REFERENCES articles(id), url TEXT NOT NULL, position INTEGER NOT NULL,
    PRIMARY KEY (article_id, url)
) STRICT, WITHOUT ROWID;
CREATE TABLE media (
    article_id TEXT NOT NULL REFERENCES articles(id), url TEXT NOT NULL, position INTEGER NOT NULL,
    PRIMARY KEY (article_id, url)
) STRICT, WITHOUT ROWID;

CREATE TABLE commenters (
    id TEXT PRIMARY KEY, site_id TEXT NOT NULL REFERENCES sites(id), name TEXT NOT NULL, identity TEXT NOT NULL,
    comment_count INTEGER NOT NULL DEFAULT 0, first_comment TEXT, last_comment TEXT
) STRICT;
CREATE INDEX commenters_site ON commenters(site_id, name);

CREATE TABLE comments (
    id TEXT PRIMARY KEY, site_id TEXT NOT NULL REFERENCES sites(id), article_id TEXT REFERENCES articles(id),
    thread_id TEXT NOT NULL REFERENCES threads(id), parent_id TEXT, depth INTEGER, position INTEGER,
    commenter_id TEXT REFERENCES commenters(id), author_name TEXT,
    date_created TEXT, date_created_precision TEXT, date_created_earliest TEXT, date_created_latest TEXT, date_created_raw TEXT,
    in_language TEXT, text TEXT, upvotes INTEGER, downvotes INTEGER, status TEXT NOT NULL, platform TEXT NOT NULL,
    revision_count INTEGER NOT NULL DEFAULT 0, first_seen TEXT NOT NULL, last_seen TEXT NOT NULL, deleted_seen TEXT,
    capture_id TEXT NOT NULL REFERENCES captures(id)
) STRICT;
CREATE INDEX comments_article ON comments(article_id, date_created);
CREATE INDEX comments_thread ON comments(thread_id, position);
CREATE INDEX comments_parent ON comments(parent_id);
CREATE INDEX comments_commenter ON comments(commenter_id, date_created);
CREATE INDEX comments_date ON comments(date_created);
CREATE INDEX comments_site ON comments(site_id, date_created);
CREATE INDEX comments_status ON comments(status, date_created);
CREATE INDEX comments_capture ON comments(capture_id);

CREATE TABLE comment_revisions (
    id TEXT PRIMARY KEY, comment_id TEXT NOT NULL REFERENCES comments(id), digest TEXT NOT NULL,
    first_seen TEXT NOT NULL, last_seen TEXT NOT NULL, capture_id TEXT NOT NULL REFERENCES captures(id), text TEXT
) STRICT;
CREATE INDEX comment_revisions_comment ON comment_revisions(comment_id, first_seen);

CREATE TABLE comment_votes (
    comment_id TEXT NOT NULL REFERENCES comments(id), seen TEXT NOT NULL, up INTEGER, down INTEGER,
    PRIMARY KEY (comment_id, seen)
) STRICT, WITHOUT ROWID;

CREATE TABLE placements (
    comment_id TEXT PRIMARY KEY, parent_id TEXT, seen TEXT NOT NULL, capture_id TEXT NOT NULL REFERENCES captures(id)
) STRICT;

CREATE TABLE sightings (
    capture_id TEXT NOT NULL REFERENCES captures(id), comment_id TEXT NOT NULL REFERENCES comments(id),
    PRIMARY KEY (capture_id, comment_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sightings_comment ON sightings(comment_id);

CREATE TABLE site_days (
    site_id TEXT NOT NULL REFERENCES sites(id), day TEXT NOT NULL, articles INTEGER NOT NULL DEFAULT 0,
    comments INTEGER NOT NULL DEFAULT 0, comments_edited INTEGER NOT NULL DEFAULT 0,
    comments_deleted INTEGER NOT NULL DEFAULT 0, comments_undated INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (site_id, day)
) STRICT;

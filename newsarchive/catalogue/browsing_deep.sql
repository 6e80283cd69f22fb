-- Migration 20: what facets, sorts and filters of large tables ask for.
CREATE INDEX comments_not_live ON comments(site_id, status, in_language) WHERE status <> 'live';
CREATE INDEX comments_language ON comments(in_language, date_created, site_id);
CREATE INDEX comments_upvotes ON comments(upvotes, id);
DROP INDEX articles_edited;
CREATE INDEX articles_edited ON articles(revision_count, id);
CREATE INDEX articles_length ON articles(word_count);

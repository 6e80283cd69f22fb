-- Comments that have changed since their site was counted for charts, as they were counted then (migration 22; it does not change).

CREATE TABLE counted_sites (site_id TEXT PRIMARY KEY REFERENCES sites(id)) STRICT, WITHOUT ROWID;
CREATE TABLE uncounted_comments (
    id TEXT PRIMARY KEY, site_id TEXT NOT NULL, was_counted INTEGER NOT NULL,
    date_created_earliest TEXT, date_created_latest TEXT, first_seen TEXT, in_language TEXT, commenter_id TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX uncounted_comments_site ON uncounted_comments(site_id);
DROP INDEX comments_edited;
CREATE INDEX comments_edited ON comments(site_id, id) WHERE revision_count > 0;
CREATE INDEX articles_edits ON articles(site_id, id) WHERE revision_count > 0;

CREATE TRIGGER comments_came AFTER INSERT ON comments
WHEN EXISTS (SELECT 1 FROM counted_sites WHERE site_id = new.site_id)
BEGIN
    INSERT INTO uncounted_comments (id, site_id, was_counted) VALUES (new.id, new.site_id, 0) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER comments_went AFTER DELETE ON comments
WHEN EXISTS (SELECT 1 FROM counted_sites WHERE site_id = old.site_id)
BEGIN
    INSERT INTO uncounted_comments VALUES (
        old.id, old.site_id, 1, old.date_created_earliest, old.date_created_latest, old.first_seen, old.in_language, old.commenter_id
    ) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER comments_changed
AFTER UPDATE OF id, date_created_earliest, date_created_latest, first_seen, in_language, commenter_id ON comments
WHEN (old.id <> new.id OR old.date_created_earliest IS NOT new.date_created_earliest
        OR old.date_created_latest IS NOT new.date_created_latest OR old.first_seen <> new.first_seen
        OR old.in_language IS NOT new.in_language OR old.commenter_id IS NOT new.commenter_id)
    AND EXISTS (SELECT 1 FROM counted_sites WHERE site_id = old.site_id)
BEGIN
    INSERT INTO uncounted_comments VALUES (
        old.id, old.site_id, 1, old.date_created_earliest, old.date_created_latest, old.first_seen, old.in_language, old.commenter_id
    ) ON CONFLICT DO NOTHING;
    INSERT INTO uncounted_comments (id, site_id, was_counted) VALUES (new.id, new.site_id, 0) ON CONFLICT DO NOTHING;
END;

-- How a record came, who scanned it, where its paper or disc stands; parts of a scan of many
-- documents; the way up a person says a page lies.
BEGIN IMMEDIATE;

ALTER TABLE record ADD COLUMN medium TEXT NOT NULL DEFAULT ''
    CHECK (medium IN ('', 'paper', 'fax', 'cd', 'usb', 'portal', 'email', 'mail', 'other'));
ALTER TABLE record ADD COLUMN scanned_by TEXT NOT NULL DEFAULT '';
ALTER TABLE record ADD COLUMN shelf TEXT NOT NULL DEFAULT '';

-- The pages of its parent's file that a part holds; 0 where a record is no part.
ALTER TABLE record ADD COLUMN first_page INTEGER NOT NULL DEFAULT 0 CHECK (first_page >= 0);
ALTER TABLE record ADD COLUMN last_page INTEGER NOT NULL DEFAULT 0
    CHECK (last_page >= first_page);

-- Degrees clockwise that bring the page upright; NULL where the reader finds out by itself.
ALTER TABLE page ADD COLUMN rotate INTEGER CHECK (rotate IN (0, 90, 180, 270));

PRAGMA user_version = 2;
COMMIT;

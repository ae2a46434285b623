-- Setting the record straight: what a review says of a page, what proves a mistake, and every
-- correction to its end.
BEGIN IMMEDIATE;

-- Flags: who first made the entry where it came from elsewhere; the request that asks for what
-- is missing, and in what way it is missing.
ALTER TABLE flag ADD COLUMN originator TEXT REFERENCES provider (id);
ALTER TABLE flag ADD COLUMN omission TEXT NOT NULL DEFAULT '';
ALTER TABLE flag ADD COLUMN request TEXT REFERENCES request (id);

-- What shows that an entry is wrong: a place in another record, a picture, or the person's word.
-- A record that is deleted later stays named here.
CREATE TABLE evidence (
    id            TEXT PRIMARY KEY,
    flag          TEXT NOT NULL REFERENCES flag (id),
    record        TEXT,
    page          INTEGER,
    quote         TEXT NOT NULL DEFAULT '',
    media         TEXT NOT NULL DEFAULT '',
    data          BLOB,
    note          TEXT NOT NULL DEFAULT '',
    made_at       TEXT NOT NULL
) STRICT;

CREATE INDEX evidence_flag ON evidence (flag);
CREATE INDEX evidence_record ON evidence (record);

-- A person's word on a fact, known by where it stands and what it says: it holds when the page
-- is read again.
CREATE TABLE fact_word (
    record        TEXT NOT NULL REFERENCES record (id),
    page          INTEGER NOT NULL,
    kind          TEXT NOT NULL,
    value         TEXT NOT NULL,
    struck        INTEGER NOT NULL CHECK (struck IN (0, 1)),
    made_at       TEXT NOT NULL,
    PRIMARY KEY (record, page, kind, value)
) STRICT;

-- A person's own note on a record, or on one page of it.
CREATE TABLE remark (
    id            TEXT PRIMARY KEY,
    record        TEXT NOT NULL REFERENCES record (id),
    page          INTEGER,
    text          TEXT NOT NULL,
    made_at       TEXT NOT NULL
) STRICT;

CREATE INDEX remark_record ON remark (record);

-- A page a person has reviewed and accepted as right.
CREATE TABLE accepted (
    record        TEXT NOT NULL REFERENCES record (id),
    page          INTEGER NOT NULL,
    made_at       TEXT NOT NULL,
    PRIMARY KEY (record, page)
) STRICT;

-- The record of which this one is a later copy.
ALTER TABLE record ADD COLUMN older TEXT;

-- Corrections: where they stand, who asks, to which desk, and how; what they follow from, and
-- when what they say was changed last.
ALTER TABLE correction ADD COLUMN state TEXT NOT NULL DEFAULT 'draft';
ALTER TABLE correction ADD COLUMN waiting_on TEXT NOT NULL DEFAULT 'me';
ALTER TABLE correction ADD COLUMN formal INTEGER NOT NULL DEFAULT 1 CHECK (formal IN (0, 1));
ALTER TABLE correction ADD COLUMN authority TEXT REFERENCES authority (id);
ALTER TABLE correction ADD COLUMN office TEXT REFERENCES office (id);
ALTER TABLE correction ADD COLUMN parent TEXT REFERENCES correction (id);
ALTER TABLE correction ADD COLUMN changed_at TEXT NOT NULL DEFAULT '';
ALTER TABLE correction_item ADD COLUMN state TEXT NOT NULL DEFAULT 'open';

UPDATE correction SET
    state = coalesce((
        SELECT CASE kind WHEN 'sent' THEN 'sent' WHEN 'withdrawn' THEN 'closed' ELSE 'draft' END
        FROM event WHERE subject = correction.id AND kind IN ('drafted', 'sent', 'withdrawn')
        ORDER BY seq DESC LIMIT 1), 'draft');
UPDATE correction SET
    waiting_on = CASE state WHEN 'closed' THEN 'nobody' WHEN 'sent' THEN 'provider' ELSE 'me' END;
UPDATE correction_item SET state = 'withdrawn'
WHERE correction IN (SELECT id FROM correction WHERE state = 'closed');

-- Who is to be told of an amendment, and whether their copy was put right.
CREATE TABLE recipient (
    id            TEXT PRIMARY KEY,
    correction    TEXT NOT NULL REFERENCES correction (id),
    name          TEXT NOT NULL,
    address       TEXT NOT NULL DEFAULT '[]',
    provider      TEXT REFERENCES provider (id),
    state         TEXT NOT NULL DEFAULT 'to_tell',
    on_date       TEXT,
    copy          TEXT,
    note          TEXT NOT NULL DEFAULT '',
    made_at       TEXT NOT NULL
) STRICT;

CREATE INDEX recipient_correction ON recipient (correction);

INSERT INTO recipient (id, correction, name, made_at)
SELECT 'told_' || substr(c.id, 5, 11) || printf('%x', t.key), c.id, t.value, c.made_at
FROM correction AS c, json_each(c.tell) AS t;

PRAGMA user_version = 5;
COMMIT;

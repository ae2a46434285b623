-- Asking for records: who holds them and how they want to be asked, who may ask, what each
-- request asks for item by item, what was said, and the papers that go with it.
BEGIN IMMEDIATE;

-- Providers: other names, whether they closed, where an address came from.
ALTER TABLE provider ADD COLUMN npi TEXT NOT NULL DEFAULT '';
ALTER TABLE provider ADD COLUMN other_names TEXT NOT NULL DEFAULT '[]';
ALTER TABLE provider ADD COLUMN closed_on TEXT;
ALTER TABLE provider ADD COLUMN successor TEXT REFERENCES provider (id);
-- Where the address has yet to be confirmed: where it was found; else empty.
ALTER TABLE provider ADD COLUMN to_confirm TEXT NOT NULL DEFAULT '';

-- The desks of a provider, and the vendors who answer for it.
CREATE TABLE office (
    id            TEXT PRIMARY KEY,
    provider      TEXT NOT NULL REFERENCES provider (id),
    role          TEXT NOT NULL,
    name          TEXT NOT NULL DEFAULT '',
    contact       TEXT NOT NULL DEFAULT '',
    address       TEXT NOT NULL DEFAULT '[]',
    phone         TEXT NOT NULL DEFAULT '',
    fax           TEXT NOT NULL DEFAULT '',
    email         TEXT NOT NULL DEFAULT '',
    site          TEXT NOT NULL DEFAULT '',
    note          TEXT NOT NULL DEFAULT '',
    made_at       TEXT NOT NULL
) STRICT;

CREATE INDEX office_provider ON office (provider);

-- A telephone call: when, with whom, what they said, their number for it.
CREATE TABLE call (
    id            TEXT PRIMARY KEY,
    provider      TEXT NOT NULL REFERENCES provider (id),
    request       TEXT REFERENCES request (id),
    on_date       TEXT NOT NULL,
    who           TEXT NOT NULL DEFAULT '',
    said          TEXT NOT NULL,
    confirmation  TEXT NOT NULL DEFAULT '',
    made_at       TEXT NOT NULL
) STRICT;

-- How a provider wants to be asked: one statement a row, with who said it and when.
CREATE TABLE statement (
    id            TEXT PRIMARY KEY,
    provider      TEXT NOT NULL REFERENCES provider (id),
    topic         TEXT NOT NULL,
    value         TEXT NOT NULL,
    source        TEXT NOT NULL,
    said_by       TEXT NOT NULL DEFAULT '',
    on_date       TEXT NOT NULL,
    note          TEXT NOT NULL DEFAULT '',
    call          TEXT REFERENCES call (id),
    withdrawn_on  TEXT,
    made_at       TEXT NOT NULL
) STRICT;

CREATE INDEX statement_provider ON statement (provider);

-- A name found in held records, and what a person decided about it.
CREATE TABLE named (
    name          TEXT PRIMARY KEY,
    provider      TEXT REFERENCES provider (id),
    decided_at    TEXT NOT NULL
) STRICT;

-- People: who died, who they are to the person who keeps the vault.
ALTER TABLE person ADD COLUMN died_on TEXT;
ALTER TABLE person ADD COLUMN relation TEXT NOT NULL DEFAULT 'self';

-- Who may act for a person: on what basis, for what, how long, and what proves it.
CREATE TABLE authority (
    id            TEXT PRIMARY KEY,
    person        TEXT NOT NULL REFERENCES person (id),
    name          TEXT NOT NULL,
    relationship  TEXT NOT NULL DEFAULT '',
    basis         TEXT NOT NULL,
    scope         TEXT NOT NULL DEFAULT '',
    from_date     TEXT,
    to_date       TEXT,
    ended_on      TEXT,
    limits        TEXT NOT NULL DEFAULT '[]',
    proof         TEXT REFERENCES document (id),
    address       TEXT NOT NULL DEFAULT '[]',
    phone         TEXT NOT NULL DEFAULT '',
    email         TEXT NOT NULL DEFAULT '',
    made_at       TEXT NOT NULL
) STRICT;

-- The ID kit: documents that prove who somebody is, or that they may ask.
CREATE TABLE document (
    id            TEXT PRIMARY KEY,
    person        TEXT NOT NULL REFERENCES person (id),
    kind          TEXT NOT NULL,
    title         TEXT NOT NULL,
    expires_on    TEXT,
    media         TEXT NOT NULL,
    masks         TEXT NOT NULL DEFAULT '[]',
    data          BLOB NOT NULL,
    made_at       TEXT NOT NULL
) STRICT;

-- Each copy made of a document: for whom, for what, when. Rows are only ever added.
CREATE TABLE document_use (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    document      TEXT NOT NULL REFERENCES document (id),
    request       TEXT NOT NULL DEFAULT '',
    recipient     TEXT NOT NULL,
    on_date       TEXT NOT NULL,
    masked        INTEGER NOT NULL CHECK (masked IN (0, 1)),
    made_at       TEXT NOT NULL
) STRICT;

-- Requests: where they stand, who asks, to which desk, and what limits are set.
ALTER TABLE request ADD COLUMN state TEXT NOT NULL DEFAULT 'draft';
ALTER TABLE request ADD COLUMN outcome TEXT NOT NULL DEFAULT '';
ALTER TABLE request ADD COLUMN waiting_on TEXT NOT NULL DEFAULT 'me';
ALTER TABLE request ADD COLUMN authority TEXT REFERENCES authority (id);
ALTER TABLE request ADD COLUMN office TEXT REFERENCES office (id);
ALTER TABLE request ADD COLUMN fallback TEXT NOT NULL DEFAULT '';
ALTER TABLE request ADD COLUMN fee_limit TEXT NOT NULL DEFAULT '';
ALTER TABLE request ADD COLUMN currency TEXT NOT NULL DEFAULT '';
ALTER TABLE request ADD COLUMN sensitive TEXT NOT NULL DEFAULT '[]';
ALTER TABLE request ADD COLUMN third_party TEXT NOT NULL DEFAULT '[]';
ALTER TABLE request ADD COLUMN inspect INTEGER NOT NULL DEFAULT 0 CHECK (inspect IN (0, 1));
ALTER TABLE request ADD COLUMN parent TEXT REFERENCES request (id);

UPDATE request SET
    state = coalesce((
        SELECT CASE kind WHEN 'sent' THEN 'sent' WHEN 'received' THEN 'under_review'
            WHEN 'withdrawn' THEN 'closed' ELSE 'draft' END
        FROM event WHERE subject = request.id AND kind IN ('drafted', 'sent', 'received', 'withdrawn')
        ORDER BY seq DESC LIMIT 1), 'draft');
UPDATE request SET
    outcome = CASE state WHEN 'closed' THEN 'withdrawn' ELSE '' END,
    waiting_on = CASE state WHEN 'closed' THEN 'nobody' WHEN 'sent' THEN 'provider' ELSE 'me' END;

CREATE TABLE request_item (
    id            TEXT PRIMARY KEY,
    request       TEXT NOT NULL REFERENCES request (id),
    position      INTEGER NOT NULL,
    type          TEXT NOT NULL,
    from_date     TEXT,
    to_date       TEXT,
    facility      TEXT NOT NULL DEFAULT '',
    format        TEXT NOT NULL DEFAULT '',
    fallback      TEXT NOT NULL DEFAULT '',
    deliver       TEXT NOT NULL DEFAULT '',
    promised      TEXT NOT NULL DEFAULT '',
    came          TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX request_item_request ON request_item (request);

INSERT INTO request_item (id, request, position, type, from_date, to_date, format, deliver)
SELECT 'item_' || substr(r.id, 5, 11) || printf('%x', t.key), r.id, t.key + 1, t.value,
       r.from_date, r.to_date, r.format, r.deliver
FROM request AS r, json_each(r.what) AS t;

-- Which records a person took as the answer to an item.
CREATE TABLE item_record (
    item          TEXT NOT NULL REFERENCES request_item (id),
    record        TEXT NOT NULL REFERENCES record (id),
    made_at       TEXT NOT NULL,
    PRIMARY KEY (item, record)
) STRICT;

CREATE INDEX item_record_record ON item_record (record);

-- An event says more than a note, as JSON; one that puts an earlier one right names its `seq`.
ALTER TABLE event ADD COLUMN detail TEXT NOT NULL DEFAULT '{}';
ALTER TABLE event ADD COLUMN replaces INTEGER;

-- A letter's words, so that they can be read without its picture.
ALTER TABLE letter ADD COLUMN words TEXT NOT NULL DEFAULT '';

-- A provider's own forms, and which field takes what; `print` is the keyed print of its bytes.
CREATE TABLE form (
    id            TEXT PRIMARY KEY,
    provider      TEXT REFERENCES provider (id),
    title         TEXT NOT NULL,
    print         TEXT NOT NULL UNIQUE,
    kind          TEXT NOT NULL,
    warnings      TEXT NOT NULL DEFAULT '[]',
    fields        TEXT NOT NULL DEFAULT '[]',
    mapping       TEXT NOT NULL DEFAULT '{}',
    data          BLOB NOT NULL,
    made_at       TEXT NOT NULL
) STRICT;

-- What a person wants to be reminded of, whatever the state of anything.
CREATE TABLE reminder (
    id            TEXT PRIMARY KEY,
    subject       TEXT NOT NULL DEFAULT '',
    on_date       TEXT NOT NULL,
    text          TEXT NOT NULL,
    done_on       TEXT,
    made_at       TEXT NOT NULL
) STRICT;

-- Rules and holidays a person added to those the program brings.
CREATE TABLE place_file (
    name          TEXT PRIMARY KEY,
    source        TEXT NOT NULL,
    made_at       TEXT NOT NULL
) STRICT;

CREATE TABLE holiday (
    place         TEXT NOT NULL,
    on_date       TEXT NOT NULL,
    name          TEXT NOT NULL DEFAULT '',
    off           INTEGER NOT NULL CHECK (off IN (0, 1)),
    PRIMARY KEY (place, on_date)
) STRICT;

PRAGMA user_version = 3;
COMMIT;

-- The vault, format 1: see docs/vault-format.md.
BEGIN IMMEDIATE;

-- store core begin
-- What the vault is: its id, when it was made, the format its content root was counted for.
CREATE TABLE meta (
    name          TEXT PRIMARY KEY,
    value         TEXT NOT NULL
) STRICT;

-- One row a committed change, each vouching for the one before and for the content root.
CREATE TABLE audit (
    seq           INTEGER PRIMARY KEY CHECK (seq >= 1),
    at            TEXT NOT NULL,
    event         TEXT NOT NULL,
    subject       TEXT NOT NULL,
    detail        TEXT NOT NULL,
    root          BLOB NOT NULL CHECK (length(root) = 32),
    prev          BLOB NOT NULL CHECK (length(prev) = 32),
    mac           BLOB NOT NULL CHECK (length(mac) = 32)
) STRICT;

CREATE TRIGGER audit_grows BEFORE INSERT ON audit
WHEN new.seq != (SELECT coalesce(max(seq), 0) + 1 FROM audit)
BEGIN SELECT RAISE(ABORT, 'the audit only grows'); END;
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit only grows'); END;
CREATE TRIGGER audit_remains BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit only grows'); END;

CREATE TABLE content_root (
    id            INTEGER PRIMARY KEY CHECK (id = 1),
    value         BLOB NOT NULL CHECK (length(value) = 32)
) STRICT;

INSERT INTO content_root (id, value) VALUES (1, zeroblob(32));
-- store core end

CREATE TABLE person (
    id            TEXT PRIMARY KEY,
    name          TEXT NOT NULL,
    born          TEXT NOT NULL,
    sex           TEXT NOT NULL DEFAULT '',
    former_names  TEXT NOT NULL DEFAULT '[]',
    mrns          TEXT NOT NULL DEFAULT '[]',
    address       TEXT NOT NULL DEFAULT '[]',
    phone         TEXT NOT NULL DEFAULT '',
    email         TEXT NOT NULL DEFAULT '',
    made_at       TEXT NOT NULL
) STRICT;

CREATE TABLE provider (
    id            TEXT PRIMARY KEY,
    name          TEXT NOT NULL,
    kind          TEXT NOT NULL,
    jurisdiction  TEXT NOT NULL,
    department    TEXT NOT NULL DEFAULT '',
    address       TEXT NOT NULL DEFAULT '[]',
    phone         TEXT NOT NULL DEFAULT '',
    fax           TEXT NOT NULL DEFAULT '',
    email         TEXT NOT NULL DEFAULT '',
    made_at       TEXT NOT NULL
) STRICT;

-- An access request: what it asks for; how far it has come follows from its events.
CREATE TABLE request (
    id            TEXT PRIMARY KEY,
    person        TEXT NOT NULL REFERENCES person (id),
    provider      TEXT NOT NULL REFERENCES provider (id),
    what          TEXT NOT NULL,
    from_date     TEXT,
    to_date       TEXT,
    format        TEXT NOT NULL DEFAULT '',
    deliver       TEXT NOT NULL DEFAULT '',
    made_at       TEXT NOT NULL
) STRICT;

CREATE TABLE correction (
    id            TEXT PRIMARY KEY,
    person        TEXT NOT NULL REFERENCES person (id),
    provider      TEXT NOT NULL REFERENCES provider (id),
    tell          TEXT NOT NULL DEFAULT '[]',
    made_at       TEXT NOT NULL
) STRICT;

-- What happened to a request or a correction. Rows are only ever added.
CREATE TABLE event (
    id            INTEGER PRIMARY KEY,
    subject       TEXT NOT NULL,
    seq           INTEGER NOT NULL,
    round         INTEGER NOT NULL CHECK (round >= 1),
    kind          TEXT NOT NULL,
    on_date       TEXT NOT NULL,
    at            TEXT NOT NULL,
    channel       TEXT NOT NULL DEFAULT '',
    arrived       TEXT,
    note          TEXT NOT NULL DEFAULT '',
    item          TEXT NOT NULL DEFAULT '',
    UNIQUE (subject, seq)
) STRICT;

CREATE TRIGGER event_stays BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'events are only added'); END;
CREATE TRIGGER event_remains BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'events are only added'); END;

-- One row a sealed original; the bytes are a file under originals/.
CREATE TABLE original (
    id            TEXT PRIMARY KEY,
    size          INTEGER NOT NULL CHECK (size > 0),
    sealed_at     TEXT NOT NULL
) STRICT;

CREATE TABLE record (
    id            TEXT PRIMARY KEY,
    original      TEXT NOT NULL REFERENCES original (id),
    parent        TEXT REFERENCES record (id),
    member        TEXT NOT NULL DEFAULT '',
    title         TEXT NOT NULL,
    media         TEXT NOT NULL,
    status        TEXT NOT NULL CHECK (status IN ('reading', 'stored', 'unreadable')),
    reason        TEXT NOT NULL DEFAULT '',
    pages         INTEGER NOT NULL DEFAULT 0,
    person        TEXT REFERENCES person (id),
    provider      TEXT REFERENCES provider (id),
    request       TEXT REFERENCES request (id),
    received_on   TEXT,
    language      TEXT NOT NULL,
    engine        TEXT NOT NULL,
    imported_at   TEXT NOT NULL
) STRICT;

CREATE INDEX record_original ON record (original);

CREATE TABLE page (
    record        TEXT NOT NULL REFERENCES record (id),
    number        INTEGER NOT NULL CHECK (number >= 1),
    state         TEXT NOT NULL CHECK (state IN ('pending', 'read', 'unread')),
    kind          TEXT NOT NULL DEFAULT 'content'
                  CHECK (kind IN ('content', 'blank', 'separator', 'cover')),
    shown         INTEGER REFERENCES reading (id),
    trust         INTEGER NOT NULL DEFAULT 0,
    look          INTEGER NOT NULL DEFAULT 0,
    why           TEXT NOT NULL DEFAULT '',
    width         REAL NOT NULL DEFAULT 0,
    height        REAL NOT NULL DEFAULT 0,
    PRIMARY KEY (record, number)
) STRICT;

-- A page can have several readings; `words` is one packed blob, never changed once written.
-- Its number is never used again: a record in the trash keeps its own.
CREATE TABLE reading (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    record        TEXT NOT NULL,
    page          INTEGER NOT NULL,
    source        TEXT NOT NULL CHECK (source IN ('text', 'ocr', 'corrected')),
    base          INTEGER REFERENCES reading (id),
    engine        TEXT NOT NULL,
    language      TEXT NOT NULL,
    turn          INTEGER NOT NULL,
    skew          REAL NOT NULL,
    confidence    INTEGER NOT NULL,
    words         BLOB NOT NULL,
    text          TEXT NOT NULL,
    made_at       TEXT NOT NULL,
    FOREIGN KEY (record, page) REFERENCES page (record, number)
) STRICT;

CREATE INDEX reading_page ON reading (record, page);
-- Search counts pages by it: a row of `reading` is a page of the database, an entry here is not.
CREATE INDEX reading_place ON reading (id, record, page);

-- A person's corrections of a reading: a layer over its words.
CREATE TABLE word_fix (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    reading       INTEGER NOT NULL REFERENCES reading (id),
    start         INTEGER NOT NULL CHECK (start >= 0),
    stop          INTEGER NOT NULL CHECK (stop > start),
    text          TEXT NOT NULL,
    made_at       TEXT NOT NULL
) STRICT;

CREATE INDEX word_fix_reading ON word_fix (reading);

CREATE VIRTUAL TABLE reading_text USING fts5 (
    text, content = 'reading', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TRIGGER reading_indexed AFTER INSERT ON reading BEGIN
    INSERT INTO reading_text (rowid, text) VALUES (new.id, new.text);
END;
CREATE TRIGGER reading_unindexed AFTER DELETE ON reading BEGIN
    INSERT INTO reading_text (reading_text, rowid, text) VALUES ('delete', old.id, old.text);
END;

-- What the shown readings state; rebuilt from stored words when the extractor changes.
CREATE TABLE fact (
    id            TEXT PRIMARY KEY,
    record        TEXT NOT NULL,
    page          INTEGER NOT NULL,
    kind          TEXT NOT NULL,
    value         TEXT NOT NULL,
    quote         TEXT NOT NULL,
    label         TEXT NOT NULL,
    start         INTEGER NOT NULL,
    stop          INTEGER NOT NULL,
    x0            REAL NOT NULL,
    y0            REAL NOT NULL,
    x1            REAL NOT NULL,
    y1            REAL NOT NULL,
    confidence    INTEGER NOT NULL,
    version       INTEGER NOT NULL,
    FOREIGN KEY (record, page) REFERENCES page (record, number)
) STRICT;

CREATE INDEX fact_page ON fact (record, page);

CREATE TABLE flag (
    id            TEXT PRIMARY KEY,
    state         TEXT NOT NULL
                  CHECK (state IN ('suspected', 'confirmed', 'dismissed', 'in_correction', 'resolved')),
    record        TEXT NOT NULL REFERENCES record (id),
    page          INTEGER,
    check_name    TEXT NOT NULL,
    kind          TEXT NOT NULL,
    subject       TEXT NOT NULL,
    severity      TEXT NOT NULL,
    quote         TEXT NOT NULL,
    reason        TEXT NOT NULL,
    key           TEXT NOT NULL,
    fingerprint   TEXT NOT NULL UNIQUE,
    box           TEXT,
    confidence    INTEGER NOT NULL,
    related       TEXT NOT NULL DEFAULT '[]',
    should_say    TEXT NOT NULL DEFAULT '',
    why_dismissed TEXT NOT NULL DEFAULT '',
    made_at       TEXT NOT NULL,
    decided_at    TEXT
) STRICT;

CREATE INDEX flag_record ON flag (record, page);

CREATE TABLE correction_item (
    correction    TEXT NOT NULL REFERENCES correction (id),
    flag          TEXT NOT NULL REFERENCES flag (id),
    position      INTEGER NOT NULL,
    PRIMARY KEY (correction, flag)
) STRICT;

-- Deleted records: each with all rows that belonged to it, so that no other table has to know.
-- `along` is the record whose deletion took this one with it, or the record itself.
CREATE TABLE trash (
    record        TEXT PRIMARY KEY,
    original      TEXT NOT NULL REFERENCES original (id),
    along         TEXT NOT NULL,
    title         TEXT NOT NULL,
    deleted_at    TEXT NOT NULL,
    rows          BLOB NOT NULL
) STRICT;

CREATE INDEX trash_original ON trash (original);

-- A typeset letter as it was made; what was sent stays as it was.
CREATE TABLE letter (
    id            TEXT PRIMARY KEY,
    subject       TEXT NOT NULL,
    kind          TEXT NOT NULL,
    pages         INTEGER NOT NULL,
    pdf           BLOB NOT NULL,
    made_at       TEXT NOT NULL
) STRICT;

-- Unfinished typing, kept when the program locks; one row a form.
CREATE TABLE draft (
    form          TEXT PRIMARY KEY,
    body          TEXT NOT NULL,
    kept_at       TEXT NOT NULL
) STRICT;

CREATE TABLE setting (
    name          TEXT PRIMARY KEY,
    value         TEXT NOT NULL
) STRICT;

PRAGMA user_version = 1;
COMMIT;

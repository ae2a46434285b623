BEGIN IMMEDIATE;

-- What a record states of one kind: its dates, its studies, its kinds of documents.
CREATE INDEX fact_of ON fact (record, kind, value);
-- Suspicions nobody has decided on, with what they await and whom they name.
CREATE INDEX flag_open ON flag (check_name, record, key, related) WHERE state = 'suspected';
-- What a person called no error, to know it again in a copy.
CREATE INDEX flag_dismissed ON flag (check_name, key) WHERE state = 'dismissed';
CREATE INDEX record_person ON record (person);

PRAGMA user_version = 6;
COMMIT;

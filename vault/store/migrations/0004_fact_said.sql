BEGIN IMMEDIATE;

-- What other records of a person state is looked up by its kind and how it begins.
CREATE INDEX fact_said ON fact (kind, value);

PRAGMA user_version = 4;
COMMIT;
